//! Suppressions in the comments of programs, in several languages.

use super::{check, check_mended};

#[test]
fn java() {
    check(
        "A.java",
        &[
            (
                "the same line",
                r#"
class A {
    static final String Q = "UPDATE t SET n = n + 1 WHERE k = ?"; // cqlint: allow counter-update: ok
    static final String R = "UPDATE t SET n = n + 1 WHERE k = ?";
}"#,
                "3 counter-update; 1 hidden",
            ),
            (
                "above, with a blank and a comment between",
                r#"
class A {
    // cqlint: allow counter-update: ok

    /* more
       about it */
    static final String Q =
        "UPDATE t SET n = n + 1 WHERE k = ?";
    // cqlint: allow counter-update: ok
    static final String R = "UPDATE t SET n = n + 1 WHERE k = ?";
}"#,
                "2 unused-suppression, 7 counter-update; 1 hidden",
            ),
            (
                "a text block",
                r#"
class A {
    // cqlint: allow list-append, list-prepend: ok
    static final String Q = """
        UPDATE t
        SET l = l + ['a'], m = ['a'] + m
        WHERE k = ?
        """;
}"#,
                "; 2 hidden",
            ),
            (
                "in a text block",
                r#"
class A {
    static final String Q = """
        -- cqlint: allow counter-update: ok
        UPDATE t
        SET n = n + 1
        WHERE k = ?
        """; // it's over
}"#,
                "; 1 hidden",
            ),
            (
                "above a call",
                r#"
import com.datastax.oss.driver.api.core.CqlSession;
class A {
    static final String Q = "UPDATE t SET n = n + 1 WHERE k = ?";
    void f(CqlSession session, int k) {
        // cqlint: allow idempotence: ok
        session.execute(Q, k);
    }
}"#,
                "; 1 hidden",
            ),
            (
                "what is said of a call",
                r#"
import com.datastax.oss.driver.api.core.CqlSession;
class A {
    void f(CqlSession session, int k) {
        session.execute("SELECT a FROM t WHERE k = ?", k); /* cqlint: allow missing-mark: ok */
        session.execute("SELECT a FROM t WHERE k = ?", k);
        // cqlint: allow marks: ok
        session.execute(
            "SELECT a FROM t WHERE k = ?", k);
    }
}"#,
                "5 missing-mark; 2 hidden",
            ),
            (
                "an annotation",
                r#"
interface A {
    /**
     * Counts.
     * cqlint: allow counter-update: ok
     */
    @Query("UPDATE t SET n = n + 1 WHERE k = :k")
    void f(int k);
}"#,
                "; 1 hidden",
            ),
            (
                "in a string",
                r#"
class A {
    String a = "// cqlint: allow-file counter-update: no", b = "UPDATE t SET n = n + 1 WHERE k = ?";
    char c = '"'; // cqlint: allow truncate: ok
}"#,
                "2 counter-update, 3 unused-suppression; 0 hidden",
            ),
            (
                "the whole file",
                r#"
// cqlint: allow-file counter-update: ok
class A {
    String a = "UPDATE t SET n = n + 1 WHERE k = ?";
    String b = "UPDATE t SET n = n + 1 WHERE k = ?";
}"#,
                "; 2 hidden",
            ),
            (
                "bad ones",
                r#"
class A {
    String a = "UPDATE t SET n = n + 1 WHERE k = ?"; // cqlint: allow counter-update
    String b = "UPDATE t SET n = n + 1 WHERE k = ?"; // cqlint: allow counter-updates: ok
}"#,
                "2 counter-update, 2 bad-suppression, 3 counter-update, 3 bad-suppression; 0 hidden",
            ),
        ],
    );
}

#[test]
fn go() {
    check(
        "a.go",
        &[
            (
                "the same line and above",
                "
package a

const visit = \"UPDATE t SET n = n + 1 WHERE k = ?\" // cqlint: allow counter-update: ok

// cqlint: allow counter-update: ok
const leave = \"UPDATE t SET n = n - 1 WHERE k = ?\"
",
                "; 2 hidden",
            ),
            (
                "in a raw string",
                "
package a

const visit = `
    -- cqlint: allow counter-update: ok
    UPDATE t
    SET n = n + 1 WHERE k = ?`
",
                "; 1 hidden",
            ),
            (
                "what begins like a comment is code",
                "
package a

func f(p *string) {
	// cqlint: allow counter-update: ok
	*p = \"UPDATE t SET n = n + 1 WHERE k = ?\"
}
",
                "; 1 hidden",
            ),
        ],
    );
}

#[test]
fn python() {
    check(
        "a.py",
        &[
            (
                "the same line and above",
                "
VISIT = 'UPDATE t SET n = n + 1 WHERE k = ?'  # cqlint: allow counter-update: it's ok
# cqlint: allow counter-update: ok
LEAVE = 'UPDATE t SET n = n - 1 WHERE k = ?'
",
                "; 2 hidden",
            ),
            (
                "within a string",
                "
VISIT = \"\"\"
    UPDATE t SET n = n + 1 -- cqlint: allow counter-update: ok
    WHERE k = ?
\"\"\"
LEAVE = 'UPDATE t SET n = n - 1 WHERE k = ? -- cqlint: allow counter-update: ok'
",
                "; 2 hidden",
            ),
            (
                "nothing but a string",
                "
A = \"# cqlint: allow-file counter-update: no\"
VISIT = 'UPDATE t SET n = n + 1 WHERE k = ?'
",
                "2 counter-update; 0 hidden",
            ),
        ],
    );
}

#[test]
fn rust() {
    check(
        "a.rs",
        &[
            (
                "the same line and above",
                r#"
fn f<'a>(s: &'a S) {
    s.query("UPDATE t SET n = n + 1 WHERE k = ?"); // cqlint: allow counter-update: it's ok
    /* cqlint: allow counter-update: ok */
    s.query("UPDATE t SET n = n - 1 WHERE k = ?");
}"#,
                "; 2 hidden",
            ),
            (
                "an attribute is code",
                r#"
/// cqlint: allow counter-update: ok
#[cql("UPDATE t SET n = n + 1 WHERE k = ?")]
struct A;
"#,
                "; 1 hidden",
            ),
        ],
    );
}

#[test]
fn c_sharp() {
    check(
        "A.cs",
        &[(
            "the same line and above",
            r#"
class A {
    const string Visit = "UPDATE t SET n = n + 1 WHERE k = ?"; // cqlint: allow counter-update: ok
    // cqlint: allow counter-update, marks: ok
    const string Leave = @"UPDATE t SET n = n - 1 WHERE k = ?";
}"#,
            "3 unused-suppression; 2 hidden",
        )],
    );
}

#[test]
fn c_and_php() {
    check(
        "a.c",
        &[(
            "above",
            r#"
/* cqlint: allow counter-update: ok */
#define VISIT "UPDATE t SET n = n + 1 WHERE k = ?"
void f(void) { q(VISIT); }
"#,
            "; 1 hidden",
        )],
    );
    check(
        "a.php",
        &[(
            "above",
            "
<?php
# cqlint: allow counter-update: ok
$q = 'UPDATE t SET n = n + 1 WHERE k = ?';
",
            "; 1 hidden",
        )],
    );
}

#[test]
fn documents() {
    check(
        "a.md",
        &[
            (
                "above a fence and in it",
                "
<!-- cqlint: allow counter-update: ok -->
```cql
UPDATE t SET n = n + 1 WHERE k = ?;
-- cqlint: allow counter-update: ok
UPDATE t SET n = n + 1 WHERE k = ?;
UPDATE t SET n = n + 1 WHERE k = ?;
```
",
                "6 counter-update; 2 hidden",
            ),
            (
                "what programs write is only shown",
                "
In a program:
```java
// cqlint: allow counter-update: ok
```
```cql
UPDATE t SET n = n + 1 WHERE k = ?;
```
",
                "6 counter-update; 0 hidden",
            ),
            (
                "how they look",
                "
Like this:
```text
-- cqlint: allow-file counter-update
-- cqlint: allow counter-update: ok
UPDATE t SET n = n + 1 WHERE k = ?;
```
```cql
SELECT n FROM t; -- cqlint: allow counter-update: ok
```
",
                "8 unused-suppression; 0 hidden",
            ),
        ],
    );
    check(
        "a.cql.j2",
        &[(
            "a template",
            "
{# cqlint: allow counter-update: ok #}
UPDATE {{ t }}
SET n = n + 1 WHERE k = 1;
-- cqlint: allow counter-update: ok
UPDATE {{ t }}
SET n = n + 1 WHERE k = 1;
",
            "; 2 hidden",
        )],
    );
}

#[test]
fn unused_ones_are_taken_out() {
    check_mended(
        "A.java",
        &[
            (
                "class A {\n    // cqlint: allow truncate: ok\n    String a = \"DELETE FROM t WHERE k = ?\"; // cqlint: allow marks: ok\n}\n",
                "class A {\n    String a = \"DELETE FROM t WHERE k = ?\";\n}\n",
            ),
            (
                "class A {\n    /**\n     * A.\n     * cqlint: allow truncate: ok\n     */\n    String a = \"DELETE FROM t WHERE k = ?\";\n}\n",
                "class A {\n    /**\n     * A.\n     */\n    String a = \"DELETE FROM t WHERE k = ?\";\n}\n",
            ),
            // Where a string ends on the line, it might be taken along.
            (
                "class A { String a = \"DELETE FROM t WHERE k = ? -- cqlint: allow truncate: ok\"; }",
                "class A { String a = \"DELETE FROM t WHERE k = ? -- cqlint: allow truncate: ok\"; }",
            ),
            (
                "class A { String a = \"\"\"\n  DELETE FROM t WHERE k = ?\n  -- cqlint: allow truncate: ok\"\"\"; }",
                "class A { String a = \"\"\"\n  DELETE FROM t WHERE k = ?\n  -- cqlint: allow truncate: ok\"\"\"; }",
            ),
        ],
    );
    check_mended(
        "a.py",
        &[
            ("# cqlint: allow truncate: it's ok\nA = 'DELETE FROM t WHERE k = ?'\n", "A = 'DELETE FROM t WHERE k = ?'\n"),
            ("A = 'DELETE FROM t WHERE k = ?'  # cqlint: allow marks: ok\n", "A = 'DELETE FROM t WHERE k = ?'\n"),
            (
                "A = 'DELETE FROM t WHERE k = ? -- cqlint: allow marks: ok'\n",
                "A = 'DELETE FROM t WHERE k = ? -- cqlint: allow marks: ok'\n",
            ),
        ],
    );
    check_mended(
        "a.md",
        &[("<!-- cqlint: allow truncate: ok -->\n```cql\nSELECT a FROM t;\n```\n", "```cql\nSELECT a FROM t;\n```\n")],
    );
}

//! Programs of several files: a constant of another file is known where the language says which one it is.

use std::path::Path;

use cqlint_embed::{Source, read};

/// Statements of all files, in their order.
fn statements(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<_> = files.iter().map(|(path, text)| Source { path: Path::new(path), text, trusted: true }).collect();
    let found = read(&sources);
    for (source, fragments) in sources.iter().zip(&found) {
        let places = fragments.iter().map(|fragment| fragment.home());
        assert!(places.into_iter().all(|home| source.text.get(home.range()).is_some()), "{}", source.path.display());
    }
    found.into_iter().flatten().map(|fragment| fragment.text().to_owned()).collect()
}

/// The file with the constants, and one that adds to the statement: `Queries.X + " IF EXISTS"`.
const MORE_FILES: [[(&str, &str); 2]; 29] = [
    [
        ("src/Queries.php", "<?php\nnamespace App;\nfinal class Queries { const X = 'DELETE FROM t WHERE k = ?'; }"),
        (
            "src/Store/Dao.php",
            "<?php\nnamespace App\\Store;\nuse App\\Queries;\nfunction f($s) { $s->execute(Queries::X . ' IF EXISTS'); }",
        ),
    ],
    [
        ("src/Queries.php", "<?php\nnamespace App;\nfinal class Queries { const X = 'DELETE FROM t WHERE k = ?'; }"),
        (
            "src/Store/Dao.php",
            "<?php\nnamespace App\\Store;\nuse App\\{Other, Queries as Q};\nfunction f($s) { $s->execute(Q::X . ' IF EXISTS'); }",
        ),
    ],
    [
        ("src/Queries.php", "<?php\nnamespace App;\nfinal class Queries { const X = 'DELETE FROM t WHERE k = ?'; }"),
        ("src/Store/Dao.php", "<?php\nnamespace App\\Store;\nfunction f($s) { $s->execute(\\App\\Queries::X . ' IF EXISTS'); }"),
    ],
    [
        ("src/Base.php", "<?php\nnamespace App;\nabstract class Base { const X = 'DELETE FROM t WHERE k = ?'; }"),
        (
            "src/Dao.php",
            "<?php\nnamespace App;\nclass Dao extends Base { function f($s) { $s->execute(self::X . ' IF EXISTS'); } }",
        ),
    ],
    [
        ("store/queries.h", "#define X \"DELETE FROM t WHERE k = ?\"\n"),
        ("store/dao.c", "#include \"queries.h\"\nvoid f() { cass_statement_new(X \" IF EXISTS\", 0); }"),
    ],
    [
        (
            "include/store/queries.h",
            "#pragma once\nnamespace store { inline const std::string X = \"DELETE FROM t WHERE k = ?\"; }",
        ),
        ("src/dao.cpp", "#include <store/queries.h>\nvoid f() { execute(store::X + \" IF EXISTS\"); }"),
    ],
    [
        ("queries.h", "struct Queries { static constexpr auto X = \"DELETE FROM t WHERE k = ?\"; void f(int X); };"),
        ("src/dao.cpp", "#include \"../queries.h\"\nvoid f() { execute(std::string(Queries::X) + \" IF EXISTS\"); }"),
    ],
    [
        ("a/Queries.java", r#"package a; class Queries { static final String X = "DELETE FROM t WHERE k = ?"; }"#),
        ("a/Dao.java", r#"package a; class Dao { void f() { s.execute(Queries.X + " IF EXISTS"); s.prepare(Queries.X); } }"#),
    ],
    [
        ("a/Queries.java", r#"package a; class Queries { static final String X = "DELETE FROM t WHERE k = ?"; }"#),
        ("b/Dao.java", r#"package b; import a.Queries; class Dao { void f() { s.execute(Queries.X + " IF EXISTS"); } }"#),
    ],
    [
        ("a/Queries.java", r#"package a; class Queries { static final String X = "DELETE FROM t WHERE k = ?"; }"#),
        ("b/Dao.java", r#"package b; import static a.Queries.X; class Dao { void f() { s.execute(X + " IF EXISTS"); } }"#),
    ],
    [
        ("a/Queries.java", r#"package a; class Queries { static final String X = "DELETE FROM t WHERE k = ?"; }"#),
        ("b/Dao.java", r#"package b; import static a.Queries.*; class Dao { void f() { s.execute(X + " IF EXISTS"); } }"#),
    ],
    [
        ("a/Queries.java", r#"package a; interface Queries { String X = "DELETE FROM t WHERE k = ?"; }"#),
        ("a/Dao.java", r#"package a; class Dao implements Queries { void f() { s.execute(X + " IF EXISTS"); } }"#),
    ],
    [
        ("a/Queries.kt", "package a\nobject Queries {\n    const val X = \"DELETE FROM t WHERE k = ?\"\n}"),
        ("b/Dao.kt", "package b\nimport a.Queries\nfun f() { s.execute(\"${Queries.X} IF EXISTS\") }"),
    ],
    [
        ("a/Queries.kt", "package a\nconst val X = \"DELETE FROM t WHERE k = ?\""),
        ("a/Dao.kt", "package a\nfun f() { s.execute(X + \" IF EXISTS\") }"),
    ],
    [
        ("a/Queries.kt", "package a\nconst val X = \"DELETE FROM t WHERE k = ?\""),
        ("b/Dao.kt", "package b\nimport a.X as Y\nfun f() { s.execute(Y + \" IF EXISTS\") }"),
    ],
    [
        ("a/Queries.scala", "package a\nobject Queries { val X = \"DELETE FROM t WHERE k = ?\" }"),
        ("b/Dao.scala", "package b\nimport a.Queries._\nobject Dao { s.execute(s\"$X IF EXISTS\") }"),
    ],
    [
        ("a/Queries.scala", "package a\nobject Queries { val X = \"DELETE FROM t WHERE k = ?\" }"),
        ("b/Dao.scala", "package b\nimport a.Queries\nobject Dao { s.execute(Queries.X + \" IF EXISTS\") }"),
    ],
    [
        ("Queries.cs", r#"namespace A.B; static class Queries { public const string X = "DELETE FROM t WHERE k = ?"; }"#),
        ("Dao.cs", r#"namespace A.B.C; class Dao { void F() { s.Execute(Queries.X + " IF EXISTS"); } }"#),
    ],
    [
        ("Queries.cs", r#"namespace A.B { static class Queries { public const string X = "DELETE FROM t WHERE k = ?"; } }"#),
        ("Dao.cs", r#"using static A.B.Queries; namespace C { class Dao { void F() { s.Execute($"{X} IF EXISTS"); } } }"#),
    ],
    [
        ("a/queries.go", "package a\nconst X = \"DELETE FROM t WHERE k = ?\""),
        ("a/dao.go", "package a\nfunc f() { s.Query(X + \" IF EXISTS\"); s.Query(X) }"),
    ],
    [
        ("m/a/queries.go", "package a\nconst X = \"DELETE FROM t WHERE k = ?\""),
        ("m/b/dao.go", "package b\nimport \"example.org/m/a\"\nfunc f() { s.Query(fmt.Sprintf(\"%s IF EXISTS\", a.X)) }"),
    ],
    [("p/a.py", "X = 'DELETE FROM t WHERE k = ?'"), ("p/b.py", "from .a import X\ns.execute(X + ' IF EXISTS')\ns.execute(X)")],
    [("p/a.py", "X = 'DELETE FROM t WHERE k = ?'"), ("b.py", "from p import a as queries\ns.execute(f'{queries.X} IF EXISTS')")],
    [("p/a.py", "class Q:\n    X = 'DELETE FROM t WHERE k = ?'"), ("b.py", "from p.a import Q\ns.execute(Q.X + ' IF EXISTS')")],
    [
        ("p/a.js", "export const X = 'DELETE FROM t WHERE k = ?'"),
        ("p/b.js", "import { X } from './a'; s.execute(X + ' IF EXISTS')"),
    ],
    [
        ("p/a.js", "const Q = { X: 'DELETE FROM t WHERE k = ?' }; module.exports = Q"),
        ("b.js", "const Q = require('./p/a'); s.execute(`${Q.X} IF EXISTS`)"),
    ],
    [
        ("p/a.ts", "export class Q { static readonly X = 'DELETE FROM t WHERE k = ?' }"),
        ("p/b.ts", "import { Q } from '../p/a.js'; s.execute(`${Q.X} IF EXISTS`)"),
    ],
    [
        ("src/queries.rs", r#"pub const X: &str = "DELETE FROM t WHERE k = ?";"#),
        ("src/dao.rs", r#"use crate::queries; fn f() { s.query(queries::X.to_string() + " IF EXISTS") }"#),
    ],
    [
        ("src/queries.rs", r#"pub const X: &str = "DELETE FROM t WHERE k = ?";"#),
        ("src/dao.rs", r#"use crate::queries::{X, Y}; fn f() { s.query(format!("{X} IF EXISTS")) }"#),
    ],
];

#[test]
fn constants_of_other_files_are_known() {
    let wanted = ["DELETE FROM t WHERE k = ?", "DELETE FROM t WHERE k = ? IF EXISTS"];
    let found = MORE_FILES.map(|files| (statements(&files), files));
    let wrong: Vec<_> = found.iter().filter(|(found, _)| found != &wanted).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names that nobody can tell, so that the table stays a hole.
const UNKNOWN: [&[(&str, &str)]; 13] = [
    &[("q.php", "<?php $T = 'x'; class Q {}"), ("d.php", "<?php function f() { e(\"TRUNCATE $T\"); }")],
    &[("q.php", "<?php namespace A; class Q { const T = 'x'; }"), ("d.php", "<?php namespace B; e('TRUNCATE ' . Q::T);")],
    // Nothing is included.
    &[("q.h", "const char* T = \"x\";"), ("d.cpp", "#include \"p.h\"\nvoid f() { e(std::string(\"TRUNCATE \") + T); }")],
    // Another package.
    &[
        ("a/Q.java", r#"package a; class Q { static final String T = "x"; }"#),
        ("b/D.java", r#"package b; class D { String q = "TRUNCATE " + Q.T; }"#),
    ],
    // A parameter.
    &[
        ("a/Q.java", r#"package a; class Q { static final String T = "x"; }"#),
        ("a/D.java", r#"package a; class D { void f(Q Q) { e("TRUNCATE " + Q.T); } }"#),
    ],
    &[("a/q.go", "package a\nconst T = \"x\""), ("a/d.go", "package a\nfunc f(T string) { e(\"TRUNCATE \" + T) }")],
    // Another folder.
    &[("a/q.go", "package a\nconst T = \"x\""), ("b/d.go", "package b\nfunc f() { e(\"TRUNCATE \" + T) }")],
    // Nothing is imported.
    &[("a.py", "T = 'x'"), ("b.py", "e('TRUNCATE ' + T)")],
    &[("a.js", "const T = 'x'; const use = 1"), ("b.js", "e('TRUNCATE ' + T)")],
    &[("a.rs", "const T: &str = \"x\"; // use"), ("b.rs", "fn f() { e(format!(\"TRUNCATE {T}\")) }")],
    // Two of them.
    &[
        ("a/Q.java", r#"package a; class Q { static final String T = "x"; }"#),
        ("c/a/Q.java", r#"package a; class Q { static final String T = "y"; }"#),
        ("a/D.java", r#"package a; class D { String q = "TRUNCATE " + Q.T; }"#),
    ],
    // It changes.
    &[
        ("a/q.go", "package a\nvar T = \"x\"\nfunc use() { T = next() }"),
        ("a/d.go", "package a\nfunc f() { e(\"TRUNCATE \" + T) }"),
    ],
    // Another language.
    &[
        ("a/Q.cs", r#"namespace a; class Q { const string T = "x"; }"#),
        ("a/D.java", r#"package a; class D { String q = "TRUNCATE " + Q.T; }"#),
    ],
];

#[test]
fn who_may_be_another_is_a_hole() {
    let found = UNKNOWN.map(|files| (statements(files), files));
    let wrong: Vec<_> = found.iter().filter(|(found, _)| found != &["TRUNCATE \"{T}\""]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_template_of_another_file_is_no_statement() {
    let files = [
        (
            "a/Queries.java",
            r#"package a; class Queries { static final String X = "DELETE FROM %s." + Tables.T + " WHERE k = ?"; }"#,
        ),
        ("a/Tables.java", r#"package a; class Tables { static final String T = "t"; /* used */ }"#),
        ("a/Dao.java", r#"package a; class Dao { void f(String ks) { s.execute(String.format(Queries.X, ks)); } }"#),
    ];
    assert_eq!(statements(&files), ["DELETE FROM \"{ks}\".t WHERE k = ?"]);
    assert_eq!(statements(&files[..2]), ["DELETE FROM \"{1}\".t WHERE k = ?"]);
}

#[test]
fn constants_that_stand_for_one_another_end() {
    let a = r#"package a; class A { static final String X = "SELECT " + B.X + B.X; }"#;
    let b = r#"package a; class B { static final String X = "SELECT " + A.X + A.X; }"#;
    statements(&[("a/A.java", a), ("a/B.java", b)]);
}

//! Strings that statements build: what is appended in a straight line is known, what a branch or a loop appends is not.

use cqlint_analysis::Fragment;
use cqlint_embed::fragments;

use super::{language, said, texts};

/// Ways to build one statement.
const BUILT: [(&str, &str); 44] = [
    ("java", r#"class A { final String d; A() { this.d = "DELETE FROM t"; e(this.d + " WHERE k = ?"); } }"#),
    ("java", r#"class A { void f() { q(new StringBuilder("DELETE FROM t").append(" WHERE ").append("k = ?").toString()); } }"#),
    (
        "java",
        r#"class A { void f() { var b = new StringBuilder("DELETE FROM t"); b.append(" WHERE "); b.append("k").append(" = ?"); q(b.toString()); } }"#,
    ),
    (
        "java",
        r#"class A { void f() { StringBuilder b = new StringBuilder(); b.append("DELETE FROM t WHERE k =").append(' ').append('?'); q(b.toString()); } }"#,
    ),
    ("java", r#"class A { void f() { String q = "DELETE FROM t"; q += " WHERE "; q = q + "k" + " = ?"; e(q); } }"#),
    ("java", r#"class A { void f() { e("DELETE FROM t ".concat("WHERE k = ?")); } }"#),
    ("java", r#"class A { void f() { e(String.join(" ", "DELETE FROM t", "WHERE", "k = ?")); } }"#),
    ("java", r#"class A { void f() { e(String.join(" ", List.of("DELETE FROM t", "WHERE", "k = ?"))); } }"#),
    ("kt", "fun f() { val b = StringBuilder(\"DELETE FROM t\"); b.append(\" WHERE \").append(\"k = ?\"); q(b.toString()) }"),
    ("kt", "fun f() { q(StringBuilder().append(\"DELETE FROM t\").append(\" WHERE k = ?\").toString()) }"),
    ("kt", "fun f() { var s = \"DELETE FROM t\"; s += \" WHERE k = ?\"; q(s) }"),
    ("kt", "fun f() { q(buildString { append(\"DELETE FROM t\"); append(\" WHERE k\").append(\" = ?\") }) }"),
    ("kt", "fun f() { q(listOf(\"DELETE FROM t\", \"WHERE k = ?\").joinToString(\" \")) }"),
    ("kt", "fun f() { q(listOf(\"DELETE FROM t\", \"WHERE k = ?\").joinToString(separator = \" \")) }"),
    (
        "scala",
        r#"object A { def f() = { val b = new StringBuilder("DELETE FROM t"); b.append(" WHERE "); b ++= "k = ?"; q(b.toString) } }"#,
    ),
    ("scala", r#"object A { def f() = { var s = "DELETE FROM t"; s += " WHERE k = ?"; q(s) } }"#),
    ("scala", r#"object A { def f() = q(List("DELETE FROM t", "WHERE k = ?").mkString(" ")) }"#),
    (
        "cs",
        r#"class A { void F() { var b = new StringBuilder("DELETE FROM "); b.Append("t").Append(" WHERE "); b.AppendFormat("{0} = ?", "k"); q(b.ToString()); } }"#,
    ),
    ("cs", r#"class A { void F() { q(new StringBuilder().Append("DELETE FROM t").Append(" WHERE k = ?").ToString()); } }"#),
    ("cs", r#"class A { void F() { var s = "DELETE FROM t"; s += " WHERE "; s = s + "k = ?"; q(s); } }"#),
    ("cs", r#"class A { void F() { q(string.Concat("DELETE FROM t", " WHERE k = ?")); } }"#),
    ("cs", r#"class A { void F() { q(string.Join(" ", "DELETE FROM t", "WHERE k = ?")); } }"#),
    ("cs", r#"class A { void F() { q(string.Join(" ", new[] { "DELETE FROM t", "WHERE k = ?" })); } }"#),
    (
        "go",
        "package p\nfunc f() { var b strings.Builder; b.WriteString(\"DELETE FROM \"); fmt.Fprintf(&b, \"%s WHERE\", \"t\"); b.WriteString(\" k = ?\"); q(b.String()) }",
    ),
    (
        "go",
        "package p\nfunc f() { b := &bytes.Buffer{}; b.WriteString(\"DELETE FROM t\"); b.WriteString(\" WHERE k = ?\"); q(b.String()) }",
    ),
    ("go", "package p\nfunc f() { b := bytes.NewBufferString(\"DELETE FROM t\"); b.WriteString(\" WHERE k = ?\"); q(b.String()) }"),
    ("go", "package p\nfunc f() { s := \"DELETE FROM t\"; s += \" WHERE \"; s = s + \"k = ?\"; q(s) }"),
    ("go", "package p\nfunc f() { q(strings.Join([]string{\"DELETE FROM t\", \"WHERE k = ?\"}, \" \")) }"),
    ("rs", r#"fn f() { let mut q = String::from("DELETE FROM t"); q.push_str(" WHERE "); q += "k = ?"; e(&q) }"#),
    (
        "rs",
        r#"fn f() { let mut q = String::new(); q.push_str("DELETE FROM "); write!(q, "{} WHERE", "t")?; q.push_str(" k = ?"); e(&q) }"#,
    ),
    (
        "rs",
        r#"fn f() { let mut q = String::with_capacity(9); write!(&mut q, "DELETE FROM t").unwrap(); q.push_str(" WHERE k = ?"); e(&q) }"#,
    ),
    ("rs", r#"fn f() { let q = "DELETE FROM t"; let q = format!("{q} WHERE k = ?"); e(&q) }"#),
    ("rs", r#"fn f() { e(["DELETE FROM t", "WHERE k = ?"].join(" ")) }"#),
    ("rs", r#"fn f() { e(["DELETE FROM t", " WHERE k = ?"].concat()) }"#),
    ("py", "def f():\n    q = 'DELETE FROM t'\n    q += ' WHERE '\n    q = q + 'k = ?'\n    e(q)"),
    ("py", "e(' '.join(['DELETE FROM t', 'WHERE k = ?']))"),
    ("py", "e(''.join(('DELETE FROM t', ' WHERE k = ?')))"),
    ("py", "q = 'DELETE FROM t'\nq = f'{q} WHERE k = ?'\ne(q)"),
    ("js", "function f() { let q = 'DELETE FROM t'; q += ' WHERE '; q = q + 'k = ?'; e(q) }"),
    ("js", "e(['DELETE FROM t', 'WHERE k = ?'].join(' '))"),
    ("js", "e('DELETE FROM t'.concat(' WHERE', ' k = ?'))"),
    ("js", "let q = 'DELETE FROM t'; q = `${q} WHERE k = ?`; e(q)"),
    ("ts", "function f() { let q: string = 'DELETE FROM t'; q += ' WHERE k = ?'; e(q) }"),
    ("ts", "const e = (x: string) => x; e(['DELETE FROM t', 'WHERE k = ?'].join(' '))"),
];

#[test]
fn what_is_built_in_a_straight_line_is_known() {
    let found = BUILT.map(|(ending, source)| (texts(source, ending), source));
    let wrong: Vec<_> = found.iter().filter(|(found, _)| found != &["DELETE FROM t WHERE k = ?"]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Ways in which nobody knows the end of a statement, or a part of it.
const OPEN: [(&str, &str); 23] = [
    ("java", r#"class A { void f() { String q = "DELETE FROM t WHERE k = ?"; if (b) { q += " IF EXISTS"; } e(q); } }"#),
    ("java", r#"class A { void f() { String q = "DELETE FROM t WHERE k = ?"; if (b) q += " IF EXISTS"; e(q); } }"#),
    (
        "java",
        r#"class A { void f() { var s = new StringBuilder("DELETE FROM t WHERE k = ?"); for (var x : y) { s.append(x); } e(s.toString()); } }"#,
    ),
    ("java", r#"class A { void f() { var s = new StringBuilder("DELETE FROM t WHERE k = ?"); more(s); e(s.toString()); } }"#),
    ("java", r#"class A { void f() { e("DELETE FROM t WHERE k = ?" + (b ? " IF EXISTS" : "")); } }"#),
    ("kt", "fun f() { var q = \"DELETE FROM t WHERE k = ?\"; if (b) q += \" IF EXISTS\"; e(q) }"),
    ("kt", "fun f() { e(\"DELETE FROM t WHERE k = ?\" + if (b) \" IF EXISTS\" else \"\") }"),
    ("kt", "fun f() { e(buildString { append(\"DELETE FROM t WHERE k = ?\"); if (b) append(\" IF EXISTS\") }) }"),
    ("scala", r#"object A { def f() = { var q = "DELETE FROM t WHERE k = ?"; if (b) q += " IF EXISTS"; e(q) } }"#),
    ("scala", r#"object A { def f() = e("DELETE FROM t WHERE k = ?" + (if (b) " IF EXISTS" else "")) }"#),
    ("cs", r#"class A { void F() { var q = "DELETE FROM t WHERE k = ?"; if (b) q += " IF EXISTS"; e(q); } }"#),
    ("cs", r#"class A { void F() { e("DELETE FROM t WHERE k = ?" + (b ? " IF EXISTS" : "")); } }"#),
    (
        "cs",
        r#"class A { void F() { var s = new StringBuilder("DELETE FROM t WHERE k = ?"); while (b) s.Append(x); e(s.ToString()); } }"#,
    ),
    ("go", "package p\nfunc f() { q := \"DELETE FROM t WHERE k = ?\"; if b { q += \" IF EXISTS\" }; e(q) }"),
    (
        "go",
        "package p\nfunc f() { var s strings.Builder; s.WriteString(\"DELETE FROM t WHERE k = ?\"); for b { s.WriteString(x) }; e(s.String()) }",
    ),
    ("go", "package p\nfunc f() { var s strings.Builder; s.WriteString(\"DELETE FROM t WHERE k = ?\"); more(&s); e(s.String()) }"),
    ("rs", r#"fn f() { let mut q = String::from("DELETE FROM t WHERE k = ?"); if b { q.push_str(" IF EXISTS"); } e(&q) }"#),
    ("rs", r#"fn f() { e("DELETE FROM t WHERE k = ?".to_string() + if b { " IF EXISTS" } else { "" }) }"#),
    ("py", "def f():\n    q = 'DELETE FROM t WHERE k = ?'\n    if b:\n        q += ' IF EXISTS'\n    e(q)"),
    ("py", "e('DELETE FROM t WHERE k = ?' + (' IF EXISTS' if b else ''))"),
    ("js", "function f() { let q = 'DELETE FROM t WHERE k = ?'; if (b) q += ' IF EXISTS'; e(q) }"),
    ("js", "e('DELETE FROM t WHERE k = ?' + (b ? ' IF EXISTS' : ''))"),
    ("ts", "function f() { let q = 'DELETE FROM t WHERE k = ?'; all.forEach(x => { q += x }); e(q) }"),
];

#[test]
fn what_a_branch_appends_is_open() {
    let wrong = |(ending, source): &(&str, &str)| {
        let found = fragments(source, language(ending));
        let is_open = |fragment: &Fragment| {
            let text = fragment.text().trim_end();
            text == "DELETE FROM t WHERE k = ?" && said(fragment, source, None).starts_with("depends unknown-clause")
        };
        let is_right = matches!(found.as_slice(), [only] if is_open(only));
        (!is_right).then(|| {
            format!("{source}\n    {:?}", found.iter().map(|found| (found.text(), said(found, source, None))).collect::<Vec<_>>())
        })
    };
    let wrong: Vec<_> = OPEN.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Machines write such sources, too.
#[test]
fn long_chains_end() {
    let many = 4_000;
    let sources = [
        ("java", format!("class A {{ void f() {{ q(new StringBuilder(\"DELETE FROM t\"){}); }} }}", ".append(\"a\")".repeat(many))),
        ("java", format!("class A {{ void f() {{ q(b{}); }} }}", ".append(\"a\")".repeat(many))),
        ("js", format!("let q = 'DELETE FROM t'; {}", "q += ' a'; ".repeat(many))),
        ("js", format!("let q = 'DELETE FROM t'; {}", "q = q + ' a'; ".repeat(many))),
        ("js", format!("let q = 'DELETE FROM t'; {}", "q = `${q} a`; ".repeat(many))),
        ("js", format!("let q = 'DELETE FROM t'; {}", "if (a) { q = 'x' + q } ".repeat(many))),
        ("js", format!("let q = {}", "(q => q + 'a' + ".repeat(2_000))),
        ("js", "{ let q = 'a'; f(q + 'b') }".repeat(many)),
        ("py", "q = 'DELETE FROM t'\nq = a + q\n".repeat(many)),
        ("go", format!("package p\nfunc f() {{ var b strings.Builder\n{} }}", "b.WriteString(\"use\")\nmore(&b)\n".repeat(many))),
        ("kt", format!("val q = {}", "buildString { append(\"a\" + ".repeat(1_000))),
        ("rs", format!("fn f() {{ let q = {}", "if a { \"b\" } else { ".repeat(1_000))),
        ("scala", format!("object A {{ val q = s\"{}\" }}", "$a".repeat(many))),
    ];
    for (ending, source) in sources {
        texts(&source, ending);
    }
}

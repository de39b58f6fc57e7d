//! What people say of a string is believed: it is CQL, even where it looks like prose, and wrong where it does not parse.

use std::path::Path;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Analyzer, Options};
use cqlint_embed::{Evidence, fragments};

use super::{language, texts};

/// A string with an injection, for `TEXT`.
const INJECTED: [(&str, &str); 14] = [
    ("java", "class A {\n  // language=CassandraQL\n  String q = \"TEXT\";\n}"),
    ("java", "class A { void f() { e(/* language=cassandraql */ \"TEXT\"); } }"),
    ("java", "class A { @Language(\"CassandraQL\") static final String Q = \"TEXT\"; }"),
    ("java", "class A { @Language(value = \"CassandraQL\") static final String Q = \"TEXT\"; }"),
    ("kt", "@Language(\"CassandraQL\")\nconst val Q = \"TEXT\"\n"),
    ("kt", "fun f() {\n    // language=CassandraQL\n    val q = \"TEXT\"\n}"),
    ("scala", "object A {\n  // language=CassandraQL\n  val q = \"TEXT\"\n}"),
    ("cs", "class A {\n  // language=CassandraQL\n  string q = \"TEXT\";\n}"),
    ("go", "package p\n\n//language=CASSANDRAQL\nconst q = \"TEXT\"\n"),
    ("go", "package p\n\nvar q = f(/* language=CassandraQL */ \"TEXT\")\n"),
    ("rs", "fn f() {\n    // language=CassandraQL\n    let q = \"TEXT\";\n}"),
    ("py", "# language=CassandraQL\nq = 'TEXT'\n"),
    ("js", "// language=CassandraQL\nconst q = 'TEXT'\n"),
    ("ts", "const q: string = /* language=CassandraQL */ `TEXT`\n"),
];

#[test]
fn an_injection_is_believed() {
    for (ending, frame) in INJECTED {
        for text in ["SELEC * FROM rooms", "use it", "drop keyspace error"] {
            let source = frame.replace("TEXT", text);
            assert_eq!(texts(&source, ending), [text], "{source}");
            let path = format!("rooms.{ending}");
            assert_eq!(Evidence::of(Path::new(&path), &format!("{source} java.sql")), Evidence::Driver);
        }
    }
}

#[test]
fn what_is_marked_and_wrong_is_told() {
    let source = "# language=CassandraQL\nq = 'SELECT * FORM rooms'\n";
    let found = fragments(source, language("py"));
    let told = Analyzer::new(Dialects::ALL).fragment(&found[0], &Options::default()).findings;
    let told: Vec<_> = told.iter().map(|finding| (finding.rule.name, &source[finding.span.range()])).collect();
    assert_eq!(told, [("syntax-error", "FORM")]);
}

/// The mark is about another string, or not about all of it.
const NOT_INJECTED: [(&str, &str); 6] = [
    ("java", "class A {\n  // language=CassandraQL\n  int n = 1;\n  String q = \"use it\";\n}"),
    ("java", "class A { void f(@Language(\"CassandraQL\") String q) { e(\"use it\"); } }"),
    ("java", "class A {\n  // language=SQL\n  String q = \"use it\";\n}"),
    ("java", "class A {\n  // language=CassandraQL prefix=\"SELECT \"\n  String q = \"a FROM t\";\n}"),
    ("java", "class A {\n  // language=CassandraQL\n  String q = \"SELEC * FROM \" + t;\n}"),
    ("py", "# The language is cassandraql\nq = 'use it'\n"),
];

#[test]
fn a_mark_is_about_one_string() {
    let nothing: [String; 0] = [];
    for (ending, source) in NOT_INJECTED {
        assert_eq!(texts(source, ending), nothing, "{source}");
    }
}

//! Ways of C and C++ of putting one statement together.

use super::texts;

/// A source, and what its statement is, as in the other languages.
const WAYS: &[(&str, &str, &str)] = &[
    ("c", r#"const char *q = "SELECT * FROM t " "WHERE k = ?";"#, "SELECT * FROM t WHERE k = ?"),
    ("c", "#define T \"a\"\nconst char *q = \"TRUNCATE \" T;", "TRUNCATE a"),
    ("c", "#define T \"a\"\n#define Q \"TRUNCATE \" \\\n  T /* all */ // of it\n", "TRUNCATE a"),
    ("h", "#define Q (\"SELECT * FROM \" R\"(t)\" \" WHERE k = ?\")\n", "SELECT * FROM t WHERE k = ?"),
    ("h", "#define Q \"SELECT * FROM \" KS \".t\"\n", "SELECT * FROM \"{KS}\".t"),
    ("c", r#"void f() { q("SELECT * FROM " KS ".t WHERE k = ?"); }"#, "SELECT * FROM \"{KS}\".t WHERE k = ?"),
    ("c", r#"void f() { sprintf(b, "SELECT * FROM %s WHERE k = %" PRIu64, t, k); }"#, "SELECT * FROM \"{t}\" WHERE k = ?"),
    (
        "c",
        r#"void f() { snprintf(b, sizeof b, "SELECT * FROM %s.%s LIMIT %zu", ks, T, n); }"#,
        "SELECT * FROM \"{ks}\".\"{T}\" LIMIT ?",
    ),
    ("c", "const char *q = \"SELECT * \\\n  FROM t\";", "SELECT *   FROM t"),
    ("cpp", r#"auto q = R"cql(SELECT * FROM t WHERE v = ')"\n')cql";"#, "SELECT * FROM t WHERE v = ')\"\\n'"),
    ("cpp", r#"auto q = u8R"(TRUNCATE t)";"#, "TRUNCATE t"),
    ("cpp", r#"constexpr std::string_view T{"a"}; auto q = "TRUNCATE " + std::string(T);"#, "TRUNCATE a"),
    ("cpp", r#"namespace ns { const std::string T("a"); } auto q = "TRUNCATE " + ns::T;"#, "TRUNCATE a"),
    ("cpp", r#"constexpr char T[] = "a"; auto q = std::string{"TRUNCATE "} + T;"#, "TRUNCATE a"),
    (
        "cpp",
        r#"class A { static constexpr auto T = "a"; void f() { q(fmt::format("SELECT * FROM {}.{}", ks, A::T)); } };"#,
        "SELECT * FROM \"{ks}\".a",
    ),
    ("cpp", r#"auto q = std::format("SELECT * FROM {1}.{0}", t, ks);"#, "SELECT * FROM \"{ks}\".\"{t}\""),
    ("cpp", r#"auto q = absl::StrCat("SELECT * FROM ", t, " WHERE k = ", 1);"#, "SELECT * FROM \"{t}\" WHERE k = ?"),
    ("cpp", r#"auto q = absl::StrFormat("SELECT * FROM %s", t);"#, "SELECT * FROM \"{t}\""),
    ("cpp", r#"auto q = "TRUNCATE t"sv;"#, "TRUNCATE t"),
    ("hpp", r#"auto q = ("TRUNCATE " + T).c_str();"#, "TRUNCATE \"{T}\""),
    (
        "cpp",
        "void f() { std::ostringstream out; out << \"SELECT * FROM \" << t << std::endl << \"LIMIT \" << 5; q(out.str()); }",
        "SELECT * FROM \"{t}\"\nLIMIT ?",
    ),
    ("cpp", r#"void f() { std::string q = "TRUNCATE "; q += "a"; q.append(".b"); s(q.c_str()); }"#, "TRUNCATE a.b"),
    (
        "cpp",
        r#"void f(bool all) { auto q = std::string("SELECT * FROM t WHERE k = ") + (all ? "1" : "2"); }"#,
        "SELECT * FROM t WHERE k = ?",
    ),
    ("cpp", r#"const std::string A::T = "a"; void A::f(const char* k) { q("TRUNCATE " + A::T); }"#, "TRUNCATE a"),
];

#[test]
fn statements_are_put_together() {
    let found = WAYS.iter().map(|(ending, source, wanted)| (texts(source, ending), wanted, source));
    let wrong = found.filter(|(found, wanted, _)| found != &[**wanted]);
    let wrong: Vec<_> =
        wrong.map(|(found, wanted, source)| format!("{source}\n    found    {found:?}\n    expected {wanted:?}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

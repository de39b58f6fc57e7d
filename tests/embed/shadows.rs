//! Names that hide others: what the running program puts in is never the constant of the same name.

use super::texts;

/// A constant `t` or `T`, and something of the same name in its way. A hole is `"{t}"`.
const HIDDEN: [(&str, &str); 51] = [
    ("php", "<?php class A { public $t = 'a'; function f($t) { q('TRUNCATE ' . $t); } }"),
    ("php", "<?php function f() { $t = 'a'; foreach ($all as $t) { q(\"TRUNCATE $t\"); } }"),
    ("php", "<?php function f() { $t = 'a'; foreach ($all as $k => $t) { q(\"TRUNCATE $t\"); } }"),
    ("php", "<?php function f() { $t = 'a'; [$s, $t] = next(); q(\"TRUNCATE $t\"); }"),
    ("php", "<?php function f() { $t = 'a'; if ($b) { $t = next(); } q(\"TRUNCATE $t\"); }"),
    ("php", "<?php function f() { $t = 'a'; $t = next(); q(\"TRUNCATE {$t}\"); }"),
    ("php", "<?php $t = 'a'; function f() { global $t; q('TRUNCATE ' . $t); }"),
    ("cpp", r#"const char* t = "a"; void f(const std::string& t) { q("TRUNCATE " + t); }"#),
    ("cpp", r#"const char* t = "a"; void f() { for (const auto& t : all) { q("TRUNCATE " + t); } }"#),
    ("cpp", r#"const char* t = "a"; void f() { each([](auto t) { q("TRUNCATE " + t); }); }"#),
    ("cpp", r#"const char* t = "a"; void f() { auto [s, t] = next(); q("TRUNCATE " + t); }"#),
    ("cpp", r#"const char* t = "a"; void f() { try { g(); } catch (const E& t) { q("TRUNCATE " + t); } }"#),
    ("cpp", r#"const char* t = "a"; void f() { std::string t; t = next(); q("TRUNCATE " + t); }"#),
    ("cpp", r#"struct A { std::string t = "a"; void f() { t = next(); } void g() { q("TRUNCATE " + t); } };"#),
    ("java", r#"class A { static final String t = "a"; void f(String t) { q("TRUNCATE " + t); } }"#),
    ("java", r#"class A { static final String t = "a"; A(String... t) { q("TRUNCATE " + t); } }"#),
    ("java", r#"class A { static final String t = "a"; void f() { for (String t : all) { q("TRUNCATE " + t); } } }"#),
    ("java", r#"class A { static final String t = "a"; void f() { all.forEach(t -> q("TRUNCATE " + t)); } }"#),
    ("java", r#"class A { static final String t = "a"; void f() { all.forEach((t, u) -> q("TRUNCATE " + t)); } }"#),
    ("java", r#"class A { static final String t = "a"; void f() { String t; t = next(); q("TRUNCATE " + t); } }"#),
    ("java", r#"class A { String t = "a"; A(String t) { this.t = t; } void f() { q("TRUNCATE " + t); } }"#),
    ("java", r#"class A { static final String t = "a"; } class B { void f() { q("TRUNCATE " + other.t); } }"#),
    ("java", r#"class A { void f() { String t = "a"; if (b) { t = "c"; } q("TRUNCATE " + t); } }"#),
    ("kt", r#"const val t = "a"; fun f(t: String) { q("TRUNCATE $t") }"#),
    ("kt", r#"const val t = "a"; fun f() { for (t in all) { q("TRUNCATE $t") } }"#),
    ("kt", r#"const val t = "a"; fun f() { all.map { t -> q("TRUNCATE $t") } }"#),
    ("kt", "const val t = \"a\"\nclass A(val t: String) {\n    fun f() { q(\"TRUNCATE $t\") }\n}"),
    ("scala", r#"object A { val t = "a"; def f(t: String) = q(s"TRUNCATE $t") }"#),
    ("scala", r#"object A { val t = "a"; def f() = for (t <- all) q("TRUNCATE " + t) }"#),
    ("scala", r#"object A { val t = "a"; def f() = all.map(t => q(s"TRUNCATE $t")) }"#),
    ("scala", r#"object A { val t = "a"; def f() = all.map { case t => q(s"TRUNCATE $t") } }"#),
    ("cs", r#"class A { const string t = "a"; void F(string t) { q("TRUNCATE " + t); } }"#),
    ("cs", r#"class A { const string t = "a"; void F() { foreach (var t in all) { q($"TRUNCATE {t}"); } } }"#),
    ("cs", r#"class A { const string t = "a"; void F() { all.Select(t => q($"TRUNCATE {t}")); } }"#),
    ("cs", r#"class A { const string t = "a"; void F() { if (x is string t) { q($"TRUNCATE {t}"); } } }"#),
    ("go", "package p\nconst t = \"a\"\nfunc f(s, t string) { q(\"TRUNCATE \" + t) }"),
    ("go", "package p\nconst t = \"a\"\nfunc f() { for _, t := range all { q(\"TRUNCATE \" + t) } }"),
    ("go", "package p\nconst t = \"a\"\nfunc (t *T) f() { q(fmt.Sprintf(\"TRUNCATE %s\", t)) }"),
    ("go", "package p\nconst t = \"a\"\nfunc f() { if t, err := next(); err == nil { q(\"TRUNCATE \" + t) } }"),
    ("rs", r#"const t: &str = "a"; fn f(t: &str) { q(format!("TRUNCATE {t}")) }"#),
    ("rs", r#"const t: &str = "a"; fn f() { for (_, t) in all { q(format!("TRUNCATE {t}")) } }"#),
    ("rs", r#"const t: &str = "a"; fn f() { all.map(|t| q(format!("TRUNCATE {}", t))) }"#),
    ("rs", r#"const t: &str = "a"; fn f() { if let Some(t) = next { q(format!("TRUNCATE {t}")) } }"#),
    ("py", "t = 'a'\ndef f(s, t=None):\n    q(f'TRUNCATE {t}')"),
    ("py", "t = 'a'\ndef f():\n    for t in all:\n        q('TRUNCATE ' + t)"),
    ("py", "t = 'a'\nq = [f'TRUNCATE {t}' for t in all]"),
    ("py", "t = 'a'\nf = lambda t: q(f'TRUNCATE {t}')"),
    ("js", "const t = 'a'; function f(s, t) { q(`TRUNCATE ${t}`) }"),
    ("js", "const t = 'a'; all.map(t => q(`TRUNCATE ${t}`))"),
    ("js", "const t = 'a'; function f({ s, t }) { for (const x of all) { q('TRUNCATE ' + t) } }"),
    ("ts", "const t = 'a'; function f(t: string) { q(`TRUNCATE ${t}`) }"),
];

#[test]
fn what_hides_a_constant_is_a_hole() {
    let found = HIDDEN.map(|(ending, source)| (texts(source, ending), source));
    let wrong: Vec<_> = found.iter().filter(|(found, _)| found != &["TRUNCATE \"{t}\""]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Nothing hides these.
const SEEN: [(&str, &str); 12] = [
    ("java", r#"class A { static final String t = "a"; void f(String s) { q("TRUNCATE " + t); } void g(String t) {} }"#),
    ("java", r#"class A { static final String t = "a"; } class B { String t = "b"; void f() { q("TRUNCATE " + A.t); } }"#),
    ("java", r#"class A { static final String t = "a"; void f() { q("TRUNCATE " + this.t); } }"#),
    ("java", r#"class A { void f() { String t = "b"; t = "a"; q("TRUNCATE " + t); } }"#),
    (
        "kt",
        "class A {\n    companion object {\n        const val t = \"a\"\n    }\n    fun f(s: String) { q(\"TRUNCATE ${A.t}\") }\n}",
    ),
    ("scala", r#"object A { val t = "a" }; class B { def f(s: String) = q(s"TRUNCATE ${A.t}") }"#),
    ("cs", r#"class A { const string t = "a"; void F(string s) { q($"TRUNCATE {A.t}"); } }"#),
    ("go", "package p\nconst t = \"a\"\nfunc g(t string) {}\nfunc f(s string) { q(\"TRUNCATE \" + t) }"),
    ("rs", r#"struct A; impl A { const t: &str = "a"; fn f(s: &str) { q("TRUNCATE ".to_string() + Self::t) } }"#),
    ("py", "class A:\n    t = 'a'\n    def f(self, s=t):\n        q(f'TRUNCATE {self.t}')"),
    ("js", "const tables = { t: 'a' }; function f(t) { q(`TRUNCATE ${tables.t}`) }"),
    ("ts", "class A { static readonly t = 'a'; f(t: string) { q(`TRUNCATE ${A.t}`) } }"),
];

#[test]
fn what_is_not_hidden_is_known() {
    let found = SEEN.map(|(ending, source)| (texts(source, ending), source));
    let wrong: Vec<_> = found.iter().filter(|(found, _)| found != &["TRUNCATE a"]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

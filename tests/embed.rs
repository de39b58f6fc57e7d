//! CQL in application source: the same statements in every language, written in all ways that the language has.
//!
//! What is expected stands in the samples, on the line where a statement begins or above it:
//! `expect: not_idempotent counter-update "n = n + 1"`. The text in quotes is what is underlined in the file.

// What the files of an application say about its drivers and its settings.
mod application;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Fragment, Options, Profile, Schema, analyze};
use cqlint_embed::{Language, fragments};
use proptest::prelude::*;
use proptest::sample::select;

use crate::fuzz::{cases, holds};

mod built;
mod c;
mod changes;
mod documents;
mod files;
mod injections;
mod marks;
pub(crate) mod matrix;
mod php;
mod shadows;
mod sites;

/// The ending of a file and the file.
macro_rules! samples {
    ($($ending:literal),*) => { [$(($ending, include_str!(concat!("embed/statements.", $ending)))),*] };
}

const SAMPLES: [(&str, &str); 11] = samples!["cpp", "cs", "go", "java", "js", "kt", "php", "py", "rs", "scala", "ts"];

fn language(ending: &str) -> Language {
    Language::of_ending(ending).unwrap_or_else(|| panic!("no language has files with the ending {ending}"))
}

/// The text at a place, which must be one.
fn at(source: &str, span: Span) -> &str {
    source.get(span.range()).unwrap_or_else(|| panic!("{span:?} is no place in the file"))
}

/// What is said of a fragment, as the samples write it.
fn said(fragment: &Fragment, source: &str, schema: Option<&Schema>) -> String {
    let options = Options { open: fragment.open(), schema, ..Options::default() };
    let analysis = analyze(fragment.text(), &options);
    let hazards = analysis.statements.iter().flat_map(|statement| &statement.hazards);
    let blocked = hazards.filter(|hazard| Profile::DRIVER.blocks.contains(hazard.effect));
    let hazards = blocked.map(|hazard| format!(" {} \"{}\"", hazard.rule.name, at(source, fragment.host(hazard.span))));
    format!("{}{}", analysis.verdict.name(), hazards.collect::<String>())
}

fn expected(source: &str) -> Vec<&str> {
    source.lines().filter_map(|line| Some(line.split_once("expect: ")?.1.trim())).collect()
}

#[test]
fn samples_give_what_they_expect() {
    let mut wrong = Vec::new();
    for (ending, source) in SAMPLES {
        let fragments = fragments(source, language(ending));
        let expected = expected(source);
        for number in 0..expected.len().max(fragments.len()) {
            let text = fragments.get(number).map_or("nothing", Fragment::text);
            let said = fragments.get(number).map_or_else(String::new, |fragment| said(fragment, source, None));
            let expected = expected.get(number).copied().unwrap_or_default();
            if said != expected {
                wrong.push(format!("statements.{ending} {number}: {text}\n    found    {said}\n    expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_languages_have_the_same_verdicts() {
    let verdicts = |source| expected(source).into_iter().map(|line| line.split(' ').next()).collect::<Vec<_>>();
    let (_, first) = SAMPLES[0];
    for (ending, source) in SAMPLES {
        assert_eq!(verdicts(source), verdicts(first), "statements.{ending}");
    }
}

/// Texts that are no CQL, as they stand between quotes.
const NO_CQL: [&str; 22] = [
    "",
    " ",
    "SELECT",
    "select",
    "USE",
    "Update failed",
    "Select a room",
    "insert coin to continue",
    "drop keyspace error",
    "Delete this room?",
    "Use it",
    "use the door",
    "List users",
    "Create table",
    "truncate text",
    "begin",
    "SELECT name FROM rooms WHERE id = $1",
    "INSERT INTO rooms (id, name) VALUES ($1, $2)",
    "SELECT a.name FROM rooms a JOIN doors d ON a.id = d.room",
    "UPDATE rooms SET name = 'x' WHERE id IN (SELECT id FROM doors)",
    "<select name='room'><option>hall</option></select>",
    "https://example.org/select?from=rooms",
];

/// How a text is written down in a language; `@` is its place.
const FRAMES: [(&str, &str); 17] = [
    ("php", "<p>@</p>\n<?php $session->execute(\"@\");"),
    ("php", "<?php\n$text = <<<CQL\n  @\n  CQL;"),
    ("c", "void save() { cass_statement_new(\"@\", 0); }"),
    ("h", "#define TEXT \"@\"\n"),
    ("cpp", "const std::string text = R\"a(@)a\";"),
    ("cs", "class Rooms { void Save() { session.Execute(\"@\"); } }"),
    ("cs", "class Rooms { string text = @\"@\"; }"),
    ("go", "package rooms\nfunc save() { session.Query(\"@\").Exec() }"),
    ("go", "package rooms\nconst text = `@`"),
    ("java", "class Rooms { void save() { session.execute(\"@\"); } }"),
    ("js", "session.execute(`@`)"),
    ("kt", "fun save() { session.execute(\"@\") }"),
    ("py", "session.execute(\"@\")"),
    ("rs", "fn save() { session.query_unpaged(\"@\", ()); }"),
    ("scala", "object Rooms { session.execute(\"@\") }"),
    ("ts", "session.execute(\"@\")"),
    ("tsx", "const room = <p title=\"@\">{\"@\"}</p>;"),
];

fn texts(source: &str, ending: &str) -> Vec<String> {
    fragments(source, language(ending)).iter().map(|fragment| fragment.text().to_owned()).collect()
}

#[test]
fn what_is_no_cql_gives_nothing() {
    let nothing: [String; 0] = [];
    for (ending, frame) in FRAMES {
        for text in NO_CQL {
            let verbatim = frame.contains("@\"@\"");
            let source = if verbatim { frame.replace("@\"@\"", &format!("@\"{text}\"")) } else { frame.replace('@', text) };
            assert_eq!(texts(&source, ending), nothing, "{source}");
        }
    }
}

/// Ways of putting one statement together, and what it is. `"{a}"` stands for a name that the program calls `a`, `?` for a value.
const WAYS: [(&str, &str, &str); 54] = [
    (
        "java",
        r#"class A { String q = "CREATE TABLE t (k " + of + ", " + column + " " + of + ", PRIMARY KEY (k))"; }"#,
        "CREATE TABLE t (k \"{of}\", \"{column}\" \"{of}\", PRIMARY KEY (k))",
    ),
    (
        "py",
        r#"q = f"CREATE TABLE {t} (a text, v vector<float, {dim}>, {c} text, {more} b int, PRIMARY KEY (a))""#,
        "CREATE TABLE \"{t}\" (a text, v vector<float, 1>, \"{c}\" text,   b int, PRIMARY KEY (a))",
    ),
    (
        "java",
        r#"class A { String q = format("CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class':'X', %s}", "ks", tail); }"#,
        "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class':'X', 'x': 1}",
    ),
    (
        "java",
        r#"class A { String q = format("CREATE KEYSPACE %s WITH replication = {'class':'X','replication_factor':%d}%s;", "ks", 1, tail); }"#,
        "CREATE KEYSPACE ks WITH replication = {'class':'X','replication_factor':1} ;",
    ),
    (
        "java",
        r#"class A { String q = "CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY)" + tail; }"#,
        "CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY) ",
    ),
    (
        "java",
        r#"class A { String q = "CREATE TABLE t (k int PRIMARY KEY, " + tail + ")"; }"#,
        "CREATE TABLE t (k int PRIMARY KEY, \"{tail}\" int)",
    ),
    (
        "java",
        r#"class A { String q = "CREATE TABLE t (k int, PRIMARY KEY (" + keys + "))"; }"#,
        "CREATE TABLE t (k int, PRIMARY KEY (\"{keys}\"))",
    ),
    (
        "java",
        r#"class A { String q = "ALTER TABLE t WITH compaction = {'class': 'x', " + tail + "}"; }"#,
        "ALTER TABLE t WITH compaction = {'class': 'x', 'x': 1}",
    ),
    (
        "java",
        r#"class A { String q = "UPDATE t SET m = {'a': 1, " + tail + "} WHERE k = 1"; }"#,
        "UPDATE t SET m = {'a': 1, ?: ?} WHERE k = 1",
    ),
    (
        "java",
        r#"class A { String q = "SELECT v FROM t WHERE " + col + " = :" + col + "_expected"; }"#,
        "SELECT v FROM t WHERE \"{col}\" = :hole_expected",
    ),
    (
        "py",
        r#"q = f"UPDATE t SET v=:v WHERE k=:k IF {col} = :{col}_expected""#,
        "UPDATE t SET v=:v WHERE k=:k IF \"{col}\" = :hole_expected",
    ),
    ("js", r#"const q = 'CREATE TABLE t (k int PRIMARY KEY) WITH ' + options;"#, "CREATE TABLE t (k int PRIMARY KEY) WITH x = 1"),
    (
        "go",
        r#"const t = "a"; var q = fmt.Sprintf("SELECT * FROM %s.%s WHERE k = %d", ks, t, 1)"#,
        "SELECT * FROM \"{ks}\".a WHERE k = ?",
    ),
    ("go", r#"const t = "a"; var q = fmt.Sprintf("SELECT * FROM %[2]s.%[1]s", t, ks)"#, "SELECT * FROM \"{ks}\".a"),
    ("go", "var q = `SELECT * FROM t` + ` WHERE k = ?`", "SELECT * FROM t WHERE k = ?"),
    ("go", r#"func f() { t := "a"; q := "TRUNCATE " + t }"#, "TRUNCATE a"),
    ("go", r#"const d = "SELECT * FROM %s"; func f() { q(fmt.Sprintf(d, t)) }"#, "SELECT * FROM \"{t}\""),
    ("go", r#"func f() { a := 1; if b { t := "x"; use(t) }; q("TRUNCATE " + t) }"#, "TRUNCATE \"{t}\""),
    ("java", r#"class A { static final String T = "a"; String q = "TRUNCATE %s".formatted(T); }"#, "TRUNCATE a"),
    ("java", r#"class A { String q = String.format("SELECT * FROM %2$s.%1$s", t, ks); }"#, "SELECT * FROM \"{ks}\".\"{t}\""),
    ("java", r#"class A { @Query(value = "SELECT * FROM t WHERE k = ?0") void f(); }"#, "SELECT * FROM t WHERE k = ?"),
    (
        "java",
        r#"class A { static final String D = "SELECT * FROM %s." + "t"; String q = String.format(D, ks); }"#,
        "SELECT * FROM \"{ks}\".t",
    ),
    ("java", r#"class A { static final String D = "SELECT * FROM %s"; String q = D.formatted(ks); }"#, "SELECT * FROM \"{ks}\""),
    (
        "java",
        r#"interface A { @Query("SELECT * FROM ${keyspaceId}.${tableId} WHERE k = :k") void f(); }"#,
        "SELECT * FROM \"{keyspaceId}\".\"{tableId}\" WHERE k = :k",
    ),
    ("java", r##"interface A { @Query("DELETE FROM t WHERE k = :#{#key.id}") void f(); }"##, "DELETE FROM t WHERE k = ?"),
    (
        "java",
        r#"interface A { @Query("UPDATE t SET m = {'a': ?1} WHERE k = ?0") void f(); }"#,
        "UPDATE t SET m = {'a': ?} WHERE k = ?",
    ),
    ("kt", r#"val d = "SELECT * FROM %s"; val q = d.format(t)"#, "SELECT * FROM \"{t}\""),
    ("kt", r#"const val T = "a"; val q = "TRUNCATE ${T}""#, "TRUNCATE a"),
    ("kt", r#"val q = "SELECT * FROM ${ if (a) { "b" } else { "c" } } WHERE k = ?""#, "SELECT * FROM \"{1}\" WHERE k = ?"),
    ("kt", r#"val q = "TRUNCATE " + A.T"#, "TRUNCATE \"{T}\""),
    ("scala", r#"object A { val T = "a"; val q = s"TRUNCATE $T" }"#, "TRUNCATE a"),
    ("scala", r#"object A { val q = "SELECT * FROM t " ++ "WHERE k = ?" }"#, "SELECT * FROM t WHERE k = ?"),
    ("scala", r#"object A { val q = cql"SELECT * FROM t WHERE k = $k" }"#, "SELECT * FROM t WHERE k = ?"),
    (
        "scala",
        "object A { val q = s\"\"\"SELECT * FROM $t\n  |WHERE k = ?\"\"\".stripMargin }",
        "SELECT * FROM \"{t}\"\nWHERE k = ?",
    ),
    ("py", r#"q = "SELECT * FROM {}.{}".format(ks, "t")"#, "SELECT * FROM \"{ks}\".t"),
    ("py", r#"q = "SELECT * FROM {1}.{0}".format("t", ks)"#, "SELECT * FROM \"{ks}\".t"),
    ("py", "D = 'SELECT * FROM {t}'\nq = D.format(t=t)", "SELECT * FROM \"{t}\""),
    ("py", "t = 'a'\nq = 'SELECT * FROM {t}'.format(t=s)", "SELECT * FROM \"{s}\""),
    ("py", r#"q = "SELECT * FROM " """"t" WHERE k = ?""""#, "SELECT * FROM \"t\" WHERE k = ?"),
    ("kt", r#"val q = """SELECT * FROM """ + """"T"""""#, "SELECT * FROM \"T\""),
    ("scala", r#"object A { val q = """SELECT * FROM """ + """"T"""" }"#, "SELECT * FROM \"T\""),
    ("cs", r#"class A { string q = @"SELECT * FROM " + @"""t"""; }"#, "SELECT * FROM \"t\""),
    ("kt", r#"val q = """SELECT * FROM t WHERE a = '${'$'}'""""#, "SELECT * FROM t WHERE a = '$'"),
    ("scala", r#"object A { val q = s"""SELECT * FROM $t WHERE a = '$$ \\\u00e9'""" }"#, "SELECT * FROM \"{t}\" WHERE a = '$ \\é'"),
    ("java", r#"class A { String q = "SELECT * FROM t WHERE a = '\ud83d\ude42'"; }"#, "SELECT * FROM t WHERE a = '🙂'"),
    ("py", "D = 'SELECT * FROM %s WHERE k = %%s'\nq = D % t", "SELECT * FROM \"{t}\" WHERE k = ?"),
    ("py", "q = 'UPDATE t SET a = %(a)s WHERE k = %(k)s'", "UPDATE t SET a = ? WHERE k = ?"),
    (
        "rs",
        r#"const T: &str = "a"; fn f() { q(format!("SELECT * FROM {ks}.{T} WHERE k = {}", k)) }"#,
        "SELECT * FROM \"{ks}\".a WHERE k = ?",
    ),
    ("rs", r#"fn f() { q(concat!("SELECT * FROM t ", "WHERE k = ?")) }"#, "SELECT * FROM t WHERE k = ?"),
    ("rs", r#"fn f() { q(sqlx::query!("SELECT * FROM t WHERE k = ?", k)) }"#, "SELECT * FROM t WHERE k = ?"),
    ("js", "const t = 'a'; q(`TRUNCATE ${t}`)", "TRUNCATE a"),
    ("tsx", "const q = cql`SELECT * FROM t WHERE k = ${k}`; const p = <p>Delete</p>;", "SELECT * FROM t WHERE k = ?"),
    (
        "cs",
        r#"class A { const string T = "a"; string q = string.Format("SELECT * FROM {1}.{0}", T, ks); }"#,
        "SELECT * FROM \"{ks}\".a",
    ),
    ("cs", r#"class A { string q = $"SELECT * FROM {ks:x}.t WHERE k = {(a ? 1 : 2)}"; }"#, "SELECT * FROM \"{1}\".t WHERE k = ?"),
];

#[test]
fn ways_of_putting_a_statement_together() {
    let found = WAYS.map(|(ending, source, wanted)| (texts(source, ending), wanted, source));
    let wrong = found.iter().filter(|(found, wanted, _)| found != &[*wanted]);
    let wrong: Vec<_> =
        wrong.map(|(found, wanted, source)| format!("{source}\n    found    {found:?}\n    expected {wanted:?}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_statement_has_as_many_parts_as_it_likes() {
    let columns: String = (0..500).map(|number| format!(" + \"c{number} = ?, \"")).collect();
    let source = format!("q(\"UPDATE t SET \"{columns} + \"n = n + 1 WHERE k = ?\")");
    let found = fragments(&source, Language::JavaScript);
    assert_eq!(found.len(), 1);
    assert_eq!(said(&found[0], &source, None), "not_idempotent counter-update \"n = n + 1\"");
}

/// Source that ends too early, or is of another language.
const BROKEN: [&str; 12] = [
    "R\"a(SELECT",
    "#define Q \"SELECT",
    "\"",
    "\"\"\"",
    "f(\"SELECT",
    "'SELECT * FROM",
    "`UPDATE ${",
    "$\"{",
    "r#\"",
    "s\"\"\"DELETE $",
    "\"a\" +",
    "format!(\"{",
];

#[test]
fn broken_source_gives_nothing() {
    let nothing: [String; 0] = [];
    for (ending, _) in FRAMES {
        for source in BROKEN {
            assert_eq!(texts(source, ending), nothing, ".{ending}: {source}");
        }
    }
}

/// Whatever the source is: every place lies in it, and every fragment is CQL.
fn fits(source: &str, language: Language) {
    for fragment in fragments(source, language) {
        let text = fragment.text();
        let options = Options { open: fragment.open(), ..Options::default() };
        let analysis = analyze(text, &options);
        assert!(!analysis.statements.is_empty(), "{text}");
        let broken =
            analysis.statements.iter().find(|statement| statement.hazards.iter().any(|hazard| hazard.rule.name == "syntax-error"));
        assert!(broken.is_none(), "{text}");
        let hazards = analysis.statements.iter().flat_map(|statement| &statement.hazards).map(|hazard| hazard.span);
        let letters = text.char_indices().map(|(start, letter)| Span::new(start as u32, (start + letter.len_utf8()) as u32));
        let ends = [Span::new(0, text.len() as u32), Span::new(0, 0), Span::new(text.len() as u32, text.len() as u32)];
        for span in letters.chain(hazards).chain(ends) {
            at(source, fragment.host(span));
        }
    }
}

/// What a reader of literals may stumble over.
const PIECES: &str = r##"" ' ` """ '''  \ \n \u00e9 \u{e9} \x41 \U0001f642 \ud83d $ $$ $" @" $@" r" r#" "# R"( )" R"a( )a" #define << <?php <<<A <<<'A' {$ {$a->b} $a f" rf" s" s""" ${ } { {{ }} %s %% %(a)s %1$s
    + ++ += - % , ; ( ) [ ] = : . | |> // /* */ # ? ?0 ?1 é 日本 🙂 const val let var x = x class fn def func String.format( format!( .format(
    .trimIndent() .stripMargin concat!( fmt.Sprintf( UPDATE SET WHERE n=n+1 DELETE FROM TRUNCATE INSERT INTO VALUES (?) now() t a b IF"##;

fn source() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.split_ascii_whitespace().chain([" ", " ", "\n", "\r\n", "\t", "\0"]).collect();
    let bytes = proptest::collection::vec(any::<u8>(), 0..60).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let words = proptest::collection::vec(select(pieces.clone()), 0..40).prop_map(|words| words.join(""));
    // A sample in which something was put in place of something else is broken in fewer places.
    let changed = (select(SAMPLES.to_vec()), any::<prop::sample::Index>(), 0..20usize, select(pieces));
    let changed = changed.prop_map(|((_, sample), start, length, piece)| {
        let letters: Vec<char> = sample.chars().collect();
        let start = start.index(letters.len());
        let end = (start + length).min(letters.len());
        letters[..start].iter().chain(&piece.chars().collect::<Vec<_>>()).chain(&letters[end..]).collect()
    });
    prop_oneof![1 => bytes, 4 => words, 2 => changed]
}

#[test]
fn places_lie_in_the_source_whatever_it_is() {
    let endings: Vec<&str> = FRAMES.iter().map(|(ending, _)| *ending).collect();
    holds(cases(), (source(), select(endings)), |(source, ending)| fits(&source, language(ending)));
}

/// Machines write such sources, too.
#[test]
fn deep_and_long_sources_end() {
    let many = 20_000;
    let sources = [
        ("java", format!("class A {{ String q = {}\"DELETE FROM t\"{}; }}", "(".repeat(many), ")".repeat(many))),
        ("js", format!("q{}", ".format('DELETE FROM t')".repeat(many))),
        ("py", format!("q = a{}", " % (a".repeat(many))),
        ("kt", format!("val q = {}\"TRUNCATE t\"", "\"a\" + ".repeat(many))),
        ("go", (0..many).map(|number| format!("const c{number} = c{0} + c{0}\n", number + 1)).collect()),
        ("rs", format!("fn f() {{ {} }}", "format!(".repeat(many))),
        ("py", format!("q = {}a", "a + ".repeat(many))),
        ("php", format!("<?php $q = {}'a';", "'SELECT ' . $a . ".repeat(many))),
        ("php", format!("<?php $q = \"{}\";", "SELECT $a {$b} ".repeat(many))),
        ("c", format!("#define Q {}", "R\"a(".repeat(many))),
        ("c", format!("const char *q = {};", "\"SELECT \" A ".repeat(many))),
        ("cpp", format!("void f() {{ {} }}", "out << \"SELECT\" << a;".repeat(many))),
        ("cpp", format!("void f() {{ std::ostringstream out; out{}; }}", " << a".repeat(many))),
    ];
    for (ending, source) in sources {
        texts(&source, ending);
    }
}

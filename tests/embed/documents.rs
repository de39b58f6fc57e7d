//! CQL in documents: the fences of Markdown, and templates of CQL.

use cqlint_analysis::{Definitions, Options, Schema, Verdict, analyze};
use cqlint_embed::{Evidence, Language, fragments};
use proptest::prelude::*;
use proptest::sample::select;

use super::{fits, said};
use crate::fuzz::{cases, holds};

/// The statements in a document, and what is said of each.
fn statements(source: &str, language: Language) -> Vec<(String, String)> {
    let found = fragments(source, language);
    found.iter().map(|fragment| (fragment.text().to_owned(), said(fragment, source, None))).collect()
}

fn texts(source: &str, language: Language) -> Vec<String> {
    statements(source, language).into_iter().map(|(text, _)| text).collect()
}

/// What Markdown is, and the statements in it.
const FENCES: [(&str, &[&str]); 27] = [
    ("```cql\nTRUNCATE a\n```", &["TRUNCATE a"]),
    ("```CQL\nTRUNCATE a;\n```\n", &["TRUNCATE a"]),
    ("~~~ cassandra\nTRUNCATE a;\n~~~\n", &["TRUNCATE a"]),
    ("```CassandraQL title=\"a.cql\" {1,3}\nTRUNCATE a;\n```\n", &["TRUNCATE a"]),
    ("```{.cql .wide}\nTRUNCATE a;\n```\n", &["TRUNCATE a"]),
    ("```cql,ignore\r\nTRUNCATE a;\r\n```\r\n", &["TRUNCATE a"]),
    ("```sql\nTRUNCATE a;\n```\n", &[]),
    ("```\nTRUNCATE a;\n```\n", &[]),
    ("```cql-schema\nTRUNCATE a;\n```\n", &[]),
    ("``cql\nTRUNCATE a;\n``\n", &[]),
    ("Write ```cql``` and\nTRUNCATE a;\n", &[]),
    ("````markdown\n```cql\nTRUNCATE a;\n```\n````\n", &[]),
    ("`````cql\n```\nTRUNCATE a;\n`````\nTRUNCATE b;\n", &["TRUNCATE a"]),
    ("~~~cql\n```\nTRUNCATE a;\n~~~~\nTRUNCATE b;\n", &["TRUNCATE a"]),
    ("```cql\nTRUNCATE a;\n", &["TRUNCATE a"]),
    ("   ```cql\n   TRUNCATE a;\n   ```\n", &["TRUNCATE a"]),
    ("> ```cql\n> TRUNCATE\n>   a;\n> ```\n", &["TRUNCATE\n  a"]),
    ("> ```cql\n> TRUNCATE a;\n\nTRUNCATE b;\n", &["TRUNCATE a"]),
    ("> > ~~~cql\n>> TRUNCATE\n> > a;\n", &["TRUNCATE\na"]),
    ("1. First:\n   ```cql\n   TRUNCATE\n     a;\n   ```\n", &["TRUNCATE\n  a"]),
    ("- ```cql\n  TRUNCATE\n  a;\n  ```\n- > ```cql\n  > TRUNCATE b;\n", &["TRUNCATE\na", "TRUNCATE b"]),
    // What does not parse says nothing about its neighbours.
    (
        "```cql\nTRUNCATE a;\n...\nTRUNCATE b;\nINSERT INTO c (k, ...) VALUES (?, ...);\nTRUNCATE d;\n```\n",
        &["TRUNCATE a", "TRUNCATE b", "TRUNCATE d"],
    ),
    ("```cql\nSELECT * FROM a WHERE k = <key>;\nTRUNCATE <table>;\n```\n", &[]),
    ("```cql\nSELECT * FROM a\n\nSELECT * FROM b\n```\n", &["SELECT * FROM a", "SELECT * FROM b"]),
    ("```cql\nTRUNCATE a; -- it isn't there\n// both\nTRUNCATE b;\n```\n", &["TRUNCATE a", "TRUNCATE b"]),
    // What was typed into cqlsh, and what it answered.
    (
        "```cql\ncqlsh> CONSISTENCY ONE\ncqlsh:house> SELECT *\n         ... FROM a;\n\n k | v\n---+---\n 1 | it's\n\n(1 rows)\nme@cqlsh> TRUNCATE b;\n```\n",
        &["SELECT *\n FROM a", "TRUNCATE b"],
    ),
    ("```cql\nUPDATE a SET v = '```' WHERE k = 1;\n```\n", &["UPDATE a SET v = '```' WHERE k = 1"]),
];

#[test]
fn fences_hold_statements() {
    for (source, wanted) in FENCES {
        assert_eq!(texts(source, Language::Markdown), wanted, "{source}");
    }
}

#[test]
fn documents_say_themselves_that_they_hold_cql() {
    let evidence = |path: &str, text| Evidence::of(path.as_ref(), text);
    assert_eq!(evidence("README.md", "1. > ~~~ Cassandra\n"), Evidence::Itself);
    assert_eq!(evidence("README.mdx", "```sql\nSELECT 1;\n```\nimport com.datastax.driver"), Evidence::Nothing);
}

#[test]
fn what_is_found_in_a_fence_is_underlined_there() {
    let source = "> 1. Add:\n>\n>    ```cql\n>    UPDATE a SET v =\n>      v + ['é'] WHERE k = 1;\n>    UPDATE a SET n = now() WHERE k = 1;\n>    ```\n";
    let said: Vec<_> = statements(source, Language::Markdown).into_iter().map(|(_, said)| said).collect();
    let wanted = ["not_idempotent list-append \"v =\n>      v + ['é']\"", "not_idempotent server-value \"now()\""];
    assert_eq!(said, wanted);
}

#[test]
fn an_example_defines_nothing() {
    let source = "```cql\nCREATE TABLE ks.a (k int PRIMARY KEY, v list<int>);\n```\n";
    let found = fragments(source, Language::Markdown);
    assert_eq!(found.len(), 1);
    assert!(found.iter().all(|fragment| fragment.is_example() && Definitions::of_fragment(fragment).is_empty()));
    assert!(Schema::new([(0, Definitions::of_fragment(&found[0]))]).conflicts().is_empty());
}

/// What a template is, and the statements in it. `"{a}"` stands for a name that is called `a`, `?` for a value.
const TEMPLATES: [(&str, &[&str]); 37] = [
    // Of two branches that do not stand together the first is read.
    ("TRUNCATE {{if .A}}a{{else}}b{{end}};", &["TRUNCATE  a "]),
    ("TRUNCATE {% if a %}a{% elif b %}{% if c %}b{% else %}c{% endif %}{% else %}d{% endif %};", &["TRUNCATE  a "]),
    ("TRUNCATE {{#if a}}{{ks}}.a{{else}}{{other}}{{/if}};\nTRUNCATE b;", &["TRUNCATE  \"{ks}\".a ", "TRUNCATE b"]),
    ("TRUNCATE <% if a %>a<% else %>b<% end %>;", &["TRUNCATE  a "]),
    ("{{if .A}}TRUNCATE a;{{else}}TRUNCATE b;{{end}}", &["TRUNCATE a", "TRUNCATE b"]),
    (
        "CREATE TABLE t (k int PRIMARY KEY) WITH a = 1 {{if .A}}AND b = 1{{else}}AND c = 1{{end}};",
        &["CREATE TABLE t (k int PRIMARY KEY) WITH a = 1  AND b = 1 AND c = 1"],
    ),
    ("{{end}}{{else}}TRUNCATE a;{{if}}{{else}}", &["TRUNCATE a"]),
    ("TRUNCATE {{.Keyspace}}.traces;\n", &["TRUNCATE \"{Keyspace}\".traces"]),
    ("TRUNCATE {{ .Values.cassandra.keyspace | quote }}.traces;\n", &["TRUNCATE \"{keyspace}\".traces"]),
    ("TRUNCATE {{- $ks -}}.traces;\n", &["TRUNCATE \"{ks}\".traces"]),
    ("TRUNCATE {{{ks}}}.traces;\n", &["TRUNCATE \"{ks}\".traces"]),
    ("TRUNCATE <%= ks %>.traces;\n", &["TRUNCATE \"{ks}\".traces"]),
    ("TRUNCATE ${ks:-jaeger}.traces;\n", &["TRUNCATE \"{ks}\".traces"]),
    ("TRUNCATE $ks.traces;\n", &["TRUNCATE \"{ks}\".traces"]),
    ("TRUNCATE @KS@.traces;\n", &["TRUNCATE \"{KS}\".traces"]),
    ("TRUNCATE \"${ks}\".\"traces_${version}\";\n", &["TRUNCATE \"{ks}\".\"traces_{version}\""]),
    ("TRUNCATE traces_${version};\n", &["TRUNCATE traces_hole"]),
    ("USE {{ks}};\n", &["USE \"{ks}\""]),
    ("CREATE KEYSPACE ${ks} WITH replication = ${replication};\n", &["CREATE KEYSPACE \"{ks}\" WITH replication = 1"]),
    (
        "CREATE KEYSPACE a WITH replication = {'class': 'NetworkTopologyStrategy', '{{.DC}}': {{.Factor}}};",
        &["CREATE KEYSPACE a WITH replication = {'class': 'NetworkTopologyStrategy', 'x': 1}"],
    ),
    (
        "CREATE TABLE t (k int PRIMARY KEY) WITH default_time_to_live = {{ ttl }} AND comment = '{{ it }}';",
        &["CREATE TABLE t (k int PRIMARY KEY) WITH default_time_to_live = 1 AND comment = 'x'"],
    ),
    ("INSERT INTO t (k, v) VALUES ({{k}}, '{{v}}');", &["INSERT INTO t (k, v) VALUES (?, 'x')"]),
    ("SELECT * FROM t WHERE k = 1 {{ rest }};", &["SELECT * FROM t WHERE k = 1  "]),
    // What only steers.
    ("{{ if .Drop }}\nDROP TABLE t;\n{{ end }}\nTRUNCATE a;\n", &["DROP TABLE t", "TRUNCATE a"]),
    ("{% for t in tables -%}\nTRUNCATE {{ t }};\n{%- endfor %}\n", &["TRUNCATE \"{t}\""]),
    ("<% tables.each do |t| -%>\nTRUNCATE <%= t %>;\n<%# done %><% end -%>\n", &["TRUNCATE \"{t}\""]),
    ("{{#tables}}TRUNCATE {{name}};{{/tables}}{{^tables}}TRUNCATE a;{{/tables}}", &["TRUNCATE \"{name}\"", "TRUNCATE a"]),
    ("{{ $ks := .Keyspace }}{{/* a; it's }} */}}{# b; #}{{! c; }}{{!-- {{d}} --}}TRUNCATE a;\n", &["TRUNCATE a"]),
    ("TRUNCATE a{{if .B}}; TRUNCATE b{{end}};\n", &["TRUNCATE a", "TRUNCATE b"]),
    ("-- for ${ks}, it's {{ here }}\nTRUNCATE a; // $x\nTRUNCATE /* ${b} */ b;\n", &["TRUNCATE a", "TRUNCATE /*   */ b"]),
    // What does not parse says nothing about its neighbours.
    ("{{ template \"head\" . }}\nTRUNCATE a;\nALTER {{x}} {{y}} {{z}};\nTRUNCATE b;\n", &["TRUNCATE a", "TRUNCATE b"]),
    ("TRUNCATE a;\n{{ never closed\nTRUNCATE b;\n", &["TRUNCATE a", "TRUNCATE b"]),
    (
        "BEGIN BATCH\nDELETE FROM {{a}} WHERE k = 1;\nDELETE FROM b WHERE k = ${k};\nAPPLY BATCH;\nTRUNCATE c;",
        &["BEGIN BATCH\nDELETE FROM \"{a}\" WHERE k = 1;\nDELETE FROM b WHERE k = ?;\nAPPLY BATCH", "TRUNCATE c"],
    ),
    // What is CQL's own.
    ("UPDATE t SET m = {'a': {1, 2}} WHERE k = 1;", &["UPDATE t SET m = {'a': {1, 2}} WHERE k = 1"]),
    ("INSERT INTO t (k, v) VALUES (1, $$it's 5$$);", &["INSERT INTO t (k, v) VALUES (1, $$it's 5$$)"]),
    ("INSERT INTO t (k, v) VALUES (1, 'me@home, you@home');", &["INSERT INTO t (k, v) VALUES (1, 'me@home, you@home')"]),
    ("", &[]),
];

#[test]
fn templates_hold_statements() {
    let found = TEMPLATES.map(|(source, wanted)| (texts(source, Language::Template), wanted, source));
    let wrong = found.iter().filter(|(found, wanted, _)| found != wanted);
    let wrong: Vec<_> =
        wrong.map(|(found, wanted, source)| format!("{source}\n    found    {found:?}\n    expected {wanted:?}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_found_in_a_template_is_underlined_there() {
    let source = "{{ if .A }}é{{ end }};\nUPDATE {{.Keyspace}}.t SET n = now(), v = v + ['{{.V}}'] WHERE k = {{.K}};\n";
    let said: Vec<_> = statements(source, Language::Template).into_iter().map(|(_, said)| said).collect();
    assert_eq!(said, ["not_idempotent server-value \"now()\" list-append \"v = v + ['{{.V}}']\""]);
}

#[test]
fn a_template_defines_its_tables_in_whatever_keyspace() {
    let source = "CREATE TABLE IF NOT EXISTS ${keyspace}.t (k int PRIMARY KEY, v list<int>) WITH default_time_to_live = ${ttl};\n";
    let found = fragments(source, Language::Template);
    assert_eq!(found.len(), 1);
    let schema = Schema::new([(0, Definitions::of_fragment(&found[0]))]);
    let options = Options { schema: Some(&schema), ..Options::default() };
    let analysis = analyze("UPDATE jaeger.t SET v = v + ? WHERE k = 1", &options);
    assert_eq!(analysis.verdict, Verdict::NotIdempotent);
}

#[test]
fn a_file_of_cql_is_a_template_when_it_is_no_cql_without() {
    let evidence = |text| Evidence::of("schema/a.cql".as_ref(), text);
    for template in [
        "TRUNCATE {{.Keyspace}}.t;",
        "TRUNCATE a; TRUNCATE ${ks}.t;",
        "CREATE TABLE t (k int PRIMARY KEY)\n{% if ttl %}WITH default_time_to_live = 1{% endif %};",
        "TRUNCATE <%= ks %>.t;",
        "USE @KS@;",
    ] {
        assert_eq!(evidence(template), Evidence::Itself, "{template}");
    }
    for plain in [
        "",
        "TRUNCATE t;",
        "TRUNCATE;",
        "INSERT INTO t (k, v) VALUES (1, {{1}, {2}});",
        "INSERT INTO t (k, v) VALUES (1, {{1, 2}});",
        "INSERT INTO t (k, v) VALUES (1, '${a}'); -- {{ b }}",
        "TRUNCATE; INSERT INTO t (k, v) VALUES (1, '{{v}}');",
    ] {
        assert_eq!(evidence(plain), Evidence::Nothing, "{plain}");
    }
    assert_eq!(Evidence::of("a.cql.j2".as_ref(), "TRUNCATE t;"), Evidence::Itself);
}

/// What a reader of documents may stumble over.
const PIECES: &str = r##"``` ```cql ~~~cql ~~~ ```` > >> - 1. * cqlsh> cqlsh:a> ... ' '' " $$ -- // /* */ é 日本 🙂 ; , . ( ) { } {{ }} | # \
    UPDATE t SET v=v+1 n=n+[1] WHERE k=1; k=? AND DELETE FROM TRUNCATE INSERT INTO VALUES (?) now() BEGIN BATCH APPLY CREATE TABLE a b IF"##;

/// And one of templates.
const ACTIONS: &str = r##"{{ }} {{{ }}} {{/* */}} {{! {{!-- --}} {{- -}} {% %} {# #} <%= <% %> ${ } $ $$ @ @A@ ${a} {{.b}} {{if .c}} {{end}} ' " -- /* */ é 🙂 ; , . (
    ) UPDATE t SET v=v+1 n=n+[1] WHERE k=1; k=? AND DELETE FROM TRUNCATE INSERT INTO VALUES (?) now() BEGIN BATCH APPLY CREATE TABLE a b IF"##;

fn words(pieces: &'static str) -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = pieces.split_ascii_whitespace().chain([" ", " ", " ", "\n", "\n", "\r\n", "\t", "\0"]).collect();
    proptest::collection::vec(select(pieces), 0..60).prop_map(|words| words.join(""))
}

#[test]
fn places_lie_in_the_document_whatever_it_is() {
    let fence = words(PIECES).prop_map(|text| format!("```cql\n{text}"));
    let quote = words(PIECES).prop_map(|text| format!("> - ~~~cql\n{}", text.replace('\n', "\n>   ")));
    holds(cases(), prop_oneof![words(PIECES), fence, quote], |source| fits(&source, Language::Markdown));
    holds(cases(), words(ACTIONS), |source| fits(&source, Language::Template));
}

#[test]
fn long_documents_end() {
    let many = 20_000;
    let documents = [
        format!("```cql\n{}```\n", "SELECT * FROM a\n".repeat(many / 20)),
        format!("```cql\n{}```\n", "cqlsh> SELECT * FROM a\n".repeat(many)),
        format!("```cql\n{}```\n", "'".repeat(many)),
        format!("{}```cql\nTRUNCATE a;\n", "> ".repeat(many)),
        "```cql\n".repeat(many),
        format!("```cql\nBEGIN BATCH\n{}APPLY BATCH;\n", "DELETE FROM a WHERE k = 1;\n".repeat(many)),
    ];
    for source in documents {
        texts(&source, Language::Markdown);
    }
    let templates = [
        "TRUNCATE {{a}};\n".repeat(many),
        "SELECT ".to_owned() + &"{{a}}, ".repeat(many),
        "TRUNCATE a; {{ ".repeat(many),
        "TRUNCATE a; ${".repeat(many),
        format!("TRUNCATE a; {}", "{{/*".repeat(many)),
        "TRUNCATE a; {{!--{{{<%{#{%@".repeat(many),
    ];
    for source in templates {
        texts(&source, Language::Template);
        assert_ne!(Evidence::of("a.cql".as_ref(), &source), Evidence::Driver);
    }
}

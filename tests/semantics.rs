//! Every form of statement with its verdict: under each profile, with and without the schema. The table is
//! `semantics/forms.md`.

use cqlint_analysis::{Binding, Bound, Options, Profile, Schema, Timestamps, Verdict, analyze, markers};

/// One row of the table.
pub(crate) struct Form {
    pub(crate) line: usize,
    /// The heading above it.
    pub(crate) section: String,
    pub(crate) statement: String,
    verdicts: String,
    same_timestamp: String,
    without_schema: String,
    hazards: Vec<String>,
    /// What a real server did, see [`crate::oracle`].
    pub(crate) twice: String,
}

pub(crate) fn forms() -> Vec<Form> {
    let mut section = "";
    let mut forms = Vec::new();
    for (number, line) in include_str!("semantics/forms.md").lines().enumerate() {
        section = line.strip_prefix("## ").unwrap_or(section);
        let Some(row) = line.strip_prefix("| `") else { continue };
        let (statement, rest) = row.split_once("` | ").expect("a statement in backquotes");
        let cells: Vec<_> = rest.split('|').map(str::trim).collect();
        forms.push(Form {
            line: number + 1,
            section: section.to_owned(),
            statement: statement.to_owned(),
            verdicts: cells[0].to_owned(),
            same_timestamp: cells[1].to_owned(),
            without_schema: cells[2].to_owned(),
            hazards: cells[3].split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            twice: cells[4].to_owned(),
        });
    }
    forms
}

fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Idempotent => 'I',
        Verdict::Depends => 'D',
        Verdict::NotIdempotent => 'N',
    }
}

fn verdicts(statement: &str, options: &Options<'_>) -> String {
    let profiles = [Profile::DRIVER, Profile::STRICT, Profile::STATE];
    profiles.into_iter().map(|profile| letter(analyze(statement, &Options { profile, ..*options }).verdict)).collect()
}

#[test]
fn every_form_gets_its_verdict() {
    let schema = Schema::from_text(include_str!("semantics/schema.cql"));
    let known = Options { schema: Some(&schema), keyspace: Some("shop"), ..Options::default() };
    let unknown = Options::default();
    let mut wrong = Vec::new();
    let forms = forms();
    for form in &forms {
        let mut check = |what: &str, expected: &str, found: String| {
            if expected != found {
                wrong.push(format!("line {}: {what} is {found}, not {expected}: {}", form.line, form.statement));
            }
        };
        check("the verdict", &form.verdicts, verdicts(&form.statement, &known));
        check("the verdict without a schema", &form.without_schema, verdicts(&form.statement, &unknown));
        let repeated = Options { timestamps: Timestamps::PerRequest, ..known };
        let verdict = analyze(&form.statement, &repeated).verdict;
        check("the verdict with one timestamp", &form.same_timestamp, letter(verdict).to_string());
        let analysis = analyze(&form.statement, &known);
        let hazards = analysis.statements.iter().flat_map(|statement| &statement.hazards);
        let mut names: Vec<_> = hazards
            .filter(|hazard| Profile::DRIVER.blocks.contains(hazard.effect))
            .map(|hazard| hazard.rule.name.to_owned())
            .collect();
        names.sort();
        names.dedup();
        check("the list of hazards", &format!("{:?}", form.hazards), format!("{names:?}"));
    }
    assert!(wrong.is_empty(), "{} of {} forms:\n{}", wrong.len(), forms.len(), wrong.join("\n"));
    assert!(forms.len() > 170, "the table has lost rows: {}", forms.len());
}

#[test]
fn the_schema_comes_from_every_kind_of_definition() {
    let text = "ALTER TABLE a ADD late list<text>; USE shop; CREATE TABLE a (k int PRIMARY KEY, s set<text>);
        ALTER TABLE shop.a ADD l list<text>; ALTER TABLE a RENAME s TO renamed; CREATE TABLE b (k int PRIMARY KEY, gone list<int>);
        ALTER TABLE b DROP gone; ALTER TABLE b ADD gone set<int>; DROP TABLE IF EXISTS c; CREATE TABLE c (k int PRIMARY KEY, x counter);";
    let schema = Schema::from_text(text);
    let options = Options { schema: Some(&schema), ..Options::default() };
    let cases = [
        ("UPDATE shop.a SET l = l + ? WHERE k = 1", Verdict::NotIdempotent),
        ("UPDATE a SET l = l + ? WHERE k = 1", Verdict::NotIdempotent),
        ("USE shop; UPDATE a SET renamed = renamed + ? WHERE k = 1", Verdict::NotIdempotent),
        ("UPDATE shop.a SET renamed = renamed + ? WHERE k = 1", Verdict::Idempotent),
        ("UPDATE other.a SET renamed = renamed + ? WHERE k = 1", Verdict::Depends),
        ("UPDATE shop.b SET gone = gone + ? WHERE k = 1", Verdict::Idempotent),
        ("UPDATE shop.c SET x = x + ? WHERE k = 1", Verdict::NotIdempotent),
        ("UPDATE SHOP.\"a\" SET RENAMED = Renamed + ? WHERE k = 1", Verdict::Idempotent),
        ("UPDATE shop.\"A\" SET renamed = renamed + ? WHERE k = 1", Verdict::Depends),
    ];
    for (statement, verdict) in cases {
        assert_eq!(analyze(statement, &options).verdict, verdict, "{statement}");
    }
}

#[test]
fn definitions_that_disagree_make_a_column_unknown() {
    let schema = Schema::from_text(
        "CREATE TABLE a (k int PRIMARY KEY, c set<text>, d set<text>); CREATE TABLE a (k int PRIMARY KEY, c list<text>, d set<text>);",
    );
    let options = Options { schema: Some(&schema), ..Options::default() };
    assert_eq!(schema.conflicts().len(), 1);
    assert_eq!(analyze("UPDATE a SET c = c + ? WHERE k = 1", &options).verdict, Verdict::Depends);
    assert_eq!(analyze("UPDATE a SET d = d + ? WHERE k = 1", &options).verdict, Verdict::Idempotent);
}

#[test]
fn declared_functions_are_believed() {
    let options = Options { deterministic: &["slug", "tools.hash"], ..Options::default() };
    let cases = [
        ("UPDATE t SET v = slug(?) WHERE k = 1", Verdict::Idempotent),
        ("UPDATE t SET v = tools.hash(?) WHERE k = 1", Verdict::Idempotent),
        ("UPDATE t SET v = other.hash(?) WHERE k = 1", Verdict::Depends),
        // Not even the team can make the server's own functions deterministic.
        ("UPDATE t SET v = now() WHERE k = 1", Verdict::NotIdempotent),
    ];
    for (statement, verdict) in cases {
        assert_eq!(analyze(statement, &options).verdict, verdict, "{statement}");
    }
}

/// What a native function answers says nothing of a team's function of the same name: this one may answer a list.
#[test]
fn a_users_function_is_not_the_native_one_of_its_name() {
    let options = Options { deterministic: &["tools.now", "tools.abs"], profile: Profile::STRICT, ..Options::default() };
    let cases = [
        ("UPDATE t USING TIMESTAMP ? SET v = tools.now() WHERE k = 1", Verdict::Depends),
        ("UPDATE t USING TIMESTAMP ? SET v = tools.abs(1) WHERE k = 1", Verdict::Depends),
        ("UPDATE t USING TIMESTAMP ? SET v = system.abs(1) WHERE k = 1", Verdict::Idempotent),
        ("UPDATE t USING TIMESTAMP ? SET v = abs(1) WHERE k = 1", Verdict::Idempotent),
    ];
    for (statement, verdict) in cases {
        assert_eq!(analyze(statement, &options).verdict, verdict, "{statement}");
    }
}

/// What the server says of bind markers when it prepares, and what is bound to them, without any schema.
#[test]
fn what_is_known_of_bind_markers_decides() {
    use Verdict::{Depends, Idempotent, NotIdempotent};
    let add = "UPDATE t SET c = c + ? WHERE k = ?";
    let remove = "UPDATE t SET c -= ? WHERE k = ?";
    let element = "UPDATE t SET l[?] = ? WHERE k = ?";
    let overwrite = "UPDATE t USING TIMESTAMP ? SET c = ? WHERE k = ?";
    // The statement, the types of its markers, what is bound to them (null, unset, a value), the verdict.
    let cases = [
        (add, "- -", "- -", Depends),
        (add, "counter text", "- -", NotIdempotent),
        (add, "set<text> text", "- -", Idempotent),
        (add, "map<text,int> text", "- -", Idempotent),
        (add, "list<text> text", "- -", NotIdempotent),
        (add, "list<text> text", "n v", Idempotent),
        (add, "list<text> text", "u v", NotIdempotent),
        (add, "counter text", "u v", Idempotent),
        (add, "counter text", "v v", NotIdempotent),
        (remove, "counter text", "v v", NotIdempotent),
        (remove, "list<text> text", "v v", Idempotent),
        (remove, "set<text> text", "- -", Idempotent),
        (element, "- - -", "- - -", Depends),
        (element, "int text text", "v v v", Idempotent),
        (element, "int text text", "v u v", Idempotent),
        // A map loses its key once, a list an element each time.
        (element, "int text text", "v n v", Depends),
        (overwrite, "- - -", "- - -", Depends),
        (overwrite, "bigint set<text> text", "- - -", Idempotent),
        (overwrite, "bigint text text", "- - -", Idempotent),
        // The server does not tell whether it is frozen.
        (overwrite, "bigint list<text> text", "- - -", Depends),
        (overwrite, "bigint list<text> text", "v n v", Idempotent),
    ];
    for (statement, types, values, verdict) in cases {
        let mut bindings = Binding::of(statement, &Options::default());
        for ((binding, data_type), value) in bindings.iter_mut().zip(types.split(' ')).zip(values.split(' ')) {
            let schema = Schema::from_text(&format!("CREATE TABLE t (k int PRIMARY KEY, c {data_type})"));
            let column = schema.table(None, "t").and_then(|table| table.column("c"));
            binding.data_type = column.and_then(|column| column.data_type).cloned();
            binding.value = match value {
                "n" => Some(Bound::Null),
                "u" => Some(Bound::Unset),
                "v" => Some(Bound::Value),
                _ => None,
            };
        }
        let options = Options { bindings: &bindings, ..Options::default() };
        assert_eq!(analyze(statement, &options).verdict, verdict, "{statement}: {types}, {values}");
    }
}

/// A table was dropped and made anew after the statement was prepared, or the schema is an old one.
#[test]
fn where_the_server_and_the_schema_disagree_nobody_knows() {
    let add = "UPDATE t SET c = c + ? WHERE k = 1";
    let overwrite = "UPDATE t USING TIMESTAMP 7 SET c = ? WHERE k = 1";
    for (statement, schema, told, verdict) in [
        (add, "set<int>", "set<int>", Verdict::Idempotent),
        (add, "set<int>", "map<int, int>", Verdict::Idempotent),
        (add, "list<int>", "list<int>", Verdict::NotIdempotent),
        (add, "list<int>", "set<int>", Verdict::Depends),
        (add, "set<int>", "list<int>", Verdict::Depends),
        (add, "counter", "set<int>", Verdict::Depends),
        (overwrite, "list<int>", "list<int>", Verdict::NotIdempotent),
        (overwrite, "list<int>", "set<int>", Verdict::NotIdempotent),
        (overwrite, "frozen<list<int>>", "list<int>", Verdict::Idempotent),
        (overwrite, "set<int>", "set<int>", Verdict::Idempotent),
    ] {
        let of = |data_type: &str| Schema::from_text(&format!("CREATE TABLE t (k int PRIMARY KEY, c {data_type})"));
        let (schema, told_by_server) = (of(schema), of(told));
        let mut bindings = Binding::of(statement, &Options::default());
        let column = told_by_server.table(None, "t").and_then(|table| table.column("c"));
        bindings[0].data_type = column.and_then(|column| column.data_type).cloned();
        let options = Options { schema: Some(&schema), bindings: &bindings, ..Options::default() };
        assert_eq!(analyze(statement, &options).verdict, verdict, "{statement}: told {told}");
    }
}

/// What each bind marker goes by, and its type.
#[test]
fn markers_have_names_and_types() {
    let schema = Schema::from_text(
        "CREATE TABLE t (k int, c text, s set<text>, m map<text, bigint>, l list<int>, n counter, PRIMARY KEY (k, c))",
    );
    let options = Options { schema: Some(&schema), ..Options::default() };
    for (statement, expected) in [
        ("SELECT * FROM t WHERE k = ? AND c > ? LIMIT ?", "k int, c text, limit int"),
        (
            "SELECT * FROM t WHERE k IN ? AND c IN (?, ?) PER PARTITION LIMIT ?",
            "k list<int>, c text, c text, per_partition_limit int",
        ),
        ("SELECT * FROM t WHERE k = ? AND (c) IN ((?), (?))", "k int, c text, c text"),
        ("SELECT * FROM t WHERE token(k) > ? AND s CONTAINS ? ALLOW FILTERING", "- -, s text"),
        ("INSERT INTO t (k, c, s) VALUES (?, :\"C\", {?, :Tag}) USING TTL ?", "k int, C text, s text, tag text, ttl int"),
        ("INSERT INTO t JSON ?", "json -"),
        (
            "UPDATE t USING TIMESTAMP ? SET m[?] = ?, l = l + ? WHERE k = ? AND c = ?",
            "timestamp bigint, m text, m bigint, l list<int>, k int, c text",
        ),
        ("UPDATE t SET n = n + ? WHERE k = ? AND c = f(?)", "n counter, k int, c -"),
        ("DELETE l[?] FROM t WHERE k = ? AND c = ? IF m['a'] = ?", "l int, k int, c text, m bigint"),
        (
            "BEGIN BATCH USING TIMESTAMP ? DELETE FROM t WHERE k = :k; DELETE FROM u WHERE a = ?; APPLY BATCH",
            "timestamp bigint, k int, a -",
        ),
    ] {
        let found = markers(statement, &options).into_iter().map(|marker| {
            let of = marker.data_type.map_or("-".to_owned(), |of| of.to_string());
            format!("{} {of}", marker.name.as_deref().unwrap_or("-"))
        });
        assert_eq!(found.collect::<Vec<_>>().join(", "), expected, "{statement}");
    }
}

//! Inventories as a user sees them.

use cqlint_analysis::Verdict;
use cqlint_analysis::syntax::Span;
use serde_json::Value;

use super::stripped;
use crate::{Because, Demand, Inventory, InventoryFormat, Listed, Row, Style, Summary, Sums, Trouble};

const TEXT: &str = "// 日本\nexecute(\"…\");\n";

fn row(verdict: Verdict, reasons: &[Because<'static>], mark: Option<&'static str>) -> Row<'static> {
    Row {
        span: Span::new(18, 25),
        kind: "update",
        statement: "UPDATE shop.visits SET n = n + 1 WHERE page = 'ho\nme' AND \"Odd\" = ?",
        verdict,
        reasons: reasons.to_vec(),
        mark,
        driver: if mark.is_some() { "Java driver 4" } else { "" },
        retried: mark.map(|_| "this loop"),
    }
}

fn rows() -> [Row<'static>; 3] {
    let column = Because { rule: "untyped-operation", depends_on: Some("the type of column `a_column_with_a_long_name`") };
    let counter = Because { rule: "counter-update", depends_on: None };
    [
        row(Verdict::Idempotent, &[], Some("yes")),
        row(Verdict::NotIdempotent, &[counter, column], Some("none")),
        row(Verdict::Depends, &[column], Some("unknown")),
    ]
}

fn summary() -> Summary {
    let depends_on = [("column-type", 1)].into();
    Summary {
        files: 1,
        statements: 3,
        idempotent: 1,
        not_idempotent: 1,
        depends: 1,
        depends_on,
        profiles: vec!["driver"],
        ..Summary::default()
    }
}

fn written(format: InventoryFormat, style: Style, rows: &[Row<'_>]) -> String {
    let mut inventory = Inventory::new(format, style, Vec::new());
    inventory.file(&Listed { path: "src/main/java/org/example/shop/storage/VisitsDao.java", text: TEXT, rows }).unwrap();
    String::from_utf8(inventory.finish(&summary(), 2, Sums::Written).unwrap()).unwrap()
}

fn table(width: usize) -> String {
    written(InventoryFormat::Table, Style { color: false, width }, &rows())
}

#[test]
fn a_table_fits_the_terminal() {
    assert_eq!(
        table(80),
        "PLACE                     KIND    VERDICT                       MARK  DRIVER
…/VisitsDao.java:2:9      update  ✓ idempotent                  yes   Java driv…
…/VisitsDao.java:2:9      update  ✗ counter-update              -     Java driv…
…/VisitsDao.java:2:9      update  ? depends on the type of co…  ?     Java driv…

3 statements: 1 idempotent, 1 not, 1 depends (1 on a column type)
  · profile driver
marks: 1 yes, 1 none, 1 out of sight · in 1 file
  · 2 query-builder calls carry no text
"
    );
    assert_eq!(
        table(140),
        "PLACE                                            KIND    VERDICT                       MARK  DRIVER         STATEMENT
…/org/example/shop/storage/VisitsDao.java:2:9    update  ✓ idempotent                  yes   Java driver 4  UPDATE shop.visits SET n = n + …
…/org/example/shop/storage/VisitsDao.java:2:9    update  ✗ counter-update              -     Java driver 4  UPDATE shop.visits SET n = n + …
…/org/example/shop/storage/VisitsDao.java:2:9    update  ? depends on the type of co…  ?     Java driver 4  UPDATE shop.visits SET n = n + …

3 statements: 1 idempotent, 1 not, 1 depends (1 on a column type) · profile driver
marks: 1 yes, 1 none, 1 out of sight · in 1 file · 2 query-builder calls carry no text
"
    );
    for width in 40..200 {
        let wide = table(width);
        let rows = wide.lines().take(4);
        assert!(rows.clone().all(|line| unicode_width::UnicodeWidthStr::width(line) <= width.max(60)), "{width}:\n{wide}");
    }
}

#[test]
fn colours_change_nothing_else() {
    let coloured = written(InventoryFormat::Table, Style { color: true, width: 90 }, &rows());
    assert_eq!(stripped(&coloured), table(90));
}

#[test]
fn columns_without_anything_are_left_out() {
    let mut inventory = Inventory::new(InventoryFormat::Table, Style { color: false, width: 80 }, Vec::new());
    let rows = [row(Verdict::Idempotent, &[], None)];
    inventory.file(&Listed { path: "q.cql", text: TEXT, rows: &rows }).unwrap();
    let summary = Summary { files: 1, statements: 1, idempotent: 1, profiles: vec!["state"], ..Summary::default() };
    let out = String::from_utf8(inventory.finish(&summary, 0, Sums::Written).unwrap()).unwrap();
    assert_eq!(
        out,
        "PLACE      KIND    VERDICT       STATEMENT
q.cql:2:9  update  ✓ idempotent  UPDATE shop.visits SET n = n + 1 WHERE page = …

1 statement: idempotent · profile state
in 1 file
"
    );
}

#[test]
fn json() {
    let mut inventory = Inventory::new(InventoryFormat::Json, Style { color: true, width: 80 }, Vec::new());
    inventory.file(&Listed { path: "a.java", text: TEXT, rows: &rows() }).unwrap();
    let trouble = Trouble { path: "b.cql", place: None, message: "is not UTF-8", help: None, fatal: true };
    assert!(inventory.trouble(&trouble).unwrap());
    let out = String::from_utf8(inventory.finish(&summary(), 2, Sums::LeftOut).unwrap()).unwrap();
    assert_eq!(
        out,
        r#"{"schema_version":1,"statements":[
{"path":"a.java","line":2,"column":9,"end_line":2,"end_column":14,"kind":"update","statement":"UPDATE shop.visits SET n = n + 1 WHERE page = 'ho\nme' AND \"Odd\" = ?","verdict":"idempotent","reasons":[],"mark":"yes","driver":"Java driver 4","retried":"this loop"},
{"path":"a.java","line":2,"column":9,"end_line":2,"end_column":14,"kind":"update","statement":"UPDATE shop.visits SET n = n + 1 WHERE page = 'ho\nme' AND \"Odd\" = ?","verdict":"not_idempotent","reasons":[{"rule":"counter-update","depends_on":null},{"rule":"untyped-operation","depends_on":"the type of column `a_column_with_a_long_name`"}],"mark":"none","driver":"Java driver 4","retried":"this loop"},
{"path":"a.java","line":2,"column":9,"end_line":2,"end_column":14,"kind":"update","statement":"UPDATE shop.visits SET n = n + 1 WHERE page = 'ho\nme' AND \"Odd\" = ?","verdict":"depends","reasons":[{"rule":"untyped-operation","depends_on":"the type of column `a_column_with_a_long_name`"}],"mark":"unknown","driver":"Java driver 4","retried":"this loop"}
],"troubles":[
{"path":"b.cql","level":"error","message":"is not UTF-8","help":null}
],"profile":"driver","summary":{"files":1,"statements":3,"idempotent":1,"not_idempotent":1,"depends":1,"depends_on":{"column-type":1},"marks":{"none":1,"unknown":1,"yes":1},"builder_calls":2,"troubles":0}}
"#
    );
    assert!(serde_json::from_str::<Value>(&out).is_ok());
    for count in 0..3 {
        let out = written(InventoryFormat::Json, Style { color: false, width: 80 }, rows().get(..count).unwrap());
        let document: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(document.get("statements").and_then(Value::as_array).map(Vec::len), Some(count));
    }
}

#[test]
fn csv() {
    let style = Style { color: true, width: 80 };
    assert_eq!(
        written(InventoryFormat::Csv, style, &rows()).replace("\r\n", "<CRLF>\n"),
        r#"path,line,column,end_line,end_column,kind,statement,verdict,reasons,mark,driver,retried<CRLF>
src/main/java/org/example/shop/storage/VisitsDao.java,2,9,2,14,update,"UPDATE shop.visits SET n = n + 1 WHERE page = 'ho
me' AND ""Odd"" = ?",idempotent,,yes,Java driver 4,this loop<CRLF>
src/main/java/org/example/shop/storage/VisitsDao.java,2,9,2,14,update,"UPDATE shop.visits SET n = n + 1 WHERE page = 'ho
me' AND ""Odd"" = ?",not_idempotent,counter-update untyped-operation,none,Java driver 4,this loop<CRLF>
src/main/java/org/example/shop/storage/VisitsDao.java,2,9,2,14,update,"UPDATE shop.visits SET n = n + 1 WHERE page = 'ho
me' AND ""Odd"" = ?",depends,untyped-operation,unknown,Java driver 4,this loop<CRLF>
"#
    );
    let nothing = Inventory::new(InventoryFormat::Csv, style, Vec::new()).finish(&Summary::default(), 0, Sums::Written).unwrap();
    assert_eq!(String::from_utf8(nothing).unwrap().lines().count(), 1);
}

#[test]
fn a_demand_names_the_first() {
    let mut demand = Demand::default();
    let [good, bad, _] = rows();
    demand.file(&Listed { path: "a.java", text: TEXT, rows: &[good.clone(), good] });
    assert_eq!(demand.unmet(), None);
    demand.file(&Listed { path: "a.java", text: TEXT, rows: &rows() });
    assert_eq!(
        demand.unmet().unwrap(),
        "2 of 5 statements are not idempotent:\n  a.java:2:9 update: counter-update\n  a.java:2:9 update: untyped-operation"
    );
    demand.file(&Listed { path: "b.java", text: TEXT, rows: &std::array::from_fn::<_, 9, _>(|_| bad.clone()) });
    let told = demand.unmet().unwrap();
    assert!(told.starts_with("11 of 14 statements are not idempotent, the first:\n"), "{told}");
    assert_eq!(told.lines().count(), 6);
}

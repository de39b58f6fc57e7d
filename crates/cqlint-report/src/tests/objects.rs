//! The JSON formats: exact, and always valid.

use cqlint_analysis::Safety;
use serde_json::Value;

use super::{PLAIN, findings};
use crate::{File, Format, Reporter, Summary, Trouble};

const TEXT: &str = "-- 日本\nUPDATE t SET /* 🙂 */ n = n + 1 WHERE k = 'a\"b';";

const FINDING: &str = r#""rule":"counter-update","level":"warn","message":"counter `n` is updated: a retry counts twice","path":"app.cql","line":2,"column":22,"end_line":2,"end_column":31,"start":34,"end":43,"label":"adds again each time it is executed","note":"when the answer is lost, nobody knows whether the first attempt has counted, and a second one counts again","help":"never mark it idempotent; count by rows with ids that the client makes, when the number must be exact""#;

const SUMS: &str = r#""files":2,"statements":1,"idempotent":0,"not_idempotent":1,"depends":0,"depends_on":{},"errors":0,"warnings":1,"notes":0,"fixable":0,"unsafe_fixable":0,"fixed":0,"hidden":0,"baselined":0,"unchanged":0,"by_rule":{"counter-update":1},"troubles":1"#;

fn whole(format: Format, files: usize) -> String {
    let mut reporter = Reporter::new(format, PLAIN, Vec::new());
    for _ in 0..files {
        reporter.file(&File { path: "app.cql", text: TEXT, findings: &findings(TEXT), fixes: Safety::Safe }).unwrap();
        reporter.trouble(&Trouble { path: "b\n.cql", place: None, message: "is \"odd\"", help: None, fatal: true }).unwrap();
    }
    let by_rule = [("counter-update", 1)].into();
    let summary = Summary {
        files: 2,
        statements: 1,
        not_idempotent: 1,
        warnings: 1,
        troubles: 1,
        by_rule,
        profiles: vec!["driver"],
        ..Summary::default()
    };
    String::from_utf8(reporter.finish(&summary, true).unwrap()).unwrap()
}

#[test]
fn json() {
    let expected = format!(
        "{{\"schema_version\":1,\"findings\":[\n{{{FINDING}}}\n],\"troubles\":[\n{}\n],\"profile\":\"driver\",\"summary\":{{{SUMS}}}}}\n",
        r#"{"path":"b\n.cql","level":"error","message":"is \"odd\"","help":null}"#
    );
    assert_eq!(whole(Format::Json, 1), expected);
}

#[test]
fn json_is_valid_with_any_number_of_findings() {
    for files in 0..4 {
        let document: Value = serde_json::from_str(&whole(Format::Json, files)).unwrap();
        let length = |key: &str| document.get(key).and_then(Value::as_array).map(Vec::len);
        assert_eq!((length("findings"), length("troubles")), (Some(files), Some(files)));
    }
}

#[test]
fn json_lines() {
    let expected = [
        format!("{{\"type\":\"finding\",{FINDING}}}"),
        r#"{"type":"trouble","path":"b\n.cql","level":"error","message":"is \"odd\"","help":null}"#.to_string(),
        format!("{{\"type\":\"summary\",\"schema_version\":1,\"profile\":\"driver\",{SUMS}}}"),
        String::new(),
    ];
    assert_eq!(whole(Format::JsonLines, 1), expected.join("\n"));
    assert_eq!(whole(Format::JsonLines, 0).lines().count(), 1);
}

//! Every format shows whatever is found in a text.

use cqlint_analysis::{Diagnostic, Level, Options, Profile, Safety, analyze};
use cqlint_report::{File, Format, Reporter, Style, Summary};
use serde_json::Value;

use super::texts::text;
use super::{SCHEMA, cases, holds};

fn findings(text: &str, profile: Profile) -> Vec<Diagnostic> {
    let options = Options { profile, schema: Some(&SCHEMA), keyspace: Some("shop"), ..Options::default() };
    analyze(text, &options).statements.iter().flat_map(|statement| statement.diagnostics(text, &options)).collect()
}

fn report(format: Format, style: Style, text: &str, findings: &[Diagnostic]) -> String {
    let mut reporter = Reporter::new(format, style, Vec::new());
    reporter.file(&File { path: "app.cql", text, findings, fixes: Safety::Safe }).expect("a report in memory");
    let written = reporter.finish(&Summary { profiles: vec!["strict"], ..Summary::default() }, true).expect("a report in memory");
    String::from_utf8(written).expect("a report is UTF-8")
}

#[test]
fn people_are_shown_everything() {
    holds(cases(), (text(), 0..200_usize), |(text, width)| {
        let findings = findings(&text, Profile::STRICT);
        let shown = findings.iter().filter(|finding| finding.level != Level::Off).count();
        for color in [false, true] {
            let style = Style { color, width };
            let lines = report(Format::Concise, style, &text, &findings);
            assert_eq!(lines.lines().filter(|line| line.contains("app.cql")).count(), shown, "{lines}");
            let pictures = report(Format::Full, style, &text, &findings);
            assert!(pictures.matches("app.cql").count() >= shown, "{pictures}");
        }
    });
}

#[test]
fn programs_are_told_the_same_places() {
    holds(cases(), text(), |text| {
        let findings = findings(&text, Profile::STRICT);
        let mut expected: Vec<_> = findings
            .iter()
            .map(|finding| (u64::from(finding.span.start), u64::from(finding.span.end), finding.rule.name))
            .collect();
        let place = |finding: &Value| -> (u64, u64, String) {
            let offset = |name: &str| finding[name].as_u64().expect("an offset");
            (offset("start"), offset("end"), finding["rule"].as_str().expect("a name").to_owned())
        };
        let style = Style { color: false, width: 80 };
        let document: Value = serde_json::from_str(&report(Format::Json, style, &text, &findings)).expect("JSON");
        let mut found: Vec<_> = document["findings"].as_array().expect("findings").iter().map(place).collect();
        let lines = report(Format::JsonLines, style, &text, &findings);
        let records = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let mut lines: Vec<_> = records.filter(|record| record["type"] == "finding").map(|finding| place(&finding)).collect();
        expected.sort_unstable();
        found.sort_unstable();
        lines.sort_unstable();
        assert_eq!(found, lines);
        assert!(found.iter().map(|(start, end, rule)| (*start, *end, rule.as_str())).eq(expected));
    });
}

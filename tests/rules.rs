//! The pages of the rules: each example gives just the findings that stand at the ends of its lines, and that no comment in it
//! hides.

use std::fs;
use std::path::Path;
use std::process::Command;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{
    Analyzer, Diagnostic, GROUPS, Level, Levels, Options, Profile, RULES, Reasons, Schema, Suppressions, Timestamps, rule,
};
use cqlint_embed::{Language, Source, read};

/// The first is "What happens" where the rule is not about retries.
const HEADINGS: [&str; 5] = ["What happens on a retry", "Flagged", "Accepted", "What to do", "Sources"];

/// A fenced block of a page.
pub(crate) struct Fence<'a> {
    pub(crate) line: usize,
    pub(crate) info: Vec<&'a str>,
    pub(crate) heading: &'a str,
    pub(crate) text: String,
}

pub(crate) fn fences(page: &str) -> Vec<Fence<'_>> {
    let mut found = Vec::new();
    let mut heading = "";
    let mut open: Option<Fence<'_>> = None;
    for (number, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Fence { line: number + 2, info: info.split_whitespace().collect(), heading, text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(fence), None) => {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            (None, None) => heading = line.strip_prefix("## ").unwrap_or(heading),
        }
    }
    found
}

/// What stands in the comment at the end of a line: `warn: [rule], note: [rule]`.
fn expected(line: &str, comment: &str) -> Vec<String> {
    let Some((_, comment)) = line.rsplit_once(comment) else { return Vec::new() };
    let part = |part: &str| {
        let (level, rule) = part.trim().split_once(": [")?;
        let known = ["error", "warn", "note"].contains(&level);
        known.then(|| format!("{level}: [{}]", rule.trim_end_matches(']')))
    };
    comment.split(',').filter_map(part).collect()
}

/// What is found in CQL, or in the source of a program with this ending, at its place in the fence.
fn findings(text: &str, host: Option<&str>, options: &Options<'_>) -> Vec<(usize, Diagnostic)> {
    let mut analyzer = Analyzer::new(options.dialects);
    let found: Vec<_> = match host {
        Some(ending) => {
            let path = format!("page.{ending}");
            let program = read(&[Source { path: Path::new(&path), text, trusted: true }]);
            let fragments: Vec<_> = program.into_iter().flatten().collect();
            let mut suppressions = Suppressions::of_program(text, &fragments, Reasons::Needed);
            let told = |fragment| suppressions.fragment(fragment, &mut analyzer.fragment(fragment, options), options);
            let mut told: Vec<_> = fragments.iter().flat_map(told).collect();
            told.extend(suppressions.findings(options));
            told
        }
        None => {
            let schema = Schema::from_text(text);
            let conflicts = schema.conflicts().iter().map(cqlint_analysis::Conflict::diagnostic);
            let statements: Vec<_> = analyzer.statements(text, options).collect();
            let mut suppressions = Suppressions::of_cql(text, options.dialects, Reasons::Needed);
            let told = statements.iter().flat_map(|statement| suppressions.statement(statement, text, options));
            let mut told: Vec<_> = told.collect();
            told.extend(conflicts.filter(|finding| !suppressions.hides(finding)));
            told.extend(suppressions.findings(options));
            told
        }
    };
    found.into_iter().map(|found| (found.span.start as usize, found)).collect()
}

/// Holds the findings of a fence of this page against what stands at the ends of its lines.
fn check(page: &str, fence: &Fence<'_>, host: Option<&str>, schema: &Schema, levels: &Levels, wrong: &mut Vec<String>) {
    let option = |name: &str| fence.info.iter().find_map(|info| info.strip_prefix(name)?.strip_prefix('='));
    let profile = option("profile").map_or(Profile::DRIVER, |name| Profile::named(name).expect("a profile"));
    let timestamps = option("timestamps").map_or(Timestamps::PerAttempt, |name| Timestamps::named(name).expect("a setting"));
    let dialects = option("dialect").map_or(Dialects::ALL, |name| name.parse().expect("a dialect"));
    let options = Options { profile, timestamps, dialects, schema: Some(schema), levels: Some(levels), ..Options::default() };
    let diagnostics = findings(&fence.text, host, &options);
    let comment = match host {
        Some("py") => "# ",
        Some(_) => "// ",
        None => "-- ",
    };
    let mut start = 0;
    for (number, line) in fence.text.lines().enumerate() {
        let end = start + line.len();
        let is_shown = |(place, found): &&(usize, Diagnostic)| (start..=end).contains(place) && found.level != Level::Off;
        let here = diagnostics.iter().filter(is_shown);
        let mut found: Vec<_> = here.map(|(_, found)| format!("{}: [{}]", found.level.name(), found.rule.name)).collect();
        let mut wanted = if fence.heading == "Flagged" { expected(line, comment) } else { Vec::new() };
        found.sort();
        wanted.sort();
        if found != wanted {
            wrong.push(format!("{page} line {}: found {found:?}, expected {wanted:?}\n    {line}", fence.line + number));
        }
        start = end + 1;
    }
}

/// Holds all fences of a page to their comments.
fn check_page(name: &str, page: &str, levels: &Levels, wrong: &mut Vec<String>) {
    let mut schema_text = String::new();
    for fence in fences(page) {
        let host = fence.info.first().copied().filter(|name| Language::of_ending(name).is_some());
        if host.is_none() && fence.info.first() != Some(&"cql") {
            continue;
        }
        if fence.info.contains(&"schema") {
            schema_text.push_str(&fence.text);
            continue;
        }
        // The fence itself may define things, too.
        let own = if host.is_none() { fence.text.as_str() } else { "" };
        let schema = Schema::from_text(&format!("{schema_text}{own}"));
        check(name, &fence, host, &schema, levels, wrong);
    }
}

#[test]
fn pages_are_true() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let mut levels = Levels::default();
        // What is off by itself is switched on for its own page.
        if rule.level == Level::Off {
            assert!(levels.set(rule.name, Level::Warn));
        }
        check_page(rule.name, rule.docs, &levels, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// More statements than the pages have room for, with every rule about what is slow or lost, and none else.
#[test]
fn statements_find_what_is_slow_or_lost() {
    let page = include_str!("rules/performance_and_migration.md");
    let mut levels = Levels::default();
    for (group, _) in GROUPS {
        assert!(levels.set(group, Level::Off));
    }
    for rule in RULES.iter().filter(|rule| ["performance", "migration"].contains(&rule.group)) {
        assert!(levels.set(rule.name, Level::Warn));
    }
    for rule in ["schema-change", "truncate"] {
        assert!(levels.set(rule, Level::Off));
    }
    assert!(levels.set("list-column", Level::Warn));
    let mut wrong = Vec::new();
    check_page("performance_and_migration.md", page, &levels, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_have_their_headings_and_examples() {
    for rule in RULES {
        let title = format!("# {}\n", rule.name);
        assert!(rule.docs.starts_with(&title), "{}: the page begins with its name", rule.name);
        let headings: Vec<_> = rule.docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let named =
            headings.iter().zip(HEADINGS).all(|(heading, named)| *heading == named || named.starts_with(&format!("{heading} on")));
        assert!(named && headings.len() == HEADINGS.len(), "{}: {headings:?}", rule.name);
        let fences = fences(rule.docs);
        let flags = |fence: &Fence<'_>| fence.heading == "Flagged" && fence.text.contains(&format!("[{}]", rule.name));
        assert!(fences.iter().any(flags), "{}: no example that is flagged", rule.name);
        assert!(fences.iter().any(|fence| fence.heading == "Accepted"), "{}: no example that is accepted", rule.name);
    }
}

#[test]
fn the_table_is_in_order() {
    assert!(RULES.is_sorted_by(|left, right| left.name < right.name), "sorted, and no name twice");
    for rule in RULES {
        assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.name);
        assert!(!rule.summary.ends_with('.') && rule.summary.len() < 120, "{}", rule.name);
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/cqlint-analysis/src/rules");
    for entry in std::fs::read_dir(folder).expect("the rules") {
        let path = entry.expect("a file").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").replace('_', "-");
        assert!(cqlint_analysis::rule(&stem).is_some(), "{stem} is in no table");
    }
}

/// `cqlint rules --format markdown` is the page of all rules.
#[test]
fn the_page_of_all_rules_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/cqlint-analysis/RULES.md");
    let output = Command::new(env!("CARGO_BIN_EXE_cqlint-under-test"))
        .args(["rules", "--format", "markdown"])
        .output()
        .expect("the command runs");
    let expected = String::from_utf8(output.stdout).expect("UTF-8");
    if std::env::var_os("CQLINT_BLESS").is_some() {
        fs::write(&path, expected).expect("a writable page");
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == expected, "RULES.md says something else than the command; CQLINT_BLESS=1 rewrites it");
}

#[test]
fn every_rule_has_a_group() {
    for rule in RULES {
        assert!(GROUPS.iter().any(|(group, _)| *group == rule.group), "{}: there is no group {}", rule.name, rule.group);
    }
    for (group, _) in GROUPS {
        assert!(RULES.iter().any(|rule| rule.group == *group), "{group} has no rule");
        assert!(rule(group).is_none(), "{group} is a rule, too");
    }
}

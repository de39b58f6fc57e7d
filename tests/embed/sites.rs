//! What the code around a statement does with it: small programs, in `sites/`, with what is found on their lines.
//!
//! A program may have several files, each behind a line `==> path`; behind `==> ?path` stands one that names no driver. What is expected stands at the end of a line: the names of
//! the rules behind `expect:`. Of every program all findings are expected, and no others.

use std::fs;
use std::path::Path;

use cqlint_analysis::{Analyzer, Options};
use cqlint_embed::{Source, read};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/embed/sites");

/// The files of a program: path and text.
fn files(program: &str) -> Vec<(&str, &str)> {
    program.split("==> ").skip(1).filter_map(|file| file.split_once('\n')).collect()
}

/// The rules that are named on a line, sorted.
fn expected(line: &str) -> Vec<&str> {
    let Some((_, rules)) = line.split_once("expect: ") else { return Vec::new() };
    let mut rules: Vec<_> = rules.split_whitespace().collect();
    rules.sort_unstable();
    rules
}

#[test]
fn programs_give_what_they_expect() {
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let mut wrong = Vec::new();
    let mut programs: Vec<_> = fs::read_dir(FOLDER).expect("the programs").map(|entry| entry.expect("an entry").path()).collect();
    programs.sort();
    assert!(programs.len() > 5, "the programs are gone");
    for path in programs {
        let program = fs::read_to_string(&path).expect("a program");
        let files = files(&program);
        let sources: Vec<_> = files
            .iter()
            .map(|(path, text)| {
                let named = path.trim_start_matches('?');
                Source { path: Path::new(named), text, trusted: named == *path }
            })
            .collect();
        for ((name, text), fragments) in files.iter().zip(read(&sources)) {
            let findings: Vec<_> = fragments.iter().flat_map(|fragment| analyzer.fragment(fragment, &options).findings).collect();
            let mut start = 0;
            for (number, line) in (1..).zip(text.lines()) {
                let end = start + line.len();
                let here = findings.iter().filter(|found| (start..=end).contains(&(found.span.start as usize)));
                let mut found: Vec<_> = here.map(|found| found.rule.name).collect();
                found.sort_unstable();
                found.dedup();
                let wanted = expected(line);
                if found != wanted {
                    let file = path.file_name().unwrap_or_default().to_string_lossy();
                    wrong.push(format!("{file} {name}:{number}: {}\n    found    {found:?}\n    expected {wanted:?}", line.trim()));
                }
                start = end + 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

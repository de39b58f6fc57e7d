//! What `cqlint-build` and `cql!` write and say: the folders in `building/cases` give what stands in their `expected` files, and
//! programs that are really compiled see errors, warnings and changes as cargo shows them.
//!
//! `building/app` is a program of this workspace: what is written compiles, for both drivers.

use std::fs;
use std::path::Path;

use cqlint_build::{Config, Driver};

mod programs;

/// A folder, and what is asked of it.
type Case = (&'static str, fn(Config) -> Config);

const CASES: [Case; 11] = [
    // Every form of name, claim, marker and verdict, with all that can be written.
    ("module", |config| config.schema("building/cases/schema").driver(Driver::Scylla1).typed_parameters()),
    // The configuration of the command counts; a driver whose prepared statements have no mark.
    ("configured", |config| config.driver(Driver::CdrsTokio9)),
    ("warnings", |config| config.schema("building/cases/schema")),
    ("denied", |config| config.schema("building/cases/schema").deny_not_idempotent()),
    ("names", |config| config.schema("building/cases/schema")),
    ("refused", |config| config.schema("building/cases/schema")),
    ("schema_broken", |config| config.schema("building/cases/schema_broken/schema")),
    ("schema_disagrees", |config| config.schema("building/cases/schema_disagrees/schema")),
    ("misconfigured", |config| config),
    ("missing", |config| config.schema("building/cases/no/schema")),
    ("nothing", |config| config),
];

/// What cargo is told and what is written, or why nothing is.
fn built(config: &Config) -> String {
    let told = match config.check() {
        Ok(module) => {
            let lines: Vec<_> = module.cargo_lines().collect();
            format!("{}\n\n{}", lines.join("\n"), module.text)
        }
        Err(error) => error.to_string(),
    };
    told.replace(env!("CARGO_MANIFEST_DIR"), "[folder]")
}

#[test]
fn every_case_gives_what_it_expects() {
    let bless = std::env::var_os("CQLINT_BLESS").is_some();
    let mut wrong = Vec::new();
    for (name, config) in CASES {
        let folder = Path::new("building/cases").join(name);
        let found = built(&config(Config::new().queries(folder.join("queries"))));
        let path = Path::new("building/cases").join(format!("{name}.expected"));
        if bless {
            fs::write(&path, &found).expect("a file that can be written");
        } else if fs::read_to_string(&path).unwrap_or_default() != found {
            wrong.push(format!("{} is not what was found:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\n`CQLINT_BLESS=1 cargo test` accepts what was found", wrong.join("\n"));
}

#[test]
fn every_folder_is_a_case() {
    let entries = fs::read_dir("building/cases").expect("the cases").map(|entry| entry.expect("a case").path());
    let folders = entries.filter(|path| path.is_dir() && !path.ends_with("schema"));
    for folder in folders {
        assert!(CASES.iter().any(|(name, _)| folder.ends_with(name)), "{} is no case", folder.display());
    }
}

/// With Windows line ends and a byte order mark the places are the same.
#[test]
fn line_ends_move_nothing() {
    for name in ["names", "refused", "denied"] {
        let (_, config) = CASES.iter().find(|(own, _)| *own == name).expect("a case");
        let folder = tempfile::tempdir_in("building").expect("a folder");
        let expected = config(Config::new().queries(Path::new("building/cases").join(name).join("queries"))).check();
        let expected = expected.expect_err("mistakes").mistakes().to_vec();
        for entry in walkdir::WalkDir::new(Path::new("building/cases").join(name)).into_iter().map(|entry| entry.expect("an entry"))
        {
            if entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).expect("a text").replace('\n', "\r\n");
                let text =
                    if entry.path().extension().is_some_and(|ending| ending == "cql") { format!("\u{feff}{text}") } else { text };
                fs::write(folder.path().join(entry.file_name()), text).expect("a file that can be written");
            }
        }
        let found = config(Config::new().queries(folder.path())).check().expect_err("mistakes").mistakes().to_vec();
        let said = |mistakes: &[cqlint_build::Mistake]| -> Vec<_> {
            let place = |mistake: &cqlint_build::Mistake| {
                let excerpt = mistake.excerpt.as_ref()?;
                Some(excerpt.text[..excerpt.span.start].matches('\n').count())
            };
            mistakes.iter().map(|mistake| (place(mistake), mistake.message.clone())).collect()
        };
        assert_eq!(said(&found), said(&expected), "{name}");
    }
}

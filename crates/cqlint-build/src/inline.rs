//! A statement in the source of a program, for `cql!`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cqlint_analysis::{Analyzer, Suppressions};

use crate::knowledge::{Knowledge, configured_in, deciding, settings, stops};
use crate::{Error, Mistake, Statement};

/// A statement that was checked where it stands.
///
/// ```
/// use std::path::Path;
///
/// let text = "SELECT * FROM pages WHERE page = ?";
/// let inline = cqlint_build::inline::check(text, Path::new("src/main.rs"), Path::new("."))?;
/// assert!(inline.statement.is_idempotent());
/// # Ok::<(), cqlint_build::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Inline {
    /// What is known of it.
    pub statement: Statement,
    /// Why it is refused. The excerpts are of its text and name no file.
    pub refusals: Vec<Mistake>,
    /// Why it may not be executed twice, in the same way.
    pub hazards: Vec<Mistake>,
    /// The files that make it another one when they change.
    pub files: BTreeSet<PathBuf>,
}

/// Checks a statement with the settings of the source file that it stands in, and the schema that these name, else the one in the
/// folder `schema` of the package.
///
/// # Errors
/// The configuration or the schema cannot be used.
///
/// ```
/// use std::path::Path;
///
/// let inline = cqlint_build::inline::check("SELCT 1", Path::new("src/main.rs"), Path::new("."))?;
/// assert_eq!(inline.refusals[0].rule, Some("syntax-error"));
/// # Ok::<(), cqlint_build::Error>(())
/// ```
pub fn check(text: &str, file: &Path, package: &Path) -> Result<Inline, Error> {
    let settings = match settings(file) {
        Ok(settings) => settings,
        Err(problems) => {
            Error::when_any(problems.iter().map(Mistake::of_problem).collect())?;
            return Err(Mistake::new("the configuration cannot be used").into());
        }
    };
    let beside = package.join("schema");
    let schema = match settings.schema.as_slice() {
        [] if beside.is_dir() => vec![beside],
        named => named.to_vec(),
    };
    let mut knowledge = Knowledge::read(&[], &schema)?;
    Error::when_any(knowledge.unreadable)?;
    Error::when_any(knowledge.mistakes)?;
    knowledge.files.extend(configured_in(&settings));

    let deterministic = settings.deterministic();
    let told = settings.options(Some(&knowledge.schema), &deterministic);
    let deciding = deciding(&settings, &knowledge.schema, &deterministic);
    let shared: Arc<str> = text.into();
    let mut suppressions = Suppressions::of_cql(text, told.dialects, settings.reasons);
    let (mut refusals, mut hazards) = (Vec::new(), Vec::new());
    let statements: Vec<_> = Analyzer::new(told.dialects).statements(text, &told).collect();
    for statement in &statements {
        let blocking = crate::statement::blocking(statement, &deciding);
        let found = statement.diagnostics(text, &deciding).into_iter().filter(|finding| blocking.contains(finding.rule.name));
        hazards.extend(found.map(|finding| Mistake::found(finding, "", &shared)));
        let is_broken = !statement.errors.is_empty();
        let found = suppressions.statement(statement, text, &told).into_iter();
        let found = found.filter(|finding| stops(finding) && !is_broken);
        refusals.extend(found.map(|finding| Mistake::found(finding, "", &shared)));
        if is_broken {
            refusals.extend(statement.diagnostics(text, &deciding).into_iter().map(|finding| Mistake::found(finding, "", &shared)));
        }
    }
    if refusals.is_empty() && statements.len() != 1 {
        let message = if statements.is_empty() { "there is no statement in it" } else { "there are several statements in it" };
        refusals.push(Mistake { help: Some("write one statement for each `cql!`".to_owned()), ..Mistake::new(message) });
    }
    Ok(Inline { statement: Statement::new("", text, &deciding), refusals, hazards, files: knowledge.files })
}

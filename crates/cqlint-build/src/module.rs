//! The module that is written: a constant for each statement, and the list of them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use cqlint_analysis::Verdict;
use proc_macro2::TokenStream;
use quote::quote;

use crate::name::Name;
use crate::queries::Query;
use crate::{Claim, Mistake, Statement};

/// Stands above the module.
const HEAD: &str = "// Written by cqlint-build. Change the files with the statements instead.\n\n";

/// What a build makes of the files.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("a.cql"), "-- name: page\nSELECT * FROM pages WHERE page = ?;")?;
///
/// let module = cqlint_build::Config::new().queries(folder.path()).check()?;
/// assert_eq!(module.statements[0].markers[0].name, "page");
/// assert!(module.warnings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Module {
    /// The module, as Rust.
    pub text: String,
    /// What was checked, in the order of the files.
    pub statements: Vec<Statement>,
    /// What is worth a warning.
    pub warnings: Vec<Mistake>,
    /// The files and folders that make it another one when they change.
    pub watched: BTreeSet<PathBuf>,
}

impl Module {
    pub(crate) fn new(queries: Vec<Query>, extras: impl FnOnce(&[&Statement]) -> TokenStream) -> Self {
        let constants = queries.iter().map(constant);
        let names = queries.iter().map(|query| Name::constant(&query.statement.name));
        let extras = extras(&queries.iter().map(|query| &query.statement).collect::<Vec<_>>());
        let tokens = quote! {
            #(#constants)*
            /// All statements, in the order of their files.
            #[allow(dead_code, reason = "what is not used is left out")]
            pub const ALL: &[&::cqlint_runtime::CheckedStatement] = &[#(&#names),*];

            #extras
        };
        let text = format!("{HEAD}{}", formatted(tokens));
        let statements = queries.into_iter().map(|query| query.statement).collect();
        Self { text, statements, warnings: Vec::new(), watched: BTreeSet::new() }
    }

    /// What cargo is to be told.
    ///
    /// ```
    /// let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("a.cql"), "-- name: visit\nUPDATE pages SET n = n + 1 WHERE page = ?;")?;
    ///
    /// let module = cqlint_build::Config::new().queries(folder.path()).check()?;
    /// let lines: Vec<_> = module.cargo_lines().collect();
    /// assert!(lines[0].starts_with("cargo::rerun-if-changed="));
    /// assert!(lines[2].ends_with("a.cql:2:18: counter `n` is updated: a retry counts twice [counter-update]"), "{lines:?}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cargo_lines(&self) -> impl Iterator<Item = String> {
        let watched = self.watched.iter().map(|path| format!("cargo::rerun-if-changed={}", path.display()));
        watched.chain(self.warnings.iter().map(|warning| format!("cargo::warning={}", warning.line())))
    }
}

fn constant(query: &Query) -> TokenStream {
    let name = Name::constant(&query.statement.name);
    let lines = documentation(query);
    let value = query.statement.tokens();
    quote! {
        #(#[doc = #lines])*
        #[allow(dead_code, reason = "what is not used is left out")]
        pub const #name: ::cqlint_runtime::CheckedStatement = #value;
    }
}

/// The statement, the verdict and why not.
fn documentation(query: &Query) -> Vec<String> {
    let Query { statement, path, line } = query;
    let mut said = vec!["```cql".to_owned()];
    said.extend(statement.text.lines().map(str::to_owned));
    said.push("```".to_owned());
    said.push(String::new());
    said.push(match statement.verdict {
        Verdict::Idempotent => "It may be executed twice.".to_owned(),
        Verdict::Depends => format!("Nobody knows whether it may be executed twice: {}.", reasons(statement)),
        Verdict::NotIdempotent => format!("It may not be executed twice: {}.", reasons(statement)),
    });
    match &statement.claim {
        Some(Claim::Idempotent(reason)) => said.push(format!("It is marked all the same: {reason}.")),
        Some(Claim::NotIdempotent(reason)) => said.push(format!("It is not marked: {reason}.")),
        None => {}
    }
    said.push(String::new());
    said.push(format!("From `{path}`, line {line}."));
    // As `///` writes it.
    said.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") }).collect()
}

fn reasons(statement: &Statement) -> String {
    let reasons: Vec<_> = statement.hazards.iter().map(|hazard| format!("{} ({})", hazard.message, hazard.rule)).collect();
    reasons.join("; ")
}

/// Laid out for people. What is no Rust would be a mistake of ours, and rustc tells it.
fn formatted(tokens: TokenStream) -> String {
    let text = tokens.to_string();
    syn::parse2(tokens).map_or(text, |file| prettyplease::unparse(&file))
}

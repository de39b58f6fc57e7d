//! Finds CQL inside application source: text in, fragments out.
//!
//! A fragment is CQL put together from literals, constants, concatenation and formats, and every byte of it maps back to
//! the host file. What the program puts in at run time is a hole: a name or a value changes no verdict, clauses do.
//!
//! ```
//! use cqlint_analysis::{analyze, Options, Verdict};
//! use cqlint_embed::{fragments, Language};
//!
//! let source = r#"
//!     const visit = "UPDATE pages SET views = views + 1 WHERE page = ?"
//! "#;
//! let found = fragments(source, Language::Go);
//! let [fragment] = found.as_slice() else { panic!("one statement") };
//! let analysis = analyze(fragment.text(), &Options { open: fragment.open(), ..Options::default() });
//! assert_eq!(analysis.verdict, Verdict::NotIdempotent);
//! let hazard = fragment.host(analysis.statements[0].hazards[0].span);
//! assert_eq!(hazard.text(source), "views = views + 1");
//! ```

mod application;
mod comments;
mod document;
mod evidence;
mod file;
mod foreign;
mod injections;
mod language;
mod program;
mod query_builders;
mod sites;
mod strings;
mod tree;

use std::path::Path;

pub use application::Application;
pub use comments::adds_only_comments;
pub use evidence::Evidence;
pub use file::fragments;
pub use language::Language;
pub use program::{Changed, Program, read};
pub use query_builders::query_builder_calls;

/// A file of a program.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Where it stands.
    pub path: &'a Path,
    /// What it says.
    pub text: &'a str,
    /// Whether what looks like CQL in it is taken for it. Else only what a call of the driver takes is, in an application that
    /// uses no other database.
    pub trusted: bool,
}

/// Whether files of this name may hold CQL, or say how a driver is set up.
#[must_use]
pub fn reads(path: &Path) -> bool {
    Language::of_path(path).is_some() || application::Kind::of(path).is_some()
}

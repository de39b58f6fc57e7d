//! Decides whether a CQL statement is idempotent: whether executing it twice leaves what executing it once leaves.
//!
//! A coordinator that times out may or may not have applied a write, so drivers repeat only what is marked idempotent.
//! This crate derives the mark. What it says was held against Apache Cassandra 5.0, which executed statements once and
//! twice.
//!
//! ```
//! use cqlint_analysis::{classify, Verdict};
//!
//! assert_eq!(classify("UPDATE users SET name = ? WHERE id = ?"), Verdict::Idempotent);
//! assert_eq!(classify("UPDATE hits SET n = n + 1 WHERE page = ?"), Verdict::NotIdempotent);
//! // A set? A list? A counter? Only the schema knows.
//! assert_eq!(classify("UPDATE users SET tags = tags + ? WHERE id = ?"), Verdict::Depends);
//! ```
//!
//! A driver sets its flag from [`Verdict::Idempotent`] and from nothing else. With the schema more is decided, and
//! [`analyze`] says why:
//!
//! ```
//! use cqlint_analysis::{analyze, Options, Schema, Verdict};
//!
//! let schema = Schema::from_text("CREATE TABLE users (id uuid PRIMARY KEY, tags set<text>, log list<text>)");
//! let options = Options { schema: Some(&schema), ..Options::default() };
//!
//! let analysis = analyze("UPDATE users SET tags = tags + ? WHERE id = ?", &options);
//! assert_eq!(analysis.verdict, Verdict::Idempotent);
//!
//! let analysis = analyze("UPDATE users SET log = log + ? WHERE id = ?", &options);
//! let hazard = &analysis.statements[0].hazards[0];
//! assert_eq!((analysis.verdict, hazard.rule.name), (Verdict::NotIdempotent, "list-append"));
//! ```
#![no_std]
#![deny(clippy::wildcard_enum_match_arm)]

extern crate alloc;

mod analysis;
mod binding;
mod call_site;
mod diagnostic;
mod fingerprint;
mod fix;
mod fragment;
mod functions;
mod hazard;
mod inspection;
mod json;
mod levels;
mod marker;
mod mentions;
mod near;
mod profile;
mod rule;
mod rules;
mod schema;
mod slot;
mod suppression;
mod usage;
mod verdict;
mod walk;

pub use analysis::{Analysis, Analyzer, Options, StatementAnalysis, Statements, analyze, classify};
pub use binding::{Binding, Bound};
pub use call_site::{Answer, CallSite, Inert, Mark, Retry, Settings};
pub use diagnostic::{Diagnostic, Level, Related};
pub use fingerprint::{Fingerprint, Subject};
pub use fix::{Edit, Fix, Safety};
pub use fragment::{Formatted, Fragment, FragmentAnalysis};
pub use hazard::{Certainty, DependsOn, Hazard};
pub use levels::Levels;
pub use marker::{Marker, markers};
pub use mentions::{Mention, Sense, What, mentions};
pub use profile::{Effect, Effects, Profile, Timestamps};
pub use rule::{Message, Rule};
pub use rules::{GROUPS, RULES, rule, suggestion};
pub use schema::{Column, ColumnView, Conflict, DataType, Definitions, Place, Role, Schema, Table, TableView, definitions};
pub use slot::{Slot, slots};
pub use suppression::{Claim, Reasons, Suppressions};
pub use verdict::Verdict;

pub use cqlint_drivers as drivers;
pub use cqlint_syntax as syntax;

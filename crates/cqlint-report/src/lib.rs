//! Shows what cqlint found: pictures for people, lines for editors, documents for programs. One file per format.
//!
//! A [`Reporter`] is told of each file as it is finished and writes at once, so a folder of any size takes no memory.
//!
//! ```
//! use cqlint_analysis::{analyze, Options, Safety};
//! use cqlint_report::{File, Format, Reporter, Style, Summary};
//!
//! let text = "UPDATE hits SET n = n + 1 WHERE page = ?";
//! let options = Options::default();
//! let analysis = analyze(text, &options);
//! let findings: Vec<_> = analysis.statements.iter().flat_map(|statement| statement.diagnostics(text, &options)).collect();
//!
//! let mut reporter = Reporter::new(Format::Concise, Style { color: false, width: 80 }, Vec::new());
//! reporter.file(&File { path: "app.cql", text, findings: &findings, fixes: Safety::Safe })?;
//! let summary = Summary { files: 1, statements: 1, not_idempotent: 1, warnings: 1, profiles: vec!["driver"], ..Summary::default() };
//! let written = reporter.finish(&summary, false)?;
//! assert_eq!(
//!     String::from_utf8_lossy(&written),
//!     "app.cql:1:17: warn[counter-update] counter `n` is updated: a retry counts twice\n1 warning in 1 file\n",
//! );
//! # Ok::<(), std::io::Error>(())
//! ```
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may end where its assumption does"))]

mod array;
mod checkstyle;
mod concise;
mod diff;
mod excerpt;
mod fingerprint;
mod format;
mod full;
mod github;
mod gitlab;
mod highlight;
mod index;
mod inventory;
mod json;
mod json_lines;
mod junit;
mod only_sums;
mod page;
mod palette;
mod record;
mod reporter;
mod retries;
mod sarif;
mod summary;
mod uri;
mod verdict;
mod visible;
mod wrap;

#[cfg(test)]
mod tests;

pub use diff::diff;
pub use format::{Format, UnknownFormat};
pub use inventory::{Because, Demand, Inventory, InventoryFormat, Listed, Row, Sums};
pub use page::page;
pub use reporter::{File, Reporter, Style, Trouble};
pub use retries::{Retries, retries_json, retries_table};
pub use summary::Summary;
pub use verdict::verdict_line;

//! The files of a project: finds them, reads them, knows their schema, and has them analysed, many at once.
//!
//! This is the only room that reads, and the only one that writes files. What goes wrong with one path is a [`Problem`]; the others go on.
//!
//! ```
//! use std::path::Path;
//!
//! use cqlint_project::{Event, Input, Project};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("schema.cql"), "CREATE TABLE t (k int PRIMARY KEY, tags set<text>);")?;
//! std::fs::write(folder.path().join("queries.cql"), "UPDATE t SET tags = tags + ? WHERE k = ?;")?;
//!
//! let paths = [folder.path().to_path_buf()];
//! let project = Project::load(&Input { paths: &paths, ..Input::default() }, &|_| ())?;
//! let mut idempotent = 0;
//! project.check(&|_| (), |event| {
//!     if let Event::File(file) = event {
//!         idempotent += file.tally.idempotent;
//!     }
//!     Ok(())
//! })?;
//! assert_eq!(idempotent, 1);
//! # Ok::<(), std::io::Error>(())
//! ```
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may end where its assumption does"))]

mod allow;
mod baseline;
mod changes;
mod check;
pub mod configuration;
mod conflicts;
mod create;
mod find;
mod gather;
mod git;
mod gitignore;
mod host;
mod load;
mod mend;
mod order;
mod problem;
mod project;
mod read;
mod sieve;
mod source;
mod statement;
mod tally;
mod watch;
mod workspace;
mod write;

pub use allow::Allowing;
pub use baseline::Baseline;
pub use changes::Changes;
pub use check::{Checked, Event, FINDINGS_LIMIT};
pub use create::NewFile;
pub use find::{ENDINGS, Ignoring};
pub use host::{HostChange, HostFile, HostProgram, HostReader, HostText, Trust};
pub use mend::Mended;
pub use problem::{Outcome, Problem};
pub use project::{Input, Project, Step};
pub use read::{SIZE_LIMIT, STDIN, read, read_stdin};
pub use statement::{Marking, Reason, StatementRecord, Usage};
pub use tally::Tally;
pub use watch::{Watch, Watched};
pub use workspace::{Affected, Reach, View, Workspace};
pub use write::replace;

//! The files of a project: finds them, reads them, knows their schema, and has them analysed, many at once.
//!
//! This is the only room that reads. What goes wrong with one path is a [`Problem`]; the others go on.
//!
//! ```
//! use std::path::Path;
//!
//! use cqlint_analysis::Options;
//! use cqlint_project::{Event, Input, Project};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("schema.cql"), "CREATE TABLE t (k int PRIMARY KEY, tags set<text>);")?;
//! std::fs::write(folder.path().join("queries.cql"), "UPDATE t SET tags = tags + ? WHERE k = ?;")?;
//!
//! let paths = [folder.path().to_path_buf()];
//! let project = Project::load(&Input { paths: &paths, ..Input::default() }, &|_| ())?;
//! let mut idempotent = 0;
//! project.check(&Options::default(), &|_| (), |event| {
//!     if let Event::File(file) = event {
//!         idempotent += file.tally.idempotent;
//!     }
//!     Ok(())
//! })?;
//! assert_eq!(idempotent, 1);
//! # Ok::<(), std::io::Error>(())
//! ```

mod check;
mod conflicts;
mod find;
mod gitignore;
mod host;
mod order;
mod problem;
mod project;
mod read;
mod tally;

pub use check::{Checked, Event, FINDINGS_LIMIT};
pub use find::{ENDINGS, Found, Ignoring, find};
pub use host::{HostReader, Trust};
pub use problem::{Outcome, Problem};
pub use project::{Input, Project, Step};
pub use read::{SIZE_LIMIT, STDIN, read, read_stdin};
pub use tally::Tally;

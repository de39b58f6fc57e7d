//! Configuration: which settings are in force for a file, and where each of them comes from.
//!
//! The file that is closest to a checked file counts, alone; what it `extend`s comes before it, what the command line says
//! after it. One that cannot be used stops only the files below it.

mod closest;
mod document;
mod file;
mod keys;
mod lookup;
mod mistake;
mod names;
mod patterns;
mod place;
mod reader;
mod schema;
mod setting;
mod settings;

#[cfg(test)]
mod tests;

pub use keys::{KEYS, Key, Merging, Scope, Shape};
pub use lookup::{Choice, settings_for};
pub use names::{function, name};
pub use reader::level;
pub use schema::json_schema;
pub use setting::{Origin, Setting, Value};
pub use settings::Settings;

pub use document::FILES;
pub(crate) use lookup::{Lookup, Passage};

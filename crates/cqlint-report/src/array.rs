//! The items of a JSON array, written as they come, one on each line.

use std::io;

use serde::Serialize;

use crate::json::line;

/// What is written of an array so far.
#[derive(Default)]
pub(crate) struct Items(usize);

impl Items {
    /// Writes another item; the bracket before the first and the one behind the last are the caller's.
    pub(crate) fn write(&mut self, out: &mut dyn io::Write, item: &impl Serialize) -> io::Result<()> {
        let comma = if self.is_empty() { "" } else { "," };
        self.0 += 1;
        write!(out, "{comma}\n{}", line(item)?)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// What ends the line of the last item.
    pub(crate) fn end(&self) -> &'static str {
        if self.is_empty() { "" } else { "\n" }
    }
}

//! Margins: `|` before each line of a text of Scala or Kotlin.

use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::literal::span;

/// Each line begins behind its `|`.
pub(crate) fn without(chunks: Chunks) -> Chunks {
    let mut kept = Chunks::new();
    let mut at_start = true;
    for chunk in chunks {
        let Chunk::Text { value, host, exact: true } = chunk else {
            at_start = false;
            kept.push(chunk);
            continue;
        };
        let mut place = host.start as usize;
        for line in value.split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            let margin = if at_start && line.get(blank..).is_some_and(|rest| rest.starts_with('|')) { blank + 1 } else { 0 };
            let rest = line.get(margin..).unwrap_or("");
            let host = span(place + margin, place + line.len());
            kept.push(Chunk::Text { value: rest.to_owned(), host, exact: true });
            place += line.len();
            at_start = line.ends_with('\n');
        }
    }
    kept
}

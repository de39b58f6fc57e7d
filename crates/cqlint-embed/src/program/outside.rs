//! Names of one file that strings of other files stand behind.

use std::collections::BTreeSet;

use cqlint_analysis::syntax::Span;

use crate::program::index::{Export, Outside};
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::fold::{Folder, is_path};
use crate::strings::literal::span;
use crate::tree::Node;

/// How long a name is at most that is looked for in other files.
const LONGEST_NAME: usize = 200;

impl<'t> Folder<'t> {
    /// The constant of another file that a name means at a node. It is remembered that it was asked for.
    pub(crate) fn outside(&self, name: &str, node: Node<'t>) -> Option<&'t Outside> {
        let is_short = name.len() <= LONGEST_NAME && is_path(&name.replace("::", ".").replace('\\', "."));
        if !is_short || !self.constants.is_foreign(name, node.start_byte()) {
            return None;
        }
        let known = self.names.get(name);
        if known.is_none() {
            self.wanted.borrow_mut().insert(name.to_owned());
        }
        known
    }

    /// The names, as they are written, that were asked for and that are of other files.
    pub(crate) fn wanted(&self) -> BTreeSet<String> {
        self.wanted.borrow().clone()
    }

    /// The strings that other files may use, and the expressions that make them.
    pub(crate) fn exports(&self) -> impl Iterator<Item = (Export, Span)> {
        self.constants.exported().filter_map(|(holder, name, value)| {
            let chunks = self.whole(value).filter(|chunks| !chunks.is_empty())?;
            let chunks = moved(&chunks, Span::default());
            let export = Export { holder: holder.to_owned(), name: name.to_owned(), chunks };
            Some((export, span(value.start_byte(), value.end_byte())))
        })
    }

    /// The text of a constant of another file, when the expression is nothing but its name: `session.prepare(Queries.X)`, also
    /// `query.toString()`. To ask for a name is to want it: the answer is there when the file is read again.
    pub(crate) fn outside_alone(&self, node: Node<'t>) -> Option<&'t Outside> {
        let name = self.name_in(node)?;
        let said = self.text_of(name);
        if self.constants.resolve(said, name.start_byte(), name.end_byte()).is_some() {
            return None;
        }
        self.outside(said, name)
    }
}

/// The text at another place, of another file most often.
pub(crate) fn moved(chunks: &Chunks, host: Span) -> Chunks {
    let moved = |chunk: &Chunk| match chunk {
        Chunk::Text { value, .. } => Chunk::Text { value: value.clone(), host, exact: false },
        Chunk::Hole { name, bound, .. } => Chunk::Hole { host, name: name.clone(), bound: *bound },
        Chunk::Clauses { .. } => Chunk::Clauses { host },
    };
    chunks.iter().map(moved).collect()
}

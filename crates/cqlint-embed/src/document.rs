//! A text that is CQL but for what is cut out of it or put into it: its statements, one by one.

pub(crate) mod markdown;
pub(crate) mod template;

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::{Dialects, Lexer, Parser, Piece, Span};

use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::holes;
use crate::strings::literal::span;

/// What stands for a hole as long as nobody knows which statement it belongs to.
const HOLE: &str = "x";

/// The CQL of a document, and where each part of it stands in the host file.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The CQL, with a letter for each hole.
    text: String,
    /// Where each part begins in the text, in its order.
    parts: Vec<(usize, Chunk)>,
    /// From where to where other branches go than the first: what stands behind `else`, up to `end`.
    others: Vec<(usize, usize)>,
}

impl Document {
    /// Adds CQL that stands at `host`, byte for byte.
    pub(crate) fn push(&mut self, value: &str, host: Span) {
        self.parts.push((self.text.len(), Chunk::Text { value: value.to_owned(), host, exact: true }));
        self.text.push_str(value);
    }

    /// Adds a blank for what is cut out.
    pub(crate) fn push_blank(&mut self, host: Span) {
        self.parts.push((self.text.len(), blank(host)));
        self.text.push(' ');
    }

    /// Adds what is put in later. Nobody but those who do it decides on it, so it is no value that somebody else may choose.
    pub(crate) fn push_hole(&mut self, name: &str, host: Span) {
        self.parts.push((self.text.len(), Chunk::Hole { host, name: name.to_owned(), bound: true }));
        self.text.push_str(HOLE);
    }

    /// How much of it there is.
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    /// What was added from that place on stands there instead of what is before it.
    pub(crate) fn push_other(&mut self, start: usize) {
        self.others.push((start, self.text.len()));
    }

    /// The statements that parse. Documents are no scripts: what does not parse is passed over.
    pub(crate) fn statements(mut self) -> Vec<Fragment> {
        self.cut_comments();
        let mut parser = Parser::new(Dialects::ALL);
        let pieces = parser.script(&self.text).filter(|parsed| !matches!(parsed.piece, Piece::ShellCommand));
        // What is broken may only lack its `;`, or have a hole where a name is not enough.
        let pieces: Vec<Span> = pieces.map(|parsed| parsed.span).collect();
        let either = |piece: Span| statement(&self.part(piece)).or_else(|| statement(&self.first_branches(piece)?));
        pieces.into_iter().filter_map(either).collect()
    }

    /// The chunks of a part without what may stand there instead, when there is such.
    fn first_branches(&self, piece: Span) -> Option<Chunks> {
        let (mut from, end) = (piece.start as usize, piece.end as usize);
        let mut chunks = Chunks::new();
        // They may stand in one another.
        let mut others: Vec<_> = self.others.iter().filter(|(start, behind)| from < *behind && *start < end).collect();
        others.sort_unstable();
        others.first()?;
        for (start, behind) in others {
            if *start > from {
                chunks.extend(self.part(span(from, *start)));
            }
            from = from.max(*behind);
        }
        if from < end {
            chunks.extend(self.part(span(from, end)));
        }
        Some(chunks)
    }

    /// Holes in comments hold nothing.
    fn cut_comments(&mut self) {
        let mut tokens = Lexer::new(&self.text).peekable();
        for (start, chunk) in &mut self.parts {
            if let Chunk::Hole { host, .. } = chunk {
                while tokens.next_if(|token| token.span.end as usize <= *start).is_some() {}
                if tokens.peek().is_none_or(|token| token.span.start as usize > *start) {
                    *chunk = blank(*host);
                }
            }
        }
    }

    /// The chunks of a part of the text.
    fn part(&self, piece: Span) -> Chunks {
        let (start, end) = (piece.start as usize, piece.end as usize);
        let first = self.parts.partition_point(|(at, _)| *at <= start).saturating_sub(1);
        let behind = self.parts.partition_point(|(at, _)| *at < end);
        let within = self.parts.get(first..behind).unwrap_or_default();
        let cut = |(at, chunk): &(usize, Chunk)| match chunk {
            Chunk::Text { value, host, exact: true } => {
                let from = start.saturating_sub(*at).min(value.len());
                let to = end.saturating_sub(*at).min(value.len());
                let place = span(host.start as usize + from, host.start as usize + to);
                Chunk::Text { value: value.get(from..to).unwrap_or("").to_owned(), host: place, exact: true }
            }
            other => other.clone(),
        };
        within.iter().map(cut).collect()
    }
}

fn blank(host: Span) -> Chunk {
    Chunk::Text { value: " ".to_owned(), host, exact: false }
}

fn place(chunk: &Chunk) -> Span {
    match chunk {
        Chunk::Text { host, .. } | Chunk::Hole { host, .. } | Chunk::Clauses { host } => *host,
    }
}

fn statement(chunks: &Chunks) -> Option<Fragment> {
    let home = Span::new(place(chunks.first()?).start, place(chunks.last()?).end);
    Some(holes::fill_document(chunks)?.at(home))
}

//! A piece of CQL found in a host file, and where each of its bytes comes from.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

/// CQL put together from the strings of a host file.
///
/// ```
/// use cqlint_analysis::Fragment;
/// use cqlint_analysis::syntax::Span;
///
/// // "DELETE FROM " + "t" in a host file, where the quotes begin at 8 and 24.
/// let mut fragment = Fragment::default().at(Span::new(8, 27));
/// fragment.push("DELETE FROM ", Span::new(9, 21), true);
/// fragment.push("t", Span::new(25, 26), true);
/// assert_eq!(fragment.text(), "DELETE FROM t");
/// assert_eq!(fragment.host(Span::new(12, 13)), Span::new(25, 26));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    text: String,
    /// In the order of the text, without gaps.
    pieces: Vec<Piece>,
    /// Where something stands that nobody knows and that may hold clauses.
    open: Vec<Span>,
    /// The expression in the host file that makes the text.
    home: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the text.
    start: u32,
    host: Span,
    /// Whether the host file has the same bytes. An escape has others, and so has what stands for a hole.
    exact: bool,
}

impl Fragment {
    /// Adds text that stands at `host` in the host file; `exact` when byte for byte.
    pub fn push(&mut self, text: &str, host: Span, exact: bool) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        // What continues the piece before belongs to it.
        if let Some(last) = self.pieces.last_mut()
            && exact
            && last.exact
            && last.host.end == host.start
        {
            last.host.end = host.end;
            return;
        }
        self.pieces.push(Piece { start, host, exact });
    }

    /// Adds what stands for clauses that nobody knows: something that parses in their place, or a blank.
    pub fn push_open(&mut self, filler: &str, host: Span) {
        let start = self.text.len() as u32;
        // The place needs a byte of its own to be found again.
        self.push(if filler.is_empty() { " " } else { filler }, host, false);
        self.open.push(Span::new(start, self.text.len() as u32));
    }

    /// Says which expression of the host file makes the text.
    #[must_use]
    pub fn at(self, home: Span) -> Self {
        Self { home, ..self }
    }

    /// The CQL.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The places where unknown clauses may stand, for [`Options::open`](crate::Options::open).
    #[must_use]
    pub fn open(&self) -> &[Span] {
        &self.open
    }

    /// The place in the host file of a place in the text. What goes on in a piece that stands elsewhere, as a constant does,
    /// ends with the piece in which it begins.
    #[must_use]
    pub fn host(&self, span: Span) -> Span {
        let (Some(first), Some(last)) = (self.piece(span.start), self.piece(span.end.max(span.start + 1) - 1)) else {
            return Span::default();
        };
        let start = if first.exact { first.host.start + (span.start - first.start) } else { first.host.start };
        let end = if last.exact { last.host.start + (span.end - last.start) } else { last.host.end };
        let is_home = |piece: Piece| self.home.start <= piece.host.start && piece.host.end <= self.home.end;
        let adjoins = first == last || is_home(first) && is_home(last);
        if adjoins && end > start { Span::new(start, end) } else { Span::new(start, first.host.end) }
    }

    fn piece(&self, at: u32) -> Option<Piece> {
        let behind = self.pieces.partition_point(|piece| piece.start <= at);
        self.pieces.get(behind.checked_sub(1)?).copied()
    }
}

//! From places in the text of a fragment to places in the host file.

use cqlint_drivers::Driver;
use cqlint_syntax::Span;

use super::{Fragment, Piece};
use crate::Fix;

impl Fragment {
    /// The place in the host file of a place in the text. What goes on in a piece that stands elsewhere, as a constant does,
    /// ends where the pieces no longer stand together.
    #[must_use]
    pub fn host(&self, span: Span) -> Span {
        let (first, last) = (self.piece(span.start), self.piece(span.end.max(span.start + 1) - 1));
        let pieces = first.zip(last).and_then(|(first, last)| self.pieces.get(first..=last)).unwrap_or_default();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Span::default() };
        let start = if first.exact { first.host.start + (span.start - first.start) } else { first.host.start };
        let end = if last.exact { last.host.start + (span.end - last.start) } else { last.host.end };
        let is_home = |piece: &Piece| self.home.start <= piece.host.start && piece.host.end <= self.home.end;
        if is_home(first) && is_home(last) && end > start {
            return Span::new(start, end);
        }
        // An escape is a piece of its own, and what is written around it stands beside it.
        let joints = pieces.windows(2).take_while(|pair| matches!(pair, [one, next] if one.host.end == next.host.start)).count();
        let together = pieces.get(joints).map_or(end, |last| last.host.end);
        Span::new(start, if joints + 1 == pieces.len() { end } else { together })
    }

    /// Where a statement of the text stands in the host file. One that begins with a constant of elsewhere still stands where
    /// it is put together.
    #[must_use]
    pub fn place(&self, statement: Span) -> Span {
        let span = self.host(statement);
        if self.home.start <= span.start && span.start < self.home.end { span } else { self.home }
    }

    /// The number of the piece with this byte.
    fn piece(&self, at: u32) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.start <= at).checked_sub(1)
    }

    /// The place in the host file, when the bytes there are these and belong to the expression that makes the text: what is
    /// changed there changes this statement and nothing else. An empty place stands right behind the byte before it.
    ///
    /// ```
    /// use cqlint_analysis::Fragment;
    /// use cqlint_analysis::syntax::Span;
    ///
    /// // "DROP\tTABLE t": the escape is not the byte that it stands for.
    /// let mut fragment = Fragment::default().at(Span::new(0, 16));
    /// fragment.push("DROP", Span::new(1, 5), true);
    /// fragment.push("\t", Span::new(5, 7), false);
    /// fragment.push("TABLE t", Span::new(7, 14), true);
    /// assert_eq!(fragment.exact_host(Span::new(10, 10)), Some(Span::new(12, 12)));
    /// assert_eq!(fragment.exact_host(Span::new(0, 10)), None);
    /// ```
    #[must_use]
    pub fn exact_host(&self, span: Span) -> Option<Span> {
        let first = if span.is_empty() { span.start.checked_sub(1)? } else { span.start };
        let piece = self.pieces.get(self.piece(first)?).filter(|piece| piece.exact)?;
        let at = |place: u32| piece.host.start + (place - piece.start);
        let place = Span::new(at(span.start), at(span.end));
        let is_home = self.home.start <= place.start && place.end <= self.home.end;
        (is_home && place.end <= piece.host.end).then_some(place)
    }

    /// The place in the text of a byte of the host file; nothing for what stands beside the text, and within escapes. A byte that
    /// the text has several times, as that of a constant, is meant where it stands first.
    ///
    /// ```
    /// use cqlint_analysis::Fragment;
    /// use cqlint_analysis::syntax::Span;
    ///
    /// // "DELETE FROM " + "t", where the quotes begin at 8 and 24.
    /// let mut fragment = Fragment::default().at(Span::new(8, 27));
    /// fragment.push("DELETE FROM ", Span::new(9, 21), true);
    /// fragment.push("t", Span::new(25, 26), true);
    /// assert_eq!(fragment.within(25), Some(12));
    /// assert_eq!(fragment.within(23), None);
    /// ```
    #[must_use]
    pub fn within(&self, host: u32) -> Option<u32> {
        let holds = |piece: &&Piece| piece.exact && piece.host.start <= host && host <= piece.host.end;
        // Between two pieces the later one counts, as what stands behind a cursor does.
        let mut holding = self.pieces.iter().filter(holds);
        let first = holding.next()?;
        let piece = if host == first.host.end { holding.find(|piece| piece.host.start == host).unwrap_or(first) } else { first };
        Some(piece.start + (host - piece.host.start))
    }

    /// The fix, with places in the host file; nothing where it would have to change more than these bytes.
    pub(super) fn host_fix(&self, mut fix: Fix) -> Option<Fix> {
        // These mean themselves in every string of every language, formatted or not.
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" _?:".contains(&byte));
        let binds = fix.edits.iter().any(|edit| edit.text.contains(['?', ':']));
        if !fix.edits.iter().all(|edit| is_plain(&edit.text)) || binds && !self.binds_as_cql_does() {
            return None;
        }
        for edit in &mut fix.edits {
            edit.span = self.exact_host(edit.span)?;
        }
        Some(fix)
    }

    /// Whether bind markers stand in the host file as CQL has them, and not as the driver writes them in.
    fn binds_as_cql_does(&self) -> bool {
        let is_exact = |at: usize| self.exact_host(Span::new(at as u32, at as u32 + 1)).is_some();
        let mut markers = self.text.match_indices('?').map(|(at, _)| at).peekable();
        // Without any, Python's text may be one that takes `%s`.
        let is_open = markers.peek().is_none() && self.all_sites().any(|site| site.driver == Some(Driver::Python));
        !is_open && markers.all(is_exact)
    }
}

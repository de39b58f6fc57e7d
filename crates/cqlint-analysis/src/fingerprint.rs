//! What a finding is known by from one run to the next, wherever its statement has moved.

use core::fmt;
use core::str::FromStr;

use cqlint_syntax::{Lexer, Span, Token, print};

use crate::suppression::line;
use crate::{Diagnostic, Fragment};

/// What a finding is known by: its rule and the text of its statement in one line. Line numbers are no part of it, so it stays
/// when lines come and go, when the statement is indented otherwise, written in other letters or moved within its file. The path
/// is no part of it either: who keeps fingerprints of several files keeps the paths beside them.
///
/// It is the hash FNV-1a of 64 bits (offset basis `cbf29ce484222325`, prime `100000001b3`) over the UTF-8 of the statement as
/// [`print`] writes it, a zero byte, and the name of the rule. For what is of no statement, such as a comment that hides
/// nothing, the line where it begins stands in for the statement, with one blank for each gap. These numbers never change.
///
/// ```
/// use cqlint_analysis::{analyze, Fingerprint, Options};
///
/// let options = Options::default();
/// let known = |text: &str| {
///     let statement = analyze(text, &options).statements.remove(0);
///     Fingerprint::of(&statement.diagnostics(text, &options)[0], text)
/// };
/// let before = known("UPDATE t SET n = n + 1 WHERE k = 1");
/// assert_eq!(before.to_string(), "4379f22d1edd2f7b");
/// assert_eq!(known("\n-- visits\n  update t\n  set n=n+1 where k = 1;"), before);
/// assert_ne!(known("UPDATE t SET n = n + 2 WHERE k = 1"), before);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a finding in a file with this text.
    #[must_use]
    pub fn of(finding: &Diagnostic, text: &str) -> Self {
        let place = match finding.subject {
            None => Fnv::of_line(text, finding.span.range().start),
            Some(Subject { hash: Some(hash), .. }) => hash,
            Some(Subject { span, hash: None, .. }) => Fnv::of_statement(span.text(text)),
        };
        Self(place.and(b"\0").and(finding.rule.name.as_bytes()).0)
    }

    /// Of something that no rule has found: what is said, and what it is called.
    #[must_use]
    pub fn named(name: &str, said: &str) -> Self {
        Self(Fnv::of_words(said).and(b"\0").and(name.as_bytes()).0)
    }

    /// The same as the `number`th of its kind in a file: no other among the findings of all files has it.
    #[must_use]
    pub fn in_file(self, path: &str, number: u32) -> Self {
        Self(Fnv(self.0).and(path.as_bytes()).and(b"\0").and(&number.to_be_bytes()).0)
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Reads what is written by [`fmt::Display`].
impl FromStr for Fingerprint {
    type Err = core::num::ParseIntError;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(digits, 16).map(Self)
    }
}

/// The statement that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// From its first token up to its last.
    pub span: Span,
    /// What makes its text: in a program an expression, else the statement itself.
    pub home: Span,
    /// Of its text in one line, where that is not what stands at `span`.
    hash: Option<Fnv>,
}

impl Subject {
    /// The same statement where it stands after a change of the text.
    #[must_use]
    pub fn moved(self, to: impl Fn(Span) -> Span) -> Self {
        Self { span: to(self.span), home: to(self.home), ..self }
    }

    /// The statement at `span` of a text of CQL.
    pub(crate) fn new(span: Span) -> Self {
        Self { span, home: span, hash: None }
    }

    /// The statement at `span` of the text of a fragment, with places in the host file.
    pub(crate) fn of_fragment(span: Span, fragment: &Fragment) -> Self {
        let hash = Some(Fnv::of_statement(span.text(fragment.text())));
        Self { span: fragment.place(span), home: fragment.home(), hash }
    }
}

/// A hash in the making: FNV-1a, 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fnv(u64);

impl Fnv {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);
    const PRIME: u64 = 0x0100_0000_01b3;

    fn and(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(Self::PRIME)))
    }

    /// The statement in one line.
    fn of_statement(statement: &str) -> Self {
        let tokens: alloc::vec::Vec<Token> = Lexer::new(statement).collect();
        Self::EMPTY.and(print(statement, &tokens).as_bytes())
    }

    /// The line with this byte, with one blank for each gap.
    fn of_line(text: &str, at: usize) -> Self {
        Self::of_words(text.get(line(text, at)).unwrap_or_default().trim_start_matches('\u{feff}'))
    }

    /// The text with one blank for each gap.
    fn of_words(text: &str) -> Self {
        text.split_whitespace().enumerate().fold(Self::EMPTY, |hash, (number, word)| {
            let gap: &[u8] = if number == 0 { b"" } else { b" " };
            hash.and(gap).and(word.as_bytes())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those that the inventors of the hash give.
    #[test]
    fn the_hash_is_the_known_one() {
        let hash = |text: &str| Fnv::EMPTY.and(text.as_bytes()).0;
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(Fnv::of_line("one\n\u{feff}\tfoo   bar \r\ntwo", 6), Fnv::EMPTY.and(b"foo bar"));
    }

    #[test]
    fn what_is_written_is_read() {
        let one = Fingerprint(0x0f);
        assert_eq!(alloc::string::ToString::to_string(&one).parse(), Ok(one));
        assert!("".parse::<Fingerprint>().is_err() && "xyz".parse::<Fingerprint>().is_err());
    }
}

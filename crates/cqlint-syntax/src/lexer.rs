//! Text to tokens, dispatching on the first byte; words and strings are taken as runs of eight bytes.
//!
//! The rules are those of Cassandra's `Lexer.g` and of ScyllaDB's `Cql.g`; where these differ, the wider one holds.

use crate::keyword::{self, Keyword};
use crate::{Span, Token, TokenKind};

mod number;

/// Reads tokens from a text, one by one.
///
/// ```
/// use cqlint_syntax::{Lexer, TokenKind};
///
/// let kinds: Vec<_> = Lexer::new("c=c-1").map(|token| token.kind).collect();
/// assert_eq!(kinds, [TokenKind::Word, TokenKind::Equal, TokenKind::Word, TokenKind::Integer]);
/// ```
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// From here on no comment ends. It is remembered, so that a thousand comments that stay open are not a thousand times
    /// followed to the end of the text.
    endless: usize,
}

impl<'a> Lexer<'a> {
    /// A lexer at the start of `text`, behind a byte order mark.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { bytes: text.as_bytes(), at, endless: usize::MAX }
    }

    /// The same text from byte `at` on.
    pub(crate) fn resume(&mut self, at: u32) {
        self.at = at as usize;
    }

    /// How far it has read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    #[inline(always)]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The eight bytes from `at`, little-endian; zeros behind the end.
    fn word_at(&self, at: usize) -> u64 {
        if let Some(eight) = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            return u64::from_le_bytes(*eight);
        }
        let tail = self.bytes.get(at..).unwrap_or_default();
        tail.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
    }

    /// The next token; [`TokenKind::End`] for ever after the last.
    pub(crate) fn token(&mut self) -> Token {
        self.read()
    }

    /// The same, for the one loop that reads most tokens. Inlined there, and with parts that answer a kind and an end in
    /// registers, a token is written once; handed over in memory it would be read again at once, which costs more than
    /// the lexing.
    #[inline(always)]
    pub(crate) fn read(&mut self) -> Token {
        let start = self.next_start();
        let mut keyword = Keyword::None;
        let (kind, end) = match self.bytes.get(start) {
            None => (TokenKind::End, start),
            Some(&byte) => match CLASS.get(usize::from(byte)).copied().unwrap_or(Class::Other) {
                Class::Letter => {
                    let (kind, end, found) = self.word(start);
                    keyword = found;
                    (kind, end)
                }
                Class::Single(kind) => (kind, start + 1),
                Class::Quote => match self.closing(start, b'\'') {
                    Some(end) => (TokenKind::String, end),
                    None => (TokenKind::UnterminatedString, self.bytes.len()),
                },
                Class::Digit => self.number(start),
                Class::Blank | Class::Other => self.rare(start, byte),
            },
        };
        self.at = end;
        Token { span: Span::new(start as u32, end as u32), kind, keyword }
    }

    /// Behind blanks and comments. A comment that never ends is a token.
    #[inline(always)]
    fn next_start(&mut self) -> usize {
        let mut at = self.at;
        loop {
            match self.byte(at) {
                b' ' | b'\t' | b'\n' | b'\r' => at += 1,
                b'-' | b'/' => match self.after_comment(at) {
                    Some(end) => at = end,
                    None => return at,
                },
                _ => return at,
            }
        }
    }

    fn after_comment(&mut self, start: usize) -> Option<usize> {
        let rest = self.bytes.get(start..).unwrap_or_default();
        match (self.byte(start), self.byte(start + 1)) {
            (b'-', b'-') | (b'/', b'/') => Some(start + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())),
            (b'/', b'*') if start < self.endless => {
                let end = memchr::memmem::find(rest.get(2..)?, b"*/").map(|length| start + length + 4);
                if end.is_none() {
                    self.endless = start;
                }
                end
            }
            _ => None,
        }
    }

    /// Passes over the rest of a statement: up to behind its `;`. Strings and comments may hold semicolons; what else
    /// stands there is of no interest.
    pub(crate) fn skip_statement(&mut self) {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(found) = rest.iter().position(|byte| matches!(byte, b';' | b'\'' | b'"' | b'$' | b'-' | b'/')) else {
                self.at = self.bytes.len();
                return;
            };
            let at = self.at + found;
            self.at = match self.byte(at) {
                b';' => {
                    self.at = at + 1;
                    return;
                }
                b'-' | b'/' => self.after_comment(at).unwrap_or(at + 1),
                _ => {
                    self.at = at;
                    self.token();
                    self.at
                }
            };
        }
    }

    #[inline(always)]
    fn word(&self, start: usize) -> (TokenKind, usize, Keyword) {
        let first = self.word_at(start);
        let mut end = start + run(first);
        if end == start + 8 {
            loop {
                let more = run(self.word_at(end));
                end += more;
                if more < 8 {
                    break;
                }
            }
        }
        // Only a word that can begin one of the rarer forms pays for looking.
        let uuid = end == start + 8 && self.byte(end) == b'-';
        if (uuid || first as u8 == b'P')
            && let Some((kind, end)) = self.uuid_or_duration(start, end)
        {
            return (kind, end, Keyword::None);
        }
        let keyword = match end - start {
            2..=26 => keyword::lookup(self.bytes.get(start..end).unwrap_or_default(), first),
            _ => Keyword::None,
        };
        (TokenKind::Word, end, keyword)
    }

    /// Offset behind the quote that closes what opens at `start`; a quote inside stands twice.
    #[inline]
    fn closing(&self, start: usize, quote: u8) -> Option<usize> {
        let mut at = start + 1;
        loop {
            at += find(self.bytes.get(at..)?, quote)? + 1;
            if self.byte(at) != quote {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Tokens that few statements have, by their first byte.
    fn rare(&self, start: usize, byte: u8) -> (TokenKind, usize) {
        let next = self.byte(start + 1);
        match (byte, next) {
            (b'"', _) => match self.closing(start, b'"') {
                Some(end) if end == start + 2 => (TokenKind::EmptyName, end),
                Some(end) => (TokenKind::QuotedName, end),
                None => (TokenKind::UnterminatedName, self.bytes.len()),
            },
            (b'-', b'0'..=b'9') => self.number(start),
            (b'-', b'=') => (TokenKind::MinusEqual, start + 2),
            (b'-', _) => self.signed_word(start).unwrap_or((TokenKind::Minus, start + 1)),
            (b'/', b'*') => (TokenKind::UnterminatedComment, self.bytes.len()),
            (b'/', _) => (TokenKind::Slash, start + 1),
            (b'<', b'=') => (TokenKind::LessEqual, start + 2),
            (b'<', _) => (TokenKind::Less, start + 1),
            (b'>', b'=') => (TokenKind::GreaterEqual, start + 2),
            (b'>', _) => (TokenKind::Greater, start + 1),
            (b'+', b'=') => (TokenKind::PlusEqual, start + 2),
            (b'+', _) => (TokenKind::Plus, start + 1),
            (b'!', b'=') => (TokenKind::NotEqual, start + 2),
            (b'.', b'.') => (TokenKind::Range, start + 2),
            (b'.', _) => (TokenKind::Dot, start + 1),
            (b'$', b'$') => match memchr::memmem::find(self.bytes.get(start + 2..).unwrap_or_default(), b"$$") {
                Some(length) => (TokenKind::String, start + 2 + length + 2),
                None => (TokenKind::UnterminatedString, self.bytes.len()),
            },
            _ => (TokenKind::Unknown, self.after_unknown(start)),
        }
    }

    /// Behind a run of characters that begin no token: random bytes give few errors.
    fn after_unknown(&self, start: usize) -> usize {
        let mut end = start + 1;
        while matches!(self.byte(end), b'!' | b'#' | b'&' | b'\\' | b'^' | b'`' | b'|' | b'~' | 1..=8 | 11 | 12 | 14..=31 | 127..) {
            end += 1;
        }
        // Not within a character.
        while self.bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
            end += 1;
        }
        end
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let token = self.token();
        (token.kind != TokenKind::End).then_some(token)
    }
}

/// What the first byte of a token says about it.
#[derive(Clone, Copy)]
enum Class {
    Blank,
    Letter,
    Digit,
    Quote,
    /// A token of one byte.
    Single(TokenKind),
    /// A rare form, or none.
    Other,
}

static CLASS: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "the table has a place for every byte")]
        {
            table[byte] = class_of(byte as u8);
        }
        byte += 1;
    }
    table
};

const fn class_of(byte: u8) -> Class {
    match byte {
        b' ' | b'\t' | b'\n' | b'\r' => Class::Blank,
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b'\'' => Class::Quote,
        b'?' => Class::Single(TokenKind::Question),
        b'(' => Class::Single(TokenKind::OpenParen),
        b')' => Class::Single(TokenKind::CloseParen),
        b'[' => Class::Single(TokenKind::OpenBracket),
        b']' => Class::Single(TokenKind::CloseBracket),
        b'{' => Class::Single(TokenKind::OpenBrace),
        b'}' => Class::Single(TokenKind::CloseBrace),
        b',' => Class::Single(TokenKind::Comma),
        b';' => Class::Single(TokenKind::Semicolon),
        b':' => Class::Single(TokenKind::Colon),
        b'*' => Class::Single(TokenKind::Star),
        b'%' => Class::Single(TokenKind::Percent),
        b'=' => Class::Single(TokenKind::Equal),
        b'@' => Class::Single(TokenKind::At),
        _ => Class::Other,
    }
}

/// Offset of `byte`: short runs by hand, since most strings end within a few words of eight.
fn find(haystack: &[u8], byte: u8) -> Option<usize> {
    let pattern = u64::from_ne_bytes([byte; 8]);
    let mut at = 0;
    while at < 32 {
        let Some(eight) = haystack.get(at..).and_then(<[u8]>::first_chunk::<8>) else { break };
        let other = u64::from_le_bytes(*eight) ^ pattern;
        let zero = other.wrapping_sub(ONES) & !other & HIGH;
        if zero != 0 {
            return Some(at + (zero.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    memchr::memchr(byte, haystack.get(at..)?).map(|found| at + found)
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many of the eight bytes, from the first on, are letters, digits or `_`.
const fn run(word: u64) -> usize {
    let low = word & !HIGH;
    let folded = low | 0x2020_2020_2020_2020;
    // Each addition carries into a byte's high bit when the byte is at least the character.
    let letter = (folded + ONES * (0x80 - b'a' as u64)) & !(folded + ONES * (0x80 - b'z' as u64 - 1));
    let digit = (low + ONES * (0x80 - b'0' as u64)) & !(low + ONES * (0x80 - b'9' as u64 - 1));
    let underscore = !((low ^ (ONES * b'_' as u64)) + ONES * 0x7f);
    let other = !(letter | digit | underscore) & HIGH | word & HIGH;
    (other.trailing_zeros() / 8) as usize
}

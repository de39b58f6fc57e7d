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
}

impl<'a> Lexer<'a> {
    /// A lexer at the start of `text`, behind a byte order mark.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { bytes: text.as_bytes(), at }
    }

    /// The same text from byte `at` on.
    pub(crate) fn resume(&mut self, at: u32) {
        self.at = at as usize;
    }

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
        loop {
            let start = self.at;
            let Some(&byte) = self.bytes.get(start) else {
                return self.make(TokenKind::End, start, start);
            };
            let class = CLASS.get(usize::from(byte)).copied().unwrap_or(Class::Other);
            return match class {
                Class::Blank => {
                    self.at = start + 1;
                    while is_blank(self.byte(self.at)) {
                        self.at += 1;
                    }
                    continue;
                }
                Class::Letter => self.word(start),
                Class::Digit => self.number(start),
                Class::Quote => self.string(start),
                Class::DoubleQuote => self.quoted_name(start),
                Class::Single(kind) => self.make(kind, start, start + 1),
                Class::Minus => match self.byte(start + 1) {
                    b'0'..=b'9' => self.number(start),
                    b'-' => {
                        self.line_comment(start);
                        continue;
                    }
                    b'=' => self.make(TokenKind::MinusEqual, start, start + 2),
                    _ => match self.signed_word(start) {
                        Some((kind, end)) => self.make(kind, start, end),
                        None => self.make(TokenKind::Minus, start, start + 1),
                    },
                },
                Class::Slash => match self.byte(start + 1) {
                    b'/' => {
                        self.line_comment(start);
                        continue;
                    }
                    b'*' => match memchr::memmem::find(self.bytes.get(start + 2..).unwrap_or_default(), b"*/") {
                        Some(length) => {
                            self.at = start + 2 + length + 2;
                            continue;
                        }
                        None => self.make(TokenKind::UnterminatedComment, start, self.bytes.len()),
                    },
                    _ => self.make(TokenKind::Slash, start, start + 1),
                },
                Class::Operator => self.operator(start, byte),
                Class::Dollar => self.dollar_string(start),
                Class::Other => self.unknown(start),
            };
        }
    }

    fn make(&mut self, kind: TokenKind, start: usize, end: usize) -> Token {
        self.at = end;
        Token { span: Span::new(start as u32, end as u32), kind, keyword: Keyword::None }
    }

    fn word(&mut self, start: usize) -> Token {
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
        // Only a first letter that can begin one of the rarer forms pays for looking.
        if let Some((kind, end)) = self.uuid_or_duration(start, end) {
            return self.make(kind, start, end);
        }
        self.at = end;
        let keyword = match end - start {
            2..=26 => keyword::lookup(self.bytes.get(start..end).unwrap_or_default(), first),
            _ => Keyword::None,
        };
        Token { span: Span::new(start as u32, end as u32), kind: TokenKind::Word, keyword }
    }

    fn line_comment(&mut self, start: usize) {
        let rest = self.bytes.get(start..).unwrap_or_default();
        self.at = start + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }

    /// `'…'` with `''` for a quote inside.
    fn string(&mut self, start: usize) -> Token {
        match self.closing(start, b'\'') {
            Some(end) => self.make(TokenKind::String, start, end),
            None => self.make(TokenKind::UnterminatedString, start, self.bytes.len()),
        }
    }

    fn quoted_name(&mut self, start: usize) -> Token {
        match self.closing(start, b'"') {
            Some(end) if end == start + 2 => self.make(TokenKind::EmptyName, start, end),
            Some(end) => self.make(TokenKind::QuotedName, start, end),
            None => self.make(TokenKind::UnterminatedName, start, self.bytes.len()),
        }
    }

    /// Offset behind the quote that closes what opens at `start`.
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

    fn dollar_string(&mut self, start: usize) -> Token {
        if self.byte(start + 1) != b'$' {
            return self.unknown(start);
        }
        match memchr::memmem::find(self.bytes.get(start + 2..).unwrap_or_default(), b"$$") {
            Some(length) => self.make(TokenKind::String, start, start + 2 + length + 2),
            None => self.make(TokenKind::UnterminatedString, start, self.bytes.len()),
        }
    }

    fn operator(&mut self, start: usize, byte: u8) -> Token {
        let equals = self.byte(start + 1) == b'=';
        let (kind, length) = match (byte, equals) {
            (b'<', true) => (TokenKind::LessEqual, 2),
            (b'<', false) => (TokenKind::Less, 1),
            (b'>', true) => (TokenKind::GreaterEqual, 2),
            (b'>', false) => (TokenKind::Greater, 1),
            (b'+', true) => (TokenKind::PlusEqual, 2),
            (b'+', false) => (TokenKind::Plus, 1),
            (b'!', true) => (TokenKind::NotEqual, 2),
            (b'.', _) if self.byte(start + 1) == b'.' => (TokenKind::Range, 2),
            (b'.', _) => (TokenKind::Dot, 1),
            _ => return self.unknown(start),
        };
        self.make(kind, start, start + length)
    }

    /// A run of characters that begin no token, as one: random bytes give few errors.
    fn unknown(&mut self, start: usize) -> Token {
        let mut end = start + 1;
        while end < self.bytes.len() && matches!(class_of(self.byte(end)), Class::Other) {
            end += 1;
        }
        self.make(TokenKind::Unknown, start, end)
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
    DoubleQuote,
    Single(TokenKind),
    Minus,
    Slash,
    Operator,
    Dollar,
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
        b'"' => Class::DoubleQuote,
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
        b'-' => Class::Minus,
        b'/' => Class::Slash,
        b'<' | b'>' | b'+' | b'!' | b'.' => Class::Operator,
        b'$' => Class::Dollar,
        _ => Class::Other,
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
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

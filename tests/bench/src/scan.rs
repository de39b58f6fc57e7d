//! The bare token scan: where tokens begin and end, and nothing else. It is the limit that the lexer is held to.
//!
//! On statements that are valid it finds the lexer's tokens, which a test compares. On others it need not: it takes
//! whatever follows a digit for a number, and looks into no duration.

use memchr::{memchr, memmem};

/// Calls `token` with the end of each token of `text`.
#[inline]
pub fn scan(text: &str, mut token: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        at = match CLASS.get(usize::from(first)) {
            Some(Class::Blank) => {
                at += 1;
                continue;
            }
            Some(Class::Word) => word(bytes, at),
            Some(Class::Digit) => number(bytes, at),
            Some(Class::Quote) => quoted(bytes, at, first),
            Some(Class::Minus) => match byte(bytes, at + 1) {
                b'0'..=b'9' => number(bytes, at + 1),
                b'-' => {
                    at += memchr(b'\n', rest(bytes, at)).unwrap_or(bytes.len() - at);
                    continue;
                }
                b'=' => at + 2,
                _ => at + 1,
            },
            Some(Class::Slash) if byte(bytes, at + 1) == b'*' => {
                at = memmem::find(rest(bytes, at + 2), b"*/").map_or(bytes.len(), |length| at + length + 4);
                continue;
            }
            Some(Class::Slash) if byte(bytes, at + 1) == b'/' => {
                at += memchr(b'\n', rest(bytes, at)).unwrap_or(bytes.len() - at);
                continue;
            }
            Some(Class::Dollar) if byte(bytes, at + 1) == b'$' => {
                memmem::find(rest(bytes, at + 2), b"$$").map_or(bytes.len(), |length| at + length + 4)
            }
            Some(Class::Equals) if byte(bytes, at + 1) == b'=' => at + 2,
            Some(Class::Dot) if byte(bytes, at + 1) == b'.' => at + 2,
            _ => at + 1,
        };
        token(at);
    }
}

#[derive(Clone, Copy)]
enum Class {
    /// A token of one byte.
    Single,
    Blank,
    Word,
    Digit,
    Quote,
    Minus,
    Slash,
    Dollar,
    Dot,
    /// May be followed by `=`.
    Equals,
}

static CLASS: [Class; 256] = {
    let mut table = [Class::Single; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "the table has a place for every byte")]
        {
            table[byte] = match byte as u8 {
                b' ' | b'\t' | b'\n' | b'\r' => Class::Blank,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Word,
                b'0'..=b'9' => Class::Digit,
                b'\'' | b'"' => Class::Quote,
                b'-' => Class::Minus,
                b'/' => Class::Slash,
                b'$' => Class::Dollar,
                b'.' => Class::Dot,
                b'<' | b'>' | b'!' | b'+' => Class::Equals,
                _ => Class::Single,
            };
        }
        byte += 1;
    }
    table
};

#[inline]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

#[inline]
fn rest(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

#[inline]
fn word(bytes: &[u8], start: usize) -> usize {
    let end = run(bytes, start);
    if end == start + 8 && byte(bytes, end) == b'-' && is_uuid(bytes, start) { start + 36 } else { end }
}

#[inline]
fn number(bytes: &[u8], start: usize) -> usize {
    let end = run(bytes, start);
    match byte(bytes, end) {
        b'-' if end == start + 8 && is_uuid(bytes, start) => start + 36,
        b'.' if byte(bytes, end + 1) != b'.' => run(bytes, end + 1),
        _ => end,
    }
}

/// Behind the quote that closes what opens at `start`; two quotes stand for one.
#[inline]
fn quoted(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    loop {
        at = find(bytes, at, quote) + 1;
        if byte(bytes, at) != quote {
            return at.min(bytes.len());
        }
        at += 1;
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Offset of `wanted`, or the end: most strings end within a few words of eight.
#[inline]
fn find(bytes: &[u8], start: usize, wanted: u8) -> usize {
    let mut at = start;
    while at < start + 32 {
        let Some(eight) = rest(bytes, at).first_chunk::<8>() else { break };
        let other = u64::from_le_bytes(*eight) ^ (ONES * u64::from(wanted));
        let zero = other.wrapping_sub(ONES) & !other & HIGH;
        if zero != 0 {
            return at + (zero.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    memchr(wanted, rest(bytes, at)).map_or(bytes.len(), |length| at + length)
}

/// Behind the letters, digits and `_` from `start` on, eight at a time.
#[inline]
fn run(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(eight) = rest(bytes, at).first_chunk::<8>() {
        let word = u64::from_le_bytes(*eight);
        let low = word & !HIGH;
        let folded = low | (ONES * 0x20);
        let letter = between(folded, b'a', b'z');
        let digit = between(low, b'0', b'9');
        let underscore = !((low ^ (ONES * u64::from(b'_'))) + ONES * 0x7f);
        let other = (!(letter | digit | underscore) | word) & HIGH;
        if other != 0 {
            return at + (other.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while matches!(byte(bytes, at), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') {
        at += 1;
    }
    at
}

/// The high bit of each byte that is from `first` to `last`; all are below 0x80.
#[inline]
fn between(word: u64, first: u8, last: u8) -> u64 {
    (word + ONES * u64::from(0x80 - first)) & !(word + ONES * u64::from(0x7f - last))
}

/// 8-4-4-4-12 hexadecimal digits, without a branch for each: digits are random.
#[inline]
fn is_uuid(bytes: &[u8], start: usize) -> bool {
    let Some(text) = rest(bytes, start).first_chunk::<36>() else { return false };
    let &[
        a0,
        a1,
        a2,
        a3,
        a4,
        a5,
        a6,
        a7,
        d0,
        b0,
        b1,
        b2,
        b3,
        d1,
        c0,
        c1,
        c2,
        c3,
        d2,
        e0,
        e1,
        e2,
        e3,
        d3,
        f0,
        f1,
        f2,
        f3,
        g0,
        g1,
        g2,
        g3,
        g4,
        g5,
        g6,
        g7,
    ] = text;
    let words = [
        [a0, a1, a2, a3, a4, a5, a6, a7],
        [b0, b1, b2, b3, c0, c1, c2, c3],
        [e0, e1, e2, e3, f0, f1, f2, f3],
        [g0, g1, g2, g3, g4, g5, g6, g7],
    ];
    let hexadecimal = words.iter().fold(HIGH, |all, eight| {
        let word = u64::from_le_bytes(*eight);
        let low = word & !HIGH;
        all & (between(low | (ONES * 0x20), b'a', b'f') | between(low, b'0', b'9')) & !word
    });
    [d0, d1, d2, d3] == [b'-'; 4] && hexadecimal & HIGH == HIGH
}

#[cfg(test)]
mod tests {
    use super::scan;
    use crate::{Result, workload};

    #[test]
    fn the_scan_finds_the_tokens_of_the_lexer() -> Result {
        let mut samples: Vec<_> = workload::small()?.into_iter().map(|sample| sample.cql).collect();
        samples.push("x = 1..2 /* */ \"a\"\"b\" // end".into());
        samples.push("a<=b AND c!=-1 AND d+=1.5 -- end".into());
        for text in samples {
            let mut ends = Vec::new();
            scan(&text, |end| ends.push(end));
            let lexed: Vec<_> = cqlint_syntax::Lexer::new(&text).map(|token| token.span.end as usize).collect();
            assert_eq!(ends, lexed, "{text}");
        }
        Ok(())
    }
}

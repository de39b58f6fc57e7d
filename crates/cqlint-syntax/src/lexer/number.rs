//! Numbers, durations, blobs and uuids: the tokens that begin with a digit or look like a word until they do not.

use super::{HIGH, Lexer, ONES};
use crate::TokenKind;

impl Lexer<'_> {
    /// A token that begins with a digit, or with a minus before one.
    pub(super) fn number(&self, start: usize) -> (TokenKind, usize) {
        let digits = start + usize::from(self.byte(start) == b'-');
        if digits == start {
            if self.is_uuid(start) {
                return (TokenKind::Uuid, start + 36);
            }
            if self.byte(start) == b'0' && self.byte(start + 1) | 0x20 == b'x' {
                return (TokenKind::Blob, self.after_hex(start + 2));
            }
        }
        let end = self.after_digits(digits);
        match self.byte(end) {
            b'.' if self.byte(end + 1) != b'.' || self.byte(end + 2) == b'.' => {
                let end = self.after_digits(end + 1);
                (TokenKind::Float, self.after_exponent(end).unwrap_or(end))
            }
            b'a'..=b'z' | b'A'..=b'Z' | 0xC2 => {
                if let Some(end) = self.after_exponent(end) {
                    (TokenKind::Float, end)
                } else if let Some(end) = self.after_units(digits) {
                    (TokenKind::Duration, end)
                } else {
                    (TokenKind::Integer, end)
                }
            }
            _ => (TokenKind::Integer, end),
        }
    }

    /// `-NaN`, `-Infinity` and `-P…`, which begin with a minus and a letter.
    pub(super) fn signed_word(&self, start: usize) -> Option<(TokenKind, usize)> {
        for word in ["nan", "infinity"] {
            let end = start + 1 + word.len();
            let found = self.bytes.get(start + 1..end).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()));
            if found && !matches!(self.byte(end), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') {
                return Some((TokenKind::Float, end));
            }
        }
        self.after_iso_duration(start + 1).map(|end| (TokenKind::Duration, end))
    }

    /// What looks like the word from `start` to `end` but is a uuid or an ISO 8601 duration.
    pub(super) fn uuid_or_duration(&self, start: usize, end: usize) -> Option<(TokenKind, usize)> {
        if end == start + 8 && self.is_uuid(start) {
            return Some((TokenKind::Uuid, start + 36));
        }
        if self.byte(start) == b'P' && matches!(self.byte(start + 1), b'0'..=b'9' | b'T') {
            let after = self.after_iso_duration(start)?;
            return (after >= end).then_some((TokenKind::Duration, after));
        }
        None
    }

    /// Whether 36 bytes in 8-4-4-4-12 form stand at `start`: four words and no branch per digit, since digits are random.
    #[inline]
    fn is_uuid(&self, start: usize) -> bool {
        if self.byte(start + 8) != b'-' {
            return false;
        }
        let Some(text) = self.bytes.get(start..).and_then(<[u8]>::first_chunk::<36>) else { return false };
        let [a0, a1, a2, a3, a4, a5, a6, a7, d0, rest @ ..] = *text;
        let [b0, b1, b2, b3, d1, c0, c1, c2, c3, d2, rest @ ..] = rest;
        let [e0, e1, e2, e3, d3, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, fa, fb] = rest;
        let words = [
            [a0, a1, a2, a3, a4, a5, a6, a7],
            [b0, b1, b2, b3, c0, c1, c2, c3],
            [e0, e1, e2, e3, f0, f1, f2, f3],
            [f4, f5, f6, f7, f8, f9, fa, fb],
        ];
        let digits = words.map(u64::from_le_bytes).map(hexadecimal).iter().all(|digits| *digits);
        digits && [d0, d1, d2, d3] == *b"----"
    }

    fn after_digits(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    fn after_hex(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_hexdigit() {
            at += 1;
        }
        at
    }

    fn after_exponent(&self, at: usize) -> Option<usize> {
        if self.byte(at) | 0x20 != b'e' {
            return None;
        }
        let digits = at + 1 + usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
        let end = self.after_digits(digits);
        (end > digits).then_some(end)
    }

    /// Behind `12h30m…`: numbers with units, in any order (Cassandra checks the order after parsing).
    fn after_units(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut accepted = None;
        loop {
            let digits = self.after_digits(at);
            if digits == at {
                return accepted;
            }
            let pair = [self.byte(digits) | 0x20, self.byte(digits + 1) | 0x20];
            let unit = match pair {
                [b'm', b'o'] | [b'm' | b'u' | b'n', b's'] => 2,
                [b'y' | b'w' | b'd' | b'h' | b'm' | b's', _] => 1,
                _ if self.byte(digits) == 0xC2 && self.byte(digits + 1) == 0xB5 && self.byte(digits + 2) | 0x20 == b's' => 3,
                _ => return accepted,
            };
            at = digits + unit;
            accepted = Some(at);
        }
    }

    /// Behind an ISO 8601 duration whose `P` stands at `start`, in one of its three forms.
    fn after_iso_duration(&self, start: usize) -> Option<usize> {
        if self.byte(start) != b'P' {
            return None;
        }
        if let Some(end) = self.after_iso_timestamp(start + 1) {
            return Some(end);
        }
        let weeks = self.after_digits(start + 1);
        if weeks > start + 1 && self.byte(weeks) == b'W' {
            return Some(weeks + 1);
        }
        let date = self.after_designators(start + 1, b"YMD");
        let end = match self.byte(date) {
            b'T' => {
                let time = self.after_designators(date + 1, b"HMS");
                if time > date + 1 { time } else { date }
            }
            _ => date,
        };
        (end > start + 1).then_some(end)
    }

    /// Behind numbers with the `designators`, each at most once and in their order.
    fn after_designators(&self, start: usize, designators: &[u8]) -> usize {
        let mut at = start;
        for designator in designators {
            let digits = self.after_digits(at);
            if digits > at && self.byte(digits) == *designator {
                at = digits + 1;
            }
        }
        at
    }

    /// Behind `0001-02-03T04:05:06`.
    fn after_iso_timestamp(&self, start: usize) -> Option<usize> {
        const FORM: &[u8; 19] = b"dddd-dd-ddTdd:dd:dd";
        let text = self.bytes.get(start..).and_then(<[u8]>::first_chunk::<19>)?;
        let fits = text.iter().zip(FORM).all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == form,
        });
        fits.then_some(start + 19)
    }
}

/// Whether all eight bytes are hexadecimal digits.
#[inline]
const fn hexadecimal(word: u64) -> bool {
    let low = word & !HIGH;
    let folded = low | (ONES * 0x20);
    // Each addition carries into a byte's high bit when the byte is at least the character.
    let letter = (folded + ONES * (0x80 - b'a' as u64)) & !(folded + ONES * (0x80 - b'f' as u64 - 1));
    let digit = (low + ONES * (0x80 - b'0' as u64)) & !(low + ONES * (0x80 - b'9' as u64 - 1));
    (letter | digit) & !word & HIGH == HIGH
}

//! What a terminal may be sent of a text that strangers wrote: no escape sequences, nothing that reorders or hides.

use std::borrow::Cow;

/// A character as it may be shown; nothing for a byte order mark.
pub(crate) fn character(c: char) -> Option<char> {
    match c {
        '\u{feff}' => None,
        // The pictures of control characters, as ␛ for an escape.
        '\0'..='\x1f' => Some(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\x7f' => Some('␡'),
        // More control characters, marks that change the direction of writing or take no room, and what is no character
        // (XML allows none of these).
        '\u{80}'..='\u{9f}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => Some('\u{fffd}'),
        _ => Some(c),
    }
}

/// A text as it may be shown, on one line.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    // What most texts are made of.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if plain || text.chars().all(|c| character(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(character).collect())
}

/// A text as it may be shown, on one line and not longer than `most` characters; what is missing is missing in its
/// middle. Names can have ten thousand characters, and messages contain names.
pub(crate) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().take(most + 1).count() <= most {
        return self::text(text);
    }
    let half = most / 2;
    let head = text.chars().take(half);
    let tail: Vec<_> = text.chars().rev().take(half).collect();
    Cow::Owned(head.chain(['…']).chain(tail.into_iter().rev()).filter_map(character).collect())
}

#[cfg(test)]
mod tests {
    use super::{clipped, text};

    #[test]
    fn nothing_reaches_the_terminal() {
        assert_eq!(text("a\x1b[31mb\r\n"), "a␛[31mb␍␊");
        assert_eq!(text("\u{feff}x\u{202e}y\u{9b}"), "x\u{fffd}y\u{fffd}");
        assert_eq!(text("日本 🙂 é"), "日本 🙂 é");
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(clipped("abcdefghij", 10), "abcdefghij");
        assert_eq!(clipped("abcdefghijk", 4), "ab…jk");
    }
}

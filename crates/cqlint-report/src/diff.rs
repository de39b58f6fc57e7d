//! What a change of a file changes: a unified diff, for people and for `patch`.

use owo_colors::Style as Paint;
use similar::TextDiff;

use crate::palette::Palette;
use crate::{Style, visible};

/// The difference between two texts of a file; empty when there is none.
///
/// Without colour the lines are those of the texts, byte for byte, so that `patch -p0` takes them.
///
/// ```
/// use cqlint_report::{Style, diff};
///
/// let style = Style { color: false, width: 80 };
/// assert_eq!(diff("a.cql", "one\ntwo\n", "one\n2\n", style), "--- a.cql\n+++ a.cql\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n");
/// ```
#[must_use]
pub fn diff(path: &str, old: &str, new: &str, style: Style) -> String {
    let path = visible::text(path);
    let text = TextDiff::from_lines(old, new).unified_diff().header(&path, &path).to_string();
    if !style.color {
        return text;
    }
    let palette = Palette::new(style);
    let mut out = String::new();
    for (at, line) in text.split_terminator('\n').enumerate() {
        let paint = match line.bytes().next() {
            _ if at < 2 => palette.strong,
            Some(b'@') => palette.place,
            Some(b'-') => palette.bad,
            Some(b'+') => palette.good,
            Some(b'\\') => palette.faint,
            _ => palette.plain,
        };
        push(&mut out, line, paint);
    }
    out
}

/// A line as a terminal may be sent it. The end of a line of Windows is no part of what people see.
fn push(out: &mut String, line: &str, paint: Paint) {
    let line = line.strip_suffix('\r').unwrap_or(line);
    // A tab shows itself as one where it stands in code.
    let parts: Vec<_> = line.split('\t').map(visible::text).collect();
    out.push_str(&paint.style(parts.join("\t")).to_string());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_change_no_words_and_strangers_none() {
        let (old, new) = ("-- a\tb\r\nend", "-- \x1b[31ma\tb\r\nend");
        let plain = diff("a.cql", old, new, Style { color: false, width: 80 });
        assert_eq!(
            plain,
            "--- a.cql\n+++ a.cql\n@@ -1,2 +1,2 @@\n--- a\tb\r\n+-- \x1b[31ma\tb\r\n end\n\\ No newline at end of file\n"
        );
        let coloured = diff("a.cql", old, new, Style { color: true, width: 80 });
        assert!(coloured.contains("+-- ␛[31ma\tb\x1b[0m\n"), "{coloured:?}");
        assert_eq!(diff("a.cql", old, old, Style { color: true, width: 80 }), "");
    }
}

//! No text and no place in it ends the program: miette asserts what it is given.

use super::{finding, report, stripped};
use crate::{Format, Style};

/// Whatever could confuse the arithmetic of bytes, characters, cells and lines.
pub(super) const PIECES: &[&str] = &[
    "a",
    "SELECT ",
    "'",
    ";",
    ";\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "日",
    "🙂",
    "e\u{301}",
    "\u{200d}",
    "\u{feff}",
    "\u{202e}",
    "\x1b[0m",
    "\u{85}",
    "\u{2028}",
    "-- x\n",
    "/*",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "\0",
    "]]>",
    "&amp;<a b=\"",
    "%0A::error::",
    "\u{ffff}",
];

/// Numbers that only look random.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

#[test]
fn any_text_and_any_span() {
    let mut numbers = Numbers(1);
    for _ in 0..3000 {
        let text: String = (0..numbers.below(40)).map(|_| *PIECES.get(numbers.below(PIECES.len())).unwrap()).collect();
        let start = numbers.below(text.len() + 3);
        let mut finding = finding(start, start + numbers.below(text.len() + 3));
        finding.label = ["", "a label", "日本 \x1b\n"].get(numbers.below(3)).unwrap().to_string();
        finding.message = text.clone();
        finding.help = Some(text.clone());
        let width = 40 + numbers.below(80);
        // The documents have a suite of their own.
        for format in [Format::Full, Format::Concise, Format::Json, Format::JsonLines, Format::Github] {
            let findings = std::slice::from_ref(&finding);
            let out = report(format, Style { color: false, width }, &text, findings);
            assert!(!out.contains(['\x1b', '\r', '\u{202e}']) || !format.is_for_people(), "{out:?}");
            let coloured = report(format, Style { color: true, width }, &text, findings);
            assert!(!stripped(&coloured).contains('\x1b'), "{coloured:?}");
        }
    }
}

#[test]
fn a_span_that_ends_before_it_begins() {
    let out = report(Format::Full, Style { color: false, width: 80 }, "abc", &[finding(2, 1)]);
    assert!(out.contains("app.cql:1:3"), "{out}");
}

//! A rule's page in the terminal: the Markdown of `crates/cqlint-analysis/src/rules/*.md`, no more of it than these use.

use owo_colors::Style as Paint;
use unicode_width::UnicodeWidthStr;

use cqlint_analysis::Level;

use crate::palette::Palette;
use crate::wrap::{self, Margins};
use crate::{Style, highlight};

/// Prose is wrapped at this width also where there is more room: longer lines are hard to read.
const PROSE: usize = 100;
/// Headings stand out by what is below them being indented, as in a manual page.
const INDENT: usize = 2;
/// Examples are indented once more.
const EXAMPLE: usize = 4;

/// A page for the terminal.
///
/// ```
/// use cqlint_report::{Style, page};
///
/// let markdown = "# counter-update\n\nDo not `mark` it.\n\n```cql\nUPDATE t SET n = n + 1;  -- warn: [counter-update]\n```\n";
/// let expected = "counter-update\n\n  Do not `mark` it.\n\n    UPDATE t SET n = n + 1;  -- warn: [counter-update]\n";
/// assert_eq!(page(markdown, Style { color: false, width: 80 }), expected);
/// ```
#[must_use]
pub fn page(markdown: &str, style: Style) -> String {
    let mut page = Page { out: String::new(), palette: Palette::new(style), width: style.width.clamp(40, PROSE), fresh: true };
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            page.gap();
            page.setting(language);
            for line in lines.by_ref().take_while(|line| !line.starts_with("```")) {
                page.example(language, line);
            }
        } else if let Some(heading) = line.strip_prefix('#') {
            page.gap();
            let level = 1 + heading.chars().take_while(|c| *c == '#').count();
            page.heading(level, heading.trim_start_matches('#').trim());
        } else if line.trim().is_empty() || line.starts_with('|') {
            page.as_is(line);
        } else {
            // The further lines of a paragraph or an item.
            let mut text = line.trim().to_string();
            while let Some(next) = lines.next_if(|next| continues(next)) {
                text.push(' ');
                text.push_str(next.trim());
            }
            page.paragraph(&text);
        }
    }
    page.out
}

/// Whether a line goes on with the paragraph above it.
fn continues(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with(['#', '|']) && !line.starts_with("```") && marker(line.trim_start()).is_none()
}

/// The mark of a list's item: `- `, `1. `.
fn marker(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let length = if line.starts_with("- ") || line.starts_with("* ") {
        2
    } else if digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". ")) {
        digits + 2
    } else {
        return None;
    };
    line.get(..length)
}

struct Page {
    out: String,
    palette: Palette,
    width: usize,
    /// Whether nothing or an empty line stands above.
    fresh: bool,
}

impl Page {
    /// An empty line, unless there is one.
    fn gap(&mut self) {
        if !self.fresh {
            self.out.push('\n');
        }
        self.fresh = true;
    }

    fn indent(&mut self, cells: usize) {
        self.out.extend(std::iter::repeat_n(' ', cells));
        self.fresh = false;
    }

    fn heading(&mut self, level: usize, text: &str) {
        let paint = if level == 1 { self.palette.heading } else { self.palette.strong };
        self.out.push_str(&format!("{}\n", paint.style(text)));
        self.fresh = false;
        if level == 1 {
            self.gap();
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.indent(INDENT);
        let bullet = marker(text).unwrap_or_default();
        let hang = INDENT + bullet.len();
        let (shown, rest) = (bullet.replace(['-', '*'], "•"), text.get(bullet.len()..).unwrap_or_default());
        self.out.push_str(&self.palette.faint.style(shown).to_string());
        let words = wrap::markdown(rest, &self.palette);
        wrap::fill(&mut self.out, &words, Margins { at: hang, hang, width: self.width });
    }

    fn as_is(&mut self, line: &str) {
        if line.trim().is_empty() {
            self.gap();
        } else {
            self.indent(INDENT);
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// What an example is read with: `profile=strict` behind its language.
    fn setting(&mut self, language: &str) {
        for setting in language.split_whitespace().filter_map(|word| word.split_once('=')) {
            self.indent(EXAMPLE);
            let text = format!("-- with {} {}", setting.0, setting.1);
            self.out.push_str(&format!("{}\n", self.palette.faint.style(text)));
        }
    }

    fn example(&mut self, language: &str, line: &str) {
        if line.trim().is_empty() {
            self.out.push('\n');
            return;
        }
        self.indent(EXAMPLE);
        if language.split_whitespace().next() != Some("cql") {
            self.out.push_str(&self.palette.plain.style(line).to_string());
        } else if let Some((code, comment, paint)) = finding(line, &self.palette) {
            self.cql(code);
            let blanks = line.len() - code.len() - comment.len();
            if EXAMPLE + line.width() > self.width {
                // Too long for one line: the finding goes below the statement.
                self.out.push('\n');
                self.indent(EXAMPLE + INDENT);
            } else {
                self.indent(blanks);
            }
            self.out.push_str(&paint.style(comment).to_string());
        } else {
            self.cql(line);
        }
        self.out.push('\n');
    }

    fn cql(&mut self, line: &str) {
        for (text, paint) in highlight::line(line, &self.palette) {
            self.out.push_str(&paint.style(text).to_string());
        }
    }
}

/// A line with the finding that it expects: the code without blanks behind it, `-- warn: [rule]`, and its colour.
fn finding<'s>(line: &'s str, palette: &Palette) -> Option<(&'s str, &'s str, Paint)> {
    let at = line.rfind("-- ")?;
    let (code, comment) = (line.get(..at)?, line.get(at..)?);
    let (level, _) = comment.strip_prefix("-- ")?.split_once(": [")?;
    let level = [Level::Error, Level::Warn, Level::Note].into_iter().find(|known| known.name() == level)?;
    Some((code.trim_end(), comment, palette.level(level)))
}

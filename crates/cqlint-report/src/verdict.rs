//! A verdict in one line.

use cqlint_analysis::Verdict;

use crate::Style;
use crate::palette::Palette;

/// The verdict in one line, without its end.
///
/// ```
/// use cqlint_analysis::Verdict;
/// use cqlint_report::{Style, verdict_line};
///
/// let style = Style { color: false, width: 80 };
/// assert_eq!(verdict_line(Verdict::NotIdempotent, "driver", style), "✗ not idempotent under profile driver");
/// assert_eq!(verdict_line(Verdict::Idempotent, "strict", style), "✓ idempotent under profile strict");
/// assert_eq!(verdict_line(Verdict::Depends, "driver", style), "? depends under profile driver");
/// ```
#[must_use]
pub fn verdict_line(verdict: Verdict, profile: &str, style: Style) -> String {
    let palette = Palette::new(style);
    let icon = match verdict {
        Verdict::Idempotent => "✓",
        Verdict::Depends => "?",
        Verdict::NotIdempotent => "✗",
    };
    let head = format!("{icon} {verdict}");
    let tail = format!("under profile {profile}");
    format!("{} {}", palette.verdict(verdict).style(head), palette.faint.style(tail))
}

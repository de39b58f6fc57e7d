//! The colours, in one place. Only the sixteen that every terminal theme defines.

use cqlint_analysis::{Level, Verdict};
use owo_colors::Style as Paint;

use crate::Style;

/// Everything that has a look of its own. Without colour each is plain.
#[derive(Clone, Copy)]
pub(crate) struct Palette {
    pub(crate) plain: Paint,
    pub(crate) strong: Paint,
    pub(crate) faint: Paint,
    pub(crate) place: Paint,
    pub(crate) heading: Paint,
    pub(crate) code: Paint,
    pub(crate) keyword: Paint,
    pub(crate) string: Paint,
    pub(crate) number: Paint,
    pub(crate) good: Paint,
    pub(crate) unsure: Paint,
    pub(crate) bad: Paint,
    pub(crate) note: Paint,
}

impl Palette {
    pub(crate) fn new(style: Style) -> Self {
        let paint = Paint::new();
        if !style.color {
            return Self {
                plain: paint,
                strong: paint,
                faint: paint,
                place: paint,
                heading: paint,
                code: paint,
                keyword: paint,
                string: paint,
                number: paint,
                good: paint,
                unsure: paint,
                bad: paint,
                note: paint,
            };
        }
        Self {
            plain: paint,
            strong: paint.bold(),
            faint: paint.dimmed(),
            place: paint.cyan(),
            heading: paint.bold().underline(),
            code: paint.cyan(),
            keyword: paint.blue(),
            string: paint.green(),
            number: paint.magenta(),
            good: paint.green().bold(),
            unsure: paint.yellow().bold(),
            bad: paint.red().bold(),
            note: paint.cyan().bold(),
        }
    }

    pub(crate) fn level(&self, level: Level) -> Paint {
        match level {
            Level::Error => self.bad,
            Level::Warn => self.unsure,
            Level::Note => self.note,
            Level::Off => self.faint,
        }
    }

    pub(crate) fn verdict(&self, verdict: Verdict) -> Paint {
        match verdict {
            Verdict::Idempotent => self.good,
            Verdict::Depends => self.unsure,
            Verdict::NotIdempotent => self.bad,
        }
    }
}

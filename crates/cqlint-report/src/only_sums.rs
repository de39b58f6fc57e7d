//! Only the sums, and what could not be checked: for people, while the findings go into files.

use std::io;

use crate::palette::Palette;
use crate::reporter::{Layout, Statistics};
use crate::{File, Style, Summary, Trouble, concise, summary};

/// No finding.
pub(crate) struct OnlySums {
    palette: Palette,
    style: Style,
}

impl OnlySums {
    pub(crate) fn new(style: Style) -> Self {
        Self { palette: Palette::new(style), style }
    }
}

impl Layout for OnlySums {
    fn file(&mut self, _: &mut dyn io::Write, _: &File<'_>) -> io::Result<()> {
        Ok(())
    }

    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        concise::trouble(out, trouble, &self.palette)
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, statistics: Statistics) -> io::Result<()> {
        let mut text = String::new();
        if statistics == Statistics::Shown {
            summary::table(&mut text, summary, &self.palette, self.style);
        }
        summary::verdicts(&mut text, summary, &self.palette, self.style);
        summary::counts(&mut text, summary, &self.palette, self.style);
        out.write_all(text.as_bytes())
    }
}

//! The end of a report: how many statements may be executed twice, how many findings there are, of which rules.

use std::collections::BTreeMap;

use cqlint_analysis::Safety;
use owo_colors::Style as Paint;
use unicode_width::UnicodeWidthStr;

use crate::Style;
use crate::palette::Palette;
use crate::reporter::FIXABLE;
use crate::wrap::{self, Margins, Word};

/// The sums over all files.
///
/// ```
/// use cqlint_report::Summary;
///
/// let mut summary = Summary { files: 1, statements: 3, idempotent: 2, depends: 1, profiles: vec!["driver"], ..Summary::default() };
/// *summary.depends_on.entry("a column type").or_default() += 1;
/// *summary.by_rule.entry("untyped-operation").or_default() += 1;
/// summary.warnings += 1;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Statements in them.
    pub statements: usize,
    /// Those that may be executed twice.
    pub idempotent: usize,
    /// Those that may not.
    pub not_idempotent: usize,
    /// Those that depend on something.
    pub depends: usize,
    /// On what, as it is to be read behind "on": `a column type`. The short names `column-type`, `bound-value`,
    /// `function`, `measurement`, `clauses` and `syntax-error` are read out.
    pub depends_on: BTreeMap<&'static str, usize>,
    /// Findings of this level.
    pub errors: usize,
    /// Findings of this level.
    pub warnings: usize,
    /// Findings of this level.
    pub notes: usize,
    /// Findings that can be mended safely.
    pub fixable: usize,
    /// Findings that can only be mended unsafely.
    pub unsafe_fixable: usize,
    /// The fixes that are made when they are asked for.
    pub fixes: Safety,
    /// Findings that were mended, and so are not among the others.
    pub fixed: usize,
    /// Findings that comments hide, and so are not among the others.
    pub hidden: usize,
    /// Findings that a baseline knows, and so are not among the others.
    pub baselined: usize,
    /// Findings on lines that have not changed, when only changes are asked for.
    pub unchanged: usize,
    /// Findings of each rule.
    pub by_rule: BTreeMap<&'static str, usize>,
    /// Files that were not checked.
    pub troubles: usize,
    /// The profiles of the verdicts: mostly one, more where configuration says so.
    pub profiles: Vec<&'static str>,
}

impl Summary {
    /// The profiles, as one text.
    pub(crate) fn profile(&self) -> String {
        self.profiles.join(", ")
    }
}

/// `12 statements: 7 idempotent, 3 not, 2 depend (1 on a column type, 1 on a function) · profile driver`.
pub(crate) fn verdicts(out: &mut String, summary: &Summary, palette: &Palette, style: Style) {
    let mut line = Sentence::new(palette);
    match summary.statements {
        0 => line.say("no statements"),
        all if all == summary.idempotent => {
            line.say(&format!("{}:", counted(all, "statement")));
            line.paint(if all == 1 { "idempotent" } else { "all idempotent" }, palette.good);
        }
        all => {
            line.say(&format!("{}:", counted(all, "statement")));
            let on: Vec<_> = summary.depends_on.iter().map(|(what, count)| format!("{count} on {}", phrase(what))).collect();
            line.list(&[
                (summary.idempotent, format!("{} idempotent", summary.idempotent), palette.good, String::new()),
                (summary.not_idempotent, format!("{} not", summary.not_idempotent), palette.bad, String::new()),
                (summary.depends, verb(summary.depends), palette.unsure, on.join(", ")),
            ]);
        }
    }
    match summary.profiles.as_slice() {
        [] => {}
        [profile] => line.faint(&format!("· profile {profile}")),
        [..] => line.faint(&format!("· profiles {}", summary.profile())),
    }
    line.end(out, style);
}

/// `1 error, 4 warnings, 3 notes in 5 files · 2 fixed · 1 hidden by comments · 9 in the baseline`, and how many can be mended.
pub(crate) fn counts(out: &mut String, summary: &Summary, palette: &Palette, style: Style) {
    let mut line = Sentence::new(palette);
    if summary.errors + summary.warnings + summary.notes == 0 {
        // A run that could read nothing has no reason to be glad.
        if summary.files > 0 && summary.troubles == 0 {
            line.paint("✓", palette.good);
        }
        line.say("nothing to report");
    } else {
        line.list(&[
            (summary.errors, counted(summary.errors, "error"), palette.bad, String::new()),
            (summary.warnings, counted(summary.warnings, "warning"), palette.unsure, String::new()),
            (summary.notes, counted(summary.notes, "note"), palette.note, String::new()),
        ]);
    }
    line.say(&format!("in {}", counted(summary.files, "file")));
    if summary.fixed > 0 {
        line.paint(&format!("· {} fixed", summary.fixed), palette.good);
    }
    if summary.hidden > 0 {
        line.faint(&format!("· {} hidden by comments", summary.hidden));
    }
    if summary.baselined > 0 {
        line.faint(&format!("· {} in the baseline", summary.baselined));
    }
    if summary.unchanged > 0 {
        line.faint(&format!("· {} on unchanged lines", summary.unchanged));
    }
    if summary.troubles > 0 {
        line.faint(&format!("· {} not checked", counted(summary.troubles, "file")));
    }
    line.end(out, style);
    fixable(out, summary, palette, style);
}

/// `[*] 3 fixable with --fix (2 more with --unsafe-fixes)`.
fn fixable(out: &mut String, summary: &Summary, palette: &Palette, style: Style) {
    let (safe, more) = (summary.fixable, summary.unsafe_fixable);
    let (marked, text) = match (summary.fixes, safe, more) {
        (_, 0, 0) => return,
        (_, safe, 0) => (true, format!("{safe} fixable with --fix")),
        (Safety::Unsafe, safe, more) => (true, format!("{} fixable with --fix --unsafe-fixes", safe + more)),
        (Safety::Safe, 0, more) => (false, format!("{more} fixable with --fix --unsafe-fixes")),
        (Safety::Safe, safe, more) => (true, format!("{safe} fixable with --fix ({more} more with --unsafe-fixes)")),
    };
    let mut line = Sentence::new(palette);
    if marked {
        line.paint(FIXABLE, palette.good);
    }
    line.say(&text);
    line.end(out, style);
}

/// The rules and how often each was broken, the most frequent first.
pub(crate) fn table(out: &mut String, summary: &Summary, palette: &Palette, style: Style) {
    let mut rows: Vec<_> = summary.by_rule.iter().filter(|(_, count)| **count > 0).collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), **name));
    let digits = rows.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or_default().max(3);
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
    for (name, count) in rows {
        let rule = cqlint_analysis::rule(name);
        let paint = rule.map_or(palette.plain, |rule| palette.level(rule.level));
        let summary = rule.map_or("", |rule| rule.summary);
        out.push_str(&format!("{count:>digits$}  {}", paint.style(name)));
        let margin = digits + 2 + widest + 2;
        out.extend(std::iter::repeat_n(' ', widest + 2 - name.width()));
        wrap::fill(
            out,
            &wrap::plain(summary, palette.faint),
            Margins { at: margin, hang: margin, width: style.width.max(margin + 20) },
        );
    }
    out.push('\n');
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

fn verb(count: usize) -> String {
    format!("{count} {}", if count == 1 { "depends" } else { "depend" })
}

fn phrase(what: &str) -> &str {
    match what {
        "column-type" => "a column type",
        "bound-value" => "a bound value",
        "function" => "a function",
        "measurement" => "a measurement",
        "clauses" => "clauses",
        "syntax-error" => "a syntax error",
        what => what,
    }
}

/// A line in the making.
pub(crate) struct Sentence<'p> {
    words: Vec<Word>,
    palette: &'p Palette,
}

impl<'p> Sentence<'p> {
    pub(crate) fn new(palette: &'p Palette) -> Self {
        Self { words: Vec::new(), palette }
    }

    pub(crate) fn say(&mut self, text: &str) {
        self.paint(text, self.palette.plain);
    }

    pub(crate) fn faint(&mut self, text: &str) {
        self.words.push(wrap::whole(text, self.palette.faint));
    }

    fn paint(&mut self, text: &str, paint: Paint) {
        self.words.extend(wrap::plain(text, paint));
    }

    /// The items that are not zero, with commas: each has its count, its text, its look, and what to add in brackets.
    pub(crate) fn list(&mut self, items: &[(usize, String, Paint, String)]) {
        let items: Vec<_> = items.iter().filter(|(count, ..)| *count > 0).collect();
        for (at, (_, text, paint, aside)) in items.iter().enumerate() {
            let comma = if at + 1 == items.len() { "" } else { "," };
            if aside.is_empty() {
                self.paint(&format!("{text}{comma}"), *paint);
            } else {
                self.paint(text, *paint);
                self.say(&format!("({aside}){comma}"));
            }
        }
    }

    pub(crate) fn end(self, out: &mut String, style: Style) {
        wrap::fill(out, &self.words, Margins { at: 0, hang: 2, width: style.width });
    }
}

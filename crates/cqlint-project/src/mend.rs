//! Applies the fixes of findings to a text, and knows where everything stands afterwards.

use std::collections::BTreeMap;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Edit, Fix, Safety};

use crate::{Checked, Problem, replace};

/// A text with as many of its findings mended as can be at once.
///
/// Two fixes that are the same are made once. Of two that touch each other, only the first is made: together they might mean
/// something else. The other's finding stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// What the text becomes.
    pub text: String,
    /// For each finding, whether it is mended.
    pub(crate) is_mended: Vec<bool>,
    /// Where the old text was changed, by place, and how far what stands behind has moved.
    changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    old: Span,
    /// Where the new piece ends.
    new_end: u32,
}

impl Mended {
    /// Mends what can be mended by fixes that are as safe as this; nothing when there is nothing.
    #[must_use]
    pub fn new(text: &str, findings: &[Diagnostic], fixes: Safety) -> Option<Self> {
        let allowed = |fix: &&Fix| fix.safety <= fixes;
        let mut fixes: Vec<_> = findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(allowed).collect();
        // The choice is the same in whatever order the findings come.
        fixes.sort_by(|left, right| places(left).cmp(places(right)));
        let mut chosen = Chosen::default();
        fixes.into_iter().for_each(|fix| chosen.offer(text, fix));
        if chosen.fixes.is_empty() {
            return None;
        }
        let is_mended = findings.iter().map(|finding| finding.fix.as_ref().is_some_and(|fix| chosen.has(fix))).collect();
        let edits = chosen.edits.iter().map(|((start, end), text)| (Span::new(*start, *end), *text));
        let (text, changes) = apply(text, edits);
        Some(Self { text, is_mended, changes })
    }

    /// How many findings are mended.
    #[must_use]
    pub fn count(&self) -> usize {
        self.is_mended.iter().filter(|is_mended| **is_mended).count()
    }

    /// The changes that make the new text of the old one, by place.
    pub fn edits(&self) -> impl Iterator<Item = Edit> {
        let mut behind = (0, 0);
        self.changes.iter().map(move |change| {
            let start = behind.1 + (change.old.start - behind.0);
            behind = (change.old.end, change.new_end);
            Edit { span: change.old, text: Span::new(start, change.new_end).text(&self.text).to_owned() }
        })
    }

    /// Where a place of the old text is now. What was replaced is where its replacement is.
    #[must_use]
    pub fn moved(&self, span: Span) -> Span {
        let start = self.moved_offset(span.start, |change| change.old.end <= span.start, |change| change.old.start);
        // What is put in right behind a place is no part of it.
        let ends_before = |change: &Change| change.old.end <= span.end && change.old.start < span.end;
        let end = self.moved_offset(span.end, ends_before, |change| change.old.end);
        Span::new(start, end.max(start))
    }

    /// The fix, where its places are now; nothing when it touches what was changed.
    fn moved_fix(&self, mut fix: Fix) -> Option<Fix> {
        for edit in &mut fix.edits {
            let next = self.changes.partition_point(|change| change.old.end < edit.span.start);
            if self.changes.get(next).is_some_and(|change| change.old.start <= edit.span.end) {
                return None;
            }
            edit.span = self.moved(edit.span);
        }
        Some(fix)
    }

    /// `anchor` says which end of a change stands for what lies inside it.
    fn moved_offset(&self, offset: u32, is_before: impl Fn(&Change) -> bool, anchor: fn(&Change) -> u32) -> u32 {
        let count = self.changes.partition_point(is_before);
        let before = count.checked_sub(1).and_then(|last| self.changes.get(last));
        let inside = self.changes.get(count).filter(|change| change.old.start < offset && offset < change.old.end);
        let offset = inside.map_or(offset, anchor);
        match (inside, before) {
            (Some(change), _) if offset == change.old.end => change.new_end,
            (_, Some(before)) => before.new_end + (offset - before.old.end),
            (_, None) => offset,
        }
    }
}

impl Checked {
    /// What becomes of the text when its findings are mended by fixes that are as safe as this; nothing when none can be, or when
    /// the file is only schema.
    #[must_use]
    pub fn mended(&self, fixes: Safety) -> Option<Mended> {
        if self.only_schema { None } else { Mended::new(&self.text, &self.findings, fixes) }
    }

    /// Mends what can be mended, in the file and here: findings that are mended are gone, and the others are where they stand
    /// now. The answer is how many are gone.
    ///
    /// # Errors
    /// The file cannot be written. Then nothing has changed.
    pub fn mend(&mut self, fixes: Safety) -> Result<usize, Problem> {
        let Some(mended) = self.mended(fixes) else { return Ok(0) };
        replace(&self.location, &self.text, &mended.text)?;
        let count = mended.count();
        self.follow(mended, fixes);
        Ok(count)
    }

    /// Takes over the new text.
    fn follow(&mut self, mended: Mended, fixes: Safety) {
        let mut is_mended = mended.is_mended.iter();
        let mut findings = std::mem::take(&mut self.findings);
        findings.retain(|finding| {
            let stays = is_mended.next() != Some(&true);
            if !stays {
                self.tally.forget(finding);
            }
            stays
        });
        for mut finding in findings {
            // One that was asked for touches what was changed. Analysed again, the finding comes with one that fits.
            if let Some(fix) = finding.fix.take() {
                self.tally.forget(&Diagnostic { fix: Some(fix.clone()), ..finding.clone() });
                finding.fix = Some(fix).filter(|fix| fix.safety > fixes).and_then(|fix| mended.moved_fix(fix));
                self.tally.finding(&finding);
            }
            finding.span = mended.moved(finding.span);
            finding.subject = finding.subject.map(|subject| subject.moved(|span| mended.moved(span)));
            finding.related.iter_mut().for_each(|related| related.span = mended.moved(related.span));
            self.findings.push(finding);
        }
        self.text = mended.text;
    }
}

/// The fixes that are made, and all their edits by place. No edit touches another.
#[derive(Default)]
struct Chosen<'f> {
    edits: BTreeMap<(u32, u32), &'f str>,
    /// By the place of their first edit.
    fixes: BTreeMap<(u32, u32), &'f [Edit]>,
}

impl<'f> Chosen<'f> {
    /// Takes the fix, unless it does not fit the text or touches one that was taken.
    fn offer(&mut self, text: &str, fix: &'f Fix) {
        let fits = |edit: &Edit| edit.span.start <= edit.span.end && text.get(edit.span.range()).is_some();
        let is_free = |edit: &Edit| {
            // Those before it end before it, so the last of them that begins no later than it ends is the nearest.
            let nearest = self.edits.range(..=(edit.span.end, u32::MAX)).next_back();
            nearest.is_none_or(|((_, end), _)| *end < edit.span.start)
        };
        let apart = fix.edits.iter().zip(fix.edits.iter().skip(1)).all(|(edit, next)| edit.span.end < next.span.start);
        let Some(first) = fix.edits.first() else { return };
        if apart && fix.edits.iter().all(|edit| fits(edit) && is_free(edit)) {
            self.edits.extend(fix.edits.iter().map(|edit| ((edit.span.start, edit.span.end), edit.text.as_str())));
            self.fixes.insert((first.span.start, first.span.end), &fix.edits);
        }
    }

    /// Whether the fix, or one that does the same, was taken.
    fn has(&self, fix: &Fix) -> bool {
        let first = fix.edits.first().map(|edit| (edit.span.start, edit.span.end));
        first.and_then(|first| self.fixes.get(&first)).is_some_and(|edits| *edits == fix.edits)
    }
}

fn places(fix: &Fix) -> impl Iterator<Item = (Span, &str)> {
    fix.edits.iter().map(|edit| (edit.span, edit.text.as_str()))
}

/// Makes edits that are sorted and do not touch each other.
fn apply<'e>(text: &str, edits: impl Iterator<Item = (Span, &'e str)>) -> (String, Vec<Change>) {
    let mut out = String::with_capacity(text.len());
    let mut changes = Vec::new();
    let mut at = 0;
    for (span, new) in edits {
        let range = span.range();
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(new);
        changes.push(Change { old: span, new_end: out.len() as u32 });
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, changes)
}

#[cfg(test)]
mod tests;

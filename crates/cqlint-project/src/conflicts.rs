//! Definitions that disagree, told in the file of the later one with the place of the earlier one.

use std::collections::BTreeMap;
use std::path::Path;

use cqlint_analysis::{Conflict, Diagnostic, Level, Related, Schema};

use crate::host::Trust;
use crate::source::Source;

/// The findings about definitions of the sources that disagree, by the number of the source; `name` is what a path is called.
pub(crate) fn conflicts(sources: &[Source], schema: &Schema, name: &dyn Fn(&Path) -> String) -> BTreeMap<u32, Vec<Diagnostic>> {
    let source = |number: u32| sources.get(number as usize);
    // A template is written to define things.
    let is_program = |number| source(number).and_then(|source| source.host).is_some_and(|trust| trust != Trust::Itself);
    let name = |number| source(number).map_or_else(String::new, |source| name(&source.path));
    let lines = |number, offsets: &[u32]| source(number).map_or_else(Vec::new, |source| source.lines(offsets));
    findings(schema.conflicts(), name, lines, is_program)
}

/// The findings about conflicts, by the number of the text that they stand in.
///
/// `name` is what a text is called, and `lines` answers the lines of some offsets in a text, in the same order. What programs
/// define, in tests, tools and upgrades, may well be something else: that is worth a note.
fn findings(
    conflicts: &[Conflict],
    name: impl Fn(u32) -> String,
    lines: impl Fn(u32, &[u32]) -> Vec<usize>,
    is_program: impl Fn(u32) -> bool,
) -> BTreeMap<u32, Vec<Diagnostic>> {
    let mut by_first: BTreeMap<u32, Vec<&Conflict>> = BTreeMap::new();
    for conflict in conflicts {
        by_first.entry(conflict.first.source).or_default().push(conflict);
    }
    let mut findings: BTreeMap<u32, Vec<Diagnostic>> = BTreeMap::new();
    for (first, conflicts) in by_first {
        let offsets: Vec<u32> = conflicts.iter().map(|conflict| conflict.first.span.start).collect();
        for (conflict, line) in conflicts.into_iter().zip(lines(first, &offsets)) {
            let mut finding = conflict.diagnostic();
            if is_program(conflict.place.source) || is_program(first) {
                finding.level = Level::Note;
            }
            let place = format!("at {}:{line}", name(first));
            finding.label = format!("{}, {place}", finding.label);
            if conflict.place.source == first {
                finding.related.push(Related { span: conflict.first.span, message: "first defined here".to_owned() });
            }
            findings.entry(conflict.place.source).or_default().push(finding);
        }
    }
    findings
}

/// The lines of some offsets in a text, counted from 1.
pub(crate) fn lines(text: &str, offsets: &[u32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|at| offsets.get(*at));
    let mut found = vec![1; offsets.len()];
    let (mut line, mut from) = (1, 0);
    for at in order {
        let offset = offsets.get(at).map_or(0, |offset| *offset as usize);
        line += text.as_bytes().get(from..offset).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        from = from.max(offset);
        if let Some(place) = found.get_mut(at) {
            *place = line;
        }
    }
    found
}

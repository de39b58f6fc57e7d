//! What tells a finding from others when lines have moved: its rule, its file, and the text it stands in.

use std::collections::HashMap;

use cqlint_analysis::Diagnostic;
use xxhash_rust::xxh3::xxh3_128;

use crate::index::LineIndex;

/// So many bytes beside the characters of a finding are looked at, so that one long line is not read for each finding in it.
const BESIDE: usize = 200;

/// The fingerprints of the findings of one file, asked for in the order of the text.
pub(crate) struct Fingerprints<'a> {
    path: &'a str,
    /// How often each was given out before its count was added.
    given: HashMap<u128, u32>,
}

impl<'a> Fingerprints<'a> {
    pub(crate) fn new(path: &'a str) -> Self {
        Self { path, given: HashMap::new() }
    }

    /// The fingerprint of the next finding: 32 hexadecimal digits. The number of its line is no part of it, nor are blanks.
    pub(crate) fn next(&mut self, index: &LineIndex<'_>, finding: &Diagnostic) -> String {
        self.next_of(finding.rule.name, lines(index, finding))
    }

    /// The same of something that no rule has found.
    pub(crate) fn next_of(&mut self, name: &str, text: &str) -> String {
        let words: Vec<_> = text.split_whitespace().collect();
        let parts = [name, self.path, &words.join(" ")].join("\0");
        let given = self.given.entry(xxh3_128(parts.as_bytes())).or_default();
        *given += 1;
        format!("{:032x}", xxh3_128(format!("{parts}\0{given}").as_bytes()))
    }
}

/// The lines in which the characters of a finding stand.
fn lines<'t>(index: &LineIndex<'t>, finding: &Diagnostic) -> &'t str {
    let range = finding.span.range();
    let (first, last) = (index.line_of(range.start), index.line_of(range.end));
    let start = index.start_of(first).max(range.start.saturating_sub(BESIDE));
    let end = index.start_of(last + 1).min(range.end.saturating_add(BESIDE));
    index.slice(start, end)
}

#[cfg(test)]
mod tests {
    use super::Fingerprints;
    use crate::index::LineIndex;
    use crate::tests::findings;

    fn fingerprints(path: &str, text: &str) -> Vec<String> {
        let (index, mut fingerprints) = (LineIndex::new(text), Fingerprints::new(path));
        findings(text).iter().map(|finding| fingerprints.next(&index, finding)).collect()
    }

    #[test]
    fn they_are_the_same_in_every_release() {
        assert_eq!(fingerprints("a.cql", "TRUNCATE t;"), ["ab545a8ab08802a596e127440aae59b8"]);
    }

    #[test]
    fn lines_may_move_and_be_indented() {
        let here = fingerprints("a.cql", "TRUNCATE t;\nTRUNCATE u;");
        assert_eq!(fingerprints("a.cql", "-- new\n\n  TRUNCATE  t;\r\n\tTRUNCATE u;\n"), here);
        assert_ne!(fingerprints("b.cql", "TRUNCATE t;\nTRUNCATE u;"), here);
        assert_ne!(fingerprints("a.cql", "TRUNCATE t2;\nTRUNCATE u;"), here);
    }

    #[test]
    fn equal_ones_are_counted() {
        let (one, two) = (fingerprints("a.cql", "TRUNCATE t;"), fingerprints("a.cql", "TRUNCATE t;\nTRUNCATE t;"));
        assert_eq!(one.first(), two.first());
        assert_ne!(two.first(), two.last());
    }

    #[test]
    fn a_long_line_is_not_read_as_a_whole() {
        let long = format!("INSERT INTO t (k, v) VALUES ('{}', now())", "x".repeat(1000));
        assert_eq!(fingerprints("a.cql", &long), fingerprints("a.cql", &long.replacen("xx", "y", 1)));
    }
}

//! What tells a finding from all others when lines have moved, in the formats of services that compare runs.

use std::collections::BTreeMap;

use cqlint_analysis::{Diagnostic, Fingerprint};

use crate::File;

/// The fingerprints of the findings of one file, asked for in the order of the text.
pub(crate) struct Fingerprints<'a> {
    file: &'a File<'a>,
    /// How many of each there have been.
    given: BTreeMap<Fingerprint, u32>,
}

impl<'a> Fingerprints<'a> {
    pub(crate) fn new(file: &'a File<'a>) -> Self {
        Self { file, given: BTreeMap::new() }
    }

    /// The fingerprint of the next finding.
    pub(crate) fn next(&mut self, finding: &Diagnostic) -> String {
        let fingerprint = Fingerprint::of(finding, self.file.text);
        let given = self.given.entry(fingerprint).or_default();
        *given += 1;
        fingerprint.in_file(self.file.path, *given).to_string()
    }
}

#[cfg(test)]
mod tests {
    use cqlint_analysis::Safety;

    use super::Fingerprints;
    use crate::File;
    use crate::tests::findings;

    fn fingerprints(path: &str, text: &str) -> Vec<String> {
        let findings = findings(text);
        let file = File { path, text, findings: &findings, fixes: Safety::Safe };
        let mut fingerprints = Fingerprints::new(&file);
        findings.iter().map(|finding| fingerprints.next(finding)).collect()
    }

    #[test]
    fn they_are_the_same_in_every_release() {
        assert_eq!(fingerprints("a.cql", "TRUNCATE t;"), ["25a087ade64fd02f"]);
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
}

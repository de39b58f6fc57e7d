//! Comments that allow what was found in a file of the workspace.

use std::path::Path;

use cqlint_analysis::{Diagnostic, Fix, Level, Suppressions};

use super::{Workspace, text};
use crate::Allowing;
use crate::allow::Host;

/// How far a comment reaches that allows a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The statement, or the line.
    Statement,
    /// The file.
    File,
}

impl Workspace {
    /// The change that puts a comment into the file which allows the finding, and gives this reason; nothing where no comment can
    /// stand.
    #[must_use]
    pub fn allow(&self, path: &Path, finding: &Diagnostic, reach: Reach, reason: &str) -> Option<Fix> {
        let source = self.source(path)?;
        let settings = self.settings.get(source.settings?)?;
        let text = text(source)?;
        let suppressions = match source.fragments.as_slice() {
            [] => Suppressions::of_cql(&text, settings.dialects, settings.reasons),
            fragments => Suppressions::of_program(&text, fragments, settings.reasons),
        };
        let program = source.host.is_some().then_some(source.path.as_path());
        let host = Host { text: &text, program, suppressions: &suppressions };
        let allowing = Allowing { reason: reason.to_owned(), least: Level::Off, hosts: self.hosts? };
        match reach {
            Reach::Statement => {
                let mut planned = [finding.clone()];
                allowing.plan(&host, &mut planned);
                planned.into_iter().find_map(|finding| finding.fix)
            }
            Reach::File => allowing.in_file(&host, finding.rule.name),
        }
    }
}

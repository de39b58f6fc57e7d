//! Introduces who reads files to who finds CQL in the source of programs.

use cqlint_analysis::Fragment;
use cqlint_embed::{Evidence, Language, fragments};
use cqlint_project::{HostReader, Trust};

/// CQL in the source of programs.
pub(crate) struct Embedded;

impl HostReader for Embedded {
    fn reads(&self, ending: &str) -> bool {
        Language::of_ending(ending).is_some()
    }

    fn trust(&self, text: &str) -> Trust {
        match Evidence::of(text) {
            Evidence { driver: true, .. } => Trust::Driver,
            Evidence { other: true, .. } => Trust::OtherDatabase,
            Evidence { .. } => Trust::Unknown,
        }
    }

    fn fragments(&self, ending: &str, text: &str) -> Vec<Fragment> {
        Language::of_ending(ending).map(|language| fragments(text, language)).unwrap_or_default()
    }
}

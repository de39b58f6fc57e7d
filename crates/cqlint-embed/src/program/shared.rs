//! The names by which a file without any verb of CQL is found to have to do with statements of others: those of statements that
//! files define, and of what they want for theirs.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use crate::program::index::Told;
use crate::strings::constants::last_name;

/// All such names of a program, and how many files have each.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    counts: BTreeMap<String, usize>,
    /// Those of each file that has some.
    files: BTreeMap<usize, BTreeSet<String>>,
}

/// Those of one file.
pub(crate) fn names(told: &Told) -> BTreeSet<String> {
    let statements = told.exports.iter().filter(|export| export.begins_with_verb()).map(|export| export.name.as_str());
    let wanted = told.wanted.iter().map(|written| last_name(written));
    statements.chain(wanted).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Shared {
    /// Takes down the names of a file. Answers whether the program has others than before now.
    pub(crate) fn set(&mut self, file: usize, names: BTreeSet<String>) -> bool {
        let before = self.files.remove(&file).unwrap_or_default();
        let mut is_news = false;
        for name in names.difference(&before) {
            let count = self.counts.entry(name.clone()).or_default();
            is_news |= *count == 0;
            *count += 1;
        }
        for name in before.difference(&names) {
            let Some(count) = self.counts.get_mut(name) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.counts.remove(name);
                is_news = true;
            }
        }
        if !names.is_empty() {
            self.files.insert(file, names);
        }
        is_news
    }

    /// Finds them in a text.
    pub(crate) fn words(&self) -> Option<AhoCorasick> {
        AhoCorasick::new(self.counts.keys()).ok()
    }
}

//! Names that exist, and which of them was meant by one that does not.

/// So many letters may be wrong, left out or in the wrong order.
const SLIPS: usize = 3;

/// So many names are listed; more are no help.
const LISTED: usize = 14;

/// A name that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// What is wrong: one line, no full stop.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// The name that the word is; `what` is what the names are names of.
pub(super) fn choose<'n>(what: &str, word: &str, names: &[&'n str]) -> Result<&'n str, Unknown> {
    names.iter().copied().find(|name| *name == word).ok_or_else(|| Unknown {
        message: format!("unknown {what} `{word}`"),
        help: match closest(word, names.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None if names.len() > LISTED => "see `cqlint rules` for the names".to_owned(),
            None => format!("known are {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        },
    })
}

/// The name that is closest to the word, if one is close.
fn closest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let word = word.to_ascii_lowercase().replace('_', "-");
    let distance = |name: &'n str| (strsim::damerau_levenshtein(name, &word), !name.starts_with(&word), name);
    // Of two that are equally close it is the one whose end is missing.
    let (slips, _, name) = names.into_iter().map(distance).min_by_key(|(slips, is_other, _)| (*slips, *is_other))?;
    (slips <= SLIPS.min(word.len() / 2)).then_some(name).filter(|_| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_through() {
        let names = ["profile", "exclude", "include", "suppressions-need-reason"];
        assert_eq!(closest("profil", names), Some("profile"));
        assert_eq!(closest("Exclude", names), Some("exclude"));
        assert_eq!(closest("suppressions_need_reason", names), Some("suppressions-need-reason"));
        assert_eq!(closest("cassandra-4", ["cassandra", "cassandra-4.0"]), Some("cassandra-4.0"));
        assert_eq!(closest("", names), None);
        assert_eq!(closest("line-length", names), None);
    }
}

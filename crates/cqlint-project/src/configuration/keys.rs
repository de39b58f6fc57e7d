//! The keys of a configuration file, as data. What is read, what `cqlint config` shows and what an editor completes all come
//! from this table.

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{GROUPS, Level, Profile, RULES, Timestamps};

/// A key.
#[derive(Debug)]
pub struct Key {
    /// As it is written in the file; a flag of the command line has the same name.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What holds when nobody says anything, as it would be written in a file; nothing for what then does not exist.
    pub default: Option<&'static str>,
    /// What it is about: one line.
    pub about: &'static str,
    /// Where it may stand.
    pub scope: Scope,
    /// What becomes of an earlier value.
    pub merging: Merging,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One of these names.
    OneOf(fn() -> Vec<&'static str>),
    /// One or several of these names.
    SomeOf(fn() -> Vec<&'static str>),
    /// A name of CQL.
    Name,
    /// Functions of CQL: `f` or `keyspace.f`.
    Functions,
    /// A path, from the folder of the file that it is written in.
    Path,
    /// Several of them.
    Paths,
    /// Patterns as in `.gitignore`.
    Patterns,
    /// `true` or `false`.
    Switch,
    /// A table with the levels of rules and groups.
    Levels,
    /// Tables with settings for some of the files.
    Overrides,
}

/// Where a key may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only where it holds for all files.
    File,
    /// Also under `[[overrides]]`.
    Everywhere,
    /// Only under `[[overrides]]`.
    Override,
}

/// What becomes of an earlier value: one of a file that is extended, or of the file when the command line says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merging {
    /// The later one replaces it.
    Replaces,
    /// Both hold.
    Adds,
}

/// All keys.
pub static KEYS: &[Key] = &[
    Key {
        name: "extend",
        shape: Shape::Path,
        default: None,
        about: "Another configuration file, whose settings come before those of this one",
        scope: Scope::File,
        merging: Merging::Replaces,
    },
    Key {
        name: "profile",
        shape: Shape::OneOf(profiles),
        default: Some("\"driver\""),
        about: "What a verdict promises",
        scope: Scope::Everywhere,
        merging: Merging::Replaces,
    },
    Key {
        name: "timestamps",
        shape: Shape::OneOf(timestamps),
        default: Some("\"per-attempt\""),
        about: "Which timestamp a second execution carries",
        scope: Scope::Everywhere,
        merging: Merging::Replaces,
    },
    Key {
        name: "dialect",
        shape: Shape::SomeOf(dialects),
        default: Some("\"all\""),
        about: "Whose CQL it is: one name, or a list",
        scope: Scope::Everywhere,
        merging: Merging::Replaces,
    },
    Key {
        name: "keyspace",
        shape: Shape::Name,
        default: None,
        about: "The keyspace of names that have none",
        scope: Scope::Everywhere,
        merging: Merging::Replaces,
    },
    Key {
        name: "deterministic",
        shape: Shape::Functions,
        default: Some("[]"),
        about: "Functions of yours that always answer the same, as `f` or `keyspace.f`",
        scope: Scope::Everywhere,
        merging: Merging::Replaces,
    },
    Key {
        name: "schema",
        shape: Shape::Paths,
        default: Some("[]"),
        about: "Files and folders that are read only for their tables, types and functions",
        scope: Scope::File,
        merging: Merging::Adds,
    },
    Key {
        name: "include",
        shape: Shape::Patterns,
        default: None,
        about: "The files that a folder stands for, instead of all with CQL in them",
        scope: Scope::File,
        merging: Merging::Replaces,
    },
    Key {
        name: "exclude",
        shape: Shape::Patterns,
        default: Some("[]"),
        about: "Files and folders that are passed over, unless they are named on the command line",
        scope: Scope::File,
        merging: Merging::Adds,
    },
    Key {
        name: "suppressions-need-reason",
        shape: Shape::Switch,
        default: Some("true"),
        about: "Whether a comment that hides findings has to say why",
        scope: Scope::File,
        merging: Merging::Replaces,
    },
    Key {
        name: "rules",
        shape: Shape::Levels,
        default: None,
        about: "How loud rules are, by the name of the rule or of its group; a rule's own name counts more",
        scope: Scope::Everywhere,
        merging: Merging::Adds,
    },
    Key {
        name: "overrides",
        shape: Shape::Overrides,
        default: None,
        about: "Settings for some of the files; where several hold for a file, the later ones win",
        scope: Scope::File,
        merging: Merging::Adds,
    },
    Key {
        name: "files",
        shape: Shape::Patterns,
        default: None,
        about: "The files that the settings of this table are for",
        scope: Scope::Override,
        merging: Merging::Replaces,
    },
];

impl Key {
    /// The key of this name.
    ///
    /// ```
    /// use cqlint_project::configuration::Key;
    ///
    /// assert_eq!(Key::named("profile").map(|key| key.default), Some(Some("\"driver\"")));
    /// assert!(Key::named("profil").is_none());
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }
}

impl Scope {
    /// The keys that may stand in a table of this scope.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'static Key> {
        KEYS.iter().filter(move |key| key.scope == self || key.scope == Scope::Everywhere)
    }
}

/// The levels, the loudest first.
pub(crate) const LEVELS: [Level; 4] = [Level::Error, Level::Warn, Level::Note, Level::Off];

fn profiles() -> Vec<&'static str> {
    Profile::ALL.iter().map(|profile| profile.name).collect()
}

fn timestamps() -> Vec<&'static str> {
    [Timestamps::PerAttempt, Timestamps::PerRequest].map(Timestamps::name).to_vec()
}

fn dialects() -> Vec<&'static str> {
    Dialects::NAMES.iter().map(|(name, _)| *name).collect()
}

/// The names that the table of levels may have: groups first, then rules.
pub(crate) fn rules_and_groups() -> Vec<&'static str> {
    GROUPS.iter().map(|(group, _)| *group).chain(RULES.iter().map(|rule| rule.name)).collect()
}

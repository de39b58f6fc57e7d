//! Everything that is in force for a file.

use std::path::PathBuf;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Level, Levels, Options, Profile, RULES, Reasons, Rule, Schema, Timestamps};

use super::{Key, Merging, Origin, Setting, Value};

/// What is in force for a file, and who said so.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What a verdict promises.
    pub profile: Profile,
    /// Which timestamp a second execution carries.
    pub timestamps: Timestamps,
    /// Whose CQL it is.
    pub dialects: Dialects,
    /// The keyspace of names that have none.
    pub keyspace: Option<String>,
    /// Functions that always answer the same.
    pub deterministic: Vec<String>,
    /// Files and folders with tables, types and functions.
    pub schema: Vec<PathBuf>,
    /// How loud each rule is.
    pub levels: Levels,
    /// Whether a comment that hides findings has to say why.
    pub reasons: Reasons,
    /// Everything that was said, the earlier first: the last one for a key counts, where they do not add up.
    pub said: Vec<Setting>,
}

impl Settings {
    /// What is in force when this was said, the earlier first.
    pub(super) fn new(said: Vec<Setting>) -> Self {
        let last = |name: &str| said.iter().rev().find(|setting| setting.key.name == name).map(|setting| &setting.value);
        let text = |name: &str| match last(name) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let texts = |name: &str| match last(name) {
            Some(Value::Texts(texts)) => texts.as_slice(),
            _ => &[],
        };
        let dialects = texts("dialect").iter().filter_map(|name| name.parse::<Dialects>().ok());
        let schema = said.iter().filter(|setting| setting.key.name == "schema").filter_map(|setting| match &setting.value {
            Value::Paths(paths) => Some(paths),
            _ => None,
        });
        let reasons = match last("suppressions-need-reason") {
            Some(Value::Switch(false)) => Reasons::Optional,
            _ => Reasons::Needed,
        };
        Self {
            reasons,
            profile: text("profile").and_then(Profile::named).unwrap_or_default(),
            timestamps: text("timestamps").and_then(Timestamps::named).unwrap_or_default(),
            dialects: dialects.reduce(|left, right| left | right).unwrap_or(Dialects::ALL),
            keyspace: text("keyspace").map(str::to_owned),
            deterministic: texts("deterministic").to_vec(),
            schema: schema.flatten().cloned().collect(),
            levels: levels(&said),
            said,
        }
    }

    /// What a verdict is made with. `deterministic` lends the names of the functions.
    #[must_use]
    pub fn options<'s>(&'s self, schema: Option<&'s Schema>, deterministic: &'s [&'s str]) -> Options<'s> {
        Options {
            profile: self.profile,
            timestamps: self.timestamps,
            dialects: self.dialects,
            schema,
            keyspace: self.keyspace.as_deref(),
            deterministic,
            levels: Some(&self.levels),
            open: &[],
            holes: &[],
            bindings: &[],
        }
    }

    /// The names of the functions, to be lent to [`Settings::options`].
    #[must_use]
    pub fn deterministic(&self) -> Vec<&str> {
        self.deterministic.iter().map(String::as_str).collect()
    }

    /// What was said of a key and counts, the earlier first: one at most, unless they add up.
    #[must_use]
    pub fn of(&self, key: &'static Key) -> Vec<&Setting> {
        let all: Vec<_> = self.said.iter().filter(|setting| setting.key.name == key.name).collect();
        match key.merging {
            Merging::Adds => all,
            Merging::Replaces => all.into_iter().next_back().into_iter().collect(),
        }
    }

    /// How loud a rule is, and who said so.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> (Level, &Origin) {
        let said = self.said.iter().rev().find_map(|setting| match setting.value {
            Value::Level(name, level) if name == rule.name || name == rule.group => Some((level, &setting.origin)),
            _ => None,
        });
        said.unwrap_or((rule.level, &Origin::Default))
    }

    /// Every rule that something was said about.
    pub fn leveled(&self) -> impl Iterator<Item = (&'static Rule, Level, &Origin)> {
        RULES.iter().map(|rule| (*rule, self.level(rule))).filter_map(|(rule, (level, origin))| match origin {
            Origin::Default => None,
            Origin::Flag(_) | Origin::File { .. } => Some((rule, level, origin)),
        })
    }
}

/// What is said of a group later holds for each of its rules, whatever was said of them before: so `--rule marks=off` silences
/// also those that a file names.
fn levels(said: &[Setting]) -> Levels {
    let mut levels = Levels::default();
    for setting in said {
        if let Value::Level(name, level) = setting.value {
            for rule in RULES.iter().filter(|rule| name == rule.name || name == rule.group) {
                levels.set(rule.name, level);
            }
        }
    }
    levels
}

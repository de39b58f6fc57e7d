//! Renaming: all places at once, or none and the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Mention, Sense, What};

use super::spelling::{read, written};
use super::target::Target;
use super::{Entry, Index};

/// What has to be written where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Renaming<'i> {
    /// The new name, in quotes when it needs them.
    pub(crate) text: String,
    /// The places of the old one.
    pub(crate) places: BTreeMap<&'i Path, BTreeSet<Span>>,
}

/// What stands where the cursor is, before it is renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Current<'i> {
    /// The bytes of the name.
    pub(crate) span: Span,
    /// The name as the server sees it.
    pub(crate) name: &'i str,
}

/// A place that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    path: PathBuf,
    line: u32,
}

impl fmt::Display for At {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.path.display(), self.line)
    }
}

/// Why nothing is renamed, for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A keyword, a value, a comment.
    NoName,
    /// A keyspace or a role, which stand in more than statements.
    Elsewhere(What),
    /// Nothing in the workspace defines it.
    Undefined(What, String),
    /// The program puts it together there, or uses these bytes for something else, too.
    PutTogether(At),
    /// The name there may mean another thing, which has the same name.
    Ambiguous(What, String, At),
    /// A migration has changed it.
    Migrated(What, String, At),
    /// Another thing has the new name.
    Taken(What, String, At),
    /// The new name cannot be one.
    NotAName(String, &'static str),
    /// The new name needs quotes, which a string of a program has to escape.
    NeedsQuotes(String, At),
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoName => formatter.write_str("no name that can be changed stands here"),
            Refusal::Elsewhere(what) => {
                write!(formatter, "a {} is not renamed: configuration, sessions and servers know it, too", what.name())
            }
            Refusal::Undefined(What::Function | What::Aggregate, name) => {
                write!(formatter, "nothing in the workspace defines `{name}`: a function of the server keeps its name")
            }
            Refusal::Undefined(what, name) => write!(
                formatter,
                "nothing in the workspace defines {} `{name}`: open the folder that has its definition, too",
                what.name()
            ),
            Refusal::PutTogether(at) => {
                write!(formatter, "the program puts this name together at {at}: write it out there first")
            }
            Refusal::Ambiguous(what, name, at) => write!(
                formatter,
                "{} `{name}` at {at} may be another one of the same name: write its keyspace or table there first",
                what.name()
            ),
            Refusal::Migrated(what, name, at) => write!(
                formatter,
                "a migration changes {} `{name}` at {at}, and what may have been applied must stay: write a new migration instead",
                what.name()
            ),
            Refusal::Taken(what, name, at) => write!(formatter, "there is a {} `{name}` already, at {at}", what.name()),
            Refusal::NotAName(name, why) => write!(formatter, "`{name}` cannot be the name: {why}"),
            Refusal::NeedsQuotes(name, at) => {
                write!(formatter, "{name} needs its quotes, which the string at {at} has to escape: choose a name in lower case")
            }
        }
    }
}

impl Index {
    /// What would be renamed at a place.
    ///
    /// # Errors
    /// When nothing there can be.
    pub(crate) fn prepare_rename(&self, path: &Path, at: u32) -> Result<Current<'_>, Refusal> {
        let entry = self.entry_at(path, at).ok_or(Refusal::NoName)?;
        self.renamed(entry)?;
        if !entry.is_exact {
            return Err(Refusal::PutTogether(place(path, entry)));
        }
        Ok(Current { span: entry.mention.span, name: &entry.mention.name })
    }

    /// Renames what stands at a place, wherever it is spoken of. The new name may come with its quotes.
    ///
    /// # Errors
    /// When one of the places cannot be changed, or when the new name would mean something else.
    pub(crate) fn rename(&self, path: &Path, at: u32, new_name: &str) -> Result<Renaming<'_>, Refusal> {
        let entry = self.entry_at(path, at).ok_or(Refusal::NoName)?;
        let target = self.renamed(entry)?;
        let what = entry.mention.what;
        let name = read(what, new_name).map_err(|why| Refusal::NotAName(new_name.to_owned(), why))?;
        let text = written(what, &name);
        let mut places: BTreeMap<&Path, BTreeSet<Span>> = BTreeMap::new();
        if name == target.name {
            return Ok(Renaming { text, places });
        }
        self.is_free(&target, &name)?;
        self.is_not_migrated(&target)?;
        for (path, entry) in self.meeting(&target) {
            if !entry.is_exact {
                return Err(Refusal::PutTogether(place(path, entry)));
            }
            if entry.is_in_program && text.starts_with('"') {
                return Err(Refusal::NeedsQuotes(text, place(path, entry)));
            }
            places.entry(path).or_default().insert(entry.mention.span);
        }
        self.mean_nothing_else(&target, &places)?;
        Ok(Renaming { text, places })
    }

    /// The thing that an entry means, when it is one that can be renamed.
    fn renamed<'i>(&'i self, entry: &'i Entry) -> Result<Target<'i>, Refusal> {
        let Mention { what, name, .. } = &entry.mention;
        match what.family() {
            What::Keyspace | What::Role => return Err(Refusal::Elsewhere(*what)),
            What::Table | What::View | What::Index | What::Column | What::Type | What::Field | What::Function | What::Aggregate => {
            }
        }
        let target = Target::new(self, &entry.mention);
        let definitions: Vec<_> = self.meeting(&target).filter(|(_, entry)| entry.mention.sense.defines()).collect();
        let Some((_, first)) = definitions.first() else {
            return Err(Refusal::Undefined(*what, name.clone()));
        };
        // Two things of this name: nobody knows which is meant where.
        let one = Target::new(self, &first.mention);
        match definitions.iter().find(|(_, other)| !one.is_met_by(&other.mention)) {
            Some((path, other)) => Err(Refusal::Ambiguous(*what, name.clone(), place(path, other))),
            None => Ok(one),
        }
    }

    fn is_free(&self, target: &Target<'_>, name: &str) -> Result<(), Refusal> {
        let wanted = Target { name, ..target.clone() };
        let taken = self.meeting(&wanted).find(|(_, entry)| entry.mention.sense.defines());
        taken.map_or(Ok(()), |(path, entry)| Err(Refusal::Taken(entry.mention.what, name.to_owned(), place(path, entry))))
    }

    /// An ALTER in another file than the CREATE is a migration, which runs behind it. What one and the same file says is
    /// changed together.
    fn is_not_migrated(&self, target: &Target<'_>) -> Result<(), Refusal> {
        let creates = |(path, entry): (&'_ Path, &Entry)| (entry.mention.sense == Sense::Creates).then(|| path.to_owned());
        let created: BTreeSet<PathBuf> = self.meeting(target).filter_map(creates).collect();
        let is_migration = |(path, entry): &(&Path, &Entry)| {
            matches!(entry.mention.sense, Sense::Adds | Sense::Alters) && !created.contains(*path)
        };
        let migration = self.meeting(target).find(is_migration);
        migration.map_or(Ok(()), |(path, entry)| {
            Err(Refusal::Migrated(entry.mention.what, entry.mention.name.clone(), place(path, entry)))
        })
    }

    /// Whether each of the places speaks of this thing alone.
    fn mean_nothing_else(&self, target: &Target<'_>, places: &BTreeMap<&Path, BTreeSet<Span>>) -> Result<(), Refusal> {
        let is_changed = |path: &Path, span: Span| places.get(path).is_some_and(|spans| spans.contains(&span));
        let own: Vec<_> = self.meeting(target).collect();
        for (path, entry) in self.called(target.name) {
            let Entry { mention, .. } = entry;
            if is_changed(path, mention.span) && !target.is_met_by(mention) {
                // The same bytes, in another statement of the program.
                return Err(Refusal::PutTogether(place(path, entry)));
            }
            let is_other = mention.sense.defines() && mention.what.family() == target.what && !target.is_met_by(mention);
            if !is_other {
                continue;
            }
            // What meets both may mean either.
            let other = Target::new(self, mention);
            let both = own.iter().find(|(_, entry)| other.is_met_by(&entry.mention));
            if let Some((path, entry)) = both {
                return Err(Refusal::Ambiguous(mention.what, mention.name.clone(), place(path, entry)));
            }
        }
        Ok(())
    }
}

fn place(path: &Path, entry: &Entry) -> At {
    At { path: path.to_owned(), line: entry.line }
}

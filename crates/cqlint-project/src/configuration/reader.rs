//! Reads the table of settings: every mistake is told, each with its place.

use std::ops::Range;
use std::path::Path;

use cqlint_analysis::{Level, suggestion};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::closest::{Unknown, choose};
use super::document::{kind, string};
use super::keys::{LEVELS, rules_and_groups};
use super::mistake::{Mistake, position};
use super::{Key, Origin, Scope, Setting, Shape, Value, names, patterns};
use crate::problem::shown;

/// What a table says.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The file that comes before it, and where it is named.
    pub(super) extend: Option<(String, Range<usize>)>,
    /// In order, with groups of rules before single rules.
    pub(super) settings: Vec<Setting>,
    pub(super) overrides: Vec<Override>,
}

/// Settings for some of the files.
#[derive(Clone, Debug)]
pub(super) struct Override {
    pub(super) files: Vec<String>,
    pub(super) settings: Vec<Setting>,
}

/// Reads one file.
pub(super) struct Reader<'f> {
    /// As the user would write it.
    path: &'f Path,
    text: &'f str,
    pub(super) mistakes: Vec<Mistake>,
}

/// The level of a rule or a group, as `--rule NAME=LEVEL` gives it.
///
/// # Errors
/// There is no such rule, group or level; the message says what was meant.
///
/// ```
/// use cqlint_project::configuration::level;
///
/// assert_eq!(level("marks", "off").unwrap().to_string(), "off");
/// assert_eq!(level("marks", "of").unwrap_err(), "unknown level `of`: did you mean `off`?");
/// ```
pub fn level(name: &str, level: &str) -> Result<Value, String> {
    let said = |unknown: Unknown| format!("{}: {}", unknown.message, unknown.help);
    Ok(Value::Level(rule_or_group(name).map_err(said)?, level_named(level).map_err(said)?))
}

fn rule_or_group(name: &str) -> Result<&'static str, Unknown> {
    choose("rule or group", name, &rules_and_groups()).map_err(|unknown| match suggestion(name) {
        Some(known) if !unknown.help.starts_with("did you mean") => {
            Unknown { help: format!("did you mean `{known}`? {}", unknown.help), ..unknown }
        }
        _ => unknown,
    })
}

fn level_named(name: &str) -> Result<Level, Unknown> {
    let known = choose("level", name, &LEVELS.map(Level::name))?;
    Ok(LEVELS.into_iter().find(|level| level.name() == known).unwrap_or(Level::Off))
}

impl<'f> Reader<'f> {
    pub(super) fn new(path: &'f Path, text: &'f str) -> Self {
        Self { path, text, mistakes: Vec::new() }
    }

    /// What the table says, as far as it can be understood.
    pub(super) fn table(&mut self, table: &DeTable<'_>, scope: Scope) -> Content {
        let mut content = Content::default();
        for (name, value) in table {
            let Some(key) = self.key(name, scope) else { continue };
            let origin = self.origin(name.span());
            match key.shape {
                Shape::Levels => content.settings.extend(self.levels(key, value)),
                Shape::Overrides => content.overrides = self.overrides(key, value),
                Shape::Path => content.extend = self.text(key, value).map(|path| (path.to_owned(), value.span())),
                Shape::OneOf(_)
                | Shape::SomeOf(_)
                | Shape::Name
                | Shape::Functions
                | Shape::Paths
                | Shape::Patterns
                | Shape::Switch => content.settings.extend(self.value(key, value).map(|value| Setting { key, value, origin })),
            }
        }
        content
    }

    fn key(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, scope: Scope) -> Option<&'static Key> {
        let names: Vec<_> = scope.keys().map(|key| key.name).collect();
        match choose("key", name.get_ref(), &names) {
            Ok(name) => Key::named(name),
            Err(unknown) => {
                let elsewhere = Key::named(name.get_ref()).map(|key| match key.scope {
                    Scope::Override => {
                        (format!("`{}` stands outside of `[[overrides]]`", key.name), "write `[[overrides]]` above it")
                    }
                    _ => (format!("`{}` holds for all files, so it cannot stand here", key.name), "move it above the first `[`"),
                });
                let (message, help) =
                    elsewhere.map_or((unknown.message, unknown.help), |(message, help)| (message, help.to_owned()));
                self.mistakes.push(Mistake::new(name.span(), message, help));
                None
            }
        }
    }

    fn value(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Value> {
        match key.shape {
            Shape::OneOf(names) => {
                let text = self.text(key, value)?;
                let name = choose(key.name, text, &names());
                Some(Value::Text(self.known(name, value.span())?.to_owned()))
            }
            Shape::SomeOf(names) => {
                let items = match value.get_ref() {
                    DeValue::String(_) => vec![value],
                    _ => self.items(key, value)?,
                };
                if items.is_empty() {
                    let help = format!("leave it out, or write `{} = {}`", key.name, key.shape.example());
                    self.mistakes.push(Mistake::new(value.span(), format!("`{}` is an empty list", key.name), help));
                }
                self.each(key, &items, |text| choose(key.name, text, &names()).map(str::to_owned))
            }
            Shape::Name => {
                let text = self.text(key, value)?;
                let name = names::name(text).map_err(|message| unfit(key, message));
                self.known(name, value.span()).map(Value::Text)
            }
            Shape::Functions => {
                let items = self.items(key, value)?;
                self.each(key, &items, |text| names::function(text).map_err(|message| unfit(key, message)))
            }
            Shape::Patterns => {
                let items = self.items(key, value)?;
                let pattern = |text: &str| patterns::check(text).map(|()| text.to_owned()).map_err(|message| unfit(key, message));
                self.each(key, &items, pattern)
            }
            Shape::Paths => {
                let items = self.items(key, value)?;
                let folder = self.path.parent().unwrap_or(Path::new(""));
                match self.each(key, &items, |text| Ok(text.to_owned()))? {
                    Value::Texts(paths) => Some(Value::Paths(paths.iter().map(|path| folder.join(path)).collect())),
                    other => Some(other),
                }
            }
            Shape::Switch => match value.get_ref() {
                DeValue::Boolean(is_on) => Some(Value::Switch(*is_on)),
                _ => self.other_kind(key, value),
            },
            Shape::Path | Shape::Levels | Shape::Overrides => self.other_kind(key, value),
        }
    }

    /// The value for each item; nothing when one of them is wrong.
    fn each(
        &mut self,
        key: &Key,
        items: &[&Spanned<DeValue<'_>>],
        read: impl Fn(&str) -> Result<String, Unknown>,
    ) -> Option<Value> {
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            let text = self.text(key, item).map(&read);
            texts.extend(text.and_then(|result| self.known(result, item.span())));
        }
        (texts.len() == items.len() && (!texts.is_empty() || !matches!(key.shape, Shape::SomeOf(_)))).then_some(Value::Texts(texts))
    }

    fn levels(&mut self, key: &'static Key, value: &Spanned<DeValue<'_>>) -> Vec<Setting> {
        let DeValue::Table(table) = value.get_ref() else {
            self.other_kind::<Value>(key, value);
            return Vec::new();
        };
        let mut settings = Vec::new();
        for (name, value) in table {
            let rule = rule_or_group(name.get_ref());
            let rule = self.known(rule, name.span());
            let level = match string(value) {
                Some(text) => self.known(level_named(text), value.span()),
                None => {
                    let message = format!("the level of `{}` is {}, not a string", name.get_ref(), kind(value.get_ref()));
                    let help = format!("write `{} = \"off\"`, or \"note\", \"warn\", \"error\"", name.get_ref());
                    self.mistakes.push(Mistake::new(value.span(), message, help));
                    None
                }
            };
            let value = rule.zip(level).map(|(rule, level)| Value::Level(rule, level));
            settings.extend(value.map(|value| Setting { key, value, origin: self.origin(name.span()) }));
        }
        groups_first(&mut settings);
        settings
    }

    fn overrides(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Vec<Override> {
        let mut overrides = Vec::new();
        for item in self.items(key, value).unwrap_or_default() {
            let DeValue::Table(table) = item.get_ref() else {
                self.other_kind::<Value>(key, item);
                continue;
            };
            let Content { mut settings, .. } = self.table(table, Scope::Override);
            let files = settings.extract_if(.., |setting| setting.key.scope == Scope::Override).next();
            match files.map(|files| files.value) {
                Some(Value::Texts(files)) => overrides.push(Override { files, settings }),
                _ if table.contains_key("files") => {}
                _ => {
                    let help = "say for which files it is, with `files = [\"migrations/\"]`";
                    self.mistakes.push(Mistake::new(item.span(), "`[[overrides]]` has no `files`", help));
                }
            }
        }
        overrides
    }

    fn items<'v, 't>(&mut self, key: &Key, value: &'v Spanned<DeValue<'t>>) -> Option<Vec<&'v Spanned<DeValue<'t>>>> {
        match value.get_ref() {
            DeValue::Array(items) => Some(items.iter().collect()),
            _ => self.other_kind(key, value),
        }
    }

    fn text<'v>(&mut self, key: &Key, value: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
        string(value).or_else(|| self.other_kind(key, value))
    }

    fn known<T>(&mut self, result: Result<T, Unknown>, span: Range<usize>) -> Option<T> {
        result.map_err(|unknown| self.mistakes.push(Mistake::new(span, unknown.message, unknown.help))).ok()
    }

    fn other_kind<T>(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<T> {
        let message = format!("`{}` is {}, which does not fit", key.name, kind(value.get_ref()));
        let help = match key.shape {
            Shape::Levels => "write `[rules]`, and below it lines like `marks = \"off\"`".to_owned(),
            Shape::Overrides => "write `[[overrides]]`, and below it `files = [\"migrations/\"]`".to_owned(),
            shape => format!("write it like `{} = {}`", key.name, shape.example()),
        };
        self.mistakes.push(Mistake::new(value.span(), message, help));
        None
    }

    fn origin(&self, span: Range<usize>) -> Origin {
        Origin::File { path: shown(self.path), line: position(self.text, span.start).0 }
    }
}

/// A rule's own name counts more than that of its group, so it comes later.
pub(super) fn groups_first(settings: &mut [Setting]) {
    settings.sort_by_key(|setting| match setting.value {
        Value::Level(name, _) => cqlint_analysis::rule(name).is_some(),
        _ => false,
    });
}

fn unfit(key: &Key, message: String) -> Unknown {
    Unknown {
        message: format!("`{}`: {message}", key.name),
        help: format!("write it like `{} = {}`", key.name, key.shape.example()),
    }
}

impl Shape {
    /// A value of this shape, as it is written in a file.
    fn example(self) -> String {
        match self {
            Shape::OneOf(names) | Shape::SomeOf(names) => format!("{:?}", names().first().copied().unwrap_or_default()),
            Shape::Name => "\"shop\"".to_owned(),
            Shape::Functions => "[\"shop.checksum\"]".to_owned(),
            Shape::Path => "\"../cqlint.toml\"".to_owned(),
            Shape::Paths => "[\"schema/\"]".to_owned(),
            Shape::Patterns => "[\"generated/\", \"*.tmp.cql\"]".to_owned(),
            Shape::Switch => "true".to_owned(),
            Shape::Levels => "{ marks = \"off\" }".to_owned(),
            Shape::Overrides => "[{ files = [\"migrations/\"], profile = \"state\" }]".to_owned(),
        }
    }
}

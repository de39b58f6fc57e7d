//! What a suppression allows, and where: `allow counter-update, marks: reason`.

use alloc::vec::Vec;

use cqlint_syntax::Span;

use super::note::{Note, Where};
use super::{At, Reasons, SIGN};
use crate::rules::{RULES, bad_suppression, unused_suppression};
use crate::{Diagnostic, Edit, Rule};

/// Words of other tools, and misspelt ones: who writes them means a suppression. Anything else is a remark.
const MEANT: [&str; 10] = ["disable", "expect", "hide", "ignore", "noqa", "nolint", "off", "silence", "skip", "suppress"];

/// A suppression that says all that it must.
#[derive(Clone, Debug)]
pub(super) struct Allow<'t> {
    /// Where its words stand.
    words: Span,
    names: Vec<Name<'t>>,
    scope: Scope,
    /// Takes it out.
    removal: Option<Edit>,
}

/// A name that it has.
#[derive(Clone, Debug)]
struct Name<'t> {
    text: &'t str,
    span: Span,
    means: Means,
    /// Whether it has hidden anything.
    is_used: bool,
}

#[derive(Clone, Copy, Debug)]
enum Means {
    Rule(&'static Rule),
    Group(&'static str),
    /// There is no such rule, which is told already.
    Nothing,
}

#[derive(Clone, Copy, Debug)]
enum Scope {
    File,
    /// From a place up to another, which belongs to it.
    Here {
        span: Span,
        is_above: bool,
    },
    /// There is nothing that it could be about.
    Nothing,
}

impl<'t> Allow<'t> {
    /// Reads what a note says. What is wrong with it is added to `bad`.
    pub(super) fn read(text: &'t str, note: Note, place: Where, reasons: Reasons, bad: &mut Vec<Diagnostic>) -> Option<Self> {
        let said = note.words.text(text);
        let mut reader = Reader { text: said, at: SIGN.len() };
        let word = reader.word();
        let scope = match (word.text(said), place.span) {
            ("allow-file", _) => Scope::File,
            ("allow", Some(span)) => Scope::Here { span, is_above: place.is_above },
            ("allow", None) => Scope::Nothing,
            (other, _) => {
                let lower = other.to_ascii_lowercase();
                let first = lower.split('-').next().unwrap_or_default();
                if lower.starts_with("allow") || MEANT.contains(&first) {
                    bad.push(bad_suppression::unknown_word(other, moved(word, note.words.start)));
                }
                return None;
            }
        };
        let mut names = Vec::new();
        loop {
            let name = reader.word();
            if name.is_empty() {
                break;
            }
            names.push(Name::new(name.text(said), moved(name, note.words.start)));
            if !reader.take(',') {
                break;
            }
        }
        let has_reason = reader.take(':') && reader.rest().contains(char::is_alphanumeric);
        if names.is_empty() {
            bad.push(bad_suppression::no_rule(note.words));
            return None;
        }
        let unknown = names.iter().filter(|name| matches!(name.means, Means::Nothing));
        bad.extend(unknown.map(|name| bad_suppression::unknown_rule(name.text, name.span)));
        if !has_reason && reasons == Reasons::Needed {
            let list: Vec<_> = names.iter().map(|name| name.text).collect();
            bad.push(bad_suppression::no_reason(word.text(said), &list.join(", "), note.words));
            return None;
        }
        Some(Self { words: note.words, names, scope, removal: note.removal })
    }

    /// Where it begins to hold. What is about the whole file, or about nothing, comes last.
    pub(super) fn start(&self) -> u32 {
        match self.scope {
            Scope::Here { span, .. } => span.start,
            Scope::Nothing => u32::MAX - 1,
            Scope::File => u32::MAX,
        }
    }

    /// The last place that it holds for.
    pub(super) fn end(&self) -> u32 {
        match self.scope {
            Scope::Here { span, .. } => span.end,
            Scope::Nothing | Scope::File => 0,
        }
    }

    pub(super) fn is_whole_file(&self) -> bool {
        matches!(self.scope, Scope::File)
    }

    /// Whether it holds for the place.
    pub(super) fn holds(&self, place: &At) -> bool {
        match self.scope {
            Scope::Here { span, is_above } => span.touches(place.at) && (is_above || !place.only_above),
            Scope::Nothing | Scope::File => false,
        }
    }

    /// Behind its last name.
    pub(super) fn room(&self) -> Option<u32> {
        self.names.last().map(|name| name.span.end)
    }

    /// Whether it has a name for the rule.
    pub(super) fn names(&self, rule: &Rule) -> bool {
        self.names.iter().any(|name| name.is_for(rule))
    }

    /// The same; the name is then of use.
    pub(super) fn take(&mut self, rule: &Rule) -> bool {
        let name = self.names.iter_mut().find(|name| name.is_for(rule));
        name.map(|name| name.is_used = true).is_some()
    }

    /// What is told when it hides nothing, or some of its names do not.
    pub(super) fn unused(&self, is_judged: impl Fn(&'static Rule) -> bool) -> Option<Diagnostic> {
        let is_unused = |name: &&Name<'_>| !name.is_used && name.may_be_judged(&is_judged);
        let unused: Vec<_> = self.names.iter().filter(is_unused).collect();
        let (first, last) = (self.names.first()?, self.names.last()?);
        let said: Vec<_> = unused.iter().map(|name| name.text).collect();
        let place = if self.is_whole_file() { "in this file" } else { "here" };
        if unused.len() == self.names.len() {
            return Some(unused_suppression::whole(&said, place, self.words, self.removal.clone()));
        }
        let kept: Vec<_> = self.names.iter().filter(|name| !is_unused(name)).map(|name| name.text).collect();
        let edit = Edit { span: first.span.to(last.span), text: kept.join(", ") };
        unused_suppression::names(&said, place, unused.first()?.span, edit)
    }
}

impl<'t> Name<'t> {
    fn new(text: &'t str, span: Span) -> Self {
        let group = || RULES.iter().find(|rule| rule.group == text).map(|rule| Means::Group(rule.group));
        let means = crate::rule(text).map(Means::Rule).or_else(group).unwrap_or(Means::Nothing);
        Self { text, span, means, is_used: false }
    }

    fn is_for(&self, rule: &Rule) -> bool {
        match self.means {
            Means::Rule(own) => own == rule,
            Means::Group(group) => group == rule.group,
            Means::Nothing => false,
        }
    }

    /// Whether it can be said of the name that it hides nothing.
    fn may_be_judged(&self, is_judged: impl Fn(&'static Rule) -> bool) -> bool {
        match self.means {
            Means::Rule(rule) => is_judged(rule),
            Means::Group(group) => RULES.iter().filter(|rule| rule.group == group).all(|rule| is_judged(rule)),
            Means::Nothing => false,
        }
    }
}

/// Reads words and signs, with blanks between them.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// A name; empty when there is none.
    fn word(&mut self) -> Span {
        self.skip_blanks();
        let is_inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        let rest = self.rest();
        let length = rest.find(|letter| !is_inside(letter)).unwrap_or(rest.len());
        // What has no letter is no name: the dash before a reason.
        let length = if rest.get(..length).is_some_and(|word| word.contains(char::is_alphanumeric)) { length } else { 0 };
        let span = Span::new(self.at as u32, (self.at + length) as u32);
        self.at += length;
        span
    }

    fn take(&mut self, sign: char) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(sign);
        self.at += usize::from(found);
        found
    }
}

fn moved(span: Span, by: u32) -> Span {
    Span::new(span.start + by, span.end + by)
}

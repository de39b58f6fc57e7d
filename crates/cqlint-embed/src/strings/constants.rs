//! The names of a file that stand for strings: constants, fields, locals.

use std::collections::{HashMap, HashSet};

use crate::Language;
use crate::strings::builder;
use crate::strings::changes::{self, Change, Piece, only};
use crate::strings::definitions::{self, Defined};
use crate::strings::scopes::{self, Kind, Scopes};
use crate::tree::Node;
use crate::tree::{Part, Tree};

/// What stands between the names of a path.
const SEPARATORS: [char; 8] = ['.', ':', '?', '!', '-', '>', '$', '\\'];

/// How many changes of one name are looked at.
const MOST: usize = 200;

/// A definition that a name may stand for.
#[derive(Debug)]
struct Definition<'t> {
    /// Nothing for what the running program puts in: a parameter, or what is declared and set later.
    value: Option<Node<'t>>,
    name: &'t str,
    /// Whether it is another file: `require("./queries")`.
    is_required: bool,
    /// Whether others can append to it when they are given it.
    is_builder: bool,
    start: usize,
    end: usize,
    /// The block that it stands in, and where the name is known; in Python that is more.
    block: usize,
    /// The class or object that holds it.
    holder: Option<&'t str>,
    changes: Vec<Written<'t>>,
}

/// A change of what a name stands for.
#[derive(Clone, Copy, Debug)]
struct Written<'t> {
    change: Change<'t>,
    start: usize,
    end: usize,
    scope: usize,
}

/// What a name stands for at a place: a value, and what was appended to it.
#[derive(Clone, Debug)]
pub(crate) struct Meaning<'t> {
    pub(crate) value: Node<'t>,
    pub(crate) tail: Vec<Piece<'t>>,
}

/// All definitions of a file.
#[derive(Debug, Default)]
pub(crate) struct Constants<'t> {
    text: &'t str,
    all: Vec<Definition<'t>>,
    /// By scope and name.
    known: HashMap<(usize, &'t str), Vec<usize>>,
    /// Those of classes and objects, by name.
    members: HashMap<&'t str, Vec<usize>>,
    /// The definition that a value belongs to, and the number of the change that brings it.
    values: HashMap<usize, (usize, Option<usize>)>,
    scopes: Scopes<'t>,
}

impl<'t> Constants<'t> {
    /// Reads the definitions of a file.
    pub(crate) fn read(tree: &'t Tree, text: &'t str, language: Language) -> Self {
        let mut constants = Self { text, ..Self::default() };
        let mut changed = Vec::new();
        // Of a chain of calls the outermost says everything.
        let mut chain = None;
        tree.visit(Part::Names, &mut |node| {
            let scope = constants.scopes.enter(node, text);
            if !node.is_named() {
                return true;
            }
            // PHP knows them in the whole function.
            let within = if language == Language::Php { constants.scopes.owner(scope) } else { scope };
            for name in scopes::bound(node, text) {
                constants.define(name, None, node, (within, scope), None);
            }
            constants.note(node, scope, text, language);
            let is_call = changes::is_call(node.kind());
            if is_call && chain.is_some_and(|(start, end)| node.start_byte() == start && node.end_byte() > end) {
                return true;
            }
            if let Some(root) = is_call.then(|| changes::root(node, text)).flatten() {
                chain = Some((node.start_byte(), root.end_byte()));
            }
            let found = changes::changes(node, text);
            for found in found {
                let name = text.get(found.name.byte_range()).unwrap_or("");
                let at = if is_call { (found.name.start_byte(), node.end_byte()) } else { (node.start_byte(), node.end_byte()) };
                let written = Written { change: found.change, start: at.0, end: at.1, scope };
                // In Python and PHP, who assigns first defines.
                let is_assigned = match language {
                    Language::Python => node.kind() == "assignment" && found.name.kind() == "identifier",
                    Language::Php => node.kind() == "assignment_expression" && found.name.kind() == "variable_name",
                    _ => false,
                };
                let name = if language == Language::Php && is_assigned { last_name(name) } else { name };
                let is_first = is_assigned && !constants.known.contains_key(&(constants.scopes.owner(scope), name));
                let scopes = (constants.scopes.owner(scope), scope);
                match found.change {
                    Change::Set(value) if is_first => constants.define(name, Some(value), node, scopes, None),
                    _ => changed.push((name, written)),
                }
            }
            true
        });
        let builders: HashSet<&str> = constants.all.iter().filter(|one| one.is_builder).map(|one| one.name).collect();
        // Every argument of every call may be lent, and next to none is a builder.
        let is_of_builder = |name: &str| builders.contains(last_name(name));
        changed.retain(|(name, written)| !matches!(written.change, Change::Lend | Change::Stream(_)) || is_of_builder(name));
        for (name, written) in changed {
            constants.change(name, written);
        }
        constants
    }

    /// Takes down what a node defines in a scope and a block. What a JavaScript object holds is not known without its name.
    fn define(&mut self, name: &'t str, value: Option<Node<'t>>, node: Node<'t>, at: (usize, usize), object: Option<&'t str>) {
        let (start, end) = (node.start_byte(), node.end_byte());
        let (scope, block) = at;
        let within = self.scopes.get(scope);
        let holder = object.or_else(|| within.filter(|scope| scope.kind == Kind::Class).map(|scope| scope.name));
        let number = self.all.len();
        if let Some(value) = value {
            self.values.insert(value.id(), (number, None));
        }
        if holder.is_some() {
            self.members.entry(name).or_default().push(number);
        }
        if object.is_none() {
            self.known.entry((scope, name)).or_default().push(number);
        }
        let is_builder = value.is_some_and(|value| builder::is_new(value, self.text));
        let said = value.and_then(|value| self.text.get(value.byte_range())).unwrap_or("");
        let is_required = said.starts_with("require(");
        self.all.push(Definition { name, is_required, value, is_builder, start, end, block, holder, changes: Vec::new() });
    }

    fn note(&mut self, node: Node<'t>, scope: usize, text: &'t str, language: Language) {
        let text_of = |node: Node<'_>| text.get(node.byte_range()).unwrap_or("");
        let Some(Defined { name, value, holder }) = definitions::read(node, text, language) else { return };
        // Several names at once.
        if name.kind().ends_with("pattern") || name.kind() == "multi_variable_declaration" {
            for name in scopes::names(name, text) {
                self.define(name, None, node, (scope, scope), None);
            }
            return;
        }
        // One name of a list for one value of a list.
        let names = items(name);
        let mut values = value.map(items).unwrap_or_default().into_iter();
        for name in names {
            let name = last_name(text_of(name).split(':').next().unwrap_or("").trim());
            self.define(name, values.next().map(only), node, (scope, scope), holder);
        }
    }

    /// Tells the definition of the name of a change of it.
    fn change(&mut self, name: &'t str, written: Written<'t>) {
        let Some(number) = self.find(name, written.start, written.end) else { return };
        let Some(definition) = self.all.get_mut(number) else { return };
        if matches!(written.change, Change::Lend | Change::Stream(_)) && !definition.is_builder {
            return;
        }
        let written = match written.change {
            Change::Stream(piece) => Written { change: Change::Append(piece), ..written },
            _ => written,
        };
        if let Change::Set(value) = written.change {
            self.values.insert(value.id(), (number, Some(definition.changes.len())));
        }
        definition.changes.push(written);
    }

    /// The definition that a name means at a place.
    fn find(&self, name: &str, start: usize, end: usize) -> Option<usize> {
        let last = last_name(name);
        let qualifier = name.get(..name.len().saturating_sub(last.len())).unwrap_or("").trim_end_matches(SEPARATORS);
        let mut around = self.scopes.around(start);
        let is_self = matches!(
            last_name(qualifier),
            "this" | "self" | "cls" | "Self" | "super" | "base" | "static" | "parent" | "constructor" | "__class__"
        );
        if !qualifier.is_empty() && !is_self {
            let members = self.members.get(last)?;
            let holder = last_name(qualifier);
            return only_one(members.iter().filter(|number| self.holder(**number) == Some(holder)));
        }
        let own = around.find_map(|(number, scope)| {
            if is_self && scope.kind != Kind::Class {
                return None;
            }
            let here = self.known.get(&(number, last))?;
            let outside = |definition: &Definition<'_>| definition.end <= start || end <= definition.start;
            // The last one before; in a class or a file the only one, wherever it stands.
            match scope.kind {
                Kind::Class | Kind::File => Some(only_one(here.iter())),
                _ => {
                    let before =
                        |number: &&usize| self.all.get(**number).is_some_and(|one| one.end <= start || one.value.is_none());
                    here.iter().rev().take(MOST).find(before).map(|found| Some(*found))
                }
            }
            .filter(|found| found.is_none_or(|found| self.all.get(found).is_some_and(|one| one.value.is_none() || outside(one))))
        });
        // What a class inherits from another one of this file.
        own.unwrap_or_else(|| only_one(self.members.get(last)?.iter()))
    }

    fn holder(&self, number: usize) -> Option<&'t str> {
        self.all.get(number)?.holder
    }

    /// What a name stands for at a node; nothing when nobody knows.
    pub(crate) fn resolve(&self, name: &str, start: usize, end: usize) -> Option<Meaning<'t>> {
        let definition = self.all.get(self.find(name, start, end)?)?;
        let place = |number: usize| self.scopes.get(number);
        let own = place(definition.block)?;
        let (_, here) = self.scopes.around(start).next()?;
        // In Python what a branch sets is known behind it.
        let mut value = definition.value.filter(|_| own.contains(start) || definition.holder.is_some());
        let mut tail = Vec::new();
        let mut lent = None;
        for (number, written) in definition.changes.iter().enumerate() {
            if number > MOST {
                return None;
            }
            let at = place(written.scope)?;
            let repeats = at.repeated.and_then(place).is_some_and(|round| !round.contains(definition.start));
            // A constructor sets a field and goes on with it.
            let elsewhere = at.function != here.function;
            let again = repeats && at.repeated.and_then(place).is_some_and(|round| round.contains(start));
            if !elsewhere && !again && written.end > start {
                continue;
            }
            // What contains the place itself comes later.
            let contains = written.start <= start && end <= written.end;
            if contains && !again && !elsewhere {
                continue;
            }
            let certain = !elsewhere && !repeats && at.contains(start);
            match written.change {
                Change::Set(set) if certain => {
                    value = Some(set);
                    tail.clear();
                }
                Change::Set(_) | Change::Spoil => value = None,
                Change::Append(piece) => {
                    tail.extend(lent.take());
                    tail.push(if certain { piece } else { Piece::Open(piece.node()) });
                }
                Change::Lend | Change::Stream(_) => lent = definition.value.map(Piece::Open),
                Change::Read => tail.extend(lent.take()),
                Change::Cut => cut(&mut tail, &mut value),
            }
        }
        Some(Meaning { value: value?, tail })
    }

    /// Whether nothing in the file defines the name, so that another one may.
    pub(crate) fn is_foreign(&self, name: &str, start: usize) -> bool {
        let last = last_name(name);
        let first = name.split(['.', ':', '?', '!']).next().unwrap_or(name);
        let is_here = |name: &str| {
            let mut around = self.scopes.around(start);
            // What is required is of another file.
            let is_own = |number: &usize| self.all.get(*number).is_some_and(|one| !one.is_required);
            around.any(|(number, _)| self.known.get(&(number, name)).is_some_and(|known| known.iter().any(is_own)))
        };
        let holds = |number: &usize| {
            let holder = self.holder(*number);
            name == last || holder.is_some_and(|holder| name.split(['.', ':']).any(|part| part == holder))
        };
        !is_here(first) && !self.members.get(last).is_some_and(|members| members.iter().any(holds))
    }

    /// The names that the whole program may know, with what holds them: those of the file, its classes and its objects.
    pub(crate) fn exported(&self) -> impl Iterator<Item = (&'t str, &'t str, Node<'t>)> {
        let public = |definition: &Definition<'t>| {
            let block = self.scopes.get(definition.block)?;
            // What a class holds stands in a block in Python.
            let around = self.scopes.get(block.parent).filter(|around| block.kind == Kind::Block && around.kind == Kind::Class);
            let scope = around.unwrap_or(block);
            let is_public = matches!(scope.kind, Kind::File | Kind::Class) && scope.function == 0;
            let value = definition.value.filter(|_| is_public && definition.changes.is_empty())?;
            Some((definition.holder.unwrap_or(""), definition.name, value))
        };
        self.all.iter().filter_map(public)
    }

    /// What comes to the end of a value in the end, when anything does.
    pub(crate) fn tail(&self, value: Node<'t>) -> Option<Vec<Piece<'t>>> {
        let (number, change) = self.values.get(&value.id()).copied()?;
        let definition = self.all.get(number)?;
        let place = |number: usize| self.scopes.get(number);
        let (from, home, start) = match change {
            Some(change) => {
                let written = definition.changes.get(change)?;
                (change + 1, place(written.scope)?, written.start)
            }
            None => (0, place(definition.block)?, definition.start),
        };
        let mut tail = Vec::new();
        let mut known = Some(value);
        let mut lent = None;
        for (count, written) in definition.changes.iter().skip(from).enumerate() {
            let at = place(written.scope)?;
            let is_within = home.start <= at.start && at.end <= home.end;
            let is_around = at.start <= home.start && home.end <= at.end;
            if !is_within && !is_around {
                continue;
            }
            let repeats = at.repeated.and_then(place).is_some_and(|round| !round.contains(start));
            let certain = is_around && !repeats && at.function == home.function;
            if count > MOST {
                tail.push(Piece::Open(value));
                break;
            }
            match written.change {
                Change::Set(_) | Change::Spoil if certain => break,
                Change::Set(_) | Change::Spoil => {}
                Change::Append(piece) => {
                    tail.extend(lent.take());
                    tail.push(if certain { piece } else { Piece::Open(piece.node()) });
                }
                Change::Lend | Change::Stream(_) => lent = Some(Piece::Open(value)),
                Change::Read => tail.extend(lent.take()),
                Change::Cut => cut(&mut tail, &mut known),
            }
        }
        (!tail.is_empty() && known.is_some()).then_some(tail)
    }
}

/// The end of a text goes away: harmless where nobody knows the end anyway.
fn cut<'t>(tail: &mut [Piece<'t>], value: &mut Option<Node<'t>>) {
    if !matches!(tail.last(), Some(Piece::Open(_))) {
        *value = None;
    }
}

fn only_one<'a>(mut numbers: impl Iterator<Item = &'a usize>) -> Option<usize> {
    let first = numbers.next()?;
    numbers.next().is_none().then_some(*first)
}

/// `a.b.C`, `self.C` and `this->C` to `C`.
pub(crate) fn last_name(name: &str) -> &str {
    let separates = |at: &usize| match name.as_bytes().get(*at) {
        Some(b'.' | b':' | b'$' | b'\\') => true,
        Some(b'>') => name.get(..*at).is_some_and(|before| before.ends_with('-')),
        _ => false,
    };
    // Names may be long calls: they are read from behind, and not to their beginning.
    let start = (0..name.len()).rev().find(separates).map_or(0, |at| at + 1);
    name.get(start..).unwrap_or(name).trim()
}

fn items(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() != "expression_list" {
        return vec![node];
    }
    node.named_children().collect()
}

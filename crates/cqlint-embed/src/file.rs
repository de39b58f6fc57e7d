//! One file of a program: its syntax tree, and the CQL in it.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use cqlint_analysis::drivers::Driver;
use cqlint_analysis::syntax::Span;
use cqlint_analysis::{CallSite, Formatted, Fragment, Settings};

use crate::document::{markdown, template};

use crate::injections::Injection;
use crate::program::imports::Imports;
use crate::program::index::{Home, Names, Outside, Told};
use crate::program::outside::moved;
use crate::sites::{self, Call, Sites, Ways};
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::constants::Constants;
use crate::strings::fold::Folder;
use crate::strings::format::Places;
use crate::strings::{format, holes, literal, numbers};
use crate::tree::{Node, Part, Tree};
use crate::{Language, evidence, foreign};

/// What is found in a file, and what the other files may want to know.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) fragments: Vec<Fragment>,
    /// What is only the template of other statements here; calls of other files may still take it as it is.
    pub(crate) templates: Vec<Fragment>,
    /// The statements of other files that its calls take.
    pub(crate) taken: Vec<Taken>,
    pub(crate) told: Told,
    /// The expressions that make what it exports.
    pub(crate) homes: Vec<Span>,
    /// The constants of other files that strings were made of.
    pub(crate) used: BTreeSet<Home>,
}

/// The expressions that became parts of statements: nothing in them is looked at again.
#[derive(Default)]
struct Consumed {
    /// From where to where they go, each outside of the others.
    ends: BTreeMap<usize, usize>,
}

impl Consumed {
    fn insert(&mut self, node: Node<'_>) {
        if !self.contains(node) {
            let within: Vec<usize> = self.ends.range(node.byte_range()).map(|(start, _)| *start).collect();
            for start in within {
                self.ends.remove(&start);
            }
            self.ends.insert(node.start_byte(), node.end_byte());
        }
    }

    fn contains(&self, node: Node<'_>) -> bool {
        let before = self.ends.range(..=node.start_byte()).next_back();
        before.is_some_and(|(_, end)| node.end_byte() <= *end)
    }
}

/// The CQL in a text of the language, in the order of the places where it is put together.
#[must_use]
pub fn fragments(text: &str, language: Language) -> Vec<Fragment> {
    if !evidence::is_worth_it(text) {
        return Vec::new();
    }
    let (names, settings) = Default::default();
    let tree = Tree::parse(text, language);
    read(text, language, tree.as_ref(), &Around { names: &names, driver: None, settings: &settings }).fragments
}

/// What is known from the other files of the program.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    /// Their constants.
    pub(crate) names: &'a Names,
    /// The driver that this file uses.
    pub(crate) driver: Option<Driver>,
    /// What the application sets for all statements.
    pub(crate) settings: &'a Settings,
}

/// The same of a syntax tree, where more is known; of the constants of other files a statement may be made without a
/// verb in this file.
pub(crate) fn read(text: &str, language: Language, tree: Option<&Tree>, around: &Around<'_>) -> Found {
    match language {
        Language::Markdown => return Found { fragments: markdown::fragments(text), ..Found::default() },
        Language::Template => return Found { fragments: template::fragments(text), ..Found::default() },
        _ => {}
    }
    let Some(tree) = tree else { return Found::default() };
    let folder = Folder::new(text, language, Constants::read(tree, text, language), around.names);
    let mut found = Vec::new();
    let mut tried = None;
    // What was appended to a statement that was found.
    let mut consumed = Consumed::default();
    let mut injection = None;
    tree.visit(Part::Strings, &mut |node| {
        if consumed.contains(node) {
            return false;
        }
        if let Some(read) = Injection::read(node, text) {
            injection = Some(read);
            return false;
        }
        // A sum that is no string begins with sums that are none either, each as long as the one around it; a chain of calls too.
        let is_same = || folder.is_sum(node) || folder.is_chain(node);
        if tried == Some(node.start_byte()) && is_same() {
            return true;
        }
        if !folder.is_string(node) {
            if folder.is_chain(node) {
                tried = Some(node.start_byte());
            }
            return true;
        }
        let Some(chunks) = folder.whole(node) else {
            tried = Some(node.start_byte());
            return true;
        };
        // It is about one string only.
        let injection = injection.take().filter(|injection: &Injection| injection.is_about(node, text));
        let home = literal::span(node.start_byte(), node.end_byte());
        let grown = folder.grown(node, &chunks);
        let with_end = || {
            let mut chunks = chunks.clone();
            chunks.push(Chunk::Clauses { host: literal::span(node.end_byte().saturating_sub(1), node.end_byte()) });
            statement(&chunks, language)
        };
        let fragment = match &grown {
            None => statement(&chunks, language).or_else(|| injected(&chunks, injection?, language)),
            Some((grown, parts)) => match statement(grown, language) {
                Some(fragment) => {
                    parts.iter().for_each(|part| consumed.insert(*part));
                    Some(fragment)
                }
                None => with_end(),
            },
        };
        let is_number = |value: &Formatted| numbers::is_number(&value.name, node, text);
        found.extend(fragment.map(|fragment| (node, fragment.at(home).without_formatted(is_number))));
        false
    });
    let names_other = LazyCell::new(|| evidence::names_other(text));
    found.retain(|(node, _)| !foreign::is_taken(*node, text) || !*names_other);
    // What is only the template of another statement is none itself.
    let is_template = |node: Node<'_>, fragment: &Fragment| folder.is_used(node) && holes::has_hole(fragment.text());
    let mut templates = Vec::new();
    // Where each name stands is looked up only when somebody asks.
    let ways = LazyCell::new(|| Ways::new(tree, text));
    if found.iter().any(|(node, fragment)| is_template(*node, fragment)) {
        let is_only_template =
            |(node, fragment): &(Node<'_>, Fragment)| is_template(*node, fragment) && !sites::is_used_alone(*node, &ways, &folder);
        let (dropped, kept) = found.into_iter().partition(is_only_template);
        found = kept;
        templates = dropped.into_iter().map(|(_, fragment): (Node<'_>, Fragment)| fragment).collect();
    }
    let with_sites = |(node, fragment): (Node<'_>, Fragment)| match around.driver {
        Some(driver) => fragment.with_sites(Sites { ways: &ways, driver, settings: around.settings }.of(node)),
        None => fragment,
    };
    let mut fragments: Vec<Fragment> = found.into_iter().map(with_sites).collect();
    let mut taken = Vec::new();
    if let Some(driver) = around.driver {
        let (own, there): (Vec<_>, Vec<_>) = elsewhere(tree, &folder, driver, around.settings, &ways).into_iter().unzip();
        fragments.extend(own);
        taken = there;
    }
    let used = folder.used_outside();
    let (exports, homes) = folder.exports().unzip();
    let told = Told { exports, wanted: folder.wanted(), imports: Imports::read(tree, text, language) };
    Found { fragments, templates, taken, told, homes, used }
}

/// The statement of another file that a call takes by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) home: Home,
    pub(crate) sites: Vec<CallSite>,
}

/// The calls that take nothing but the name of a statement that another file holds.
fn elsewhere<'t, F: FnOnce() -> Ways<'t>>(
    tree: &'t Tree,
    folder: &Folder<'t>,
    driver: Driver,
    settings: &Settings,
    ways: &LazyCell<Ways<'t>, F>,
) -> Vec<(Fragment, Taken)> {
    let mut found = Vec::new();
    tree.visit(Part::Calls, &mut |node| {
        let taken = Call::read(node, folder.text).and_then(|call| sites::text_of(&call, driver, folder.text));
        let statement = taken.and_then(|name| {
            let outside = folder.outside_alone(name)?;
            let home = literal::span(name.start_byte(), name.end_byte());
            Some((name, outside, statement(&moved(&outside.chunks, home), folder.language)?.at(home)))
        });
        found.extend(statement);
        true
    });
    let fragment = |(name, outside, fragment): (Node<'t>, &Outside, Fragment)| {
        let sites = Sites { ways, driver, settings }.of(name);
        let taken = Taken { home: outside.home, sites: sites.clone() };
        (fragment.from_elsewhere().with_sites(sites), taken)
    };
    found.into_iter().map(fragment).collect()
}

/// What a string is that is certainly CQL, whether it parses or not.
fn injected(chunks: &Chunks, injection: Injection, language: Language) -> Option<Fragment> {
    let filled = format::left_over(chunks.clone(), language);
    holes::fill_injected(&filled, injection.is_whole())
}

/// The statements that a string makes, when it makes some.
fn statement(chunks: &Chunks, language: Language) -> Option<Fragment> {
    if !holes::may_begin(chunks) {
        return None;
    }
    let chunks = format::left_over(chunks.clone(), language);
    // A template that is formatted elsewhere, unless the braces are CQL's own.
    let template = || holes::fill(&format::fill(chunks.clone(), Places::Braces, &[]));
    holes::fill(&chunks).or_else(template)
}

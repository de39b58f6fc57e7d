//! Expressions that make a string: literals, concatenation, constants, formats.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};

use crate::Language;
use crate::program::index::{Home, Names};
use crate::program::outside;
use crate::strings::calls::Call;
use crate::strings::changes::{Piece, items};
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::constants::{Constants, Meaning, last_name};
use crate::strings::format::{self, Argument, Places};
use crate::strings::literal::{self, span};
use crate::strings::{builder, calls, conditional, cpp, margin};
use crate::tree::Node;

/// How deep expressions stand in expressions, names for names included.
const DEPTH: usize = 48;

/// How many expressions one string is made of at most: names that stand for names twice each would never end.
const MOST: usize = 4_000;

/// The same for all strings of a file.
const MOST_OF_ALL: usize = 500_000;

/// Words in expressions that make a text of a list, or of one text many times.
const LISTS: [&str; 6] = [".join(", "joining(", "joinTo", ".Join(", "mkString", "epeat("];

/// How long such an expression is at most.
const LONGEST_LIST: usize = 1_000;

/// Puts strings together.
pub(crate) struct Folder<'t> {
    pub(crate) text: &'t str,
    pub(crate) language: Language,
    pub(crate) constants: Constants<'t>,
    /// How many more expressions may be looked at for the string at hand.
    budget: Cell<usize>,
    /// And for those behind it.
    rest: Cell<usize>,
    /// The definitions that other strings were made of.
    used: RefCell<HashSet<usize>>,
    /// Those of other files.
    used_outside: RefCell<BTreeSet<Home>>,
    /// What names mean that other files define.
    pub(crate) names: &'t Names,
    /// The names that strings are made of and that nobody knows here.
    pub(crate) wanted: RefCell<BTreeSet<String>>,
}

impl<'t> Folder<'t> {
    pub(crate) fn new(text: &'t str, language: Language, constants: Constants<'t>, names: &'t Names) -> Self {
        let (budget, rest) = (Cell::new(MOST), Cell::new(MOST_OF_ALL));
        let (used, used_outside, wanted) = Default::default();
        Self { text, language, constants, budget, rest, used, used_outside, names, wanted }
    }

    /// The constants of other files that strings were made of.
    pub(crate) fn used_outside(&self) -> BTreeSet<Home> {
        self.used_outside.borrow().clone()
    }

    /// The string that a whole expression makes.
    pub(crate) fn whole(&self, node: Node<'t>) -> Option<Chunks> {
        self.measured(|| self.fold(node, 0))
    }

    /// Does what it is told, with a budget of its own.
    fn measured(&self, fold: impl FnOnce() -> Option<Chunks>) -> Option<Chunks> {
        let before = self.rest.get().min(MOST);
        self.budget.set(before);
        let chunks = fold();
        self.rest.set(self.rest.get() - (before - self.budget.get()));
        // Of a longer one the end is missing.
        chunks.filter(|_| self.budget.get() > 0)
    }

    pub(crate) fn text_of(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or("")
    }

    /// Whether the node is written as a string, or as an expression that puts strings together.
    pub(crate) fn is_string(&self, node: Node<'t>) -> bool {
        is_literal(node.kind()) || self.is_sum(node) || self.is_builder(node) || self.is_made(node)
    }

    /// Whether a call makes it. A use of a name makes nothing new: `query.toString()`.
    fn is_made(&self, node: Node<'t>) -> bool {
        match self.call(node) {
            Some(Call::Same { inner, .. }) => !is_name(inner.kind()),
            call => call.is_some(),
        }
    }

    /// The string that an expression makes; nothing for another expression.
    pub(crate) fn fold(&self, node: Node<'t>, depth: usize) -> Option<Chunks> {
        self.spend()?;
        if depth > DEPTH {
            return None;
        }
        let kind = node.kind();
        if kind == "concatenated_string" {
            return Some(self.joined_literals(node, depth));
        }
        if is_literal(kind) || matches!(kind, "character_literal" | "char_literal" | "rune_literal") {
            return Some(self.with_macro(self.literal(node, depth)?, node, depth));
        }
        match kind {
            "parenthesized_expression"
            | "reference_expression"
            | "literal_element"
            | "user_defined_literal"
            | "expression_list"
            | "argument"
            | "value_argument" => {
                return self.fold(node.named_child(0)?, depth + 1);
            }
            _ => {}
        }
        // C++'s `std::string{"a"}`.
        if kind == "compound_literal_expression" {
            return self.fold(cpp::only_item(node.child_by_field_name("value")?)?, depth + 1);
        }
        if let Some(operands) = self.operands(node) {
            let parts: Vec<_> = operands.into_iter().map(|operand| (operand, self.fold(operand, depth + 1))).collect();
            if parts.iter().all(|(_, chunks)| chunks.is_none()) {
                return None;
            }
            let side = |(operand, chunks): (Node<'t>, Option<Chunks>)| chunks.unwrap_or_else(|| vec![self.hole(operand)]);
            return Some(parts.into_iter().flat_map(side).collect());
        }
        if let Some(arms) = conditional::arms(node) {
            let arms: Vec<_> = arms.into_iter().map(|arm| self.fold(arm, depth + 1)).collect();
            return conditional::any_of(arms, span(node.start_byte(), node.end_byte()));
        }
        if self.is_builder(node) {
            let start = builder::start(node).and_then(|start| self.fold(start, depth + 1));
            return Some(start.unwrap_or_default());
        }
        if let Some(call) = self.call(node) {
            return self.fold_call(call, depth);
        }
        if is_name(kind) {
            return self.fold_name(self.text_of(node), node, depth);
        }
        None
    }

    /// What a literal says.
    pub(crate) fn literal(&self, node: Node<'t>, depth: usize) -> Option<Chunks> {
        self.spend()?;
        let chunks = literal::read(node, self.text, self.language)?;
        Some(self.with_constants(chunks, node, depth))
    }

    /// One expression more; nothing when there were too many.
    fn spend(&self) -> Option<()> {
        self.budget.set(self.budget.get().checked_sub(1)?);
        Some(())
    }

    /// The text that a name stands for at a node.
    pub(crate) fn fold_name(&self, name: &str, node: Node<'t>, depth: usize) -> Option<Chunks> {
        let Some(Meaning { value, tail }) = self.constants.resolve(name, node.start_byte(), node.end_byte()) else {
            let outside = self.outside(name, node)?;
            self.used_outside.borrow_mut().insert(outside.home);
            return Some(outside::moved(&outside.chunks, span(node.start_byte(), node.end_byte())));
        };
        let chunks = self.fold(value, depth + 1)?;
        self.used.borrow_mut().insert(value.id());
        self.appended(chunks, &tail, depth)
    }

    /// The text with what comes to its end.
    fn appended(&self, chunks: Chunks, tail: &[Piece<'t>], depth: usize) -> Option<Chunks> {
        let mut chunks = chunks;
        for piece in tail {
            self.spend()?;
            match *piece {
                Piece::Open(node) => chunks.push(open(node)),
                Piece::Text(node) => chunks.extend(self.operand(node, depth)),
                Piece::Line(node) => {
                    chunks.extend(self.operand(node, depth));
                    let end = span(node.end_byte(), node.end_byte());
                    chunks.push(Chunk::Text { value: "\n".to_owned(), host: end, exact: false });
                }
                Piece::Rest(sum) => {
                    let operands = self.operands(sum)?;
                    chunks.extend(operands.into_iter().skip(1).flat_map(|operand| self.operand(operand, depth)));
                }
                Piece::Format(list, from) => {
                    let mut values = items(list);
                    values.drain(..from.min(values.len()));
                    let Some((template, values)) = values.split_first() else { continue };
                    let places = if self.language == Language::Go { Places::Percents } else { Places::Braces };
                    let call = Call::Format { template: *template, places, values: values.to_vec() };
                    chunks.extend(self.fold_call(call, depth).unwrap_or_else(|| vec![open(list)]));
                }
            }
        }
        Some(chunks)
    }

    /// The string that an operand makes, or a hole.
    fn operand(&self, node: Node<'t>, depth: usize) -> Chunks {
        self.fold(node, depth + 1).unwrap_or_else(|| vec![self.hole(node)])
    }

    /// The whole text of a value that a name is given, with all that comes to its end, and the nodes that this is made of.
    pub(crate) fn grown(&self, node: Node<'t>, chunks: &Chunks) -> Option<(Chunks, Vec<Node<'t>>)> {
        let tail = self.constants.tail(node)?;
        let parts = tail.iter().filter(|piece| !matches!(piece, Piece::Open(_))).map(|piece| piece.node()).collect();
        Some((self.measured(|| self.appended(chunks.clone(), &tail, 0))?, parts))
    }

    /// The text of each hole whose name stands for a text: `${TABLE}`.
    fn with_constants(&self, chunks: Chunks, node: Node<'t>, depth: usize) -> Chunks {
        let text = |chunk: Chunk| match &chunk {
            Chunk::Hole { name, .. } if is_path(name) => self.fold_name(name, node, depth).unwrap_or_else(|| vec![chunk]),
            _ => vec![chunk],
        };
        chunks.into_iter().flat_map(text).collect()
    }

    /// Whether another string was made of what this node defines.
    pub(crate) fn is_used(&self, node: Node<'_>) -> bool {
        self.used.borrow().contains(&node.id())
    }

    fn hole(&self, node: Node<'_>) -> Chunk {
        let text = self.text_of(node);
        // What is joined of the parts of a list is most often names or bind markers.
        let bound = text.len() < LONGEST_LIST && LISTS.iter().any(|word| text.contains(word));
        Chunk::Hole { host: span(node.start_byte(), node.end_byte()), name: last_name(text).to_owned(), bound }
    }

    /// What `+` puts together, from the first to the last.
    fn operands(&self, node: Node<'t>) -> Option<Vec<Node<'t>>> {
        let mut operands = Vec::new();
        let mut sum = node;
        // A long sum is deep on its left side.
        while let Some((left, right)) = self.sides(sum) {
            operands.push(right);
            sum = left;
        }
        if operands.is_empty() {
            return None;
        }
        operands.push(sum);
        operands.reverse();
        Some(operands)
    }

    /// Whether the node is written with `+`.
    pub(crate) fn is_sum(&self, node: Node<'t>) -> bool {
        self.sides(node).is_some()
    }

    /// The two sides of `+`.
    fn sides(&self, node: Node<'t>) -> Option<(Node<'t>, Node<'t>)> {
        if !is_operation(node.kind()) {
            return None;
        }
        let (left, right) = (node.child_by_field_name("left")?, node.child_by_field_name("right")?);
        let between = self.text.get(left.end_byte()..right.start_byte())?;
        let is_plus = |word: &str| match self.language {
            Language::Php => word == ".",
            _ => matches!(word, "+" | "++"),
        };
        // Comments may stand beside it.
        let is_sum = between.split_whitespace().any(is_plus);
        is_sum.then_some((left, right))
    }

    fn fold_call(&self, call: Call<'t>, depth: usize) -> Option<Chunks> {
        match call {
            // The holes of what there is no budget for would cost more.
            Call::Concat(parts) | Call::Join { parts, .. } if parts.len() > self.budget.get() => None,
            Call::Built { parts, .. } if parts.len() > self.budget.get() => None,
            Call::Concat(parts) => Some(parts.into_iter().flat_map(|part| self.operand(part, depth)).collect()),
            Call::Join { separator, parts } => {
                let separator = match separator {
                    Some(separator) => self.fold(separator, depth + 1)?,
                    None => Chunks::new(),
                };
                let mut chunks = Chunks::new();
                for (number, part) in parts.into_iter().enumerate() {
                    if number > 0 {
                        chunks.extend(separator.iter().cloned());
                    }
                    chunks.extend(self.operand(part, depth));
                }
                Some(chunks)
            }
            Call::Built { start, parts } => {
                let begin = builder::start(start).filter(|_| self.is_builder(start));
                let mut chunks = begin.and_then(|begin| self.fold(begin, depth + 1)).unwrap_or_default();
                for part in parts {
                    chunks.extend(part.map_or_else(|| vec![open(start)], |part| self.operand(part, depth)));
                }
                Some(chunks)
            }
            Call::Same { inner, margin } => {
                let chunks = self.fold(inner, depth + 1)?;
                Some(if margin { margin::without(chunks) } else { chunks })
            }
            Call::Format { template, places, values } => {
                let chunks = self.fold(template, depth + 1)?;
                let argument = |node: Node<'t>| {
                    // Python's `name=value`.
                    let keyword = node.child_by_field_name("name").filter(|_| node.kind() == "keyword_argument");
                    let value = keyword.and_then(|_| node.child_by_field_name("value")).unwrap_or(node);
                    Argument {
                        chunks: self.fold(value, depth + 1),
                        name: last_name(self.text_of(value)).to_owned(),
                        keyword: keyword.map(|keyword| self.text_of(keyword).to_owned()).unwrap_or_default(),
                    }
                };
                let values: Vec<_> = values.into_iter().map(argument).collect();
                Some(self.with_constants(format::fill(chunks, places, &values), template, depth))
            }
        }
    }
}

/// Whether nodes of the kind may be written as a string, or as an expression that puts strings together.
pub(crate) fn makes_string(kind: &str) -> bool {
    is_literal(kind) || is_operation(kind) || builder::may_be(kind) || calls::may_be(kind)
}

/// Whether it is one of two operands, and perhaps a sum.
fn is_operation(kind: &str) -> bool {
    matches!(kind, "binary_expression" | "binary_operator" | "infix_expression" | "additive_expression")
}

pub(crate) fn is_literal(kind: &str) -> bool {
    matches!(
        kind,
        "string_literal"
            | "interpreted_string_literal"
            | "raw_string_literal"
            | "string"
            | "template_string"
            | "multiline_string_literal"
            | "verbatim_string_literal"
            | "interpolated_string_expression"
            | "concatenated_string"
            | "preproc_arg"
            | "encapsed_string"
            | "heredoc"
            | "nowdoc"
    )
}

/// Clauses that nobody knows.
fn open(node: Node<'_>) -> Chunk {
    Chunk::Clauses { host: span(node.start_byte(), node.end_byte()) }
}

/// A name, or names with dots.
pub(crate) fn is_path(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '.')
}

pub(crate) fn is_name(kind: &str) -> bool {
    matches!(
        kind,
        "identifier"
            | "field_access"
            | "attribute"
            | "member_expression"
            | "selector_expression"
            | "scoped_identifier"
            | "qualified_identifier"
            | "name"
            | "qualified_name"
            | "variable_name"
            | "class_constant_access_expression"
            | "scoped_property_access_expression"
            | "navigation_expression"
            | "field_expression"
            | "member_access_expression"
    )
}

/// A literal or a sum, also in parentheses.
pub(crate) fn is_text(node: Node<'_>) -> bool {
    let is_around = matches!(node.kind(), "parenthesized_expression" | "user_defined_literal");
    let inner = if is_around { node.named_child(0).unwrap_or(node) } else { node };
    is_literal(inner.kind()) || matches!(inner.kind(), "binary_expression" | "binary_operator" | "infix_expression")
}

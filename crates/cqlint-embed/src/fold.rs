//! Expressions that make a string: literals, concatenation, constants, formats.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use tree_sitter::Node;

use crate::Language;
use crate::chunk::{Chunk, Chunks};
use crate::constants::{Constants, last_name};
use crate::format::{self, Argument, Places};
use crate::literal::{self, span};

/// How deep expressions stand in expressions, names for names included.
const DEPTH: usize = 48;

/// How many expressions one string is made of at most: names that stand for names twice each would never end.
const MOST: usize = 4_000;

/// The same for all strings of a file.
const MOST_OF_ALL: usize = 500_000;

/// Functions that put values into a text.
const FORMATS: [&str; 5] = ["Sprintf", "format", "Format", "formatted", "sprintf"];

/// Methods that answer the text itself, as far as CQL goes.
const SAME: [&str; 17] = [
    "trim",
    "strip",
    "stripIndent",
    "trimIndent",
    "stripMargin",
    "trimMargin",
    "dedent",
    "TrimSpace",
    "Trim",
    "to_string",
    "to_owned",
    "into",
    "as_str",
    "intern",
    "from",
    "toString",
    "lstrip",
];

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
}

impl<'t> Folder<'t> {
    pub(crate) fn new(text: &'t str, language: Language, constants: Constants<'t>) -> Self {
        Self { text, language, constants, budget: Cell::new(MOST), rest: Cell::new(MOST_OF_ALL), used: RefCell::default() }
    }

    /// The string that a whole expression makes.
    pub(crate) fn whole(&self, node: Node<'t>) -> Option<Chunks> {
        let before = self.rest.get().min(MOST);
        self.budget.set(before);
        let chunks = self.fold(node, 0);
        self.rest.set(self.rest.get() - (before - self.budget.get()));
        chunks
    }

    fn text_of(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or("")
    }

    /// Whether the node is written as a string, or as an expression that puts strings together.
    pub(crate) fn is_string(&self, node: Node<'t>) -> bool {
        is_literal(node.kind()) || self.operands(node).is_some() || self.call(node).is_some()
    }

    /// The string that an expression makes; nothing for another expression.
    fn fold(&self, node: Node<'t>, depth: usize) -> Option<Chunks> {
        let left = self.budget.get().checked_sub(1)?;
        self.budget.set(left);
        if depth > DEPTH {
            return None;
        }
        let kind = node.kind();
        if kind == "concatenated_string" {
            let mut cursor = node.walk();
            let parts = node.named_children(&mut cursor).filter_map(|part| self.fold(part, depth + 1));
            return Some(parts.flatten().collect());
        }
        if is_literal(kind) {
            let chunks = literal::read(node, self.text, self.language)?;
            return Some(self.with_constants(chunks, node, depth));
        }
        match kind {
            "parenthesized_expression"
            | "reference_expression"
            | "literal_element"
            | "expression_list"
            | "argument"
            | "value_argument" => {
                return self.fold(node.named_child(0)?, depth + 1);
            }
            _ => {}
        }
        if let Some(operands) = self.operands(node) {
            let parts: Vec<_> = operands.into_iter().map(|operand| (operand, self.fold(operand, depth + 1))).collect();
            if parts.iter().all(|(_, chunks)| chunks.is_none()) {
                return None;
            }
            let side = |(operand, chunks): (Node<'t>, Option<Chunks>)| chunks.unwrap_or_else(|| vec![self.hole(operand)]);
            return Some(parts.into_iter().flat_map(side).collect());
        }
        if let Some(call) = self.call(node) {
            return self.fold_call(call, depth);
        }
        if is_name(kind) {
            let value = self.value_of(self.text_of(node), node)?;
            let mut chunks = self.fold(value, depth + 1)?;
            self.used.borrow_mut().insert(value.id());
            if self.constants.is_appended(value) {
                chunks.push(self.hole(node));
            }
            return Some(chunks);
        }
        None
    }

    /// What a name stands for at a node. `q = f"{q} …"` does not stand for itself.
    fn value_of(&self, name: &str, at: Node<'_>) -> Option<Node<'t>> {
        let value = self.constants.resolve(name, at.start_byte())?;
        let is_inside = value.start_byte() <= at.start_byte() && at.end_byte() <= value.end_byte();
        (!is_inside).then_some(value)
    }

    /// The text of each hole whose name stands for a text: `${TABLE}`.
    fn with_constants(&self, chunks: Chunks, node: Node<'t>, depth: usize) -> Chunks {
        let known = |name: &str| {
            // What is appended to is not known.
            let value = self.value_of(name, node).filter(|value| !self.constants.is_appended(*value))?;
            self.fold(value, depth + 1)
        };
        let text = |chunk: Chunk| match &chunk {
            Chunk::Hole { name, .. } if is_path(name) => known(name).unwrap_or_else(|| vec![chunk]),
            _ => vec![chunk],
        };
        chunks.into_iter().flat_map(text).collect()
    }

    /// Whether another string was made of what this node defines.
    pub(crate) fn is_used(&self, node: Node<'_>) -> bool {
        self.used.borrow().contains(&node.id())
    }

    fn hole(&self, node: Node<'_>) -> Chunk {
        let name = last_name(self.text_of(node)).to_owned();
        Chunk::Hole { host: span(node.start_byte(), node.end_byte()), name }
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
        if !matches!(node.kind(), "binary_expression" | "binary_operator" | "infix_expression" | "additive_expression") {
            return None;
        }
        let (left, right) = (node.child_by_field_name("left")?, node.child_by_field_name("right")?);
        let between = self.text.get(left.end_byte()..right.start_byte())?;
        // Comments may stand beside it.
        let is_sum = between.split_whitespace().any(|word| matches!(word, "+" | "++"));
        is_sum.then_some((left, right))
    }

    /// A call that answers a string.
    fn call(&self, node: Node<'t>) -> Option<Call<'t>> {
        match node.kind() {
            // Python's `text % values`.
            "binary_operator" => {
                let (left, right) = (node.child_by_field_name("left")?, node.child_by_field_name("right")?);
                let operator = self.text.get(left.end_byte()..right.start_byte())?.trim();
                let values = if right.kind() == "tuple" { right.named_children(&mut right.walk()).collect() } else { vec![right] };
                (operator == "%" && (is_text(left) || self.is_known(left))).then_some(Call::Format {
                    template: left,
                    places: Places::Percents,
                    values,
                })
            }
            "macro_invocation" => {
                let name = self.text_of(node.child_by_field_name("macro")?);
                let tree = node.named_children(&mut node.walk()).find(|child| child.kind() == "token_tree")?;
                let parts: Vec<_> = tree.named_children(&mut tree.walk()).collect();
                match last_name(name) {
                    "format" => {
                        let values = parts.get(1..)?.to_vec();
                        Some(Call::Format { template: *parts.first()?, places: Places::Braces, values })
                    }
                    "concat" => Some(Call::Concat(parts)),
                    _ => None,
                }
            }
            // Scala calls without parentheses.
            "field_expression" => {
                let (inner, name) = (node.child_by_field_name("value")?, node.child_by_field_name("field")?);
                let name = self.text_of(name);
                (SAME.contains(&name) && is_text(inner)).then_some(Call::Same { inner, margin: name.ends_with("Margin") })
            }
            "call_expression" | "call" | "method_invocation" | "invocation_expression" => self.called(node),
            _ => None,
        }
    }

    fn called(&self, node: Node<'t>) -> Option<Call<'t>> {
        let function = callee(node).or_else(|| node.named_child(0))?;
        let name = last_name(self.text_of(function));
        let receiver = node
            .child_by_field_name("object")
            .or_else(|| function.named_child(0))
            .filter(|receiver| is_text(*receiver) || self.is_known(*receiver) || self.is_string_call(*receiver));
        let arguments = node.child_by_field_name("arguments").or_else(|| {
            let mut cursor = node.walk();
            node.named_children(&mut cursor).find(|child| child.kind() == "value_arguments")
        });
        let mut values: Vec<_> =
            arguments.map(|arguments| arguments.named_children(&mut arguments.walk()).collect()).unwrap_or_default();
        if FORMATS.contains(&name) {
            let template = match receiver {
                Some(template) => template,
                None if !values.is_empty() => values.remove(0),
                None => return None,
            };
            let places = match self.language {
                Language::Python | Language::CSharp | Language::Rust => Places::Braces,
                _ => Places::Percents,
            };
            return Some(Call::Format { template, places, values });
        }
        if SAME.contains(&name) {
            let inner = receiver.or_else(|| values.first().copied().filter(|value| is_text(*value)))?;
            return Some(Call::Same { inner, margin: name.ends_with("Margin") });
        }
        None
    }

    /// Whether the node calls something that answers a text. It looks at one call only: chains may be long.
    fn is_string_call(&self, node: Node<'t>) -> bool {
        let name = callee(node).map(|function| last_name(self.text_of(function))).unwrap_or_default();
        FORMATS.contains(&name) || SAME.contains(&name)
    }

    /// Whether the node is a name that stands for a text.
    fn is_known(&self, node: Node<'t>) -> bool {
        let value = || self.constants.resolve(self.text_of(node), node.start_byte());
        is_name(node.kind()) && value().is_some_and(is_text)
    }

    fn fold_call(&self, call: Call<'t>, depth: usize) -> Option<Chunks> {
        match call {
            Call::Concat(parts) => Some(parts.into_iter().filter_map(|part| self.fold(part, depth + 1)).flatten().collect()),
            Call::Same { inner, margin } => {
                let chunks = self.fold(inner, depth + 1)?;
                Some(if margin { without_margin(chunks) } else { chunks })
            }
            Call::Format { template, places, values } => {
                let chunks = self.fold(template, depth + 1)?;
                let argument = |value: Node<'t>| Argument {
                    chunks: self.fold(value, depth + 1),
                    name: last_name(self.text_of(value)).to_owned(),
                };
                let values: Vec<_> = values.into_iter().map(argument).collect();
                Some(self.with_constants(format::fill(chunks, places, &values), template, depth))
            }
        }
    }
}

/// What a call does with its text.
enum Call<'t> {
    Format { template: Node<'t>, places: Places, values: Vec<Node<'t>> },
    Concat(Vec<Node<'t>>),
    Same { inner: Node<'t>, margin: bool },
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
    )
}

/// A name, or names with dots.
fn is_path(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '.')
}

fn is_name(kind: &str) -> bool {
    matches!(
        kind,
        "identifier"
            | "field_access"
            | "attribute"
            | "member_expression"
            | "selector_expression"
            | "scoped_identifier"
            | "navigation_expression"
            | "field_expression"
            | "member_access_expression"
    )
}

/// The function that a call names.
fn callee(node: Node<'_>) -> Option<Node<'_>> {
    node.child_by_field_name("function").or_else(|| node.child_by_field_name("name"))
}

/// A literal or a sum, also in parentheses.
fn is_text(node: Node<'_>) -> bool {
    let inner = if node.kind() == "parenthesized_expression" { node.named_child(0).unwrap_or(node) } else { node };
    is_literal(inner.kind()) || matches!(inner.kind(), "binary_expression" | "binary_operator" | "infix_expression")
}

/// Each line begins behind its `|`.
fn without_margin(chunks: Chunks) -> Chunks {
    let mut kept = Chunks::new();
    let mut at_start = true;
    for chunk in chunks {
        let Chunk::Text { value, host, exact: true } = chunk else {
            at_start = false;
            kept.push(chunk);
            continue;
        };
        let mut place = host.start as usize;
        for line in value.split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            let margin = if at_start && line.get(blank..).is_some_and(|rest| rest.starts_with('|')) { blank + 1 } else { 0 };
            let rest = line.get(margin..).unwrap_or("");
            let host = span(place + margin, place + line.len());
            kept.push(Chunk::Text { value: rest.to_owned(), host, exact: true });
            place += line.len();
            at_start = line.ends_with('\n');
        }
    }
    kept
}

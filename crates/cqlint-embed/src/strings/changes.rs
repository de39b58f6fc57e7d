//! Statements that change what a name stands for: assignments, and what is appended to a text.

use crate::strings::constants::last_name;
use crate::tree::Node;

/// Methods that append to the text of their receiver.
pub(crate) const APPENDS: [&str; 9] =
    ["append", "Append", "AppendLine", "appendLine", "push_str", "push", "WriteString", "WriteRune", "Write"];

/// The same, with a format.
const APPENDS_FORMAT: [&str; 1] = ["AppendFormat"];

/// Functions that write a text to what they are given first.
const WRITES: [&str; 3] = ["Fprintf", "Fprint", "Fprintln"];

/// Methods that take something away at the end of a text; most often the comma behind the last of a list.
const CUTS: [&str; 8] = ["setLength", "deleteCharAt", "Truncate", "truncate", "pop", "Remove", "delete", "setCharAt"];

/// Methods that change a text in other ways.
const SPOILS: [&str; 8] = ["insert", "Insert", "Clear", "clear", "Reset", "reverse", "insert_str", "replace_range"];

/// Methods that answer the text of a builder.
const READS: [&str; 4] = ["toString", "String", "ToString", "str"];

/// What becomes of the text of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change<'t> {
    /// It is another one.
    Set(Node<'t>),
    /// Something comes to its end.
    Append(Piece<'t>),
    /// The same for a stream of C++; for anything else `<<` is no change.
    Stream(Piece<'t>),
    /// Somebody may append to it.
    Lend,
    /// Its text is used.
    Read,
    /// Its end goes away.
    Cut,
    /// Nobody knows.
    Spoil,
}

/// What is appended to a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'t> {
    /// The string that an expression makes.
    Text(Node<'t>),
    /// The same, and the end of the line.
    Line(Node<'t>),
    /// All but the first operand of a sum: what `q = q + …` appends.
    Rest(Node<'t>),
    /// What the arguments from that number on make of a format.
    Format(Node<'t>, usize),
    /// Unknown clauses, or none.
    Open(Node<'t>),
}

impl<'t> Piece<'t> {
    /// The node that the text is in.
    pub(crate) fn node(self) -> Node<'t> {
        let (Piece::Text(node) | Piece::Line(node) | Piece::Rest(node) | Piece::Format(node, _) | Piece::Open(node)) = self;
        node
    }
}

/// The name that a statement changes, and how.
pub(crate) struct Changed<'t> {
    pub(crate) name: Node<'t>,
    pub(crate) change: Change<'t>,
}

/// Whether nodes of the kind may change what a name stands for.
pub(crate) fn may_change(kind: &str) -> bool {
    matches!(
        kind,
        "assignment"
            | "assignment_statement"
            | "assignment_expression"
            | "augmented_assignment"
            | "augmented_assignment_expression"
            | "compound_assignment_expr"
            | "infix_expression"
            | "binary_expression"
            | "macro_invocation"
    ) || is_call(kind)
}

/// What a node changes. Of a chain of calls only the outermost is looked at.
pub(crate) fn changes<'t>(node: Node<'t>, text: &'t str) -> Vec<Changed<'t>> {
    let text_of = |node: Node<'_>| text.get(node.byte_range()).unwrap_or("");
    let field = |name: &str| node.child_by_field_name(name);
    let one = |name: Option<Node<'t>>, change: Option<Change<'t>>| match (name, change) {
        (Some(name), Some(change)) => vec![Changed { name, change }],
        _ => Vec::new(),
    };
    match node.kind() {
        "assignment" | "assignment_statement" | "assignment_expression" => {
            let name = field("left").map(only);
            let value = field("right").map(only);
            let is_sum = || name.zip(value).is_some_and(|(name, value)| begins_with(value, text_of(name), text));
            let change = match value {
                Some(value) if operator(node, text) == Some("+=") => Some(Change::Append(Piece::Text(value))),
                Some(value) if is_sum() => Some(Change::Append(Piece::Rest(value))),
                Some(value) => Some(Change::Set(value)),
                None => None,
            };
            one(name, change)
        }
        "augmented_assignment" | "augmented_assignment_expression" | "compound_assignment_expr" => {
            let change = match operator(node, text) {
                Some("+=" | ".=") => field("right").map(|value| Change::Append(Piece::Text(value))),
                _ => Some(Change::Spoil),
            };
            one(field("left"), change)
        }
        // Scala's operators.
        "infix_expression" => match field("operator").map(text_of) {
            Some("+=" | "++=") => one(field("left"), field("right").map(|value| Change::Append(Piece::Text(value)))),
            _ => Vec::new(),
        },
        "binary_expression" => streamed(node, text),
        // Rust's `write!(q, …)`.
        "macro_invocation" => {
            let is_write = field("macro").is_some_and(|name| matches!(text_of(name), "write" | "writeln"));
            let tree = node.named_children().find(|child| child.kind() == "token_tree");
            let Some(tree) = tree.filter(|_| is_write) else { return Vec::new() };
            let name = items(tree).into_iter().next().filter(|name| name.kind() == "identifier");
            one(name, Some(Change::Append(Piece::Format(tree, 1))))
        }
        "call_expression" | "call" | "method_invocation" | "invocation_expression" => called(node, text),
        _ => Vec::new(),
    }
}

/// C++'s `out << "a" << b << std::endl`, of which only the whole is looked at.
fn streamed<'t>(node: Node<'t>, text: &'t str) -> Vec<Changed<'t>> {
    let left_of = |node: Node<'t>| node.child_by_field_name("left").filter(|_| operator(node, text) == Some("<<"));
    // To look for what is around a node takes long where it is deep.
    if left_of(node).is_none() || node.parent().is_some_and(|above| left_of(above) == Some(node)) {
        return Vec::new();
    }
    let (mut first, mut parts) = (node, Vec::new());
    while first.kind() == "binary_expression"
        && let Some(left) = left_of(first)
    {
        parts.extend(first.child_by_field_name("right"));
        first = left;
    }
    if first.kind() != "identifier" {
        return Vec::new();
    }
    let mut pieces: Vec<Piece<'t>> = Vec::new();
    for part in parts.into_iter().rev() {
        let is_end = last_name(text.get(part.byte_range()).unwrap_or("")) == "endl";
        match pieces.last_mut() {
            Some(before) if is_end => *before = Piece::Line(before.node()),
            _ if is_end => {}
            _ => pieces.push(Piece::Text(part)),
        }
    }
    pieces.into_iter().map(|piece| Changed { name: first, change: Change::Stream(piece) }).collect()
}

fn called<'t>(node: Node<'t>, text: &'t str) -> Vec<Changed<'t>> {
    let text_of = |node: Node<'_>| text.get(node.byte_range()).unwrap_or("");
    let mut found = Vec::new();
    let mut call = node;
    // From the last call of the chain to the first: `sb.append(a).append(b)`.
    while let Some((receiver, method)) = receiver(call, text) {
        let change = |change: Option<Change<'t>>| change.into_iter();
        if APPENDS.contains(&method) {
            let values = values(call);
            let first = values.first().copied();
            let is_line = matches!(method, "AppendLine" | "appendLine");
            let piece = match first {
                Some(value) if values.len() == 1 && is_line => Piece::Line(value),
                Some(value) if values.len() == 1 => Piece::Text(value),
                _ => Piece::Open(call),
            };
            found.extend(change(Some(Change::Append(piece))));
        } else if APPENDS_FORMAT.contains(&method) {
            found.extend(change(arguments(call).map(|values| Change::Append(Piece::Format(values, 0)))));
        } else if CUTS.contains(&method) {
            found.push(Change::Cut);
        } else if SPOILS.contains(&method) || method == "str" && !values(call).is_empty() {
            found.push(Change::Spoil);
        } else if READS.contains(&method) && call == node {
            found.push(Change::Read);
        } else {
            break;
        }
        if !is_call(receiver.kind()) {
            if receiver.kind() != "identifier" {
                return Vec::new();
            }
            found.reverse();
            return found.into_iter().map(|change| Changed { name: receiver, change }).collect();
        }
        call = receiver;
    }
    if call != node {
        // The chain begins with something else.
        return Vec::new();
    }
    let function = node.child_by_field_name("function").or_else(|| node.child_by_field_name("name"));
    let is_write = function.is_some_and(|function| WRITES.contains(&last_name(text_of(function))));
    let Some(list) = arguments(node) else { return Vec::new() };
    // What a builder is given to may append to it.
    let values = items(list);
    let lent = |(number, value): (usize, &Node<'t>)| {
        let value = only(*value);
        let inner =
            if matches!(value.kind(), "unary_expression" | "reference_expression") { value.last_named_child()? } else { value };
        let change = match number {
            0 if is_write => Change::Append(Piece::Format(list, 1)),
            _ => Change::Lend,
        };
        (inner.kind() == "identifier").then_some(Changed { name: inner, change })
    };
    values.iter().enumerate().filter_map(lent).collect()
}

/// What a chain of calls that change a text begins with.
pub(crate) fn root<'t>(node: Node<'t>, text: &'t str) -> Option<Node<'t>> {
    let mut call = node;
    while let Some((receiver, method)) = receiver(call, text) {
        let changes = |methods: &[&str]| methods.contains(&method);
        if !changes(&APPENDS) && !changes(&APPENDS_FORMAT) && !changes(&CUTS) && !changes(&SPOILS) && !changes(&READS) {
            break;
        }
        call = receiver;
    }
    (call != node).then_some(call)
}

/// What a method is called on, and what the method is called.
pub(crate) fn receiver<'t>(call: Node<'t>, text: &'t str) -> Option<(Node<'t>, &'t str)> {
    if let Some(receiver) = call.child_by_field_name("object") {
        return Some((receiver, text.get(call.child_by_field_name("name")?.byte_range())?));
    }
    let function = call.child_by_field_name("function").or_else(|| call.named_child(0))?;
    let is_path = function.kind().ends_with("expression") || function.kind() == "attribute";
    if !is_call(call.kind()) || is_call(function.kind()) || !is_path {
        return None;
    }
    let mut names = function.named_children();
    match (names.next(), names.next(), names.next()) {
        (Some(receiver), Some(method), None) => Some((receiver, text.get(method.byte_range())?)),
        _ => None,
    }
}

/// What a function is called with.
pub(crate) fn arguments(call: Node<'_>) -> Option<Node<'_>> {
    call.child_by_field_name("arguments").or_else(|| call.named_children().find(|child| child.kind() == "value_arguments"))
}

pub(crate) fn values(call: Node<'_>) -> Vec<Node<'_>> {
    arguments(call).map(items).unwrap_or_default()
}

/// The items of a list, without the comments between them. In Rust's macros the last word of each item stands for
/// it.
pub(crate) fn items(list: Node<'_>) -> Vec<Node<'_>> {
    if list.kind() != "token_tree" {
        return list.named_children().filter(|child| !child.kind().contains("comment")).collect();
    }
    let mut items = Vec::new();
    let mut last = None;
    for child in list.children().filter(|child| !child.kind().contains("comment")) {
        match child.kind() {
            "," => items.extend(last.take()),
            "token_tree" if last.is_some_and(|last: Node<'_>| last.kind() == "identifier") => {}
            _ if child.is_named() && child.kind() != "mutable_specifier" => last = Some(child),
            _ => {}
        }
    }
    items.extend(last);
    items
}

pub(crate) fn is_call(kind: &str) -> bool {
    matches!(kind, "call_expression" | "call" | "method_invocation" | "invocation_expression" | "function_call_expression")
}

/// The only item of a list, or what stands in parentheses.
pub(crate) fn only(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while matches!(
        node.kind(),
        "expression_list" | "parenthesized_expression" | "argument" | "value_argument" | "arrow_expression_clause"
    ) && node.named_child_count() == 1
        && let Some(inner) = node.named_child(0)
    {
        node = inner;
    }
    node
}

/// The operator of an assignment.
fn operator<'t>(node: Node<'t>, text: &'t str) -> Option<&'t str> {
    let (left, right) = (node.child_by_field_name("left")?, node.child_by_field_name("right")?);
    Some(text.get(left.end_byte()..right.start_byte())?.trim())
}

/// Whether a sum begins with the name: `q + …`.
fn begins_with(sum: Node<'_>, name: &str, text: &str) -> bool {
    let mut first = sum;
    while first.kind() != "call_expression"
        && let Some(left) = first.child_by_field_name("left")
    {
        // No product, and no remainder.
        let operator = first.child_by_field_name("right").and_then(|right| text.get(left.end_byte()..right.start_byte()));
        if !operator.is_some_and(|operator| operator.split_whitespace().any(|word| matches!(word, "+" | "++" | "."))) {
            return false;
        }
        first = left;
    }
    first != sum && text.get(first.byte_range()) == Some(name)
}

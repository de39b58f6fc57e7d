//! Calls that answer a string: formats, joins, builders.

use crate::Language;
use crate::strings::changes::{self, APPENDS, items, only, receiver, values};
use crate::strings::constants::last_name;
use crate::strings::fold::{Folder, is_name, is_text};
use crate::strings::format::Places;
use crate::tree::Node;

/// Functions that put values into a text.
const FORMATS: [&str; 7] = ["Sprintf", "format", "Format", "formatted", "sprintf", "snprintf", "StrFormat"];

/// Functions that put texts one behind the other.
const SUMS: [&str; 1] = ["StrCat"];

/// Methods that answer the text itself, as far as CQL goes.
const SAME: [&str; 30] = [
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
    "ltrim",
    "rtrim",
    "String",
    "ToString",
    "str",
    "string",
    "string_view",
    "c_str",
    "data",
    "QString",
    "QStringLiteral",
    "FMT_STRING",
    "FMT_COMPILE",
];

/// Methods and functions that put the items of a list together.
const JOINS: [&str; 7] = ["join", "Join", "joinToString", "mkString", "concat", "Concat", "implode"];

/// What makes a list of what it is called with.
const LISTS: [&str; 7] = ["listOf", "List", "Seq", "Vector", "Array", "asList", "of"];

/// What a call does with its text.
pub(crate) enum Call<'t> {
    Format {
        template: Node<'t>,
        places: Places,
        values: Vec<Node<'t>>,
    },
    Concat(Vec<Node<'t>>),
    Join {
        separator: Option<Node<'t>>,
        parts: Vec<Node<'t>>,
    },
    Same {
        inner: Node<'t>,
        margin: bool,
    },
    /// A builder, and what is appended to it, as far as it is known.
    Built {
        start: Node<'t>,
        parts: Vec<Option<Node<'t>>>,
    },
}

/// Whether nodes of the kind may be such a call.
pub(crate) fn may_be(kind: &str) -> bool {
    matches!(kind, "binary_operator" | "macro_invocation" | "field_expression") || changes::is_call(kind)
}

impl<'t> Folder<'t> {
    /// A call that answers a string.
    pub(crate) fn call(&self, node: Node<'t>) -> Option<Call<'t>> {
        match node.kind() {
            // Python's `text % values`.
            "binary_operator" => {
                let (left, right) = (node.child_by_field_name("left")?, node.child_by_field_name("right")?);
                let operator = self.text.get(left.end_byte()..right.start_byte())?.trim();
                let values = if right.kind() == "tuple" { items(right) } else { vec![right] };
                (operator == "%" && (is_text(left) || self.is_known(left))).then_some(Call::Format {
                    template: left,
                    places: Places::Percents,
                    values,
                })
            }
            "macro_invocation" => {
                let name = self.text_of(node.child_by_field_name("macro")?);
                let tree = node.named_children().find(|child| child.kind() == "token_tree")?;
                let parts: Vec<_> = items(tree);
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
            kind if changes::is_call(kind) => self.called(node),
            _ => None,
        }
    }

    fn called(&self, node: Node<'t>) -> Option<Call<'t>> {
        let function = callee(node).or_else(|| node.named_child(0))?;
        let name = last_name(self.text_of(function));
        if name == "buildString" {
            return self.block(node);
        }
        if APPENDS.contains(&name) {
            return self.chain(node);
        }
        if JOINS.contains(&name) {
            let before = receiver(node, self.text).map(|(receiver, _)| receiver);
            return self.joined(name, before, values(node));
        }
        // Most calls make no text, and need no closer look.
        if !(FORMATS.contains(&name) || SUMS.contains(&name) || SAME.contains(&name)) {
            return None;
        }
        let is_string = |receiver: &Node<'t>| {
            is_text(*receiver) || self.is_known(*receiver) || self.is_string_call(*receiver) || self.is_chain(*receiver)
        };
        let receiver = node.child_by_field_name("object").or_else(|| function.named_child(0)).filter(is_string);
        let mut values = values(node);
        // A macro of C behind a literal.
        values.retain(|value| value.kind() != "ERROR");
        if self.language == Language::Php {
            values.iter_mut().for_each(|value| *value = only(*value));
        }
        if FORMATS.contains(&name) {
            let template = match receiver {
                Some(template) => template,
                None if !values.is_empty() => {
                    // In C these begin with where to write, and how much.
                    let place = match name {
                        "sprintf" if self.language == Language::Cpp => 1,
                        "snprintf" => 2,
                        _ => 0,
                    };
                    values.drain(..place.min(values.len() - 1));
                    values.remove(0)
                }
                None => return None,
            };
            let places = match self.language {
                Language::Python | Language::CSharp | Language::Rust => Places::Braces,
                Language::Cpp if name == "format" => Places::Braces,
                _ => Places::Percents,
            };
            return Some(Call::Format { template, places, values });
        }
        if SUMS.contains(&name) {
            return Some(Call::Concat(values));
        }
        if SAME.contains(&name) {
            // C++'s `std::string(TABLE)`.
            let is_whole = |value: &Node<'t>| is_text(*value) || self.language == Language::Cpp && self.is_known(*value);
            let inner = receiver.or_else(|| values.first().copied().filter(is_whole))?;
            return Some(Call::Same { inner, margin: name.ends_with("Margin") });
        }
        None
    }

    /// `separator.join(list)`, `list.join(separator)`, `join(separator, item, …)`, `join(list, separator)`, `text.concat(item)`.
    fn joined(&self, name: &str, receiver: Option<Node<'t>>, values: Vec<Node<'t>>) -> Option<Call<'t>> {
        let text = receiver.filter(|receiver| is_text(*receiver));
        let list = receiver.and_then(|receiver| self.list(receiver));
        let (first, second) = (values.first().copied(), values.get(1).copied());
        if matches!(name, "concat" | "Concat") {
            let is_string = receiver.is_some_and(|receiver| matches!(self.text_of(receiver), "string" | "String"));
            // Rust's list, or a text with what comes behind it.
            return match (list, text) {
                (None, None) if is_string && values.len() > 1 => Some(Call::Concat(values)),
                (Some(parts), _) => Some(Call::Join { separator: None, parts }),
                (None, Some(text)) => Some(Call::Concat([text].into_iter().chain(values).collect())),
                (None, None) => None,
            };
        }
        if let Some(parts) = list {
            return Some(Call::Join { separator: first.map(|first| named_value(first)), parts });
        }
        if let Some(separator) = text {
            return Some(Call::Join { separator: Some(separator), parts: self.list(first?)? });
        }
        // Go: the list comes first. Java and C#: behind the separator, as one or as many.
        if let Some(parts) = self.list(first?) {
            return Some(Call::Join { separator: second, parts });
        }
        let (separator, second) = (only(first?), second?);
        let parts = self.list(second).unwrap_or_else(|| values.get(1..).unwrap_or_default().to_vec());
        (is_text(separator) && name != "joinToString").then_some(Call::Join { separator: Some(separator), parts })
    }

    /// The items of a list that is written down.
    fn list(&self, node: Node<'t>) -> Option<Vec<Node<'t>>> {
        let node = only(node);
        match node.kind() {
            "list" | "tuple" | "array" | "array_expression" | "collection_expression" | "initializer_expression" => {
                Some(items(node))
            }
            "composite_literal" => Some(items(node.child_by_field_name("body")?)),
            // PHP's, whose items may have keys.
            "array_creation_expression" if self.language == Language::Php => {
                items(node).into_iter().map(Node::last_named_child).collect()
            }
            "array_creation_expression" | "implicit_array_creation_expression" => {
                let found = |child: &Node<'_>| matches!(child.kind(), "initializer_expression" | "array_initializer");
                Some(items(node.named_children().find(found)?))
            }
            kind if changes::is_call(kind) => {
                let function = callee(node).or_else(|| node.named_child(0))?;
                LISTS.contains(&last_name(self.text_of(function))).then(|| values(node))
            }
            _ => None,
        }
    }

    /// Kotlin's `buildString { … }`.
    fn block(&self, node: Node<'t>) -> Option<Call<'t>> {
        let mut block = node.last_named_child()?;
        for _ in 0..2 {
            if block.kind() == "annotated_lambda" {
                block = block.named_child(0)?;
            }
        }
        if block.kind() != "lambda_literal" {
            return None;
        }
        let mut parts = Vec::new();
        for statement in block.named_children() {
            let mut call = statement;
            let mut own = Vec::new();
            while changes::is_call(call.kind()) {
                let (inner, method) = match receiver(call, self.text) {
                    Some((inner, method)) => (Some(inner), method),
                    None => (None, self.text_of(call.named_child(0)?)),
                };
                if !APPENDS.contains(&method) || method.ends_with("Line") {
                    break;
                }
                own.push(values(call).first().copied());
                match inner {
                    Some(inner) => call = inner,
                    None => break,
                }
            }
            match own.is_empty() {
                // What else there is may append, too.
                true if !matches!(statement.kind(), "property_declaration" | "line_comment" | "block_comment") => parts.push(None),
                _ => parts.extend(own.into_iter().rev()),
            }
        }
        Some(Call::Built { start: node, parts })
    }

    /// `new StringBuilder(…).append(…).append(…)`, whose first part says what it is.
    fn chain(&self, node: Node<'t>) -> Option<Call<'t>> {
        let mut parts = Vec::new();
        let mut call = node;
        while let Some((receiver, method)) = receiver(call, self.text).filter(|(_, method)| APPENDS.contains(method)) {
            let values = values(call);
            let is_whole = values.len() == 1 && !method.ends_with("Line");
            parts.push(values.first().copied().filter(|_| is_whole));
            call = receiver;
        }
        parts.reverse();
        self.is_builder(call).then_some(Call::Built { start: call, parts })
    }

    /// Whether the node is a call in a chain of appends.
    pub(crate) fn is_chain(&self, node: Node<'t>) -> bool {
        changes::is_call(node.kind()) && receiver(node, self.text).is_some_and(|(_, method)| APPENDS.contains(&method))
    }

    /// Whether the node calls something that answers a text. It looks at one call only: chains may be long.
    fn is_string_call(&self, node: Node<'t>) -> bool {
        let name = callee(node).map(|function| last_name(self.text_of(function))).unwrap_or_default();
        FORMATS.contains(&name) || SAME.contains(&name)
    }

    /// Whether the node is a name that stands for a text.
    pub(crate) fn is_known(&self, node: Node<'t>) -> bool {
        let meaning = || self.constants.resolve(self.text_of(node), node.start_byte(), node.end_byte());
        let is_made = |value: Node<'t>| is_text(value) || self.is_builder(value) || changes::is_call(value.kind());
        let is_here = || meaning().is_some_and(|meaning| is_made(meaning.value));
        is_name(node.kind()) && (is_here() || self.outside(self.text_of(node), node).is_some())
    }

    /// The name in an expression that is nothing but a use of it.
    pub(crate) fn name_in(&self, node: Node<'t>) -> Option<Node<'t>> {
        let node = only(node);
        match self.call(node) {
            _ if is_name(node.kind()) => Some(node),
            Some(Call::Same { inner, .. }) if is_name(inner.kind()) => Some(inner),
            _ => None,
        }
    }

    pub(crate) fn is_builder(&self, node: Node<'t>) -> bool {
        crate::strings::builder::is_new(node, self.text)
    }
}

/// Kotlin's `separator = " "` is `" "`.
fn named_value(node: Node<'_>) -> Node<'_> {
    if node.kind() == "value_argument" { node.last_named_child().unwrap_or(node) } else { only(node) }
}

/// The function that a call names.
fn callee(node: Node<'_>) -> Option<Node<'_>> {
    node.child_by_field_name("function").or_else(|| node.child_by_field_name("name"))
}

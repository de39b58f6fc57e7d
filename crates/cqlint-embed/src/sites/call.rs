//! Calls in all languages, seen alike: who is called, on what, with which arguments.

use crate::strings::constants::last_name;
use crate::tree::Node;

/// A call of a function or method, or the making of an object.
#[derive(Clone, Debug)]
pub(crate) struct Call<'t> {
    pub(crate) node: Node<'t>,
    /// The last name of what is called.
    pub(crate) name: &'t str,
    /// Where this name stands.
    pub(crate) name_node: Node<'t>,
    /// What the method is called on, or the path before the name.
    pub(crate) receiver: Option<Node<'t>>,
    pub(crate) arguments: Vec<Argument<'t>>,
}

/// An argument, with its keyword if it has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Argument<'t> {
    pub(crate) keyword: Option<&'t str>,
    pub(crate) value: Node<'t>,
}

impl<'t> Call<'t> {
    /// Whether nodes of the kind are calls, most often.
    pub(crate) fn is_kind(kind: &str) -> bool {
        matches!(
            kind,
            "method_invocation"
                | "member_call_expression"
                | "nullsafe_member_call_expression"
                | "scoped_call_expression"
                | "object_creation_expression"
                | "new_expression"
                | "instance_expression"
                | "composite_literal"
                | "annotation"
                | "decorator"
                | "call_expression"
                | "call"
                | "invocation_expression"
                | "function_call_expression"
        )
    }

    /// The call that a node is.
    pub(crate) fn read(node: Node<'t>, text: &'t str) -> Option<Self> {
        let field = |name: &str| node.child_by_field_name(name);
        let (callee, receiver) = match node.kind() {
            // Java and PHP: the method and what it is called on stand side by side.
            "method_invocation" | "member_call_expression" | "nullsafe_member_call_expression" | "scoped_call_expression" => {
                (field("name")?, field("object").or_else(|| field("scope")))
            }
            "object_creation_expression" => (field("type").or_else(|| node.named_child(0))?, None),
            "new_expression" => (field("constructor").or_else(|| field("type"))?, None),
            "instance_expression" => (node.named_child(0)?, None),
            "composite_literal" => (field("type")?, None),
            "annotation" | "decorator" => (field("name").or_else(|| node.named_child(0))?, None),
            "call_expression" | "call" | "invocation_expression" | "function_call_expression" => {
                let function = field("function").or_else(|| node.named_child(0))?;
                // In generic_function(name, types) and the like the name is deeper.
                let function =
                    if function.kind() == "generic_function" { function.child_by_field_name("function")? } else { function };
                match member(function) {
                    Some((object, name)) => (name, Some(object)),
                    None => (function, None),
                }
            }
            _ => return None,
        };
        let name = last_name(text.get(callee.byte_range())?);
        let name = name.split(['<', '(']).next().unwrap_or(name);
        Some(Self { node, name, name_node: callee, receiver, arguments: arguments(node, text) })
    }

    /// The call that a value is an argument of, with the argument's number.
    pub(crate) fn around(value: Node<'t>, text: &'t str) -> Option<(Self, usize)> {
        let mut above = value.parent()?;
        for _ in 0..4 {
            if matches!(above.kind(), "argument_list" | "arguments" | "value_arguments" | "literal_value") {
                let call = Self::read(above.parent()?, text)?;
                let holds = |argument: &Argument<'t>| {
                    argument.value.start_byte() <= value.start_byte() && value.end_byte() <= argument.value.end_byte()
                };
                let number = call.arguments.iter().position(holds)?;
                return Some((call, number));
            }
            if !matches!(above.kind(), "argument" | "value_argument" | "keyword_argument" | "keyed_element" | "literal_element") {
                return None;
            }
            above = above.parent()?;
        }
        None
    }

    /// The value that was given under a keyword.
    pub(crate) fn keyword(&self, names: &[&str]) -> Option<Node<'t>> {
        self.arguments
            .iter()
            .find(|argument| argument.keyword.is_some_and(|keyword| names.contains(&keyword)))
            .map(|argument| argument.value)
    }

    /// The values without keywords.
    pub(crate) fn positional(&self) -> impl Iterator<Item = Node<'t>> + '_ {
        self.arguments.iter().filter(|argument| argument.keyword.is_none()).map(|argument| argument.value)
    }
}

/// What a member is taken of, and its name: `a.b`.
pub(crate) fn member(node: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let field = |name: &str| node.child_by_field_name(name);
    match node.kind() {
        "field_access"
        | "member_access_expression"
        | "member_expression"
        | "attribute"
        | "selector_expression"
        | "field_expression"
        | "scoped_identifier"
        | "qualified_identifier"
        | "nullsafe_member_access_expression"
        | "scoped_property_access_expression" => {
            let object =
                ["object", "expression", "operand", "value", "argument", "path", "scope"].iter().find_map(|name| field(name))?;
            let name = ["field", "name", "property", "attribute"].iter().find_map(|name| field(name))?;
            Some((object, name))
        }
        "navigation_expression" | "class_constant_access_expression" => {
            Some((node.named_child(0)?, node.named_children().skip(1).last()?))
        }
        _ => None,
    }
}

fn arguments<'t>(node: Node<'t>, text: &'t str) -> Vec<Argument<'t>> {
    let list = node.child_by_field_name("arguments").or_else(|| node.child_by_field_name("body")).or_else(|| {
        node.named_children()
            .find(|child| matches!(child.kind(), "value_arguments" | "arguments" | "argument_list" | "annotation_argument_list"))
    });
    let Some(list) = list else { return Vec::new() };
    list.named_children().filter(|child| !child.kind().ends_with("comment")).filter_map(|child| argument(child, text)).collect()
}

fn argument<'t>(node: Node<'t>, text: &'t str) -> Option<Argument<'t>> {
    let text_of = |node: Node<'t>| text.get(node.byte_range());
    let has_several = || node.named_child(1).is_some();
    Some(match node.kind() {
        "keyword_argument" => {
            Argument { keyword: text_of(node.child_by_field_name("name")?), value: node.child_by_field_name("value")? }
        }
        "element_value_pair" => {
            Argument { keyword: text_of(node.child_by_field_name("key")?), value: node.child_by_field_name("value")? }
        }
        "keyed_element" => Argument { keyword: text_of(node.named_child(0)?).map(str::trim), value: inner(node.named_child(1)?) },
        // Kotlin and C# name an argument before its value; Scala assigns.
        "value_argument" | "argument" if has_several() => {
            Argument { keyword: text_of(node.named_child(0)?), value: node.last_named_child()? }
        }
        "value_argument" | "argument" | "literal_element" => Argument { keyword: None, value: node.named_child(0)? },
        _ => Argument { keyword: None, value: node },
    })
}

fn inner(node: Node<'_>) -> Node<'_> {
    if node.kind() == "literal_element" { node.named_child(0).unwrap_or(node) } else { node }
}

//! Nodes that define a name: constants, fields, locals, in all languages.

use crate::Language;
use crate::strings::constants::last_name;
use crate::strings::{cpp, scopes};
use crate::tree::Node;

/// A name, or several, and what is written for the value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Defined<'t> {
    pub(crate) name: Node<'t>,
    pub(crate) value: Option<Node<'t>>,
    /// The object that holds it, when it is not what stands around it.
    pub(crate) holder: Option<&'t str>,
}

/// Whether nodes of the kind may define a name.
pub(crate) fn defines(kind: &str) -> bool {
    matches!(
        kind,
        "const_spec"
            | "var_spec"
            | "short_var_declaration"
            | "variable_declarator"
            | "const_element"
            | "property_element"
            | "function_call_expression"
            | "field_definition"
            | "public_field_definition"
            | "enum_assignment"
            | "init_declarator"
            | "declaration"
            | "field_declaration"
            | "preproc_def"
            | "const_item"
            | "static_item"
            | "let_declaration"
            | "val_definition"
            | "var_definition"
            | "property_declaration"
            | "pair"
    )
}

/// What a node defines.
pub(crate) fn read<'t>(node: Node<'t>, text: &'t str, language: Language) -> Option<Defined<'t>> {
    let text_of = |node: Node<'_>| text.get(node.byte_range()).unwrap_or("");
    let field = |name: &str| node.child_by_field_name(name);
    let mut holder = None;
    let (name, value) = match node.kind() {
        // Go: several names and several values. A builder is ready for use without one.
        "const_spec" | "var_spec" => (field("name"), field("value").or_else(|| field("type"))),
        "short_var_declaration" => (field("left"), field("right")),
        // Java, JavaScript, C#: in C# the value has no name.
        "variable_declarator" => (field("name"), field("value").or_else(|| last_child_behind_name(node))),
        // PHP
        "const_element" => (node.named_child(0), last_child_behind_name(node)),
        // An empty one is filled in by the classes below.
        "property_element" => (field("name"), field("default_value").filter(|value| value.named_child_count() > 0)),
        "function_call_expression" if field("function").is_some_and(|function| text_of(function) == "define") => {
            let arguments = field("arguments")?;
            let inner = |place: usize| arguments.named_child(place).and_then(|argument| argument.named_child(0));
            (inner(0).and_then(|name| name.named_child(0)), inner(1))
        }
        "field_definition" | "public_field_definition" => (field("property").or_else(|| field("name")), field("value")),
        "enum_assignment" => (field("name"), field("value")),
        // C and C++
        "init_declarator" => {
            let name = field("declarator").map(scopes::declared);
            let within = name.and_then(|name| name.child_by_field_name("scope"));
            holder = within.map(|scope| last_name(text_of(scope)));
            (name.map(cpp::last_part), field("value").filter(|_| !cpp::is_stream(node, text)).and_then(cpp::only_item))
        }
        "declaration" if language == Language::Cpp => {
            // Those with a value come later.
            let declarator = field("declarator").filter(|declarator| declarator.kind() != "init_declarator");
            let is_plain = declarator.is_some_and(|declarator| declarator.kind() == "identifier");
            let name = declarator.map(scopes::declared).filter(|name| name.kind() == "identifier");
            (name, field("value").or_else(|| field("type").filter(|_| is_plain)))
        }
        "field_declaration" if language == Language::Cpp => {
            (field("declarator").map(scopes::declared), field("default_value").and_then(cpp::only_item))
        }
        "preproc_def" => (field("name"), field("value")),
        // Rust
        "const_item" | "static_item" => (field("name"), field("value")),
        "let_declaration" => (field("pattern"), field("value")),
        // Scala
        "val_definition" | "var_definition" => (field("pattern"), field("value")),
        // Kotlin, C#
        "property_declaration" => {
            let children: Vec<_> = node.named_children().collect();
            let name = children.iter().find(|child| child.kind() == "variable_declaration").copied().or(field("name"));
            let value = field("value").or_else(|| children.last().copied().filter(|last| Some(*last) != name));
            (name, value)
        }
        // JavaScript's constants in an object.
        "pair" if matches!(language, Language::JavaScript | Language::TypeScript | Language::Tsx) => {
            holder = object_name(node, text);
            (field("key").filter(|key| holder.is_some() && key.kind() == "property_identifier"), field("value"))
        }
        _ => return None,
    };
    Some(Defined { name: name?, value, holder })
}

/// The constant that an object with this pair is the value of.
fn object_name<'t>(pair: Node<'t>, text: &'t str) -> Option<&'t str> {
    let mut above = pair.parent()?.parent()?;
    // `Object.freeze({…})`, `{…} as const`
    for _ in 0..3 {
        if above.kind() == "variable_declarator" {
            return text.get(above.child_by_field_name("name")?.byte_range());
        }
        if !matches!(above.kind(), "arguments" | "call_expression" | "as_expression" | "satisfies_expression") {
            return None;
        }
        above = above.parent()?;
    }
    None
}

fn last_child_behind_name<'t>(node: Node<'t>) -> Option<Node<'t>> {
    node.named_children().skip(1).last()
}

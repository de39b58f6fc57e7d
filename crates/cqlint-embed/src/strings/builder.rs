//! Objects that a text is appended to: `StringBuilder`, `strings.Builder`, `std::ostringstream`.

use crate::strings::changes::values;
use crate::tree::Node;

/// What makes an object that a text is appended to, as its type is written.
const BUILDERS: [&str; 7] =
    ["StringBuilder", "StringBuffer", "strings.Builder", "bytes.Buffer", "StringWriter", "bytes.NewBufferString", "String::new"];

/// What makes one in C++ when it is declared without a value, its namespace aside.
const STREAMS: [&str; 3] = ["ostringstream", "stringstream", "string"];

/// How much of an expression is looked at.
const FRONT: usize = 60;

/// Whether nodes of the kind may make a new builder.
pub(crate) fn may_be(kind: &str) -> bool {
    is_type(kind)
        || matches!(
            kind,
            "object_creation_expression"
                | "call_expression"
                | "instance_expression"
                | "composite_literal"
                | "unary_expression"
                | "qualified_type"
        )
}

fn is_type(kind: &str) -> bool {
    matches!(kind, "qualified_identifier" | "type_identifier")
}

/// Whether the expression makes a new builder.
pub(crate) fn is_new(node: Node<'_>, text: &str) -> bool {
    // `std::ostringstream out;`: what stands for the value is the type.
    if !may_be(node.kind()) {
        return false;
    }
    if is_type(node.kind()) {
        let is_type = || node.parent().is_some_and(|above| above.child_by_field_name("type") == Some(node));
        let name = text.get(node.byte_range()).unwrap_or("");
        return STREAMS.contains(&name.strip_prefix("std::").unwrap_or(name)) && is_type();
    }
    // A chain of calls on a builder is none.
    let function = node.child_by_field_name("function").or_else(|| node.child_by_field_name("operand"));
    let named = function.or_else(|| node.child_by_field_name("type")).or_else(|| node.named_child(0)).unwrap_or(node);
    // Go's `var b strings.Builder` has no value.
    let named = if node.kind() == "qualified_type" { node } else { named };
    let is_short = named.end_byte() - named.start_byte() <= FRONT;
    let front = text.get(named.byte_range()).unwrap_or("");
    let is_call = front.contains('(');
    let makes = |maker: &str| front.ends_with(maker) || front.trim_start_matches('*').starts_with(maker);
    if is_short && !is_call && BUILDERS.iter().any(|maker| makes(maker)) {
        return true;
    }
    // Go's `new(strings.Builder)`, Rust's `String::with_capacity(n)`.
    let whole = if node.end_byte() - node.start_byte() <= FRONT { text.get(node.byte_range()).unwrap_or("") } else { "" };
    front == "new" && BUILDERS.iter().any(|maker| whole.contains(maker)) || front == "String::with_capacity"
}

/// What a new builder begins with.
pub(crate) fn start(node: Node<'_>) -> Option<Node<'_>> {
    values(node).into_iter().next()
}

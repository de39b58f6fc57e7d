//! The names of a file that stand for strings: constants, fields, locals.

use std::collections::HashMap;

use tree_sitter::Node;

/// A definition that a name may stand for.
#[derive(Clone, Copy, Debug)]
struct Definition<'t> {
    value: Node<'t>,
    /// Where the name is known.
    scope: (usize, usize),
}

/// All definitions of a file, by name.
#[derive(Debug, Default)]
pub(crate) struct Constants<'t> {
    definitions: HashMap<&'t str, Vec<Definition<'t>>>,
    /// The name that each value belongs to, and between which places it can be appended to.
    values: HashMap<usize, (&'t str, usize, usize)>,
    /// Names that are appended to somewhere, with the place.
    appended: Vec<(&'t str, usize)>,
}

/// Nodes that bound what a local name can be seen from.
const SCOPES: [&str; 17] = [
    "function_declaration",
    "function_definition",
    "function_item",
    "method_declaration",
    "method_definition",
    "constructor_declaration",
    "lambda_expression",
    "lambda",
    "arrow_function",
    "function_expression",
    "func_literal",
    "closure_expression",
    "lambda_literal",
    "local_function_statement",
    "block",
    "statement_block",
    "anonymous_function",
];

impl<'t> Constants<'t> {
    /// Reads the definitions below a node.
    pub(crate) fn read(root: Node<'t>, text: &'t str) -> Self {
        let mut constants = Self::default();
        crate::visit(root, &mut |node| {
            constants.note(node, root, text);
            true
        });
        constants
    }

    fn note(&mut self, node: Node<'t>, root: Node<'t>, text: &'t str) {
        let text_of = |node: Node<'_>| text.get(node.byte_range()).unwrap_or("");
        let field = |name: &str| node.child_by_field_name(name);
        let (name, value) = match node.kind() {
            // Go: several names and several values.
            "const_spec" | "var_spec" => (field("name"), field("value")),
            "short_var_declaration" => (field("left"), field("right")),
            // Python, Kotlin and the others assign with the same word.
            "assignment" | "assignment_statement" | "assignment_expression" => {
                if appends(node, text) {
                    self.appended.extend(field("left").map(|left| (last_name(text_of(left)), node.start_byte())));
                    return;
                }
                (field("left"), field("right"))
            }
            "augmented_assignment" | "augmented_assignment_expression" | "compound_assignment_expr" => {
                self.appended.extend(field("left").map(|left| (last_name(text_of(left)), node.start_byte())));
                return;
            }
            "infix_expression" if field("operator").is_some_and(|operator| text_of(operator) == "+=") => {
                self.appended.extend(field("left").map(|left| (last_name(text_of(left)), node.start_byte())));
                return;
            }
            // Java, JavaScript, C#: in C# the value has no name.
            "variable_declarator" => (field("name"), field("value").or_else(|| last_child_behind_name(node))),
            "field_definition" | "public_field_definition" => (field("property").or_else(|| field("name")), field("value")),
            // Rust
            "const_item" | "static_item" => (field("name"), field("value")),
            "let_declaration" => (field("pattern"), field("value")),
            // Scala
            "val_definition" | "var_definition" => (field("pattern"), field("value")),
            // Kotlin, C#
            "property_declaration" => {
                let mut cursor = node.walk();
                let children: Vec<_> = node.named_children(&mut cursor).collect();
                let name = children.iter().find(|child| child.kind() == "variable_declaration").copied().or(field("name"));
                let value = field("value").or_else(|| children.last().copied().filter(|last| Some(*last) != name));
                (name, value)
            }
            _ => return,
        };
        let (Some(name), Some(value)) = (name, value) else { return };
        // One name of a list for one value of a list.
        let names = items(name, "expression_list");
        let values = items(value, "expression_list");
        let scope = scope(node, root);
        for (name, value) in names.into_iter().zip(values) {
            let name = last_name(text_of(name).split(':').next().unwrap_or("").trim());
            let definition = Definition { value, scope };
            self.values.insert(value.id(), (name, node.start_byte(), scope.1));
            self.definitions.entry(name).or_default().push(definition);
        }
    }

    /// What a name stands for at a place: the only definition that is known there, and nothing when there are several.
    pub(crate) fn resolve(&self, name: &str, at: usize) -> Option<Node<'t>> {
        let known = self.definitions.get(last_name(name))?;
        let visible = known.iter().filter(|definition| definition.scope.0 <= at && at < definition.scope.1);
        // The innermost scope hides the others.
        let narrowest = visible.clone().map(|definition| definition.scope.1 - definition.scope.0).min()?;
        let mut own = visible.filter(|definition| definition.scope.1 - definition.scope.0 == narrowest);
        let only = own.next().copied()?;
        own.next().is_none().then_some(only.value)
    }

    /// Whether something is appended to what this node defines.
    pub(crate) fn is_appended(&self, value: Node<'_>) -> bool {
        self.values
            .get(&value.id())
            .is_some_and(|(name, start, end)| self.appended.iter().any(|(appended, at)| appended == name && start < at && at < end))
    }
}

/// `a.b.C` and `self.C` to `C`.
pub(crate) fn last_name(name: &str) -> &str {
    name.rsplit(['.', ':', '$']).next().unwrap_or(name).trim()
}

fn appends(node: Node<'_>, text: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|child| !child.is_named() && text.get(child.byte_range()) == Some("+="))
}

fn last_child_behind_name<'t>(node: Node<'t>) -> Option<Node<'t>> {
    let count = node.named_child_count();
    if count < 2 { None } else { node.named_child(count as u32 - 1) }
}

fn items<'t>(node: Node<'t>, list: &str) -> Vec<Node<'t>> {
    if node.kind() != list {
        return vec![node];
    }
    let mut cursor = node.walk();
    node.named_children(&mut cursor).collect()
}

/// Where a name is known that is defined here.
fn scope(node: Node<'_>, root: Node<'_>) -> (usize, usize) {
    let mut above = node.parent();
    while let Some(parent) = above {
        if SCOPES.contains(&parent.kind()) {
            return (parent.start_byte(), parent.end_byte());
        }
        above = parent.parent();
    }
    (root.start_byte(), root.end_byte())
}

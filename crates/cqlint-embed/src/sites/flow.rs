//! The way of a value through a file: what is called on it, what it is passed to, which names it gets.

use std::collections::HashMap;

use super::call::{Call, member};
use crate::strings::constants::last_name;
use crate::strings::cpp;
use crate::strings::scopes::{self, function_around, is_function};
use crate::tree::Node;
use crate::tree::{Part, Tree};

/// What happens to a value next.
#[derive(Debug)]
pub(crate) enum Step<'t> {
    /// A method is called on it; Scala may leave out the parentheses.
    Called(Call<'t>),
    /// One of its attributes is set.
    Set { name: &'t str, value: Node<'t>, node: Node<'t> },
    /// One of its attributes is read.
    Read(&'t str),
    /// It is an argument.
    Passed(Call<'t>, usize),
    /// It stands under a key of an object: `{ query: "…" }`.
    Keyed(&'t str, Node<'t>),
    /// It gets a name; `node` is the definition.
    Named { name: &'t str, node: Node<'t> },
    /// Nobody takes it.
    Dropped,
    /// It goes where we do not follow.
    Lost,
}

/// Where a value is used under its name.
#[derive(Debug, Default)]
pub(crate) struct Uses<'t> {
    pub(crate) at: Vec<Node<'t>>,
    /// Whether the name has no other value there.
    pub(crate) is_sole: bool,
}

/// The text of a file and where each name stands in it.
#[derive(Debug)]
pub(crate) struct Ways<'t> {
    pub(crate) text: &'t str,
    tree: &'t Tree,
    names: HashMap<&'t str, Vec<Node<'t>>>,
}

impl<'t> Ways<'t> {
    pub(crate) fn new(tree: &'t Tree, text: &'t str) -> Self {
        let mut names: HashMap<&str, Vec<Node<'_>>> = HashMap::new();
        tree.visit(Part::Words, &mut |node| {
            // PHP's `$name` has a name in it.
            let is_name = match node.kind() {
                "variable_name" | "name" => true,
                kind => kind.ends_with("identifier") && node.named_child_count() == 0,
            };
            if is_name && let Some(name) = text.get(node.byte_range()) {
                names.entry(name.trim_start_matches('$')).or_default().push(node);
            }
            true
        });
        Self { text, tree, names }
    }

    /// What the grammar calls a whole file.
    pub(crate) fn root_kind(&self) -> &'static str {
        self.tree.root().kind()
    }

    pub(crate) fn text_of(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or("")
    }

    /// What happens to the value of an expression.
    pub(crate) fn step(&self, value: Node<'t>) -> Step<'t> {
        let mut node = value;
        loop {
            let Some(parent) = node.parent() else { return Step::Lost };
            match parent.kind() {
                "parenthesized_expression"
                | "await_expression"
                | "await"
                | "try_expression"
                | "reference_expression"
                | "cast_expression"
                | "as_expression"
                | "non_null_expression"
                | "expression_list"
                | "unary_expression"
                | "pointer_expression"
                | "postfix_expression"
                | "annotated_expression" => node = parent,
                "expression_statement" => return Step::Dropped,
                // Kotlin and Scala have no statements: what is not the last of its block is dropped.
                "block" | "template_body" | "statements" | "lambda_literal" | "indented_block" => {
                    return if parent.last_named_child() == Some(node) { Step::Lost } else { Step::Dropped };
                }
                _ => break,
            }
        }
        self.used(node).unwrap_or(Step::Lost)
    }

    /// What is done with a node that no wrapper is around.
    fn used(&self, node: Node<'t>) -> Option<Step<'t>> {
        let parent = node.parent()?;
        let field = |name: &str| parent.child_by_field_name(name);
        if let Some((object, name)) = member(parent)
            && object == node
        {
            return Some(self.member_used(parent, name));
        }
        match parent.kind() {
            "method_invocation" | "member_call_expression" | "nullsafe_member_call_expression" if field("object") == Some(node) => {
                Call::read(parent, self.text).map(Step::Called)
            }
            // C++'s `std::string query("…")`
            "argument_list" | "initializer_list" if parent.parent().is_some_and(|above| above.kind() == "init_declarator") => {
                self.used(parent)
            }
            "argument_list" | "arguments" | "value_arguments" | "argument" | "value_argument" | "keyword_argument"
            | "literal_element" => {
                let (call, number) = Call::around(node, self.text)?;
                Some(Step::Passed(call, number))
            }
            "pair" if field("value") == Some(node) => Some(Step::Keyed(self.text_of(field("key")?), parent.parent()?)),
            // The definition of a name.
            "variable_declarator"
            | "const_spec"
            | "var_spec"
            | "short_var_declaration"
            | "let_declaration"
            | "assignment"
            | "assignment_statement"
            | "assignment_expression"
            | "property_declaration"
            | "val_definition"
            | "var_definition"
            | "field_initializer"
            | "init_declarator"
            | "const_item"
            | "static_item"
            | "public_field_definition"
            | "field_definition"
            | "preproc_def"
            | "field_declaration"
            | "const_element"
            | "property_element" => {
                let left = ["name", "left", "pattern", "declarator", "property", "field"]
                    .iter()
                    .find_map(|name| field(name))
                    .or_else(|| {
                        let first = parent.named_child(0)?;
                        (first != node).then_some(first)
                    })?;
                if left == node {
                    return None;
                }
                let left = cpp::last_part(scopes::declared(left));
                let name = self.text_of(left).split([',', ':']).next().unwrap_or("").trim();
                let name = last_name(name.trim_start_matches("mut ").trim_start_matches('*').trim());
                Some(Step::Named { name, node: parent })
            }
            "shorthand_field_initializer" | "shorthand_property_identifier" => {
                Some(Step::Named { name: self.text_of(node), node: parent })
            }
            _ => None,
        }
    }

    fn member_used(&self, member: Node<'t>, name: Node<'t>) -> Step<'t> {
        let own = self.text_of(name);
        let Some(above) = member.parent() else { return Step::Lost };
        let is_callee = above.child_by_field_name("function") == Some(member)
            || above.kind() == "call_expression" && above.named_child(0) == Some(member);
        if is_callee {
            return Call::read(above, self.text).map_or(Step::Lost, Step::Called);
        }
        let is_assigned = above.child_by_field_name("left") == Some(member)
            || above.kind() == "assignment" && above.named_child(0) == Some(member);
        if is_assigned {
            let value = above.child_by_field_name("right").or_else(|| above.last_named_child());
            return value.map_or(Step::Lost, |value| Step::Set { name: own, value, node: above });
        }
        Step::Read(own)
    }

    /// The expressions that stand for what is defined under a name, besides the definition itself.
    pub(crate) fn uses(&self, name: &str, definition: Node<'t>) -> Uses<'t> {
        let scope = self.scope(definition);
        let is_field = self.is_field(definition);
        let is_local = scope != self.tree.root();
        let (mut found, mut others) = (Vec::new(), Vec::new());
        for node in self.names.get(name).into_iter().flatten() {
            let inside = |outer: Node<'_>| outer.start_byte() <= node.start_byte() && node.end_byte() <= outer.end_byte();
            if !inside(scope) || inside(definition) {
                continue;
            }
            let Some(above) = node.parent() else { continue };
            // `a.name`, seen from `name`.
            let of = member(above).filter(|(_, last)| last == node);
            let whole = if of.is_some() { above } else { *node };
            // The name of a function, of a type.
            if is_function(above.kind()) || matches!(node.kind(), "type_identifier") || above.kind() == "variable_name" {
                continue;
            }
            let is_other = is_local && !is_field && of.is_some();
            if is_other || is_keyword(*node, above) {
                continue;
            }
            if self.is_redefined(whole, definition) {
                others.push(whole);
            } else if !is_defined(whole) && !is_declaration(above, *node) {
                found.push(whole);
            }
        }
        if others.is_empty() || is_field {
            return Uses { at: found, is_sole: others.is_empty() };
        }
        // Of a local, only what comes behind the definition is meant, up to where the name gets another value for certain.
        let from = definition.end_byte();
        let replaces = |other: &&Node<'t>| {
            other.start_byte() > from
                && block_around(**other)
                    .is_some_and(|block| block.start_byte() <= definition.start_byte() && from <= block.end_byte())
        };
        // The new value is made of the old one: `let q = Statement::new(q)`.
        let until = others
            .iter()
            .find(replaces)
            .map_or(usize::MAX, |other| other.parent().map_or(other.end_byte(), |above| above.end_byte()));
        let is_meant = |node: &Node<'t>| from <= node.start_byte() && node.start_byte() < until;
        found.retain(is_meant);
        let is_sole = !others.iter().any(|other| is_meant(other) && other.parent().is_none_or(|above| above.end_byte() != until));
        Uses { at: found, is_sole }
    }

    /// The function around a node, for what is local to it; a field can be seen everywhere in the file.
    fn scope(&self, definition: Node<'t>) -> Node<'t> {
        if self.is_field(definition) {
            return self.tree.root();
        }
        function_around(definition).unwrap_or(self.tree.root())
    }

    /// Whether what is defined is a field: `this.x = …`, or `x = …` where no `x` is local.
    fn is_field(&self, definition: Node<'t>) -> bool {
        if matches!(definition.kind(), "field_initializer" | "shorthand_field_initializer") {
            return true;
        }
        let left = definition.child_by_field_name("left").or_else(|| definition.child_by_field_name("name"));
        let left = left.map(|left| self.text_of(left)).unwrap_or("");
        if left.contains('.') || left.contains("->") {
            return true;
        }
        // In Python and PHP an assignment makes a local name, and in Kotlin it is of the same kind as there.
        let is_python = self.tree.root().kind() == "module" || left.starts_with('$');
        if is_python || !matches!(definition.kind(), "assignment" | "assignment_expression" | "assignment_statement") {
            return false;
        }
        let name = left.trim();
        let Some(function) = function_around(definition) else { return false };
        let declares = |node: &&Node<'t>| {
            let inside = function.start_byte() <= node.start_byte() && node.end_byte() <= function.end_byte();
            inside && node.parent().is_some_and(|above| is_declaration(above, **node))
        };
        !self.names.get(name).is_some_and(|known| known.iter().any(|node| declares(&node)))
    }

    /// Whether something else is assigned here: neither the statement itself, marked, nor nothing.
    fn is_redefined(&self, node: Node<'t>, definition: Node<'t>) -> bool {
        let Some(above) = node.parent() else { return false };
        let above = definer(above);
        let is_left = ["left", "name", "pattern", "declarator"].iter().any(|name| {
            above
                .child_by_field_name(name)
                .is_some_and(|left| left.start_byte() <= node.start_byte() && node.end_byte() <= left.end_byte())
        });
        if !is_left || above == definition || !is_assignment(above.kind()) {
            return false;
        }
        let right = above.child_by_field_name("right").or_else(|| above.child_by_field_name("value"));
        let Some(right) = right else { return false };
        let name = last_name(self.text_of(node));
        let value = self.text_of(right).trim_start_matches("this.").trim_start_matches("self.");
        // x = x.setIdempotent(true), x = null
        !(value.starts_with(name) || matches!(value, "null" | "None" | "nil" | "undefined" | "NULL" | "nullptr"))
    }
}

/// The innermost block, function or file around a node.
fn block_around(node: Node<'_>) -> Option<Node<'_>> {
    let mut above = node.parent();
    while let Some(node) = above {
        if node.kind().ends_with("block")
            || node.kind() == "compound_statement"
            || node.parent().is_none()
            || is_function(node.kind())
        {
            return Some(node);
        }
        above = node.parent();
    }
    None
}

/// Whether a name is declared by the node above it: as a local or as a parameter.
fn is_declaration(above: Node<'_>, name: Node<'_>) -> bool {
    let declares = |above: Node<'_>| {
        above.child_by_field_name("declarator").is_some_and(|declarator| declarator.byte_range().contains(&name.start_byte()))
    };
    match above.kind() {
        "variable_declarator" | "var_spec" | "const_spec" => {
            above.child_by_field_name("name") == Some(name) || above.named_child(0) == Some(name)
        }
        "init_declarator" | "declaration" | "field_declaration" | "for_range_loop" => declares(above),
        "pointer_declarator" | "reference_declarator" | "array_declarator" => {
            above.parent().is_some_and(|around| is_declaration(definer(around), name))
        }
        "let_declaration" | "val_definition" | "var_definition" => above.child_by_field_name("pattern") == Some(name),
        "variable_declaration" => true,
        "expression_list" => above.parent().is_some_and(|above| {
            above.kind() == "short_var_declaration"
                && above.child_by_field_name("left").is_some_and(|left| left.end_byte() >= name.end_byte())
        }),
        kind => kind.contains("parameter"),
    }
}

/// What is around a list of names, or around what C writes beside a name.
fn definer(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while matches!(node.kind(), "expression_list" | "pointer_declarator" | "reference_declarator" | "array_declarator")
        && let Some(above) = node.parent()
    {
        node = above;
    }
    node
}

fn is_assignment(kind: &str) -> bool {
    matches!(
        kind,
        "assignment"
            | "assignment_statement"
            | "assignment_expression"
            | "short_var_declaration"
            | "variable_declarator"
            | "let_declaration"
            | "init_declarator"
    )
}

/// Whether the node is what is assigned to.
fn is_defined(node: Node<'_>) -> bool {
    let Some(above) = node.parent().map(definer) else { return false };
    is_assignment(above.kind())
        && above
            .child_by_field_name("left")
            .is_some_and(|left| left.start_byte() <= node.start_byte() && node.end_byte() <= left.end_byte())
        || matches!(above.kind(), "variable_declarator" | "variable_declaration") && above.child_by_field_name("name") == Some(node)
}

/// Whether the node is the name of an argument or of a key, and no value.
fn is_keyword(node: Node<'_>, above: Node<'_>) -> bool {
    match above.kind() {
        "keyword_argument" => above.child_by_field_name("name") == Some(node),
        "pair" => above.child_by_field_name("key") == Some(node),
        "argument" | "value_argument" => above.named_child_count() > 1 && above.named_child(0) == Some(node),
        _ => false,
    }
}

//! Where names are known: files, classes, functions, blocks, branches and loops.

use crate::tree::Node;

/// How many scopes are looked through for a name. Nobody writes that many around one another.
pub(crate) const DEPTH: usize = 200;

/// What a scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// All of it.
    File,
    /// A class, an object, an interface, a module within the file.
    Class,
    /// A function, a method, a lambda: it runs at another time than what stands around it.
    Function,
    /// It may run several times, or never.
    Loop,
    /// A block or a branch.
    Block,
}

/// A part of the file in which names may be defined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'t> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// The scope around it; the file is around itself.
    pub(crate) parent: usize,
    /// What a class is called.
    pub(crate) name: &'t str,
    /// The function that it belongs to, or the file.
    pub(crate) function: usize,
    /// The innermost loop around it, if any.
    pub(crate) repeated: Option<usize>,
}

impl Scope<'_> {
    pub(crate) fn contains(&self, place: usize) -> bool {
        self.start <= place && place < self.end
    }
}

/// The scopes of a file, in the order in which they begin.
#[derive(Debug, Default)]
pub(crate) struct Scopes<'t> {
    all: Vec<Scope<'t>>,
    /// The innermost at the node that was entered last.
    current: usize,
}

impl<'t> Scopes<'t> {
    /// The scope around a node, which comes behind the nodes that were entered before, from the outside in.
    pub(crate) fn enter(&mut self, node: Node<'t>, text: &'t str) -> usize {
        let (start, end) = (node.start_byte(), node.end_byte());
        if self.all.is_empty() {
            // Blanks and comments may stand around the root.
            let file = Scope { start: 0, end: usize::MAX, kind: Kind::File, parent: 0, name: "", function: 0, repeated: None };
            self.all.push(file);
            return 0;
        }
        while let Some(scope) = self.all.get(self.current).filter(|scope| scope.kind != Kind::File) {
            if scope.start <= start && end <= scope.end && start < scope.end {
                break;
            }
            self.current = scope.parent;
        }
        let around = self.current;
        if let (Some(kind), Some(parent)) = (kind(node.kind()), self.get(around)) {
            let number = self.all.len();
            let name = if kind == Kind::Class { name(node, text).unwrap_or(parent.name) } else { "" };
            let function = if kind == Kind::Function { number } else { parent.function };
            let repeated = match kind {
                Kind::Loop => Some(number),
                Kind::Function => None,
                _ => parent.repeated,
            };
            self.all.push(Scope { start, end, kind, parent: around, name, function, repeated });
            self.current = number;
        }
        self.current
    }

    pub(crate) fn get(&self, number: usize) -> Option<Scope<'t>> {
        self.all.get(number).copied()
    }

    /// The scopes around a place, from the innermost to the file.
    pub(crate) fn around(&self, place: usize) -> impl Iterator<Item = (usize, Scope<'t>)> {
        let last = self.all.partition_point(|scope| scope.start <= place).saturating_sub(1);
        let mut next = Some(last);
        let chain = std::iter::from_fn(move || {
            let number = next?;
            let scope = self.get(number)?;
            next = (scope.kind != Kind::File).then_some(scope.parent);
            Some((number, scope))
        });
        chain.take(DEPTH * 20).filter(move |(_, scope)| scope.contains(place)).take(DEPTH)
    }

    /// The function around a scope that is no block of it, or the file.
    pub(crate) fn owner(&self, number: usize) -> usize {
        let mut number = number;
        for _ in 0..DEPTH {
            match self.get(number) {
                Some(Scope { kind: Kind::Loop | Kind::Block, parent, .. }) => number = parent,
                _ => break,
            }
        }
        number
    }
}

/// Whether nodes of the kind are scopes.
pub(crate) fn is_scope(node: &str) -> bool {
    kind(node).is_some()
}

fn kind(node: &str) -> Option<Kind> {
    Some(match node {
        "class_declaration"
        | "class_definition"
        | "class"
        | "class_specifier"
        | "struct_specifier"
        | "namespace_definition"
        | "interface_declaration"
        | "enum_declaration"
        | "record_declaration"
        | "struct_declaration"
        | "object_declaration"
        | "companion_object"
        | "object_definition"
        | "trait_declaration"
        | "trait_definition"
        | "impl_item"
        | "trait_item"
        | "mod_item"
        | "annotation_type_declaration"
        | "enum_definition"
        | "internal_module"
        | "object_literal" => Kind::Class,
        "function_declaration"
        | "function_definition"
        | "function_item"
        | "method_declaration"
        | "method_definition"
        | "constructor_declaration"
        | "compact_constructor_declaration"
        | "secondary_constructor"
        | "anonymous_initializer"
        | "static_initializer"
        | "lambda_expression"
        | "lambda"
        | "arrow_function"
        | "function_expression"
        | "generator_function_declaration"
        | "generator_function"
        | "func_literal"
        | "closure_expression"
        | "lambda_literal"
        | "local_function_statement"
        | "anonymous_function"
        | "anonymous_method_expression"
        | "async_block"
        | "getter"
        | "setter" => Kind::Function,
        "for_statement"
        | "enhanced_for_statement"
        | "foreach_statement"
        | "for_in_statement"
        | "for_range_loop"
        | "for_expression"
        | "while_statement"
        | "while_expression"
        | "loop_expression"
        | "do_statement"
        | "do_while_statement"
        | "do_while_expression"
        | "list_comprehension"
        | "set_comprehension"
        | "dictionary_comprehension"
        | "generator_expression" => Kind::Loop,
        "block"
        | "statement_block"
        | "compound_statement"
        | "indented_block"
        | "if_statement"
        | "if_expression"
        | "else_clause"
        | "switch_statement"
        | "switch_expression"
        | "switch_block_statement_group"
        | "switch_rule"
        | "switch_case"
        | "switch_default"
        | "switch_section"
        | "expression_case"
        | "default_case"
        | "type_case"
        | "communication_case"
        | "expression_switch_statement"
        | "type_switch_statement"
        | "when_expression"
        | "when_entry"
        | "match_arm"
        | "case_clause"
        | "case_statement"
        | "default_statement"
        | "else_if_clause"
        | "match_conditional_expression"
        | "catch_clause"
        | "catch_block"
        | "conditional_expression"
        | "ternary_expression" => Kind::Block,
        _ => return None,
    })
}

/// Whether a node of this kind is a function, a method or a lambda.
pub(crate) fn is_function(node: &str) -> bool {
    kind(node) == Some(Kind::Function)
}

/// The innermost function around a node.
pub(crate) fn function_around(node: Node<'_>) -> Option<Node<'_>> {
    let mut above = node.parent();
    while let Some(node) = above {
        if is_function(node.kind()) {
            return Some(node);
        }
        above = node.parent();
    }
    None
}

/// What a class is called; a companion is called like what it stands in, as it has no name.
fn name<'t>(node: Node<'t>, text: &'t str) -> Option<&'t str> {
    let name = node.child_by_field_name("name").or_else(|| node.child_by_field_name("type"))?;
    let name = text.get(name.byte_range())?;
    // `impl Queries<'_>`
    Some(name.split('<').next().unwrap_or(name).trim()).filter(|_| node.kind() != "companion_object")
}

/// How many nodes a pattern has at most.
const PATTERN: usize = 64;

/// Whether nodes of the kind may give a name to what the running program puts in.
pub(crate) fn binds(kind: &str) -> bool {
    matches!(
        kind,
        "formal_parameter"
            | "simple_parameter"
            | "variadic_parameter"
            | "property_promotion_parameter"
            | "static_variable_declaration"
            | "catch_formal_parameter"
            | "enhanced_for_statement"
            | "resource"
            | "default_parameter"
            | "typed_default_parameter"
            | "declaration_pattern"
            | "named_expression"
            | "instanceof_expression"
            | "catch_declaration"
            | "parameter"
            | "class_parameter"
            | "parameter_declaration"
            | "optional_parameter_declaration"
            | "for_range_loop"
            | "init_declarator"
            | "variadic_parameter_declaration"
            | "foreach_statement"
            | "required_parameter"
            | "optional_parameter"
            | "let_condition"
            | "for_in_statement"
            | "range_clause"
            | "receive_statement"
            | "for_in_clause"
            | "for_expression"
            | "match_arm"
            | "case_clause"
            | "type_switch_statement"
            | "enumerator"
            | "arrow_function"
            | "lambda_expression"
            | "catch_clause"
            | "list_literal"
            | "global_declaration"
            | "parameters"
            | "formal_parameters"
            | "lambda_parameters"
            | "closure_parameters"
            | "inferred_parameters"
            | "bindings"
            | "spread_parameter"
            | "implicit_parameter"
            | "as_pattern_target"
            | "typed_parameter"
            | "rest_pattern"
            | "for_statement"
            | "catch_block"
    )
}

/// The names that a node gives to what the running program puts in: parameters, loop variables, parts of what is matched.
pub(crate) fn bound<'t>(node: Node<'t>, text: &'t str) -> Vec<&'t str> {
    let field = |name: &str| node.child_by_field_name(name);
    let patterns: Vec<Node<'t>> = match node.kind() {
        "formal_parameter"
        | "simple_parameter"
        | "variadic_parameter"
        | "property_promotion_parameter"
        | "static_variable_declaration"
        | "catch_formal_parameter"
        | "enhanced_for_statement"
        | "resource"
        | "default_parameter"
        | "typed_default_parameter"
        | "declaration_pattern"
        | "named_expression"
        | "instanceof_expression"
        | "catch_declaration" => field("name").into_iter().collect(),
        // Of several languages; Kotlin's has no fields.
        "parameter" => field("name").or(field("pattern")).or_else(|| node.named_child(0)).into_iter().collect(),
        "class_parameter" => {
            let first = || node.named_children().find(|child| child.kind() == "identifier");
            field("name").or_else(first).into_iter().collect()
        }
        // C++ has them in what it only declares, too.
        "parameter_declaration" | "optional_parameter_declaration" if field("declarator").is_some() => {
            field("declarator").filter(|_| is_of_function(node)).into_iter().collect()
        }
        "for_range_loop" | "init_declarator" => {
            let is_pattern = |name: &Node<'_>| node.kind() == "for_range_loop" || name.kind() == "structured_binding_declarator";
            field("declarator").filter(is_pattern).into_iter().collect()
        }
        "parameter_declaration" | "variadic_parameter_declaration" => node.children_by_field_name("name").collect(),
        // PHP's has no fields for them; C#'s has.
        "foreach_statement" if field("left").is_none() => node.named_child(1).into_iter().collect(),
        "required_parameter" | "optional_parameter" | "let_condition" => field("pattern").into_iter().collect(),
        "for_in_statement" | "foreach_statement" | "range_clause" | "receive_statement" | "for_in_clause" => {
            field("left").into_iter().collect()
        }
        "for_expression" | "match_arm" | "case_clause" => field("pattern").into_iter().collect(),
        "type_switch_statement" => field("alias").into_iter().collect(),
        "enumerator" => node.named_child(0).into_iter().collect(),
        // JavaScript's `x => …`, Java's and Scala's `x -> …`.
        "arrow_function" => field("parameter").into_iter().collect(),
        "lambda_expression" => field("parameters").filter(|names| names.kind() != "formal_parameters").into_iter().collect(),
        "catch_clause" => field("parameter").or_else(|| field("name")).into_iter().collect(),
        "list_literal" | "global_declaration" => vec![node],
        // Python's and JavaScript's hold bare names, Rust's closures too.
        "parameters" | "formal_parameters" | "lambda_parameters" | "closure_parameters" | "inferred_parameters" | "bindings" => {
            let bare = |child: &Node<'_>| {
                let kind = child.kind();
                kind == "identifier" || kind.ends_with("pattern") || kind.ends_with("variable_declaration")
            };
            node.named_children().filter(bare).collect()
        }
        "spread_parameter" | "implicit_parameter" | "as_pattern_target" | "typed_parameter" | "rest_pattern" => vec![node],
        // Kotlin's, and Python's.
        "for_statement" | "catch_block" => {
            let bare = |child: &Node<'_>| matches!(child.kind(), "variable_declaration" | "multi_variable_declaration");
            let own = |child: &Node<'_>| bare(child) || node.kind() == "catch_block" && child.kind() == "identifier";
            let mut names: Vec<_> = node.named_children().filter(own).collect();
            names.extend(field("left"));
            names
        }
        _ => return Vec::new(),
    };
    patterns.into_iter().flat_map(|pattern| names(pattern, text)).collect()
}

/// Whether a parameter of C++ belongs to a function that is written out here.
fn is_of_function(parameter: Node<'_>) -> bool {
    let mut above = parameter.parent();
    while let Some(node) = above.filter(|node| node.kind().ends_with("declarator") || node.kind() == "parameter_list") {
        above = node.parent();
    }
    above.is_some_and(|node| is_function(node.kind()) || node.kind() == "catch_clause")
}

/// The name in `*name`, `&name` and `name[]` of C++.
pub(crate) fn declared(node: Node<'_>) -> Node<'_> {
    let mut inner = node;
    while let Some(next) = match inner.kind() {
        "reference_declarator" | "parenthesized_declarator" => inner.named_child(0),
        _ => inner.child_by_field_name("declarator"),
    } {
        inner = next;
    }
    inner
}

/// The names in a pattern.
pub(crate) fn names<'t>(pattern: Node<'t>, text: &'t str) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut open = vec![pattern];
    let mut left = PATTERN;
    while let Some(node) = open.pop() {
        let Some(fewer) = left.checked_sub(1) else { break };
        left = fewer;
        if matches!(node.kind(), "identifier" | "shorthand_property_identifier_pattern") || node.kind() == "implicit_parameter" {
            names.extend(text.get(node.byte_range()));
            continue;
        }
        // PHP's `$name`.
        if node.kind() == "variable_name" {
            names.extend(text.get(node.start_byte() + 1..node.end_byte()));
            continue;
        }
        // Types and default values are no names of this pattern.
        let is_inner = |child: &Node<'_>| {
            let is_other = match child.field_name() {
                Some("type" | "right" | "condition") => true,
                Some("value") => node.kind() != "pair_pattern",
                _ => false,
            };
            !is_other && !child.kind().ends_with("type") && child.kind() != "type_identifier"
        };
        open.extend(node.named_children().filter(is_inner));
    }
    names
}

//! What to write to mark a statement, driver by driver; only where the result certainly compiles.

use cqlint_analysis::Edit;
use cqlint_analysis::drivers::Driver;

use super::Sites;
use super::call::Call;
use super::flow::Step;
use crate::strings::literal::span;
use crate::tree::Node;

/// The changes that mark the statement which this call takes; none where that is not simple.
pub(crate) fn add_mark<'t>(call: &Call<'t>, sites: &Sites<'_, 't>) -> Vec<Edit> {
    changes(call, sites).unwrap_or_default()
}

fn changes<'t>(call: &Call<'t>, sites: &Sites<'_, 't>) -> Option<Vec<Edit>> {
    let first = call.positional().next()?;
    let all = (first.start_byte(), call.positional().last()?.end_byte());
    Some(match (sites.driver, call.name) {
        (Driver::Gocql1 | Driver::Gocql2 | Driver::GocqlScylla, "Query") => vec![behind(call.node, ".Idempotent(true)")],
        (Driver::Java4, "newInstance") => vec![behind(call.node, ".setIdempotent(true)")],
        (Driver::Java4, "builder") => vec![behind(call.node, ".setIdempotence(true)")],
        (Driver::Java4, "prepare" | "prepareAsync" | "execute" | "executeAsync") if is_jvm_text(first, sites) => {
            wrap(all, &format!("{}.newInstance(", imported(JAVA4, sites)), ").setIdempotent(true)")
        }
        (Driver::Java3, "prepare") => vec![behind(call.node, ".setIdempotent(true)")],
        (Driver::Java3, "execute" | "executeAsync") if is_java(sites) => {
            wrap(all, &format!("new {}(", imported(JAVA3, sites)), ").setIdempotent(true)")
        }
        (Driver::CSharp, "Prepare") => vec![behind(call.node, ".SetIdempotence(true)")],
        (Driver::CSharp, "Execute" | "ExecuteAsync") if call.arguments.len() == 1 => {
            wrap(all, "new Cassandra.SimpleStatement(", ").SetIdempotence(true)")
        }
        (Driver::Node, "execute" | "eachRow" | "stream") => options(call)?,
        // Behind the last argument, which may have a comma behind it.
        (Driver::Python, "SimpleStatement") => vec![behind(call.arguments.last()?.value, ", is_idempotent=True")],
        (Driver::Python, "prepare") => vec![next_line(call, sites, "is_idempotent = True")?],
        (Driver::Scylla, "prepare") => rust(call, sites)?,
        (Driver::Cpp, "cass_statement_new") => vec![c_line(call, sites)?],
        _ => return None,
    })
}

const JAVA4: &str = "com.datastax.oss.driver.api.core.cql.SimpleStatement";
const JAVA3: &str = "com.datastax.driver.core.SimpleStatement";

/// A class by its short name when the file imports it.
fn imported(class: &'static str, sites: &Sites<'_, '_>) -> &'static str {
    let (package, name) = class.rsplit_once('.').unwrap_or(("", class));
    let text = sites.ways.text;
    if text.contains(&format!("import {class};")) || text.contains(&format!("import {package}.*;")) { name } else { class }
}

fn behind(node: Node<'_>, text: &str) -> Edit {
    Edit { span: span(node.end_byte(), node.end_byte()), text: text.to_owned() }
}

fn wrap((start, end): (usize, usize), before: &str, after: &str) -> Vec<Edit> {
    vec![Edit { span: span(start, start), text: before.to_owned() }, Edit { span: span(end, end), text: after.to_owned() }]
}

fn is_java(sites: &Sites<'_, '_>) -> bool {
    // Kotlin and Scala have no `new` or need it; their trees have another root.
    sites.ways.root_kind() == "program"
}

/// A string, and no statement that somebody made before.
fn is_jvm_text<'t>(node: Node<'t>, sites: &Sites<'_, 't>) -> bool {
    is_java(sites) && (crate::strings::fold::is_literal(node.kind()) || node.kind() == "binary_expression")
}

/// `client.execute(query, parameters, options)`
fn options(call: &Call<'_>) -> Option<Vec<Edit>> {
    let given: Vec<_> = call.positional().collect();
    let last = given.last()?;
    Some(match (given.len(), last.kind()) {
        (1, _) => vec![behind(*last, ", [], { isIdempotent: true }")],
        (2, "array" | "object") => vec![behind(*last, ", { isIdempotent: true }")],
        (3, "object") => {
            let text = if last.named_child_count() == 0 { " isIdempotent: true " } else { " isIdempotent: true," };
            let at = last.start_byte() + 1;
            vec![Edit { span: span(at, at), text: text.to_owned() }]
        }
        _ => return None,
    })
}

/// The end of the statement that gives a name to what a call makes, and this name with what stands before it.
fn named<'t>(call: &Call<'t>, sites: &Sites<'_, 't>) -> Option<(Node<'t>, &'t str)> {
    let Step::Named { node, .. } = sites.ways.step(call.node) else { return None };
    let left = ["left", "pattern", "name"].iter().find_map(|name| node.child_by_field_name(name))?;
    Some((node, sites.ways.text_of(left)))
}

fn indent(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or("");
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("")
}

/// A line behind a statement, indented as it is, with the end of line that the file has.
fn line_behind(statement: Node<'_>, line: &str, text: &str) -> Edit {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    behind(statement, &format!("{end}{}{line}", indent(text, statement.start_byte())))
}

/// Python: `x.is_idempotent = True` on the line behind.
fn next_line<'t>(call: &Call<'t>, sites: &Sites<'_, 't>, what: &str) -> Option<Edit> {
    let (node, name) = named(call, sites)?;
    let statement = node.parent().filter(|parent| parent.kind() == "expression_statement")?;
    Some(line_behind(statement, &format!("{name}.{what}"), sites.ways.text))
}

/// C: another call on the line behind.
fn c_line<'t>(call: &Call<'t>, sites: &Sites<'_, 't>) -> Option<Edit> {
    let Step::Named { name, node } = sites.ways.step(call.node) else { return None };
    let statement = node.parent().filter(|parent| matches!(parent.kind(), "declaration" | "expression_statement"))?;
    // A single statement of an `if` has no line behind it, and a field has more than its name.
    let is_line = statement.parent().is_some_and(|around| around.kind() == "compound_statement");
    let left = node.child_by_field_name("left");
    let is_plain = node.kind() == "init_declarator" || left.is_some_and(|left| left.kind() == "identifier");
    let line = format!("cass_statement_set_is_idempotent({name}, cass_true);");
    (is_line && is_plain).then(|| line_behind(statement, &line, sites.ways.text))
}

/// Rust: the name becomes mutable, and the mark comes on the line behind.
fn rust<'t>(call: &Call<'t>, sites: &Sites<'_, 't>) -> Option<Vec<Edit>> {
    let (node, name) = named(call, sites)?;
    // Only what is prepared in this very expression is a statement: `?` stands behind `await`.
    let value = node.child_by_field_name("value")?;
    let pattern = node.child_by_field_name("pattern")?;
    if node.kind() != "let_declaration" || value.kind() != "try_expression" || pattern.kind() != "identifier" {
        return None;
    }
    let is_mutable = node.named_children().any(|child| child.kind() == "mutable_specifier");
    let mut edits = Vec::new();
    if !is_mutable {
        edits.push(Edit { span: span(pattern.start_byte(), pattern.start_byte()), text: "mut ".to_owned() });
    }
    edits.push(line_behind(node, &format!("{name}.set_is_idempotent(true);"), sites.ways.text));
    Some(edits)
}

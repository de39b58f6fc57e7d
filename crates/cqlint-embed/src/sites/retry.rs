//! Code that repeats what stands in it: loops that catch, annotations, calls of libraries that retry.

use cqlint_analysis::Retry;

use super::c;
use super::call::Call;
use super::flow::{Step, Ways};
use crate::strings::literal::span;
use crate::strings::scopes::is_function;
use crate::tree::Node;

/// What repeats the call, if anything in this file does.
pub(crate) fn around<'t>(executed: Node<'t>, ways: &Ways<'t>) -> Option<Retry> {
    let mut node = executed;
    let mut caught: Option<Node<'_>> = None;
    while let Some(parent) = node.parent() {
        match parent.kind() {
            kind if is_try(kind) && holds_attempt(parent, node) => caught = Some(parent),
            kind if is_loop(kind) => {
                if let Some(retry) = repeats(parent, executed, caught, ways) {
                    return Some(retry);
                }
                caught = None;
            }
            kind if is_function(kind) => {
                if let Some(retry) = called_by_library(parent, ways).or_else(|| annotated(parent, ways)) {
                    return Some(retry);
                }
                caught = None;
                // A named function ends the search; a lambda may be called right here.
                if !is_lambda(kind) {
                    return None;
                }
            }
            // Kotlin's and Scala's `retry { … }`.
            "annotated_lambda" | "block" if parent.parent().is_some_and(|above| above.kind() == "call_expression") => {
                if let Some(retry) = parent.parent().and_then(|call| library(call, ways)) {
                    return Some(retry);
                }
            }
            _ => {}
        }
        node = parent;
    }
    None
}

fn is_try(kind: &str) -> bool {
    matches!(kind, "try_statement" | "try_expression" | "try_with_resources_statement")
}

fn is_loop(kind: &str) -> bool {
    matches!(
        kind,
        "for_statement"
            | "while_statement"
            | "do_statement"
            | "enhanced_for_statement"
            | "foreach_statement"
            | "for_in_statement"
            | "for_range_loop"
            | "loop_expression"
            | "while_expression"
            | "for_expression"
            | "do_while_statement"
    )
}

fn is_lambda(kind: &str) -> bool {
    matches!(
        kind,
        "lambda_expression"
            | "lambda"
            | "arrow_function"
            | "function_expression"
            | "func_literal"
            | "closure_expression"
            | "lambda_literal"
            | "anonymous_function"
            | "anonymous_method_expression"
            | "async_block"
    )
}

/// Whether the attempt, not the handler, holds the node; a try without a handler catches nothing.
fn holds_attempt(attempt: Node<'_>, node: Node<'_>) -> bool {
    handler(attempt).is_some_and(|handler| node.end_byte() <= handler.start_byte())
}

fn handler(attempt: Node<'_>) -> Option<Node<'_>> {
    attempt.named_children().find(|child| matches!(child.kind(), "catch_clause" | "except_clause" | "catch_block"))
}

/// Whether a loop tries again after a failure. Going on to the next of many things is no retry: after success the loop is
/// left, and after a failure it is not.
fn repeats<'t>(repeating: Node<'t>, executed: Node<'t>, caught: Option<Node<'t>>, ways: &Ways<'t>) -> Option<Retry> {
    let body = repeating.child_by_field_name("body").unwrap_or(repeating);
    let head = ways.text.get(repeating.start_byte()..body.start_byte()).unwrap_or("").to_ascii_lowercase();
    let counts = ["retr", "attempt", "tries"].iter().any(|word| head.contains(word));
    let (leaves, stays) = match caught {
        Some(attempt) => {
            let handler = handler(attempt)?;
            let tail = ways.text.get(executed.end_byte()..handler.start_byte()).unwrap_or("");
            (leaves(tail) || contains_return(executed), !ends(handler, ways))
        }
        None => by_value(executed, ways).or_else(|| c::by_code(executed, repeating, ways))?,
    };
    let is_each = match repeating.kind() {
        "enhanced_for_statement" | "foreach_statement" | "for_in_statement" | "for_range_loop" => true,
        "for_expression" => !counts,
        "for_statement" => !counts && (head.contains(" range ") || head.contains(" in ")),
        _ => false,
    };
    (stays && !is_each && (leaves || counts)).then(|| Retry {
        span: span(repeating.start_byte(), repeating.start_byte() + keyword(repeating, ways)),
        by: "this loop".to_owned(),
    })
}

/// Languages whose failures are values: what is done with one, right behind the call.
fn by_value<'t>(executed: Node<'t>, ways: &Ways<'t>) -> Option<(bool, bool)> {
    let mut node = executed;
    loop {
        let parent = node.parent()?;
        match parent.kind() {
            // Go: `err := q.Exec()` and an `if` behind it, or `if err := q.Exec(); err == nil`.
            "assignment_statement" | "short_var_declaration" => {
                let conditional = parent.parent().filter(|above| above.kind() == "if_statement");
                let conditional = conditional.or_else(|| next(parent).filter(|next| next.kind() == "if_statement"))?;
                let condition = ways.text_of(conditional.child_by_field_name("condition")?);
                let then = ways.text_of(conditional.child_by_field_name("consequence")?);
                return if condition.contains("== nil") {
                    Some((leaves(then), true))
                } else if condition.contains("!= nil") {
                    Some((true, then.contains("continue") && !then.contains("return")))
                } else {
                    None
                };
            }
            // Rust: `match … { Ok(_) => return, Err(e) => … }`.
            "match_expression" => {
                let body = ways.text_of(parent.child_by_field_name("body")?);
                let (success, failure) = body.split_once("Err(")?;
                return Some((leaves(success), !leaves(failure)));
            }
            "await_expression" | "parenthesized_expression" | "expression_list" => node = parent,
            _ => return None,
        }
    }
}

/// What stands behind a node, comments aside.
fn next(node: Node<'_>) -> Option<Node<'_>> {
    let mut next = node.next_named_sibling()?;
    while next.kind().ends_with("comment") {
        next = next.next_named_sibling()?;
    }
    Some(next)
}

pub(super) fn leaves(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| matches!(word, "return" | "break"))
}

/// Whether the call stands in a `return`.
fn contains_return(node: Node<'_>) -> bool {
    let mut above = node.parent();
    for _ in 0..6 {
        let Some(parent) = above else { return false };
        if matches!(parent.kind(), "return_statement" | "return_expression" | "jump_expression") {
            return true;
        }
        if parent.kind().ends_with("block") || parent.kind() == "compound_statement" {
            return false;
        }
        above = parent.parent();
    }
    false
}

/// Whether a handler always leaves: its last statement throws or returns.
fn ends(handler: Node<'_>, ways: &Ways<'_>) -> bool {
    let text = ways.text_of(handler);
    if text.contains("continue") {
        return false;
    }
    let body =
        handler.child_by_field_name("body").or_else(|| handler.named_children().find(|child| child.kind().ends_with("block")));
    let Some(body) = body else { return false };
    body.last_named_child().is_some_and(|last| {
        let text = ways.text_of(last).trim_start();
        ["throw", "raise", "return", "break"].iter().any(|word| text.starts_with(word))
    })
}

/// How long the first word of a loop is.
fn keyword(repeating: Node<'_>, ways: &Ways<'_>) -> usize {
    let text = ways.text_of(repeating);
    text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len())
}

/// A lambda that is given to a library for retries, here or by its name.
fn called_by_library<'t>(function: Node<'t>, ways: &Ways<'t>) -> Option<Retry> {
    match ways.step(function) {
        Step::Passed(call, _) => library(call.node, ways),
        Step::Named { name, node } => ways.uses(name, node).at.into_iter().find_map(|at| match ways.step(at) {
            Step::Passed(call, _) => library(call.node, ways),
            _ => None,
        }),
        _ => None,
    }
}

/// Libraries for retries have their purpose in their names: `backoff.Retry`, `retryTemplate.execute`, `Failsafe.with(…).run`.
fn library<'t>(call: Node<'t>, ways: &Ways<'t>) -> Option<Retry> {
    let call = Call::read(call, ways.text)?;
    let start = call.node.start_byte();
    let called = ways.text.get(start..call.name_node.end_byte())?;
    let words = called.to_ascii_lowercase();
    let says = ["retry", "retrier", "retrie", "failsafe"].iter().any(|word| words.contains(word));
    let denies = ["noretry", "withoutretry", "no_retry", "without_retry", "retryable("].iter().any(|word| words.contains(word));
    (says && !denies && words.len() < 200)
        .then(|| Retry { span: span(call.name_node.start_byte(), call.name_node.end_byte()), by: format!("`{}`", call.name) })
}

/// `@Retryable`, `@Retry`, `@retry(…)`, `@backoff.on_exception(…)` on a function.
fn annotated(function: Node<'_>, ways: &Ways<'_>) -> Option<Retry> {
    let mut holders = vec![function];
    if let Some(parent) = function.parent().filter(|parent| parent.kind() == "decorated_definition") {
        holders.push(parent);
    }
    holders.extend(function.named_children().filter(|child| child.kind() == "modifiers"));
    for holder in holders {
        for child in holder.named_children() {
            if !matches!(child.kind(), "annotation" | "marker_annotation" | "decorator" | "attribute_list") {
                continue;
            }
            let text = ways.text_of(child);
            let name = text.trim_start_matches(['@', '[']).split(['(', ']', '\n']).next().unwrap_or("").trim();
            let last = name.rsplit('.').next().unwrap_or(name);
            let is_retry = matches!(last, "Retryable" | "Retry" | "retry" | "retrying")
                || name.starts_with("backoff.on_")
                || name.starts_with("tenacity.");
            if is_retry {
                return Some(Retry {
                    span: span(child.start_byte(), child.start_byte() + 1 + name.len()),
                    by: format!("`@{name}`"),
                });
            }
        }
    }
    None
}

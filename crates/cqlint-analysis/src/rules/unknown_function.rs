//! `unknown-function`: a function that nobody has defined, and that is spelled almost as one that is.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::ast::{QualifiedName, TermKind};

use crate::functions::{is_native, native_names};
use crate::inspection::Inspection;
use crate::near::nearest;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `unknown_function.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-function",
    summary: "a function that is neither native nor defined, and that resembles one",
    docs: include_str!("unknown_function.md"),
    level: Level::Warn,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        inspection.terms(statement, &mut |term| {
            let TermKind::Call(call) = term.kind else { return };
            let called = inspection.tree.get(call).map(|call| call.function);
            findings.extend(called.and_then(|function| finding(inspection, function)));
        });
    }
}

fn finding(inspection: &Inspection<'_>, function: QualifiedName) -> Option<Diagnostic> {
    let schema = inspection.options.schema?;
    // Functions of another keyspace may be made anywhere.
    if function.keyspace.is_some() || is_native(function.name, inspection.text) || schema.beyond().functions {
        return None;
    }
    let name = inspection.known_name(function.name)?;
    if schema.function_names().any(|known| known == name) || inspection.options.deterministic.iter().any(|known| ends(known, &name))
    {
        return None;
    }
    let meant = nearest(&name, schema.function_names().chain(native_names()))?;
    let message = format!("there is no function `{name}`");
    let mut finding = Diagnostic::new(&RULE, function.name.span, message, "is neither native nor defined");
    finding.note = Some("the server refuses a call of what it does not know".into());
    finding.help = Some(format!("did you mean `{meant}`? If it is a function of yours, give its CREATE FUNCTION with `--schema`"));
    Some(finding)
}

/// Whether a declaration, `f` or `keyspace.f`, is of this function.
fn ends(declared: &str, name: &str) -> bool {
    declared.rsplit('.').next() == Some(name)
}

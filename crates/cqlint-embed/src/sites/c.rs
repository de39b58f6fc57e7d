//! The C driver: functions instead of methods, and a future for each answer.

use cqlint_analysis::Answer;
use cqlint_analysis::drivers::Driver;

use super::Sites;
use super::flow::{Step, Ways};
use crate::tree::Node;

/// How far behind a call its success is asked for.
const NEAR: usize = 8;

/// Whether a function of the driver takes a future and gives nothing of its result away.
pub(super) fn only_looks(name: &str) -> bool {
    matches!(
        name,
        "cass_future_wait"
            | "cass_future_wait_timed"
            | "cass_future_ready"
            | "cass_future_error_code"
            | "cass_future_error_message"
            | "cass_future_free"
    )
}

impl<'t> Sites<'_, 't> {
    /// Whether this is a function of the driver: what it does with a statement is known.
    pub(super) fn is_c(&self, name: &str) -> bool {
        self.driver == Driver::Cpp && name.starts_with("cass_")
    }

    /// What becomes of the answer in a future: nobody takes it when all functions only look at the future.
    pub(super) fn future(&self, name: &str, definition: Node<'t>, executed: Node<'t>) -> Answer {
        let uses = self.ways.uses(name, definition);
        let looks = |at: &Node<'t>| matches!(self.ways.step(*at), Step::Passed(call, 0) if only_looks(call.name));
        // A field may be used in another file, too.
        let is_local = definition.kind() == "init_declarator" && crate::strings::scopes::function_around(definition).is_some();
        if uses.is_sole && is_local && uses.at.iter().all(looks) { self.ignored(executed) } else { Answer::Unknown }
    }
}

/// What is done with the success of a call and with its failure: whether success leaves the loop around, and failure stays.
pub(super) fn by_code<'t>(executed: Node<'t>, repeating: Node<'t>, ways: &Ways<'t>) -> Option<(bool, bool)> {
    let mut statement = executed;
    while !matches!(statement.kind(), "declaration" | "expression_statement") {
        statement = statement.parent()?;
    }
    for _ in 0..NEAR {
        let Some(next) = statement.next_named_sibling() else { break };
        statement = next;
        let Some(condition) = next.child_by_field_name("condition").filter(|_| next.kind() == "if_statement") else { continue };
        let condition = ways.text_of(condition);
        let then = ways.text_of(next.child_by_field_name("consequence")?);
        if condition.contains("== CASS_OK") {
            return Some((super::retry::leaves(then), true));
        }
        if condition.contains("!= CASS_OK") {
            return Some((true, then.contains("continue") && !then.contains("return")));
        }
    }
    // `while (rc != CASS_OK)`, also behind `do`.
    let condition = ways.text_of(repeating.child_by_field_name("condition")?);
    condition.contains("!= CASS_OK").then_some((true, true))
}

//! Statements in annotations: Spring's `@Query` and that of the Java driver's mapper.

use cqlint_analysis::{CallSite, Edit, Mark};

use super::Sites;
use super::call::Call;
use crate::strings::literal::span;
use crate::tree::Node;

/// The call site of a text that is the value of an annotation.
pub(crate) fn read<'t>(text: Node<'t>, sites: &Sites<'_, 't>) -> Option<CallSite> {
    let mut above = text.parent()?;
    let mut keyed = false;
    while matches!(
        above.kind(),
        "element_value_pair" | "annotation_argument_list" | "value_argument" | "value_arguments" | "constructor_invocation"
    ) {
        keyed |= above.kind() == "element_value_pair" || above.kind() == "value_argument" && above.named_child_count() > 1;
        above = above.parent()?;
    }
    if above.kind() != "annotation" {
        return None;
    }
    let call = Call::read(above, sites.ways.text)?;
    let is_spring = sites.ways.text.contains("org.springframework.data.cassandra");
    let mark = match call.keyword(&["idempotent", "idempotence"]) {
        Some(value) => {
            let place = span(value.start_byte(), value.end_byte());
            match sites.ways.text_of(value).rsplit('.').next() {
                Some("IDEMPOTENT" | "true") => Mark::Set { value: true, span: place },
                Some("NON_IDEMPOTENT" | "false") => Mark::Set { value: false, span: place },
                _ => Mark::Unknown,
            }
        }
        None if is_spring => absent_in_spring(text, keyed, sites),
        None => beside(above, sites),
    };
    Some(CallSite {
        call: span(call.name_node.start_byte(), call.name_node.end_byte()),
        driver: Some(sites.driver),
        mark,
        settings: sites.settings.clone(),
        ..CallSite::default()
    })
}

/// Spring takes what begins with `SELECT ` for idempotent; else the driver's default holds.
fn absent_in_spring<'t>(text: Node<'t>, keyed: bool, sites: &Sites<'_, 't>) -> Mark {
    let literal = sites.ways.text_of(text);
    let is_read = literal.trim_start_matches(['"', ' ']).get(..7).is_some_and(|verb| verb.eq_ignore_ascii_case("select "));
    if is_read {
        return Mark::Unknown;
    }
    let mut edits = Vec::new();
    if !keyed {
        edits.push(Edit { span: span(text.start_byte(), text.start_byte()), text: "value = ".to_owned() });
    }
    let mark = ", idempotent = org.springframework.data.cassandra.repository.Query.Idempotency.IDEMPOTENT";
    edits.push(Edit { span: span(text.end_byte(), text.end_byte()), text: mark.to_owned() });
    Mark::Absent { fix: edits }
}

/// The driver's mapper has an annotation of its own for the mark, beside this one.
fn beside<'t>(annotation: Node<'t>, sites: &Sites<'_, 't>) -> Mark {
    let Some(all) = annotation.parent() else { return Mark::Unknown };
    for other in all.named_children() {
        let Some(call) = Call::read(other, sites.ways.text) else { continue };
        let Some(value) = call.keyword(&["idempotence", "idempotent"]) else { continue };
        let place = span(other.start_byte(), other.end_byte());
        return match sites.ways.text_of(value) {
            "true" => Mark::Set { value: true, span: place },
            "false" => Mark::Set { value: false, span: place },
            _ => Mark::Unknown,
        };
    }
    Mark::Absent { fix: Vec::new() }
}

//! Node.js: a call marks by an option, and takes a batch as a list of objects.

use cqlint_analysis::CallSite;
use cqlint_analysis::drivers::Driver;

use super::flow::Step;
use super::{Call, Journey, Marked, Sites};
use crate::tree::Node;

impl<'t> Sites<'_, 't> {
    pub(super) fn in_object(&self, object: Node<'t>) -> Option<CallSite> {
        let list = object.parent().filter(|list| list.kind() == "array")?;
        let Step::Passed(call, 0) = self.ways.step(list) else { return None };
        let mut journey = Journey { origin: Some(call.node), in_batch: true, ..Journey::default() };
        self.batch_call(&call, &mut journey);
        Some(self.site(&call, journey))
    }

    /// Node.js marks by an option of the call.
    pub(super) fn options(&self, call: &Call<'t>, journey: &mut Journey<'t>) {
        if self.driver != Driver::Node {
            return;
        }
        let at = if call.name == "batch" { 1 } else { 2 };
        let Some(options) = call.positional().nth(at) else { return };
        if options.kind() != "object" {
            journey.mark = Marked::Computed;
            return;
        }
        for pair in options.named_children() {
            if pair.kind() != "pair" {
                // `...options`, `options`
                journey.mark = Marked::Computed;
            } else if pair.child_by_field_name("key").is_some_and(|key| self.ways.text_of(key) == "isIdempotent") {
                journey.mark = pair.child_by_field_name("value").map_or(Marked::Computed, |value| self.value(value));
                return;
            }
        }
    }

    pub(super) fn batch_call(&self, call: &Call<'t>, journey: &mut Journey<'t>) {
        self.options(call, journey);
        journey.executed.push((call.node, self.answer(call.node, 4)));
    }
}

//! `ambiguous-schema`: two definitions disagree.

use alloc::format;
use alloc::string::ToString;

use crate::rule::Asks;
use crate::{Conflict, Diagnostic, Level, Rule};

/// See `ambiguous_schema.md`.
pub(crate) static RULE: Rule = Rule {
    name: "ambiguous-schema",
    summary: "two definitions of one column disagree: the safer answer is used",
    docs: include_str!("ambiguous_schema.md"),
    level: Level::Warn,
    group: "schema",
    asks: Asks::Text,
};

impl Conflict {
    /// What a person is told about it, in the text of the later definition. The place of the earlier one stands in
    /// [`Conflict::first`], which may be in another text.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let message = format!("two definitions of {} disagree", self.about);
        Diagnostic {
            note: Some("statements that depend on its type are treated as if the type were unknown".to_string()),
            help: Some("remove the outdated definition, or check one version of the schema at a time with `--schema`".to_string()),
            ..Diagnostic::new(&RULE, self.place.span, message, "differs from an earlier definition")
        }
    }
}

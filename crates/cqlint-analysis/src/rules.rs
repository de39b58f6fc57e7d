//! The rules. Each is two files, `name.rs` and `name.md`, and two lines here.

pub(crate) mod allow_filtering;
pub(crate) mod ambiguous_schema;
pub(crate) mod bad_suppression;
pub(crate) mod clock_literal;
pub(crate) mod clock_range;
pub(crate) mod column_type_change;
pub(crate) mod conditional_increment;
pub(crate) mod count_scan;
pub(crate) mod counter_delete;
pub(crate) mod counter_update;
pub(crate) mod counter_write;
pub(crate) mod default_mark;
pub(crate) mod destructive_change;
pub(crate) mod driver_retries_anyway;
pub(crate) mod duplicate_key;
pub(crate) mod format_injection;
pub(crate) mod incomplete_key;
pub(crate) mod inert_mark;
pub(crate) mod key_assignment;
pub(crate) mod large_batch;
pub(crate) mod large_in;
pub(crate) mod late_retry;
pub(crate) mod lightweight_transaction;
pub(crate) mod list_append;
pub(crate) mod list_column;
pub(crate) mod list_element_delete;
pub(crate) mod list_element_set;
pub(crate) mod list_overwrite;
pub(crate) mod list_prepend;
pub(crate) mod literal_mismatch;
pub(crate) mod literal_values;
pub(crate) mod lwt_result_ignored;
pub(crate) mod lwt_retried;
pub(crate) mod missing_mark;
pub(crate) mod mixed_batch;
pub(crate) mod mixed_counter;
pub(crate) mod multi_partition_batch;
pub(crate) mod native_secondary_index;
pub(crate) mod null_write;
pub(crate) mod rename_if_exists;
pub(crate) mod retried_non_idempotent;
pub(crate) mod schema_change;
pub(crate) mod select_star;
pub(crate) mod server_key;
pub(crate) mod server_value;
pub(crate) mod syntax_error;
pub(crate) mod truncate;
pub(crate) mod ttl_restart;
pub(crate) mod unbounded_select;
pub(crate) mod undecided;
pub(crate) mod unknown_clause;
pub(crate) mod unknown_column;
pub(crate) mod unknown_function;
pub(crate) mod unknown_table;
pub(crate) mod unknown_type;
pub(crate) mod untyped_operation;
pub(crate) mod unused_suppression;
pub(crate) mod use_keyspace;
pub(crate) mod user_function;
pub(crate) mod wide_table;
pub(crate) mod write_restriction;
pub(crate) mod wrong_arity;
pub(crate) mod wrong_mark;

use crate::Rule;

/// All rules, by name.
pub static RULES: &[&Rule] = &[
    &allow_filtering::RULE,
    &ambiguous_schema::RULE,
    &bad_suppression::RULE,
    &clock_literal::RULE,
    &clock_range::RULE,
    &column_type_change::RULE,
    &conditional_increment::RULE,
    &count_scan::RULE,
    &counter_delete::RULE,
    &counter_update::RULE,
    &counter_write::RULE,
    &default_mark::RULE,
    &destructive_change::RULE,
    &driver_retries_anyway::RULE,
    &duplicate_key::RULE,
    &format_injection::RULE,
    &incomplete_key::RULE,
    &inert_mark::RULE,
    &key_assignment::RULE,
    &large_batch::RULE,
    &large_in::RULE,
    &late_retry::RULE,
    &lightweight_transaction::RULE,
    &list_append::RULE,
    &list_column::RULE,
    &list_element_delete::RULE,
    &list_element_set::RULE,
    &list_overwrite::RULE,
    &list_prepend::RULE,
    &literal_mismatch::RULE,
    &literal_values::RULE,
    &lwt_result_ignored::RULE,
    &lwt_retried::RULE,
    &missing_mark::RULE,
    &mixed_batch::RULE,
    &mixed_counter::RULE,
    &multi_partition_batch::RULE,
    &native_secondary_index::RULE,
    &null_write::RULE,
    &rename_if_exists::RULE,
    &retried_non_idempotent::RULE,
    &schema_change::RULE,
    &select_star::RULE,
    &server_key::RULE,
    &server_value::RULE,
    &syntax_error::RULE,
    &truncate::RULE,
    &ttl_restart::RULE,
    &unbounded_select::RULE,
    &undecided::RULE,
    &unknown_clause::RULE,
    &unknown_column::RULE,
    &unknown_function::RULE,
    &unknown_table::RULE,
    &unknown_type::RULE,
    &untyped_operation::RULE,
    &unused_suppression::RULE,
    &use_keyspace::RULE,
    &user_function::RULE,
    &wide_table::RULE,
    &write_restriction::RULE,
    &wrong_arity::RULE,
    &wrong_mark::RULE,
];

/// The groups of rules, each with what it is about.
pub static GROUPS: &[(&str, &str)] = &[
    ("idempotence", "what a second execution changes, which costs the mark"),
    ("marks", "what programs say of their statements, and what repeats them"),
    ("model", "tables and statements that could be made so that a retry does no harm"),
    ("migration", "changes of the schema: can a script be run again, and what is lost"),
    ("schema", "what does not fit the tables, types and functions that are defined"),
    ("performance", "what is slow, large, or prepared anew each time"),
    ("syntax", "what does not parse"),
    ("suppressions", "comments that hide findings"),
];

/// The rule of this name.
///
/// ```
/// assert_eq!(cqlint_analysis::rule("counter-update").unwrap().name, "counter-update");
/// assert_eq!(cqlint_analysis::suggestion("counter-updates"), Some("counter-update"));
/// ```
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The rule whose name is closest to a name that is none.
#[must_use]
pub fn suggestion(name: &str) -> Option<&'static str> {
    let shared = |rule: &Rule| {
        let parts = name.split('-').filter(|part| part.len() > 2);
        parts.filter(|part| rule.name.split('-').any(|own| own.starts_with(part) || part.starts_with(own))).count()
    };
    let (best, rule) = RULES.iter().map(|rule| (shared(rule), rule.name)).max_by_key(|(shared, _)| *shared)?;
    (best > 0).then_some(rule)
}

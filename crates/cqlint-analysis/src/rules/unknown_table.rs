//! `unknown-table`: a table that no definition knows, and that is spelled almost as one that is.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::Statement;
use cqlint_syntax::ast::QualifiedName;

use crate::inspection::Inspection;
use crate::near::nearest;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `unknown_table.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-table",
    summary: "a table that is not defined, and is spelled almost as one that is",
    docs: include_str!("unknown_table.md"),
    level: Level::Warn,
    group: "schema",
    asks: Asks::Statement(check),
};

/// Keyspaces that are the server's own begin so.
const SYSTEM: &[&str] = &["system", "dse_", "solr_admin", "OpsCenter"];

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    if let Statement::AlterTable(alter) = inspection.statement {
        findings.extend(finding(inspection, alter.name));
    }
    for statement in inspection.of_rows() {
        findings.extend(inspection.table_of(statement).and_then(|table| finding(inspection, table)));
    }
}

fn finding(inspection: &Inspection<'_>, table: QualifiedName) -> Option<Diagnostic> {
    let schema = inspection.schema()?;
    let name = inspection.known_name(table.name)?;
    let keyspace = inspection.keyspace_of(table);
    let is_system = keyspace.as_ref().is_some_and(|keyspace| SYSTEM.iter().any(|own| keyspace.starts_with(own)));
    if schema.beyond().tables || is_system || schema.names_table(&name) {
        return None;
    }
    let meant = nearest(&name, schema.table_names(keyspace.as_deref()))?;
    let message = format!("there is no table `{name}`");
    let mut finding = Diagnostic::new(&RULE, table.name.span, message, "is defined nowhere");
    finding.note = Some("the server refuses a statement about a table that it does not have".into());
    finding.help = Some(format!("did you mean `{meant}`? If the table is made elsewhere, give its definition with `--schema`"));
    Some(finding)
}

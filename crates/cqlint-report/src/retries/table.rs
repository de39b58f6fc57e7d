//! For people: under each policy the failures, by what becomes of them; first what can apply the statement twice.

use cqlint_analysis::drivers::retry::{Decision, Mark, Policy, Standing};

use super::{Cell, Retries};
use crate::palette::Palette;
use crate::wrap::{Margins, fill, plain};
use crate::{Style, verdict_line, visible};

/// Cells up to the failures: the mark, the decision, a gap.
const HANG: usize = 15;

/// The table.
#[must_use]
pub fn retries_table(retries: &Retries<'_>, style: Style) -> String {
    let palette = Palette::new(style);
    let width = style.width.max(40);
    let mut out = String::new();
    head(&mut out, retries, style, &palette);
    for policy in retries.policies {
        out.push('\n');
        block(&mut out, retries, policy, &palette, width);
    }
    out.push('\n');
    let line = plain(&sum(retries), palette.strong);
    fill(&mut out, &line, Margins { at: 0, hang: 0, width });
    out
}

fn head(out: &mut String, retries: &Retries<'_>, style: Style, palette: &Palette) {
    let margins = Margins { at: 0, hang: 2, width: style.width.max(40) };
    fill(out, &plain(&visible::text(retries.text), palette.plain), margins);
    out.push_str(&verdict_line(retries.verdict, retries.profile, style));
    if !retries.reasons.is_empty() {
        out.push_str(": ");
        out.push_str(&retries.reasons.join(", "));
    }
    let marked = match retries.facts.mark {
        Mark::Unset => "not marked",
        Mark::Idempotent => "marked idempotent",
        Mark::NotIdempotent => "marked not idempotent",
        Mark::ByDefault => "marked by default",
    };
    out.push_str(&format!("; {marked}\n"));
}

fn block(out: &mut String, retries: &Retries<'_>, policy: &Policy, palette: &Palette, width: usize) {
    let standing = match policy.standing {
        Standing::Default => "(default)",
        Standing::Chosen => "",
    };
    let mut line = plain(&format!("{}:", policy.driver.facts().name), palette.plain);
    line.extend(plain(policy.name, palette.strong));
    line.extend(plain(standing, palette.faint));
    fill(out, &line, Margins { at: 0, hang: 2, width });

    let cells: Vec<Cell> = retries.cells(policy).collect();
    for decision in Decision::ALL {
        for (icon, paint, is_unsafe) in [("✗", palette.bad, true), (" ", palette.plain, false)] {
            let failures = failures(&cells, |cell| cell.decision == decision && cell.is_unsafe == is_unsafe);
            if !failures.is_empty() {
                let name = format!("{:<cells$}", decided(decision), cells = HANG - 2);
                out.push_str(&format!("{} {}", paint.style(icon), paint.style(name)));
                fill(out, &plain(&failures, palette.plain), Margins { at: HANG, hang: HANG, width });
            }
        }
    }
    out.push_str("  ");
    fill(out, &plain(policy.source, palette.faint), Margins { at: 2, hang: 2, width });
}

/// The failures of some cells: `overloaded; write timeout SIMPLE (1 of 2)`. Numbers stand where they make the difference.
fn failures(cells: &[Cell], are_meant: impl Fn(&Cell) -> bool) -> String {
    let mut names: Vec<String> = Vec::new();
    for cell in cells.iter().filter(|cell| are_meant(cell)) {
        let differs = cells.iter().any(|other| other.failure.is_like(&cell.failure) && !are_meant(other));
        let name = if differs { cell.failure.to_string() } else { format!("{:#}", cell.failure) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

const fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::RetrySameHost => "same host",
        Decision::RetryNextHost => "next host",
        Decision::RetryDowngraded => "downgraded",
        Decision::Rethrow => "error",
        Decision::Ignore => "ignored",
    }
}

fn sum(retries: &Retries<'_>) -> String {
    let policies = match retries.policies.len() {
        1 => "1 policy".to_owned(),
        count => format!("{count} policies"),
    };
    match retries.unsafe_policies() {
        0 => format!("{policies}: none applies it twice where that makes a difference"),
        count => format!("{policies}: {count} can apply it twice, where ✗ stands"),
    }
}

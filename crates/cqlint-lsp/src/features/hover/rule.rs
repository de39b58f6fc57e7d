//! The page of a rule: whole where its name stands in a comment, short below a finding.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{GROUPS, RULES, Rule, rule};

use super::{Hover, Prose};

/// With this begins every comment that is meant for cqlint.
const SIGN: &str = "cqlint:";

/// So many lines of a page stand below a finding.
const SHORT: usize = 24;

/// What is said of the name of a rule or a group in a comment: `cqlint: allow counter-update: …`.
pub(super) fn in_comment(text: &str, at: u32) -> Option<Hover> {
    let at = at as usize;
    let (before, behind) = (text.get(..at)?, text.get(at..)?);
    let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let line = before.get(line_start..)?;
    let sign = line.find(SIGN)?;
    let is_inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let start = before.trim_end_matches(is_inside).len();
    let end = at + behind.find(|letter| !is_inside(letter)).unwrap_or(behind.len());
    // Between the word behind the sign and the reason, there are names.
    let said = text.get(line_start + sign + SIGN.len()..start)?.trim_start();
    let names = said.strip_prefix("allow-file").or_else(|| said.strip_prefix("allow"))?;
    if names.contains(':') {
        return None;
    }
    let name = text.get(start..end)?;
    let mut prose = Prose::default();
    if let Some(rule) = rule(name) {
        prose.page(fences(rule.docs).trim_end());
    } else {
        let (name, about) = GROUPS.iter().find(|(group, _)| *group == name)?;
        prose.paragraph(format!("**{name}**: {about}"));
        let of_group = RULES.iter().filter(|rule| rule.group == *name);
        prose.list(of_group.map(|rule| format!("`{}`: {}", rule.name, rule.summary)).collect());
    }
    Some(Hover { span: Span::new(start as u32, end as u32), prose })
}

/// The beginning of a rule's page, without its title: what comes before the second heading, or less when that is long.
pub(super) fn short(rule: &Rule) -> String {
    let page = fences(rule.docs);
    let body = page.split_once('\n').map_or("", |(_, body)| body).trim();
    let (mut read, mut end, mut headings, mut in_fence) = (0, body.len(), 0, false);
    let mut paragraph = body.len();
    for (number, line) in body.split_inclusive('\n').enumerate() {
        headings += usize::from(!in_fence && line.starts_with("## "));
        if headings == 2 || number == SHORT {
            end = if headings == 2 { read } else { paragraph };
            break;
        }
        in_fence ^= line.starts_with("```");
        read += line.len();
        if !in_fence && line.trim().is_empty() {
            paragraph = read;
        }
    }
    let shown = body.get(..end).unwrap_or(body).trim_end();
    format!("{shown}\n\nThe full page: `cqlint explain {}`", rule.name)
}

/// What tests read behind the language of a fence, editors do not know.
fn fences(page: &str) -> String {
    let fence = |line: &str| match line.strip_prefix("```").and_then(|info| info.split(' ').next()) {
        Some(language) => format!("```{language}"),
        None => line.to_owned(),
    };
    page.lines().map(fence).collect::<Vec<_>>().join("\n")
}

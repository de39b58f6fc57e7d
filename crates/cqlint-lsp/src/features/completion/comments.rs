//! Comments that hide findings: the words, and the rules that they name.

use cqlint_analysis::syntax::{Span, comments};
use cqlint_analysis::{GROUPS, RULES};

use super::{Kind, Offer};
use crate::page::Page;

/// With this begins what is said to us.
const SIGN: &str = "cqlint:";

/// What may stand at the cursor in a comment: the place of the word there, what is typed of it, and the offers. Nothing outside of
/// comments.
pub(super) fn offers<'a>(page: &Page<'a>, at: u32) -> Option<(Span, &'a str, Vec<Offer>)> {
    let said = said(page, at)?;
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let typed_from = said.trim_end_matches(is_part).len();
    let (before, typed) = said.split_at(typed_from);
    let rest = page.text.get(at as usize..).unwrap_or_default();
    let behind = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    let place = Span::new(at - typed.len() as u32, at + behind as u32);
    let Some((_, directive)) = before.split_once(SIGN) else {
        // Only where the comment begins with it.
        let is_first = !before.contains(char::is_alphanumeric) && !typed.is_empty() && SIGN.starts_with(typed);
        let whole = Offer::new(Kind::Keyword, 0, format!("{SIGN} allow")).with_detail("hides findings");
        return Some((place, typed, if is_first { vec![whole] } else { Vec::new() }));
    };
    let directive = directive.trim();
    let offers = match directive.split_once(char::is_whitespace) {
        _ if directive.is_empty() => words(),
        None if matches!(directive, "allow" | "allow-file") => rules(""),
        Some(("allow" | "allow-file", named)) if !named.contains(':') && named.ends_with(',') => rules(named),
        None | Some(_) => Vec::new(),
    };
    Some((place, typed, offers))
}

/// What the comment at the cursor says on its line, up to the cursor.
fn said<'a>(page: &Page<'a>, at: u32) -> Option<&'a str> {
    let before = page.text.get(..at as usize)?;
    let line = before.get(before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..)?;
    let passage = page.passage_at(at);
    if page.fragments.is_none() || passage.is_some() {
        let (passage, inside) = passage?;
        let holds = |comment: &Span| {
            let is_block = comment.text(passage.text()).starts_with("/*");
            comment.start + 1 < inside && (inside < comment.end || inside == comment.end && !is_block)
        };
        let comment = comments(passage.text()).find(holds)?;
        // It may have begun lines before.
        return line.get(line.len().saturating_sub((inside - comment.start) as usize)..);
    }
    // In a program the sign tells which comments are meant.
    let (code, _) = line.split_once(SIGN)?;
    code.trim_end().ends_with(['/', '#', '-', '*']).then(|| line.get(code.len()..)).flatten()
}

fn words() -> Vec<Offer> {
    let here = Offer::new(Kind::Keyword, 0, "allow").with_detail("hides findings of the line or the next statement");
    let file = Offer::new(Kind::Keyword, 1, "allow-file").with_detail("hides findings of the whole file");
    vec![here, file]
}

/// The rules and groups that are not named yet.
fn rules(named: &str) -> Vec<Offer> {
    let is_new = |name: &str| !named.split(',').any(|known| known.trim() == name);
    let rules = RULES.iter().filter(|rule| is_new(rule.name)).map(|rule| Offer {
        documentation: Some(rule.docs.to_owned()),
        ..Offer::new(Kind::Rule, 0, rule.name).with_detail(rule.summary)
    });
    let groups = GROUPS.iter().filter(|(name, _)| is_new(name));
    let groups = groups.map(|(name, about)| Offer::new(Kind::Rule, 1, *name).with_detail(*about));
    rules.chain(groups).collect()
}

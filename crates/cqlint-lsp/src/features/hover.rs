//! What is said of the characters under the cursor: a name, a finding, a statement, a rule in a comment.

use std::path::Path;

use cqlint_analysis::syntax::{Lexer, Span, Token};
use cqlint_analysis::{Diagnostic, Mention, mentions};

use crate::names::Index;
use crate::page::{Page, Passage};

mod drivers;
mod finding;
mod name;
mod prose;
mod rule;
mod verdict;

pub(crate) use prose::Prose;

/// What is said, and of which characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hover {
    pub(crate) span: Span,
    pub(crate) prose: Prose,
}

/// What there is to say of the characters at a place: of a name what it means, of everything else in a statement whether that is
/// idempotent; of the page's findings what they are about.
pub(crate) fn hover(page: &Page<'_>, index: &Index, findings: &[Diagnostic], at: u32) -> Option<Hover> {
    let findings = finding::at(findings, at);
    let of_statement = || page.passage_at(at).and_then(|(passage, within)| statement(page, index, passage, within));
    let said = rule::in_comment(page.text, at).or_else(of_statement);
    // What is found in a program may stand beside the CQL, as a call does.
    let span = said.as_ref().map(|hover| hover.span).or_else(|| findings.first().map(|finding| finding.span))?;
    let mut prose = said.map(|hover| hover.prose).unwrap_or_default();
    for finding in findings {
        prose.line();
        finding::describe(finding, &mut prose);
    }
    Some(Hover { span, prose })
}

/// The CQL under the cursor.
fn statement(page: &Page<'_>, index: &Index, passage: Passage<'_>, within: u32) -> Option<Hover> {
    let text = passage.text();
    let token = token_at(text, within)?;
    let options = passage.options(page.options);
    let host = |span: Span| passage.exact_host(span).unwrap_or_else(|| passage.host(span));
    let mut prose = Prose::default();
    if let Some(mention) = mention_at(&mentions(text, &options), within) {
        let about = name::About { mention, options: &options, index, folder: page.path.parent().unwrap_or(Path::new("")) };
        about.describe(&mut prose);
        return Some(Hover { span: host(mention.span), prose });
    }
    let statements = passage.statements(&options);
    let statement = statements.iter().find(|statement| statement.span.touches(within) && statement.errors.is_empty())?;
    verdict::describe(statement, text, &options, &mut prose);
    drivers::describe(statement, passage.fragment(), &mut prose);
    Some(Hover { span: host(token.span), prose })
}

/// The token at a place; between two that touch, the later one.
fn token_at(text: &str, at: u32) -> Option<Token> {
    Lexer::new(text).take_while(|token| token.span.start <= at).filter(|token| token.span.touches(at)).last()
}

fn mention_at(named: &[Mention], at: u32) -> Option<&Mention> {
    named.iter().rfind(|mention| mention.span.touches(at))
}

#[cfg(test)]
mod tests;

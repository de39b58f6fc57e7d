//! Completion, without any server: what may stand at the cursor is asked of the parser, and names come from the schema.

mod comments;
mod draft;
mod keywords;
mod markers;
mod names;
mod options;
mod templates;

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;

use cqlint_analysis::syntax::Span;

use self::draft::Draft;
use super::unfinished::with_unfinished;
use crate::page::Page;

/// So many are a list that somebody reads.
const MOST: usize = 500;

/// What is completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Keyword,
    Table,
    Column,
    Field,
    Keyspace,
    Type,
    Function,
    Option,
    Value,
    Marker,
    Rule,
    Template,
}

/// Something that may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What the list shows.
    pub(crate) label: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// In few words what it is, as the type of a column.
    pub(crate) detail: Option<String>,
    /// More about it, in Markdown.
    pub(crate) documentation: Option<String>,
    /// What it replaces: the word at the cursor.
    pub(crate) replaces: Span,
    /// What is written instead.
    pub(crate) insert: String,
    /// The same with places to fill in, as the protocol writes them, when there are some.
    pub(crate) snippet: Option<String>,
    /// The lowest comes first.
    pub(crate) rank: u32,
}

/// What is offered, before it is known what it replaces.
#[derive(Clone, Debug)]
struct Offer {
    label: String,
    kind: Kind,
    detail: Option<String>,
    documentation: Option<String>,
    insert: String,
    snippet: Option<String>,
    rank: u32,
}

impl Offer {
    fn new(kind: Kind, rank: u32, label: impl Into<String>) -> Self {
        let label = label.into();
        Self { insert: label.clone(), label, kind, detail: None, documentation: None, snippet: None, rank }
    }

    fn with_detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    fn with_snippet(self, snippet: String) -> Self {
        Self { insert: templates::plain(&snippet), snippet: Some(snippet), ..self }
    }
}

/// What may stand at a byte of the page, the likeliest first.
pub(crate) fn complete(page: &Page<'_>, at: u32) -> Vec<Completion> {
    if let Some((place, typed, offers)) = comments::offers(page, at) {
        return finished(offers, typed, place);
    }
    with_unfinished(page, at, |page| of_statement(page, at))
}

fn of_statement(page: &Page<'_>, at: u32) -> Vec<Completion> {
    let Some(draft) = Draft::at(page, at) else { return Vec::new() };
    let mut offers = Vec::new();
    keywords::offer(&draft, &mut offers);
    names::offer(&draft, &mut offers);
    markers::offer(&draft, &mut offers);
    options::offer(&draft, &mut offers);
    templates::offer(&draft, &mut offers);
    offers.retain(|offer| draft.can_hold(&offer.insert));
    finished(offers, draft.typed, draft.replaces)
}

/// Those that what is typed may become, in their order.
fn finished(mut offers: Vec<Offer>, typed: &str, replaces: Span) -> Vec<Completion> {
    offers.retain(|offer| holds(&offer.label, typed));
    offers.sort_by(|left, right| {
        let order = |offer: &Offer| (!begins(&offer.label, typed), offer.rank);
        order(left).cmp(&order(right)).then_with(|| left.label.cmp(&right.label))
    });
    offers.dedup_by(|later, first| later.label == first.label && later.kind == first.kind);
    offers.truncate(MOST);
    let completion = |(rank, offer): (usize, Offer)| {
        let Offer { label, kind, detail, documentation, insert, snippet, .. } = offer;
        Completion { label, kind, detail, documentation, replaces, insert, snippet, rank: rank as u32 }
    };
    offers.into_iter().enumerate().map(completion).collect()
}

/// Whether the letters stand in the label, in their order.
fn holds(label: &str, typed: &str) -> bool {
    let mut letters = label.chars().map(|letter| letter.to_ascii_lowercase());
    typed.chars().all(|wanted| letters.any(|letter| letter == wanted.to_ascii_lowercase()))
}

fn begins(label: &str, typed: &str) -> bool {
    label.get(..typed.len()).is_some_and(|first| first.eq_ignore_ascii_case(typed))
}

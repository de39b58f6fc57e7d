//! Keywords: those with which the parser comes further.

use cqlint_analysis::syntax::{KEYWORDS, Keyword, Token, TokenKind, next_keywords, read};

use super::draft::Draft;
use super::{Kind, Offer, begins};

/// In a statement that is longer, only those are offered that the parser expects by name: it is not read again for each.
const LONGEST: usize = 2000;

/// So many words are written at once.
const WORDS: usize = 4;

/// What comes before the names that may stand there, and what behind them.
const RANK: u32 = 50;

pub(super) fn offer(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    if draft.qualifier.is_some() || draft.typed.starts_with(['"', '\'']) {
        return;
    }
    let statement = &draft.statement;
    let dialects = draft.page.options.dialects;
    let is_wanted = |keyword: Keyword| begins(keyword.text(), draft.typed) && keyword.known_in().meets(dialects);
    let found = if statement.tokens.len() <= LONGEST {
        next_keywords(statement.text, &statement.tokens, dialects, is_wanted)
    } else {
        statement.expected.iter().filter_map(|text| keyword(text)).filter(|keyword| is_wanted(*keyword)).collect()
    };
    let is_small = draft.is_small();
    for keyword in found {
        let words = phrase(draft, keyword);
        let words = if is_small { words.to_ascii_lowercase() } else { words };
        offers.push(Offer::new(Kind::Keyword, RANK, words));
    }
}

/// The keyword, and those behind it that alone can follow.
fn phrase(draft: &Draft<'_>, first: Keyword) -> String {
    let statement = &draft.statement;
    let mut words = first.text().to_owned();
    if statement.tokens.len() > LONGEST {
        return words;
    }
    let mut tokens = statement.tokens.clone();
    let mut next = Some(first);
    for _ in 1..WORDS {
        let Some(last) = next else { break };
        let span = tokens.last().map_or(draft.statement.span, |token| token.span);
        tokens.push(Token { span, kind: TokenKind::Word, keyword: last });
        let reading = read(statement.text, &tokens, draft.page.options.dialects);
        next = match reading.expected.as_slice() {
            // Of what is replaced, the parser sees only one kind.
            [only] if !reading.is_whole && last != Keyword::Replace => keyword(only),
            _ => None,
        };
        if let Some(next) = next {
            words.push(' ');
            words.push_str(next.text());
        }
    }
    words
}

fn keyword(text: &str) -> Option<Keyword> {
    KEYWORDS.iter().find(|(_, known)| *known == text).map(|(keyword, _)| *keyword)
}

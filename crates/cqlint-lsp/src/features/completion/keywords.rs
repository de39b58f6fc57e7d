//! Keywords: those with which the parser comes further.

use cqlint_analysis::syntax::{KEYWORDS, Keyword, NextKeyword, Token, TokenKind, next_keywords, read};

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
        let named = statement.expected.iter().filter_map(|text| keyword(text));
        named.filter(|keyword| is_wanted(*keyword)).map(|keyword| NextKeyword { keyword, partner: None }).collect()
    };
    let is_small = draft.is_small();
    for next in found {
        let Some(words) = phrase(draft, next) else { continue };
        let words = if is_small { words.to_ascii_lowercase() } else { words };
        let offer = Offer::new(Kind::Keyword, RANK, words.clone());
        offers.push(match next.partner {
            Some((TokenKind::OpenParen, _)) => offer.with_snippet(format!("{words}($1)")),
            Some((TokenKind::Dot, _)) => Offer { insert: format!("{words}."), ..offer },
            Some(_) | None => offer,
        });
    }
}

/// The keyword, and those behind it that alone can follow; nothing when they fit no better than any other.
fn phrase(draft: &Draft<'_>, first: NextKeyword) -> Option<String> {
    let statement = &draft.statement;
    let mut words = first.keyword.text().to_owned();
    let partner = first.partner.map_or(Keyword::None, |(_, keyword)| keyword);
    if statement.tokens.len() > LONGEST || first.partner.is_some() && partner == Keyword::None {
        return Some(words);
    }
    let mut tokens = statement.tokens.clone();
    let mut last = first.keyword;
    for number in 1..WORDS {
        let span = tokens.last().map_or(statement.span, |token| token.span);
        tokens.push(Token { span, kind: TokenKind::Word, keyword: last });
        let next = if number == 1 && partner != Keyword::None { Some(partner) } else { only_next(draft, &tokens, last) };
        let Some(next) = next else {
            let is_right = number == 1 || read(statement.text, &tokens, draft.page.options.dialects).understood == tokens.len();
            return is_right.then_some(words);
        };
        words.push(' ');
        words.push_str(next.text());
        last = next;
    }
    Some(words)
}

/// The only keyword that can stand behind these tokens, if there is one.
fn only_next(draft: &Draft<'_>, tokens: &[Token], last: Keyword) -> Option<Keyword> {
    let reading = read(draft.statement.text, tokens, draft.page.options.dialects);
    match reading.expected.as_slice() {
        // Of what is replaced, the parser sees only one kind.
        [only] if !reading.is_whole && last != Keyword::Replace => keyword(only),
        _ => None,
    }
}

fn keyword(text: &str) -> Option<Keyword> {
    KEYWORDS.iter().find(|(_, known)| *known == text).map(|(keyword, _)| *keyword)
}

//! Selection that grows: from a word to the list it stands in, the clause, the statement, the batch and the file; in a program up to
//! the string.

use cqlint_analysis::syntax::{Keyword, Meaning, Span, Token, TokenKind};

use super::statements::{Written, is_verb, statements};
use crate::page::Page;

/// What is selected around a byte of the page, the smallest first. Each holds the one before it, and more.
pub(crate) fn selections(page: &Page<'_>, at: u32) -> Vec<Span> {
    let Some((passage, inside)) = page.passage_at(at) else { return Vec::new() };
    let text = passage.text();
    let mut found = Vec::new();
    for statement in statements(text, page.options, Span::new(inside, inside)) {
        if statement.span.touches(inside) {
            within(&statement, inside, &mut found);
            found.push(statement.span);
        }
    }
    found.push(Span::new(0, text.len() as u32));
    // On the page some of them may be torn apart, as by the quotes of strings that are put together.
    found.sort_by_key(|span| span.end - span.start);
    let mut grown: Vec<Span> = Vec::new();
    for span in found.into_iter().map(|span| passage.host(span)) {
        let inner = grown.last().copied().unwrap_or(Span::new(at, at));
        let is_wider = span.start <= inner.start && inner.end <= span.end && span != inner;
        if is_wider && page.text.get(span.range()).is_some() {
            grown.push(span);
        }
    }
    grown
}

/// What a statement has around a byte.
fn within(statement: &Written<'_>, at: u32, found: &mut Vec<Span>) {
    let tokens = &statement.tokens;
    // Between two tokens the later one counts, unless only the first is a word.
    let touching = |token: &&Token| token.span.touches(at);
    let is_word = |token: &&Token| !is_sign(token.kind);
    let touched: Vec<_> = tokens.iter().filter(touching).collect();
    let word = touched.iter().rev().copied().find(is_word).or(touched.last().copied());
    found.extend(word.map(|token| token.span));
    found.extend(name(statement, at));
    for (open, close) in pairs(tokens) {
        let (Some(first), Some(last)) = (tokens.get(open), tokens.get(close)) else { continue };
        let whole = first.span.to(last.span);
        if first.span.end <= at && at <= last.span.start {
            found.push(Span::new(first.span.end, last.span.start));
            found.push(whole);
            found.extend(item(tokens, open + 1..close, at));
            // A call, or the column and what is set in it.
            let before = open.checked_sub(1).filter(|before| is_called(statement, *before)).and_then(|before| tokens.get(before));
            found.extend(before.map(|name| name.span.to(last.span)));
        }
    }
    for clause in clauses(statement) {
        let Some(part) = tokens.get(clause.clone()) else { continue };
        let Some(whole) = part.first().zip(part.last()).map(|(first, last)| first.span.to(last.span)) else { continue };
        if whole.touches(at) {
            found.push(whole);
            found.extend(item(tokens, clause.start + 1..clause.end, at));
        }
    }
    let part = statement.part(tokens.partition_point(|token| token.span.start <= at).saturating_sub(1));
    if statement.keyword(0) == Keyword::Begin && is_verb(statement.keyword(part.start)) {
        let ends = |token: &&Token| token.kind != TokenKind::Semicolon && token.keyword != Keyword::Apply;
        let member: Vec<_> = tokens.get(part).unwrap_or_default().iter().take_while(ends).collect();
        let whole = member.first().zip(member.last()).map(|(first, last)| first.span.to(last.span));
        found.extend(whole.filter(|whole| whole.touches(at)));
    }
}

fn is_sign(kind: TokenKind) -> bool {
    use TokenKind::{Blob, Duration, EmptyName, Float, Integer, QuotedName, String, Uuid, Word};
    !matches!(kind, Word | QuotedName | String | Integer | Float | Duration | Uuid | Blob | EmptyName | TokenKind::Question)
}

/// `keyspace.table` and `:marker`.
fn name(statement: &Written<'_>, at: u32) -> Option<Span> {
    let tokens = &statement.tokens;
    let dotted = tokens.windows(3).find_map(|three| match three {
        [first, dot, last] if dot.kind == TokenKind::Dot => Some(first.span.to(last.span)).filter(|whole| whole.touches(at)),
        _ => None,
    });
    let marker = || {
        let colons = (0..tokens.len()).filter(|at| statement.kind(*at) == TokenKind::Colon);
        let mut markers = colons.filter(|at| statement.meaning(at + 1) == Meaning::Marker);
        markers.find_map(|colon| {
            let whole = tokens.get(colon)?.span.to(tokens.get(colon + 1)?.span);
            whole.touches(at).then_some(whole)
        })
    };
    dotted.or_else(marker)
}

fn is_called(statement: &Written<'_>, at: usize) -> bool {
    statement.meaning(at) != Meaning::Nothing
}

/// The brackets that belong together.
fn pairs(tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket => open.push(at),
            TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket => {
                pairs.extend(open.pop().map(|opening| (opening, at)));
            }
            _ => {}
        }
    }
    pairs
}

/// The item at a byte, of those that commas or ANDs part.
fn item(tokens: &[Token], list: std::ops::Range<usize>, at: u32) -> Option<Span> {
    let mut depth = 0_usize;
    let mut items: Vec<Vec<&Token>> = vec![Vec::new()];
    for token in tokens.get(list)? {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (token.kind == TokenKind::Comma || token.keyword == Keyword::And) {
            items.push(Vec::new());
        } else if let Some(last) = items.last_mut() {
            last.push(token);
        }
    }
    let whole = |item: &Vec<&Token>| Some(item.first()?.span.to(item.last()?.span));
    items.iter().filter_map(whole).find(|whole| whole.touches(at))
}

/// The clauses of a statement: from the word that opens one up to the next.
fn clauses(statement: &Written<'_>) -> Vec<std::ops::Range<usize>> {
    use Keyword::{Allow, Apply, From, Group, If, Into, Limit, Order, Per, Set, Using, Values, Where, With};
    let mut depth = 0_usize;
    let mut starts = Vec::new();
    for (at, token) in statement.tokens.iter().enumerate() {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            TokenKind::Semicolon => starts.push(at),
            _ => {}
        }
        let keyword = statement.keyword(at);
        let before = at.checked_sub(1).map_or(Keyword::None, |before| statement.keyword(before));
        let opens =
            matches!(keyword, From | Into | Values | Where | Set | Using | If | Group | Order | Limit | Allow | With | Apply);
        // `PER PARTITION LIMIT` is one, and `MASKED WITH` is none.
        let belongs = before == Keyword::Partition || before == Keyword::Masked || before == Keyword::Clustering;
        if depth == 0 && (opens && !belongs || keyword == Per || is_verb(keyword)) {
            starts.push(at);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([statement.tokens.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;

    fn shown(name: &str, text: &str) -> Vec<String> {
        with_page(name, text, "", |page, at| selections(page, at).iter().map(|span| span.text(page.text).to_owned()).collect())
    }

    #[test]
    fn what_is_selected_grows() {
        for (text, expected) in [
            (
                "SELECT a, max($0b) FROM t WHERE c = 1;",
                &[
                    "b",
                    "(b)",
                    "max(b)",
                    "SELECT a, max(b)",
                    "SELECT a, max(b) FROM t WHERE c = 1",
                    "SELECT a, max(b) FROM t WHERE c = 1;",
                ][..],
            ),
            (
                "SELECT a FROM k.t WHERE c = 1 AND d I$0N (2, 3) LIMIT 5",
                &["IN", "d IN (2, 3)", "WHERE c = 1 AND d IN (2, 3)", "SELECT a FROM k.t WHERE c = 1 AND d IN (2, 3) LIMIT 5"],
            ),
            ("USE a; SELECT a FROM k$0.t", &["k", "k.t", "FROM k.t", "SELECT a FROM k.t", "USE a; SELECT a FROM k.t"]),
            (
                "BEGIN BATCH UPDATE t SET a = 'é$0' WHERE b = :c; DELETE FROM t WHERE b = 1; APPLY BATCH",
                &[
                    "'é'",
                    "a = 'é'",
                    "SET a = 'é'",
                    "UPDATE t SET a = 'é' WHERE b = :c",
                    "BEGIN BATCH UPDATE t SET a = 'é' WHERE b = :c; DELETE FROM t WHERE b = 1; APPLY BATCH",
                ],
            ),
            (
                "CREATE TABLE t (\r\n  a int,\r\n  b list<$0text>\r\n)",
                &[
                    "text",
                    "b list<text>",
                    "\r\n  a int,\r\n  b list<text>\r\n",
                    "(\r\n  a int,\r\n  b list<text>\r\n)",
                    "t (\r\n  a int,\r\n  b list<text>\r\n)",
                    "CREATE TABLE t (\r\n  a int,\r\n  b list<text>\r\n)",
                ],
            ),
            ("\n$0\nUSE a", &["\n\nUSE a"]),
        ] {
            assert_eq!(shown("a.cql", text), expected, "{text}");
        }
    }

    #[test]
    fn strings_of_programs_are_the_end() {
        let java = "class A { String a = \"DELETE FROM t WHERE a = $0?\"; }";
        assert_eq!(shown("A.java", java), ["?", "a = ?", "WHERE a = ?", "DELETE FROM t WHERE a = ?"]);
        assert_eq!(shown("A.java", "class A$0 { String a = \"DELETE FROM t WHERE a = ?\"; }"), Vec::<String>::new());
        let joined = "q = \"SELECT a \" \\\n    \"FROM t WHERE b$0 = 1\"\n";
        assert_eq!(shown("a.py", joined).first().map(String::as_str), Some("b"));
    }
}

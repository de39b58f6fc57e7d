//! The smallest productions: keywords, punctuation, names, lists.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};

use super::input::{Parsed, Tokens};
use crate::ast::{Guard, Name, QualifiedName};
use crate::tree::Node;
use crate::{Dialects, Keyword, List, Meaning, Span, TokenKind};

/// This keyword.
pub(crate) fn word<'t>(keyword: Keyword) -> impl Fn(Tokens<'t>) -> Parsed<'t, Span> + Copy {
    move |input| {
        let token = input.token();
        if token.keyword == keyword { Ok((input.skip(1), token.span)) } else { input.mismatch(keyword.text()) }
    }
}

/// These keywords, one after the other.
pub(crate) fn words<'t, const N: usize>(keywords: [Keyword; N]) -> impl Fn(Tokens<'t>) -> Parsed<'t, Span> + Copy {
    move |input| {
        let mut rest = input;
        for keyword in keywords {
            (rest, _) = word(keyword)(rest)?;
        }
        Ok((rest, input.until(rest)))
    }
}

/// This punctuation, or a token of this kind.
pub(crate) fn symbol<'t>(kind: TokenKind) -> impl Fn(Tokens<'t>) -> Parsed<'t, Span> + Copy {
    move |input| {
        let token = input.token();
        if token.kind == kind { Ok((input.skip(1), token.span)) } else { input.mismatch(kind.text()) }
    }
}

/// Whether the words were there.
pub(crate) fn flag<'t, O>(
    parser: impl Parser<Tokens<'t>, Output = O, Error = super::input::Mismatch>,
) -> impl FnMut(Tokens<'t>) -> Parsed<'t, bool> {
    let mut optional = opt(parser);
    move |input| {
        let (rest, found) = optional.parse(input)?;
        Ok((rest, found.is_some()))
    }
}

/// `item , item , …`: a comma demands another item.
pub(crate) fn comma_list<'t, T: Node>(item: impl Fn(Tokens<'t>) -> Parsed<'t, T>) -> impl Fn(Tokens<'t>) -> Parsed<'t, List<T>> {
    move |input| {
        let (rest, first) = item(input)?;
        separated(rest, first, &item, |input| input.kind() == TokenKind::Comma, TokenKind::Comma.text())
    }
}

/// The rest of a [`comma_list`] whose first item is read.
pub(crate) fn comma_list_from<'t, T: Node>(
    rest: Tokens<'t>,
    first: T,
    item: impl Fn(Tokens<'t>) -> Parsed<'t, T>,
) -> Parsed<'t, List<T>> {
    separated(rest, first, &item, |input| input.kind() == TokenKind::Comma, TokenKind::Comma.text())
}

/// `item AND item AND …`.
pub(crate) fn and_list<'t, T: Node>(item: impl Fn(Tokens<'t>) -> Parsed<'t, T>) -> impl Fn(Tokens<'t>) -> Parsed<'t, List<T>> {
    move |input| {
        let (rest, first) = item(input)?;
        separated(rest, first, &item, |input| input.keyword() == Keyword::And, Keyword::And.text())
    }
}

#[inline(always)]
fn separated<'t, T: Node>(
    mut rest: Tokens<'t>,
    first: T,
    item: &impl Fn(Tokens<'t>) -> Parsed<'t, T>,
    at_separator: impl Fn(Tokens<'t>) -> bool,
    separator: &'static str,
) -> Parsed<'t, List<T>> {
    let input = rest;
    let mark = input.open::<T>();
    input.push(first);
    while at_separator(rest) {
        match item(rest.skip(1)) {
            Ok((after, node)) => {
                input.push(node);
                rest = after;
            }
            Err(error) => {
                input.drop_open::<T>(mark);
                return Err(error);
            }
        }
    }
    rest.could_be(separator);
    Ok((rest, input.close(mark)))
}

/// `( item , … )`.
pub(crate) fn parenthesised<'t, T: Node>(
    item: impl Fn(Tokens<'t>) -> Parsed<'t, T>,
) -> impl FnMut(Tokens<'t>) -> Parsed<'t, List<T>> {
    let mut production = delimited(symbol(TokenKind::OpenParen), comma_list(item), symbol(TokenKind::CloseParen));
    move |input| production.parse(input)
}

/// `name`: a quoted name, or a word that some dialect leaves free.
#[inline(always)]
pub(crate) fn name(input: Tokens<'_>) -> Parsed<'_, Name> {
    if is_name(input, 0) {
        input.names(Meaning::Other, input.skip(1));
        return Ok((input.skip(1), Name { span: input.span() }));
    }
    input.mismatch("a name")
}

/// `column`: a name; an empty quoted name too, which tables from Thrift have.
#[inline(always)]
pub(crate) fn column(input: Tokens<'_>) -> Parsed<'_, Name> {
    let empty = input.kind() == TokenKind::EmptyName && input.cx.dialects.meets(Dialects::CASSANDRA | Dialects::DSE);
    if is_name(input, 0) || empty {
        input.names(Meaning::Column, input.skip(1));
        return Ok((input.skip(1), Name { span: input.span() }));
    }
    input.mismatch("a column")
}

/// `column`, where the empty name can't stand: in definitions.
pub(crate) fn new_column(input: Tokens<'_>) -> Parsed<'_, Name> {
    input.called("a column", name)
}

/// `IDENT`: a word without quotes that is no keyword.
pub(crate) fn plain_word(input: Tokens<'_>) -> Parsed<'_, Name> {
    if is_plain_word(input) { name(input) } else { input.mismatch("a name") }
}

/// Whether some target takes this for a word that is no keyword.
pub(super) fn is_plain_word(input: Tokens<'_>) -> bool {
    input.kind() == TokenKind::Word && input.cx.dialects.meets(input.keyword().known_in().others())
}

/// Whether the token `ahead` can be a name.
#[inline(always)]
pub(crate) fn is_name(input: Tokens<'_>, ahead: u32) -> bool {
    let token = input.peek(ahead);
    match token.kind {
        TokenKind::Word => {
            // One test is enough when all dialects are meant, as they mostly are.
            !token.keyword.is_reserved() && (input.cx.dialects == Dialects::ALL || is_free(input, ahead))
        }
        TokenKind::QuotedName => true,
        _ => false,
    }
}

/// Whether the target leaves the word `ahead` free.
#[cold]
fn is_free(input: Tokens<'_>, ahead: u32) -> bool {
    let (dialects, keyword) = (input.cx.dialects, input.peek(ahead).keyword);
    // Only ScyllaDB knows no `expr(`, which is one token to the others.
    let is_part = keyword == Keyword::Expr && !dialects.meets(Dialects::SCYLLA) && opens_expression(input, ahead);
    !is_part && dialects.meets(keyword.reserved_in().others())
}

/// Whether the token `ahead` and the next one are `expr(`, in lower case and without a blank.
pub(super) fn opens_expression(input: Tokens<'_>, ahead: u32) -> bool {
    let rest = input.skip(ahead);
    input.text(rest.until(rest.skip(2))) == "expr("
}

/// `qualified_name = [ name "." ] name`.
pub(crate) fn qualified_name(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    let (rest, first) = name(input)?;
    if rest.kind() != TokenKind::Dot {
        rest.could_be(TokenKind::Dot.text());
        return Ok((rest, QualifiedName { keyspace: None, name: first }));
    }
    let (rest, second) = name(rest.skip(1))?;
    Ok((rest, QualifiedName { keyspace: Some(first), name: second }))
}

/// `table = [ name "." ] name`.
pub(crate) fn table(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    input.called("a table", qualified_name)
}

/// `if_not_exists = [ "IF" "NOT" "EXISTS" ]`.
pub(crate) fn if_not_exists(input: Tokens<'_>) -> Parsed<'_, Guard> {
    let (rest, found) = opt(preceded(word(Keyword::If), words([Keyword::Not, Keyword::Exists]))).parse(input)?;
    Ok((rest, if found.is_some() { Guard::IfNotExists } else { Guard::None }))
}

/// `if_exists = [ "IF" "EXISTS" ]`.
pub(crate) fn if_exists(input: Tokens<'_>) -> Parsed<'_, Guard> {
    let (rest, found) = opt(words([Keyword::If, Keyword::Exists])).parse(input)?;
    Ok((rest, if found.is_some() { Guard::IfExists } else { Guard::None }))
}

/// `[ "IF" "EXISTS" ]` of an ALTER, which came later than that of DROP.
pub(crate) fn alter_if_exists(input: Tokens<'_>) -> Parsed<'_, Guard> {
    if input.keyword() == Keyword::If {
        input.only(Dialects::SINCE_4_1, "ALTER … IF EXISTS")?;
    }
    if_exists(input)
}

/// `[ "IF" "NOT" "EXISTS" ]` of an ALTER.
pub(crate) fn alter_if_not_exists(input: Tokens<'_>) -> Parsed<'_, Guard> {
    if input.keyword() == Keyword::If {
        input.only(Dialects::SINCE_4_1, "ALTER … IF NOT EXISTS")?;
    }
    if_not_exists(input)
}

/// `string`.
pub(crate) fn string(input: Tokens<'_>) -> Parsed<'_, Span> {
    symbol(TokenKind::String)(input)
}

/// `role_name`: a name or a string.
pub(crate) fn role_name(input: Tokens<'_>) -> Parsed<'_, Name> {
    if input.kind() == TokenKind::String {
        return Ok((input.skip(1), Name { span: input.span() }));
    }
    input.called("a role", name)
}

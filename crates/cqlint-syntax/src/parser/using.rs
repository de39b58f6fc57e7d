//! USING clauses, and the options of WITH.

use nom::Parser;
use nom::sequence::preceded;

use super::basic::{and_list, comma_list, is_name, name, new_column, parenthesised, qualified_name, symbol, word, words};
use super::input::{Parsed, Tokens};
use super::role::service_level_name;
use super::term::{DETACHED_SIGN, int_value, is_number_word, term};
use crate::ast::{Entry, Literal, Name, Property, Term, TermKind, Using};
use crate::{Dialects, Keyword, List, Meaning, TokenKind};

/// `using_clause = "USING" objective { "AND" objective }`, or nothing; only the `allowed` objectives.
pub(crate) fn using<'t>(allowed: &'static [Keyword]) -> impl Fn(Tokens<'t>) -> Parsed<'t, Using> {
    move |input| {
        let mut clause = Using::default();
        if input.keyword() != Keyword::Using {
            input.could_be(Keyword::Using.text());
            return Ok((input, clause));
        }
        let mut rest = input;
        loop {
            (rest, clause) = objective(rest.skip(1), clause, allowed)?;
            if rest.keyword() != Keyword::And {
                rest.could_be(Keyword::And.text());
                return Ok((rest, clause));
            }
        }
    }
}

/// `"USING" objective`, or nothing: where no second one may follow.
pub(crate) fn using_one<'t>(allowed: &'static [Keyword]) -> impl Fn(Tokens<'t>) -> Parsed<'t, Using> {
    move |input| {
        if input.keyword() == Keyword::Using {
            return objective(input.skip(1), Using::default(), allowed);
        }
        input.could_be(Keyword::Using.text());
        Ok((input, Using::default()))
    }
}

/// `objective = "TIMESTAMP" int_value | "TTL" int_value | "TIMEOUT" term | "CONCURRENCY" term | service_level name`.
fn objective<'t>(input: Tokens<'t>, clause: Using, allowed: &'static [Keyword]) -> Parsed<'t, Using> {
    let keyword = input.keyword();
    if !allowed.contains(&keyword) {
        for expected in allowed {
            input.could_be(expected.text());
        }
        return input.mismatch(allowed.last().map_or("", |last| last.text()));
    }
    let inner = input.skip(1);
    match keyword {
        Keyword::Timestamp => {
            let (rest, value) = int_value(inner)?;
            Ok((rest, Using { timestamp: Some(input.add(value)), ..clause }))
        }
        Keyword::Ttl => {
            let (rest, value) = int_value(inner)?;
            Ok((rest, Using { ttl: Some(input.add(value)), ..clause }))
        }
        Keyword::Timeout | Keyword::Concurrency => {
            input.only(Dialects::SCYLLA, "this option of USING")?;
            let (rest, _) = term(inner)?;
            Ok((rest, clause))
        }
        Keyword::Service | Keyword::ServiceLevel => {
            input.only(Dialects::SCYLLA, "this option of USING")?;
            let (rest, _) = service_level_words(input)?;
            let (rest, _) = service_level_name(rest)?;
            Ok((rest, clause))
        }
        _ => input.mismatch("an option of USING"),
    }
}

/// `service_level = "SERVICE_LEVEL" | "SERVICE" "LEVEL"`.
pub(crate) fn service_level_words(input: Tokens<'_>) -> Parsed<'_, ()> {
    let rest = match input.keyword() {
        Keyword::ServiceLevel => input.skip(1),
        _ => words([Keyword::Service, Keyword::Level])(input)?.0,
    };
    Ok((rest, ()))
}

/// `with_clause = "WITH" property { "AND" property }`, or nothing.
pub(crate) fn with_properties(input: Tokens<'_>) -> Parsed<'_, List<Property>> {
    if input.keyword() != Keyword::With {
        input.could_be(Keyword::With.text());
        return Ok((input, List::EMPTY));
    }
    properties(input.skip(1))
}

/// `properties = property { "AND" property }`.
pub(crate) fn properties(input: Tokens<'_>) -> Parsed<'_, List<Property>> {
    let (rest, properties) = and_list(property)(input)?;
    no_option_twice(input, rest, properties)?;
    Ok((rest, properties))
}

/// The server refuses an option that is set twice.
pub(super) fn no_option_twice<'t>(input: Tokens<'t>, rest: Tokens<'t>, properties: List<Property>) -> Parsed<'t, ()> {
    let names = |place: usize| input.with_list(properties, |properties| properties.get(place).copied());
    for later in 0..properties.len() {
        let Some(property) = names(later) else { continue };
        // CLUSTERING ORDER BY and the like have no name.
        let (Some(name), Some(_)) = (property.name, property.value) else { continue };
        let same = |earlier| {
            names(earlier)
                .is_some_and(|other| other.value.is_some() && other.name.is_some_and(|other| other.same(name, input.cx.text)))
        };
        if (0..later).any(same) {
            return input.fail(name.span, "this option is set twice", Some("keep one of the two"));
        }
    }
    Ok((rest, ()))
}

/// `property = name "=" ( literal | word | map | list )`.
pub(crate) fn property(input: Tokens<'_>) -> Parsed<'_, Property> {
    let (rest, key) = match input.keyword() {
        Keyword::IncludedIndexes | Keyword::ExcludedIndexes => {
            input.names(Meaning::Option, input.skip(1));
            (input.skip(1), Name { span: input.span() })
        }
        _ => input.called("the name of an option", name)?,
    };
    // The names of indexes, which SELECT may prefer or avoid.
    let indexes = ["included_indexes", "excluded_indexes"].contains(&key.value(input.cx.text).as_ref());
    let value = if indexes { index_names } else { property_value };
    let (rest, value) = preceded(symbol(TokenKind::Equal), value).parse(rest)?;
    Ok((rest, Property { span: input.until(rest), name: Some(key), value: Some(input.add(value)) }))
}

/// `"{" index_name { "," index_name } "}"`, or any value: in most dialects the option is nothing special.
fn index_names(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.kind() != TokenKind::OpenBrace || !is_name(input, 1) {
        return property_value(input);
    }
    input.only(Dialects::CASSANDRA_TRUNK, "a list of indexes")?;
    let (rest, names) = comma_list(index_name)(input.skip(1))?;
    let (rest, _) = symbol(TokenKind::CloseBrace)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Set(names) }))
}

fn index_name(input: Tokens<'_>) -> Parsed<'_, Term> {
    let (rest, index) = qualified_name(input)?;
    input.names(Meaning::Index, rest);
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Column(index.name) }))
}

fn property_value(input: Tokens<'_>) -> Parsed<'_, Term> {
    // A keyword that is free as a name counts as text: `caching = all`.
    let is_keyword = input.cx.dialects.meets(input.keyword().known_in());
    if is_keyword && is_name(input, 0) && input.peek(1).kind != TokenKind::OpenParen {
        input.names(Meaning::Word, input.skip(1));
        return Ok((input.skip(1), Term { span: input.span(), kind: TermKind::Literal(Literal::String) }));
    }
    if input.kind() == TokenKind::OpenBrace {
        return property_map(input);
    }
    if input.keyword() == Keyword::Null {
        input.only(Dialects::SCYLLA, "NULL as the value of an option")?;
    }
    literal(input)
}

/// One literal, or `- NAN` with its blank.
fn literal(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.kind() == TokenKind::Minus && is_number_word(input.skip(1)) {
        input.only(DETACHED_SIGN, "a blank between `-` and the number")?;
        let rest = input.skip(2);
        return Ok((rest, Term { span: input.until(rest), kind: TermKind::Literal(Literal::Float) }));
    }
    let (rest, value) = term(input)?;
    match value.kind {
        TermKind::Literal(_) => Ok((rest, value)),
        _ => input.mismatch("a literal"),
    }
}

/// `property_map = "{" [ literal ":" literal { "," literal ":" literal } ] "}"`; in ScyllaDB a value may be a list.
pub(super) fn property_map(input: Tokens<'_>) -> Parsed<'_, Term> {
    let inner = input.skip(1);
    if input.kind() != TokenKind::OpenBrace {
        return input.mismatch(TokenKind::OpenBrace.text());
    }
    if inner.kind() == TokenKind::CloseBrace {
        return Ok((inner.skip(1), Term { span: input.until(inner.skip(1)), kind: TermKind::Map(List::EMPTY) }));
    }
    let (rest, entries) = comma_list(property_entry)(inner)?;
    let (rest, _) = symbol(TokenKind::CloseBrace)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Map(entries) }))
}

fn property_entry(input: Tokens<'_>) -> Parsed<'_, Entry> {
    let (rest, key) = constant(input)?;
    let (rest, value) = preceded(symbol(TokenKind::Colon), property_map_value).parse(rest)?;
    Ok((rest, Entry { key, value }))
}

/// A literal, but not NULL.
pub(super) fn constant(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.keyword() == Keyword::Null { input.mismatch("a literal") } else { literal(input) }
}

fn property_map_value(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.kind() != TokenKind::OpenBracket {
        return constant(input);
    }
    input.only(Dialects::SCYLLA, "a list in a map of options")?;
    let inner = input.skip(1);
    let (rest, values) = match inner.kind() {
        TokenKind::CloseBracket => (inner, List::EMPTY),
        _ => comma_list(constant)(inner)?,
    };
    let (rest, _) = symbol(TokenKind::CloseBracket)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::List(values) }))
}

/// `table_property = property | "COMPACT" "STORAGE" | "CLUSTERING" "ORDER" "BY" "(" … ")" | …`.
pub(crate) fn table_property<'t>(input: Tokens<'t>) -> Parsed<'t, Property> {
    let named = |rest: Tokens<'t>| Property { span: input.until(rest), name: None, value: None };
    if input.peek(1).kind == TokenKind::Equal {
        return property(input);
    }
    match input.keyword() {
        Keyword::Compact => {
            let (rest, _) = words([Keyword::Compact, Keyword::Storage])(input)?;
            Ok((rest, named(rest)))
        }
        Keyword::Clustering => {
            let (rest, _) = words([Keyword::Clustering, Keyword::Order, Keyword::By])(input)?;
            let (rest, _) = parenthesised(clustering_order)(rest)?;
            Ok((rest, named(rest)))
        }
        Keyword::Indexes | Keyword::Comments => {
            input.only(Dialects::CASSANDRA_TRUNK, "this option of CREATE TABLE … LIKE")?;
            let rest = input.skip(1);
            Ok((rest, named(rest)))
        }
        Keyword::Security => {
            input.only(Dialects::CASSANDRA_TRUNK, "this option of CREATE TABLE … LIKE")?;
            let (rest, _) = words([Keyword::Security, Keyword::Labels])(input)?;
            Ok((rest, named(rest)))
        }
        Keyword::Vertex | Keyword::Edge => {
            let (rest, ()) = graph_label(input)?;
            Ok((rest, named(rest)))
        }
        _ => {
            for keyword in [Keyword::Compact, Keyword::Clustering] {
                input.could_be(keyword.text());
            }
            property(input)
        }
    }
}

fn clustering_order(input: Tokens<'_>) -> Parsed<'_, Property> {
    let (rest, column) = new_column(input)?;
    let (rest, _) = match rest.keyword() {
        Keyword::Desc => word(Keyword::Desc)(rest)?,
        _ => word(Keyword::Asc)(rest)?,
    };
    Ok((rest, Property { span: input.until(rest), name: Some(column), value: None }))
}

/// DSE Graph: `VERTEX LABEL [ name ]`, `EDGE LABEL [ name ] FROM name(columns) TO name(columns)`.
pub(crate) fn graph_label(input: Tokens<'_>) -> Parsed<'_, ()> {
    input.only(Dialects::DSE, "a graph label")?;
    let edge = input.keyword() == Keyword::Edge;
    let (mut rest, _) = word(Keyword::Label)(input.skip(1))?;
    if is_name(rest, 0) {
        rest.names(Meaning::Other, rest.skip(1));
        rest = rest.skip(1);
    }
    if edge {
        (rest, _) = word(Keyword::From)(rest)?;
        (rest, ()) = graph_end(rest)?;
        (rest, _) = word(Keyword::To)(rest)?;
        (rest, ()) = graph_end(rest)?;
    }
    Ok((rest, ()))
}

/// `name "(" ( column | "(" columns ")" ) { "," column } ")"`.
fn graph_end(input: Tokens<'_>) -> Parsed<'_, ()> {
    let (rest, _) = name(input)?;
    let (mut rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    if rest.kind() == TokenKind::OpenParen {
        (rest, _) = parenthesised(name)(rest)?;
        if rest.kind() == TokenKind::Comma {
            (rest, _) = comma_list(name)(rest.skip(1))?;
        }
    } else {
        (rest, _) = comma_list(name)(rest)?;
    }
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, ()))
}

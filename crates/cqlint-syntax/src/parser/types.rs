//! Types of columns, fields, arguments and casts.

use nom::Parser;
use nom::sequence::{delimited, preceded};

use super::basic::{comma_list, qualified_name, symbol};
use super::call::is_like_a_function;
use super::input::{Parsed, Tokens};
use crate::ast::{NativeType, QualifiedName, Type, TypeKind};
use crate::{Dialects, Keyword, Token, TokenKind};

/// `type = native_type | collection_type | tuple_type | vector_type | "FROZEN" "<" type ">" | user_type | STRING`.
pub(crate) fn data_type(input: Tokens<'_>) -> Parsed<'_, Type> {
    input.called("a type", |input| input.deeper(any_type))
}

fn any_type(input: Tokens<'_>) -> Parsed<'_, Type> {
    let token = input.token();
    if token.kind == TokenKind::String {
        input.only(Dialects::CASSANDRA | Dialects::DSE, "a type by its Java class")?;
        return Ok((input.skip(1), Type { span: token.span, kind: TypeKind::Custom }));
    }
    if let Some(native) = native(token.keyword)
        && input.peek(1).kind != TokenKind::Dot
    {
        // `"int"` in quotes and `ks.int` are user types, so only a bare word is native.
        return Ok((input.skip(1), Type { span: token.span, kind: TypeKind::Native(native) }));
    }
    let inner = input.skip(1);
    let (rest, kind) = match token.keyword {
        _ if inner.kind() != TokenKind::Less => {
            let (rest, name) = type_name(input)?;
            rest.could_be(TokenKind::Less.text());
            (rest, TypeKind::User(name))
        }
        Keyword::List => one(inner).map(|(rest, of)| (rest, TypeKind::List(rest.add(of))))?,
        Keyword::Set => one(inner).map(|(rest, of)| (rest, TypeKind::Set(rest.add(of))))?,
        Keyword::Frozen => {
            let (rest, of) = one(inner)?;
            if matches!(of.kind, TypeKind::Native(_)) {
                return input.fail(
                    of.span,
                    "only collections, tuples, vectors and user types can be frozen",
                    Some("remove `frozen<…>`"),
                );
            }
            (rest, TypeKind::Frozen(rest.add(of)))
        }
        Keyword::Map => {
            let (rest, key) = preceded(symbol(TokenKind::Less), data_type).parse(inner)?;
            let (rest, value) = delimited(symbol(TokenKind::Comma), data_type, symbol(TokenKind::Greater)).parse(rest)?;
            (rest, TypeKind::Map(rest.add(key), rest.add(value)))
        }
        Keyword::Tuple => {
            let (rest, of) = delimited(symbol(TokenKind::Less), comma_list(data_type), symbol(TokenKind::Greater)).parse(inner)?;
            (rest, TypeKind::Tuple(of))
        }
        Keyword::Vector => {
            input.only(Dialects::SINCE_5_0 | Dialects::SCYLLA | Dialects::DSE, "the type vector")?;
            let (rest, of) = preceded(symbol(TokenKind::Less), data_type).parse(inner)?;
            let (rest, _) = preceded(symbol(TokenKind::Comma), symbol(TokenKind::Integer)).parse(rest)?;
            let (rest, _) = symbol(TokenKind::Greater)(rest)?;
            (rest, TypeKind::Vector(rest.add(of)))
        }
        _ => return input.mismatch("a type"),
    };
    Ok((rest, Type { span: input.until(rest), kind }))
}

/// `type_name = [ name "." ] name`, but for the names that the server keeps for itself.
pub(crate) fn type_name(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    let (rest, name) = qualified_name(input)?;
    no_kept_type(input.skip(rest.at - input.at - 1))?;
    Ok((rest, name))
}

/// Refuses the word that stands here as the name of a type when the server keeps it for itself.
pub(crate) fn no_kept_type(input: Tokens<'_>) -> Parsed<'_, ()> {
    let Token { span: last, keyword, .. } = input.token();
    let kept = ["byte", "complex", "enum", "date", "interval", "macaddr", "bitstring"];
    let is_kept = kept.iter().any(|kept| input.text(last).eq_ignore_ascii_case(kept));
    let is_call_word = keyword == Keyword::Count || is_like_a_function(input, 0) && keyword != Keyword::Key;
    if is_kept || is_call_word || native(keyword).is_some() {
        return input.fail(last, "the name of a type that the server keeps for itself", Some("choose another name, or quote it"));
    }
    Ok((input, ()))
}

/// `"<" type ">"`.
fn one(input: Tokens<'_>) -> Parsed<'_, Type> {
    delimited(symbol(TokenKind::Less), data_type, symbol(TokenKind::Greater)).parse(input)
}

/// `native_type`, where nothing else will do: the target of a CAST.
pub(crate) fn native_type(input: Tokens<'_>) -> Parsed<'_, Type> {
    match native(input.keyword()) {
        Some(kind) => Ok((input.skip(1), Type { span: input.span(), kind: TypeKind::Native(kind) })),
        None => input.mismatch("a native type"),
    }
}

fn native(keyword: Keyword) -> Option<NativeType> {
    Some(match keyword {
        Keyword::Ascii => NativeType::Ascii,
        Keyword::Bigint => NativeType::Bigint,
        Keyword::Blob => NativeType::Blob,
        Keyword::Boolean => NativeType::Boolean,
        Keyword::Counter => NativeType::Counter,
        Keyword::Date => NativeType::Date,
        Keyword::Decimal => NativeType::Decimal,
        Keyword::Double => NativeType::Double,
        Keyword::Duration => NativeType::Duration,
        Keyword::Float => NativeType::Float,
        Keyword::Inet => NativeType::Inet,
        Keyword::Int => NativeType::Int,
        Keyword::Smallint => NativeType::Smallint,
        Keyword::Text => NativeType::Text,
        Keyword::Time => NativeType::Time,
        Keyword::Timestamp => NativeType::Timestamp,
        Keyword::Timeuuid => NativeType::Timeuuid,
        Keyword::Tinyint => NativeType::Tinyint,
        Keyword::Uuid => NativeType::Uuid,
        Keyword::Varchar => NativeType::Varchar,
        Keyword::Varint => NativeType::Varint,
        _ => return None,
    })
}

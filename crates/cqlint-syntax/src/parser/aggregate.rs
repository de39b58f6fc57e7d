//! User aggregates.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::basic::{if_not_exists, word};
use super::call::function_name;
use super::function::{bare_function, drop_routine, or_replace, signature};
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::term::term;
use super::types::data_type;
use crate::ast::{Definition, Guard, Object, Statement};
use crate::{Dialects, Keyword};

/// `create_aggregate = "CREATE" [ "OR" "REPLACE" ] "AGGREGATE" [ "IF" "NOT" "EXISTS" ] function_name "(" [ types ] ")"
/// "SFUNC" function "STYPE" type [ "REDUCEFUNC" function ] [ "FINALFUNC" function ] [ "INITCOND" term ]`.
pub(super) fn create_aggregate(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, replaced) = or_replace(input.skip(1))?;
    let (rest, _) = word(Keyword::Aggregate)(rest)?;
    let head = definition(input, rest, Object::CreateAggregate);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = function_name(rest)?;
    let (rest, ()) = signature(rest)?;
    let (rest, ()) = preceded(word(Keyword::Sfunc), bare_function).parse(rest)?;
    let (mut rest, _) = preceded(word(Keyword::Stype), data_type).parse(rest)?;
    if rest.keyword() == Keyword::Reducefunc {
        rest.only(Dialects::SCYLLA, "REDUCEFUNC")?;
        (rest, ()) = bare_function(rest.skip(1))?;
    }
    let (rest, _) = opt(preceded(word(Keyword::Finalfunc), bare_function)).parse(rest)?;
    let (mut rest, _) = opt(preceded(word(Keyword::Initcond), term)).parse(rest)?;
    if rest.keyword() == Keyword::Deterministic {
        rest.only(Dialects::DSE, "DETERMINISTIC")?;
        rest = rest.skip(1);
    }
    let guard = if replaced == Guard::OrReplace { replaced } else { guard };
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `drop_aggregate = "DROP" "AGGREGATE" [ "IF" "EXISTS" ] function_name [ "(" [ types ] ")" ]`.
pub(super) fn drop_aggregate(input: Tokens<'_>) -> Parsed<'_, Statement> {
    drop_routine(input, Object::DropAggregate)
}

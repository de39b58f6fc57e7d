//! What an assignment does depends on what the column is and on what the operand is.

use cqlint_syntax::ast::{Literal, NativeType, Term, TermKind};

use super::Walk;
use crate::functions::{Argument, Native};
use crate::{Bound, DataType};

/// What a column is, as far as `+`, `-` and `[i]` care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nobody knows.
    Unknown,
    /// A counter.
    Counter,
    /// A list.
    List,
    /// A set or a map.
    SetOrMap,
    /// A number or a text, which 5.0 can add to under a condition.
    Plain,
    /// A type that has neither operators nor elements.
    Other,
}

impl Shape {
    pub(crate) fn of(data_type: Option<&DataType>) -> Self {
        let Some(data_type) = data_type else { return Shape::Unknown };
        match data_type.thawed() {
            DataType::List(_) => Shape::List,
            DataType::Set(_) | DataType::Map(..) => Shape::SetOrMap,
            DataType::Native(native) => match native {
                NativeType::Counter => Shape::Counter,
                NativeType::Ascii
                | NativeType::Bigint
                | NativeType::Decimal
                | NativeType::Double
                | NativeType::Float
                | NativeType::Int
                | NativeType::Smallint
                | NativeType::Text
                | NativeType::Tinyint
                | NativeType::Varchar
                | NativeType::Varint => Shape::Plain,
                NativeType::Blob
                | NativeType::Boolean
                | NativeType::Date
                | NativeType::Duration
                | NativeType::Inet
                | NativeType::Time
                | NativeType::Timestamp
                | NativeType::Timeuuid
                | NativeType::Uuid => Shape::Other,
            },
            DataType::Tuple(_) | DataType::Vector(_) | DataType::User(..) => Shape::Other,
            DataType::Custom(_) => Shape::Unknown,
            // Thawed.
            DataType::Frozen(_) => Shape::Unknown,
        }
    }
}

/// What an operand is, as far as its text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    /// `null`.
    Null,
    /// A bind marker that nothing is bound to: what it would change is left as it is.
    Unset,
    /// `[]`.
    EmptyList,
    /// `[a]`.
    List,
    /// `{a}`, `{a: b}`, `{}`.
    SetOrMap,
    /// `0`.
    Zero,
    /// Another number.
    Number,
    /// A string.
    Text,
    /// A value of some other type, which no counter, list, set or map takes: a uuid, a blob, a boolean, a duration.
    Scalar,
    /// A bind marker, a function, or whatever else: its value is not in the text.
    Unknown,
}

impl Walk<'_> {
    /// What the text tells of a value.
    pub(crate) fn operand(&self, term: &Term) -> Operand {
        match term.kind {
            TermKind::Literal(literal) => match literal {
                Literal::Null => Operand::Null,
                Literal::Integer => {
                    let digits = term.span.text(self.text).trim_start_matches('-');
                    if digits.bytes().all(|digit| digit == b'0') { Operand::Zero } else { Operand::Number }
                }
                Literal::Float => Operand::Number,
                Literal::String => Operand::Text,
                Literal::Boolean | Literal::Blob | Literal::Uuid | Literal::Duration => Operand::Scalar,
            },
            TermKind::List(elements) => {
                if elements.is_empty() {
                    Operand::EmptyList
                } else {
                    Operand::List
                }
            }
            TermKind::Set(_) | TermKind::Map(_) => Operand::SetOrMap,
            // One element in parentheses is the element.
            TermKind::Tuple(elements) => match self.tree.list(elements) {
                [only] => self.operand(only),
                _ => Operand::Scalar,
            },
            TermKind::TypeHint(_, inner) => self.term(inner).map_or(Operand::Unknown, |inner| self.operand(inner)),
            TermKind::Negate(inner) => match self.term(inner).map(|inner| self.operand(inner)) {
                Some(Operand::Zero) => Operand::Zero,
                Some(Operand::Number) => Operand::Number,
                Some(
                    Operand::Null
                    | Operand::Unset
                    | Operand::EmptyList
                    | Operand::List
                    | Operand::SetOrMap
                    | Operand::Text
                    | Operand::Scalar
                    | Operand::Unknown,
                )
                | None => Operand::Unknown,
            },
            // Constant arithmetic on numbers is a number; whether it is zero is not worth knowing.
            TermKind::Arithmetic(operands) => {
                let number = |term: &Term| matches!(self.operand(term), Operand::Number | Operand::Zero);
                if self.tree.list(operands).iter().all(|operand| number(&operand.term)) {
                    Operand::Number
                } else {
                    Operand::Unknown
                }
            }
            // What the server makes is a uuid, a time or a date.
            TermKind::Call(call) => match self.tree.get(call).and_then(|call| self.native(call.function)) {
                Some(Native::Unique | Native::Clock | Native::TimeOfDay) => Operand::Scalar,
                Some(Native::Pure(_)) | None => Operand::Unknown,
            },
            TermKind::Marker => match self.binding(term).and_then(|binding| binding.value) {
                Some(Bound::Null) => Operand::Null,
                Some(Bound::Unset) => Operand::Unset,
                Some(Bound::Value) | None => Operand::Unknown,
            },
            TermKind::Column(_) | TermKind::Star | TermKind::Cast(..) | TermKind::Access(_) => Operand::Unknown,
        }
    }

    /// What a column is that a value is bound to, added to it or removed from it: the server, when it prepares, gives a marker the
    /// column's type. Where the schema says another, one of the two is of a table that is gone, and nobody knows which.
    pub(crate) fn shape(&self, column: Option<&DataType>, value: &Term) -> Shape {
        let told = Shape::of(self.binding(value).and_then(|binding| binding.data_type.as_ref()));
        match (told, Shape::of(column)) {
            (Shape::Unknown, known) => known,
            (told, Shape::Unknown) => told,
            (told, known) if told == known => told,
            _ => Shape::Unknown,
        }
    }

    /// Whether the value that a column is set to can be a list with something in it.
    pub(crate) fn may_be_list(&self, column: Option<&DataType>, term: &Term) -> bool {
        if let TermKind::Call(call) = term.kind {
            let Some(call) = self.tree.get(call) else { return true };
            return match self.native(call.function) {
                Some(Native::Unique | Native::Clock | Native::TimeOfDay) => false,
                Some(Native::Pure(Argument::Json | Argument::List | Argument::Same)) | None => true,
                Some(Native::Pure(Argument::Plain | Argument::Time | Argument::Text)) => false,
            };
        }
        if !matches!(self.shape(column, term), Shape::List | Shape::Unknown) {
            return false;
        }
        match self.operand(term) {
            Operand::List => true,
            Operand::Unknown => !matches!(term.kind, TermKind::Cast(..) | TermKind::Negate(_) | TermKind::Arithmetic(_)),
            Operand::Null
            | Operand::Unset
            | Operand::EmptyList
            | Operand::SetOrMap
            | Operand::Zero
            | Operand::Number
            | Operand::Text
            | Operand::Scalar => false,
        }
    }

    /// Whether the value can be null without the text saying so.
    pub(crate) fn may_be_null(&self, term: &Term) -> bool {
        match term.kind {
            TermKind::Literal(_) | TermKind::List(_) | TermKind::Set(_) | TermKind::Map(_) => false,
            TermKind::Tuple(elements) => match self.tree.list(elements) {
                [only] => self.may_be_null(only),
                _ => false,
            },
            TermKind::Marker => match self.binding(term).and_then(|binding| binding.value) {
                Some(Bound::Value | Bound::Unset) => false,
                Some(Bound::Null) | None => true,
            },
            TermKind::Column(_)
            | TermKind::Star
            | TermKind::Call(_)
            | TermKind::Cast(..)
            | TermKind::TypeHint(..)
            | TermKind::Negate(_)
            | TermKind::Arithmetic(_)
            | TermKind::Access(_) => true,
        }
    }
}

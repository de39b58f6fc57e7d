//! Values: does a second execution make the same ones?

use cqlint_syntax::ast::{Literal, NativeType, Term, TermCall, TermKind};
use cqlint_syntax::{Id, Span};

use super::function::Called;
use super::{Shape, Walk};
use crate::functions::{Argument, Native};
use crate::rules;
use crate::{Certainty, DataType, DependsOn, json};

/// Where a value goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'s> {
    /// The type that it becomes, when known.
    pub(crate) data_type: Option<&'s DataType>,
    /// The column, or what stands for it in a message.
    pub(crate) column: Span,
}

impl<'s> Target<'s> {
    pub(crate) const fn unknown(column: Span) -> Self {
        Self { data_type: None, column }
    }

    fn to(self, data_type: Option<&'s DataType>) -> Self {
        Self { data_type, ..self }
    }

    /// What `c[index]` takes: the index and the element.
    pub(crate) fn element(self) -> (Self, Self) {
        static INDEX: DataType = DataType::Native(NativeType::Int);
        match self.data_type.map(DataType::thawed) {
            Some(DataType::List(of)) => (self.to(Some(&INDEX)), self.to(Some(of))),
            Some(DataType::Set(of)) => (self.to(Some(of)), self.to(None)),
            Some(DataType::Map(key, value)) => (self.to(Some(key)), self.to(Some(value))),
            Some(
                DataType::Native(_)
                | DataType::Tuple(_)
                | DataType::Vector(_)
                | DataType::Frozen(_)
                | DataType::User(..)
                | DataType::Custom(_),
            )
            | None => (self.to(None), self.to(None)),
        }
    }
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// It is stored in a column that is no key.
    Value,
    /// It is a part of the primary key of a row that is written.
    Key,
    /// One of the two: the schema does not tell.
    Unknown,
    /// It names what is removed: a key that no row has removes nothing.
    Removal,
    /// It bounds a range that is removed.
    Bound,
    /// It stands in a condition.
    Condition,
}

impl Position {
    /// Whether a write that is not applied again keeps the value from mattering.
    const fn is_protected(self) -> bool {
        matches!(self, Position::Value)
    }
}

impl<'a> Walk<'a> {
    /// Looks at a value for what changes from one execution to the next.
    #[inline]
    pub(crate) fn value(&mut self, term: &Term, target: &Target<'a>, position: Position) {
        // Most values, and none of these can change.
        if matches!(term.kind, TermKind::Marker | TermKind::Literal(Literal::Integer | Literal::Uuid)) {
            return;
        }
        if self.write().protected && position.is_protected() {
            return;
        }
        self.part(term, target, position, true);
    }

    /// `whole` as long as nothing but collections and tuples stand around the term.
    fn part(&mut self, term: &Term, target: &Target<'a>, position: Position, whole: bool) {
        match term.kind {
            TermKind::Marker | TermKind::Star | TermKind::Column(_) | TermKind::Access(_) => self.reference(term, position),
            TermKind::Literal(literal) => match literal {
                Literal::String => self.text(term, target),
                Literal::Null
                | Literal::Boolean
                | Literal::Integer
                | Literal::Float
                | Literal::Blob
                | Literal::Uuid
                | Literal::Duration => {}
            },
            TermKind::Call(call) => self.call(term, call, target, position, whole),
            TermKind::Cast(inner, _) => self.inner(inner, &Target::unknown(term.span), position),
            TermKind::TypeHint(to, inner) => self.hinted(to, inner, target, position, whole),
            TermKind::Negate(inner) => self.inner(inner, target, position),
            TermKind::Arithmetic(operands) => {
                let operands = self.tree.list(operands);
                let duration = |term: &Term| matches!(term.kind, TermKind::Literal(Literal::Duration));
                // Only a time takes a duration.
                static TIME: DataType = DataType::Native(NativeType::Timestamp);
                let timed = operands.iter().any(|operand| duration(&operand.term));
                let target = if timed { target.to(Some(&TIME)) } else { *target };
                for operand in operands {
                    self.part(&operand.term, &target, position, false);
                }
            }
            TermKind::List(elements) => {
                let of = match target.data_type.map(DataType::thawed) {
                    Some(DataType::List(of) | DataType::Vector(of) | DataType::Set(of)) => Some(&**of),
                    _ => None,
                };
                self.parts(elements, &target.to(of), position, whole);
            }
            TermKind::Set(elements) => {
                let of = match target.data_type.map(DataType::thawed) {
                    Some(DataType::Set(of) | DataType::List(of)) => Some(&**of),
                    // `m - {'key'}` names keys.
                    Some(DataType::Map(key, _)) => Some(&**key),
                    _ => None,
                };
                self.parts(elements, &target.to(of), position, whole);
            }
            TermKind::Map(entries) => {
                let entries = self.tree.list(entries);
                self.keys(entries, &target.element().0);
                for entry in entries {
                    let value = match (entry.key.kind, target.data_type.map(DataType::thawed)) {
                        (TermKind::Column(field), _) => self.field_target(target, field),
                        (_, Some(DataType::Map(key, value))) => {
                            self.part(&entry.key, &target.to(Some(key)), position, whole);
                            target.to(Some(value))
                        }
                        _ => {
                            self.part(&entry.key, &target.to(None), position, whole);
                            target.to(None)
                        }
                    };
                    self.part(&entry.value, &value, position, whole);
                }
            }
            TermKind::Tuple(elements) => match (self.tree.list(elements), target.data_type.map(DataType::thawed)) {
                (elements, Some(DataType::Tuple(types))) if elements.len() == types.len() => {
                    for (element, of) in elements.iter().zip(types) {
                        self.part(element, &target.to(Some(of)), position, whole);
                    }
                }
                ([only], _) => self.part(only, target, position, whole),
                _ => self.parts(elements, &target.to(None), position, whole),
            },
        }
    }

    fn parts(&mut self, terms: cqlint_syntax::List<Term>, target: &Target<'a>, position: Position, whole: bool) {
        for term in self.tree.list(terms) {
            self.part(term, target, position, whole);
        }
    }

    fn inner(&mut self, inner: Id<Term>, target: &Target<'a>, position: Position) {
        if let Some(inner) = self.term(inner) {
            self.part(inner, target, position, false);
        }
    }

    /// A row that a transaction has read: what it holds may be what the first execution wrote.
    fn reference(&mut self, term: &Term, position: Position) {
        if position != Position::Removal && matches!(term.kind, TermKind::Column(_) | TermKind::Access(_)) {
            rules::undecided::check(self, term.span, term.span);
        }
    }

    /// `(type) value`: the hint decides what a string means.
    fn hinted(&mut self, to: Id<cqlint_syntax::ast::Type>, inner: Id<Term>, target: &Target<'a>, position: Position, whole: bool) {
        static TIMESTAMP: DataType = DataType::Native(NativeType::Timestamp);
        static TEXT: DataType = DataType::Native(NativeType::Text);
        let hint = self.tree.get(to).map(|to| to.kind);
        let hinted = match hint {
            Some(cqlint_syntax::ast::TypeKind::Native(NativeType::Timestamp)) => Some(&TIMESTAMP),
            Some(cqlint_syntax::ast::TypeKind::Native(NativeType::Text | NativeType::Ascii | NativeType::Varchar)) => Some(&TEXT),
            // A hint of a type with parts agrees with the column's type, or the server refuses it.
            _ => target.data_type,
        };
        if let Some(inner) = self.term(inner) {
            self.part(inner, &target.to(hinted), position, whole);
        }
    }

    /// A string: `'now'` is the clock where a timestamp is wanted.
    fn text(&mut self, term: &Term, target: &Target<'a>) {
        if !is_now(term.span.text(self.text)) {
            return;
        }
        match target.data_type.map(DataType::thawed) {
            None | Some(DataType::Custom(_)) => {
                let depends = Certainty::Depends(DependsOn::ColumnType);
                rules::clock_literal::check(self, term.span, target.column, depends);
            }
            Some(DataType::Native(NativeType::Timestamp)) => {
                rules::clock_literal::check(self, term.span, target.column, Certainty::Certain);
            }
            // A user type is written as a map, so a bare string is refused.
            Some(
                DataType::Native(_)
                | DataType::List(_)
                | DataType::Set(_)
                | DataType::Map(..)
                | DataType::Tuple(_)
                | DataType::Vector(_)
                | DataType::User(..)
                | DataType::Frozen(_),
            ) => {}
        }
    }

    fn call(&mut self, term: &Term, call: Id<TermCall>, target: &Target<'a>, position: Position, whole: bool) {
        let Some(call) = self.tree.get(call) else { return };
        match self.function(call.function) {
            Called::User { deterministic } => {
                if !deterministic {
                    rules::user_function::check(self, term.span, call.function);
                }
                for argument in self.tree.list(call.arguments) {
                    self.part(argument, &Target::unknown(call.function.span()), position, false);
                }
            }
            Called::Native(Native::Unique) if position == Position::Removal && whole => {
                // No row, element or key has this value yet.
            }
            Called::Native(Native::Unique | Native::Clock | Native::TimeOfDay) => {
                rules::server_value::check(self, term.span, target, position);
            }
            Called::Native(Native::Pure(argument)) => self.arguments(term, call, argument, target, position),
        }
    }

    fn arguments(&mut self, term: &Term, call: &'a TermCall, argument: Argument, target: &Target<'a>, position: Position) {
        static TIMESTAMP: DataType = DataType::Native(NativeType::Timestamp);
        static TEXT: DataType = DataType::Native(NativeType::Text);
        let arguments = self.tree.list(call.arguments);
        let data_type = match argument {
            Argument::Plain | Argument::List => None,
            Argument::Same => target.data_type,
            Argument::Time => Some(&TIMESTAMP),
            Argument::Text => Some(&TEXT),
            Argument::Json => {
                if let [only] = arguments {
                    self.json_value(term, only, target);
                }
                Some(&TEXT)
            }
        };
        let inner = Target { data_type, column: call.function.span() };
        for argument in arguments {
            self.part(argument, &inner, position, false);
        }
    }

    /// `from_json(…)`: the text is read for the target's type at each call, prepared or not.
    fn json_value(&mut self, term: &Term, argument: &Term, target: &Target<'a>) {
        let certain = match target.data_type {
            Some(of) if !self.may_hold_timestamp(of) => return,
            Some(_) => Certainty::Certain,
            None => Certainty::Depends(DependsOn::ColumnType),
        };
        if let TermKind::Literal(Literal::String) = argument.kind {
            let text = unquoted(argument.span.text(self.text));
            let now = json::value(&text).is_none_or(|content| content.now);
            if now {
                rules::clock_literal::check(self, term.span, target.column, certain);
            }
            return;
        }
        rules::clock_literal::check(self, term.span, argument.span, Certainty::Depends(DependsOn::BoundValue));
    }

    fn may_hold_timestamp(&self, of: &DataType) -> bool {
        self.schema().is_none_or(|schema| of.may_hold_timestamp(schema, self.home().as_deref()))
    }

    /// INSERT JSON: as the columns that it sets.
    pub(crate) fn json(&mut self, json: Id<Term>) {
        let Some(term) = self.term(json) else { return };
        let table = self.write().table;
        if let TermKind::Marker = term.kind {
            // Another key makes another row, which the condition does not protect.
            let matters = |column: &crate::schema::Column| !self.write().protected || column.role.is_none_or(crate::Role::is_key);
            let timed = |column: &crate::schema::Column| column.data_type.as_ref().is_none_or(|of| self.may_hold_timestamp(of));
            if table.is_none_or(|table| table.columns().any(|column| matters(column) && timed(column))) {
                rules::clock_literal::check(self, term.span, term.span, Certainty::Depends(DependsOn::BoundValue));
            }
            rules::list_overwrite::check_json(self, term.span, None);
            return;
        }
        let text = unquoted(term.span.text(self.text));
        let readable = json::object(&text, |key, content| {
            if content.now || content.list {
                self.json_key(term.span, key, content);
            }
        });
        if !readable {
            // The server refuses it, both times; so nothing is decided.
            rules::undecided::check(self, term.span, term.span);
        }
    }

    /// One key of the object, as far as its value matters.
    fn json_key(&mut self, json: Span, key: &str, content: json::Content) {
        // Names fold to lower case unless they are quoted within the string.
        let name = match key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
            Some(quoted) => alloc::borrow::Cow::Borrowed(quoted),
            None => alloc::borrow::Cow::Owned(key.to_ascii_lowercase()),
        };
        let column = self.write().table.and_then(|table| table.column(&name));
        let data_type = column.and_then(|column| column.data_type);
        let key_column = column.and_then(|column| column.role).is_none_or(crate::Role::is_key);
        if content.now && (key_column || !self.write().protected) {
            match data_type {
                Some(of) if !self.may_hold_timestamp(of) => {}
                Some(_) => rules::clock_literal::check(self, json, json, Certainty::Certain),
                None => rules::clock_literal::check(self, json, json, Certainty::Depends(DependsOn::ColumnType)),
            }
        }
        if content.list {
            rules::list_overwrite::check_json(self, json, Some(data_type));
        }
    }

    /// The target of a field of a user type.
    pub(crate) fn field_target(&self, target: &Target<'a>, field: cqlint_syntax::ast::Name) -> Target<'a> {
        let of = match (self.schema(), target.data_type.map(DataType::thawed)) {
            (Some(schema), Some(DataType::User(keyspace, name))) => {
                schema.field(keyspace.as_deref().or(self.home().as_deref()), name, &field.value(self.text))
            }
            _ => None,
        };
        Target { data_type: of, column: field.span }
    }
}

/// Whether a string literal is `'now'`, in any case and either kind of quotes.
pub(crate) fn is_now(literal: &str) -> bool {
    let inner = match literal.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$")) {
        Some(inner) => inner,
        None => literal.trim_matches('\''),
    };
    inner.eq_ignore_ascii_case("now")
}

/// The value of a string literal.
pub(super) fn unquoted(literal: &str) -> alloc::borrow::Cow<'_, str> {
    if let Some(inner) = literal.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$")) {
        return inner.into();
    }
    let inner = literal.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(literal);
    if inner.contains("''") { inner.replace("''", "'").into() } else { inner.into() }
}

impl Walk<'_> {
    /// Whether an assignment of the whole value writes each element by itself: nothing when the schema does not tell.
    pub(crate) fn is_list_column(&self, data_type: Option<&DataType>) -> Option<bool> {
        match (data_type, Shape::of(data_type)) {
            (Some(of), Shape::List | Shape::Counter | Shape::SetOrMap | Shape::Plain | Shape::Other) => Some(of.is_list()),
            (_, Shape::Unknown) | (None, _) => None,
        }
    }
}

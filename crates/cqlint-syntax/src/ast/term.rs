//! Terms: the values of statements, and the selectors of SELECT, which share their shape.

use crate::Span;
use crate::ast::{Name, QualifiedName, Type};
use crate::tree::{Id, List};

/// A value, a selector, or the left side of a relation.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TermKind,
}

/// The kinds of terms.
#[derive(Clone, Copy, Debug)]
pub enum TermKind {
    /// A constant.
    Literal(Literal),
    /// A bind marker: `?`, `:name`.
    Marker,
    /// A column, where one may stand: selectors, left sides of relations, keys of user-type literals, transactions.
    Column(Name),
    /// The `*` of `count(*)`.
    Star,
    /// `f(a, b)`, also `token(a, b)`, `writetime(c)`, `expr(index, 'query')`.
    Call(Id<TermCall>),
    /// `CAST(x AS type)`.
    Cast(Id<Term>, Id<Type>),
    /// `(type) x`.
    TypeHint(Id<Type>, Id<Term>),
    /// `- x`.
    Negate(Id<Term>),
    /// `a + b - c` or `a * b / c`: operands of one precedence, from left to right.
    Arithmetic(List<Operand>),
    /// `[a, b]`: a list or a vector.
    List(List<Term>),
    /// `{a, b}`, also the empty `{}`, which may be a map.
    Set(List<Term>),
    /// `{k: v}`; a user-type literal when the keys are [`TermKind::Column`].
    Map(List<Entry>),
    /// `(a, b)`; with one element also plain parentheses.
    Tuple(List<Term>),
    /// `c.field`, `c['key']`, `c[1..2]`.
    Access(Id<TermAccess>),
}

/// The kinds of constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the CQL literal that it names")]
pub enum Literal {
    Null,
    Boolean,
    Integer,
    Float,
    String,
    Blob,
    Uuid,
    Duration,
}

/// A function call.
#[derive(Clone, Copy, Debug)]
pub struct TermCall {
    /// The function.
    pub function: QualifiedName,
    /// Its arguments.
    pub arguments: List<Term>,
}

/// An element, a slice or a field of something.
#[derive(Clone, Copy, Debug)]
pub struct TermAccess {
    /// What is reached into.
    pub of: Term,
    /// The steps, from the outside in.
    pub path: List<Step>,
}

/// One step of an access.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Where the step stands.
    pub span: Span,
    /// What it reaches for.
    pub kind: StepKind,
}

/// The kinds of steps.
#[derive(Clone, Copy, Debug)]
pub enum StepKind {
    /// `.name`.
    Field(Name),
    /// `[index]`.
    Element(Id<Term>),
    /// `[from..to]`, one of them may be missing.
    Slice(Option<Id<Term>>, Option<Id<Term>>),
}

/// One operand of a chain of operators; the first one's operator means nothing.
#[derive(Clone, Copy, Debug)]
pub struct Operand {
    /// The operator before the term.
    pub operator: Operator,
    /// The term.
    pub term: Term,
}

/// The arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the operator that it names")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The key; a [`TermKind::Column`] names a field of a user type.
    pub key: Term,
    /// The value.
    pub value: Term,
}

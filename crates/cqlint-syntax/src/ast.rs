//! What a statement is made of. Every node knows its place; names and literals are read from the text there.

mod definition;
mod name;
mod statement;
mod term;

pub use definition::{
    AlterTable, ColumnDefinition, CreateFunction, CreateTable, CreateType, Definition, Guard, NativeType, Object, Property,
    TableChange, Type, TypeKind,
};
pub use name::{Name, QualifiedName};
pub use statement::{
    Assignment, AssignmentKind, Batch, BatchKind, Condition, Delete, Deletion, Grant, Insert, InsertSource, Ordering, Relation,
    RelationKind, Select, Selector, Statement, Target, Transaction, Truncate, Update, Using, Write,
};
pub use term::{Entry, Literal, Operand, Operator, Step, StepKind, Term, TermAccess, TermCall, TermKind};

//! Where the nodes of statements live: one pool per kind of node, used again for the next text.
//!
//! A node refers to its children by [`Id`] and [`List`], which are plain numbers. So a node is `Copy`, borrows nothing,
//! and a warm parse allocates nothing.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use crate::ast::{
    Assignment, ColumnDefinition, Deletion, Entry, Name, Operand, Ordering, Property, QualifiedName, Relation, Selector, Statement,
    Step, Term, TermAccess, TermCall, Type,
};

/// A reference to one node of a [`Tree`].
pub struct Id<T> {
    at: u32,
    kind: PhantomData<fn() -> T>,
}

/// A reference to consecutive nodes of a [`Tree`].
pub struct List<T> {
    start: u32,
    len: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> List<T> {
    /// The list without nodes.
    pub const EMPTY: Self = Self { start: 0, len: 0, kind: PhantomData };

    /// Number of nodes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

// Derives would demand the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.at)
    }
}
impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for List<T> {}
impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}+{}", self.start, self.len)
    }
}

/// Nodes of one kind, and those of lists that are still being read.
#[derive(Clone, Debug)]
pub(crate) struct Pool<T> {
    nodes: Vec<T>,
    open: Vec<T>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { nodes: Vec::new(), open: Vec::new() }
    }
}

impl<T: Copy> Pool<T> {
    fn clear(&mut self) {
        self.nodes.clear();
        self.open.clear();
    }
}

/// A kind of node that lives in a [`Tree`].
pub trait Node: Copy {
    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only this crate implements the trait")]
    fn pool(tree: &Tree) -> &Pool<Self>;
    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only this crate implements the trait")]
    fn pool_mut(tree: &mut Tree) -> &mut Pool<Self>;
}

macro_rules! pools {
    ($($field:ident: $node:ty,)*) => {
        /// The nodes of the statements of one text.
        ///
        /// ```
        /// use cqlint_syntax::{Dialects, Parser, Piece, Statement};
        ///
        /// let mut parser = Parser::new(Dialects::ALL);
        /// let mut script = parser.script("INSERT INTO t (k, v) VALUES (1, 2)");
        /// let Piece::Statement(Statement::Insert(insert)) = script.next().unwrap().piece else { panic!() };
        /// assert_eq!(script.tree().list(insert.columns).len(), 2);
        /// ```
        #[derive(Clone, Debug, Default)]
        pub struct Tree {
            $($field: Pool<$node>,)*
        }

        impl Tree {
            /// Forgets all nodes and keeps the memory.
            pub(crate) fn clear(&mut self) {
                $(self.$field.clear();)*
            }
        }

        $(
            #[expect(private_interfaces, reason = "only this crate implements the trait")]
            impl Node for $node {
                fn pool(tree: &Tree) -> &Pool<Self> {
                    &tree.$field
                }
                fn pool_mut(tree: &mut Tree) -> &mut Pool<Self> {
                    &mut tree.$field
                }
            }
        )*
    };
}

pools! {
    terms: Term,
    calls: TermCall,
    accesses: TermAccess,
    operands: Operand,
    entries: Entry,
    steps: Step,
    types: Type,
    names: Name,
    qualified_names: QualifiedName,
    selectors: Selector,
    orderings: Ordering,
    relations: Relation,
    assignments: Assignment,
    deletions: Deletion,
    columns: ColumnDefinition,
    properties: Property,
    statements: Statement,
}

impl Tree {
    /// The nodes of a list; empty when the list belongs to another tree.
    #[must_use]
    pub fn list<T: Node>(&self, list: List<T>) -> &[T] {
        let start = list.start as usize;
        T::pool(self).nodes.get(start..start + list.len as usize).unwrap_or_default()
    }

    /// The node; nothing when the reference belongs to another tree.
    #[must_use]
    pub fn get<T: Node>(&self, id: Id<T>) -> Option<&T> {
        T::pool(self).nodes.get(id.at as usize)
    }

    pub(crate) fn add<T: Node>(&mut self, node: T) -> Id<T> {
        let nodes = &mut T::pool_mut(self).nodes;
        let at = nodes.len() as u32;
        nodes.push(node);
        Id { at, kind: PhantomData }
    }

    /// Begins a list; the answer goes to [`Tree::close`] or [`Tree::drop_open`].
    pub(crate) fn open<T: Node>(&self) -> usize {
        T::pool(self).open.len()
    }

    /// Adds to the innermost list that is open.
    pub(crate) fn push<T: Node>(&mut self, node: T) {
        T::pool_mut(self).open.push(node);
    }

    /// Ends the list that was opened at `mark`: its nodes become consecutive.
    pub(crate) fn close<T: Node>(&mut self, mark: usize) -> List<T> {
        let pool = T::pool_mut(self);
        let start = pool.nodes.len() as u32;
        pool.nodes.extend_from_slice(pool.open.get(mark..).unwrap_or_default());
        pool.open.truncate(mark);
        List { start, len: pool.nodes.len() as u32 - start, kind: PhantomData }
    }

    /// Gives up the list that was opened at `mark`.
    pub(crate) fn drop_open<T: Node>(&mut self, mark: usize) {
        T::pool_mut(self).open.truncate(mark);
    }
}

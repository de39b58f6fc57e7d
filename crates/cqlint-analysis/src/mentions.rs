//! Every name in a text and what it means: what an editor looks up, follows and renames.
//!
//! Nothing is decided here. A name is found where a statement has it, whether anybody defines it or not; a statement that does
//! not parse has none.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use cqlint_syntax::{Parser, Piece, Span, Statement};

use crate::Options;
use crate::schema::meets;

use collector::{Collector, Owner};

mod collector;
mod definition;
mod resource;
mod rows;
mod table;
mod term;
mod words;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the thing that it names")]
pub enum What {
    Keyspace,
    /// Also what may be a view: a SELECT does not tell.
    Table,
    /// A materialized view, where that is said.
    View,
    Index,
    Column,
    Type,
    Field,
    /// Also what may be an aggregate: a call does not tell.
    Function,
    /// An aggregate, where that is said.
    Aggregate,
    /// A role or a user.
    Role,
}

impl What {
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            What::Keyspace => "keyspace",
            What::Table => "table",
            What::View => "materialized view",
            What::Index => "index",
            What::Column => "column",
            What::Type => "type",
            What::Field => "field",
            What::Function => "function",
            What::Aggregate => "aggregate",
            What::Role => "role",
        }
    }

    /// The kind among which names are told apart: a view is read as a table is, and an aggregate called as a function.
    #[must_use]
    pub const fn family(self) -> Self {
        match self {
            What::View => What::Table,
            What::Aggregate => What::Function,
            What::Keyspace | What::Table | What::Index | What::Column | What::Type | What::Field | What::Function | What::Role => {
                self
            }
        }
    }
}

/// What a statement does with what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A CREATE defines it.
    Creates,
    /// An ALTER defines it: `ADD c int`, `RENAME a TO c`.
    Adds,
    /// An ALTER changes it or takes it away.
    Alters,
    /// A DROP of the thing itself.
    Drops,
    /// Everything else.
    Uses,
}

impl Sense {
    /// Whether the thing exists from here on.
    #[must_use]
    pub const fn defines(self) -> bool {
        matches!(self, Sense::Creates | Sense::Adds)
    }
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it means.
    pub what: What,
    /// As the server sees it.
    pub name: String,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// What the statement does with it.
    pub sense: Sense,
    /// The keyspace, when the statement or a USE before it says which.
    pub keyspace: Option<Arc<str>>,
    /// The table of a column or an index, the type of a field, and for a view or the copy of a table where its columns come
    /// from; nothing where the statement does not say.
    pub owner: Option<Arc<str>>,
}

impl Mention {
    /// Whether both may mean the same thing. What is not said of a keyspace, or of what a name belongs to, meets everything.
    ///
    /// ```
    /// use cqlint_analysis::{Options, mentions};
    ///
    /// let found = mentions("SELECT v FROM shop.t; DELETE v FROM t WHERE k = 1; SELECT v FROM u", &Options::default());
    /// let [first, second, third] = [0, 3, 6].map(|at| &found[at]);
    /// assert!(first.meets(second));
    /// assert!(!first.meets(third), "the column of another table");
    /// ```
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let is_owned = matches!(self.what, What::Column | What::Field);
        self.what.family() == other.what.family()
            && self.name == other.name
            && meets(self.keyspace.as_deref(), other.keyspace.as_deref())
            && (!is_owned || meets(self.owner.as_deref(), other.owner.as_deref()))
    }
}

/// The names in a text, from first to last. Those that only the running program knows are left out: see [`Options::holes`].
///
/// ```
/// use cqlint_analysis::{Options, What, mentions};
///
/// let text = "USE shop; SELECT count(*) AS n FROM orders WHERE \"Id\" = ?";
/// let found = mentions(text, &Options::default());
/// let said: Vec<_> = found.iter().map(|mention| (mention.what, mention.name.as_str())).collect();
/// assert_eq!(said, [
///     (What::Keyspace, "shop"),
///     (What::Function, "count"),
///     (What::Table, "orders"),
///     (What::Column, "Id"),
/// ]);
/// assert_eq!(found[2].keyspace.as_deref(), Some("shop"));
/// assert_eq!(found[3].owner.as_deref(), Some("orders"));
/// ```
#[must_use]
pub fn mentions(text: &str, options: &Options<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut keyspace: Option<Arc<str>> = options.keyspace.map(Arc::from);
    let mut parser = Parser::new(options.dialects);
    let mut script = parser.script(text);
    while let Some(parsed) = script.next() {
        let Piece::Statement(statement) = parsed.piece else { continue };
        let from = found.len();
        let mut collector = Collector {
            text,
            tree: script.tree(),
            tokens: script.tokens(),
            dialects: options.dialects,
            holes: options.holes,
            keyspace: keyspace.clone(),
            rows: Vec::new(),
            found: &mut found,
        };
        collector.statement(&statement);
        if let Statement::Use(name) = statement {
            keyspace = collector.known(name).map(|name| Arc::from(name.as_ref()));
        }
        // What a statement says in words that the tree does not keep was found last.
        if let Some(own) = found.get_mut(from..) {
            own.sort_by_key(|mention| mention.span);
        }
    }
    found
}

#[cfg(test)]
mod tests;

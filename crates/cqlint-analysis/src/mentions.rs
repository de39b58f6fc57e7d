//! Every name in a text and what it means: what an editor looks up, follows and renames.
//!
//! Nothing is decided here. A name is found where a statement has it, whether anybody defines it or not; a statement that does
//! not parse has none.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Name, QualifiedName};
use cqlint_syntax::{Dialects, Keyword, Parser, Piece, Span, Statement, Token, TokenKind, Tree};

use crate::schema::{is_hole, meets};
use crate::{Fragment, Options};

use words::Words;

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

/// A table or a type, as far as a statement says which.
#[derive(Clone, Debug, Default)]
struct Owner {
    keyspace: Option<Arc<str>>,
    name: Option<Arc<str>>,
}

/// Takes the names out of one statement.
struct Collector<'a, 'f> {
    text: &'a str,
    tree: &'a Tree,
    tokens: &'a [Token],
    dialects: Dialects,
    holes: &'a [Span],
    /// The keyspace of names that have none.
    keyspace: Option<Arc<str>>,
    /// The rows that a transaction has read, each with its table.
    rows: Vec<(Cow<'a, str>, Owner)>,
    found: &'f mut Vec<Mention>,
}

impl<'a> Collector<'a, '_> {
    /// The name as the server sees it, unless the program puts it in, or a part of it.
    fn known(&self, name: Name) -> Option<Cow<'a, str>> {
        let has_hole = self.holes.iter().any(|hole| name.span.start < hole.end && hole.start < name.span.end);
        Some(name.value(self.text)).filter(|value| !has_hole && !value.is_empty() && !value.contains(Fragment::HOLE))
    }

    fn push(&mut self, what: What, sense: Sense, name: Name, of: Owner) {
        if let Some(value) = self.known(name) {
            let mention = Mention { what, name: value.into_owned(), span: name.span, sense, keyspace: of.keyspace, owner: of.name };
            self.found.push(mention);
        }
    }

    /// A name of which nothing else matters.
    fn plain(&mut self, what: What, sense: Sense, name: Name) {
        self.push(what, sense, name, Owner::default());
    }

    /// A name with a keyspace before it, or in the keyspace of the text.
    fn qualified(&mut self, what: What, sense: Sense, name: QualifiedName) -> Owner {
        self.derived(what, sense, name, None)
    }

    /// The same, for what comes from something else.
    fn derived(&mut self, what: What, sense: Sense, name: QualifiedName, from: Option<Arc<str>>) -> Owner {
        if let Some(keyspace) = name.keyspace {
            self.plain(What::Keyspace, Sense::Uses, keyspace);
        }
        let owner = self.owner(name);
        self.push(what, sense, name.name, Owner { keyspace: owner.keyspace.clone(), name: from });
        owner
    }

    /// The table or the type that a name means.
    fn owner(&self, name: QualifiedName) -> Owner {
        let shared = |name: Name| self.known(name).map(|name| Arc::from(name.as_ref()));
        let keyspace = match name.keyspace {
            Some(keyspace) => shared(keyspace),
            None => self.keyspace.clone().filter(|keyspace| !is_hole(keyspace)),
        };
        Owner { keyspace, name: shared(name.name) }
    }

    fn column(&mut self, name: Name, sense: Sense, table: &Owner) {
        self.push(What::Column, sense, name, table.clone());
    }

    /// A field of a type that is not said.
    fn field(&mut self, name: Name) {
        self.push(What::Field, Sense::Uses, name, Owner { keyspace: self.keyspace.clone(), name: None });
    }

    fn columns(&mut self, names: &[Name], sense: Sense, table: &Owner) {
        names.iter().for_each(|name| self.column(*name, sense, table));
    }

    /// The words of the statement that stand behind these.
    fn behind(&self, words: &[Keyword]) -> Option<Words<'a>> {
        Words(self.tokens).behind(words)
    }

    /// Those that stand in a place.
    fn words_in(&self, place: Span) -> Words<'a> {
        let from = self.tokens.partition_point(|token| token.span.start < place.start);
        let until = self.tokens.partition_point(|token| token.span.start < place.end);
        Words(self.tokens.get(from..until).unwrap_or_default())
    }

    /// Those from the first that is a parenthesis on.
    fn parentheses(&self) -> Words<'a> {
        let open = self.tokens.iter().position(|token| token.kind == TokenKind::OpenParen);
        Words(open.and_then(|open| self.tokens.get(open..)).unwrap_or_default())
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Select(select) => self.select(select),
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.delete(delete),
            Statement::Batch(batch) => {
                self.using(batch.using);
                self.tree.list(batch.members).iter().for_each(|member| self.statement(member));
            }
            Statement::Transaction(transaction) => self.transaction(transaction),
            Statement::Truncate(truncate) => _ = self.qualified(What::Table, Sense::Uses, truncate.table),
            Statement::PruneView(view) => self.prune_view(*view),
            Statement::Use(name) => self.plain(What::Keyspace, Sense::Uses, *name),
            Statement::Describe(_) => self.described(),
            Statement::List(_) => self.listed(),
            Statement::CreateTable(table) => self.create_table(table),
            Statement::AlterTable(table) => self.alter_table(table),
            Statement::CreateType(user) => self.create_type(user),
            Statement::CreateFunction(function) => self.create_function(function),
            Statement::Definition(definition) => self.definition(definition),
            Statement::Grant(grant) | Statement::Revoke(grant) => self.grant(grant.role),
        }
    }
}

#[cfg(test)]
mod tests;

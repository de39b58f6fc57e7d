//! The definitions in one text, taken out of it: what can be read from many texts at once.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use cqlint_syntax::ast::{ColumnDefinition, CreateTable, Name, Object, Property, QualifiedName, TableChange};
use cqlint_syntax::{Dialects, Keyword, List, Parser, Piece, Span, Statement, Tree};

use super::change::{Change, ChangeKind, NewColumn};
use super::{DataType, Role};
use crate::Fragment;

/// The definitions in one text, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions(pub(super) Vec<Change>);

impl Definitions {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The definitions in CQL that was found in a program, with places in the host file. What has a name that the program
    /// puts in is not known by it; a keyspace that it puts in may be any. An example defines nothing.
    #[must_use]
    pub fn of_fragment(fragment: &Fragment) -> Self {
        if fragment.is_example() || fragment.is_elsewhere() {
            return Self::default();
        }
        let Self(mut changes) = definitions(fragment.text());
        let is_hole_at = |span: Span| fragment.holes().iter().any(|hole| span.start < hole.end && hole.start < span.end);
        // What nobody knows may stand between the brackets, as far as they can be seen.
        let closing = fragment.text().rfind(')').unwrap_or(0);
        let is_open = fragment.open().iter().any(|open| (open.start as usize) < closing);
        for change in &mut changes {
            change.keyspace.take_if(|keyspace| is_hole(keyspace));
            match &mut change.kind {
                ChangeKind::CreateTable { columns, whole, .. } => {
                    *whole &= !is_open && !columns.iter().any(|column| is_hole_at(column.span));
                    columns.iter_mut().for_each(|column| column.span = fragment.host(column.span));
                }
                ChangeKind::AddColumns(columns) => {
                    columns.iter_mut().for_each(|column| column.span = fragment.host(column.span));
                }
                ChangeKind::CreateType { whole, .. } => *whole &= !is_open && fragment.holes().is_empty(),
                ChangeKind::ChangeType(_, _, span) => *span = fragment.host(*span),
                ChangeKind::DropColumns(_)
                | ChangeKind::RenameColumns(_)
                | ChangeKind::DefaultTtl(_)
                | ChangeKind::DropTable
                | ChangeKind::DropKeyspace
                | ChangeKind::AddFields(_)
                | ChangeKind::RenameFields(_)
                | ChangeKind::DropType
                | ChangeKind::CreateFunction { .. }
                | ChangeKind::DropFunction
                | ChangeKind::CreateUnread
                | ChangeKind::Broken => {}
            }
        }
        // With a part that only the running program knows, the name may be any.
        let mut named_partly: Vec<_> =
            changes.iter().filter(|change| is_hole_at(change.at) && !is_hole(&change.name)).cloned().collect();
        named_partly.iter_mut().for_each(|change| change.name = Fragment::HOLE.to_string());
        changes.append(&mut named_partly);
        Self(changes)
    }

    /// Whether both make the same schema, wherever their parts stand in the text.
    ///
    /// ```
    /// use cqlint_analysis::definitions;
    ///
    /// let table = definitions("CREATE TABLE t (k int PRIMARY KEY)");
    /// assert!(table.says_the_same(&definitions("\n\nCREATE TABLE t (k int PRIMARY KEY);")));
    /// assert!(!table.says_the_same(&definitions("CREATE TABLE t (k text PRIMARY KEY)")));
    /// ```
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let without_places = |definitions: &Self| {
            let mut changes = definitions.0.clone();
            for change in &mut changes {
                change.at = Span::default();
                if let ChangeKind::CreateTable { columns, .. } | ChangeKind::AddColumns(columns) = &mut change.kind {
                    columns.iter_mut().for_each(|column| column.span = Span::default());
                }
                if let ChangeKind::ChangeType(_, _, span) = &mut change.kind {
                    *span = Span::default();
                }
            }
            changes
        };
        self.0.len() == other.0.len() && without_places(self) == without_places(other)
    }

    /// These, and behind them others.
    pub fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

/// Whether a name stands for one that the program puts in: see [`Fragment::HOLE`].
pub(crate) fn is_hole(name: &str) -> bool {
    name.starts_with(Fragment::HOLE)
}

/// Reads the definitions of tables, types and functions in a text; other statements are passed over.
#[must_use]
pub fn definitions(text: &str) -> Definitions {
    let mut found = Vec::new();
    let mut keyspace: Option<String> = None;
    let mut parser = Parser::new(Dialects::ALL);
    let mut script =
        parser.script(text).only(|first| matches!(first, Keyword::Create | Keyword::Alter | Keyword::Drop | Keyword::Use));
    while let Some(parsed) = script.next() {
        let statement = match parsed.piece {
            Piece::Statement(statement) => statement,
            Piece::Broken => {
                found.push(Change { keyspace: None, name: String::new(), at: parsed.span, kind: ChangeKind::Broken });
                continue;
            }
            Piece::ShellCommand => continue,
        };
        if let Statement::Use(name) = statement {
            keyspace = Some(name.value(text).into_owned());
            continue;
        }
        let reader = Reader { text, tree: script.tree(), keyspace: keyspace.as_deref() };
        found.extend(reader.change(&statement));
    }
    Definitions(found)
}

struct Reader<'a> {
    text: &'a str,
    tree: &'a Tree,
    keyspace: Option<&'a str>,
}

impl Reader<'_> {
    fn change(&self, statement: &Statement) -> Option<Change> {
        match statement {
            Statement::CreateTable(table) => Some(self.named(table.name, self.table(table))),
            Statement::AlterTable(table) => {
                let kind = match table.change {
                    TableChange::Add(_, columns) => ChangeKind::AddColumns(self.columns(columns)),
                    TableChange::Drop(_, names) => {
                        ChangeKind::DropColumns(self.tree.list(names).iter().map(|name| self.value(*name)).collect())
                    }
                    TableChange::Rename(_, names) => ChangeKind::RenameColumns(self.pairs(names)),
                    TableChange::Type(name, of) => {
                        ChangeKind::ChangeType(self.value(name), DataType::read(self.text, self.tree, &of), name.span)
                    }
                    TableChange::Properties(properties) => ChangeKind::DefaultTtl(self.default_ttl(properties)?),
                    TableChange::Column(_) | TableChange::DropCompactStorage | TableChange::TtlColumn | TableChange::Graph => {
                        return None;
                    }
                };
                Some(self.named(table.name, kind))
            }
            Statement::CreateType(user) => {
                Some(self.named(user.name, ChangeKind::CreateType { fields: self.fields(user.fields), whole: true }))
            }
            Statement::CreateFunction(function) => {
                let kind = ChangeKind::CreateFunction {
                    deterministic: function.deterministic,
                    arguments: Some(self.fields(function.arguments)),
                };
                Some(self.named(function.name, kind))
            }
            Statement::Definition(definition) => {
                let kind = match definition.object {
                    Object::DropTable | Object::DropView => ChangeKind::DropTable,
                    Object::DropKeyspace => ChangeKind::DropKeyspace,
                    Object::AlterTypeAdd | Object::AlterTypeChange => ChangeKind::AddFields(self.fields(definition.columns)),
                    Object::AlterTypeRename => ChangeKind::RenameFields(self.pairs(definition.names)),
                    Object::DropType => ChangeKind::DropType,
                    // An aggregate is called as a function is.
                    Object::CreateAggregate => ChangeKind::CreateFunction { deterministic: false, arguments: None },
                    Object::DropFunction | Object::DropAggregate => ChangeKind::DropFunction,
                    Object::CopyTable | Object::CreateView => ChangeKind::CreateUnread,
                    Object::CreateKeyspace
                    | Object::AlterKeyspace
                    | Object::CreateIndex
                    | Object::DropIndex
                    | Object::AlterView
                    | Object::CreateTrigger
                    | Object::DropTrigger
                    | Object::CreateRole
                    | Object::AlterRole
                    | Object::DropRole
                    | Object::CreateUser
                    | Object::AlterUser
                    | Object::DropUser
                    | Object::AddIdentity
                    | Object::DropIdentity
                    | Object::CreateServiceLevel
                    | Object::AlterServiceLevel
                    | Object::DropServiceLevel
                    | Object::AttachServiceLevel
                    | Object::DetachServiceLevel
                    | Object::Comment
                    | Object::SecurityLabel
                    | Object::Restrict
                    | Object::CreateSearchIndex
                    | Object::AlterSearchIndex
                    | Object::DropSearchIndex
                    | Object::ManageSearchIndex => return None,
                };
                Some(self.named(definition.name?, kind))
            }
            Statement::Select(_)
            | Statement::Insert(_)
            | Statement::Update(_)
            | Statement::Delete(_)
            | Statement::Batch(_)
            | Statement::Transaction(_)
            | Statement::Truncate(_)
            | Statement::PruneView(_)
            | Statement::Use(_)
            | Statement::Describe(_)
            | Statement::List(_)
            | Statement::Grant(_)
            | Statement::Revoke(_) => None,
        }
    }

    fn named(&self, name: QualifiedName, kind: ChangeKind) -> Change {
        let keyspace = name.keyspace.map(|keyspace| self.value(keyspace)).or_else(|| self.keyspace.map(ToOwned::to_owned));
        Change { keyspace, name: self.value(name.name), at: name.name.span, kind }
    }

    fn value(&self, name: Name) -> String {
        name.value(self.text).into_owned()
    }

    fn table(&self, table: &CreateTable) -> ChangeKind {
        let mut columns = self.columns(table.columns);
        let mut whole = true;
        let keys = [(table.partition_key, Role::PartitionKey), (table.clustering_key, Role::ClusteringKey)];
        for (names, role) in keys {
            for name in self.tree.list(names) {
                let name = name.value(self.text);
                // What is no column is a name that only the running program knows.
                whole &= columns.iter().any(|column| column.name == name);
                for column in columns.iter_mut().filter(|column| column.name == name) {
                    column.role = role;
                }
            }
        }
        let has = |role: Role| columns.iter().any(|column| column.role == role);
        // A table of keys alone may have columns that only COMPACT STORAGE hides.
        whole &= has(Role::PartitionKey) && (has(Role::Regular) || !self.is_compact(table.properties));
        let default_ttl = self.default_ttl(table.properties).unwrap_or(false);
        ChangeKind::CreateTable { columns, default_ttl, whole }
    }

    fn columns(&self, columns: List<ColumnDefinition>) -> Vec<NewColumn> {
        let column = |column: &ColumnDefinition| NewColumn {
            name: self.value(column.name),
            data_type: DataType::read(self.text, self.tree, &column.of),
            role: match (column.is_key, column.is_static) {
                (true, _) => Role::PartitionKey,
                (false, true) => Role::Static,
                (false, false) => Role::Regular,
            },
            span: column.name.span.to(column.of.span),
        };
        self.tree.list(columns).iter().map(column).collect()
    }

    fn fields(&self, fields: List<ColumnDefinition>) -> Vec<(String, Option<DataType>)> {
        let field = |field: &ColumnDefinition| (self.value(field.name), DataType::read(self.text, self.tree, &field.of));
        self.tree.list(fields).iter().map(field).collect()
    }

    fn pairs(&self, names: List<Name>) -> Vec<(String, String)> {
        let pair = |pair: &[Name]| match pair {
            [from, to] => Some((self.value(*from), self.value(*to))),
            _ => None,
        };
        self.tree.list(names).chunks(2).filter_map(pair).collect()
    }

    fn is_compact(&self, properties: List<Property>) -> bool {
        let compact = Keyword::Compact.text();
        let begins = |property: &Property| property.span.text(self.text).get(..compact.len());
        self.tree
            .list(properties)
            .iter()
            .any(|property| property.name.is_none() && begins(property).is_some_and(|first| first.eq_ignore_ascii_case(compact)))
    }

    /// Whether `default_time_to_live` is set to more than zero; nothing when it is not mentioned.
    fn default_ttl(&self, properties: List<Property>) -> Option<bool> {
        let named = |name: Name| name.value(self.text) == "default_time_to_live";
        let property = self.tree.list(properties).iter().find(|property| property.name.is_some_and(named))?;
        let value = self.tree.get(property.value?)?.span.text(self.text).to_string();
        Some(value.trim_matches('\'').bytes().any(|byte| byte != b'0'))
    }
}

//! Definitions of many texts to one schema.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::{Change, ChangeKind, NewColumn};
use super::definitions::{Definitions, is_hole};
use super::{Column, Conflict, Function, Place, Schema, Table, UserType, meets};

/// Applies all definitions in their order. A change of something that a later text creates is made when that is known:
/// `alter.cql` sorts before `create.cql`.
pub(super) fn build(sources: impl IntoIterator<Item = (u32, Definitions)>) -> Schema {
    let mut schema = Schema::default();
    let mut waiting = Vec::new();
    for (source, definitions) in sources {
        for change in definitions.0 {
            if let Err(change) = schema.apply(source, change) {
                waiting.push((source, *change));
            }
        }
    }
    for (source, change) in waiting {
        // What is still unknown was created elsewhere.
        if let Err(change) = schema.apply(source, change)
            && change.kind.is_of_table()
        {
            schema.beyond.table_names.insert(change.name);
        }
    }
    schema
}

impl Schema {
    /// Applies one definition; gives it back when what it changes is not known.
    fn apply(&mut self, source: u32, change: Change) -> Result<(), Box<Change>> {
        let Change { keyspace, name, at, kind } = change;
        if is_hole(&name) {
            self.beyond.named_by_program(&kind);
            return Ok(());
        }
        match kind {
            ChangeKind::CreateTable { columns, default_ttl, whole } => {
                let fresh = NewTable { columns, default_ttl, whole };
                self.create_table(source, keyspace, name, fresh);
            }
            ChangeKind::CreateUnread => {
                self.beyond.table_names.insert(name);
            }
            ChangeKind::Broken => self.beyond.anything(),
            ChangeKind::CreateType { fields, whole } => {
                let known = self.types.entry(name).or_default();
                let fields: BTreeMap<_, _> = fields.into_iter().collect();
                match known.iter_mut().find(|user| user.keyspace == keyspace) {
                    Some(user) => {
                        user.whole &= whole && user.fields == fields;
                        // The same type twice: a field whose types disagree is not known.
                        for (field, data_type) in fields {
                            let merged = match user.fields.get(&field) {
                                Some(before) if *before != data_type => None,
                                _ => data_type,
                            };
                            user.fields.insert(field, merged);
                        }
                    }
                    None => known.push(UserType { keyspace, fields, whole }),
                }
            }
            ChangeKind::AddFields(fields) => {
                let Some(user) = find_type(&mut self.types, keyspace.as_deref(), &name) else {
                    return Err(Box::new(Change { keyspace, name, at, kind: ChangeKind::AddFields(fields) }));
                };
                user.fields.extend(fields);
            }
            ChangeKind::RenameFields(pairs) => {
                let Some(user) = find_type(&mut self.types, keyspace.as_deref(), &name) else {
                    return Err(Box::new(Change { keyspace, name, at, kind: ChangeKind::RenameFields(pairs) }));
                };
                // Statements may still speak of the old names.
                user.whole = false;
                for (from, to) in pairs {
                    if let Some(data_type) = user.fields.remove(&from) {
                        user.fields.insert(to, data_type);
                    }
                }
            }
            ChangeKind::DropType => {
                if let Some(known) = self.types.get_mut(&name) {
                    known.retain(|user| !meets(user.keyspace.as_deref(), keyspace.as_deref()));
                    // The name stays: what speaks of it may come before this.
                }
            }
            ChangeKind::CreateFunction { deterministic, arguments } => {
                self.functions.entry(name).or_default().push(Function { keyspace, deterministic, arguments });
            }
            // A dropped function may still be what a statement elsewhere calls: knowing it is the safer side.
            ChangeKind::DropFunction => {}
            ChangeKind::DropKeyspace => {
                let tables = self.tables.values_mut().flatten();
                for table in tables.filter(|table| table.keyspace.as_deref() == Some(name.as_str())) {
                    table.dropped = true;
                }
            }
            kind @ (ChangeKind::AddColumns(_)
            | ChangeKind::DropColumns(_)
            | ChangeKind::RenameColumns(_)
            | ChangeKind::ChangeType(..)
            | ChangeKind::DefaultTtl(_)
            | ChangeKind::DropTable) => {
                let change = Change { keyspace, name, at, kind };
                return self.change_table(source, change);
            }
        }
        Ok(())
    }

    fn create_table(&mut self, source: u32, keyspace: Option<String>, name: String, fresh: NewTable) {
        let known = self.tables.entry(name.clone()).or_default();
        let dropped = known.iter().position(|table| table.dropped && table.keyspace == keyspace);
        let before = dropped.map(|dropped| known.remove(dropped));
        let NewTable { columns, default_ttl, whole } = fresh;
        let Some(table) = known.iter_mut().find(|table| table.keyspace == keyspace) else {
            // Statements may still speak of the one that was dropped.
            let whole = whole && before.is_none_or(|before| before.whole && before.is_made_of(&columns));
            let columns = columns.into_iter().map(|column| (column.name.clone(), column.into_column(source))).collect();
            known.push(Table { keyspace, columns, former: Vec::new(), whole, default_ttl, dropped: false });
            return;
        };
        table.whole &= whole && table.is_made_of(&columns);
        table.default_ttl |= default_ttl;
        let mut conflicts = Vec::new();
        for column in columns {
            merge(source, &name, table, column, &mut conflicts);
        }
        self.conflicts.append(&mut conflicts);
    }

    fn change_table(&mut self, source: u32, change: Change) -> Result<(), Box<Change>> {
        let Change { keyspace, name, at, kind } = change;
        let found = self.tables.get_mut(&name).and_then(|tables| {
            let exact = tables.iter().position(|table| table.keyspace == keyspace);
            let place = exact.or_else(|| tables.iter().position(|table| meets(table.keyspace.as_deref(), keyspace.as_deref())))?;
            tables.get_mut(place)
        });
        if found.is_none() && matches!(kind, ChangeKind::DropTable) {
            // Scripts often begin with it.
            return Ok(());
        }
        let Some(table) = found else { return Err(Box::new(Change { keyspace, name, at, kind })) };
        let mut conflicts = Vec::new();
        match kind {
            ChangeKind::AddColumns(columns) => {
                table.whole &= !columns.iter().any(|column| is_hole(&column.name));
                for column in columns {
                    merge(source, &name, table, column, &mut conflicts);
                }
            }
            ChangeKind::DropColumns(names) => {
                for name in names {
                    table.columns.remove(&name);
                    table.former.push(name);
                }
            }
            ChangeKind::RenameColumns(pairs) => {
                for (from, to) in pairs {
                    if let Some(column) = table.columns.remove(&from) {
                        table.columns.insert(to, column);
                    }
                    table.former.push(from);
                }
            }
            ChangeKind::ChangeType(column, data_type, span) => {
                if let Some(column) = table.columns.get_mut(&column) {
                    column.data_type = data_type;
                    column.origin = Place { source, span };
                }
            }
            ChangeKind::DefaultTtl(default_ttl) => table.default_ttl = default_ttl,
            ChangeKind::DropTable => table.dropped = true,
            ChangeKind::CreateTable { .. }
            | ChangeKind::CreateUnread
            | ChangeKind::Broken
            | ChangeKind::CreateType { .. }
            | ChangeKind::AddFields(_)
            | ChangeKind::RenameFields(_)
            | ChangeKind::DropType
            | ChangeKind::CreateFunction { .. }
            | ChangeKind::DropFunction
            | ChangeKind::DropKeyspace => {}
        }
        self.conflicts.append(&mut conflicts);
        Ok(())
    }
}

/// What a CREATE TABLE says.
struct NewTable {
    columns: Vec<NewColumn>,
    default_ttl: bool,
    whole: bool,
}

impl Table {
    /// Whether these are its columns, and no others.
    fn is_made_of(&self, columns: &[NewColumn]) -> bool {
        let is_same = |column: &NewColumn| {
            let own = self.columns.get(&column.name);
            own.is_some_and(|own| own.data_type == column.data_type && own.role == Some(column.role))
        };
        self.columns.len() == columns.len() && columns.iter().all(is_same)
    }
}

impl NewColumn {
    fn into_column(self, source: u32) -> Column {
        Column { data_type: self.data_type, role: Some(self.role), origin: Place { source, span: self.span } }
    }
}

/// Adds a column; where it is known already, keeps what both definitions say.
fn merge(source: u32, name: &str, table: &mut Table, column: NewColumn, conflicts: &mut Vec<Conflict>) {
    let Some(before) = table.columns.get_mut(&column.name) else {
        table.columns.insert(column.name.clone(), column.into_column(source));
        return;
    };
    let same_type = before.data_type == column.data_type;
    let same_role = before.role == Some(column.role);
    if same_type && same_role {
        return;
    }
    let already = before.data_type.is_none() || before.role.is_none();
    if !same_type {
        before.data_type = None;
    }
    if !same_role {
        before.role = None;
    }
    if !already {
        conflicts.push(Conflict {
            place: Place { source, span: column.span },
            first: before.origin,
            about: format!("column `{}` of table `{name}`", column.name),
        });
    }
}

fn find_type<'m>(types: &'m mut BTreeMap<String, Vec<UserType>>, keyspace: Option<&str>, name: &str) -> Option<&'m mut UserType> {
    types.get_mut(name)?.iter_mut().find(|user| meets(user.keyspace.as_deref(), keyspace))
}

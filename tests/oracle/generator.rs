//! Statements made by chance on the tables of `schema.cql`: of the right form and the right types, and mostly accepted.

use scylla::cluster::metadata::ColumnKind;
use scylla::frame::response::result::{CollectionType, ColumnType, NativeType};

use super::draft::Draft;
use super::statement::{Statement, Work, Write};
use super::terms::term;
use super::values;
use crate::grammar::Random;

/// A column of a table.
#[derive(Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) typ: ColumnType<'static>,
    pub(crate) kind: ColumnKind,
}

/// A table; its partition key is `k int`.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) keyspace: String,
    pub(crate) name: String,
    /// In the order of their names, the clustering key first.
    pub(crate) columns: Vec<Column>,
}

impl Table {
    pub(crate) fn full_name(&self) -> String {
        format!("{}.{}", self.keyspace, self.name)
    }

    pub(crate) fn clustering(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.kind == ColumnKind::Clustering)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Regular | ColumnKind::Static))
    }

    pub(crate) fn has_counters(&self) -> bool {
        self.values().any(|column| column.typ == ColumnType::Native(NativeType::Counter))
    }
}

/// Makes statements, the same ones for the same seed.
pub(crate) struct Generator<'t> {
    pub(crate) tables: &'t [Table],
    pub(crate) random: Random,
}

impl Generator<'_> {
    /// The next statement; every seventh is a batch.
    pub(crate) fn statement(&mut self) -> Statement {
        let table = self.random.below(self.tables.len());
        if self.random.below(7) > 0 {
            return Statement::Single(self.write(table, false));
        }
        let kind = match (self.tables[table].has_counters(), self.random.below(2)) {
            (true, 0) => "COUNTER ",
            (true, _) | (false, 0) => "UNLOGGED ",
            (false, _) => "",
        };
        let members: Vec<_> = (0..1 + self.random.below(3)).map(|_| self.write(table, true)).collect();
        let using = if members.iter().all(|member| member.using.is_empty()) { self.using(table, false) } else { Vec::new() };
        Statement::Batch { kind, using, members }
    }

    /// A write on the table. In a batch conditions are rarer: each makes the whole batch one.
    pub(crate) fn write(&mut self, table: usize, in_batch: bool) -> Write {
        let is_conditional = self.random.below(if in_batch { 12 } else { 5 }) == 0;
        let has_counters = self.tables[table].has_counters();
        match self.random.below(8) {
            0..3 if !has_counters => self.insert(table, is_conditional),
            3..6 => self.update(table, is_conditional && !has_counters),
            0..6 => self.update(table, false),
            _ => self.delete(table, is_conditional && !has_counters),
        }
    }

    fn insert(&mut self, table: usize, is_conditional: bool) -> Write {
        let definition = &self.tables[table];
        let keys: Vec<_> = definition.clustering().cloned().collect();
        let chosen = self.some_values(table, 3);
        let work = if self.random.below(6) == 0 {
            let members = keys.iter().chain(&chosen).map(|column| format!("\"{}\": {}", column.name, self.json(&column.typ)));
            let members: Vec<_> = members.collect();
            let default = *self.random.pick(&["", " DEFAULT NULL", " DEFAULT UNSET"]);
            Work::Json { members, default }
        } else {
            Work::Insert {
                key: keys.iter().map(|column| (column.name.clone(), self.key_term(table, &column.typ))).collect(),
                values: chosen.iter().map(|column| (column.name.clone(), self.term(table, &column.typ))).collect(),
            }
        };
        let condition = if is_conditional { vec![Draft::new("NOT EXISTS")] } else { Vec::new() };
        let using = self.using(table, true);
        Write { table: definition.full_name(), work, using, restrictions: Vec::new(), condition }
    }

    fn update(&mut self, table: usize, is_conditional: bool) -> Write {
        let chosen = self.some_values(table, 2);
        let is_static = chosen.iter().all(|column| column.kind == ColumnKind::Static);
        let mut assignments: Vec<_> = chosen.iter().map(|column| self.assignment(table, column, is_conditional)).collect();
        if matches!(chosen[0].typ, ColumnType::Collection { frozen: false, .. }) && self.random.below(4) == 0 {
            // A second element of the same collection.
            assignments.push(self.assignment(table, &chosen[0], is_conditional));
        }
        let restrictions = if is_static { Vec::new() } else { self.whole_key(table) };
        let condition = if is_conditional { self.condition(table) } else { Vec::new() };
        let using = self.using(table, true);
        Write { table: self.tables[table].full_name(), work: Work::Update(assignments), using, restrictions, condition }
    }

    fn delete(&mut self, table: usize, is_conditional: bool) -> Write {
        let whole_rows = self.random.below(2) == 0;
        let chosen = if whole_rows { Vec::new() } else { self.some_values(table, 2) };
        let targets: Vec<_> = chosen.iter().map(|column| self.target(table, column)).collect();
        let is_static = !targets.is_empty() && chosen.iter().all(|column| column.kind == ColumnKind::Static);
        let restrictions = match self.random.below(3) {
            _ if is_static => Vec::new(),
            0 if whole_rows && !is_conditional => self.range(table),
            1 if whole_rows && !is_conditional => Vec::new(),
            _ => self.whole_key(table),
        };
        let condition = if is_conditional { self.condition(table) } else { Vec::new() };
        let using = self.using(table, false);
        Write { table: self.tables[table].full_name(), work: Work::Delete(targets), using, restrictions, condition }
    }

    /// One to `most` columns that are no keys.
    fn some_values(&mut self, table: usize, most: usize) -> Vec<Column> {
        let mut values: Vec<_> = self.tables[table].values().cloned().collect();
        let count = (1 + self.random.below(most)).min(values.len());
        (0..count).map(|_| values.remove(self.random.below(values.len()))).collect()
    }

    fn term(&mut self, table: usize, typ: &ColumnType<'static>) -> Draft {
        term(typ, &self.tables[table].keyspace, &mut self.random)
    }

    /// Mostly something that meets the rows that are there.
    fn key_term(&mut self, table: usize, typ: &ColumnType<'static>) -> Draft {
        match self.random.below(4) {
            0 => self.term(table, typ),
            1 => Draft::marker(typ.clone()),
            _ => self.literal(typ),
        }
    }

    fn literal(&mut self, typ: &ColumnType<'_>) -> Draft {
        Draft::new(values::literal(typ, &mut self.random))
    }

    fn using(&mut self, table: usize, may_expire: bool) -> Vec<Draft> {
        let bigint = ColumnType::Native(NativeType::BigInt);
        let mut using = Vec::new();
        if self.tables[table].has_counters() {
            return using;
        }
        if may_expire && self.random.below(8) == 0 {
            using.push(Draft::new("TTL ").then(match self.random.below(4) {
                0 => Draft::seconds(),
                1 => Draft::new("0"),
                _ => Draft::new("1000"),
            }));
        }
        if self.random.below(8) == 0 {
            using.push(Draft::new("TIMESTAMP ").then(if self.random.below(3) == 0 {
                Draft::marker(bigint)
            } else {
                Draft::new("7")
            }));
        }
        using
    }

    fn whole_key(&mut self, table: usize) -> Vec<Draft> {
        let columns: Vec<_> = self.tables[table].clustering().cloned().collect();
        let last = columns.len() - 1;
        let restrictions = columns.iter().enumerate().map(|(number, column)| {
            if number == last && self.random.below(12) == 0 {
                let terms = [self.literal(&column.typ), self.key_term(table, &column.typ)];
                return Draft::new(format!("{} IN (", column.name)).then(Draft::join(terms, ", ")).text(")");
            }
            Draft::new(format!("{} = ", column.name)).then(self.key_term(table, &column.typ))
        });
        restrictions.collect()
    }

    fn range(&mut self, table: usize) -> Vec<Draft> {
        let columns: Vec<_> = self.tables[table].clustering().cloned().collect();
        let bound = self.random.below(columns.len());
        let mut restrictions: Vec<_> = columns[..bound]
            .iter()
            .map(|column| Draft::new(format!("{} = ", column.name)).then(self.key_term(table, &column.typ)))
            .collect();
        let column = &columns[bound];
        for operator in *self.random.pick(&[&["<"][..], &["<="], &[">"], &[">="], &[">=", "<"]]) {
            restrictions.push(Draft::new(format!("{} {operator} ", column.name)).then(self.term(table, &column.typ)));
        }
        restrictions
    }

    fn condition(&mut self, table: usize) -> Vec<Draft> {
        if self.random.below(3) == 0 {
            return vec![Draft::new("EXISTS")];
        }
        let conditions = self.some_values(table, 2).into_iter().map(|column| {
            let operator = *self.random.pick(&["=", "=", "!=", "<", ">="]);
            let (place, typ) = match &column.typ {
                ColumnType::Collection { frozen: false, typ: CollectionType::List(of) } if self.random.below(2) == 0 => {
                    (format!("{}[0]", column.name), (**of).clone())
                }
                typ => (column.name.clone(), typ.clone()),
            };
            let term = if self.random.below(4) == 0 { Draft::new("null") } else { self.term(table, &typ) };
            Draft::new(format!("{place} {operator} ")).then(term)
        });
        conditions.collect()
    }

    /// What UPDATE can do with the column.
    fn assignment(&mut self, table: usize, column: &Column, is_conditional: bool) -> Draft {
        let (name, typ) = (&column.name, &column.typ);
        let number = ColumnType::Native(NativeType::Int);
        let choice = self.random.below(8);
        match typ {
            ColumnType::Native(NativeType::Counter) => {
                let operation = *self.random.pick(&["{} = {} + ", "{} = {} - ", "{} += ", "{} -= "]);
                let amount = if choice < 3 { Draft::marker(typ.clone()) } else { self.literal(typ) };
                Draft::new(operation.replace("{}", name)).then(amount)
            }
            ColumnType::Collection { frozen: false, typ: CollectionType::List(of) } => match choice {
                0 => Draft::new(format!("{name} = {name} + ")).then(self.term(table, typ)),
                1 => Draft::new(format!("{name} = ")).then(self.term(table, typ)).text(&format!(" + {name}")),
                2 => Draft::new(format!("{name} = {name} - ")).then(self.term(table, typ)),
                3 => Draft::new(format!("{name} += ")).then(self.term(table, typ)),
                4 => Draft::new(format!("{name} -= ")).then(self.term(table, typ)),
                5 => Draft::new(format!("{name}[")).then(self.term(table, &number)).text("] = ").then(self.term(table, of)),
                _ => Draft::new(format!("{name} = ")).then(self.term(table, typ)),
            },
            ColumnType::Collection { frozen: false, typ: CollectionType::Set(_) } => match choice {
                0 | 1 => Draft::new(format!("{name} = {name} + ")).then(self.term(table, typ)),
                2 => Draft::new(format!("{name} = {name} - ")).then(self.term(table, typ)),
                3 => Draft::new(format!("{name} += ")).then(self.term(table, typ)),
                4 => Draft::new(format!("{name} -= ")).then(self.term(table, typ)),
                _ => Draft::new(format!("{name} = ")).then(self.term(table, typ)),
            },
            ColumnType::Collection { frozen: false, typ: CollectionType::Map(key, value) } => {
                let keys = ColumnType::Collection { frozen: false, typ: CollectionType::Set(key.clone()) };
                match choice {
                    0 => Draft::new(format!("{name} = {name} + ")).then(self.term(table, typ)),
                    1 => Draft::new(format!("{name} += ")).then(self.term(table, typ)),
                    2 => Draft::new(format!("{name} = {name} - ")).then(self.term(table, &keys)),
                    3 => Draft::new(format!("{name} -= ")).then(self.term(table, &keys)),
                    4 | 5 => Draft::new(format!("{name}[")).then(self.term(table, key)).text("] = ").then(self.term(table, value)),
                    _ => Draft::new(format!("{name} = ")).then(self.term(table, typ)),
                }
            }
            ColumnType::UserDefinedType { frozen: false, definition } if choice < 4 => {
                let (field, typ) = self.random.pick(&definition.field_types).clone();
                Draft::new(format!("{name}.{field} = ")).then(self.term(table, &typ))
            }
            ColumnType::Native(NativeType::Int | NativeType::Text | NativeType::Decimal) if is_conditional && choice < 3 => {
                let operation = *self.random.pick(&["{} += ", "{} = {} + "]);
                Draft::new(operation.replace("{}", name)).then(self.term(table, typ))
            }
            _ => Draft::new(format!("{name} = ")).then(self.term(table, typ)),
        }
    }

    /// What DELETE can name of the column.
    fn target(&mut self, table: usize, column: &Column) -> Draft {
        let name = &column.name;
        let number = ColumnType::Native(NativeType::Int);
        let element =
            |typ: &ColumnType<'static>, own: &mut Self| Draft::new(format!("{name}[")).then(own.term(table, typ)).text("]");
        match &column.typ {
            _ if self.random.below(2) == 0 => Draft::new(name.as_str()),
            ColumnType::Collection { frozen: false, typ: CollectionType::List(_) } => element(&number, self),
            ColumnType::Collection { frozen: false, typ: CollectionType::Set(of) } => element(of, self),
            ColumnType::Collection { frozen: false, typ: CollectionType::Map(key, _) } => element(key, self),
            ColumnType::UserDefinedType { frozen: false, definition } => {
                Draft::new(format!("{name}.{}", self.random.pick(&definition.field_types).0))
            }
            _ => Draft::new(name.as_str()),
        }
    }

    /// A value of the type as JSON; of most types only null.
    fn json(&mut self, typ: &ColumnType<'_>) -> String {
        let list = |of: &ColumnType<'_>, own: &mut Self| {
            let elements: Vec<_> = (0..own.random.below(3)).map(|_| own.json(of)).collect();
            format!("[{}]", elements.join(", "))
        };
        match typ {
            ColumnType::Native(NativeType::Int) => (*self.random.pick(&["0", "1", "2", "-1"])).to_owned(),
            ColumnType::Native(NativeType::Text) => (*self.random.pick(&["\"a\"", "\"b\"", "\"now\"", "null"])).to_owned(),
            ColumnType::Native(NativeType::Timestamp) => {
                (*self.random.pick(&["\"now\"", "\"NOW\"", "0", "\"2026-01-01T00:00:00Z\""])).to_owned()
            }
            ColumnType::Native(NativeType::Timeuuid) => "\"13814000-1dd2-11b2-8080-808080808080\"".to_owned(),
            ColumnType::Collection { typ: CollectionType::List(of) | CollectionType::Set(of), .. } => list(of, self),
            ColumnType::Collection { typ: CollectionType::Map(_, value), .. } => format!("{{\"1\": {}}}", self.json(value)),
            ColumnType::UserDefinedType { definition, .. } => {
                let fields = definition.field_types.iter().map(|(name, typ)| format!("\"{name}\": {}", self.json(typ)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            _ => "null".to_owned(),
        }
    }
}

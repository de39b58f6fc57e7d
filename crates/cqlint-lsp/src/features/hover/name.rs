//! What a name means, as far as the workspace knows.

use std::path::Path;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::syntax::ast::NativeType;
use cqlint_analysis::{ColumnView, DataType, Mention, Options, Role, Sense, TableView, What};

use super::Prose;
use crate::features::functions::{Native, native, natives};
use crate::names::Index;
use crate::names::spelling::written;

/// So many columns or fields are shown.
const PARTS: usize = 24;

/// So many places are named where a thing is defined.
const PLACES: usize = 3;

/// A name, and what is known around it.
pub(super) struct About<'a> {
    pub(super) mention: &'a Mention,
    pub(super) options: &'a Options<'a>,
    pub(super) index: &'a Index,
    /// The folder of the page.
    pub(super) folder: &'a Path,
}

impl About<'_> {
    pub(super) fn describe(&self, prose: &mut Prose) {
        let Mention { what, name, .. } = self.mention;
        match what {
            What::Column => self.column(prose),
            What::Table | What::View => self.table(prose),
            What::Type => self.user_type(prose),
            What::Field => self.field(prose),
            What::Function | What::Aggregate => self.function(prose),
            What::Keyspace | What::Index | What::Role => prose.paragraph(format!("{} `{name}`", what.name())),
        }
        self.places(prose);
    }

    /// The name with what it belongs to before it.
    fn qualified(&self, keyspace: Option<&str>, name: &str) -> String {
        keyspace.map_or_else(|| name.to_owned(), |keyspace| format!("{keyspace}.{name}"))
    }

    /// What the schema knows of a table; of a view what it knows of the table behind it.
    fn view(&self, name: &str) -> Option<TableView<'_>> {
        let keyspace = self.mention.keyspace.as_deref();
        self.options.schema?.table(keyspace, name)
    }

    fn column(&self, prose: &mut Prose) {
        let name = &self.mention.name;
        let Some(owner) = self.mention.owner.as_deref() else {
            return prose.paragraph(format!("column `{name}` of a table that only the program knows"));
        };
        let bases = self.index.defining(self.mention);
        let bases = bases.iter().filter_map(|base| base.owner.as_deref());
        let known = [owner].into_iter().chain(bases).find_map(|table| Some((table, self.view(table)?.column(name)?)));
        let Some((table, column)) = known else {
            return prose.paragraph(format!("column `{name}` of `{owner}`, of which nothing is defined in the workspace"));
        };
        prose.code(format!("{} {}", written(What::Column, name), type_of(&column)));
        let role = role(&column).map(|role| format!("{role} of")).unwrap_or_else(|| "column of".to_owned());
        let keyspace = self.view(table).and_then(TableView::keyspace);
        let view = if table == owner { String::new() } else { format!(", read through `{owner}`") };
        prose.paragraph(format!("{role} `{}`{view}", self.qualified(keyspace, table)));
    }

    fn table(&self, prose: &mut Prose) {
        let Mention { name, what, keyspace, .. } = self.mention;
        let Some(view) = self.view(name) else {
            let defined = self.index.defining(self.mention);
            let base = defined.iter().find_map(|base| base.owner.as_deref());
            let said = match (base, defined.first()) {
                (Some(base), Some(own)) if own.what == What::View => format!("materialized view `{name}` of `{base}`"),
                (Some(base), _) => format!("table `{name}`, made like `{base}`"),
                (None, _) => format!("{} `{name}`, of which nothing is defined in the workspace", what.name()),
            };
            return prose.paragraph(said);
        };
        let keyspace = keyspace.as_deref().or(view.keyspace());
        let columns = view.named_columns();
        let line = |(name, column): &(&str, ColumnView<'_>)| {
            let role = role(column).map(|role| format!("  -- {role}")).unwrap_or_default();
            (format!("{} {}", written(What::Column, name), type_of(column)), role)
        };
        prose.code(listed(&format!("TABLE {}", self.qualified(keyspace, name)), columns.iter().map(line).collect()));
        let uses = self.index.occurrences(self.mention).iter().filter(|place| place.sense == Sense::Uses).count();
        if uses > 0 {
            prose.paragraph(format!("used by {uses} {}", if uses == 1 { "statement" } else { "statements" }));
        }
    }

    fn user_type(&self, prose: &mut Prose) {
        let Mention { name, keyspace, .. } = self.mention;
        let fields = self.options.schema.into_iter().flat_map(|schema| schema.fields_of(keyspace.as_deref(), name));
        let fields: Vec<_> =
            fields.map(|(field, of)| (format!("{} {}", written(What::Field, field), type_name(of)), String::new())).collect();
        if fields.is_empty() {
            return prose.paragraph(format!("type `{name}`, of which nothing is defined in the workspace"));
        }
        prose.code(listed(&format!("TYPE {}", self.qualified(keyspace.as_deref(), name)), fields));
    }

    fn field(&self, prose: &mut Prose) {
        let name = &self.mention.name;
        let defined = self.index.defining(self.mention);
        let mut types: Vec<_> =
            defined.iter().filter_map(|field| Some((field.keyspace.as_deref(), field.owner.as_deref()?))).collect();
        types.dedup();
        for (keyspace, of) in types.iter().take(PLACES) {
            let fields = self.options.schema.into_iter().flat_map(|schema| schema.fields_of(*keyspace, of));
            if let Some((_, data_type)) = fields.into_iter().find(|(field, _)| field == name) {
                prose.code(format!("{} {}", written(What::Field, name), type_name(data_type)));
            }
            prose.paragraph(format!("field of type `{}`", self.qualified(*keyspace, of)));
        }
        if types.is_empty() {
            prose.paragraph(format!("field `{name}`"));
        }
    }

    fn function(&self, prose: &mut Prose) {
        let Mention { name, what, keyspace, .. } = self.mention;
        if let Some(function) = native(name).filter(|_| self.index.defining(self.mention).is_empty()) {
            return describe_native(function, prose);
        }
        let known = self.options.schema.into_iter().flat_map(|schema| schema.functions());
        let is_it = |own: Option<&str>, other: &str| {
            other == name && own.zip(keyspace.as_deref()).is_none_or(|(own, keyspace)| own == keyspace)
        };
        let mut promised = known.filter(|(own, other, _)| is_it(*own, other)).map(|(_, _, promised)| promised).peekable();
        let said = if promised.peek().is_none() {
            "of which nothing is defined in the workspace: nobody knows whether it answers the same each time"
        } else if promised.all(|promised| promised) {
            "deterministic, as its author promises"
        } else {
            "of which nobody says that it answers the same each time"
        };
        prose.paragraph(format!("user {} `{name}`, {said}", what.name()));
    }

    fn places(&self, prose: &mut Prose) {
        let places = self.index.definitions_of(self.mention);
        let show = |place: &crate::names::Occurrence<'_>| {
            let path = place.path.strip_prefix(self.folder).unwrap_or(place.path);
            format!("`{}:{}`", path.display(), place.line)
        };
        let mut named: Vec<_> = places.iter().take(PLACES).map(show).collect();
        if let Some(others) = places.len().checked_sub(PLACES).filter(|others| *others > 0) {
            named.push(format!("{others} more"));
        }
        if !named.is_empty() {
            prose.paragraph(format!("defined in {}", named.join(", ")));
        }
    }
}

/// What the table of native functions says of one.
fn describe_native(function: &Native, prose: &mut Prose) {
    prose.code(function.signature());
    let answers = if function.is_deterministic {
        "**deterministic**: the same answer for the same arguments"
    } else {
        "**not deterministic**: another answer each time"
    };
    prose.paragraph(answers);
    let mut said = Vec::new();
    if let Some(since) = &function.since {
        said.push(format!("since Cassandra {since}"));
    }
    if function.dialects != Dialects::NONE {
        said.push(format!("known to {}", function.dialects));
    }
    // An alias is the same name with or without its underscores.
    let bare = |name: &str| name.replace('_', "");
    let aliases = natives().iter().filter(|other| other.name != function.name && bare(&other.name) == bare(&function.name));
    let aliases: Vec<_> = aliases.map(|alias| format!("`{}` ({})", alias.name, alias.detail())).collect();
    if !aliases.is_empty() {
        said.push(format!("also called {}", aliases.join(", ")));
    }
    if !function.note.is_empty() {
        said.push(function.note.clone());
    }
    prose.list(said);
}

/// `HEAD (`, the parts with what is said behind each, `)`.
fn listed(head: &str, parts: Vec<(String, String)>) -> String {
    let others = parts.len().saturating_sub(PARTS);
    let shown = parts.len().min(PARTS);
    let mut lines = vec![format!("{head} (")];
    for (at, (part, note)) in parts.into_iter().take(PARTS).enumerate() {
        let comma = if at + 1 == shown && others == 0 { "" } else { "," };
        lines.push(format!("  {part}{comma}{note}"));
    }
    if others > 0 {
        lines.push(format!("  -- and {others} more"));
    }
    lines.push(")".to_owned());
    lines.join("\n")
}

fn role(column: &ColumnView<'_>) -> Option<&'static str> {
    match column.role? {
        Role::PartitionKey => Some("partition key"),
        Role::ClusteringKey => Some("clustering key"),
        Role::Static => Some("static column"),
        Role::Regular => (column.data_type == Some(&DataType::Native(NativeType::Counter))).then_some("counter"),
    }
}

fn type_of(column: &ColumnView<'_>) -> String {
    type_name(column.data_type)
}

fn type_name(of: Option<&DataType>) -> String {
    of.map_or_else(|| "?  -- definitions disagree".to_owned(), ToString::to_string)
}

//! Names: tables, columns, types and functions, as the schema and the statement itself know them.

use std::collections::BTreeSet;

use cqlint_analysis::syntax::ast::NativeType;
use cqlint_analysis::syntax::{Dialects, KEYWORDS, Keyword, Meaning, TokenKind};
use cqlint_analysis::{ColumnView, DataType, Role, Schema, TableView};

use super::draft::Draft;
use super::{Kind, Offer};
use crate::features::functions::natives;
use crate::features::statements::value;

/// Where a value can stand.
const VALUES: [&str; 4] = ["a value", "a literal", "a tuple", "a list of values"];

pub(super) fn offer(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    if draft.typed.starts_with('\'') || draft.is_setting() {
        return;
    }
    let schema = draft.page.options.schema;
    let is_new = draft.is_new();
    if let Some(schema) = schema {
        if draft.expects(&["a table", "a view", "a resource", "what to describe"]) {
            tables(draft, schema, is_new, offers);
        }
        if draft.qualifier.is_none() && draft.expects(&["a keyspace"]) && !is_new {
            let names = keyspaces(schema);
            offers.extend(names.iter().map(|name| Offer::new(Kind::Keyspace, 10, written(name))));
        }
    }
    // What is selected is made of columns, however deep.
    let is_selected = draft.clause() == Keyword::Select && draft.expects(&VALUES);
    let takes_columns = is_selected || draft.expects(&["a column", "a selector", "a field"]);
    if takes_columns && draft.qualifier.is_none() {
        columns(draft, offers);
    }
    if draft.qualifier.is_none() && draft.expects(&VALUES) {
        own_column(draft, offers);
    }
    if draft.qualifier.is_some() && (draft.expects(&["a column", "a selector", "`.`"]) || takes_columns) {
        fields(draft, offers);
    }
    let may_be_hint = draft.is_behind(TokenKind::OpenParen) && draft.expects(&VALUES);
    if draft.expects(&["a type", "a native type", "the name of a type"]) || may_be_hint || draft.is_in_type() {
        types(draft, if may_be_hint { 80 } else { 20 }, is_new, offers);
    }
    if draft.expects(&["a value", "a selector", "a function"]) && !is_new {
        functions(draft, offers);
    } else if matches!(draft.clause(), Keyword::Where | Keyword::By) && draft.expects(&["a column"]) {
        // Only ScyllaDB takes another function here.
        if draft.page.options.dialects.meets(Dialects::SCYLLA) {
            functions(draft, offers);
        }
        offers.push(Offer::new(Kind::Function, 61, "token").with_snippet("token($1)".to_owned()));
    }
}

/// How a name is written: in quotes where it needs them.
pub(super) fn written(name: &str) -> String {
    let is_plain = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_reserved =
        |(keyword, text): &(Keyword, &str)| text.eq_ignore_ascii_case(name) && keyword.reserved_in().meets(Dialects::ALL);
    if is_plain && !KEYWORDS.iter().any(is_reserved) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

fn keyspaces(schema: &Schema) -> BTreeSet<&str> {
    let all = schema.tables().map(|(keyspace, _)| keyspace).chain(schema.types().map(|(keyspace, _)| keyspace));
    all.chain(schema.functions().map(|(keyspace, ..)| keyspace)).flatten().collect()
}

/// Tables of the keyspace in force, those of others with their keyspaces, and keyspaces.
fn tables(draft: &Draft<'_>, schema: &Schema, is_new: bool, offers: &mut Vec<Offer>) {
    let own = draft.qualifier.as_ref().or(draft.statement.keyspace.as_ref());
    for (keyspace, name) in schema.tables().filter(|_| !is_new) {
        let is_near = own.is_none_or(|own| keyspace.is_none_or(|keyspace| keyspace == own));
        let detail = keyspace.map_or_else(|| "table".to_owned(), |keyspace| format!("table of {keyspace}"));
        let documentation = schema.table(keyspace, name).map(page_of);
        if is_near && (draft.qualifier.is_some() || keyspace.is_none() || keyspace == own.map(String::as_str)) {
            offers.push(Offer { documentation, ..Offer::new(Kind::Table, 10, written(name)).with_detail(detail) });
        } else if draft.qualifier.is_none() {
            let keyspace = keyspace.map(|keyspace| format!("{}.", written(keyspace))).unwrap_or_default();
            let label = format!("{keyspace}{}", written(name));
            let offer = Offer::new(Kind::Table, 12, label).with_detail(detail.clone());
            offers.push(Offer { documentation: documentation.clone(), ..offer });
            if own.is_none() {
                // A program may have said which keyspace is in force.
                offers.push(Offer { documentation, ..Offer::new(Kind::Table, 14, written(name)).with_detail(detail) });
            }
        }
    }
    if draft.qualifier.is_none() {
        offers.extend(keyspaces(schema).iter().map(|name| Offer::new(Kind::Keyspace, 30, written(name))));
    }
}

/// The columns of a table, in Markdown.
fn page_of(table: TableView<'_>) -> String {
    let line = |(name, column): (&str, ColumnView<'_>)| format!("- `{}` {}", written(name), detail(column));
    table.named_columns().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn columns(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let statement = &draft.statement;
    let clause = draft.clause();
    let is_creation = statement.keyword(0) == Keyword::Create && statement.keyword(1) == Keyword::Table;
    let is_definition = is_creation && !matches!(clause, Keyword::Key | Keyword::By);
    // A column that is added or renamed gets a name of its own.
    if is_definition || matches!(clause, Keyword::Add | Keyword::To) {
        return;
    }
    let part = statement.part(draft.len());
    let named: Vec<_> = part
        .filter(|at| statement.meaning(*at) == Meaning::Column)
        .filter_map(|at| Some(value(statement.text, *statement.tokens.get(at)?)))
        .collect();
    if is_creation {
        let names: BTreeSet<_> = named.iter().collect();
        offers.extend(names.into_iter().map(|name| Offer::new(Kind::Column, 10, written(name))));
        return;
    }
    let Some(table) = draft.table().and_then(|table| table.view(draft.page.options)) else { return };
    for (name, column) in table.named_columns() {
        let is_named = named.iter().any(|named| named == name);
        // Each column can be inserted once.
        if is_named && clause == Keyword::Into {
            continue;
        }
        let rank = rank(clause, column.role) + if is_named { 10 } else { 0 };
        offers.push(Offer::new(Kind::Column, rank, written(name)).with_detail(detail(column)));
    }
}

/// `text, partition key`.
fn detail(column: ColumnView<'_>) -> String {
    let of = column.data_type.map_or_else(|| "of a type that is not known".to_owned(), DataType::to_string);
    match column.role {
        Some(Role::PartitionKey) => format!("{of}, partition key"),
        Some(Role::ClusteringKey) => format!("{of}, clustering key"),
        Some(Role::Static) => format!("{of}, static"),
        Some(Role::Regular) | None => of,
    }
}

/// Where the key counts, it comes first; where it cannot be changed, last.
fn rank(clause: Keyword, role: Option<Role>) -> u32 {
    let place = match role {
        Some(Role::PartitionKey) => 0,
        Some(Role::ClusteringKey) => 1,
        Some(Role::Static | Role::Regular) | None => 2,
    };
    match clause {
        Keyword::Set | Keyword::If | Keyword::Delete | Keyword::Drop => 13 - place,
        _ => 10 + place,
    }
}

/// In an assignment the column itself, to add to it.
fn own_column(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let statement = &draft.statement;
    let is_assigned = |at: &usize| statement.meaning(*at) == Meaning::Column && statement.kind(at + 1) == TokenKind::Equal;
    let assigned = statement.part(draft.len()).rfind(is_assigned).filter(|_| draft.clause() == Keyword::Set);
    if let Some(token) = assigned.and_then(|at| statement.tokens.get(at)) {
        offers.push(Offer::new(Kind::Column, 40, written(&value(statement.text, *token))));
    }
}

/// The fields of the user type that the column before the dot has.
fn fields(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let Some(schema) = draft.page.options.schema else { return };
    let Some(table) = draft.table() else { return };
    let column = draft.qualifier.as_ref().zip(table.view(draft.page.options)).and_then(|(name, view)| view.column(name));
    let Some(DataType::User(keyspace, name)) = column.and_then(|column| column.data_type).map(DataType::thawed) else { return };
    for (field, of) in schema.fields_of(keyspace.as_deref().or(table.keyspace.as_deref()), name) {
        let offer = Offer::new(Kind::Field, 10, written(field));
        offers.push(match of {
            Some(of) => offer.with_detail(of.to_string()),
            None => offer,
        });
    }
}

fn types(draft: &Draft<'_>, rank: u32, is_new: bool, offers: &mut Vec<Offer>) {
    let is_target = draft.expects(&["a type"]) || !draft.expects(&["the name of a type"]);
    if is_target && draft.qualifier.is_none() {
        offers.extend(NativeType::ALL.iter().map(|native| Offer::new(Kind::Type, rank, native.text())));
    }
    if is_target && draft.qualifier.is_none() && !draft.expects(&["a native type"]) {
        for snippet in ["list<$1>", "set<$1>", "map<$1, $2>", "tuple<$1>", "frozen<$1>", "vector<${1:float}, ${2:3}>"] {
            let label = snippet.split('<').next().unwrap_or_default();
            offers.push(Offer::new(Kind::Type, rank + 1, label).with_snippet(snippet.to_owned()));
        }
    }
    let users = draft.page.options.schema.into_iter().flat_map(Schema::types).filter(|_| !is_new);
    let own = draft.qualifier.as_ref().or(draft.statement.keyspace.as_ref());
    for (keyspace, name) in users {
        if own.is_none_or(|own| keyspace.is_none_or(|keyspace| keyspace == own)) {
            offers.push(Offer::new(Kind::Type, rank + 2, written(name)).with_detail("user type"));
        }
    }
}

fn functions(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let dialects = draft.page.options.dialects;
    // Whoever has typed the parentheses keeps them.
    let call = |name: &str, has_arguments: bool| format!("{name}({})", if has_arguments { "$1" } else { "" });
    // The native ones have a keyspace, too.
    if draft.qualifier.as_ref().is_none_or(|keyspace| keyspace == "system") {
        for native in natives().iter().filter(|native| native.dialects.meets(dialects)) {
            let offer = Offer::new(Kind::Function, 60, native.name.clone()).with_detail(native.detail());
            let note = Some(native.note.as_str()).filter(|note| !note.is_empty()).map(|note| format!("\n\n{note}"));
            let documentation = Some(format!("`{}`{}", native.signature(), note.unwrap_or_default()));
            offers.push(Offer { documentation, ..offer.with_snippet(call(&native.name, !native.parameters.is_empty())) });
        }
        for name in ["cast", "maxwritetime", "token", "ttl", "writetime"] {
            offers.push(Offer::new(Kind::Function, 61, name).with_snippet(call(name, true)));
        }
    }
    let own = draft.qualifier.as_ref().or(draft.statement.keyspace.as_ref());
    for (keyspace, name, is_deterministic) in draft.page.options.schema.into_iter().flat_map(Schema::functions) {
        if own.is_none_or(|own| keyspace.is_none_or(|keyspace| keyspace == own)) {
            let detail = if is_deterministic { "user function, deterministic" } else { "user function" };
            let name = written(name);
            offers.push(Offer::new(Kind::Function, 55, name.clone()).with_detail(detail).with_snippet(call(&name, true)));
        }
    }
}

//! Signature help: the arguments of a function, and the columns that the values of an INSERT go into.

use cqlint_analysis::syntax::{Keyword, Meaning, TokenKind};
use cqlint_analysis::{DataType, Schema};

use super::functions::{Native, native};
use super::statements::{Written, started, value};
use super::unfinished::with_unfinished;
use crate::page::Page;

/// What a call takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    /// The whole of it: `to_date(timeuuid | timestamp) → date`.
    pub(crate) label: String,
    /// The parameters, each as a part of the label, in bytes.
    pub(crate) parameters: Vec<std::ops::Range<usize>>,
    /// The number of the one at the cursor; as many as there are when it stands behind them.
    pub(crate) active: usize,
    /// More about it, in Markdown.
    pub(crate) documentation: Option<String>,
}

/// What is called at a byte of the page; several when the name is that of several functions.
pub(crate) fn signatures(page: &Page<'_>, at: u32) -> Vec<Signature> {
    with_unfinished(page, at, |page| of_statement(page, at).unwrap_or_default())
}

fn of_statement(page: &Page<'_>, at: u32) -> Option<Vec<Signature>> {
    let (passage, inside) = page.passage_at(at)?;
    let before = passage.text().get(..inside as usize)?;
    let (tokens, keyspace) = started(before, page.options)?;
    let statement = Written::new(before, tokens, page.options.dialects, keyspace);
    let (open, active) = call(&statement)?;
    let name = open.checked_sub(1)?;
    if statement.keyword(name) == Keyword::Values {
        return Some(inserted(page, &statement, open, active).into_iter().collect());
    }
    let is_function = statement.meaning(name) == Meaning::Function || statement.understood <= name;
    let token = statement.tokens.get(name).filter(|_| is_function)?;
    let called = value(before, *token);
    let own = page.options.schema.map_or_else(Vec::new, |schema| of_user(schema, &statement, name, &called, active));
    let other = native(&called).map(|native| of_native(native, active)).or_else(|| special(&called, active));
    Some(if own.is_empty() { other.into_iter().collect() } else { own })
}

/// The parenthesis that is open, and how many commas stand behind it.
fn call(statement: &Written<'_>) -> Option<(usize, usize)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, token) in statement.tokens.iter().enumerate() {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket => open.push((at, 0)),
            TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket => _ = open.pop(),
            TokenKind::Comma => {
                if let Some((_, commas)) = open.last_mut() {
                    *commas += 1;
                }
            }
            // Nothing stays open from one member of a block to the next.
            TokenKind::Semicolon => open.clear(),
            _ => {}
        }
    }
    // A list or a map may be an argument.
    open.into_iter().rfind(|(at, _)| statement.kind(*at) == TokenKind::OpenParen)
}

/// Puts a label together from what stands before, between and behind the parameters.
fn signature(before: &str, parameters: impl Iterator<Item = String>, behind: &str, active: usize) -> Signature {
    let mut label = before.to_owned();
    let mut ranges = Vec::new();
    for (at, parameter) in parameters.enumerate() {
        label.push_str(if at == 0 { "" } else { ", " });
        ranges.push(label.len()..label.len() + parameter.len());
        label.push_str(&parameter);
    }
    label.push_str(behind);
    Signature { label, active: active.min(ranges.len()), parameters: ranges, documentation: None }
}

fn of_native(native: &Native, active: usize) -> Signature {
    let parameters = native.parameters.iter();
    let parameters =
        parameters.map(|parameter| if parameter.is_optional { format!("[{}]", parameter.types) } else { parameter.types.clone() });
    let returns = if native.returns.is_empty() { ")".to_owned() } else { format!(") → {}", native.returns) };
    let note = Some(native.note.as_str()).filter(|note| !note.is_empty()).map(|note| format!("; {note}"));
    let documentation = Some(format!("{}{}", native.detail(), note.unwrap_or_default()));
    Signature { documentation, ..signature(&format!("{}(", native.name), parameters, &returns, active) }
}

/// What is written as a function and has a grammar of its own.
fn special(name: &str, active: usize) -> Option<Signature> {
    let (parameters, behind) = match name {
        "writetime" | "maxwritetime" => (&["column"][..], ") → bigint"),
        "ttl" => (&["column"][..], ") → int"),
        "cast" => (&["value AS type"][..], ")"),
        "token" => (&["column or value of the partition key", "…"][..], ") → bigint"),
        _ => return None,
    };
    Some(signature(&format!("{name}("), parameters.iter().map(|parameter| (*parameter).to_owned()), behind, active))
}

fn of_user(schema: &Schema, statement: &Written<'_>, at: usize, name: &str, active: usize) -> Vec<Signature> {
    let keyspace = statement.qualifier(at).or_else(|| statement.keyspace.clone());
    let own = schema.arguments_of(keyspace.as_deref(), name);
    let one = |arguments: &[(String, Option<DataType>)]| {
        let parameters = arguments.iter().map(|(name, of)| with_type(name, of.as_ref()));
        signature(&format!("{name}("), parameters, ")", active)
    };
    own.map(one).collect()
}

/// The columns of an INSERT whose values are being written.
fn inserted(page: &Page<'_>, statement: &Written<'_>, open: usize, active: usize) -> Option<Signature> {
    let part = statement.part(open);
    let columns: Vec<_> = (part.start..open).filter(|at| statement.meaning(*at) == Meaning::Column).collect();
    let name = statement.table(open)?;
    let table = name.view(page.options);
    let parameter = |at: &usize| {
        let column = value(statement.text, *statement.tokens.get(*at)?);
        let of = table.and_then(|table| table.column(&column)).and_then(|column| column.data_type);
        Some(with_type(&column, of))
    };
    let parameters = columns.iter().filter_map(parameter);
    Some(signature(&format!("{} (", name.name), parameters, ")", active)).filter(|signature| !signature.parameters.is_empty())
}

fn with_type(name: &str, of: Option<&DataType>) -> String {
    of.map_or_else(|| name.to_owned(), |of| format!("{name} {of}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;

    const SCHEMA: &str = "CREATE TABLE shop.orders (id uuid PRIMARY KEY, total int, tags set<text>);
CREATE FUNCTION shop.share(v int, whole int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return v / whole;';";

    /// The labels, with the active parameter in brackets.
    fn shown(name: &str, text: &str) -> Vec<String> {
        with_page(name, text, SCHEMA, |page, at| {
            let show = |signature: &Signature| match signature.parameters.get(signature.active) {
                Some(range) => {
                    let Signature { label, .. } = signature;
                    format!("{}⟦{}⟧{}", &label[..range.start], &label[range.clone()], &label[range.end..])
                }
                None => signature.label.clone(),
            };
            signatures(page, at).iter().map(show).collect()
        })
    }

    #[test]
    fn arguments_are_shown() {
        for (text, expected) in [
            ("SELECT to_date($0", &["to_date(⟦timeuuid | timestamp⟧) → date"][..]),
            ("SELECT to_date($0id) FROM shop.orders", &["to_date(⟦timeuuid | timestamp⟧) → date"]),
            ("SELECT id, now($0", &["now() → timeuuid"]),
            ("SELECT shop.share(total, $0) FROM shop.orders", &["share(v int, ⟦whole int⟧)"]),
            ("USE shop; UPDATE orders SET total = share($0", &["share(⟦v int⟧, whole int)"]),
            ("SELECT max(share(1, 2), $0", &["max(any) → the argument's type"]),
            ("SELECT writetime($0", &["writetime(⟦column⟧) → bigint"]),
            ("INSERT INTO shop.orders (id, total, tags) VALUES ($0", &["orders (⟦id uuid⟧, total int, tags set<text>)"]),
            ("INSERT INTO shop.orders (id, total, tags) VALUES (?, $0", &["orders (id uuid, ⟦total int⟧, tags set<text>)"]),
            (
                "INSERT INTO shop.orders (id, total, tags) VALUES (?, 3, {'é',\r\n 'b$0'})",
                &["orders (id uuid, total int, ⟦tags set<text>⟧)"],
            ),
            ("INSERT INTO shop.orders (id, total) VALUES (now(), to_date($0", &["to_date(⟦timeuuid | timestamp⟧) → date"]),
            ("INSERT INTO nobody (a, b) VALUES (1, $0", &["nobody (a, ⟦b⟧)"]),
            ("BEGIN BATCH INSERT INTO nobody (a) VALUES (1); INSERT INTO shop.orders (id) VALUES ($0", &["orders (⟦id uuid⟧)"]),
            ("INSERT INTO shop.orders (id, $0", &[]),
            ("SELECT a$0 FROM t", &[]),
            ("SELECT nobody($0", &[]),
            ("-- to_date($0", &[]),
        ] {
            assert_eq!(shown("a.cql", text), expected, "{text}");
        }
    }

    #[test]
    fn programs_have_signatures() {
        let java = "import com.datastax.A; class A { String a = \"INSERT INTO shop.orders (id, total) VALUES (?, $0\"; }";
        assert_eq!(shown("A.java", java), ["orders (id uuid, ⟦total int⟧)"]);
        let python = "q = \"SELECT to_date($0id) FROM shop.orders\"\n";
        assert_eq!(shown("a.py", python), ["to_date(⟦timeuuid | timestamp⟧) → date"]);
        assert_eq!(shown("a.go", "package a\nfunc f() { g($0) }\nvar q = `SELECT a FROM b`\n"), Vec::<String>::new());
    }
}

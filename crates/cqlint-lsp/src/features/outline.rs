//! What stands on a page, as a tree: tables with their columns, types with their fields, and every other statement.

use cqlint_analysis::syntax::ast::{ColumnDefinition, Statement};
use cqlint_analysis::syntax::{Keyword, Parsed, Parser, Piece, Span, Token, TokenKind, Tree, print};
use cqlint_analysis::{Fragment, Mention, Sense, What, mentions};

use crate::page::{Page, Passage};

pub(crate) mod search;

/// A thing or a statement on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    /// What people look for: the name of a thing, or `UPDATE orders`.
    pub(crate) name: String,
    /// The type of a column, or the beginning of a statement.
    pub(crate) detail: String,
    /// What is defined; nothing for a statement that defines nothing.
    pub(crate) what: Option<What>,
    /// The whole statement or definition.
    pub(crate) span: Span,
    /// The name in it, which is never outside.
    pub(crate) name_span: Span,
    /// Columns and fields.
    pub(crate) children: Vec<Symbol>,
}

/// So many characters of a statement are shown.
const DETAIL: usize = 60;

/// The things and statements on a page, from first to last.
pub(crate) fn outline(page: &Page<'_>) -> Vec<Symbol> {
    page.passages().flat_map(|passage| of_passage(page, passage)).collect()
}

fn of_passage(page: &Page<'_>, passage: Passage<'_>) -> Vec<Symbol> {
    let text = passage.text();
    let named = mentions(text, &passage.options(page.options));
    let mut parser = Parser::new(page.options.dialects);
    let mut script = parser.script(text);
    let mut symbols = Vec::new();
    while let Some(Parsed { span, piece, .. }) = script.next() {
        let Piece::Statement(statement) = piece else { continue };
        let from = named.partition_point(|mention| mention.span.start < span.start);
        let until = named.partition_point(|mention| mention.span.start < span.end);
        let own = named.get(from..until).unwrap_or_default();
        let place = Place { passage, span: passage.fragment().map_or(span, |fragment| fragment.place(span)) };
        symbols.push(place.symbol(&statement, script.tree(), script.tokens(), own));
    }
    symbols
}

/// A statement of a passage, and where it stands on the page.
struct Place<'a> {
    passage: Passage<'a>,
    span: Span,
}

impl Place<'_> {
    fn symbol(&self, statement: &Statement, tree: &Tree, tokens: &[Token], named: &[Mention]) -> Symbol {
        let text = self.passage.text();
        let printed = print(text, tokens);
        let subject = subject(named);
        let detail = shortened(&printed);
        let (name, detail, what, children) = match subject {
            Some(subject) if subject.sense == Sense::Creates => {
                (subject.name.clone(), subject.what.name().to_owned(), Some(subject.what), self.parts(statement, tree))
            }
            Some(subject) => (format!("{} {}", verb(text, tokens, subject.span.start), subject.name), detail, None, Vec::new()),
            None => (verb(text, tokens, u32::MAX), detail, None, Vec::new()),
        };
        let name_span = subject.map_or(self.span, |subject| self.inside(subject.span));
        Symbol { name, detail, what, span: self.span, name_span, children }
    }

    /// The place on the page, when it is within that of the statement.
    fn inside(&self, span: Span) -> Span {
        let host = self.passage.host(span);
        if self.span.start <= host.start && host.end <= self.span.end { host } else { self.span }
    }

    /// The columns or fields that a statement defines.
    fn parts(&self, statement: &Statement, tree: &Tree) -> Vec<Symbol> {
        let text = self.passage.text();
        let (what, parts) = match statement {
            Statement::CreateTable(table) => (What::Column, tree.list(table.columns)),
            Statement::CreateType(user) => (What::Field, tree.list(user.fields)),
            _ => return Vec::new(),
        };
        let part = |part: &ColumnDefinition| Symbol {
            name: part.name.value(text).into_owned(),
            detail: part.of.span.text(text).to_owned(),
            what: Some(what),
            span: self.inside(part.name.span.to(part.of.span)),
            name_span: self.inside(part.name.span),
            children: Vec::new(),
        };
        // What the program puts in has no name yet.
        let is_known = |part: &&ColumnDefinition| !part.name.value(text).contains(Fragment::HOLE);
        parts.iter().filter(is_known).map(part).collect()
    }
}

/// What a statement is about: the thing that it defines, or else the first that it names.
fn subject(named: &[Mention]) -> Option<&Mention> {
    let is_part = |mention: &&Mention| matches!(mention.what, What::Column | What::Field);
    let is_thing = |mention: &&Mention| !is_part(mention) && !matches!(mention.what, What::Keyspace | What::Function);
    let created = named.iter().find(|mention| mention.sense == Sense::Creates && !is_part(mention));
    created.or_else(|| named.iter().find(is_thing)).or_else(|| named.iter().find(|mention| !is_part(mention)))
}

/// The words that say what a statement does: `UPDATE`, `ALTER TABLE`, `BEGIN UNLOGGED BATCH`.
fn verb(text: &str, tokens: &[Token], until: u32) -> String {
    let Some(first) = tokens.first() else { return String::new() };
    let names_its_object = matches!(first.keyword, Keyword::Create | Keyword::Alter | Keyword::Drop | Keyword::Begin);
    let is_verb = |token: &&Token| {
        token.kind == TokenKind::Word
            && !matches!(
                token.keyword,
                Keyword::None | Keyword::If | Keyword::On | Keyword::Insert | Keyword::Update | Keyword::Delete
            )
            && token.span.start < until
    };
    let others = tokens.iter().skip(1).take_while(is_verb).take(if names_its_object { 2 } else { 0 });
    let words: Vec<_> = [first].into_iter().chain(others).map(|token| token.span.text(text).to_ascii_uppercase()).collect();
    words.join(" ")
}

fn shortened(printed: &str) -> String {
    match printed.char_indices().nth(DETAIL) {
        Some((end, _)) => format!("{}…", printed.get(..end).unwrap_or_default().trim_end()),
        None => printed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;

    /// `name: detail`, children behind it in brackets.
    fn show(symbol: &Symbol) -> String {
        let children: Vec<_> = symbol.children.iter().map(show).collect();
        let children = if children.is_empty() { String::new() } else { format!(" [{}]", children.join(", ")) };
        format!("{}: {}{children}", symbol.name, symbol.detail)
    }

    fn shown(name: &str, text: &str) -> Vec<String> {
        with_page(name, text, "", |page, _| outline(page).iter().map(show).collect())
    }

    #[test]
    fn pages_of_cql() {
        for (text, expected) in [
            ("CREATE TABLE shop.t (a int PRIMARY KEY, \"B\" frozen<list<int>> STATIC)", "t: table [a: int, B: frozen<list<int>>]"),
            ("CREATE TYPE address (street text)", "address: type [street: text]"),
            ("CREATE KEYSPACE shop WITH replication = {'class': 'x'}", "shop: keyspace"),
            ("CREATE INDEX i ON t (a)", "i: index"),
            ("CREATE INDEX ON t (a)", "CREATE INDEX t: CREATE INDEX ON t(a)"),
            ("CREATE MATERIALIZED VIEW v AS SELECT a FROM t WHERE a IS NOT NULL PRIMARY KEY (a)", "v: materialized view"),
            ("CREATE FUNCTION f (x u) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS ''", "f: function"),
            ("CREATE AGGREGATE g (int) SFUNC f STYPE int", "g: aggregate"),
            ("CREATE ROLE r", "r: role"),
            ("update orders set a=1 where k=1", "UPDATE orders: UPDATE orders SET a = 1 WHERE k = 1"),
            ("SELECT ks.f(a) FROM orders", "SELECT orders: SELECT ks.f(a) FROM orders"),
            ("ALTER TABLE orders ADD b int", "ALTER TABLE orders: ALTER TABLE orders ADD b int"),
            ("DROP TABLE IF EXISTS ks.orders", "DROP TABLE orders: DROP TABLE IF EXISTS ks.orders"),
            (
                "BEGIN UNLOGGED BATCH INSERT INTO t (a) VALUES ('é', 1, 2, 3); APPLY BATCH",
                "BEGIN UNLOGGED BATCH t: BEGIN UNLOGGED BATCH INSERT INTO t(a) VALUES('é', 1, 2, 3);…",
            ),
            ("USE shop", "USE shop: USE shop"),
            ("LIST ROLES", "LIST: LIST roles"),
            ("not CQL; -- nothing", ""),
        ] {
            let text = format!("-- é\r\n{text};\r\n");
            assert_eq!(shown("a.cql", &text).join("\n").to_lowercase(), expected.to_lowercase(), "{text}");
        }
    }

    #[test]
    fn programs() {
        let java = "class A { /* é */ void f(Session s, String t) {
            s.execute(\"UPDATE orders \" + \"SET a = 1 WHERE k = 1\");
            s.execute(\"SELECT a FROM \" + t);
            s.execute(\"CREATE TABLE x (a int PRIMARY KEY, b text)\");
        } }";
        let go = "package a\n\nfunc f(s *gocql.Session) {\n\ts.Query(`UPDATE orders\n\t\tSET a = 1 WHERE k = 1`).Exec()\n}\n";
        assert_eq!(
            shown("A.java", java),
            ["UPDATE orders: UPDATE orders SET a = 1 WHERE k = 1", "SELECT: SELECT a FROM \"{t}\"", "x: table [a: int, b: text]"]
        );
        assert_eq!(shown("a.go", go), ["UPDATE orders: UPDATE orders SET a = 1 WHERE k = 1"]);
    }

    #[test]
    fn names_stand_within_what_they_name() {
        let python = "T = 'orders'\ns.execute('UPDATE ' + T + ' SET a = 1 WHERE k = 1')\ns.execute('CREATE TABLE ' + T + ' (a int PRIMARY KEY)')\n";
        let inside = |outer: Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
        fn all(symbols: &[Symbol]) -> Vec<&Symbol> {
            symbols.iter().flat_map(|symbol| [symbol].into_iter().chain(all(&symbol.children))).collect()
        }
        let symbols = with_page("a.py", python, "", |page, _| outline(page));
        assert_eq!(symbols.len(), 2);
        for symbol in all(&symbols) {
            assert!(inside(symbol.span, symbol.name_span), "{symbol:?}");
            assert!(symbol.children.iter().all(|child| inside(symbol.span, child.span)), "{symbol:?}");
        }
    }
}

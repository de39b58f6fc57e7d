//! Semantic tokens: what each word of CQL is, also within the strings of a program.

use cqlint_analysis::syntax::{Keyword, Meaning, Span, TokenKind, comments};

use super::statements::{Written, statements, value};
use crate::page::{Page, Passage};

/// What a token is, by the protocol's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Keyword,
    Type,
    Function,
    Table,
    Column,
    Keyspace,
    Parameter,
    Variable,
    String,
    Number,
    Operator,
    Comment,
}

impl Kind {
    /// All kinds, each at the place of its number.
    pub(crate) const ALL: [Self; 12] = [
        Kind::Keyword,
        Kind::Type,
        Kind::Function,
        Kind::Table,
        Kind::Column,
        Kind::Keyspace,
        Kind::Parameter,
        Kind::Variable,
        Kind::String,
        Kind::Number,
        Kind::Operator,
        Kind::Comment,
    ];

    /// What the protocol calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Kind::Keyword => "keyword",
            Kind::Type => "type",
            Kind::Function => "function",
            Kind::Table => "class",
            Kind::Column => "property",
            Kind::Keyspace => "namespace",
            Kind::Parameter => "parameter",
            Kind::Variable => "variable",
            Kind::String => "string",
            Kind::Number => "number",
            Kind::Operator => "operator",
            Kind::Comment => "comment",
        }
    }
}

/// A token that has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Coloured {
    /// Where it stands on the page, on one line.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether the statement creates what it names.
    pub(crate) is_declaration: bool,
    /// Whether it is a column of a primary key, which no UPDATE can change.
    pub(crate) is_readonly: bool,
}

/// The tokens of a page that touch a place on it, in their order; none overlaps another.
pub(crate) fn tokens(page: &Page<'_>, place: Span) -> Vec<Coloured> {
    let mut found = Vec::new();
    for passage in page.passages() {
        let within = match passage.fragment() {
            Some(fragment) if fragment.home().end < place.start || place.end < fragment.home().start => continue,
            // Its lines may stand in another order, as constants do.
            Some(_) => Span::new(0, passage.text().len() as u32),
            None => place,
        };
        let mut colouring = Colouring { page, passage, found: &mut found };
        for statement in statements(passage.text(), page.options, within) {
            colouring.statement(&statement);
        }
        for comment in comments(passage.text()).filter(|comment| within.start <= comment.end && comment.start <= within.end) {
            colouring.add(comment, Kind::Comment, Modifiers::default());
        }
    }
    found.retain(|token| token.span.start <= place.end && place.start <= token.span.end);
    found.sort_by_key(|token| token.span);
    // Two fragments may be made of the same string.
    let mut end = 0;
    found.retain(|token| {
        let is_free = end <= token.span.start;
        end = end.max(token.span.end);
        is_free
    });
    found
}

#[derive(Clone, Copy, Default)]
struct Modifiers {
    is_declaration: bool,
    is_readonly: bool,
}

struct Colouring<'a, 'f> {
    page: &'a Page<'a>,
    passage: Passage<'a>,
    found: &'f mut Vec<Coloured>,
}

impl Colouring<'_, '_> {
    fn statement(&mut self, statement: &Written<'_>) {
        if statement.is_for_shell {
            let line = statement.span.text(self.passage.text());
            let word = line.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(line.len());
            return self.add(
                Span::new(statement.span.start, statement.span.start + word as u32),
                Kind::Keyword,
                Modifiers::default(),
            );
        }
        let declared = declared(statement);
        // Within the angle brackets of a type these are no operators.
        let mut types = 0_usize;
        for (at, token) in statement.tokens.iter().enumerate() {
            let meaning = statement.meaning(at);
            let before = at.checked_sub(1).map(|before| statement.meaning(before)).unwrap_or_default();
            match token.kind {
                TokenKind::Less if before == Meaning::Type => types += 1,
                TokenKind::Greater if types > 0 => types -= 1,
                // With a blank behind the colon only the name is coloured.
                TokenKind::Colon if statement.meaning(at + 1) == Meaning::Marker => {
                    self.add(token.span, Kind::Parameter, Modifiers::default());
                }
                _ => {
                    if let Some(kind) = kind(statement, at) {
                        let modifiers = Modifiers {
                            is_declaration: declared == Some(at) || is_defined(statement, at),
                            is_readonly: meaning == Meaning::Column && self.is_key(statement, at),
                        };
                        self.add(token.span, kind, modifiers);
                    }
                }
            }
        }
    }

    fn is_key(&self, statement: &Written<'_>, at: usize) -> bool {
        let Some((table, token)) = statement.table(at).zip(statement.tokens.get(at)) else { return false };
        let column = table.view(self.page.options).and_then(|table| table.column(&value(self.passage.text(), *token)));
        column.and_then(|column| column.role).is_some_and(|role| role.is_key())
    }

    /// Adds what stands at a place, line by line.
    fn add(&mut self, span: Span, kind: Kind, modifiers: Modifiers) {
        let mut start = span.start;
        for line in span.text(self.passage.text()).split_inclusive(['\n', '\r']) {
            let length = line.trim_end_matches(['\n', '\r']).len() as u32;
            if let Some(span) = self.passage.exact_host(Span::new(start, start + length)).filter(|_| length > 0) {
                let Modifiers { is_declaration, is_readonly } = modifiers;
                self.found.push(Coloured { span, kind, is_declaration, is_readonly });
            }
            start += line.len() as u32;
        }
    }
}

fn kind(statement: &Written<'_>, at: usize) -> Option<Kind> {
    use TokenKind::{Blob, Duration, EmptyName, Float, Integer, QuotedName, UnterminatedName, UnterminatedString, Uuid, Word};
    let token = statement.tokens.get(at)?;
    let kind = match (statement.meaning(at), token.kind) {
        (Meaning::Keyspace, _) => Kind::Keyspace,
        (Meaning::Table | Meaning::View, _) => Kind::Table,
        (Meaning::Column | Meaning::Field | Meaning::Option, _) => Kind::Column,
        (Meaning::Type, _) => Kind::Type,
        (Meaning::Function, _) => Kind::Function,
        (Meaning::Argument | Meaning::Marker, _) | (_, TokenKind::Question) => Kind::Parameter,
        (Meaning::Index | Meaning::Other, _) => Kind::Variable,
        (Meaning::Word, _) | (_, TokenKind::String | UnterminatedString) => Kind::String,
        // Behind an error any free word may be a name.
        (Meaning::Nothing, Word) => {
            let is_keyword = if at < statement.understood { token.keyword != Keyword::None } else { token.keyword.is_reserved() };
            return is_keyword.then_some(Kind::Keyword);
        }
        (Meaning::Nothing, QuotedName | UnterminatedName | EmptyName) => Kind::Variable,
        (Meaning::Nothing, Integer | Float | Duration | Uuid | Blob) => Kind::Number,
        (
            Meaning::Nothing,
            TokenKind::Plus
            | TokenKind::Minus
            | TokenKind::Star
            | TokenKind::Slash
            | TokenKind::Percent
            | TokenKind::Equal
            | TokenKind::NotEqual
            | TokenKind::Less
            | TokenKind::LessEqual
            | TokenKind::Greater
            | TokenKind::GreaterEqual
            | TokenKind::PlusEqual
            | TokenKind::MinusEqual
            | TokenKind::Range,
        ) => Kind::Operator,
        (
            Meaning::Nothing,
            TokenKind::OpenParen
            | TokenKind::CloseParen
            | TokenKind::OpenBracket
            | TokenKind::CloseBracket
            | TokenKind::OpenBrace
            | TokenKind::CloseBrace
            | TokenKind::Comma
            | TokenKind::Semicolon
            | TokenKind::Colon
            | TokenKind::Dot
            | TokenKind::At
            | TokenKind::UnterminatedComment
            | TokenKind::Unknown
            | TokenKind::End,
        ) => return None,
    };
    Some(kind)
}

/// The name of what a CREATE creates.
fn declared(statement: &Written<'_>) -> Option<usize> {
    let is_named = |at: &usize| statement.meaning(*at) != Meaning::Nothing;
    let first = (0..statement.tokens.len()).find(is_named).filter(|_| statement.keyword(0) == Keyword::Create)?;
    if statement.kind(first + 1) == TokenKind::Dot { Some(first + 2) } else { Some(first) }
}

/// Whether the token is the name of a column, a field or an argument with its type behind it.
fn is_defined(statement: &Written<'_>, at: usize) -> bool {
    let is_definition = matches!(statement.keyword(0), Keyword::Create | Keyword::Alter);
    let is_member = matches!(statement.meaning(at), Meaning::Column | Meaning::Field | Meaning::Argument);
    let has_type = matches!(statement.meaning(at + 1), Meaning::Type | Meaning::Keyspace);
    is_definition && is_member && has_type
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;

    const SCHEMA: &str = "CREATE TABLE shop.orders (id uuid, at timestamp, total int, PRIMARY KEY (id, at))";

    /// `kind:text` of each token; `!` for a declaration, `#` for what nobody can change.
    fn shown(name: &str, text: &str) -> String {
        with_page(name, text, SCHEMA, |page, _| {
            let show = |token: &Coloured| {
                let marks = [(token.is_declaration, "!"), (token.is_readonly, "#")];
                let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
                format!("{}{marks}:{}", token.kind.name(), token.span.text(page.text))
            };
            let all = tokens(page, Span::new(0, page.text.len() as u32));
            all.iter().map(show).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn words_are_what_they_name() {
        for (text, expected) in [
            (
                "SELECT total FROM shop.orders WHERE id = :id -- all",
                "keyword:SELECT property:total keyword:FROM namespace:shop class:orders keyword:WHERE property#:id operator:= \
                 parameter:: parameter:id comment:-- all",
            ),
            (
                "create table t (k int primary key, v frozen<list<ks.u>>)",
                "keyword:create keyword:table class!:t property!#:k type:int keyword:primary keyword:key property!:v type:frozen \
                 type:list namespace:ks type:u",
            ),
            (
                "CREATE KEYSPACE k WITH a = 1",
                "keyword:CREATE keyword:KEYSPACE namespace!:k keyword:WITH property:a operator:= number:1",
            ),
            ("INSERT INTO t (key) VALUES (now())", "keyword:INSERT keyword:INTO class:t property:key keyword:VALUES function:now"),
            (
                "UPDATE t SET a.b = 'x' WHERE c < ?",
                "keyword:UPDATE class:t keyword:SET property:a property:b operator:= string:'x' \
             keyword:WHERE property:c operator:< parameter:?",
            ),
            // What is broken keeps its colours.
            (
                "SELECT a FROM t WHERE WHERE key = 'x",
                "keyword:SELECT property:a keyword:FROM class:t keyword:WHERE keyword:WHERE \
             operator:= string:'x",
            ),
            ("CONSISTENCY QUORUM", "keyword:CONSISTENCY"),
            ("/* a\r\n\r\nb */ USE é", "comment:/* a comment:b */ keyword:USE"),
            ("SELECT '😀\n é' FROM \"T\"", "keyword:SELECT string:'😀 string: é' keyword:FROM class:\"T\""),
        ] {
            assert_eq!(shown("a.cql", text), expected, "{text}");
        }
    }

    #[test]
    fn strings_of_programs_have_colours() {
        let java = "class A { String a = \"DELETE FROM shop.orders WHERE id = ?\"; }";
        let expected = "keyword:DELETE keyword:FROM namespace:shop class:orders keyword:WHERE property#:id operator:= parameter:?";
        assert_eq!(shown("A.java", java), expected);
        let block = "class A { String a = \"\"\"\n    DELETE FROM shop.orders -- é\n    WHERE id = 'a\n    b'\"\"\"; }";
        let expected = "keyword:DELETE keyword:FROM namespace:shop class:orders comment:-- é keyword:WHERE property#:id operator:= \
                        string:'a string:    b'";
        assert_eq!(shown("A.java", block), expected);
        // An escape is not what it stands for.
        let python = "query = \"UPDATE shop.orders SET total = 1\\nWHERE id = %s AND at = '\\u00e9'\"\n";
        assert!(
            shown("a.py", python).ends_with("keyword:WHERE property#:id operator:= keyword:AND property#:at operator:="),
            "{}",
            shown("a.py", python)
        );
    }

    #[test]
    fn a_range_has_its_own() {
        let text = "USE a; USE b; USE c;";
        with_page("a.cql", text, "", |page, _| {
            let found: Vec<_> = tokens(page, Span::new(8, 9)).iter().map(|token| token.span.text(text)).collect();
            assert_eq!(found, ["USE"]);
        });
    }
}

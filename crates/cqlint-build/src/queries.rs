//! Reads files with statements that have names.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use cqlint_analysis::syntax::{Parser, Piece, Statement as Parsed};
use cqlint_analysis::{Analyzer, Claim, Options, StatementAnalysis, Suppressions};
use cqlint_project::read;
use heck::ToSnakeCase;

use crate::knowledge::{deciding, settings};
use crate::mistake::position;
use crate::name::{Name, names};
use crate::statement::blocking;
use crate::{Excerpt, Mistake, Statement};
use cqlint_analysis::Schema;

/// A statement of a file.
pub(crate) struct Query {
    pub(crate) statement: Statement,
    /// The file, as its author would write it.
    pub(crate) path: String,
    /// The line that it begins on, from 1.
    pub(crate) line: usize,
}

/// What becomes of statements that are not marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Unmarked {
    /// They are built.
    #[default]
    Allowed,
    /// They stop the build, unless the file says why they are as they are.
    Denied,
}

/// What is read, one file after the other.
#[derive(Default)]
pub(crate) struct Queries {
    pub(crate) found: Vec<Query>,
    pub(crate) mistakes: Vec<Mistake>,
    /// Where each name stands.
    known: BTreeMap<String, Excerpt>,
}

impl Queries {
    /// Reads a file.
    pub(crate) fn file(&mut self, path: &str, schema: &Schema, unmarked: Unmarked) {
        // What cannot be read, or configured, was told already.
        let (Ok(settings), Ok(text)) = (settings(Path::new(path)), read(Path::new(path))) else { return };
        let deterministic = settings.deterministic();
        let options = deciding(&settings, schema, &deterministic);
        let suppressions = Suppressions::of_cql(&text, options.dialects, settings.reasons);
        let mut names = Vec::new();
        let shared: Arc<str> = text.as_str().into();
        let excerpt = |span: Range<usize>, label: &str| Excerpt {
            path: path.to_owned(),
            text: shared.clone(),
            span,
            label: label.to_owned(),
        };
        for name in self::names(&text) {
            match name {
                Ok(name) => names.push(name),
                Err(wrong) => {
                    // It stands for a name, so that nothing else is said of its statement.
                    names.push(Name { text: String::new(), span: wrong.span.clone() });
                    let mistake = Mistake { help: Some(wrong.help), ..Mistake::new(wrong.message) };
                    self.mistakes.push(mistake.at(excerpt(wrong.span, "")));
                }
            }
        }
        let mut file = File { path, text: &text, excerpt: &excerpt, options, suppressions, unmarked, used: None, names };
        let statements: Vec<_> = Analyzer::new(options.dialects).statements(&text, &options).collect();
        let mut before = 0;
        for statement in &statements {
            file.statement(statement, before, self);
            before = statement.span.range().end;
        }
        if statements.iter().all(|statement| statement.errors.is_empty()) {
            file.lost_names(self);
        }
    }
}

/// One file.
struct File<'a> {
    path: &'a str,
    text: &'a str,
    excerpt: &'a dyn Fn(Range<usize>, &str) -> Excerpt,
    options: Options<'a>,
    suppressions: Suppressions<'a>,
    unmarked: Unmarked,
    /// What the last USE said.
    used: Option<String>,
    /// The names that no statement has yet.
    names: Vec<Name>,
}

impl File<'_> {
    fn statement(&mut self, statement: &StatementAnalysis, before: usize, queries: &mut Queries) {
        let span = statement.span.range();
        let above: Vec<Name> = self.names.extract_if(.., |name| (before..span.start).contains(&name.span.start)).collect();
        if !statement.errors.is_empty() {
            let shared = (self.excerpt)(span, "").text;
            let findings = statement.diagnostics(self.text, &self.options).into_iter();
            queries.mistakes.extend(findings.map(|finding| Mistake::found(finding, self.path, &shared)));
            return;
        }
        let text = statement.span.text(self.text);
        let name = match above.as_slice() {
            [name] => name,
            [] => {
                match keyspace_of_use(text, &self.options) {
                    Some(keyspace) => self.used = Some(keyspace),
                    None => queries.mistakes.push(self.unnamed(span)),
                }
                return;
            }
            [first, .., last] => {
                let related = vec![(self.excerpt)(first.span.clone(), "the first")];
                let help = Some("keep one of them; where each is for a statement of its own, a `;` may be missing".to_owned());
                let mistake = Mistake { related, help, ..Mistake::new("a statement has one name") };
                queries.mistakes.push(mistake.at((self.excerpt)(last.span.clone(), "another")));
                return;
            }
        };
        if name.text.is_empty() || !self.is_new(name, queries) {
            return;
        }
        let options = Options { keyspace: self.used.as_deref().or(self.options.keyspace), ..self.options };
        let claim = self.suppressions.claim(statement).map(Claim::into_owned);
        let built = Statement { claim, ..Statement::new(&name.text, text, &options) };
        if self.unmarked == Unmarked::Denied && built.claim.is_none() {
            self.deny(statement, &name.text, queries);
        }
        let line = position(self.text, span.start).0;
        queries.found.push(Query { statement: built, path: self.path.to_owned(), line });
    }

    fn unnamed(&self, span: Range<usize>) -> Mistake {
        let first_line = self.text.get(span.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
        let excerpt = (self.excerpt)(span.start..span.start + first_line.len(), "what is it called?");
        let help = Some("write a line `-- name: add_tag` above it".to_owned());
        Mistake { help, ..Mistake::new("a statement has no name") }.at(excerpt)
    }

    /// Whether no other statement has the name; two that differ only in case or dashes are one in Rust.
    fn is_new(&self, name: &Name, queries: &mut Queries) -> bool {
        let excerpt = (self.excerpt)(name.span.clone(), "it is taken");
        match queries.known.get(&name.text.to_snake_case()) {
            None => {
                queries.known.insert(name.text.to_snake_case(), excerpt);
                true
            }
            Some(first) => {
                let related = vec![Excerpt { label: "by this statement".to_owned(), ..first.clone() }];
                let help = Some("give one of them another name: each becomes a constant".to_owned());
                let mistake = Mistake { related, help, ..Mistake::new(format!("two statements are called `{}`", name.text)) };
                queries.mistakes.push(mistake.at(excerpt));
                false
            }
        }
    }

    /// Why a statement is not marked, unless the file says why it may be so.
    fn deny(&mut self, statement: &StatementAnalysis, name: &str, queries: &mut Queries) {
        let blocking = blocking(statement, &self.options);
        let told = self.suppressions.statement(statement, self.text, &self.options);
        for finding in told.into_iter().filter(|finding| blocking.contains(finding.rule.name)) {
            let shared = (self.excerpt)(0..0, "").text;
            let found = Mistake::found(finding, self.path, &shared);
            let message = format!("`{name}` is not marked idempotent: {}", found.message);
            let why = "or say why it may be so above it: `-- cqlint: not-idempotent: REASON`";
            let help = found.help.map_or_else(|| why.to_owned(), |help| format!("{help}; {why}"));
            queries.mistakes.push(Mistake { message, help: Some(help), ..found });
        }
    }

    /// Names that no statement stands below.
    fn lost_names(&self, queries: &mut Queries) {
        for name in self.names.iter().filter(|name| !name.text.is_empty()) {
            let help = Some("it stands above its statement; the statement before it ends with `;`".to_owned());
            let mistake = Mistake { help, ..Mistake::new(format!("no statement is called `{}`", name.text)) };
            queries.mistakes.push(mistake.at((self.excerpt)(name.span.clone(), "it names nothing")));
        }
    }
}

/// What a USE says. It needs no name: it is for the statements below it.
fn keyspace_of_use(text: &str, options: &Options<'_>) -> Option<String> {
    let mut parser = Parser::new(options.dialects);
    let parsed = parser.script(text).next()?;
    if let Piece::Statement(Parsed::Use(name)) = parsed.piece { Some(name.value(text).into_owned()) } else { None }
}

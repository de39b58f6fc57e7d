//! What can be folded away: statements and what brackets hold, batches, comments; in programs the CQL on several lines.

use cqlint_analysis::syntax::{Keyword, Span, TokenKind, comments};

use super::statements::{Written, is_verb, statements};
use crate::page::{Page, Passage};

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A statement or a part of one.
    Code,
    /// A comment, or some below each other.
    Comment,
}

/// What can be folded: from its first line on up to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fold {
    /// Where it stands on the page.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What can be folded on a page, by place. All of it stands on several lines, and no two begin and end alike.
pub(crate) fn folds(page: &Page<'_>) -> Vec<Fold> {
    let mut found = Vec::new();
    for passage in page.passages() {
        let code = code(page, &passage).into_iter().map(|span| (span, Kind::Code));
        let comments = comment_runs(passage.text()).into_iter().map(|span| (span, Kind::Comment));
        for (span, kind) in code.chain(comments) {
            let span = passage.host(span);
            if has_lines(span.text(page.text)) {
                found.push(Fold { span, kind });
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|fold| fold.span);
    found
}

fn has_lines(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

/// Statements, members of blocks, and what stands between brackets.
fn code(page: &Page<'_>, passage: &Passage<'_>) -> Vec<Span> {
    let text = passage.text();
    let mut found = Vec::new();
    for statement in statements(text, page.options, Span::new(0, text.len() as u32)) {
        found.push(statement.span);
        found.extend(members(&statement));
        brackets(&statement, &mut found);
    }
    found
}

/// The members of a batch or a transaction.
fn members(statement: &Written<'_>) -> Vec<Span> {
    if statement.keyword(0) != Keyword::Begin {
        return Vec::new();
    }
    let verbs = (0..statement.tokens.len()).filter(|at| is_verb(statement.keyword(*at)));
    let member = |start: usize| {
        let part = statement.tokens.get(statement.part(start))?;
        let ends = |kind: TokenKind, keyword| kind == TokenKind::Semicolon || matches!(keyword, Keyword::Apply | Keyword::Commit);
        let length = part.iter().position(|token| ends(token.kind, token.keyword)).unwrap_or(part.len());
        let member = part.get(..length)?;
        Some(member.first()?.span.to(member.last()?.span))
    };
    verbs.filter_map(member).collect()
}

/// From each bracket that opens to the one that closes it.
fn brackets(statement: &Written<'_>, found: &mut Vec<Span>) {
    let mut open = Vec::new();
    for token in &statement.tokens {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket => open.push(token.span),
            TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket => {
                found.extend(open.pop().map(|first: Span| first.to(token.span)));
            }
            _ => {}
        }
    }
}

/// Block comments, and comments below each other with nothing between them.
fn comment_runs(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    // Code before a comment keeps it apart.
    let is_alone = |at: u32| {
        let line = text.get(..at as usize).and_then(|before| before.rsplit(['\n', '\r']).next());
        line.is_some_and(|before| before.trim().is_empty())
    };
    for comment in comments(text) {
        match runs.last_mut() {
            Some(run) if is_alone(run.start) && is_next_line(text, *run, comment) => run.end = comment.end,
            _ => runs.push(comment),
        }
    }
    runs
}

/// Whether the second place begins on the line behind the first, with nothing between them.
fn is_next_line(text: &str, first: Span, second: Span) -> bool {
    let between = text.get(first.end as usize..second.start as usize).unwrap_or_default();
    between.trim().is_empty() && lines(between) == 1
}

/// How many lines end here.
fn lines(text: &str) -> usize {
    text.replace("\r\n", "\n").matches(['\n', '\r']).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;

    /// The first and the last line of each fold, from zero.
    fn shown(name: &str, text: &str) -> Vec<(usize, usize, Kind)> {
        with_page(name, text, "", |page, _| {
            let line = |at: u32| lines(page.text.get(..at as usize).unwrap_or_default());
            folds(page).iter().map(|fold| (line(fold.span.start), line(fold.span.end), fold.kind)).collect()
        })
    }

    #[test]
    fn what_has_several_lines_is_folded() {
        use Kind::{Code, Comment};
        for (text, expected) in [
            ("SELECT a FROM t; SELECT b FROM t;", &[][..]),
            ("SELECT a\nFROM t\nWHERE b = 1;\nUSE a;", &[(0, 2, Code)]),
            (
                "CREATE TABLE t (\r\n  a int PRIMARY KEY\r\n) WITH b = {\r\n 'c': 1\r\n};",
                &[(0, 4, Code), (0, 2, Code), (2, 4, Code)],
            ),
            (
                "BEGIN BATCH\nUPDATE t SET a = 1\nWHERE b = 2;\nDELETE FROM t WHERE b = 3;\nAPPLY BATCH;",
                &[(0, 4, Code), (1, 2, Code)],
            ),
            ("-- é\n-- b\n\n-- c\nUSE a; -- d\n-- e\n", &[(0, 1, Comment)]),
            ("/* a\n b */ USE a;", &[(0, 1, Comment)]),
            ("SELECT (\n1 FROM", &[(0, 1, Code)]),
            ("// a\r// b\rUSE a", &[(0, 1, Comment)]),
        ] {
            assert_eq!(shown("a.cql", text), expected, "{text}");
        }
    }

    #[test]
    fn strings_of_programs_are_folded() {
        let java = "class A {\n  String a = \"\"\"\n    SELECT a\n    FROM t\n    \"\"\";\n  String b = \"SELECT a \"\n    + \"FROM t\";\n}";
        assert_eq!(shown("A.java", java), [(2, 3, Kind::Code), (5, 6, Kind::Code)]);
        assert_eq!(shown("a.go", "package a\nvar q = `SELECT a\nFROM t`\n"), [(1, 2, Kind::Code)]);
    }
}

//! What stands above lines: why a statement is not idempotent, and how many statements use a table.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Certainty, Hazard, Options, Sense, StatementAnalysis, Verdict, What};

use crate::names::{Index, Occurrence};
use crate::page::{Page, Passage};

/// A few words above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lens<'i> {
    /// What they are about.
    pub(crate) span: Span,
    /// The words.
    pub(crate) title: String,
    /// The places that are shown when somebody asks for more; for statements there are none.
    pub(crate) places: Vec<Occurrence<'i>>,
}

/// So many reasons are named.
const REASONS: usize = 2;

/// Rules about which nobody asks while he writes a definition: there is no other way to write it.
const KNOWN: [&str; 2] = ["schema-change", "use-keyspace"];

/// Above each statement that is not idempotent, or may not be, why.
pub(crate) fn verdicts(page: &Page<'_>) -> Vec<Lens<'static>> {
    page.passages().flat_map(|passage| of_passage(page.options, passage)).collect()
}

fn of_passage(options: &Options<'_>, passage: Passage<'_>) -> Vec<Lens<'static>> {
    let text = passage.text();
    // No rule is asked that the verdict does not need.
    let options = Options { levels: None, ..*options };
    let place = |span: Span| passage.fragment().map_or(span, |fragment| fragment.place(span));
    let lens = |statement: &StatementAnalysis| {
        let title = title(statement, text, &options)?;
        Some(Lens { span: place(statement.span), title, places: Vec::new() })
    };
    passage.statements(&options).iter().filter_map(lens).collect()
}

/// `not idempotent: counter update`, `may be idempotent: depends on the type of column c`.
fn title(statement: &StatementAnalysis, text: &str, options: &Options<'_>) -> Option<String> {
    let tells = |hazard: &&Hazard| {
        let is_of_verdict = match statement.verdict {
            Verdict::NotIdempotent => hazard.certainty == Certainty::Certain,
            Verdict::Depends => hazard.certainty != Certainty::Certain,
            Verdict::Idempotent => false,
        };
        is_of_verdict && options.profile.blocks.contains(hazard.effect) && !KNOWN.contains(&hazard.rule.name)
    };
    let mut reasons: Vec<String> = Vec::new();
    for hazard in statement.hazards.iter().filter(tells) {
        let reason = match hazard.depends_on(text) {
            Some(on) => on.replace('`', ""),
            None => hazard.rule.name.replace('-', " "),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let others = reasons.len().saturating_sub(REASONS);
    let named = reasons.get(..REASONS.min(reasons.len()))?.join(", ");
    let more = if others == 0 { String::new() } else { format!(" and {others} more") };
    let said = match statement.verdict {
        Verdict::NotIdempotent => "not idempotent:",
        Verdict::Depends => "may be idempotent: depends on",
        Verdict::Idempotent => return None,
    };
    (!named.is_empty()).then(|| format!("{said} {named}{more}"))
}

/// Above each table, view and type that the page creates, who uses it.
pub(crate) fn uses<'i>(page: &Page<'_>, index: &'i Index) -> Vec<Lens<'i>> {
    let is_created = |what: What| matches!(what, What::Table | What::View | What::Type);
    let created = index.in_file(page.path).filter(|mention| mention.sense == Sense::Creates && is_created(mention.what));
    created
        .map(|mention| {
            let mut places = index.occurrences(mention);
            places.retain(|place| place.sense == Sense::Uses);
            let title = match (places.len(), mention.what) {
                (0, _) => "not used".to_owned(),
                (1, What::Type) => "used in 1 place".to_owned(),
                (number, What::Type) => format!("used in {number} places"),
                (1, _) => "used by 1 statement".to_owned(),
                (number, _) => format!("used by {number} statements"),
            };
            Lens { span: mention.span, title, places }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;
    use crate::names::Names;

    const SCHEMA: &str = "CREATE TABLE views (page text PRIMARY KEY, n counter); CREATE TABLE t (k int PRIMARY KEY, l list<int>, v int, u timeuuid);";

    /// Each lens with the line that it stands above, counted from 1.
    fn shown(name: &str, text: &str) -> Vec<(usize, String)> {
        with_page(name, text, SCHEMA, |page, _| {
            let line = |lens: &Lens<'_>| page.text[..lens.span.start as usize].matches('\n').count() + 1;
            verdicts(page).into_iter().map(|lens| (line(&lens), lens.title)).collect()
        })
    }

    #[test]
    fn statements_say_why_they_are_not_idempotent() {
        for (text, expected) in [
            ("UPDATE views SET n = n + 1 WHERE page = ?", Some("not idempotent: counter update")),
            (
                "UPDATE t SET l = l + [1], u = now() WHERE k = 1 IF v = 1",
                Some("not idempotent: lightweight transaction, list append and 1 more"),
            ),
            ("UPDATE nobody SET c = c + ? WHERE k = 1", Some("may be idempotent: depends on the type of column c")),
            ("INSERT INTO t (k, v) VALUES (1, 2)", None),
            ("TRUNCATE t", Some("not idempotent: truncate")),
            ("CREATE TABLE x (k int PRIMARY KEY)", None),
            ("ALTER TABLE t ADD x int", None),
            ("USE shop", None),
            ("UPDATE t SE", None),
        ] {
            let text = format!("-- é\r\n{text};\r\n");
            let expected: Vec<_> = expected.into_iter().map(|title| (2, title.to_owned())).collect();
            assert_eq!(shown("a.cql", &text), expected, "{text}");
        }
    }

    #[test]
    fn in_programs_they_stand_above_the_string() {
        let java = "class A { /* é */ void f(Session s) {
            s.execute(\"SELECT v FROM t WHERE k = 1\");
            s.execute(
                \"UPDATE views \" +
                \"SET n = n + 1 WHERE page = 'a'\");
        } }";
        let python = "s.execute('''\n    UPDATE views SET n = n + 1\n    WHERE page = 'a'\n''')\n";
        let title = || "not idempotent: counter update".to_owned();
        assert_eq!(shown("A.java", java), [(4, title())]);
        assert_eq!(shown("a.py", python), [(2, title())]);
    }

    #[test]
    fn tables_and_types_say_who_uses_them() {
        let schema = "CREATE TYPE u (a int);\nCREATE TABLE t (k int PRIMARY KEY, u frozen<u>, w list<frozen<u>>);\nCREATE TABLE s (k int PRIMARY KEY);\nALTER TABLE t ADD x int;\n";
        let queries = "SELECT k FROM t; UPDATE t SET x = 1 WHERE k = 1; SELECT k FROM s;";
        let python = "s.execute('DELETE FROM t WHERE k = 1')\n";
        let mut index = Index::default();
        for (path, text) in [("schema.cql", schema), ("queries.cql", queries), ("a.py", python)] {
            with_page(path, text, "", |page, _| index.set(page.path, Names::of(page)));
        }
        let lenses = with_page("schema.cql", schema, "", |page, _| {
            let lenses = uses(page, &index);
            lenses
                .iter()
                .map(|lens| (lens.span.text(page.text).to_owned(), lens.title.clone(), lens.places.len()))
                .collect::<Vec<_>>()
        });
        let said = |name: &str, title: &str, places| (name.to_owned(), title.to_owned(), places);
        assert_eq!(
            lenses,
            [said("u", "used in 2 places", 2), said("t", "used by 3 statements", 3), said("s", "used by 1 statement", 1)]
        );
    }
}

//! Texts as they are while somebody types: whatever is asked of them, the answers fit the text.

use cqlint_analysis::syntax::Span;
use proptest::prelude::*;

use super::fixture::{corpus, with_page};
use super::{completion, folding, hints, selection, signature, tokens};

/// A text of the corpus in which something was replaced, `$0` behind it; as CQL and as a string of a program.
fn edited() -> impl Strategy<Value = (&'static str, String)> {
    let put = "[ -~é😀\\n]{0,6}|;|'|\"|/\\*|--|\\(|\\r\\n|SELECT |BEGIN BATCH |\\$\\$";
    let name = prop::sample::select(vec!["a.cql", "A.java", "a.go", "a.py"]);
    (name, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..40_usize, put).prop_map(|(name, file, at, taken, put)| {
        let texts = corpus();
        let text = file.get(&texts);
        // A program has one statement in a string, which is found as long as it is one.
        let statements: Vec<_> = text.split("\n\n").collect();
        let text = if name == "a.cql" { text.as_str() } else { at.get(&statements) };
        let borders: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let number = at.index(borders.len());
        let (start, end) = (borders[number], borders[(number + taken).min(borders.len() - 1)]);
        let cql = format!("{}{put}$0{}", &text[..start], &text[end..]);
        let text = match name {
            "A.java" => format!("import com.datastax.A;\nclass A {{ String a = \"\"\"\n{cql}\"\"\"; }}"),
            "a.go" => format!("package a\nimport \"github.com/gocql/gocql\"\nvar a = `{cql}`\n"),
            "a.py" => format!("import cassandra\na = \"\"\"{cql}\"\"\"\n"),
            _ => cql,
        };
        (name, text)
    })
}

/// Whether a place is one of the text, between characters.
fn fits(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn answers_fit((name, text) in edited(), part in any::<(prop::sample::Index, prop::sample::Index)>()) {
        with_page(name, &text, "CREATE TABLE t (id int PRIMARY KEY, v list<text>)", |page, at| {
            let whole = Span::new(0, page.text.len() as u32);
            let found = tokens::tokens(page, whole);
            for token in &found {
                let inside = page.text.get(token.span.range());
                prop_assert!(inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(['\n', '\r'])), "{token:?}");
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "one behind the other");
            let (one, other) = (part.0.index(page.text.len() + 1) as u32, part.1.index(page.text.len() + 1) as u32);
            let part = Span::new(one.min(other), one.max(other));
            let of_part: Vec<_> = found.iter().filter(|token| token.span.start <= part.end && part.start <= token.span.end).copied().collect();
            prop_assert_eq!(tokens::tokens(page, part), of_part, "a part has the same");

            let folds = folding::folds(page);
            prop_assert!(folds.iter().all(|fold| fits(page.text, fold.span)));

            let hints = hints::hints(page, whole);
            prop_assert!(hints.iter().all(|hint| fits(page.text, Span::new(hint.at, hint.at))));

            let selections = selection::selections(page, at);
            prop_assert!(selections.iter().all(|span| span.touches(at) && fits(page.text, *span)));
            let grows = |pair: &[Span]| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1];
            prop_assert!(selections.windows(2).all(grows));

            for signature in signature::signatures(page, at) {
                prop_assert!(signature.parameters.iter().all(|range| signature.label.get(range.clone()).is_some()));
            }
            for completion in completion::complete(page, at) {
                prop_assert!(completion.replaces.touches(at) && fits(page.text, completion.replaces));
            }
            Ok(())
        })?;
    }
}

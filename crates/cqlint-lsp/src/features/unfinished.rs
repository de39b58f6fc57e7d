//! Statements in programs that are no CQL yet, because they are still being written: the string around the cursor, when it begins
//! as one.

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::{Keyword, Lexer, Span};

use crate::page::Page;

/// What is named, in whatever letters, by programs that speak with Cassandra.
const NAMES: [&str; 4] = ["cassandra", "cql", "datastax", "scylla"];

/// Looks at the page; at a string that is no CQL yet as if it were.
pub(crate) fn with_unfinished<T>(page: &Page<'_>, at: u32, look: impl FnOnce(&Page<'_>) -> T) -> T {
    let unfinished = page.fragments.filter(|_| page.passage_at(at).is_none()).and_then(|_| string(page.text, at));
    match &unfinished {
        Some(fragment) => look(&Page { fragments: Some(std::slice::from_ref(fragment)), ..*page }),
        None => look(page),
    }
}

/// The string around a byte, when a statement begins it, in a program that speaks with Cassandra.
fn string(text: &str, at: u32) -> Option<Fragment> {
    let place = around(text, at as usize)?;
    let inside = text.get(place.range())?;
    // What an escape stands for, only the language knows.
    let verb = Lexer::new(inside).next().filter(|_| !inside.contains('\\'))?.keyword;
    let begins = matches!(
        verb,
        Keyword::Select
            | Keyword::Insert
            | Keyword::Update
            | Keyword::Delete
            | Keyword::Begin
            | Keyword::Create
            | Keyword::Alter
            | Keyword::Drop
            | Keyword::Truncate
    );
    if !begins || !speaks(text) {
        return None;
    }
    let mut fragment = Fragment::default().at(place);
    fragment.push(inside, place, true);
    Some(fragment)
}

fn speaks(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    NAMES.iter().any(|name| text.contains(name))
}

/// What stands between the quotes around a byte. Quotes of one kind end at the end of their line unless they are three, or backticks.
fn around(text: &str, at: usize) -> Option<Span> {
    let mut open: Option<(&str, usize)> = None;
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        match open {
            Some((_, start)) if from >= at && start > at => return None,
            None if from >= at => return None,
            Some((quote, start))
                if rest.starts_with(quote) || quote.len() == 1 && quote != "`" && rest.starts_with(['\n', '\r']) =>
            {
                if from >= at {
                    return Some(Span::new(start as u32, from as u32));
                }
                open = None;
                from += if rest.starts_with(quote) { quote.len() } else { 1 };
            }
            None => {
                let quote = ["\"\"\"", "'''", "\"", "'", "`"].into_iter().find(|quote| rest.starts_with(quote));
                from += quote.map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), str::len);
                open = quote.map(|quote| (quote, from));
            }
            Some(_) => {
                let escaped = if rest.starts_with('\\') { 2 } else { 1 };
                from += rest.chars().take(escaped).map(char::len_utf8).sum::<usize>();
            }
        }
    }
    open.map(|(_, start)| start).filter(|start| *start <= at).map(|start| Span::new(start as u32, text.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_by_their_quotes() {
        for (text, expected) in [
            ("a = \"b|c\" + \"d\"", Some("bc")),
            ("a = \"b\" + |\"d\"", None),
            ("it's\nb(\"c|\")", Some("c")),
            ("a = '''b\n|c''' ", Some("b\nc")),
            ("a := `b\n'c|", Some("b\n'c")),
            ("\"a\\\"|b\"", Some("a\\\"b")),
            ("a = \"b|\nc", Some("b")),
            ("é\"|\"", Some("")),
        ] {
            let at = text.find('|').unwrap_or_default();
            let text = text.replacen('|', "", 1);
            assert_eq!(around(&text, at).map(|place| place.text(&text)), expected, "{text}");
        }
    }

    #[test]
    fn only_statements_of_programs_that_speak_with_it_are_read() {
        let cases =
            [("import cassandra\nq = \"SELECT \"", true), ("q = \"SELECT \"", false), ("import cassandra\nq = \"Hello\"", false)];
        for (text, expected) in cases {
            assert_eq!(string(text, text.len() as u32 - 1).is_some(), expected, "{text}");
        }
    }
}

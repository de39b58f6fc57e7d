//! Places in a text that a format function fills: `%s`, `{}`, `{name}`, `{0}`.

use crate::Language;
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::literal::span;

/// How a format function marks its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Places {
    /// `%s`
    Percents,
    /// `{}`
    Braces,
    /// `?0`, `:#{…}`, `${…}`: what Spring and the mapper of the Java driver put into annotations.
    Annotations,
}

/// What a format function is given.
pub(crate) struct Argument {
    /// Its text, where that is known.
    pub(crate) chunks: Option<Chunks>,
    /// What the program calls it.
    pub(crate) name: String,
    /// What the template calls it, when that is not its number.
    pub(crate) keyword: String,
}

/// The text with its places filled: by the text of a value where that is known, and else by a hole.
pub(crate) fn fill(template: Chunks, places: Places, values: &[Argument]) -> Chunks {
    let mut next = 0;
    let mut filled = Chunks::new();
    for chunk in template {
        let Chunk::Text { value, host, exact } = chunk else {
            filled.push(chunk);
            continue;
        };
        let mut from = 0;
        let found = match places {
            Places::Percents => percents(&value),
            Places::Braces => braces(&value),
            Places::Annotations => annotations(&value),
        };
        let place_of = |start: usize, end: usize| {
            if exact { span(host.start as usize + start, host.start as usize + end) } else { host }
        };
        let text = |start: usize, end: usize| Chunk::Text {
            value: value.get(start..end).unwrap_or("").to_owned(),
            host: place_of(start, end),
            exact,
        };
        for (start, end, kind) in found {
            filled.push(text(from, start));
            match kind {
                Place::Literal(letter) => {
                    filled.push(Chunk::Text { value: letter.into(), host: place_of(start, end), exact: false })
                }
                Place::Value { name, number, numeric } => {
                    // A number does no harm, and without values somebody else puts them in.
                    let bound = numeric || values.is_empty();
                    // `{}` and `%s` take the values in turn, `{1}` has a number, and a name uses up none of them.
                    let number = number.unwrap_or(next);
                    next = if name.is_empty() { number + 1 } else { next };
                    let value = match name.as_str() {
                        "" => values.get(number),
                        name => values.iter().find(|value| value.keyword == name),
                    };
                    match value {
                        Some(Argument { chunks: Some(chunks), .. }) => filled.extend(chunks.iter().cloned()),
                        // One value at two places is one name.
                        Some(Argument { name, .. }) => {
                            filled.push(Chunk::Hole { host: place_of(start, end), name: name.clone(), bound });
                        }
                        None => filled.push(Chunk::Hole { host: place_of(start, end), name, bound }),
                    }
                }
            }
            from = end;
        }
        filled.push(text(from, value.len()));
    }
    filled
}

/// What a place is.
enum Place {
    /// `%%`, `{{`, `}}`.
    Literal(&'static str),
    /// Of a value, which may have a name, or a number from zero.
    Value { name: String, number: Option<usize>, numeric: bool },
}

/// `%s`, `%d`, `%lu`, `%v`, `%1$s`, `%[1]s`, `%(name)s`, `%%`.
fn percents(text: &str) -> Vec<(usize, usize, Place)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find('%')) {
        let start = from + found;
        let rest = text.get(start + 1..).unwrap_or("");
        from = start + 1;
        if rest.starts_with('%') {
            places.push((start, start + 2, Place::Literal("%")));
            from = start + 2;
            continue;
        }
        let (name, behind) = match rest.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            Some((name, behind)) => (name, behind),
            None => ("", rest),
        };
        let flags =
            behind.len() - behind.trim_start_matches(|letter: char| letter.is_ascii_digit() || "$.+-#[]".contains(letter)).len();
        let length = length_of_type(behind.get(flags..).unwrap_or(""));
        let verb = behind.get(flags + length..).and_then(|rest| rest.chars().next());
        if let Some(verb) = verb.filter(|verb| "sdvqxfigSXbu".contains(*verb)) {
            let end = text.len() - behind.len() + flags + length + 1;
            let numeric = "dfigxXbu".contains(verb);
            places.push((start, end, Place::Value { name: name.to_owned(), number: number(behind), numeric }));
            from = end;
        }
    }
    places
}

/// How many letters C writes before `d` and `u` to say how large a number is: `%lu`, `%zd`.
fn length_of_type(text: &str) -> usize {
    let letters = ["ll", "l", "z"].into_iter().find(|letters| text.starts_with(letters)).unwrap_or("");
    if text.get(letters.len()..).is_some_and(|rest| rest.starts_with(['d', 'u'])) { letters.len() } else { 0 }
}

/// The number in `1$s` and `[1]s`, which count from one.
fn number(flags: &str) -> Option<usize> {
    let (digits, _) = match flags.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?,
        None => flags.split_once('$')?,
    };
    digits.parse::<usize>().ok()?.checked_sub(1)
}

/// `{}`, `{0}`, `{name}`, `{:?}`, `{{`, `}}`.
fn braces(text: &str) -> Vec<(usize, usize, Place)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(['{', '}'])) {
        let start = from + found;
        let rest = text.get(start..).unwrap_or("");
        from = start + 1;
        if rest.starts_with("{{") || rest.starts_with("}}") {
            places.push((start, start + 2, Place::Literal(if rest.starts_with('{') { "{" } else { "}" })));
            from = start + 2;
            continue;
        }
        let Some(end) = rest.strip_prefix('{').and_then(|inside| inside.find('}')) else { continue };
        let inside = rest.get(1..end + 1).unwrap_or("");
        let name = inside.split(':').next().unwrap_or("").trim();
        if name.chars().all(|letter| letter.is_alphanumeric() || "_.[]".contains(letter)) {
            let number = name.parse().ok();
            let name = if number.is_some() { "" } else { name };
            places.push((start, start + end + 2, Place::Value { name: name.to_owned(), number, numeric: false }));
            from = start + end + 2;
        }
    }
    places
}

/// What a text may still hold: `%s`, which Python's driver binds and others format elsewhere, and Spring's `?0`.
pub(crate) fn left_over(chunks: Chunks, language: Language) -> Chunks {
    let filled = fill(with_doubled(chunks), Places::Percents, &[]);
    match language {
        Language::Java | Language::Kotlin => fill(filled, Places::Annotations, &[]),
        _ => filled,
    }
}

/// `%%s` in a text that was formatted is `%s` to the driver.
fn with_doubled(chunks: Chunks) -> Chunks {
    let mut joined = Chunks::new();
    for chunk in chunks {
        match (joined.last_mut(), chunk) {
            (Some(Chunk::Text { value: percent, host, exact: false }), Chunk::Text { value, host: behind, exact: true })
                if percent == "%" && value.starts_with('s') =>
            {
                percent.push('s');
                let end = behind.start as usize + 1;
                *host = span(host.start as usize, end);
                let rest = value.get(1..).unwrap_or("").to_owned();
                joined.push(Chunk::Text { value: rest, host: span(end, behind.end as usize), exact: true });
            }
            (_, chunk) => joined.push(chunk),
        }
    }
    joined
}

/// `?0` is `?`; `:#{…}`, `?#{…}` and `:${…}` are values; `${…}` is the name of a table or a keyspace.
fn annotations(text: &str) -> Vec<(usize, usize, Place)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(['?', ':', '$'])) {
        let start = from + found;
        let rest = text.get(start..).unwrap_or("");
        from = start + 1;
        let braces = rest.trim_start_matches(['?', ':']).trim_start_matches(['#', '$']);
        if let Some(inside) = braces.strip_prefix('{')
            && rest.len() > braces.len()
            && let Some(end) = inside.find('}')
        {
            let name = inside.get(..end).unwrap_or("").trim_start_matches('#').to_owned();
            from = text.len() - inside.len() + end + 1;
            places.push((start, from, Place::Value { name, number: None, numeric: false }));
        } else if let Some(digits) = rest.strip_prefix('?') {
            let count = digits.len() - digits.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            if count > 0 {
                from = start + 1 + count;
                places.push((start, from, Place::Literal("?")));
            }
        }
    }
    places
}

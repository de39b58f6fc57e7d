//! Looks into the text of INSERT JSON and from_json: which keys it sets, and whether it asks for the clock.

use alloc::borrow::Cow;
use alloc::string::String;

/// What one value of a JSON object holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    /// The string `now` in any case, as a value or a key, at any depth.
    pub(crate) now: bool,
    /// An array with something in it.
    pub(crate) list: bool,
}

/// Reads a JSON object and tells of each of its keys; answers false when it is no JSON object.
pub(crate) fn object(text: &str, mut found: impl FnMut(&str, Content)) -> bool {
    let mut scanner = Scanner { rest: text };
    if !scanner.eat('{') {
        return false;
    }
    if scanner.eat('}') {
        return true;
    }
    loop {
        let Some(key) = scanner.string() else { return false };
        if !scanner.eat(':') {
            return false;
        }
        let Some(content) = scanner.value() else { return false };
        found(&key, content);
        if scanner.eat('}') {
            return true;
        }
        if !scanner.eat(',') {
            return false;
        }
    }
}

/// Reads one JSON value.
pub(crate) fn value(text: &str) -> Option<Content> {
    Scanner { rest: text }.value()
}

struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn eat(&mut self, wanted: char) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(wanted) {
            Some(behind) => {
                self.rest = behind;
                true
            }
            None => false,
        }
    }

    /// A string, with its escapes undone.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let inside = self.rest.trim_start().strip_prefix('"')?;
        let plain = inside.find(['"', '\\'])?;
        if inside.get(plain..)?.starts_with('"') {
            self.rest = inside.get(plain + 1..)?;
            return inside.get(..plain).map(Cow::Borrowed);
        }
        self.escaped().map(Cow::Owned)
    }

    fn escaped(&mut self) -> Option<String> {
        let mut characters = self.rest.trim_start().strip_prefix('"')?.chars();
        let mut value = String::new();
        loop {
            match characters.next()? {
                '"' => {
                    self.rest = characters.as_str();
                    return Some(value);
                }
                '\\' => match characters.next()? {
                    'u' => {
                        let code = characters.as_str().get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok())?;
                        characters.nth(3);
                        value.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                    }
                    'n' => value.push('\n'),
                    't' => value.push('\t'),
                    'r' => value.push('\r'),
                    other => value.push(other),
                },
                other => value.push(other),
            }
        }
    }

    /// A value: without recursion, since the text may nest as deep as it likes.
    fn value(&mut self) -> Option<Content> {
        let mut content = Content::default();
        let mut depth = 0_u32;
        let first = self.rest.trim_start().chars().next()?;
        loop {
            let rest = self.rest.trim_start();
            self.rest = rest;
            match rest.chars().next()? {
                '"' => content.now |= self.string()?.eq_ignore_ascii_case("now"),
                open @ ('{' | '[') => {
                    depth += 1;
                    self.rest = rest.get(1..)?;
                    let empty = self.rest.trim_start().starts_with(']');
                    content.list |= open == '[' && first == '[' && !empty;
                }
                '}' | ']' => {
                    depth = depth.checked_sub(1)?;
                    self.rest = rest.get(1..)?;
                }
                ',' | ':' if depth > 0 => self.rest = rest.get(1..)?,
                _ => {
                    let end = rest.find([',', '}', ']', ':', '"']).unwrap_or(rest.len());
                    if end == 0 {
                        return None;
                    }
                    self.rest = rest.get(end..)?;
                }
            }
            if depth == 0 {
                return Some(content);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, object, value};
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    #[test]
    fn objects_are_looked_into() {
        let mut seen: Vec<(String, Content)> = Vec::new();
        let text = r#"{"k": 1, "t" : "\u006eOW", "l":[1, 2], "m": {"a": "now"}, "e": [], "s": "a]\"}"}"#;
        assert!(object(text, |key, content| seen.push((key.to_string(), content))));
        let now: Vec<_> = seen.iter().filter(|(_, content)| content.now).map(|(key, _)| key.as_str()).collect();
        let lists: Vec<_> = seen.iter().filter(|(_, content)| content.list).map(|(key, _)| key.as_str()).collect();
        assert_eq!((now, lists, seen.len()), (["t", "m"].to_vec(), ["l"].to_vec(), 6));
    }

    #[test]
    fn what_is_no_object_is_said() {
        for text in ["", "[]", "{", "{\"a\"", "{\"a\": }", "{a: 1}", "{\"a\": 1"] {
            assert!(!object(text, |_, _| {}), "{text}");
        }
        assert_eq!(value("\"NOW\""), Some(Content { now: true, list: false }));
    }

    #[test]
    fn deep_nesting_is_no_recursion() {
        let text = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(value(&text).is_some());
    }
}

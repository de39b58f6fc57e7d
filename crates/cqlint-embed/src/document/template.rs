//! Templates of CQL: `{{.Keyspace}}`, `{% if … %}`, `<%= ks %>`, `${ks}`, `@KS@`. What they put in is a hole, and what only
//! steers them is cut out.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::{Dialects, Parser};

use crate::document::Document;
use crate::strings::constants::last_name;
use crate::strings::literal::span;

/// The first words of what steers a template of Go or of Handlebars.
const STEERING: [&str; 11] = ["if", "else", "end", "range", "with", "define", "block", "break", "continue", "each", "unless"];

/// What actions begin with.
const STARTS: [&str; 6] = ["{{", "{%", "{#", "<%", "$", "@"];

/// All files of CQL are looked through for them, however large.
static STARTING: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(STARTS).ok());

/// How long `${…}` is at most; one that is never closed is not followed to the end of the text.
const LONGEST: usize = 200;

/// The statements in a template.
pub(crate) fn fragments(text: &str) -> Vec<Fragment> {
    let mut document = Document::default();
    // Where the branches of what is open begin that are not the first.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut from = 0;
    for action in Actions::new(text) {
        document.push(text.get(from..action.start).unwrap_or(""), span(from, action.start));
        match action.name {
            Some(name) => document.push_hole(name, span(action.start, action.end)),
            None => {
                let turn = turn(text.get(action.start..action.end).unwrap_or(""));
                if let Some(Turn::End) = turn
                    && let Some(start) = open.pop().flatten()
                {
                    document.push_other(start);
                }
                document.push_blank(span(action.start, action.end));
                match (turn, open.last_mut()) {
                    (Some(Turn::Start), _) => open.push(None),
                    (Some(Turn::Else), Some(branch)) => *branch = branch.or(Some(document.length())),
                    _ => {}
                }
            }
        }
        from = action.end;
    }
    document.push(text.get(from..).unwrap_or(""), span(from, text.len()));
    document.statements()
}

/// Whether a text is no CQL because there are actions of a template in it. `{{1, 2}}` may be a set of a set, too.
pub(crate) fn is_template(text: &str) -> bool {
    let mut actions = Actions::new(text).peekable();
    if actions.peek().is_none() {
        return false;
    }
    let mut parser = Parser::new(Dialects::ALL);
    let errors = parser.script(text).flat_map(|parsed| parsed.errors).map(|error| error.span.start as usize);
    let mut errors: Vec<usize> = errors.collect();
    errors.sort_unstable();
    let mut errors = errors.into_iter().peekable();
    actions.any(|action| {
        while errors.next_if(|error| *error < action.start).is_some() {}
        errors.peek().is_some_and(|error| *error < action.end)
    })
}

/// Something in a template that is no CQL.
struct Action<'t> {
    start: usize,
    end: usize,
    /// How the template calls what it puts in. Nothing when it puts in nothing.
    name: Option<&'t str>,
}

/// The actions of a template, from first to last.
struct Actions<'t> {
    text: &'t str,
    at: usize,
    /// What closes no action any more, so that a thousand that stay open are not followed a thousand times.
    missing: Vec<&'static str>,
}

impl<'t> Actions<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, missing: Vec::new() }
    }

    /// The action that begins with `rest`, and how long it is.
    fn action(&mut self, rest: &'t str) -> Option<(Option<&'t str>, usize)> {
        let nothing = |length| (None, length);
        let named = |inside: &'t str, length| (Some(name(inside)), length);
        if rest.starts_with("{{!--") {
            self.closed(rest, 5, "--}}").map(|(_, length)| nothing(length))
        } else if rest.starts_with("{{/*") || rest.starts_with("{{- /*") {
            let (_, comment) = self.closed(rest, 4, "*/")?;
            let (_, closing) = self.closed(rest.get(comment..)?, 0, "}}")?;
            Some(nothing(comment + closing))
        } else if rest.starts_with("{{{") {
            self.closed(rest, 3, "}}}").map(|(inside, length)| named(inside, length))
        } else if rest.starts_with("{{") {
            let (inside, length) = self.closed(rest, 2, "}}")?;
            Some(if steers(inside) { nothing(length) } else { named(inside, length) })
        } else if rest.starts_with("{%") {
            self.closed(rest, 2, "%}").map(|(_, length)| nothing(length))
        } else if rest.starts_with("{#") {
            self.closed(rest, 2, "#}").map(|(_, length)| nothing(length))
        } else if rest.starts_with("<%") {
            let (inside, length) = self.closed(rest, 2, "%>")?;
            Some(if inside.starts_with('=') { named(inside, length) } else { nothing(length) })
        } else {
            variable(rest).map(|(inside, length)| named(inside, length))
        }
    }

    /// What stands between the first `from` bytes and what closes the action, and how long all of it is.
    fn closed(&mut self, rest: &'t str, from: usize, closing: &'static str) -> Option<(&'t str, usize)> {
        if self.missing.contains(&closing) {
            return None;
        }
        let Some(length) = rest.get(from..)?.find(closing) else {
            self.missing.push(closing);
            return None;
        };
        Some((rest.get(from..from + length)?, from + length + closing.len()))
    }
}

impl<'t> Iterator for Actions<'t> {
    type Item = Action<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = STARTING.as_ref()?.find(Input::new(self.text).range(self.at..))?.start();
            let rest = self.text.get(start..)?;
            if let Some((name, length)) = self.action(rest) {
                self.at = start + length;
                return Some(Action { start, end: self.at, name });
            }
            // `$$` is a quote of CQL.
            self.at = start + if rest.starts_with("$$") { 2 } else { 1 };
        }
    }
}

/// `${name}`, `${name:-else}`, `$name`, `@NAME@`: what stands inside, and how long it is.
fn variable(rest: &str) -> Option<(&str, usize)> {
    let word = |text: &str| {
        let letters = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let is_word = !text.starts_with(|first: char| first.is_ascii_digit());
        if is_word { letters } else { 0 }
    };
    if let Some(inside) = rest.strip_prefix("${") {
        let end = inside.bytes().take(LONGEST).position(|byte| matches!(byte, b'}' | b'\n'))?;
        let is_closed = word(inside) > 0 && inside.as_bytes().get(end) == Some(&b'}');
        return is_closed.then(|| Some((inside.get(..end)?, end + 3)))?;
    }
    let length = word(rest.get(1..)?);
    let inside = rest.get(1..1 + length).filter(|inside| !inside.is_empty())?;
    match rest.as_bytes().first()? {
        b'$' => Some((inside, 1 + length)),
        b'@' if rest.as_bytes().get(1 + length) == Some(&b'@') => Some((inside, length + 2)),
        _ => None,
    }
}

/// What an action does that steers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Start,
    Else,
    End,
}

/// Whether an action begins branches, goes on to another one, or ends them: `{% if … %}`, `{{else}}`, `{{/if}}`.
fn turn(action: &str) -> Option<Turn> {
    let inside = action.trim_start_matches(['{', '%', '<', '-', '~']).trim_start();
    let words = inside.trim_start_matches(['#', '/']);
    let word = words.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    let is_block = inside.starts_with('#') && action.starts_with("{{") || inside.contains(" do ") || inside.contains(" do|");
    Some(match word {
        "else" | "elif" | "elsif" | "elseif" => Turn::Else,
        "end" | "endif" | "endfor" | "endwith" | "endunless" => Turn::End,
        _ if inside.starts_with('/') && !inside.starts_with("/*") => Turn::End,
        "if" | "for" | "range" | "with" | "unless" | "define" | "block" => Turn::Start,
        _ if is_block => Turn::Start,
        _ => return None,
    })
}

/// Whether what stands in `{{…}}` puts nothing in: `if .TTL`, `/each`, `$x := 1`, `! a comment`.
fn steers(inside: &str) -> bool {
    let inside = inside.trim_start_matches(['-', '~']).trim_start();
    let end = inside.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(inside.len());
    let word = inside.get(..end).unwrap_or("");
    inside.starts_with(['#', '/', '^', '!']) || inside.contains(":=") || STEERING.contains(&word)
}

/// `.Values.keyspace | quote` to `keyspace`.
fn name(inside: &str) -> &str {
    let inside = inside.trim_start_matches(['=', '-', '~', '.', '$', '(', ' ']);
    let end = inside.find(|letter: char| !letter.is_alphanumeric() && !"_.".contains(letter)).unwrap_or(inside.len());
    last_name(inside.get(..end).unwrap_or(""))
}

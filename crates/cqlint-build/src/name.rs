//! What statements are called: `-- name: add_tag` above each, as for yesql, HugSQL, aiosql and sqlc.

use std::ops::Range;

use cqlint_analysis::syntax::comments;
use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, Span};

/// With this begins the line of a comment that names a statement.
const SIGN: &str = "name:";

/// A name that is written in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// As it is written.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

/// What cannot be a name.
pub(crate) struct NoName {
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// The names in the comments of a text, in order.
pub(crate) fn names(text: &str) -> Vec<Result<Name, NoName>> {
    let mut names = Vec::new();
    for comment in comments(text) {
        let mut at = comment.range().start;
        for line in comment.text(text).split_inclusive('\n') {
            let said = line.trim_start_matches(['-', '/', '*', ' ', '\t']);
            if let Some(said_behind) = said.strip_prefix(SIGN) {
                let start = at + line.len() - said_behind.trim_start().len();
                let word = said_behind.trim().trim_end_matches("*/").trim_end();
                names.push(Name { text: word.to_owned(), span: start..start + word.len() }.checked());
            }
            at += line.len();
        }
    }
    names
}

impl Name {
    /// `ADD_TAG`.
    pub(crate) fn constant(text: &str) -> Ident {
        identifier(&text.to_shouty_snake_case())
    }

    /// `add_tag`.
    pub(crate) fn field(text: &str) -> Ident {
        identifier(&text.to_snake_case())
    }

    fn checked(self) -> Result<Self, NoName> {
        let no_name = |span: Range<usize>, message: String, help: &str| NoName { span, message, help: help.to_owned() };
        let is_inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
        let Some(wrong) = self.text.find(|letter| !is_inside(letter)).or(self.text.is_empty().then_some(0)) else {
            return match parsed(&self.text.to_snake_case()) {
                _ if self.text.to_snake_case() == "all" => {
                    let message = "`all` is the name of the list of all statements".to_owned();
                    Err(no_name(self.span, message, "choose another name"))
                }
                Some(_) => Ok(self),
                None => {
                    let message = format!("`{}` cannot be a name in Rust", self.text);
                    Err(no_name(self.span, message, "choose a name that begins with a letter and is none of Rust's own words"))
                }
            };
        };
        let behind = self.text.get(wrong..).unwrap_or_default().trim_start();
        let span = self.span.end - behind.len()..self.span.end;
        Err(match behind {
            "" => no_name(span, "there is no name behind `name:`".to_owned(), "write `-- name: add_tag`"),
            other => {
                let message = format!("`{other}` belongs to no name");
                no_name(span, message, "a name is one word of letters, digits, `_` and `-`, and nothing stands behind it")
            }
        })
    }
}

/// The word as Rust takes it: some of its own words need `r#` before them.
pub(crate) fn identifier(word: &str) -> Ident {
    parsed(word).unwrap_or_else(|| Ident::new("_unnamed", Span::call_site()))
}

/// Nothing when it can be no name at all.
fn parsed(word: &str) -> Option<Ident> {
    let plain = syn::parse_str::<Ident>(word).ok();
    plain.or_else(|| syn::parse_str::<Ident>(&format!("r#{word}")).ok())
}

//! What is told of a statement that is refused.
//!
//! On stable Rust an error can point at a literal, and at nothing within. So the picture of the line stands in its message, with the
//! place and the characters underlined.

use std::fmt::Write;

use cqlint_build::{Excerpt, Mistake};
use proc_macro2::Span;

use crate::literal::Literal;

/// One error of the compiler for each mistake.
pub(crate) fn refused(span: Span, mistakes: &[Mistake], literal: &Literal) -> syn::Error {
    let errors = mistakes.iter().map(|mistake| syn::Error::new(span, told(mistake, literal)));
    let all = errors.reduce(|mut all, other| {
        all.combine(other);
        all
    });
    all.unwrap_or_else(|| syn::Error::new(span, "the statement is refused"))
}

fn told(mistake: &Mistake, literal: &Literal) -> String {
    let in_source = |excerpt: &Excerpt| Excerpt {
        path: literal.path.clone(),
        text: literal.text.clone(),
        span: literal.place(excerpt.span.clone()),
        label: excerpt.label.clone(),
    };
    let excerpt = mistake.excerpt.as_ref().map(in_source);
    let related = mistake.related.iter().map(in_source).collect();
    let mut picture = Mistake { excerpt, related, ..mistake.clone() }.untitled();
    // A line of its own between our picture and the compiler's.
    let _ = writeln!(picture);
    picture
}

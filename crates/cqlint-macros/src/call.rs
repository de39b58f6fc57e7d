//! What stands in the brackets of `cql!`, and what it becomes.

use std::env;
use std::path::{Path, PathBuf};

use cqlint_build::inline::{Inline, check};
use cqlint_build::{Claim, Error, Mistake, Statement};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::literal::Literal;
use crate::told::refused;

/// A statement, and what its author says of it.
pub(crate) struct Call {
    text: LitStr,
    says: Says,
}

/// What the author says.
enum Says {
    Nothing,
    /// `idempotent`: it must be.
    Demands,
    /// `idempotent = "reason"`, `not_idempotent = "reason"`.
    Claims(Claim),
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let text = input.parse().map_err(|error| {
            syn::Error::new(error.span(), "`cql!` takes the statement as a string literal: `cql!(\"SELECT name FROM users\")`")
        })?;
        let mut says = Says::Nothing;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            says = said(input)?;
            input.parse::<Option<Token![,]>>()?;
        }
        if input.is_empty() { Ok(Self { text, says }) } else { Err(input.error("nothing more is expected here")) }
    }
}

fn said(input: ParseStream<'_>) -> syn::Result<Says> {
    let help = "`idempotent` demands it, `idempotent = \"reason\"` and `not_idempotent = \"reason\"` say it";
    let word: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), help))?;
    let reason = match input.parse::<Option<Token![=]>>()? {
        Some(_) => Some(input.parse::<LitStr>()?),
        None => None,
    };
    let unfounded = |reason: &LitStr| !reason.value().contains(char::is_alphanumeric);
    match (word.to_string().as_str(), reason) {
        (_, Some(reason)) if unfounded(&reason) => Err(syn::Error::new(reason.span(), "say why")),
        ("idempotent", None) => Ok(Says::Demands),
        ("idempotent", Some(reason)) => Ok(Says::Claims(Claim::Idempotent(reason.value()))),
        ("not_idempotent", Some(reason)) => Ok(Says::Claims(Claim::NotIdempotent(reason.value()))),
        ("not_idempotent", None) => Err(syn::Error::new(word.span(), "say why: `not_idempotent = \"reason\"`")),
        _ => Err(syn::Error::new(word.span(), help)),
    }
}

impl Call {
    /// The constant, as an expression.
    pub(crate) fn expanded(self) -> syn::Result<TokenStream> {
        let span = self.text.span();
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        // A text that another macro made is in no file: it is checked as if it stood in the package.
        let file = span.unwrap().local_file().unwrap_or_else(|| package.join("src/lib.rs"));
        let inline = check(&self.text.value(), &file, &package).map_err(|error| unusable(span, &error))?;
        let literal = Literal::new(&self.text, &file);
        self.refuse(&inline, &literal)?;

        let claim = match self.says {
            Says::Claims(claim) => Some(claim),
            Says::Nothing | Says::Demands => None,
        };
        let value = Statement { claim, ..inline.statement }.tokens();
        let files = inline.files.iter().filter_map(|file| tracked(file));
        Ok(quote! {
            {
                // So that it is compiled again when one of them changes.
                #(const _: &[u8] = include_bytes!(#files);)*
                const STATEMENT: ::cqlint_runtime::CheckedStatement = #value;
                STATEMENT
            }
        })
    }

    fn refuse(&self, inline: &Inline, literal: &Literal) -> syn::Result<()> {
        let span = self.text.span();
        if !inline.refusals.is_empty() {
            return Err(refused(span, &inline.refusals, literal));
        }
        if matches!(self.says, Says::Demands) && !inline.statement.is_idempotent() {
            let demanded = |hazard: &Mistake| {
                let why = "or say why it may be: `idempotent = \"reason\"`";
                let help = hazard.help.as_ref().map_or_else(|| why.to_owned(), |help| format!("{help}; {why}"));
                let message = format!("it has to be idempotent: {}", hazard.message);
                Mistake { message, help: Some(help), ..hazard.clone() }
            };
            return Err(refused(span, &inline.hazards.iter().map(demanded).collect::<Vec<_>>(), literal));
        }
        Ok(())
    }
}

/// What is wrong is not in the statement, but in the schema or the configuration.
fn unusable(span: Span, error: &Error) -> syn::Error {
    syn::Error::new(span, format!("the schema or the configuration cannot be used: {error}"))
}

/// The path as `include_bytes!` takes it from anywhere.
fn tracked(file: &Path) -> Option<String> {
    std::path::absolute(file).ok()?.to_str().map(str::to_owned)
}

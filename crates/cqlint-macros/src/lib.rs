//! `cql!`: a CQL statement that is checked against the schema when the program is compiled.
//!
//! The schema is that of the command: what the closest `cqlint.toml` names, else the folder `schema` beside `Cargo.toml`. All files
//! that were read are looked at by cargo, so that the statement is checked again when one of them changes. A new file in the
//! folder is not seen by cargo, unless a build script names the folder, as `cqlint-build` does.

mod call;
mod literal;
mod told;

use proc_macro::TokenStream;
use quote::quote;
use syn::parse_macro_input;

/// A statement that is checked when the program is compiled, as a constant: a `cqlint_runtime::CheckedStatement`.
///
/// It is refused when it does not parse or does not fit the schema. The error has the line, with the characters underlined.
///
/// ```
/// use cqlint_macros::cql;
/// use cqlint_runtime::CheckedStatement;
///
/// const RENAME: CheckedStatement = cql!("UPDATE users SET name = ? WHERE id = ?");
/// assert!(RENAME.is_idempotent());
/// ```
///
/// It may be demanded that the statement can be executed twice:
///
/// ```compile_fail
/// # use cqlint_macros::cql;
/// let visit = cql!("UPDATE pages SET views = views + 1 WHERE page = ?", idempotent);
/// ```
///
/// And a person may know better than the analysis, and says why:
///
/// ```
/// # use cqlint_macros::cql;
/// let clear = cql!("TRUNCATE drafts", idempotent = "nobody writes drafts while they are cleared");
/// assert!(clear.is_idempotent());
///
/// let bill = cql!("INSERT INTO bills (id, sum) VALUES (?, ?)", not_idempotent = "a trigger sends a letter");
/// assert!(!bill.is_idempotent());
/// ```
#[proc_macro]
pub fn cql(input: TokenStream) -> TokenStream {
    let call = parse_macro_input!(input as call::Call);
    let expanded = call.expanded().unwrap_or_else(|refusal| {
        let errors = refusal.into_compile_error();
        // Several errors are no expression, and a block of them is one.
        quote!({ #errors })
    });
    expanded.into()
}

//! The constant of a statement: a `CheckedStatement` of `cqlint-runtime`, as Rust.

use cqlint_analysis::Verdict;
use cqlint_analysis::drivers::retry::Operation;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{Claim, Statement};

impl Statement {
    /// The value of its constant.
    ///
    /// ```
    /// use cqlint_analysis::Options;
    /// use cqlint_build::Statement;
    ///
    /// let statement = Statement::new("pages", "SELECT * FROM pages", &Options::default());
    /// let tokens = statement.tokens().to_string().replace(' ', "");
    /// assert!(tokens.starts_with(r#"::cqlint_runtime::CheckedStatement{name:"pages",text:"SELECT*FROMpages""#));
    /// ```
    #[must_use]
    pub fn tokens(&self) -> TokenStream {
        let Self { name, text, .. } = self;
        let keyspace = option(self.keyspace.as_ref().map(|keyspace| quote!(#keyspace)));
        let verdict = match self.verdict {
            Verdict::Idempotent => quote!(Idempotent),
            Verdict::Depends => quote!(Depends),
            Verdict::NotIdempotent => quote!(NotIdempotent),
        };
        let operation = option(self.operation.map(|operation| {
            let operation = variant(operation);
            quote!(::cqlint_runtime::retry::Operation::#operation)
        }));
        let hazards = self.hazards.iter().map(|hazard| {
            let (rule, message) = (hazard.rule, &hazard.message);
            quote!(::cqlint_runtime::Hazard { rule: #rule, message: #message })
        });
        let markers = self.markers.iter().map(|marker| {
            let name = &marker.name;
            let cql_type = option(marker.data_type.as_ref().map(|of| {
                let of = of.to_string();
                quote!(#of)
            }));
            quote!(::cqlint_runtime::Marker { name: #name, cql_type: #cql_type })
        });
        let claim = option(self.claim.as_ref().map(|claim| match claim {
            Claim::Idempotent(reason) => quote!(::cqlint_runtime::Claim::Idempotent(#reason)),
            Claim::NotIdempotent(reason) => quote!(::cqlint_runtime::Claim::NotIdempotent(#reason)),
        }));
        quote! {
            ::cqlint_runtime::CheckedStatement {
                name: #name,
                text: #text,
                keyspace: #keyspace,
                verdict: ::cqlint_runtime::Verdict::#verdict,
                operation: #operation,
                hazards: &[#(#hazards),*],
                markers: &[#(#markers),*],
                claim: #claim,
            }
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn variant(operation: Operation) -> proc_macro2::Ident {
    // `{:?}` of a variant without fields is its name.
    format_ident!("{operation:?}")
}

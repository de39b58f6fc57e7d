//! What is written for a driver: all statements, prepared and marked.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Statement;
use crate::name::Name;

/// A driver that the whole set of statements is prepared with.
///
/// ```
/// use cqlint_build::{Config, Driver};
///
/// let config = Config::new().queries("queries/").driver(Driver::Scylla1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// `scylla`, 1.x. The program needs `cqlint-runtime` with the feature `scylla-1`.
    Scylla1,
    /// `cdrs-tokio`, 9.x. The program needs `cqlint-runtime` with the feature `cdrs-tokio-9`.
    CdrsTokio9,
}

impl Driver {
    /// `Statements` and `prepare_all`.
    pub(crate) fn tokens(self, statements: &[&Statement]) -> TokenStream {
        let prepared = match self {
            Self::Scylla1 => quote!(::scylla::statement::prepared::PreparedStatement),
            Self::CdrsTokio9 => quote!(::cdrs_tokio::query::PreparedQuery),
        };
        let names = statements.iter().map(|statement| (Name::field(&statement.name), Name::constant(&statement.name)));
        let (fields, constants): (Vec<_>, Vec<_>) = names.unzip();
        let lines = constants.iter().map(|constant| format!(" [`{constant}`]."));
        let signature = match self {
            Self::Scylla1 => quote! {
                pub async fn prepare_all(
                    session: &(impl ::cqlint_runtime::scylla_1::PrepareChecked + Sync),
                ) -> Result<Statements, ::scylla::errors::PrepareError>
            },
            Self::CdrsTokio9 => quote! {
                pub async fn prepare_all<S: ::cqlint_runtime::cdrs_tokio_9::Requests>(
                    session: &::cqlint_runtime::cdrs_tokio_9::MarkedSession<S>,
                ) -> Result<Statements, ::cdrs_tokio::Error>
            },
        };
        // A prepared statement of `cdrs-tokio` cannot be cloned.
        let derived = match self {
            Self::Scylla1 => quote!(Clone, Debug),
            Self::CdrsTokio9 => quote!(Debug),
        };
        quote! {
            /// All statements, prepared and marked by [`prepare_all`].
            #[allow(dead_code, reason = "what is not used is left out")]
            #[derive(#derived)]
            pub struct Statements {
                #(#[doc = #lines] pub #fields: #prepared,)*
            }

            /// Prepares all statements and marks those that may be executed twice.
            ///
            /// # Errors
            /// Those of the driver.
            #[allow(dead_code, reason = "what is not used is left out")]
            #signature {
                Ok(Statements {
                    #(#fields: session.prepare_checked(&#constants).await?,)*
                })
            }
        }
    }
}

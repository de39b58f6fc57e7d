//! Structs for the values of statements: a field for each bind marker, with the Rust type that the driver `scylla` takes.

use std::collections::HashSet;

use cqlint_analysis::DataType;
use cqlint_analysis::syntax::ast::NativeType;
use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::name::{Name, identifier};
use crate::{Marker, Statement};

/// The module `parameters`.
pub(crate) fn module(statements: &[&Statement]) -> TokenStream {
    let structs = statements.iter().filter(|statement| !statement.markers.is_empty()).map(|statement| of(statement));
    quote! {
        /// The values of each statement. No field takes null, which would delete: whoever wants that binds a tuple.
        #[allow(dead_code, reason = "what is not used is left out")]
        pub mod parameters {
            #(#structs)*
        }
    }
}

/// A value that is bound, once for all markers of its name.
struct Field {
    name: Ident,
    rust: Rust,
    documentation: String,
}

/// A type of Rust, and what it asks of the struct around it.
struct Rust {
    tokens: TokenStream,
    borrows: bool,
    /// The parameter that stands for a type that is not known here.
    parameter: Option<Ident>,
}

fn of(statement: &Statement) -> TokenStream {
    let name = identifier(&statement.name.to_upper_camel_case());
    let documentation = format!(" The values of [`{}`](super::{0}).", Name::constant(&statement.name));
    let (fields, order) = fields(&statement.markers);
    let lifetime = fields.iter().any(|field| field.rust.borrows).then(|| quote!('a)).into_iter();
    let parameters: Vec<_> = fields.iter().filter_map(|field| field.rust.parameter.as_ref()).collect();
    let generics: Vec<_> = lifetime.chain(parameters.iter().map(|parameter| quote!(#parameter))).collect();
    let bounds = parameters.iter().map(|parameter| quote!(#parameter: ::scylla::serialize::value::SerializeValue));
    let bounds: Vec<_> = bounds.collect();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let types = fields.iter().map(|field| &field.rust.tokens);
    let lines = fields.iter().map(|field| &field.documentation);
    let values = |fields: &[&Ident]| {
        quote! {
            let values: &[&dyn ::scylla::serialize::value::SerializeValue] = &[#(&self.#fields),*];
            ::scylla::serialize::row::SerializeRow::serialize(&values, context, writer)
        }
    };
    let in_order: Vec<_> = order.iter().filter_map(|at| names.get(*at).copied()).collect();
    let mut body = values(&in_order);
    // Some servers tell of a name that stands twice only once.
    if in_order.len() > names.len() {
        let (count, once) = (names.len(), values(&names));
        body = quote!(if context.columns().len() == #count { #once } else { #body });
    }
    quote! {
        #[doc = #documentation]
        #[derive(Clone, Debug)]
        pub struct #name<#(#generics),*> {
            #(#[doc = #lines] pub #names: #types,)*
        }

        impl<#(#generics),*> ::scylla::serialize::row::SerializeRow for #name<#(#generics),*> where #(#bounds),* {
            fn serialize(
                &self,
                context: &::scylla::serialize::row::RowSerializationContext<'_>,
                writer: &mut ::scylla::serialize::writers::RowWriter<'_>,
            ) -> Result<(), ::scylla::serialize::SerializationError> {
                #body
            }

            fn is_empty(&self) -> bool {
                false
            }
        }
    }
}

/// The fields, and for each marker which of them it is.
fn fields(markers: &[Marker]) -> (Vec<Field>, Vec<usize>) {
    let mut taken = HashSet::new();
    let mut known: Vec<(&Marker, usize)> = Vec::new();
    let mut fields = Vec::new();
    let mut order = Vec::new();
    for marker in markers {
        // Markers that have a name of their own are one value.
        let same = known.iter().find(|(other, _)| marker.is_named && other.is_named && other.name == marker.name);
        if let Some((_, at)) = same {
            order.push(*at);
            continue;
        }
        let base = if marker.name.is_empty() { "value".to_owned() } else { marker.name.to_snake_case() };
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        let name = free.unwrap_or(base);
        let said = marker.data_type.as_ref().map_or_else(|| "a type that the build does not know".to_owned(), ToString::to_string);
        let parameter = identifier(&name.to_upper_camel_case());
        let rust = match &marker.data_type {
            Some(of) => rust(of, &parameter),
            None => Rust::unknown(&parameter),
        };
        known.push((marker, fields.len()));
        order.push(fields.len());
        fields.push(Field { name: identifier(&name), rust, documentation: format!(" `{said}`.") });
    }
    (fields, order)
}

impl Rust {
    fn owned(tokens: TokenStream) -> Self {
        Self { tokens, borrows: false, parameter: None }
    }

    fn borrowed(tokens: TokenStream) -> Self {
        Self { tokens: quote!(&'a #tokens), borrows: true, parameter: None }
    }

    fn unknown(parameter: &Ident) -> Self {
        Self { tokens: quote!(#parameter), borrows: false, parameter: Some(parameter.clone()) }
    }
}

/// What the driver takes for a type. Where a user type is in it, the caller says what he has.
fn rust(of: &DataType, parameter: &Ident) -> Rust {
    let inner = |of: &DataType| Some(rust(of, parameter)).filter(|rust| rust.parameter.is_none()).map(|rust| rust.tokens);
    let known = match of {
        DataType::Native(native) => return rust_of_native(*native),
        DataType::Frozen(of) => return rust(of, parameter),
        DataType::List(of) | DataType::Set(of) | DataType::Vector(of) => inner(of).map(|of| quote!([#of])),
        DataType::Map(key, value) => {
            inner(key).zip(inner(value)).map(|(key, value)| quote!(::std::collections::HashMap<#key, #value>))
        }
        DataType::Tuple(of) => of.iter().map(inner).collect::<Option<Vec<_>>>().map(|of| quote!((#(#of,)*))),
        DataType::User(..) | DataType::Custom(_) => None,
    };
    known.map_or_else(|| Rust::unknown(parameter), Rust::borrowed)
}

fn rust_of_native(of: NativeType) -> Rust {
    let value = |name: &str| {
        let name = format_ident!("{name}");
        quote!(::scylla::value::#name)
    };
    Rust::owned(match of {
        NativeType::Ascii | NativeType::Text | NativeType::Varchar => return Rust::borrowed(quote!(str)),
        NativeType::Blob => return Rust::borrowed(quote!([u8])),
        NativeType::Decimal => return Rust::borrowed(value("CqlDecimal")),
        NativeType::Varint => return Rust::borrowed(value("CqlVarint")),
        NativeType::Bigint => quote!(i64),
        NativeType::Int => quote!(i32),
        NativeType::Smallint => quote!(i16),
        NativeType::Tinyint => quote!(i8),
        NativeType::Boolean => quote!(bool),
        NativeType::Double => quote!(f64),
        NativeType::Float => quote!(f32),
        NativeType::Inet => quote!(::std::net::IpAddr),
        NativeType::Uuid => quote!(::uuid::Uuid),
        NativeType::Timeuuid => value("CqlTimeuuid"),
        NativeType::Counter => value("Counter"),
        NativeType::Date => value("CqlDate"),
        NativeType::Time => value("CqlTime"),
        NativeType::Timestamp => value("CqlTimestamp"),
        NativeType::Duration => value("CqlDuration"),
    })
}

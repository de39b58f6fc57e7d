//! Names of keyspaces, tables, columns, functions.

use alloc::borrow::Cow;

use crate::Span;

/// A name as it stands in the text: `users`, `"Users"`, `Users`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where, with the quotes.
    pub span: Span,
}

impl Name {
    /// The name that the server sees: unquoted names fold to lower case, `""` inside quotes is one `"`.
    ///
    /// ```
    /// use cqlint_syntax::{Span, ast::Name};
    ///
    /// assert_eq!(Name { span: Span::new(0, 5) }.value("Users"), "users");
    /// assert_eq!(Name { span: Span::new(0, 7) }.value("\"Users\""), "Users");
    /// ```
    #[must_use]
    pub fn value(self, text: &str) -> Cow<'_, str> {
        let raw = self.span.text(text);
        match raw.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\''])) {
            Some(inner) if inner.contains("\"\"") => Cow::Owned(inner.replace("\"\"", "\"")),
            Some(inner) => Cow::Borrowed(inner),
            None if raw.bytes().any(|byte| byte.is_ascii_uppercase()) => Cow::Owned(raw.to_ascii_lowercase()),
            None => Cow::Borrowed(raw),
        }
    }

    /// Whether the name is written in double quotes.
    #[must_use]
    pub fn is_quoted(self, text: &str) -> bool {
        self.span.text(text).starts_with('"')
    }

    /// Whether both name the same thing.
    #[must_use]
    pub fn same(self, other: Self, text: &str) -> bool {
        let (left, right) = (self.span.text(text), other.span.text(text));
        left == right && !left.starts_with('"') || self.value(text) == other.value(text)
    }
}

/// A name with the keyspace that may stand before it: `shop.orders`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QualifiedName {
    /// The keyspace, when written.
    pub keyspace: Option<Name>,
    /// The name itself.
    pub name: Name,
}

impl QualifiedName {
    /// Where the whole name stands.
    #[must_use]
    pub fn span(self) -> Span {
        self.keyspace.map_or(self.name.span, |keyspace| keyspace.span.to(self.name.span))
    }
}

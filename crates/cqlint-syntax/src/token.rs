//! What the lexer makes of a text.

use crate::{Keyword, Span};

/// One token: twelve bytes, so that a statement's tokens stay in the first-level cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// The keyword that a [`TokenKind::Word`] spells; [`Keyword::None`] for names and everything else.
    pub keyword: Keyword,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $text:literal,)*) => {
        /// The kinds of tokens.
        ///
        /// `TRUE`, `FALSE`, `NULL`, `NAN` and `INFINITY` are words. A minus right before digits belongs to the number, as
        /// in Cassandra's `Lexer.g`: `c -1` is a name and a number, `c - 1` has an operator.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum TokenKind {
            $($(#[$doc])* $name,)*
        }

        impl TokenKind {
            /// How an error message calls the kind.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(TokenKind::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    /// An unquoted name or a keyword.
    Word "a name",
    /// `"Name"`.
    QuotedName "a quoted name",
    /// `'text'` or `$$text$$`.
    String "a string",
    /// `12`, `-12`.
    Integer "an integer",
    /// `1.5`, `1.`, `2e9`, `-NaN`, `-Infinity`.
    Float "a number",
    /// `12h30m`, `P1Y2M`, `P3W`, `P0001-00-00T00:00:01`.
    Duration "a duration",
    /// `5e1c2e9a-…` in 8-4-4-4-12 form.
    Uuid "a uuid",
    /// `0xCAFE`.
    Blob "a blob",
    /// `?`.
    Question "`?`",
    /// `(`.
    OpenParen "`(`",
    /// `)`.
    CloseParen "`)`",
    /// `[`.
    OpenBracket "`[`",
    /// `]`.
    CloseBracket "`]`",
    /// `{`.
    OpenBrace "`{`",
    /// `}`.
    CloseBrace "`}`",
    /// `,`.
    Comma "`,`",
    /// `;`.
    Semicolon "`;`",
    /// `:`.
    Colon "`:`",
    /// `.`.
    Dot "`.`",
    /// `..`.
    Range "`..`",
    /// `+`.
    Plus "`+`",
    /// `-`.
    Minus "`-`",
    /// `*`.
    Star "`*`",
    /// `/`.
    Slash "`/`",
    /// `%`.
    Percent "`%`",
    /// `@`, in the paths of DSE's search indexes.
    At "`@`",
    /// `=`.
    Equal "`=`",
    /// `!=`.
    NotEqual "`!=`",
    /// `<`.
    Less "`<`",
    /// `<=`.
    LessEqual "`<=`",
    /// `>`.
    Greater "`>`",
    /// `>=`.
    GreaterEqual "`>=`",
    /// `+=`.
    PlusEqual "`+=`",
    /// `-=`.
    MinusEqual "`-=`",
    /// A string without its closing quote.
    UnterminatedString "an unterminated string",
    /// A quoted name without its closing quote.
    UnterminatedName "an unterminated quoted name",
    /// A block comment without its end.
    UnterminatedComment "an unterminated comment",
    /// `""`: names a column only in tables that came over from Thrift.
    EmptyName "an empty quoted name",
    /// Whatever else.
    Unknown "an unknown character",
    /// Behind the last token, so that something always stands there.
    End "the end of the statement",
}

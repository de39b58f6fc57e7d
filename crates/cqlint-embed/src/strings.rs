//! How programs put strings together, and what becomes of the text when parts of it are known only at run time.

pub(crate) mod builder;
pub(crate) mod calls;
pub(crate) mod changes;
pub(crate) mod chunk;
pub(crate) mod conditional;
pub(crate) mod constants;
pub(crate) mod cpp;
pub(crate) mod definitions;
pub(crate) mod fold;
pub(crate) mod format;
pub(crate) mod holes;
pub(crate) mod literal;
pub(crate) mod margin;
pub(crate) mod numbers;
pub(crate) mod php;
pub(crate) mod scopes;

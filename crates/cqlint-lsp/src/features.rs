//! What an author gets, one file each: from a [`Page`](crate::page::Page) and a place on it to plain data, without a word of the
//! protocol.

pub(crate) mod completion;
#[cfg(test)]
mod everywhere;
#[cfg(test)]
pub(crate) mod fixture;
pub(crate) mod folding;
pub(crate) mod functions;
pub(crate) mod hints;
pub(crate) mod hover;
pub(crate) mod lens;
pub(crate) mod outline;
pub(crate) mod selection;
pub(crate) mod signature;
pub(crate) mod statements;
#[cfg(test)]
mod strange;
pub(crate) mod tokens;
mod unfinished;

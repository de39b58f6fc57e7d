//! Text that is to be read, with its syntax tree where there is one already.

use std::borrow::Cow;
use std::sync::Arc;

use crate::tree::Tree;

/// The text of a file that is to be read.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Its syntax tree, where there is one already.
    pub(crate) tree: Option<Arc<Tree>>,
}

impl<'a> Page<'a> {
    pub(crate) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), tree: None }
    }
}

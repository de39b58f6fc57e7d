//! Text that is to be read, with its syntax tree where there is one already.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::Language;
use crate::tree::Tree;

/// The text of a file that is to be read.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) text: Cow<'a, str>,
    tree: OnceLock<Arc<Tree>>,
}

impl<'a> Page<'a> {
    pub(crate) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), tree: OnceLock::new() }
    }

    /// Its syntax tree: the one that was kept, or a new one.
    pub(crate) fn tree(&self, language: Language) -> Option<Arc<Tree>> {
        self.tree.get().cloned().or_else(|| Tree::parse(&self.text, language).map(Arc::new))
    }

    /// Keeps its syntax tree, as it is read again. Those of all files would take more memory than their texts.
    pub(crate) fn keep(&self, tree: Arc<Tree>) {
        // The first one is as good.
        let _ = self.tree.set(tree);
    }
}

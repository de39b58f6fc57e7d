//! A text as the features see it: the CQL in it, wherever that stands, and what is known of its tables.
//!
//! All places are bytes of the file. Only `to_proto` knows those of the protocol.

use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Analyzer, Fragment, Options, StatementAnalysis};
use cqlint_project::View;

/// A text, with the CQL in it.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    /// Where the text is kept, or would be.
    pub(crate) path: &'a Path,
    /// The whole text: CQL, or the source of a program.
    pub(crate) text: &'a str,
    /// The CQL in a program; nothing when the text is CQL.
    pub(crate) fragments: Option<&'a [Fragment]>,
    /// What is in force for it, and the schema of the workspace.
    pub(crate) options: &'a Options<'a>,
}

/// CQL on a page: all of it, or what one expression of a program makes.
#[derive(Clone, Copy)]
pub(crate) struct Passage<'a> {
    text: &'a str,
    fragment: Option<&'a Fragment>,
}

impl<'a> Page<'a> {
    /// A file of the workspace.
    pub(crate) fn of(view: &'a View<'a>) -> Self {
        Self { path: view.path, text: &view.text, fragments: view.fragments, options: &view.options }
    }

    /// The CQL on the page. What is only the constant of another file is told of there.
    pub(crate) fn passages(&self) -> impl Iterator<Item = Passage<'a>> + use<'a> {
        let whole = self.fragments.is_none().then_some(Passage { text: self.text, fragment: None });
        let fragments = self.fragments.unwrap_or_default().iter().filter(|fragment| !fragment.is_elsewhere());
        whole.into_iter().chain(fragments.map(|fragment| Passage { text: fragment.text(), fragment: Some(fragment) }))
    }

    /// The CQL at a byte of the page, and the byte there.
    pub(crate) fn passage_at(&self, at: u32) -> Option<(Passage<'a>, u32)> {
        self.passages().find_map(|passage| Some((passage, passage.within(at)?)))
    }
}

impl<'a> Passage<'a> {
    /// The CQL.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// What a program makes it of.
    pub(crate) fn fragment(&self) -> Option<&'a Fragment> {
        self.fragment
    }

    /// What is in force for it: `options` are those of the page.
    pub(crate) fn options<'o>(&self, options: &Options<'o>) -> Options<'o>
    where
        'a: 'o,
    {
        Options { holes: self.fragment.map_or(options.holes, Fragment::holes), ..*options }
    }

    /// Its statements, with what the code around them does in view; `options` are those of the page.
    pub(crate) fn statements(&self, options: &Options<'_>) -> Vec<StatementAnalysis> {
        let mut analyzer = Analyzer::new(options.dialects);
        match self.fragment {
            Some(fragment) => analyzer.fragment(fragment, options).statements,
            None => analyzer.statements(self.text, options).collect(),
        }
    }

    /// Where something in it stands on the page.
    pub(crate) fn host(&self, span: Span) -> Span {
        self.fragment.map_or(span, |fragment| fragment.host(span))
    }

    /// The same, when the very bytes stand there, so that they can be replaced or coloured.
    pub(crate) fn exact_host(&self, span: Span) -> Option<Span> {
        self.fragment.map_or(Some(span), |fragment| fragment.exact_host(span))
    }

    /// Where a byte of the page stands in it.
    pub(crate) fn within(&self, at: u32) -> Option<u32> {
        match self.fragment {
            Some(fragment) => fragment.within(at),
            None => (at as usize <= self.text.len()).then_some(at),
        }
    }
}

//! What the grammar of a language calls its nodes and their fields, by the numbers that trees have for them.

use std::sync::OnceLock;

use super::parts;
use crate::Language;

/// The kinds of nodes of a language, and their fields.
#[derive(Debug)]
pub(super) struct Grammar {
    kinds: Vec<Kind>,
    /// The first number stands for none.
    fields: Vec<Option<&'static str>>,
}

/// A kind of nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Whether it is more than a sign or a word of the language.
    pub(super) is_named: bool,
    /// The parts that look at such nodes.
    pub(super) parts: u8,
}

/// What is broken, and may be of interest to everybody.
const ERROR: Kind = Kind { name: "ERROR", is_named: true, parts: u8::MAX };

/// Those that were asked for, by language.
static GRAMMARS: [OnceLock<Option<Grammar>>; 16] = [const { OnceLock::new() }; 16];

impl Grammar {
    /// The grammar of a language, if this build knows it.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        GRAMMARS.get(language as usize)?.get_or_init(|| language.grammar().map(|grammar| Self::read(&grammar))).as_ref()
    }

    fn read(grammar: &tree_sitter::Language) -> Self {
        let kind = |number| {
            let name = grammar.node_kind_for_id(number)?;
            Some(Kind { name, is_named: grammar.node_kind_is_named(number), parts: parts::of(name) })
        };
        let kinds = 0..u16::try_from(grammar.node_kind_count()).unwrap_or(u16::MAX);
        let fields = 0..=u16::try_from(grammar.field_count()).unwrap_or(u16::MAX);
        Self {
            kinds: kinds.map(|number| kind(number).unwrap_or(ERROR)).collect(),
            fields: fields.map(|number| grammar.field_name_for_id(number)).collect(),
        }
    }

    pub(super) fn kind(&self, number: u16) -> &Kind {
        self.kinds.get(usize::from(number)).unwrap_or(&ERROR)
    }

    pub(super) fn field(&self, number: u16) -> Option<&'static str> {
        self.fields.get(usize::from(number)).copied().flatten()
    }

    #[cfg(test)]
    pub(super) fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().copied().flatten()
    }
}

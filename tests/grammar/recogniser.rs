//! Whether a text is a sentence of the grammar: all ways to read it are tried, and each is tried once.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use cqlint_syntax::{Dialects, Lexer, Token, TokenKind};

use super::ebnf::{self, Alternative, Bracket, Grammar, Part, Times};

/// What turns the tokens of a text into terminals of the grammar.
pub(crate) struct Terminals<'g> {
    numbers: HashMap<&'g str, usize>,
    /// The dialects that know a keyword; elsewhere it is any word.
    known_in: HashMap<&'g str, Dialects>,
}

/// No token is this.
const NOTHING: usize = usize::MAX;

impl<'g> Terminals<'g> {
    /// `keywords` is the text of `keywords.csv`.
    pub(crate) fn new(grammar: &'g Grammar, keywords: &'g str) -> Self {
        let numbers = grammar.terminals.iter().enumerate().map(|(number, text)| (text.as_str(), number)).collect();
        Self { numbers, known_in: ebnf::known_in(keywords) }
    }

    fn number(&self, terminal: &str) -> usize {
        self.numbers.get(terminal).copied().unwrap_or(NOTHING)
    }

    /// The terminals that the token is: a keyword may be a plain word to another dialect.
    fn of(&self, token: Token, text: &str, dialects: Dialects) -> [usize; 2] {
        let text = token.span.text(text);
        let class = match token.kind {
            TokenKind::Word => return self.of_word(&text.to_ascii_uppercase(), dialects),
            TokenKind::QuotedName => "QUOTED",
            TokenKind::EmptyName => "EMPTY_QUOTED",
            TokenKind::String => "STRING",
            TokenKind::Integer => "INTEGER",
            TokenKind::Float if text.eq_ignore_ascii_case("-nan") => "NEGATIVE_NAN",
            TokenKind::Float if text.eq_ignore_ascii_case("-infinity") => "NEGATIVE_INFINITY",
            TokenKind::Float => "FLOAT",
            TokenKind::Duration => "DURATION",
            TokenKind::Uuid => "UUID",
            TokenKind::Blob => "BLOB",
            TokenKind::Question => "QMARK",
            TokenKind::Range => "RANGE",
            _ => return [self.number(&format!("\"{text}\"")), NOTHING],
        };
        [self.number(class), NOTHING]
    }

    fn of_word(&self, word: &str, dialects: Dialects) -> [usize; 2] {
        if matches!(word, "TRUE" | "FALSE") {
            return [self.number("BOOLEAN"), NOTHING];
        }
        let Some(known) = self.known_in.get(word) else { return [self.number("IDENT"), NOTHING] };
        let keyword = if known.meets(dialects) || *known == Dialects::NONE { self.number(&format!("\"{word}\"")) } else { NOTHING };
        let everywhere = *known & dialects == dialects;
        [keyword, if everywhere { NOTHING } else { self.number("IDENT") }]
    }
}

/// One text, and what was found out about it.
pub(crate) struct Recogniser<'g> {
    grammar: &'g Grammar,
    dialects: Dialects,
    tokens: Vec<[usize; 2]>,
    /// Where a production that begins at a token may end.
    ends: Vec<Option<Rc<[usize]>>>,
}

impl<'g> Recogniser<'g> {
    /// Semicolons before and behind the statement mean nothing.
    pub(crate) fn new(grammar: &'g Grammar, terminals: &Terminals<'g>, text: &str, dialects: Dialects) -> Self {
        let tokens: Vec<_> = Lexer::new(text).collect();
        let is_part = |token: &Token| token.kind != TokenKind::Semicolon;
        let first = tokens.iter().position(is_part).unwrap_or(0);
        let end = tokens.iter().rposition(is_part).map_or(0, |last| last + 1);
        let tokens: Vec<_> = tokens[first..end].iter().map(|token| terminals.of(*token, text, dialects)).collect();
        let ends = vec![None; grammar.productions.len() * (tokens.len() + 1)];
        Self { grammar, dialects, tokens, ends }
    }

    /// Whether it is a sentence.
    pub(crate) fn accepts(&mut self) -> bool {
        self.production(0, 0).contains(&self.tokens.len())
    }

    /// The choices that its readings take; none when it is no sentence.
    pub(crate) fn choices(&mut self) -> BTreeSet<usize> {
        let mut trace = Trace::default();
        if self.accepts() {
            self.trace_production(0, 0, self.tokens.len(), &mut trace);
        }
        trace.choices
    }

    fn production(&mut self, number: usize, at: usize) -> Rc<[usize]> {
        let place = number * (self.tokens.len() + 1) + at;
        if let Some(known) = &self.ends[place] {
            return Rc::clone(known);
        }
        let grammar = self.grammar;
        let production = &grammar.productions[number];
        let fits = production.dialects.meets(self.dialects);
        let ends = if fits { self.alternatives(&production.alternatives, at) } else { Vec::new() };
        let ends: Rc<[usize]> = ends.into();
        self.ends[place] = Some(Rc::clone(&ends));
        ends
    }

    fn alternatives(&mut self, alternatives: &'g [Alternative], at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        for alternative in alternatives {
            match alternative.parts[0] {
                Part::Terminal(terminal) if !self.is(terminal, at) => continue,
                _ if !alternative.dialects.meets(self.dialects) => continue,
                _ => {}
            }
            let mut places = vec![at];
            for part in &alternative.parts {
                places = self.all(part, &places);
            }
            ends.extend(places);
        }
        sorted(ends)
    }

    fn is(&self, terminal: usize, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.contains(&terminal))
    }

    fn all(&mut self, part: &'g Part, places: &[usize]) -> Vec<usize> {
        let mut ends = Vec::new();
        for at in places {
            ends.extend(self.part(part, *at));
        }
        sorted(ends)
    }

    fn part(&mut self, part: &'g Part, at: usize) -> Vec<usize> {
        match part {
            Part::Terminal(terminal) if self.is(*terminal, at) => vec![at + 1],
            Part::Terminal(_) => Vec::new(),
            Part::Production(number) => self.production(*number, at).to_vec(),
            Part::Bracket(bracket) => self.bracket(bracket, at),
        }
    }

    fn bracket(&mut self, bracket: &'g Bracket, at: usize) -> Vec<usize> {
        let mut ends = self.alternatives(&bracket.alternatives, at);
        if bracket.times == Times::Once {
            return ends;
        }
        ends.insert(0, at);
        let mut next = 1;
        while bracket.times == Times::Any && next < ends.len() {
            for end in self.alternatives(&bracket.alternatives, ends[next]) {
                if !ends.contains(&end) {
                    ends.push(end);
                }
            }
            next += 1;
        }
        sorted(ends)
    }

    fn trace_production(&mut self, number: usize, from: usize, to: usize, trace: &mut Trace) {
        if trace.productions.insert((number, from, to)) {
            let grammar = self.grammar;
            self.trace_alternatives(&grammar.productions[number].alternatives, from, to, trace);
        }
    }

    fn trace_alternatives(&mut self, alternatives: &'g [Alternative], from: usize, to: usize, trace: &mut Trace) {
        let dialects = self.dialects;
        for alternative in alternatives.iter().filter(|alternative| alternative.dialects.meets(dialects)) {
            let mut places = vec![vec![from]];
            for part in &alternative.parts {
                let next = self.all(part, &places[places.len() - 1]);
                places.push(next);
            }
            // Backwards from the end, so that only what leads there counts.
            let mut wanted: Vec<usize> = places.pop().unwrap_or_default().into_iter().filter(|end| *end == to).collect();
            if wanted.is_empty() {
                continue;
            }
            trace.choices.insert(alternative.choice);
            for part in alternative.parts.iter().rev() {
                let mut before = Vec::new();
                for at in places.pop().unwrap_or_default() {
                    for end in self.part(part, at).into_iter().filter(|end| wanted.contains(end)) {
                        self.trace_part(part, at, end, trace);
                        before.push(at);
                    }
                }
                wanted = sorted(before);
            }
        }
    }

    fn trace_part(&mut self, part: &'g Part, from: usize, to: usize, trace: &mut Trace) {
        match part {
            Part::Terminal(_) => {}
            Part::Production(number) => self.trace_production(*number, from, to, trace),
            Part::Bracket(bracket) => {
                if from == to {
                    trace.choices.extend(bracket.choice);
                }
                if !trace.brackets.insert((bracket.number, from, to)) {
                    return;
                }
                for end in self.alternatives(&bracket.alternatives, from) {
                    if end == to {
                        self.trace_alternatives(&bracket.alternatives, from, to, trace);
                    } else if bracket.times == Times::Any && end > from && self.bracket(bracket, end).contains(&to) {
                        self.trace_alternatives(&bracket.alternatives, from, end, trace);
                        self.trace_part(part, end, to, trace);
                    }
                }
            }
        }
    }
}

/// What a reading used, and which stretches were looked at.
#[derive(Default)]
struct Trace {
    choices: BTreeSet<usize>,
    productions: HashSet<(usize, usize, usize)>,
    brackets: HashSet<(usize, usize, usize)>,
}

fn sorted(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}

//! Reads `grammar/cql.ebnf`: its productions, what they are made of, and which dialects have them.

use std::collections::HashMap;

use cqlint_syntax::Dialects;

/// The productions, the first one being where a sentence begins.
pub(crate) struct Grammar {
    pub(crate) productions: Vec<Production>,
    /// Token classes as they are called, keywords and punctuation in their double quotes.
    pub(crate) terminals: Vec<String>,
    /// What a sentence may use or leave out, described: each alternative, and each `[ … ]`.
    pub(crate) choices: Vec<String>,
}

pub(crate) struct Production {
    pub(crate) name: String,
    pub(crate) dialects: Dialects,
    pub(crate) alternatives: Vec<Alternative>,
}

pub(crate) struct Alternative {
    pub(crate) dialects: Dialects,
    pub(crate) parts: Vec<Part>,
    /// Its place in [`Grammar::choices`].
    pub(crate) choice: usize,
}

pub(crate) enum Part {
    Terminal(usize),
    Production(usize),
    Bracket(Bracket),
}

pub(crate) struct Bracket {
    pub(crate) times: Times,
    pub(crate) alternatives: Vec<Alternative>,
    /// Leaving a `[ … ]` out: its place in [`Grammar::choices`].
    pub(crate) choice: Option<usize>,
    pub(crate) number: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    Once,
    AtMostOnce,
    Any,
}

/// Dialects as the grammar's marks and the tables write them: `cassandra>=4.1, dse`, `scylla dse`, `all`, or nothing.
pub(crate) fn dialects(text: &str) -> Dialects {
    const VERSIONS: [Dialects; 5] = [
        Dialects::CASSANDRA_3_11,
        Dialects::CASSANDRA_4_0,
        Dialects::CASSANDRA_4_1,
        Dialects::CASSANDRA_5_0,
        Dialects::CASSANDRA_TRUNK,
    ];
    let place = |version| ["3.11", "4.0", "4.1", "5.0", "5.1"].iter().position(|known| *known == version).expect("a version");
    let none = Dialects::SCYLLA & Dialects::DSE;
    let join = |sets: &[Dialects]| sets.iter().fold(none, |all, set| all | *set);
    let names = text.split([',', ' ']).filter(|name| !name.is_empty());
    join(
        &names
            .map(|name| match name.split_once("=").map(|(_, version)| place(version)) {
                Some(first) if name.starts_with("cassandra>") => join(&VERSIONS[first..]),
                Some(last) if name.starts_with("cassandra<") => join(&VERSIONS[..=last]),
                _ => name.parse().expect("a dialect"),
            })
            .collect::<Vec<_>>(),
    )
}

/// The dialects that know each keyword, from the text of `keywords.csv`.
pub(crate) fn known_in(keywords: &str) -> HashMap<&str, Dialects> {
    let rows = keywords.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|row| (row[0], dialects(row[2]))).collect()
}

/// Reads the grammar; a text that is none ends the test with the place.
pub(crate) fn read(text: &str) -> Grammar {
    let text = without_comments(text);
    let tokens = tokens(&text);
    let is_name = |token: &str| token.starts_with(|first: char| first.is_ascii_lowercase());
    let heads = tokens.windows(2).filter(|pair| is_name(pair[0]) && pair[1] == "=").map(|pair| pair[0]);
    let mut numbers = HashMap::new();
    for head in heads {
        assert!(numbers.insert(head, numbers.len()).is_none(), "{head} is defined twice");
    }
    let grammar = Grammar { productions: Vec::new(), terminals: Vec::new(), choices: Vec::new() };
    let mut reader = Reader { tokens, at: 0, numbers, grammar };
    while reader.at < reader.tokens.len() {
        let dialects = reader.mark();
        let name = reader.next().to_owned();
        assert_eq!(reader.next(), "=", "behind {name}");
        let alternatives = reader.alternatives(&name);
        assert_eq!(reader.next(), ";", "at the end of {name}");
        reader.grammar.productions.push(Production { name, dialects, alternatives });
    }
    reader.grammar
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("(*") {
        kept.push_str(before);
        rest = comment.split_once("*)").expect("the end of a comment").1;
    }
    kept + rest
}

/// Names, quoted terminals, marks and punctuation.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"').expect("a closing quote") + 2,
            '@' => rest.find(')').expect("the end of a mark") + 1,
            '=' | ';' | '|' | '[' | ']' | '{' | '}' | '(' | ')' => 1,
            _ => rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len()),
        };
        assert!(length > 0, "no token: {rest:.20}");
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Reader<'a> {
    tokens: Vec<&'a str>,
    at: usize,
    numbers: HashMap<&'a str, usize>,
    grammar: Grammar,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> &'a str {
        self.tokens.get(self.at).copied().unwrap_or("")
    }

    fn next(&mut self) -> &'a str {
        self.at += 1;
        self.tokens[self.at - 1]
    }

    fn mark(&mut self) -> Dialects {
        match self.peek().strip_prefix("@(") {
            Some(mark) => {
                self.at += 1;
                dialects(mark.trim_end_matches(')'))
            }
            None => Dialects::ALL,
        }
    }

    /// What the tokens from `start` on say, as a choice inside of `production`.
    fn choice(&mut self, production: &str, start: usize, what: &str) -> usize {
        self.grammar.choices.push(format!("{production}: {what}{}", self.tokens[start..self.at].join(" ")));
        self.grammar.choices.len() - 1
    }

    fn alternatives(&mut self, production: &str) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        loop {
            let start = self.at;
            let dialects = self.mark();
            let mut parts = Vec::new();
            while !matches!(self.peek(), "|" | ";" | ")" | "]" | "}") {
                parts.push(self.part(production));
            }
            assert!(!parts.is_empty(), "an empty alternative of {production}");
            alternatives.push(Alternative { dialects, parts, choice: self.choice(production, start, "") });
            if self.peek() != "|" {
                return alternatives;
            }
            self.at += 1;
        }
    }

    fn part(&mut self, production: &str) -> Part {
        let start = self.at;
        let token = self.next();
        let (times, end) = match token {
            "(" => (Times::Once, ")"),
            "[" => (Times::AtMostOnce, "]"),
            "{" => (Times::Any, "}"),
            _ if token.starts_with(|first: char| first.is_ascii_lowercase()) => {
                let number = self.numbers.get(token);
                return Part::Production(*number.unwrap_or_else(|| panic!("{token} is used in {production} and nowhere defined")));
            }
            _ => return Part::Terminal(self.terminal(token)),
        };
        let alternatives = self.alternatives(production);
        assert_eq!(self.next(), end, "in {production}");
        let choice = (times == Times::AtMostOnce).then(|| self.choice(production, start, "without "));
        Part::Bracket(Bracket { times, alternatives, choice, number: start })
    }

    fn terminal(&mut self, token: &str) -> usize {
        let terminals = &mut self.grammar.terminals;
        terminals.iter().position(|known| known == token).unwrap_or_else(|| {
            terminals.push(token.to_owned());
            terminals.len() - 1
        })
    }
}

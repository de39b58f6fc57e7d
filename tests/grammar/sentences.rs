//! Sentences made from the grammar by chance, the same ones for the same seed.

use std::collections::HashSet;

use cqlint_syntax::{Dialects, Lexer, TokenKind};

use super::ebnf::{self, Alternative, Grammar, Part, Times};

/// Chance: the generator xorshift64*.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Something that a terminal of the grammar may look like.
pub(crate) fn example(terminal: &str, random: &mut Random) -> String {
    let examples: &[&str] = match terminal {
        "IDENT" => &["meters", "lamps", "id", "reads", "Room", "owner_id", "t2", "byte_count", "java", "v", "ORDERS"],
        "QUOTED" => &["\"Meters\"", "\"select\"", "\"a \"\"b\"\"\"", "\"int\"", "\"Größe\""],
        "EMPTY_QUOTED" => &["\"\""],
        "STRING" => &["'oak'", "''", "'it''s'", "$$return 1;$$", "'2024-05-06'", "'{\"a\": 1}'"],
        "INTEGER" => &["0", "1", "-1", "007", "86400", "-9223372036854775808"],
        "FLOAT" => &["1.", "-0.5", "1e9", "2.5E-3"],
        "BOOLEAN" => &["true", "FALSE"],
        "DURATION" => &["1y2mo", "-12h30m", "P1Y2M3DT4H5M6S", "PT5M", "P2W", "P0001-02-03T04:05:06", "5µs"],
        "UUID" => &["123e4567-e89b-12d3-a456-426614174000"],
        "BLOB" => &["0x", "0xCAFE"],
        "QMARK" => &["?"],
        "RANGE" => &[".."],
        "NEGATIVE_NAN" => &["-NaN"],
        "NEGATIVE_INFINITY" => &["-Infinity"],
        quoted => {
            let word = quoted.trim_matches('"');
            return if random.below(4) == 0 { word.to_ascii_lowercase() } else { word.to_owned() };
        }
    };
    (*random.pick(examples)).to_owned()
}

/// How many productions may stand inside each other before the shortest way out is taken.
const DEPTH: usize = 14;

/// Makes sentences.
pub(crate) struct Sentences<'g> {
    grammar: &'g Grammar,
    dialects: Dialects,
    /// Which terminals the dialects know.
    known: Vec<bool>,
    random: Random,
    /// How deep each production is at least.
    depths: Vec<usize>,
    words: Vec<String>,
    /// The names and options that the sentence has so far.
    taken: HashSet<String>,
}

impl<'g> Sentences<'g> {
    /// `keywords` is the text of `keywords.csv`.
    pub(crate) fn new(grammar: &'g Grammar, keywords: &str, dialects: Dialects, seed: u64) -> Self {
        let known_in = ebnf::known_in(keywords);
        let is_known = |terminal: &String| match known_in.get(terminal.trim_matches('"')) {
            Some(known) => known.meets(dialects) || *known == Dialects::NONE,
            None => true,
        };
        let known = grammar.terminals.iter().map(is_known).collect();
        let depths = vec![usize::MAX; grammar.productions.len()];
        let random = Random::new(seed);
        let mut sentences = Self { grammar, dialects, known, random, depths, words: Vec::new(), taken: HashSet::new() };
        // Each round finds the productions that are one level deeper than the known ones.
        for _ in 0..grammar.productions.len() {
            for (number, production) in grammar.productions.iter().enumerate() {
                let depth = sentences.depth(&production.alternatives);
                sentences.depths[number] = if production.dialects.meets(dialects) { depth } else { usize::MAX };
            }
        }
        sentences
    }

    /// The next sentence.
    pub(crate) fn sentence(&mut self) -> String {
        self.words.clear();
        self.taken.clear();
        self.production(0, DEPTH);
        self.words.join(" ")
    }

    fn depth(&self, alternatives: &[Alternative]) -> usize {
        alternatives.iter().map(|alternative| self.depth_of(alternative)).min().unwrap_or(usize::MAX)
    }

    fn depth_of(&self, alternative: &Alternative) -> usize {
        if !alternative.dialects.meets(self.dialects) {
            return usize::MAX;
        }
        let depths = alternative.parts.iter().map(|part| match part {
            Part::Terminal(terminal) => {
                if self.known[*terminal] {
                    0
                } else {
                    usize::MAX
                }
            }
            Part::Production(number) => self.depths[*number].saturating_add(1),
            Part::Bracket(bracket) if bracket.times == Times::Once => self.depth(&bracket.alternatives),
            Part::Bracket(_) => 0,
        });
        depths.max().unwrap_or(0)
    }

    fn production(&mut self, number: usize, depth: usize) {
        let grammar = self.grammar;
        let production = &grammar.productions[number];
        let start = self.words.len();
        loop {
            self.alternatives(&production.alternatives, depth);
            if self.mend(&production.name, start) {
                return;
            }
            self.words.truncate(start);
        }
    }

    /// One alternative that is not deeper than `depth`, or the shallowest.
    fn alternatives(&mut self, alternatives: &'g [Alternative], depth: usize) {
        let limit = self.depth(alternatives).max(depth);
        let fitting: Vec<_> = alternatives.iter().filter(|alternative| self.depth_of(alternative) <= limit).collect();
        for part in &self.random.pick(&fitting).parts {
            match part {
                Part::Terminal(terminal) => {
                    let word = example(&self.grammar.terminals[*terminal], &mut self.random);
                    self.words.push(word);
                }
                Part::Production(number) => self.production(*number, depth.saturating_sub(1)),
                Part::Bracket(bracket) => {
                    // The deeper, the less is said.
                    let wanted = self.depth(&bracket.alternatives) <= depth && self.random.below(2 * DEPTH) < depth;
                    let times = match bracket.times {
                        Times::Once => 1,
                        Times::AtMostOnce => usize::from(wanted),
                        Times::Any => usize::from(wanted) * (1 + self.random.below(2)),
                    };
                    for _ in 0..times {
                        self.alternatives(&bracket.alternatives, depth);
                    }
                }
            }
        }
    }

    /// Keeps away from what servers refuse although it has the right form. Answers whether the words from `start` on,
    /// which are the production of this name, can stay.
    fn mend(&mut self, production: &str, start: usize) -> bool {
        if production == "custom_index_expression" {
            // One token to Cassandra.
            self.words[start] = "expr(".to_owned();
            self.words.remove(start + 1);
        }
        let words = &mut self.words[start..];
        match production {
            // No column is set twice, no option either: every name is a new one.
            "identifier" if !self.taken.insert(words[0].trim_matches('"').to_ascii_lowercase()) => {
                words[0] = format!("c{}", self.taken.len());
                self.taken.insert(words[0].clone());
            }
            "select_statement" => return !multiplies_modifier(words),
            "role_option" => return self.taken.insert(option_kind(words)),
            "like_option" if words.len() < 3 => return self.taken.insert(words.join(" ").to_ascii_uppercase()),
            "property" if words[0].to_ascii_uppercase().ends_with("CLUDED_INDEXES") => {
                return self.taken.insert(format!("the option {}", words[0].to_ascii_uppercase()));
            }
            "assignment" => same_column(words),
            "cql_type" if words.len() == 1 && words[0].starts_with(['\'', '$']) => words[0] = "'UTF8Type'".to_owned(),
            // Only what has parts can be frozen.
            "cql_type" if words.len() == 4 && words[0].eq_ignore_ascii_case("frozen") => words[2] = "address".to_owned(),
            _ => {}
        }
        true
    }
}

/// Whether it is `SELECT json * 2` or the like: the servers see the modifier and the asterisk, and want FROM.
fn multiplies_modifier(select: &[String]) -> bool {
    let is_modifier = |word: &&String| ["JSON", "DISTINCT"].iter().any(|modifier| word.eq_ignore_ascii_case(modifier));
    let modifiers = select.iter().skip(1).take_while(is_modifier).count();
    let behind = |ahead: usize| select.get(1 + modifiers + ahead).map(String::as_str);
    modifiers > 0 && behind(0) == Some("*") && behind(1).is_some_and(|word| !word.eq_ignore_ascii_case("FROM"))
}

/// What may be there only once: a password has three forms.
fn option_kind(option: &[String]) -> String {
    let words: Vec<_> = option.iter().map(|word| word.to_ascii_uppercase()).collect();
    match words[0].as_str() {
        "PASSWORD" | "HASHED" | "GENERATED" => "a password".to_owned(),
        "ACCESS" => format!("access {}", words[1]),
        other => format!("the option {other}"),
    }
}

/// `c = other + 1` to `c = c + 1`, likewise `c = other -1` and `c = [1] + other`.
fn same_column(words: &mut [String]) {
    if words[1] != "=" {
        return;
    }
    let column = words[0].clone();
    let is_name = |word: &str| {
        let token = Lexer::new(word).next();
        let is_constant = ["null", "true", "false", "nan", "infinity"].iter().any(|constant| word.eq_ignore_ascii_case(constant));
        let kinds = [TokenKind::Word, TokenKind::QuotedName, TokenKind::EmptyName];
        !is_constant && token.is_some_and(|token| kinds.contains(&token.kind))
    };
    let is_integer = |word: &str| word.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    let last = words.len() - 1;
    if words.len() == 4 && is_integer(&words[3]) || words.len() > 4 && is_name(&words[2]) && matches!(words[3].as_str(), "+" | "-")
    {
        words[2] = column;
    } else if last > 3 && words[last - 1] == "+" && is_name(&words[last]) {
        words[last] = column;
    }
}

/// The statement with one token left out, exchanged with the next, written twice, or replaced by any terminal.
pub(crate) fn mutated(statement: &str, grammar: &Grammar, random: &mut Random) -> String {
    let mut words: Vec<_> = Lexer::new(statement).map(|token| token.span.text(statement).to_owned()).collect();
    let at = random.below(words.len());
    match random.below(4) {
        0 => drop(words.remove(at)),
        1 => {
            let other = (at + 1) % words.len();
            words.swap(at, other);
        }
        2 => words.insert(at, words[at].clone()),
        _ => words[at] = example(&grammar.terminals[random.below(grammar.terminals.len())], random),
    }
    // One token to Cassandra.
    words.join(" ").replace(" expr (", " expr(")
}

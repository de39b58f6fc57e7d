//! Conformance with Cassandra: its own parsers and ours accept the same statements, version by version.
//!
//! `CQLINT_SENTENCES` says how many statements are made by chance, `CQLINT_SEED` which ones. What may differ stands with its
//! reason in `conformance/differences.md`.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

use cqlint_syntax::{Dialects, Parser};

use crate::cassandra::{CassandraParser, Java, SERVER, jars, java, required, say};
use crate::grammar::{Grammar, Recogniser, Terminals, complaint, from_environment, grammar, keywords};

use differences::{Difference, Refuser, differences};
use statements::{Asked, by_chance, fixed};

mod differences;
mod statements;

/// The versions whose parsers are asked, each with the dialect that it is.
const VERSIONS: [(&str, Dialects); 3] =
    [("3.11.17", Dialects::CASSANDRA_3_11), ("4.1.5", Dialects::CASSANDRA_4_1), (SERVER, Dialects::CASSANDRA_5_0)];

/// How many parsers of Cassandra run at the same time: each takes a core and up to a gigabyte.
const AT_ONCE: usize = 2;

/// How many statements are asked in one go.
const BATCH: usize = 1000;

/// How many disagreements are shown.
const SHOWN: usize = 50;

/// The run that nobody has chosen.
const SEED: u64 = 1;
const SENTENCES: u64 = 120_000;

/// What everyone is asked, and what explains the answers.
struct Suite {
    grammar: Grammar,
    keywords: String,
    asked: Vec<Asked>,
    table: Vec<Difference>,
}

/// What one version makes of all statements.
#[derive(Default)]
struct Tally {
    version: &'static str,
    accepted: usize,
    refused: usize,
    explained: usize,
    unexplained: usize,
    /// The first of the unexplained, as they are shown.
    shown: Vec<String>,
}

impl Suite {
    /// Asks all versions, a few at the same time.
    fn compare_all(&self, java: &Java, folders: &[PathBuf]) -> Vec<Tally> {
        let versions = Mutex::new(VERSIONS.into_iter().zip(folders));
        let next = || versions.lock().expect("nobody panics here").next();
        let work = || {
            let mut tallies = Vec::new();
            while let Some(((version, dialect), jars)) = next() {
                tallies.push(self.compare(version, dialect, CassandraParser::start(java, jars)));
            }
            tallies
        };
        let mut tallies: Vec<_> = thread::scope(|scope| {
            let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("the answers of a version")).collect()
        });
        tallies.sort_by_key(|tally| tally.version);
        tallies
    }

    /// Asks one version, and our parser for the same dialect.
    fn compare(&self, version: &'static str, dialect: Dialects, mut cassandra: CassandraParser) -> Tally {
        let mut parser = Parser::new(dialect);
        let mut tally = Tally { version, ..Tally::default() };
        for batch in self.asked.chunks(BATCH) {
            let texts: Vec<_> = batch.iter().map(|asked| asked.text.as_str()).collect();
            for (asked, theirs) in batch.iter().zip(cassandra.complaints(&texts)) {
                let ours = complaint(&mut parser, &asked.text);
                let (refuser, message) = match (&theirs, &ours) {
                    (None, None) => {
                        tally.accepted += 1;
                        continue;
                    }
                    (None, Some(ours)) => (Refuser::Cqlint, ours),
                    (Some(theirs), None) => (Refuser::Cassandra, theirs),
                    // The grammar made it for this very dialect.
                    (Some(theirs), Some(_)) if asked.made_for == Some(dialect) => (Refuser::Cassandra, theirs),
                    (Some(_), Some(_)) => {
                        tally.refused += 1;
                        continue;
                    }
                };
                // The first row that explains it counts it.
                if self.table.iter().any(|row| row.explains(refuser, version, message)) {
                    tally.explained += 1;
                    continue;
                }
                tally.unexplained += 1;
                if tally.shown.len() < SHOWN {
                    let says = |complaint: &Option<String>| complaint.clone().unwrap_or_else(|| "accepted".to_owned());
                    tally.shown.push(format!(
                        "{}\n    Cassandra {version}: {}\n    cqlint: {}\n    the grammar: {}",
                        asked.text,
                        says(&theirs),
                        says(&ours),
                        if self.is_sentence(&asked.text, dialect) { "a sentence" } else { "no sentence" },
                    ));
                }
            }
        }
        tally
    }

    fn is_sentence(&self, text: &str, dialect: Dialects) -> bool {
        let terminals = Terminals::new(&self.grammar, &self.keywords);
        Recogniser::new(&self.grammar, &terminals, text, dialect).accepts()
    }
}

#[test]
fn cassandra_and_cqlint_accept_the_same() {
    let found = java().and_then(|java| {
        let folders = VERSIONS.iter().map(|(version, _)| jars(version)).collect::<Result<Vec<_>, _>>()?;
        Ok((java, folders))
    });
    let Some((java, folders)) = required("grammar conformance", found) else { return };
    let start = Instant::now();
    let (seed, sentences) = (from_environment("CQLINT_SEED", SEED), from_environment("CQLINT_SENTENCES", SENTENCES));
    let grammar = grammar();
    let mut asked = fixed();
    asked.extend(by_chance(&grammar, seed, sentences));
    let suite = Suite { grammar, keywords: keywords(), asked, table: differences() };
    let tallies = suite.compare_all(&java, &folders);

    say(&format!("conformance: {} statements, seed {seed}, {} seconds", suite.asked.len(), start.elapsed().as_secs()));
    for Tally { version, accepted, refused, explained, unexplained, .. } in &tallies {
        let both = format!("{accepted} accepted by both, {refused} refused by both");
        say(&format!("  Cassandra {version}: {both}, disagreements: {explained} explained, {unexplained} not"));
    }
    for row in &suite.table {
        say(&format!("  explained by \"{}\": {}", row.message, row.uses.load(Ordering::Relaxed)));
    }

    let shown = tallies.iter().flat_map(|tally| &tally.shown).take(SHOWN).map(String::as_str);
    let shown = shown.collect::<Vec<_>>().join("\n");
    let unexplained: usize = tallies.iter().map(|tally| tally.unexplained).sum();
    assert!(unexplained == 0, "seed {seed}, {unexplained} disagreements that no row of differences.md explains:\n{shown}");
    // Another run may need other rows.
    if (seed, sentences) == (SEED, SENTENCES) {
        let idle = suite.table.iter().filter(|row| row.uses.load(Ordering::Relaxed) == 0);
        let idle: Vec<_> = idle.map(|row| row.message.as_str()).collect();
        assert!(idle.is_empty(), "rows of differences.md that explain nothing: {idle:?}");
    }
}

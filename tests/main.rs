//! All suites in one binary; each line says what its suite promises.
//!
//! `CQLINT_BLESS=1 cargo test` rewrites what is expected of a run; read the difference before you keep it.

// What suites need of the system.
use cqlint_cluster::packages;

// Whoever is asked about a statement gives the same verdict.
mod agreement;
// The rooms use only what lies below them, and every file says what it is for.
mod architecture;
// A real Cassandra for the suites that ask one.
mod cassandra;
// What is built into programs: the module, the errors and warnings, `cql!`, and what cargo sees of them.
mod building;
// The command: each output format, exit code and protocol, as folders of input and expected output.
mod cli;
// Real editors and other clients see what the command says, and change what they are told to.
mod clients;
// Our parser and Cassandra's own accept the same statements, version by version.
mod conformance;
// The corpus: what some dialect accepts parses, what none accepts is refused at the right place.
mod corpus;
// What each editor is given: its words are the lexer's, what it declares exists, its files parse.
mod editors;
// CQL in application source: every language says the same of the same statements, and what is no CQL is left alone.
mod embed;
// Writes whose answers are lost on the way from a real Cassandra are applied once, or not at all.
mod faults;
// What a finding is known by stays when its statement moves.
mod fingerprints;
// What a fix leaves parses, and its rule has no more to say there.
mod fixes;
// Whatever is thrown at it, nothing panics, every place fits, and a verdict depends only on what the statement means.
mod fuzz;
// The language server says what the command says, to every client, whatever that sends.
mod lsp;
// The grammar is well formed, fits the corpus, and our parser takes what it takes.
mod grammar;
// What is executed twice on a real Cassandra is what the verdict says.
mod oracle;
// What other tools infer of statements, beside what cqlint says and a real Cassandra does.
mod inference;
// What pre-commit and GitHub read of this repository fits the command.
mod integrations;
// Node, for what the editors are made of and driven by.
mod node;
// The README shows what the command says.
mod readme;
// The reports for services are what their standards say.
mod reports;
// The pages of the rules: their examples give the findings that they claim.
mod rules;
// Sessions of scylla mark what they send as the verdict says, with the schema of a real Cassandra.
mod runtime;
// The same for sessions of cdrs-tokio.
mod runtime_cdrs;
// The example tells what becomes of its statements.
mod shop;
// Every form of statement gets its verdict under each profile.
mod semantics;
// Comments that hide findings hide them, and nothing else.
mod suppressions;
// The tables in `grammar/` and the ones in the code are the same.
mod tables;

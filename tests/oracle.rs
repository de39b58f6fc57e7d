//! The verdicts, and what is said to be refused, held to a real Cassandra: statements are executed once and twice, and all rows are read after each.
//!
//! `CQLINT_ORACLE` says how many statements are made, `CQLINT_SEED` which ones.

use std::time::Instant;

use cqlint_analysis::Schema;
use futures::StreamExt;

use crate::cassandra::{Client, required, say, server};
use crate::grammar::from_environment;

use examination::Examiner;
use marks::Marks;
use matrix::Matrix;
use stage::Stage;

mod draft;
mod examination;
mod fixes;
mod forms;
mod generator;
mod late;
mod literals;
mod marks;
mod matrix;
mod observation;
mod promise;
mod refusals;
mod stage;
mod statement;
mod terms;
mod values;

const SCHEMA: &str = include_str!("oracle/schema.cql");
const KEYSPACES: [&str; 2] = ["types", "shadowed"];

/// How many statements are examined at a time. Most of the time each waits for the server.
const AT_A_TIME: usize = 32;

/// A seed for each statement of a run: neighbours have nothing in common.
fn seed_of(seed: u64, number: u64) -> u64 {
    (seed << 32 | number).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Runs what asks the server.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

/// No statement with the verdict `idempotent` leaves other rows the second time, raises, or, where its profile says so,
/// answers differently or expires at another time. The others are told apart by the reasons that they have.
#[test]
fn idempotent_statements_can_be_executed_twice() {
    let Some(server) = required("the double-execution oracle", server()) else { return };
    let (count, seed) = (from_environment("CQLINT_ORACLE", 5_000), from_environment("CQLINT_SEED", 1));
    let begin = Instant::now();
    let (matrix, wrong) = block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        stage::define(&client, &KEYSPACES, SCHEMA).await;
        let tables = stage::tables(&client, &KEYSPACES).await;
        let schema = Schema::from_text(SCHEMA);
        let stage = Stage::new(&client, &tables).await;
        let marks = Marks::new(SCHEMA);
        let examiner = Examiner { client: &client, stage: &stage, tables: &tables, schema: &schema, marks: &marks };
        let mut matrix = Matrix::new(marks.names());
        let mut wrong = Vec::new();
        let mut examinations =
            futures::stream::iter(0..count).map(|number| examiner.examine(seed_of(seed, number))).buffer_unordered(AT_A_TIME);
        while let Some(examination) = examinations.next().await {
            matrix.add(&examination);
            wrong.extend(examination.wrong_mark());
            wrong.extend(examination.undone());
            wrong.extend(examination.false_alarm());
            if let Some(contradiction) = examination.contradiction() {
                wrong.push(examiner.reproduction(examination, contradiction).await);
            }
        }
        (matrix, wrong)
    });
    say(&format!("the double-execution oracle: {count} statements, seed {seed}, {:.0?}\n{matrix}", begin.elapsed()));
    let first: Vec<_> = wrong.iter().take(5).map(String::as_str).collect();
    assert!(wrong.is_empty(), "seed {seed}, {} of {count} verdicts are wrong:\n\n{}", wrong.len(), first.join("\n"));
    assert!(matrix.ignorance.is_empty(), "the schema tells what these ask for:\n{}", matrix.ignorance.join("\n"));
}

//! What it costs at run time to ask what was decided of a statement: a hit and a miss of the classifier, beside the analysis alone
//! and beside the plainest cache there is. Counting allocations costs each of them a nanosecond or two, and a hit has none.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Instant;

use allocation_counter::measure;
use cqlint_analysis::{Analyzer, Options};
use cqlint_bench::rounds::{Contender, Times};
use cqlint_bench::table::{Table, nanoseconds, ratio};
use cqlint_bench::{Result, measuring, say, workload};
use cqlint_runtime::scylla_1::Mark;
use cqlint_runtime::{Classifier, Decision, MarkerType, Question};
use scylla::statement::Statement;
use scylla::statement::batch::Batch;

const HIT: &str = "hit";
const YARDSTICK: &str = "`RwLock<HashMap>`";
const ANALYSIS: &str = "parse and analysis, no cache";
/// Members of a batch.
const MEMBERS: [usize; 2] = [2, 20];

fn main() -> Result {
    let samples = workload::small()?;
    let texts: Vec<&str> = samples.iter().map(|sample| sample.cql.as_str()).collect();
    say("## A decision at run time\n");
    say(format!("The {} statements of `workload.jsonl`, in turns.\n", texts.len()));
    one_thread(&texts);
    several_threads(&texts);
    Ok(())
}

/// A classifier that knows tables, though not those of the workload: what is looked for is not found, which takes no less.
fn with_schema() -> Classifier {
    let tables = (0..200).map(|number| format!("CREATE TABLE ks.t{number} (k int PRIMARY KEY, v int, l list<int>);\n"));
    Classifier::builder().schema(&tables.collect::<String>()).build()
}

fn types() -> Vec<MarkerType> {
    vec![MarkerType::new("v", "int")]
}

fn prepared(text: &str) -> Question<'_> {
    Question { types: Some(&types), keyspace: Some("ks"), ..Question::new(text) }
}

fn ask(classifier: &Classifier, question: &Question<'_>) -> usize {
    usize::from(classifier.decide(question).is_idempotent())
}

/// The plainest cache.
fn filled(texts: &[&str]) -> RwLock<HashMap<Box<str>, Arc<Decision>>> {
    let classifier = Classifier::default();
    RwLock::new(texts.iter().map(|text| (Box::from(*text), classifier.decide(&Question::new(text)))).collect())
}

fn look_up(cache: &RwLock<HashMap<Box<str>, Arc<Decision>>>, text: &str) -> usize {
    let cache = cache.read().unwrap_or_else(PoisonError::into_inner);
    cache.get(text).cloned().map_or(0, |decision| usize::from(decision.is_idempotent()))
}

fn one_thread(texts: &[&str]) {
    let [plain, by_types, schema, schema_types] =
        [Classifier::default(), Classifier::default(), with_schema(), with_schema()].map(Arc::new);
    let cache = filled(texts);
    let mut statements: Vec<Statement> = texts.iter().copied().map(Statement::new).collect();
    let mut batches = MEMBERS.map(|members| batch(texts, members));
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let (marks, batch_marks) = (Classifier::default(), Classifier::default());
    let mut turn = 0;
    let [few, many] = &mut batches;
    let mut contenders = [
        Contender::new(HIT, |text| ask(&plain, &Question::new(text))),
        Contender::new("hit, prepared", |text| ask(&by_types, &prepared(text))),
        Contender::new("hit, with a schema", |text| ask(&schema, &Question::new(text))),
        Contender::new("`Statement::mark`", |_| {
            turn = (turn + 1) % statements.len();
            statements.get_mut(turn).map_or(0, |statement| usize::from(statement.mark(&marks).is_idempotent()))
        }),
        Contender::new("`Batch::mark`, 2 members", |_| usize::from(few.mark(&batch_marks).is_idempotent())),
        Contender::new("`Batch::mark`, 20 members", |_| usize::from(many.mark(&batch_marks).is_idempotent())),
        Contender::new(YARDSTICK, |text| look_up(&cache, text)),
        Contender::new("miss", |text| usize::from(plain.prepare(&Question::new(text)).is_idempotent())),
        Contender::new("miss, prepared, with a schema", |text| usize::from(schema_types.prepare(&prepared(text)).is_idempotent())),
        Contender::new(ANALYSIS, move |text| analyzer.statements(text, &options).map(|statement| statement.verdict as usize).sum()),
    ];

    let rounds = if measuring() { 60 } else { 1 };
    let mut times = vec![Times::default(); contenders.len()];
    for _ in 0..rounds {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            times.push(contender.best(texts, 8));
        }
    }
    let yardstick = contenders.iter().position(|contender| contender.name == YARDSTICK).and_then(|at| times.get(at)).cloned();
    let yardstick = yardstick.unwrap_or_default();
    let mut table = Table::new(&["one thread", "ns", "to the yardstick (median)", "allocations: mean", "bytes: mean"]);
    for (contender, times) in contenders.iter_mut().zip(&times) {
        let info = measure(|| _ = black_box((contender.pass)(texts)));
        let mean = |sum: u64| format!("{:.2}", sum as f64 / texts.len() as f64);
        table.row([
            contender.name.to_owned(),
            nanoseconds(times.best()),
            format!("{} ({})", ratio(times.best(), yardstick.best()), ratio(times.by(&yardstick), 1.0)),
            mean(info.count_total),
            mean(info.bytes_total),
        ]);
    }
    say(table);
}

/// The same two statements by turns.
fn batch(texts: &[&str], members: usize) -> Batch {
    let writes = texts.iter().filter(|text| text.starts_with("INSERT"));
    let mut batch = Batch::default();
    writes.take(2).cycle().take(members).for_each(|text| batch.append_statement(*text));
    batch
}

/// All threads ask the same.
fn several_threads(texts: &[&str]) {
    let (classifier, cache) = (Classifier::default(), filled(texts));
    let hit = |text: &str| ask(&classifier, &Question::new(text));
    let yardstick = |text: &str| look_up(&cache, text);
    let (rounds, passes) = if measuring() { (40, 200) } else { (1, 1) };
    let mut table = Table::new(&["threads", "hit: ns for each thread", YARDSTICK, "hit to the yardstick (median)"]);
    for threads in [1, 2] {
        let (mut ours, mut theirs) = (Times::default(), Times::default());
        for _ in 0..rounds {
            ours.push(together(threads, passes, texts, &hit));
            theirs.push(together(threads, passes, texts, &yardstick));
        }
        table.row([threads.to_string(), nanoseconds(ours.best()), nanoseconds(theirs.best()), ratio(ours.by(&theirs), 1.0)]);
    }
    say(table);
}

/// Nanoseconds per text in each of the threads.
fn together(threads: usize, passes: usize, texts: &[&str], one: &(impl Fn(&str) -> usize + Sync)) -> f64 {
    let pass = || texts.iter().fold(0_usize, |sum, text| sum.wrapping_add(one(black_box(text))));
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..passes).for_each(|_| _ = black_box(pass())));
        }
    });
    start.elapsed().as_nanos() as f64 / (passes * texts.len()) as f64
}

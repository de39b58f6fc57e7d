//! One made statement: executed in several states with several values, and held to what the analysis promises of it.

use cqlint_analysis::{Profile, Schema, Verdict};
use scylla::frame::response::result::ColumnType;
use scylla::statement::batch::BatchType;
use scylla::statement::prepared::PreparedStatement;

use super::draft::Draft;
use super::generator::{Generator, Table};
use super::marks::{Marked, Marks};
use super::observation::{Outcome, Reader, Seen, observe, timestamp};
use super::promise::{Promise, promises};
use super::refusals::refusals;
use super::stage::{self, STATES, Stage, State};
use super::statement::Statement;
use crate::cassandra::{Client, Refusal, Request, Rows, Value, show};
use crate::grammar::Random;

/// How a statement is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Text,
    Prepared,
    /// The members one by one, in a batch of the protocol.
    Batch,
}

/// A statement as it is sent.
pub(crate) enum Sent {
    Text(Draft),
    Prepared(Draft, PreparedStatement),
    Batch(BatchType, Vec<(Draft, PreparedStatement)>),
}

impl Sent {
    pub(crate) fn request(&self, key: i32, plain: bool, random: &mut Random) -> Request {
        match self {
            Self::Text(draft) => Request::Text(draft.for_partition(key)),
            Self::Prepared(draft, prepared) => Request::Prepared(prepared.clone(), draft.values(key, plain, random)),
            Self::Batch(kind, members) => {
                let bind = |(draft, prepared): &(Draft, PreparedStatement)| (prepared.clone(), draft.values(key, plain, random));
                Request::Batch(*kind, members.iter().map(bind).collect())
            }
        }
    }

    /// What the server is told, bind markers and all.
    pub(crate) fn text(&self, key: i32) -> String {
        match self {
            Self::Text(draft) => draft.for_partition(key),
            Self::Prepared(draft, _) => draft.prepared(),
            Self::Batch(_, members) => {
                let members: Vec<_> = members.iter().map(|(draft, _)| draft.prepared()).collect();
                members.join("; ")
            }
        }
    }

    fn way(&self) -> Way {
        match self {
            Self::Text(_) => Way::Text,
            Self::Prepared(..) => Way::Prepared,
            Self::Batch(..) => Way::Batch,
        }
    }

    /// The types of all bind markers, in order.
    fn types(&self) -> Vec<ColumnType<'static>> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::Prepared(draft, _) => draft.types(),
            Self::Batch(_, members) => members.iter().flat_map(|(draft, _)| draft.types()).collect(),
        }
    }
}

/// The circumstances of one pair of executions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trial {
    state: State,
    /// Both executions carry one timestamp of the client.
    pub(crate) one_timestamp: bool,
    /// Without null, unset and empty values.
    plain: bool,
    seed: u64,
}

impl Trial {
    /// What both executions carry, when they carry the same.
    fn timestamp(&self) -> Option<i64> {
        self.one_timestamp.then(timestamp)
    }
}

/// What came out.
pub(crate) struct Examination {
    seed: u64,
    statement: Statement,
    way: Way,
    /// What the verdicts are about.
    pub(crate) text: String,
    pub(crate) promises: Vec<Promise>,
    /// The rules that say that the server refuses it.
    pub(crate) refusals: Vec<&'static str>,
    pub(crate) seen: Vec<(Trial, Seen)>,
    /// What `cqlint-runtime` would have marked of it.
    pub(crate) marked: Marked,
    /// The circumstances in which it would have marked what did harm.
    wrong_mark: Option<String>,
    /// What a late retry broke although the profile `strict` promises that it breaks nothing.
    late: Option<String>,
}

/// A promise that is not kept.
pub(crate) struct Contradiction {
    promise: Promise,
    trial: Trial,
}

impl Examination {
    /// Whether some execution was not refused.
    pub(crate) fn is_accepted(&self) -> bool {
        self.seen.iter().any(|(_, seen)| !matches!(seen.outcome, Outcome::Refused))
    }

    /// The story of a statement that is said to be refused, and is not.
    pub(crate) fn false_alarm(&self) -> Option<String> {
        let alarm = self.is_accepted() && !self.refusals.is_empty();
        alarm.then(|| {
            format!(
                "said to be refused ({}), and is not:\n    {}\n  seed of the statement: {}\n",
                self.refusals.join(", "),
                self.text,
                self.seed
            )
        })
    }

    /// The story of a late retry that undid something although the profile `strict` promises that none does.
    pub(crate) fn undone(&self) -> Option<String> {
        let late = self.late.as_ref()?;
        Some(format!(
            "a late retry is promised to be harmless (strict):\n    {}\n{late}  seed of the statement: {}\n",
            self.text, self.seed
        ))
    }

    /// The story of a mark that `cqlint-runtime` sets and must not.
    pub(crate) fn wrong_mark(&self) -> Option<String> {
        let wrong = self.wrong_mark.as_ref()?;
        Some(format!(
            "cqlint-runtime marks it, and a second execution does harm ({wrong}):\n    {}\n  seed of the statement: {}\n",
            self.text, self.seed
        ))
    }

    /// The first promise that is not kept, in the simplest circumstances.
    pub(crate) fn contradiction(&self) -> Option<Contradiction> {
        self.promises.iter().filter(|promise| promise.verdict == Verdict::Idempotent).find_map(|promise| {
            let broken = self.seen.iter().find(|(trial, seen)| is_meant(promise, trial) && breaks(promise.profile, seen));
            broken.map(|(trial, _)| Contradiction { promise: promise.clone(), trial: *trial })
        })
    }
}

/// Whether the timestamps are made in the way that the promise is about.
pub(crate) fn is_meant(promise: &Promise, trial: &Trial) -> bool {
    trial.one_timestamp != promise.is_per_attempt()
}

/// Whether the profile rules out what was seen.
pub(crate) fn breaks(profile: Profile, seen: &Seen) -> bool {
    match seen.outcome {
        Outcome::Changed { .. } | Outcome::Raised { .. } => true,
        Outcome::Refused => false,
        Outcome::Same => seen.other_answer && profile != Profile::STATE || seen.other_expiry && profile == Profile::STRICT,
    }
}

/// Sends, executes, compares.
pub(crate) struct Examiner<'e> {
    pub(crate) client: &'e Client,
    pub(crate) stage: &'e Stage<'e>,
    pub(crate) tables: &'e [Table],
    pub(crate) schema: &'e Schema,
    pub(crate) marks: &'e Marks,
}

impl Examiner<'_> {
    /// Makes the statement of this seed and examines it.
    pub(crate) async fn examine(&self, seed: u64) -> Examination {
        let mut generator = Generator { tables: self.tables, random: Random::new(seed) };
        let statement = generator.statement();
        let way = match (&statement, generator.random.below(4)) {
            (_, 0) => Way::Text,
            (Statement::Batch { using, .. }, 1) if using.is_empty() => Way::Batch,
            _ => Way::Prepared,
        };
        self.examine_sent(statement, way, seed).await
    }

    async fn examine_sent(&self, statement: Statement, way: Way, seed: u64) -> Examination {
        let (text, sent) = self.prepare(&statement, way, &mut Random::new(seed)).await;
        let promises = promises(&text, self.schema);
        let refusals = refusals(&text, self.schema);
        let is_strict = |promise: &Promise| promise.profile == Profile::STRICT && promise.verdict == Verdict::Idempotent;
        let seen;
        let (mut marked, mut wrong_mark) = (Marked::default(), None);
        let mut late = None;
        match sent {
            Err(_) => {
                let trial = Trial { state: State::Empty, one_timestamp: false, plain: true, seed };
                let outcome = Outcome::Refused;
                seen = vec![(trial, Seen { outcome, other_answer: false, other_expiry: false })];
            }
            Ok(sent) => {
                let runs = trials(&sent, seed).into_iter().map(async |trial| (trial, self.run(&statement, &sent, trial).await));
                let runs = futures::future::join_all(runs).await;
                for (trial, (request, seen)) in &runs {
                    if let Some(name) = self.marks.held_to(request, trial.timestamp(), seen, &mut marked) {
                        wrong_mark.get_or_insert_with(|| format!("{name}, {trial:?}, values: {}", values(&sent, request)));
                    }
                }
                seen = runs.into_iter().map(|(trial, (_, seen))| (trial, seen)).collect();
                if promises.iter().all(|promise| is_strict(promise) || promise.profile != Profile::STRICT) {
                    late = self.broken_by_a_late_retry(&sent, &tables(&statement), seed).await;
                }
            }
        }
        Examination { seed, statement, way, text, promises, refusals, seen, marked, wrong_mark, late }
    }

    /// The text that is judged, and what is sent, unless the server does not take it.
    async fn prepare(&self, statement: &Statement, way: Way, random: &mut Random) -> (String, Result<Sent, Refusal>) {
        let draft = statement.draft();
        match (way, statement) {
            (Way::Batch, Statement::Batch { kind, members, .. }) => {
                let drafts: Vec<_> = members.iter().map(super::statement::Write::draft).collect();
                let texts: Vec<_> = drafts.iter().map(Draft::prepared).collect();
                let text = format!("BEGIN {kind}BATCH {}; APPLY BATCH", texts.join("; "));
                let mut prepared = Vec::new();
                for (draft, text) in drafts.into_iter().zip(texts) {
                    match self.client.prepare(&text).await {
                        Ok(member) => prepared.push((draft, member)),
                        Err(refusal) => return (text, Err(refusal)),
                    }
                }
                let kind = match kind.trim() {
                    "COUNTER" => BatchType::Counter,
                    "UNLOGGED" => BatchType::Unlogged,
                    _ => BatchType::Logged,
                };
                (text, Ok(Sent::Batch(kind, prepared)))
            }
            (Way::Text | Way::Batch, _) => {
                let draft = draft.with_literals(random);
                (draft.for_partition(0), Ok(Sent::Text(draft)))
            }
            (Way::Prepared, _) => {
                let text = draft.prepared();
                let prepared = self.client.prepare(&text).await;
                (text, prepared.map(|prepared| Sent::Prepared(draft, prepared)))
            }
        }
    }

    async fn run(&self, statement: &Statement, sent: &Sent, trial: Trial) -> (Request, Seen) {
        let (tables, key, mut random) = (tables(statement), self.stage.partition(), Random::new(trial.seed));
        self.stage.fill(&tables, key, trial.state, &mut random).await;
        let request = sent.request(key, trial.plain, &mut random);
        let seen = self.observe(statement, &request, key, trial).await;
        (request, seen)
    }

    async fn observe(&self, statement: &Statement, request: &Request, key: i32, trial: Trial) -> Seen {
        let partition = Partition { stage: self.stage, tables: &tables(statement), key, can_expire: can_expire(statement) };
        observe(self.client, request, trial.timestamp(), &partition).await
    }

    /// The contradiction with everything that one needs to see it, from the simplest statement that still shows it.
    pub(crate) async fn reproduction(&self, examination: Examination, contradiction: Contradiction) -> String {
        let (mut examination, mut contradiction) = (examination, contradiction);
        'simpler: loop {
            for statement in examination.statement.simpler() {
                let simpler = self.examine_sent(statement, examination.way, examination.seed).await;
                if let Some(found) = simpler.contradiction() {
                    (examination, contradiction) = (simpler, found);
                    continue 'simpler;
                }
            }
            break;
        }
        self.show(&examination, &contradiction).await
    }

    async fn show(&self, examination: &Examination, contradiction: &Contradiction) -> String {
        let Contradiction { promise, trial } = contradiction;
        let statement = &examination.statement;
        let tables = tables(statement);
        let (_, sent) = self.prepare(statement, examination.way, &mut Random::new(examination.seed)).await;
        let sent = sent.expect("it was sent before");
        let (key, mut random) = (self.stage.partition(), Random::new(trial.seed));
        self.stage.fill(&tables, key, trial.state, &mut random).await;
        let before = self.stage.read(&tables, key).await;
        let request = sent.request(key, trial.plain, &mut random);
        let again = self.observe(statement, &request, key, *trial).await;
        // Once more it may be harmless: then what was seen before is shown.
        let before_that = examination.seen.iter().find(|(seen, _)| seen.seed == trial.seed).map(|(_, seen)| seen);
        let seen = if breaks(promise.profile, &again) { &again } else { before_that.unwrap_or(&again) };
        let end = match &seen.outcome {
            Outcome::Changed { once, twice } => format!("rows after one execution:\n{once}  rows after two:\n{twice}"),
            Outcome::Raised { once, error } => {
                format!("rows after one execution:\n{once}  the second execution raises: {error}\n")
            }
            _ if seen.other_answer => "the second execution answers differently\n".to_owned(),
            _ => "the second execution moves the time at which something expires\n".to_owned(),
        };
        let values = values(&sent, &request);
        let schema: Vec<_> = stage::statements(super::SCHEMA)
            .into_iter()
            .filter(|statement| tables.iter().any(|table| statement.contains(&format!("TABLE {table} "))))
            .collect();
        format!(
            "the verdict is `idempotent` ({}), and Cassandra shows that it is not\n  schema:\n    {}\n  rows before:\n{before}  \
             statement ({:?}):\n    {}\n  values: {values}\n  {end}  seed of the statement: {}\n",
            promise.setting(),
            schema.join("\n    "),
            sent.way(),
            sent.text(key),
            examination.seed,
        )
    }
}

/// What one statement may touch.
struct Partition<'p> {
    stage: &'p Stage<'p>,
    tables: &'p [String],
    key: i32,
    can_expire: bool,
}

impl Reader for Partition<'_> {
    async fn rows(&self) -> Rows {
        self.stage.read(self.tables, self.key).await
    }

    async fn expiry(&self) -> Option<Rows> {
        if self.can_expire { Some(self.stage.expiry(self.tables, self.key).await) } else { None }
    }
}

/// The states from simple to rich, both kinds of timestamps, and where values are bound also the odd ones.
fn trials(sent: &Sent, seed: u64) -> Vec<Trial> {
    let kinds_of_values: &[bool] = if sent.types().len() > 1 { &[true, false] } else { &[true] };
    let mut trials = Vec::new();
    for state in STATES {
        for one_timestamp in [false, true] {
            for plain in kinds_of_values {
                let seed = seed.wrapping_mul(31).wrapping_add(trials.len() as u64);
                trials.push(Trial { state, one_timestamp, plain: *plain, seed });
            }
        }
    }
    trials
}

/// The tables that the statement writes.
fn tables(statement: &Statement) -> Vec<String> {
    let mut tables: Vec<_> = statement.members().iter().map(|member| member.table.clone()).collect();
    tables.dedup();
    tables
}

fn can_expire(statement: &Statement) -> bool {
    tables(statement).iter().any(|table| table == "types.expiring") || statement.draft().prepared().contains("TTL")
}

/// The bound values of a request, as people write them.
pub(crate) fn values(sent: &Sent, request: &Request) -> String {
    let values: Vec<&Value> = match request {
        Request::Text(_) => Vec::new(),
        Request::Prepared(_, values) => values.iter().collect(),
        Request::Batch(_, members) => members.iter().flat_map(|(_, values)| values).collect(),
    };
    let shown = values.into_iter().zip(sent.types()).map(|(value, typ)| match value {
        Value::Null => "null".to_owned(),
        Value::Unset => "unset".to_owned(),
        Value::Bytes(bytes) if bytes.is_empty() => "empty".to_owned(),
        Value::Bytes(bytes) => show(&typ, bytes),
    });
    shown.collect::<Vec<_>>().join(", ")
}

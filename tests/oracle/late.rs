//! What a retry does that arrives late: S, another client's W, S again. The evidence behind what the profile `strict` blocks.

use std::time::Duration;

use super::examination::{Examiner, Sent, values};
use super::generator::Generator;
use super::observation::timestamp;
use super::stage::State;
use super::{block_on, stage};
use crate::cassandra::{Client, Request, Rows, required, say, server};
use crate::grammar::Random;

const SCHEMA: &str = "
    CREATE TABLE late.rows (k int PRIMARY KEY, v text, s set<text>, m map<text, text>, l list<text>);
    CREATE TABLE late.events (k int, at timestamp, PRIMARY KEY (k, at));
    CREATE TABLE late.counts (k int PRIMARY KEY, n counter);";

/// What the late second execution of S did to what W had left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Late {
    /// Nothing.
    Kept,
    /// The rows are no longer those of W.
    Undone,
    Raised,
}

use Late::{Kept, Raised, Undone};

/// One story.
struct Case {
    /// The rule that tells people of it.
    rule: &'static str,
    before: &'static str,
    statement: &'static str,
    other: &'static str,
    /// With timestamps of the server, and with the client's: the retry carries that of the first attempt.
    late: [Late; 2],
}

const CASES: &[Case] = &[
    Case {
        rule: "late-retry",
        before: "INSERT INTO late.rows (k, v) VALUES (1, 'old')",
        statement: "UPDATE late.rows SET v = 'mine' WHERE k = 1",
        other: "UPDATE late.rows SET v = 'theirs' WHERE k = 1",
        late: [Undone, Kept],
    },
    Case {
        rule: "late-retry",
        before: "INSERT INTO late.rows (k, v) VALUES (1, 'old')",
        statement: "DELETE FROM late.rows WHERE k = 1",
        other: "INSERT INTO late.rows (k, v) VALUES (1, 'theirs')",
        late: [Undone, Kept],
    },
    Case {
        rule: "late-retry",
        before: "INSERT INTO late.rows (k, s) VALUES (1, {'old'})",
        statement: "UPDATE late.rows SET s = s + {'mine'} WHERE k = 1",
        other: "UPDATE late.rows SET s = s - {'mine'} WHERE k = 1",
        late: [Undone, Kept],
    },
    Case {
        rule: "late-retry",
        before: "INSERT INTO late.rows (k, l) VALUES (1, ['old'])",
        statement: "UPDATE late.rows SET l = l - ['old'] WHERE k = 1",
        other: "UPDATE late.rows SET l = l + ['old'] WHERE k = 1",
        late: [Undone, Kept],
    },
    Case {
        rule: "list-element-set",
        before: "INSERT INTO late.rows (k, l) VALUES (1, ['a', 'b'])",
        statement: "UPDATE late.rows SET l[0] = 'mine' WHERE k = 1",
        other: "UPDATE late.rows SET l = ['theirs'] + l WHERE k = 1",
        // At the position stands an element that is newer than the retry's timestamp.
        late: [Undone, Kept],
    },
    Case {
        rule: "list-element-set",
        before: "INSERT INTO late.rows (k, l) VALUES (1, ['a', 'b'])",
        statement: "UPDATE late.rows SET l[0] = 'mine' WHERE k = 1",
        other: "DELETE l[0] FROM late.rows WHERE k = 1",
        // At the position stands an old element that was meant to stay.
        late: [Undone, Undone],
    },
    Case {
        rule: "list-element-set",
        before: "INSERT INTO late.rows (k, l) VALUES (1, ['a', 'b'])",
        statement: "UPDATE late.rows SET l[1] = 'mine' WHERE k = 1",
        other: "DELETE l[0] FROM late.rows WHERE k = 1",
        late: [Raised, Raised],
    },
    Case {
        rule: "lightweight-transaction",
        before: "INSERT INTO late.rows (k, v) VALUES (1, 'free')",
        statement: "UPDATE late.rows SET v = 'mine' WHERE k = 1 IF v = 'free'",
        other: "UPDATE late.rows SET v = 'free' WHERE k = 1 IF v = 'mine'",
        late: [Undone, Undone],
    },
    Case {
        rule: "truncate",
        before: "INSERT INTO late.rows (k, v) VALUES (1, 'old')",
        statement: "TRUNCATE late.rows",
        other: "INSERT INTO late.rows (k, v) VALUES (1, 'theirs')",
        late: [Undone, Undone],
    },
    Case {
        rule: "counter-delete",
        before: "UPDATE late.counts SET n = n + 1 WHERE k = 1",
        statement: "DELETE FROM late.counts WHERE k = 1",
        other: "UPDATE late.counts SET n = n + 1 WHERE k = 2",
        late: [Kept, Kept],
    },
    Case {
        rule: "late-retry",
        before: "INSERT INTO late.rows (k, v) VALUES (1, 'old')",
        statement: "UPDATE late.rows USING TIMESTAMP 10 SET v = 'mine' WHERE k = 1",
        other: "UPDATE late.rows USING TIMESTAMP 20 SET v = 'theirs' WHERE k = 1",
        late: [Kept, Kept],
    },
];

impl Examiner<'_> {
    /// What the profile `strict` promises: with timestamps of the client, a late retry leaves what another made write has
    /// left. Answers the story of one that does not; nothing when it does, or when one of the two is refused.
    pub(crate) async fn broken_by_a_late_retry(&self, sent: &Sent, tables: &[String], seed: u64) -> Option<String> {
        let table = self.tables.iter().position(|table| Some(&table.full_name()) == tables.first())?;
        let mut generator = Generator { tables: self.tables, random: Random::new(seed) };
        let other = generator.write(table, false).draft();
        let prepared = self.client.prepare(&other.prepared()).await.ok()?;
        let (key, mut random) = (self.stage.partition(), generator.random);
        self.stage.fill(tables, key, State::Full, &mut random).await;
        let statement = sent.request(key, true, &mut random);
        let other = Sent::Prepared(other, prepared);
        let another = other.request(key, true, &mut random);
        let mine = timestamp();
        self.client.execute(&statement, Some(mine)).await.ok()?;
        self.client.execute(&another, Some(mine + 1_000)).await.ok()?;
        let before = self.stage.read(tables, key).await;
        let late = self.client.execute(&statement, Some(mine)).await;
        let after = self.stage.read(tables, key).await;
        if late.is_ok() && before == after {
            return None;
        }
        let raised = late.err().map_or(String::new(), |error| format!("  it raises: {error}\n"));
        let (mine, theirs) = (values(sent, &statement), values(&other, &another));
        Some(format!(
            "  values: {mine}\n  another client's statement:\n    {}\n  values: {theirs}\n  rows before the late retry:\n{before}  \
             rows after it:\n{after}{raised}",
            other.text(key)
        ))
    }
}

async fn rows(client: &Client) -> Rows {
    let mut all = Rows::default();
    for table in ["rows", "events", "counts"] {
        all = all.and(client.text(&format!("SELECT * FROM late.{table}")).await.expect("a readable table"));
    }
    all
}

async fn clear(client: &Client) {
    client.script(["TRUNCATE late.rows", "TRUNCATE late.events", "TRUNCATE late.counts"]).await;
}

async fn tell(client: &Client, case: &Case, has_timestamp: bool) -> Late {
    clear(client).await;
    let counts = case.before.contains("counts");
    client.script([if counts { case.before.to_owned() } else { format!("{} USING TIMESTAMP 1", case.before) }]).await;
    let mine = has_timestamp.then(timestamp);
    let theirs = mine.map(|mine| mine + 1_000);
    let [statement, other] = [case.statement, case.other].map(|text| Request::Text(text.to_owned()));
    client.execute(&statement, mine).await.expect("S is accepted");
    client.execute(&other, theirs).await.expect("W is accepted");
    let before = rows(client).await;
    match client.execute(&statement, mine).await {
        Err(_) => Raised,
        Ok(_) if rows(client).await == before => Kept,
        Ok(_) => Undone,
    }
}

#[test]
fn a_late_retry_does_what_is_said() {
    let Some(server) = required("the late retry", server()) else { return };
    let (wrong, expiry, range) = block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        stage::define(&client, &["late"], SCHEMA).await;
        let mut wrong = Vec::new();
        for case in CASES {
            let late = [tell(&client, case, false).await, tell(&client, case, true).await];
            if late != case.late {
                wrong.push(format!("{}: {late:?}, not {:?}: {}; {}", case.rule, case.late, case.statement, case.other));
            }
        }
        (wrong, revived(&client).await, grown(&client).await)
    });
    say(&format!("the late retry: {} stories, each with timestamps of the server and of the client", CASES.len() + 2));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // ttl-restart: the retry begins the time to live again, and makes a row that was gone; also under the same timestamp.
    assert_eq!(expiry, [true, true], "whether a retry revives what has expired");
    // clock-range: what was not yet below the clock is when the retry comes.
    assert_eq!(range, [true, true], "whether a retry removes what the first attempt left");
}

/// Whether a row that has expired is there again after a retry.
async fn revived(client: &Client) -> [bool; 2] {
    let statement = Request::Text("INSERT INTO late.rows (k, v) VALUES (1, 'mine') USING TTL 1".to_owned());
    let mut revived = [false; 2];
    for (has_timestamp, revived) in [false, true].into_iter().zip(&mut revived) {
        clear(client).await;
        let empty = rows(client).await;
        let mine = has_timestamp.then(timestamp);
        client.execute(&statement, mine).await.expect("S is accepted");
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        assert!(rows(client).await == empty, "after two seconds nothing with a time to live of one is left");
        client.execute(&statement, mine).await.expect("S is accepted");
        *revived = rows(client).await != empty;
    }
    revived
}

/// Whether a deleted range that ends at the clock takes a row that it left the first time.
async fn grown(client: &Client) -> [bool; 2] {
    let statement = Request::Text("DELETE FROM late.events WHERE k = 1 AND at < current_timestamp()".to_owned());
    let mut grown = [false; 2];
    for (has_timestamp, grown) in [false, true].into_iter().zip(&mut grown) {
        clear(client).await;
        // Late enough for a slow machine to get as far as the first execution.
        let soon = timestamp() / 1_000 + 5_000;
        client.script([format!("INSERT INTO late.events (k, at) VALUES (1, {soon}) USING TIMESTAMP 1")]).await;
        let mine = has_timestamp.then(timestamp);
        client.execute(&statement, mine).await.expect("S is accepted");
        let before = rows(client).await;
        assert!(before.to_string().contains("at:"), "the row is younger than the clock");
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        client.execute(&statement, mine).await.expect("S is accepted");
        *grown = rows(client).await != before;
    }
    grown
}

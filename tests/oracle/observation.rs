//! One statement executed once and twice, and everything read after each.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::cassandra::{Client, Refusal, Request, Rows};

/// What a second execution did.
pub(crate) enum Outcome {
    /// Already the first was refused.
    Refused,
    /// The rows are the same, by value.
    Same,
    Changed {
        once: Rows,
        twice: Rows,
    },
    Raised {
        once: Rows,
        error: Refusal,
    },
}

/// What was seen.
pub(crate) struct Seen {
    pub(crate) outcome: Outcome,
    /// A conditional write answered differently.
    pub(crate) other_answer: bool,
    /// Something expires at another time than before. Only looked at where something can expire.
    pub(crate) other_expiry: bool,
}

/// How to read what a statement may have touched.
pub(crate) trait Reader {
    /// All rows.
    async fn rows(&self) -> Rows;

    /// How long each cell has to live, in seconds; nothing where nothing expires.
    async fn expiry(&self) -> Option<Rows>;
}

/// Executes once and twice, and reads after each. With `timestamp`, both executions carry it.
pub(crate) async fn observe(client: &Client, request: &Request, timestamp: Option<i64>, reader: &impl Reader) -> Seen {
    let seen = |outcome, other_answer, other_expiry| Seen { outcome, other_answer, other_expiry };
    let first = match client.execute(request, timestamp).await {
        Ok(answer) => answer,
        Err(_) => return seen(Outcome::Refused, false, false),
    };
    let once = reader.rows().await;
    let mut expiry = reader.expiry().await;
    let mut second_of_expiry = 0;
    if expiry.is_some() {
        second_of_expiry = wait_for_a_new_second().await;
        expiry = reader.expiry().await;
    }
    let second = match client.execute(request, timestamp).await {
        Ok(answer) => answer,
        Err(error) => return seen(Outcome::Raised { once, error }, false, false),
    };
    // What is left of a time to live can only be compared within one second.
    let other_expiry = expiry.is_some() && expiry != reader.expiry().await && second_of_expiry == now().as_secs();
    let twice = reader.rows().await;
    let outcome = if once == twice { Outcome::Same } else { Outcome::Changed { once, twice } };
    // What a read answers may differ.
    seen(outcome, first.is_conditional() && first != second, other_expiry)
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock behind 1970")
}

/// The client's timestamp of this moment, in microseconds.
pub(crate) fn timestamp() -> i64 {
    now().as_micros() as i64
}

/// Until the next second begins, of which servers count the times to live; answers which.
async fn wait_for_a_new_second() -> u64 {
    let wanted = now().as_secs() + 1;
    tokio::time::sleep(Duration::from_secs(wanted) - now()).await;
    now().as_secs()
}

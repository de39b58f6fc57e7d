//! The tables, cell by cell where drivers differ, and what holds for all of them.

extern crate alloc;

use alloc::vec::Vec;

use super::Decision::{Ignore, Rethrow, RetryDowngraded, RetryNextHost, RetrySameHost};
use super::{Decision, Event, Failure, Mark, Operation, Policy, RETRIES, Standing, Statement, WriteType, decide, is_unsafe};
use crate::{Driver, Retries};

const OPERATIONS: [Operation; 9] = [
    Operation::Read,
    Operation::Write,
    Operation::Writes,
    Operation::LoggedBatch,
    Operation::Counter,
    Operation::Counters,
    Operation::LightweightTransaction,
    Operation::Truncate,
    Operation::Definition,
];

fn statement(operation: Operation, mark: Mark) -> Statement {
    Statement { operation, mark, idempotent: false }
}

fn written(write_type: WriteType, received: u32) -> Failure {
    Failure::WriteTimeout { write_type, received, required: 2 }
}

fn policy(driver: Driver, name: &str) -> &'static Policy {
    Policy::of(driver).find(|policy| policy.name.starts_with(name)).unwrap()
}

/// What a policy does with an unmarked and with a marked statement, the first time.
fn both(policy: &Policy, operation: Operation, failure: Failure) -> (Decision, Decision) {
    let with = |mark| decide(policy, Event::first(failure), statement(operation, mark));
    (with(Mark::Unset), with(Mark::Idempotent))
}

#[test]
fn defaults_do_with_a_write_what_their_sources_say() {
    use Driver::{CSharp, CdrsTokio, Cpp, Gocql1, Gocql2, GocqlScylla, Java3, Java4, Node, Python, Scylla};
    let drivers = [Java3, Java4, Python, CSharp, Gocql1, Gocql2, GocqlScylla, Node, Scylla, CdrsTokio, Cpp];
    let never = (Rethrow, Rethrow);
    let next = (RetryNextHost, RetryNextHost);
    let same = (RetrySameHost, RetrySameHost);
    let gated = (Rethrow, RetryNextHost);
    let only_gocql_scylla = [never, never, never, never, never, never, next, never, never, never, never];
    let table = [
        (Failure::Overloaded, [gated, gated, next, next, never, never, next, gated, gated, gated, gated]),
        (Failure::ServerError, [gated, gated, next, never, never, never, next, never, gated, gated, gated]),
        (Failure::TruncateError, [never, gated, next, next, never, never, next, gated, gated, gated, never]),
        (Failure::ConnectionClosed, [gated, gated, next, next, never, never, gated, gated, gated, gated, gated]),
        (Failure::ClientTimeout, [gated, never, never, next, never, never, gated, gated, never, never, never]),
        (Failure::Bootstrapping, [next, next, next, next, never, never, next, gated, next, next, next]),
        (Failure::Unavailable { alive: 1, required: 2 }, [next, next, next, never, never, never, next, next, next, next, next]),
        (Failure::NotSent, [next, next, next, next, next, next, next, same, next, next, next]),
        (Failure::WriteFailure, only_gocql_scylla),
        (Failure::FunctionFailure, only_gocql_scylla),
        (written(WriteType::Simple, 1), only_gocql_scylla),
    ];
    for (failure, row) in table {
        for (driver, expected) in drivers.into_iter().zip(row) {
            let default = Policy::of(driver).next().unwrap();
            assert_eq!(both(default, Operation::Write, failure), expected, "{driver:?}: {failure}");
        }
    }
}

#[test]
fn the_log_of_a_batch_is_written_again_with_a_mark_and_in_three_drivers_without() {
    let log = written(WriteType::BatchLog, 0);
    for policy in Policy::all().filter(|policy| policy.standing == Standing::Default) {
        let expected = match policy.driver.facts().retries {
            Retries::Always => (RetrySameHost, RetrySameHost),
            Retries::Marked if policy.driver == Driver::GocqlScylla => (RetryNextHost, RetryNextHost),
            Retries::Marked => (Rethrow, RetrySameHost),
            Retries::MarkedWithPolicy | Retries::AlwaysWithPolicy => (Rethrow, Rethrow),
        };
        assert_eq!(both(policy, Operation::LoggedBatch, log), expected, "{:?}", policy.driver);
    }
}

#[test]
fn cdrs_tokio_does_not_understand_that_a_transaction_timed_out() {
    let default = Policy::of(Driver::CdrsTokio).next().unwrap();
    let told = both(default, Operation::LightweightTransaction, written(WriteType::Cas, 1));
    assert_eq!(told, (Rethrow, RetryNextHost), "as for a connection that is lost");
}

#[test]
fn downgrading_differs_in_what_it_takes_for_written() {
    let downgrading = [
        policy(Driver::Java3, "Downgrading"),
        policy(Driver::Java4, "ConsistencyDowngrading"),
        policy(Driver::Python, "Downgrading"),
        policy(Driver::CSharp, "Downgrading"),
        policy(Driver::Gocql1, "Downgrading"),
        policy(Driver::Gocql2, "Downgrading"),
        policy(Driver::Scylla, "Downgrading"),
        policy(Driver::Cpp, "cass_retry_policy_downgrading"),
        policy(Driver::GocqlScylla, "Downgrading"),
    ];
    let table = [
        (WriteType::Simple, 0, [Rethrow, Rethrow, Rethrow, Ignore, Rethrow, Rethrow, Rethrow, Rethrow, Rethrow]),
        (WriteType::Simple, 1, [Ignore, Ignore, Ignore, Ignore, Rethrow, Ignore, Ignore, Ignore, Rethrow]),
        (WriteType::Batch, 1, [Ignore, Ignore, Ignore, Ignore, Rethrow, Ignore, Ignore, Ignore, Rethrow]),
        (WriteType::Counter, 1, [Rethrow, Rethrow, Ignore, Ignore, Rethrow, Ignore, Rethrow, Rethrow, Rethrow]),
        (
            WriteType::UnloggedBatch,
            0,
            [Rethrow, Rethrow, Rethrow, Rethrow, RetryDowngraded, RetryDowngraded, Rethrow, Rethrow, RetryDowngraded],
        ),
        (WriteType::UnloggedBatch, 1, [RetryDowngraded; 9]),
        (
            WriteType::BatchLog,
            0,
            [RetrySameHost, RetrySameHost, RetrySameHost, RetrySameHost, Rethrow, Rethrow, RetrySameHost, RetrySameHost, Rethrow],
        ),
        (WriteType::Cas, 1, [Rethrow; 9]),
        (WriteType::View, 1, [Rethrow; 9]),
        (WriteType::Cdc, 1, [Rethrow; 9]),
    ];
    for (write_type, received, row) in table {
        for (policy, expected) in downgrading.iter().zip(row) {
            let (_, marked) = both(policy, Operation::Write, written(write_type, received));
            assert_eq!(marked, expected, "{:?} {write_type:?} {received}", policy.driver);
        }
    }
}

#[test]
fn a_serial_consistency_is_not_lowered_where_the_policy_sees_it() {
    let unavailable = Failure::Unavailable { alive: 1, required: 2 };
    let decided = |driver, name| both(policy(driver, name), Operation::LightweightTransaction, unavailable).0;
    assert_eq!(decided(Driver::Java4, "ConsistencyDowngrading"), RetryNextHost);
    assert_eq!(decided(Driver::Python, "Downgrading"), RetryNextHost);
    assert_eq!(decided(Driver::CSharp, "Downgrading"), RetryDowngraded);
    assert_eq!(decided(Driver::Scylla, "Downgrading"), RetryDowngraded);
}

#[test]
fn reads_are_repeated_when_only_the_rows_are_missing() {
    let timeout = |received, data_present| Failure::ReadTimeout { received, required: 2, data_present };
    let defaults = Policy::all().filter(|policy| policy.standing == Standing::Default);
    for policy in defaults.filter(|policy| !policy.driver.facts().id.starts_with("gocql")) {
        let decided = |failure| both(policy, Operation::Read, failure).0;
        let without_rows = if policy.driver == Driver::CdrsTokio { Rethrow } else { RetrySameHost };
        assert_eq!(decided(timeout(2, false)), without_rows, "{:?}", policy.driver);
        assert_eq!(decided(timeout(1, true)), Rethrow, "{:?}", policy.driver);
    }
    let asynchronous = policy(Driver::Python, "AsyncRetryPolicy");
    assert_eq!(both(asynchronous, Operation::Read, timeout(1, true)).0, RetrySameHost);
    assert_eq!(both(asynchronous, Operation::Read, timeout(1, false)).0, Rethrow);
}

/// How often a request is sent again when it fails in the same way each time; at most ten times.
fn repetitions(policy: &Policy, failure: Failure) -> u32 {
    let statement = statement(Operation::Write, Mark::Idempotent);
    let repeats = |retries: &u32| decide(policy, Event { failure, retries: *retries }, statement).repeats();
    (0..10).take_while(repeats).count() as u32
}

#[test]
fn attempts_are_counted() {
    let unavailable = Failure::Unavailable { alive: 1, required: 2 };
    let table = [
        (Driver::Java3, "DefaultRetryPolicy", unavailable, 1),
        (Driver::Java3, "DefaultRetryPolicy", Failure::Overloaded, 10),
        (Driver::Python, "RetryPolicy", written(WriteType::BatchLog, 0), 1),
        (Driver::Python, "RetryPolicy", Failure::ConnectionClosed, 10),
        (Driver::Python, "AsyncRetryPolicy", Failure::ConnectionClosed, 3),
        (Driver::Python, "AsyncRetryPolicy", unavailable, 3),
        (Driver::Python, "AsyncRetryPolicy", written(WriteType::Simple, 0), 3),
        (Driver::Gocql1, "SimpleRetryPolicy", Failure::ServerError, 3),
        (Driver::Gocql2, "Downgrading", unavailable, 3),
        (Driver::Scylla, "DefaultRetryPolicy", written(WriteType::BatchLog, 0), 1),
        (Driver::Scylla, "Downgrading", unavailable, 1),
    ];
    for (driver, name, failure, expected) in table {
        assert_eq!(repetitions(policy(driver, name), failure), expected, "{driver:?} {name}: {failure}");
    }
}

#[test]
fn a_default_mark_counts_where_there_is_one() {
    let lost = Event::first(Failure::ConnectionClosed);
    let by_default = statement(Operation::Write, Mark::ByDefault);
    assert_eq!(decide(policy(Driver::Java4, "Default"), lost, by_default), RetryNextHost);
    assert_eq!(decide(policy(Driver::CSharp, "IdempotenceAware"), lost, by_default), RetryNextHost);
    assert_eq!(decide(policy(Driver::Scylla, "Default"), lost, by_default), Rethrow);
    let not = statement(Operation::Write, Mark::NotIdempotent);
    assert_eq!(decide(policy(Driver::Java4, "Default"), lost, not), Rethrow);
    assert_eq!(decide(policy(Driver::Java3, "DefaultRetryPolicy before 3.1"), lost, not), RetryNextHost);
    assert_eq!(decide(policy(Driver::Java3, "IdempotenceAware"), lost, not), Rethrow);
}

#[test]
fn what_was_not_applied_may_be_repeated() {
    let safe = |operation, failure| !is_unsafe(RetryNextHost, failure, statement(operation, Mark::Unset));
    let unavailable = Failure::Unavailable { alive: 1, required: 2 };
    for operation in OPERATIONS {
        for failure in [Failure::NotSent, Failure::Bootstrapping, Failure::FunctionFailure] {
            assert!(safe(operation, failure), "{operation:?} {failure}");
        }
        let begun = matches!(operation, Operation::Writes | Operation::Counters | Operation::LightweightTransaction);
        assert_eq!(safe(operation, unavailable), !begun, "{operation:?}");
        let lost = [Failure::ConnectionClosed, Failure::Overloaded, Failure::ServerError, Failure::ClientTimeout];
        for failure in lost {
            assert_eq!(safe(operation, failure), operation == Operation::Read, "{operation:?} {failure}");
        }
    }
}

#[test]
fn nothing_is_unsafe_that_is_idempotent_or_not_repeated() {
    for (operation, policy) in OPERATIONS.into_iter().flat_map(|operation| Policy::all().map(move |policy| (operation, policy))) {
        for failure in operation.failures() {
            for mark in [Mark::Unset, Mark::Idempotent, Mark::NotIdempotent, Mark::ByDefault] {
                let statement = statement(operation, mark);
                let decision = decide(policy, Event::first(failure), statement);
                assert!(!is_unsafe(decision, failure, Statement { idempotent: true, ..statement }));
                assert!(decision.repeats() || !is_unsafe(decision, failure, statement));
            }
        }
    }
}

/// What is said of a driver in one word is what its policies do when an answer is lost.
#[test]
fn facts_agree_with_the_policies() {
    for driver in Policy::all().filter(|policy| policy.standing == Standing::Default).map(|policy| policy.driver) {
        let lost = |name| both(policy(driver, name), Operation::Write, Failure::ConnectionClosed);
        let default = Policy::of(driver).next().map(|policy| both(policy, Operation::Write, Failure::ConnectionClosed));
        let expected = match driver.facts().retries {
            Retries::Marked => (Rethrow, RetryNextHost),
            Retries::Always => (RetryNextHost, RetryNextHost),
            Retries::MarkedWithPolicy => {
                assert_eq!(lost("Simple"), (Rethrow, RetryNextHost), "{driver:?}");
                (Rethrow, Rethrow)
            }
            Retries::AlwaysWithPolicy => {
                assert_eq!(lost("Simple"), (RetryNextHost, RetryNextHost), "{driver:?}");
                (Rethrow, Rethrow)
            }
        };
        assert_eq!(default, Some(expected), "{driver:?}");
    }
}

#[test]
fn failures_are_told_with_their_numbers_and_without() {
    let table = [
        (written(WriteType::UnloggedBatch, 1), "write timeout UNLOGGED_BATCH", " (1 of 2)"),
        (Failure::ReadTimeout { received: 2, required: 2, data_present: false }, "read timeout", " (2 of 2, no data)"),
        (Failure::Unavailable { alive: 1, required: 2 }, "unavailable", " (1 of 2)"),
        (Failure::ConnectionClosed, "connection closed", ""),
    ];
    for (failure, name, numbers) in table {
        assert_eq!(alloc::format!("{failure:#}"), name);
        assert_eq!(alloc::format!("{failure}"), alloc::format!("{name}{numbers}"));
    }
    assert!(written(WriteType::Simple, 0).is_like(&written(WriteType::Simple, 1)));
    assert!(!written(WriteType::Simple, 0).is_like(&written(WriteType::Batch, 0)));
}

/// The first failure says everything: what is safe then is safe later.
#[test]
fn no_later_attempt_is_more_dangerous() {
    for (operation, policy) in OPERATIONS.into_iter().flat_map(|operation| Policy::all().map(move |policy| (operation, policy))) {
        for (failure, mark) in operation.failures().flat_map(|failure| [(failure, Mark::Unset), (failure, Mark::Idempotent)]) {
            let statement = statement(operation, mark);
            let breaks = |retries| is_unsafe(decide(policy, Event { failure, retries }, statement), failure, statement);
            assert!(breaks(0) || !(1..5).any(breaks), "{:?} {}: {failure}", policy.driver, policy.name);
        }
    }
}

/// These count twice although nobody has marked or configured anything.
#[test]
fn without_a_mark_only_some_drivers_apply_twice() {
    let mut unsafe_by_default: Vec<Driver> = Vec::new();
    for policy in Policy::all().filter(|policy| policy.standing == Standing::Default) {
        let unmarked = statement(Operation::Counter, Mark::Unset);
        let breaks = |failure: Failure| is_unsafe(decide(policy, Event::first(failure), unmarked), failure, unmarked);
        if Operation::Counter.failures().any(breaks) {
            unsafe_by_default.push(policy.driver);
        }
    }
    assert_eq!(unsafe_by_default, [Driver::Python, Driver::CSharp, Driver::GocqlScylla]);
}

#[test]
fn the_list_is_in_order() {
    let mut drivers: Vec<Driver> = Vec::new();
    let mut names: Vec<(Driver, &str)> = Vec::new();
    for policy in Policy::all() {
        let first = !drivers.contains(&policy.driver);
        assert_eq!(policy.standing == Standing::Default, first, "{:?} {}", policy.driver, policy.name);
        if first {
            drivers.push(policy.driver);
        }
        assert!(!names.contains(&(policy.driver, policy.name)), "{:?} {} twice", policy.driver, policy.name);
        names.push((policy.driver, policy.name));
        assert!(policy.source.chars().any(|character| character.is_ascii_digit()), "{} names no version", policy.source);
    }
    assert!(drivers.is_sorted(), "{drivers:?}");
    for operation in OPERATIONS {
        let failures: Vec<Failure> = operation.failures().collect();
        for (place, failure) in failures.iter().enumerate() {
            assert!(!failures.iter().take(place).any(|earlier| earlier == failure), "{operation:?} fails twice with {failure}");
        }
    }
}

#[test]
fn ours_applies_nothing_twice_and_gives_up_nothing_that_may_be_repeated() {
    let transient = [Failure::Overloaded, Failure::ServerError, Failure::ConnectionClosed, written(WriteType::Simple, 1)];
    for driver in [Driver::Scylla, Driver::CdrsTokio] {
        let ours = policy(driver, "IdempotenceAware");
        for operation in OPERATIONS {
            for idempotent in [true, false] {
                let mark = if idempotent { Mark::Idempotent } else { Mark::NotIdempotent };
                let statement = Statement { operation, mark, idempotent };
                for failure in operation.failures() {
                    for retries in 0..5 {
                        let decision = decide(ours, Event { failure, retries }, statement);
                        assert!(!is_unsafe(decision, failure, statement), "{operation:?} {failure:?}");
                        let bounded = retries < RETRIES || !decision.repeats() || failure == Failure::NotSent;
                        assert!(bounded, "{operation:?} {failure:?} after {retries}");
                    }
                }
                for failure in transient {
                    assert_eq!(decide(ours, Event::first(failure), statement).repeats(), idempotent, "{operation:?} {failure:?}");
                }
            }
        }
    }
}

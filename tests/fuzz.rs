//! Properties that hold for every text, tried with texts by chance: bytes, characters, changed statements.
//!
//! `CQLINT_FUZZ` says how many texts each property is tried with, `CQLINT_SEED` which ones. A text that breaks a property
//! is made smaller before it is shown.

use std::fmt::Debug;
use std::sync::LazyLock;

use cqlint_analysis::{GROUPS, Level, Levels, Options, Profile, Schema, Timestamps};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::grammar::from_environment;

mod command;
mod laws;
mod places;
mod reports;
pub(crate) mod texts;

/// The tables of `semantics/schema.cql`, on which many of the texts are.
static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::from_text(include_str!("semantics/schema.cql")));

/// Every rule is told, also those that are off by themselves.
static EVERYTHING: LazyLock<Levels> = LazyLock::new(|| levels(Level::Warn));

fn levels(level: Level) -> Levels {
    let mut levels = Levels::default();
    assert!(GROUPS.iter().all(|(group, _)| levels.set(group, level)));
    levels
}

fn seed() -> u64 {
    from_environment("CQLINT_SEED", 1)
}

pub(crate) fn cases() -> u32 {
    u32::try_from(from_environment("CQLINT_FUZZ", 500)).unwrap_or(u32::MAX)
}

/// Tries the property with `cases` values, and ends the test with the smallest that it does not hold for.
pub(crate) fn holds<S: Strategy>(cases: u32, values: S, property: impl Fn(S::Value))
where
    S::Value: Debug,
{
    let config = Config {
        cases: cases.max(1),
        rng_seed: RngSeed::Fixed(seed()),
        // What was found becomes a test of its own, not a file beside this one.
        failure_persistence: None,
        // Only changed statements that still parse are wanted in many places, and most do not.
        max_local_rejects: u32::MAX,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&values, |value| {
        property(value);
        Ok(())
    });
    if let Err(error) = result {
        panic!("with CQLINT_SEED={} CQLINT_FUZZ={}: {error}", seed(), self::cases());
    }
}

/// Every profile with both settings of the timestamps, and with all rules.
fn settings(schema: Option<&Schema>) -> impl Iterator<Item = Options<'_>> {
    Profile::ALL.iter().flat_map(move |profile| {
        [Timestamps::PerAttempt, Timestamps::PerRequest].map(|timestamps| Options {
            profile: *profile,
            timestamps,
            schema,
            keyspace: schema.map(|_| "shop"),
            levels: Some(&EVERYTHING),
            ..Options::default()
        })
    })
}

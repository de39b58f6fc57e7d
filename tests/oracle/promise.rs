//! What the analysis promises of a statement, under each profile and with each kind of timestamps.

use cqlint_analysis::{Certainty, DependsOn, Options, Profile, Schema, Timestamps, Verdict, analyze};

/// What the tests declare: these functions always answer the same.
pub(crate) const DETERMINISTIC: [&str; 2] = ["types.pure", "shadowed.now"];

/// Each verdict is held to executions whose timestamps are made in the same way.
pub(crate) const SETTINGS: [(Profile, Timestamps); 6] = [
    (Profile::DRIVER, Timestamps::PerAttempt),
    (Profile::DRIVER, Timestamps::PerRequest),
    (Profile::STATE, Timestamps::PerAttempt),
    (Profile::STATE, Timestamps::PerRequest),
    (Profile::STRICT, Timestamps::PerAttempt),
    (Profile::STRICT, Timestamps::PerRequest),
];

/// One verdict and what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Promise {
    pub(crate) profile: Profile,
    pub(crate) timestamps: Timestamps,
    pub(crate) verdict: Verdict,
    /// The rules that stand in the way.
    pub(crate) reasons: Vec<&'static str>,
    /// Whether the verdict only says that something is not known that the schema tells.
    pub(crate) is_ignorance: bool,
}

impl Promise {
    /// Whether it is about executions that each have a timestamp of their own.
    pub(crate) fn is_per_attempt(&self) -> bool {
        self.timestamps == Timestamps::PerAttempt
    }

    pub(crate) fn setting(&self) -> String {
        setting(self.profile, self.timestamps)
    }
}

pub(crate) fn setting(profile: Profile, timestamps: Timestamps) -> String {
    let timestamps = match timestamps {
        Timestamps::PerAttempt => "server timestamps",
        Timestamps::PerRequest => "one client timestamp",
    };
    format!("{}, {timestamps}", profile.name)
}

/// A promise for each of [`SETTINGS`].
pub(crate) fn promises(text: &str, schema: &Schema) -> Vec<Promise> {
    promises_in(text, schema, None)
}

/// The same where names without a keyspace belong to this one.
pub(crate) fn promises_in(text: &str, schema: &Schema, keyspace: Option<&str>) -> Vec<Promise> {
    let promise = |(profile, timestamps): (Profile, Timestamps)| {
        let options =
            Options { profile, timestamps, schema: Some(schema), keyspace, deterministic: &DETERMINISTIC, ..Options::default() };
        let analysis = analyze(text, &options);
        let hazards = analysis.statements.iter().flat_map(|statement| &statement.hazards);
        let blocking: Vec<_> = hazards.filter(|hazard| profile.blocks.contains(hazard.effect)).collect();
        let mut reasons: Vec<_> = blocking.iter().map(|hazard| hazard.rule.name).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let is_unknown = |certainty| matches!(certainty, Certainty::Depends(DependsOn::ColumnType | DependsOn::Measurement));
        let is_ignorance = analysis.verdict != Verdict::Idempotent && blocking.iter().all(|hazard| is_unknown(hazard.certainty));
        Promise { profile, timestamps, verdict: analysis.verdict, reasons, is_ignorance }
    };
    SETTINGS.map(promise).into()
}

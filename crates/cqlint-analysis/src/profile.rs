//! What a verdict promises: which effects of a second execution it rules out.

/// What a second execution can do, from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Effect {
    /// The rows differ.
    State,
    /// It raises an error that the first did not.
    Error,
    /// An LWT answers `[applied]` differently.
    Result,
    /// A schema change, which a late retry makes again.
    Schema,
    /// A late retry empties a table that has newer rows.
    Truncate,
    /// The session changes, not data.
    Session,
    /// A retry that arrives after another client's write undoes it, whatever the timestamps.
    Late,
    /// The time to live starts again.
    Ttl,
    /// Nothing that a profile could block: a remark.
    Remark,
}

/// A set of [`Effect`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effects(u16);

impl Effects {
    /// The set of these.
    #[must_use]
    pub const fn of(effects: &[Effect]) -> Self {
        let mut bits = 0;
        let mut rest = effects;
        while let [first, others @ ..] = rest {
            bits |= 1 << *first as u16;
            rest = others;
        }
        Self(bits)
    }

    /// Whether the effect is in the set.
    #[must_use]
    pub const fn contains(self, effect: Effect) -> bool {
        self.0 & (1 << effect as u16) != 0
    }
}

/// A named promise: a statement is idempotent under a profile when none of the effects that the profile blocks can
/// come of a second execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Shown beside each verdict.
    pub name: &'static str,
    /// What it rules out.
    pub blocks: Effects,
    /// Whether hazards that matter only to the strictest are looked for.
    pub strict: bool,
}

impl Profile {
    /// What a driver's idempotent flag should mean: the convention of the Java driver and of Stargate, mended.
    pub const DRIVER: Self = Self {
        name: "driver",
        blocks: Effects::of(&[Effect::State, Effect::Error, Effect::Result, Effect::Schema, Effect::Truncate, Effect::Session]),
        strict: false,
    };

    /// Retries are invisible: also none of the hazards that come with time.
    pub const STRICT: Self = Self {
        name: "strict",
        blocks: Effects::of(&[
            Effect::State,
            Effect::Error,
            Effect::Result,
            Effect::Schema,
            Effect::Truncate,
            Effect::Session,
            Effect::Late,
            Effect::Ttl,
        ]),
        strict: true,
    };

    /// The rows stay the same and nothing raises: for migration scripts and audits.
    pub const STATE: Self = Self { name: "state", blocks: Effects::of(&[Effect::State, Effect::Error]), strict: false };

    /// All profiles, the default first.
    pub const ALL: &'static [Self] = &[Self::DRIVER, Self::STRICT, Self::STATE];

    /// Whether a hazard with this effect is worth telling: one that the profile blocks, or a remark.
    #[must_use]
    pub const fn reports(self, effect: Effect) -> bool {
        matches!(effect, Effect::Remark) || self.blocks.contains(effect)
    }

    /// The profile of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|profile| profile.name == name)
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::DRIVER
    }
}

/// Which timestamp a second execution carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Timestamps {
    /// A new one for each attempt: server timestamps, or a driver that draws one per attempt (Java, gocql, Rust).
    #[default]
    PerAttempt,
    /// One for the request, sent again with each attempt (Python). Assigning a whole list is then a hazard.
    PerRequest,
}

impl Timestamps {
    /// The name in configuration and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Timestamps::PerAttempt => "per-attempt",
            Timestamps::PerRequest => "per-request",
        }
    }

    /// The setting of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Timestamps::PerAttempt, Timestamps::PerRequest].into_iter().find(|setting| setting.name() == name)
    }
}

//! The databases that speak CQL, and their versions, as a set.

use core::ops::{BitAnd, BitOr};

/// A set of dialects: of a production in `grammar/cql.ebnf`, or of what a user targets.
///
/// ```
/// use cqlint_syntax::Dialects;
///
/// let both: Dialects = "cassandra-4.1".parse::<Dialects>().unwrap() | Dialects::SCYLLA;
/// assert!(both.meets(Dialects::CASSANDRA));
/// assert!(!both.meets(Dialects::DSE));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialects(u8);

impl Dialects {
    /// Apache Cassandra 3.11.
    pub const CASSANDRA_3_11: Self = Self(1);
    /// Apache Cassandra 4.0.
    pub const CASSANDRA_4_0: Self = Self(1 << 1);
    /// Apache Cassandra 4.1.
    pub const CASSANDRA_4_1: Self = Self(1 << 2);
    /// Apache Cassandra 5.0.
    pub const CASSANDRA_5_0: Self = Self(1 << 3);
    /// What comes after Apache Cassandra 5.0.
    pub const CASSANDRA_TRUNK: Self = Self(1 << 4);
    /// ScyllaDB.
    pub const SCYLLA: Self = Self(1 << 5);
    /// DataStax Enterprise 6.
    pub const DSE: Self = Self(1 << 6);
    /// None at all.
    pub const NONE: Self = Self(0);
    /// Every version of Apache Cassandra.
    pub const CASSANDRA: Self = Self(0b1_1111);
    /// Everything.
    pub const ALL: Self = Self(0b111_1111);
    /// Apache Cassandra from 4.0 on.
    pub const SINCE_4_0: Self = Self(0b1_1110);
    /// Apache Cassandra from 4.1 on.
    pub const SINCE_4_1: Self = Self(0b1_1100);
    /// Apache Cassandra from 5.0 on.
    pub const SINCE_5_0: Self = Self(0b1_1000);

    /// The names that [`core::str::FromStr`] understands, with their sets.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("all", Self::ALL),
        ("cassandra", Self::CASSANDRA),
        ("cassandra-3.11", Self::CASSANDRA_3_11),
        ("cassandra-4.0", Self::CASSANDRA_4_0),
        ("cassandra-4.1", Self::CASSANDRA_4_1),
        ("cassandra-5.0", Self::CASSANDRA_5_0),
        ("cassandra-trunk", Self::CASSANDRA_TRUNK),
        ("scylla", Self::SCYLLA),
        ("dse", Self::DSE),
    ];

    /// The dialects of both sets; as `|`, but `const`.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The dialects that are not in the set.
    #[must_use]
    pub const fn others(self) -> Self {
        Self(!self.0 & Self::ALL.0)
    }

    /// Whether the two have a dialect in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Dialects {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitAnd for Dialects {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// The name belongs to no dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDialect;

impl core::fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("unknown dialect; known are")?;
        for (at, (name, _)) in Dialects::NAMES.iter().enumerate() {
            write!(f, "{} {name}", if at == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownDialect {}

impl core::str::FromStr for Dialects {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        Self::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, set)| *set).ok_or(UnknownDialect)
    }
}

impl core::fmt::Display for Dialects {
    /// The smallest list of names: "Cassandra 4.1 or later, ScyllaDB".
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut separator = "";
        let mut part = |f: &mut core::fmt::Formatter<'_>, text: &str| {
            let written = write!(f, "{separator}{text}");
            separator = ", ";
            written
        };
        match *self & Self::CASSANDRA {
            Self::CASSANDRA => part(f, "Cassandra")?,
            Self::SINCE_4_0 => part(f, "Cassandra 4.0 or later")?,
            Self::SINCE_4_1 => part(f, "Cassandra 4.1 or later")?,
            Self::SINCE_5_0 => part(f, "Cassandra 5.0 or later")?,
            some => {
                let versions = [
                    (Self::CASSANDRA_3_11, "Cassandra 3.11"),
                    (Self::CASSANDRA_4_0, "Cassandra 4.0"),
                    (Self::CASSANDRA_4_1, "Cassandra 4.1"),
                    (Self::CASSANDRA_5_0, "Cassandra 5.0"),
                    (Self::CASSANDRA_TRUNK, "Cassandra after 5.0"),
                ];
                for (version, text) in versions {
                    if some.meets(version) {
                        part(f, text)?;
                    }
                }
            }
        }
        if self.meets(Self::SCYLLA) {
            part(f, "ScyllaDB")?;
        }
        if self.meets(Self::DSE) {
            part(f, "DSE")?;
        }
        Ok(())
    }
}

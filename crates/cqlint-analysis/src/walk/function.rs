//! Which function a call calls.

use cqlint_syntax::ast::QualifiedName;

use super::Walk;
use crate::functions::{Native, native};

/// What a call calls.
pub(super) enum Called {
    Native(Native),
    /// A function that somebody wrote, or that nobody knows.
    User {
        deterministic: bool,
    },
}

impl Walk<'_> {
    /// A user function in the table's keyspace comes before a native one of its name.
    pub(super) fn function(&self, function: QualifiedName) -> Called {
        let known = native(function.name, self.text);
        let keyspace = function.keyspace.map(|keyspace| keyspace.value(self.text));
        if keyspace.as_deref() == Some("system") {
            return known.map_or(Called::User { deterministic: false }, Called::Native);
        }
        let home = keyspace.clone().or_else(|| self.home());
        let home = home.as_deref();
        let user = self.schema().and_then(|schema| schema.function(home, &function.name.value(self.text)));
        let declared = self.options.deterministic.iter().any(|declared| {
            let (space, name) = declared.split_once('.').map_or((home, *declared), |(space, name)| (Some(space), name));
            space == home && name == function.name.value(self.text)
        });
        match (user, known) {
            // It hides a native function that is not pure: which of the two is called is not worth a risk.
            (Some(_), Some(Native::Unique | Native::Clock | Native::TimeOfDay)) => Called::User { deterministic: false },
            (Some(deterministic), _) => Called::User { deterministic: deterministic || declared },
            (None, Some(native)) if keyspace.is_none() => Called::Native(native),
            (None, _) => Called::User { deterministic: declared },
        }
    }

    /// The native function, when it is one that is called.
    pub(super) fn native(&self, function: QualifiedName) -> Option<Native> {
        match self.function(function) {
            Called::Native(native) => Some(native),
            Called::User { .. } => None,
        }
    }
}

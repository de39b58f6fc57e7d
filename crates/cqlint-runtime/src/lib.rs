//! Sets a driver's idempotent flag from what cqlint says of the statement, before the retry policy sees it.
//!
//! A coordinator that times out may or may not have applied a write, so drivers repeat only what is marked idempotent. Here the
//! mark is derived: a statement is classified once, with the schema of the running cluster, and marked when executing it twice
//! leaves what executing it once leaves. What nobody decided is not marked.
//!
//! Without features the crate holds what needs no driver: [`CheckedStatement`], which `cqlint-build` and `cql!` write, and
//! [`retry`], which says what becomes of a request that failed.
//!
//! | feature | what it adds |
//! |---|---|
//! | `classifier` | [`Classifier`]: statements are classified once, whatever the driver |
//! | `scylla-1` | `scylla_1`: the driver `scylla`, 1.x |
//! | `cdrs-tokio-9` | `cdrs_tokio_9`: the driver `cdrs-tokio`, 9.x |

#[cfg(feature = "cdrs-tokio-9")]
pub mod cdrs_tokio_9;
mod checked;
#[cfg(feature = "classifier")]
mod classifier;
#[cfg(any(feature = "scylla-1", feature = "cdrs-tokio-9"))]
pub mod lwt;
#[cfg(any(feature = "scylla-1", feature = "cdrs-tokio-9"))]
mod policy;
#[cfg(feature = "scylla-1")]
pub mod scylla_1;
#[cfg(any(feature = "scylla-1", feature = "cdrs-tokio-9"))]
mod system_schema;
#[cfg(any(feature = "scylla-1", feature = "cdrs-tokio-9"))]
mod taken;

pub use checked::{CheckedStatement, Claim, Hazard, Marker};
#[cfg(feature = "classifier")]
pub use classifier::{
    BatchKind, BatchQuestion, Classifier, ClassifierBuilder, Counts, Decision, MarkerType, Question, Reason, Timestamp,
};
pub use cqlint_analysis::syntax::ast::NativeType;
pub use cqlint_analysis::{Bound, DataType, Profile, Timestamps, Verdict};
pub use cqlint_drivers::retry;

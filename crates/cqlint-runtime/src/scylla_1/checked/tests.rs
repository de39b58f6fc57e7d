//! A constant where the driver takes a statement.

use scylla::statement::Statement;

use crate::{CheckedStatement, Claim, Verdict};

#[test]
fn the_mark_of_the_constant_is_taken() {
    let constant = |verdict, claim| CheckedStatement {
        name: "",
        text: "SELECT 1",
        keyspace: None,
        verdict,
        operation: None,
        hazards: &[],
        markers: &[],
        claim,
    };
    for (verdict, claim, expected) in [
        (Verdict::Idempotent, None, true),
        (Verdict::Depends, None, false),
        (Verdict::NotIdempotent, None, false),
        (Verdict::NotIdempotent, Some(Claim::Idempotent("a test")), true),
        (Verdict::Idempotent, Some(Claim::NotIdempotent("a test")), false),
    ] {
        let statement = Statement::from(&constant(verdict, claim));
        assert_eq!((statement.contents.as_str(), statement.get_is_idempotent()), ("SELECT 1", expected), "{verdict:?} {claim:?}");
    }
}

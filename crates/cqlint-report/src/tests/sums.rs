//! The end of a report.

use super::{PLAIN, end, stripped};
use crate::{Format, Style, Summary};

fn summary() -> Summary {
    Summary {
        files: 5,
        statements: 12,
        idempotent: 7,
        not_idempotent: 3,
        depends: 2,
        depends_on: [("column-type", 1), ("a function", 1)].into(),
        errors: 1,
        warnings: 4,
        notes: 3,
        by_rule: [("counter-update", 4), ("schema-change", 12), ("use-keyspace", 0), ("list-append", 4)].into(),
        profiles: vec!["driver"],
        ..Summary::default()
    }
}

#[test]
fn sums() {
    let wide = Style { width: 120, ..PLAIN };
    assert_eq!(
        end(Format::Full, wide, &summary(), false),
        "12 statements: 7 idempotent, 3 not, 2 depend (1 on a function, 1 on a column type) · profile driver
1 error, 4 warnings, 3 notes in 5 files
"
    );
    assert_eq!(end(Format::Concise, PLAIN, &summary(), false), "1 error, 4 warnings, 3 notes in 5 files\n");
    let coloured = end(Format::Full, Style { color: true, ..wide }, &summary(), true);
    assert_eq!(stripped(&coloured), end(Format::Full, wide, &summary(), true));
}

#[test]
fn nothing_found() {
    let clean = Summary { files: 1, statements: 2, idempotent: 2, profiles: vec!["strict"], ..Summary::default() };
    assert_eq!(
        end(Format::Full, PLAIN, &clean, true),
        "2 statements: all idempotent · profile strict\n✓ nothing to report in 1 file\n"
    );
    let nothing = Summary { troubles: 2, profiles: vec!["driver"], ..Summary::default() };
    assert_eq!(
        end(Format::Full, PLAIN, &nothing, false),
        "no statements · profile driver\nnothing to report in 0 files · 2 files not checked\n"
    );
    let one = Summary { files: 1, statements: 1, depends: 1, profiles: vec!["driver"], ..Summary::default() };
    assert!(end(Format::Full, PLAIN, &one, false).starts_with("1 statement: 1 depends · profile driver\n"));
}

#[test]
fn statistics() {
    assert_eq!(
        end(Format::Concise, PLAIN, &summary(), true),
        " 12  schema-change   the schema changes: a retry raises, or makes again what
                     another client has changed since
  4  counter-update  a counter is incremented or decremented: a retry counts
                     twice
  4  list-append     elements are appended to a list: a retry adds them twice

1 error, 4 warnings, 3 notes in 5 files
"
    );
}

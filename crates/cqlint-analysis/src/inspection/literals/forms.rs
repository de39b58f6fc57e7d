//! Constants of the right kind and the wrong form: a number that is too large, a date that is none.
//!
//! Servers differ in what they read: only what all of them refuse has the wrong form.

use cqlint_syntax::ast::{Literal, NativeType};

/// What a constant should be, when its form is certainly wrong.
pub(super) fn wrong_form(written: &str, literal: Literal, native: NativeType) -> Option<&'static str> {
    match literal {
        Literal::Integer => out_of_range(written, native),
        Literal::String => {
            let text = written.trim_matches('\'');
            // A quote within it, or dollars around it: none of these has one.
            if text.contains(['\'', '$']) {
                return None;
            }
            match native {
                NativeType::Ascii => (!text.is_ascii()).then_some("letters of ASCII alone"),
                NativeType::Date => (!is_date(text)).then_some("a date like '2026-01-31'"),
                NativeType::Time => (!is_time(text)).then_some("a time like '08:30:00'"),
                NativeType::Timestamp => (!is_timestamp(text)).then_some("a time like '2026-01-31 08:30:00+0000'"),
                NativeType::Bigint
                | NativeType::Blob
                | NativeType::Boolean
                | NativeType::Counter
                | NativeType::Decimal
                | NativeType::Double
                | NativeType::Duration
                | NativeType::Float
                | NativeType::Inet
                | NativeType::Int
                | NativeType::Smallint
                | NativeType::Text
                | NativeType::Timeuuid
                | NativeType::Tinyint
                | NativeType::Uuid
                | NativeType::Varchar
                | NativeType::Varint => None,
            }
        }
        // Its version is the first digit of the third group.
        Literal::Uuid => {
            (native == NativeType::Timeuuid && written.as_bytes().get(14) != Some(&b'1')).then_some("a uuid of version 1")
        }
        Literal::Blob => (written.len() % 2 == 1).then_some("two digits for each byte"),
        Literal::Null | Literal::Boolean | Literal::Float | Literal::Duration => None,
    }
}

fn out_of_range(written: &str, native: NativeType) -> Option<&'static str> {
    let (fits, range) = match native {
        NativeType::Tinyint => (written.parse::<i8>().is_ok(), "a number from -128 to 127"),
        NativeType::Smallint => (written.parse::<i16>().is_ok(), "a number from -32768 to 32767"),
        NativeType::Int => (written.parse::<i32>().is_ok(), "a number from -2147483648 to 2147483647"),
        NativeType::Bigint | NativeType::Counter | NativeType::Timestamp => {
            (written.parse::<i64>().is_ok(), "a number of at most 64 bits")
        }
        NativeType::Ascii
        | NativeType::Blob
        | NativeType::Boolean
        | NativeType::Date
        | NativeType::Decimal
        | NativeType::Double
        | NativeType::Duration
        | NativeType::Float
        | NativeType::Inet
        | NativeType::Text
        | NativeType::Time
        | NativeType::Timeuuid
        | NativeType::Uuid
        | NativeType::Varchar
        | NativeType::Varint => return None,
    };
    (!fits).then_some(range)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Days since 1970, or year, month and day.
fn is_date(text: &str) -> bool {
    if text.is_empty() || is_number(text) {
        return true;
    }
    let mut parts = text.strip_prefix(['-', '+']).unwrap_or(text).split('-');
    let mut number = || parts.next().filter(|part| is_number(part)).and_then(|part| part.parse::<u32>().ok());
    let (year, month, day) = (number(), number(), number());
    let is_month = month.is_some_and(|month| (1..=12).contains(&month));
    year.is_some() && is_month && day.is_some_and(|day| (1..=31).contains(&day)) && parts.next().is_none()
}

/// Nanoseconds since midnight, or hours, minutes and seconds.
fn is_time(text: &str) -> bool {
    if text.is_empty() || is_number(text) {
        return true;
    }
    let mut parts = text.split(':');
    let hours = parts.next().is_some_and(is_number);
    let minutes = parts.next().is_some_and(is_number);
    let seconds = parts.next().is_some_and(|part| part.split('.').all(is_number));
    hours && minutes && seconds && parts.next().is_none()
}

/// Milliseconds since 1970, the clock, or something that begins with a year.
fn is_timestamp(text: &str) -> bool {
    if text.is_empty() || text.eq_ignore_ascii_case("now") {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let year = unsigned.split('-').next().unwrap_or("");
    is_number(unsigned) || is_number(year) && year.len() < unsigned.len()
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_time, is_timestamp};

    #[test]
    fn dates_and_times_have_forms() {
        for date in ["2026-01-31", "-5-1-1", "123", ""] {
            assert!(is_date(date), "{date}");
        }
        for text in ["today", "2026-13-01", "2026-01", "2026/01/31", "now", "2026-01-31-05"] {
            assert!(!is_date(text), "{text}");
        }
        for time in ["08:30:00", "8:30:0.5", "123"] {
            assert!(is_time(time), "{time}");
        }
        for text in ["noon", "08:30", "now", "08:30:00:00"] {
            assert!(!is_time(text), "{text}");
        }
        for timestamp in ["2026-01-31", "2026-01-31T08:30Z", "-5", "NOW", "2026-01-31 00:00:00 Europe/Berlin"] {
            assert!(is_timestamp(timestamp), "{timestamp}");
        }
        for text in ["yesterday", "01/02/2026"] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}

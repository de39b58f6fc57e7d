//! The order of files: by folder and name, with numbers compared as numbers. So `V10` comes after `V2`, as the author
//! of these migrations meant it.

use std::cmp::Ordering;
use std::path::Path;

/// Compares two paths.
pub(crate) fn compare(left: &Path, right: &Path) -> Ordering {
    let mut parts = left.components().zip(right.components());
    let differ = parts.find_map(|(left, right)| {
        let (left, right) = (left.as_os_str().as_encoded_bytes(), right.as_os_str().as_encoded_bytes());
        Some(names(left, right)).filter(|order| order.is_ne())
    });
    differ.unwrap_or_else(|| left.cmp(right))
}

fn names(mut left: &[u8], mut right: &[u8]) -> Ordering {
    loop {
        let ((left_number, left_rest), (right_number, right_rest)) = (number(left), number(right));
        if let (Some(left_number), Some(right_number)) = (left_number, right_number) {
            let order = left_number.len().cmp(&right_number.len()).then_with(|| left_number.cmp(right_number));
            if order.is_ne() {
                return order;
            }
            (left, right) = (left_rest, right_rest);
            continue;
        }
        match (left, right) {
            ([], []) => return Ordering::Equal,
            ([first, left_rest @ ..], [other, right_rest @ ..]) if first == other => (left, right) = (left_rest, right_rest),
            _ => return left.first().cmp(&right.first()),
        }
    }
}

/// The digits that a name begins with, without leading zeros, and the rest.
fn number(name: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = name.split_at(digits);
    let zeros = number.iter().take_while(|byte| **byte == b'0').count();
    (number.get(zeros..).filter(|_| digits > 0), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let mut paths = ["b/V10__x.cql", "b/V2__x.cql", "b/V02__y.cql", "a.cql", "b.cql", "b/V2__x/z.cql", "B.cql"].map(Path::new);
        paths.sort_by(|left, right| compare(left, right));
        let sorted = ["B.cql", "a.cql", "b/V2__x/z.cql", "b/V2__x.cql", "b/V02__y.cql", "b/V10__x.cql", "b.cql"].map(Path::new);
        assert_eq!(paths, sorted);
    }
}

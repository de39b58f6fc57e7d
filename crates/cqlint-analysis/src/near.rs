//! Which name may have been meant: "did you mean".

use alloc::vec::Vec;

/// The name that is closest to one that nobody knows, if it may be a slip of the pen.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = match name.len() {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    };
    let near = known.filter(|other| other.len().abs_diff(name.len()) <= most && !differ_in_numbers(name, other));
    let (distance, best) = near.map(|other| (distance(name, other), other)).min()?;
    (distance <= most).then_some(best)
}

/// Names that differ in their numbers alone were given by somebody who counts: `users_v1`, `users_v2`.
fn differ_in_numbers(left: &str, right: &str) -> bool {
    let is_letter = |letter: &char| !letter.is_ascii_digit();
    left != right && left.chars().filter(is_letter).eq(right.chars().filter(is_letter))
}

/// How many letters must be changed, put in, left out, or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    // The rows of the table for one letter less, two less, and this one.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut next = Vec::with_capacity(last.len());
        next.push(row + 1);
        for (column, other) in right.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let change = at(&last, column) + usize::from(letter != other);
            let mut least = change.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let previous = |letters: &[char], at: usize| at.checked_sub(1).and_then(|at| letters.get(at).copied());
            if previous(&left, row) == Some(*other) && previous(&right, column) == Some(*letter) {
                least = least.min(at(&before, column.saturating_sub(1)) + 1);
            }
            next.push(least);
        }
        before = core::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn letters_are_counted() {
        let cases =
            [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "axc", 1), ("ca", "abc", 3), ("user", "users", 1)];
        for (left, right, count) in cases {
            assert_eq!(distance(left, right), count, "{left} {right}");
        }
    }

    #[test]
    fn a_number_is_no_slip() {
        assert_eq!(nearest("usres", ["user", "users", "orders"].into_iter()), Some("users"));
        assert_eq!(nearest("users_v1", ["users_v2"].into_iter()), None);
    }

    #[test]
    fn short_names_are_alike_by_chance() {
        assert_eq!(nearest("map", ["max"].into_iter()), None);
        assert_eq!(nearest("planets", ["places"].into_iter()), None);
        assert_eq!(nearest("subscriptions", ["subcripton"].into_iter()), None);
        assert_eq!(nearest("subscripton", ["subscriptions"].into_iter()), Some("subscriptions"));
    }
}

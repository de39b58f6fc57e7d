//! The keys of a map literal: does it name one twice?

use cqlint_syntax::ast::{Entry, Literal, NativeType, Term, TermKind};

use super::value::unquoted;
use super::{Target, Walk};
use crate::rules;
use crate::{Certainty, DataType, DependsOn};

/// A literal with more entries is not looked through: each is compared with each.
const MOST: usize = 256;

impl<'a> Walk<'a> {
    /// Each entry that may have the key of another one, with another value.
    pub(super) fn keys(&mut self, entries: &[Entry], key: &Target<'a>) {
        if let ([_, .., last], true) = (entries, entries.len() > MOST) {
            rules::duplicate_key::check(self, last.key.span, Certainty::Depends(DependsOn::Measurement));
            return;
        }
        for (number, entry) in entries.iter().enumerate() {
            let before = entries.iter().take(number);
            let doubts = before.filter(|other| !self.same_constant(&other.value, &entry.value));
            let worst = doubts
                .filter_map(|other| self.may_be_equal(&other.key, &entry.key, key))
                .max_by_key(|certainty| matches!(certainty, Certainty::Certain));
            if let Some(certainty) = worst {
                rules::duplicate_key::check(self, entry.key.span, certainty);
            }
        }
    }

    /// The same constant twice.
    fn same_constant(&self, left: &Term, right: &Term) -> bool {
        let (TermKind::Literal(a), TermKind::Literal(b)) = (left.kind, right.kind) else { return false };
        a == b && same_spelling(a, left.span.text(self.text), right.span.text(self.text))
    }

    /// Nothing when the two certainly differ.
    fn may_be_equal(&self, left: &Term, right: &Term, key: &Target<'a>) -> Option<Certainty> {
        let (a, b) = match (left.kind, right.kind) {
            (TermKind::Literal(a), TermKind::Literal(b)) => (a, b),
            // Cassandra takes no bind marker here, and ScyllaDB keeps the order. The name of a field is none of a key.
            (TermKind::Marker | TermKind::Column(_), _) | (_, TermKind::Marker | TermKind::Column(_)) => return None,
            (TermKind::Call(_), _) | (_, TermKind::Call(_)) => return Some(Certainty::Depends(DependsOn::Function)),
            // Collections, tuples, casts, sums: the same value has many spellings.
            _ => return Some(Certainty::Depends(DependsOn::Measurement)),
        };
        constants_may_be_equal((a, left.span.text(self.text)), (b, right.span.text(self.text)), key.data_type)
    }
}

/// Two constants with their spellings, for a column of this type. Nothing when they certainly differ.
pub(crate) fn constants_may_be_equal(
    (a, left): (Literal, &str),
    (b, right): (Literal, &str),
    data_type: Option<&DataType>,
) -> Option<Certainty> {
    match (a, b) {
        _ if a == b && same_spelling(a, left, right) => Some(Certainty::Certain),
        (Literal::Integer, Literal::Integer) => (plain(left) == plain(right)).then_some(Certainty::Certain),
        (Literal::Boolean, Literal::Boolean) | (Literal::Uuid, Literal::Uuid) | (Literal::Blob, Literal::Blob) => None,
        (Literal::String, Literal::String) => strings(&unquoted(left), &unquoted(right), data_type),
        // A number and a text for a time, two spellings of a fraction.
        _ => Some(Certainty::Depends(DependsOn::ColumnType)),
    }
}

/// Letter case matters in strings alone.
fn same_spelling(literal: Literal, left: &str, right: &str) -> bool {
    if literal == Literal::String { left == right } else { left.eq_ignore_ascii_case(right) }
}

/// A whole number without zeros in front.
fn plain(number: &str) -> (bool, &str) {
    let digits = number.trim_start_matches('-').trim_start_matches('0');
    (number.starts_with('-') && !digits.is_empty(), digits)
}

/// Two texts: as text they are what is written; as dates, times and addresses they have several spellings.
fn strings(left: &str, right: &str, data_type: Option<&DataType>) -> Option<Certainty> {
    if left == right {
        return Some(Certainty::Certain);
    }
    if let Some(DataType::Native(NativeType::Text | NativeType::Varchar | NativeType::Ascii)) = data_type.map(DataType::thawed) {
        return None;
    }
    // Of one form, digit for digit: then other digits are another value.
    let form = |byte: u8| if byte.is_ascii_digit() { b'0' } else { byte };
    let of_one_form = left.len() == right.len() && left.bytes().map(form).eq(right.bytes().map(form));
    let is_spelled = |text: &str| text.contains(':') || text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    let may_be_equal = !of_one_form && (is_spelled(left) && is_spelled(right) || left.eq_ignore_ascii_case(right));
    may_be_equal.then_some(Certainty::Depends(DependsOn::ColumnType))
}

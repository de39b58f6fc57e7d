//! Which of the bound values are null, and which are unset: in the bytes that the driver would send.

use scylla::serialize::batch::{BatchValues, BatchValuesIterator};
use scylla::serialize::row::{RowSerializationContext, SerializeRow};
use scylla::serialize::writers::RowWriter;
use scylla::statement::batch::{Batch, BatchStatement};
use scylla::statement::prepared::PreparedStatement;

use crate::Bound;

/// What is bound; nothing for values that do not fit, of which the driver tells itself.
pub(super) fn bound(prepared: &PreparedStatement, values: &impl SerializeRow) -> Vec<Bound> {
    let mut bytes = Vec::new();
    let context = RowSerializationContext::from_specs(prepared.get_variable_col_specs().as_slice());
    match values.serialize(&context, &mut RowWriter::new(&mut bytes)) {
        Ok(()) => cells(&bytes),
        Err(_) => Vec::new(),
    }
}

/// What is bound in a batch, for each of its statements. Values of a statement that is not prepared have no types yet, so nobody
/// knows their bytes.
pub(super) fn bound_in_batch(batch: &Batch, values: &impl BatchValues) -> Vec<Vec<Bound>> {
    let mut rows = values.batch_values_iter();
    let of_member = |member: &BatchStatement| {
        let BatchStatement::PreparedStatement(prepared) = member else {
            rows.skip_next();
            return Vec::new();
        };
        let mut bytes = Vec::new();
        let context = RowSerializationContext::from_specs(prepared.get_variable_col_specs().as_slice());
        match rows.serialize_next(&context, &mut RowWriter::new(&mut bytes)) {
            Some(Ok(())) => cells(&bytes),
            Some(Err(_)) | None => Vec::new(),
        }
    };
    batch.statements.iter().map(of_member).collect()
}

/// Each value in the protocol begins with its length: -1 is null, -2 is unset.
fn cells(mut bytes: &[u8]) -> Vec<Bound> {
    let mut bound = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = i32::from_be_bytes(*length);
        bytes = rest.get(usize::try_from(length).unwrap_or(0)..).unwrap_or_default();
        bound.push(match length {
            -1 => Bound::Null,
            -2 => Bound::Unset,
            _ => Bound::Value,
        });
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::cells;
    use crate::Bound;

    #[test]
    fn the_length_tells() {
        let bytes = [&[0, 0, 0, 2, 255, 255][..], &[255, 255, 255, 255], &[255, 255, 255, 254], &[0, 0, 0, 0]].concat();
        assert_eq!(cells(&bytes), [Bound::Value, Bound::Null, Bound::Unset, Bound::Value]);
        assert_eq!(cells(&[]), []);
    }
}

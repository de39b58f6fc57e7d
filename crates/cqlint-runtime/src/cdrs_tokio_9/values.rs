//! What is bound to the markers of a statement, as far as that decides.

use cdrs_tokio::query::QueryValues;
use cdrs_tokio::types::value::Value;
use cqlint_analysis::{Binding, Options};

use crate::{Bound, Question};

/// What is bound, in the order of the markers; nothing when there are names that fit no marker.
pub(super) fn bound(values: &QueryValues, question: &Question<'_>) -> Vec<Bound> {
    match values {
        QueryValues::SimpleValues(values) => values.iter().map(of).collect(),
        QueryValues::NamedValues(values) => {
            names(question).iter().map(|name| values.get(name).map(of)).collect::<Option<_>>().unwrap_or_default()
        }
    }
}

/// The names of the markers: as the server told them, else those that stand in the text.
fn names(question: &Question<'_>) -> Vec<String> {
    let told = question.types.map(|types| types()).unwrap_or_default();
    if !told.is_empty() {
        return told.into_iter().map(|marker| marker.name).collect();
    }
    Binding::of(question.text, &Options::default()).iter().map(|marker| name(marker.marker.text(question.text))).collect()
}

/// The name in `:name` and `:"Name"`; of `?`, only the server knows one.
fn name(marker: &str) -> String {
    let name = marker.trim_start_matches(':').trim_start();
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => name.to_lowercase(),
    }
}

fn of(value: &Value) -> Bound {
    match value {
        Value::Some(_) => Bound::Value,
        Value::Null => Bound::Null,
        Value::NotSet => Bound::Unset,
    }
}

#[cfg(test)]
mod tests {
    use cdrs_tokio::query::QueryValues;
    use cdrs_tokio::types::value::Value;

    use super::bound;
    use crate::{Bound, MarkerType, Question};

    #[test]
    fn values_come_in_the_order_of_the_markers() {
        let in_order = QueryValues::SimpleValues(vec![Value::Null, Value::NotSet, Value::Some(Vec::new())]);
        let question = Question::new("INSERT INTO t (a, b, c) VALUES (?, ?, ?)");
        assert_eq!(bound(&in_order, &question), [Bound::Null, Bound::Unset, Bound::Value]);
    }

    #[test]
    fn values_with_names_come_in_the_order_of_the_markers() {
        let values = [("k", Value::Some(vec![0])), ("v", Value::Null), ("W", Value::NotSet)];
        let named = QueryValues::NamedValues(values.map(|(name, value)| (name.to_owned(), value)).into());
        let text = "UPDATE t SET v = :V, w = :\"W\" WHERE k = :k";
        assert_eq!(bound(&named, &Question::new(text)), [Bound::Null, Bound::Unset, Bound::Value]);

        // What the server calls a marker without a name.
        let text = "UPDATE t SET v = ? WHERE k = ?";
        let types = || ["v", "k"].map(|name| MarkerType { name: name.to_owned(), data_type: None }).into();
        let prepared = Question { types: Some(&types), ..Question::new(text) };
        assert_eq!(bound(&named, &prepared), [Bound::Null, Bound::Value]);
        assert_eq!(bound(&named, &Question::new(text)), []);
    }
}

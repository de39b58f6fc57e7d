//! A small program that is built as users build theirs. That it compiles is most of the test.

/// For the driver `scylla`.
pub mod queries {
    cqlint_runtime::include_queries!();
}

/// For the driver `cdrs-tokio`.
pub mod cdrs {
    cqlint_runtime::include_queries!("cdrs");
}

#[cfg(test)]
mod tests;

//! What the methods of the drivers do with a statement. The names are those of the drivers' documentation.

use cqlint_analysis::drivers::Driver;

use super::call::Call;

/// What a call does with the statement that it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It executes it.
    Execute,
    /// It answers the statement in a form that can be executed.
    Make,
    /// It adds it to a batch.
    Batch,
    /// It hands it on as it is.
    Wrap,
}

/// What a call does with the statement that is its argument of this number; nothing for a call that no driver has.
pub(crate) fn role(call: &Call<'_>, number: usize, driver: Driver, text: &str) -> Option<Role> {
    let name = call.name;
    let receiver = call.receiver.and_then(|receiver| text.get(receiver.byte_range())).unwrap_or("");
    let is_batch = || receiver.to_ascii_lowercase().contains("batch");
    if number == 0
        && matches!(
            (receiver, name),
            ("Arc" | "Rc" | "Box" | "Cow", "new" | "from") | ("Optional" | "Mono" | "List", "of" | "just") | ("", "Some" | "Ok")
        )
    {
        return Some(Role::Wrap);
    }
    let found = match driver {
        Driver::Java3 | Driver::Java4 => match name {
            "execute" | "executeAsync" | "executeReactive" => Role::Execute,
            "prepare" | "prepareAsync" | "SimpleStatement" => Role::Make,
            "newInstance" | "builder" | "apply" if receiver.ends_with("SimpleStatement") => Role::Make,
            "newInstance" | "builder" if receiver.ends_with("BatchStatement") => return Some(Role::Batch),
            "addStatement" | "addStatements" => Role::Batch,
            "add" | "addAll" if is_batch() => Role::Batch,
            _ => return None,
        },
        Driver::Python | Driver::Acsylla => match name {
            "execute" | "execute_async" => Role::Execute,
            "execute_concurrent_with_args" if number == 1 => return Some(Role::Execute),
            "prepare" | "SimpleStatement" | "create_statement" | "create_prepared" => Role::Make,
            "add" | "add_all" | "add_statement" if is_batch() => Role::Batch,
            _ => return None,
        },
        Driver::CSharp => match name {
            "Execute" | "ExecuteAsync" => Role::Execute,
            // The mapper's.
            "Fetch"
            | "FetchAsync"
            | "First"
            | "FirstAsync"
            | "FirstOrDefault"
            | "FirstOrDefaultAsync"
            | "Single"
            | "SingleAsync"
            | "SingleOrDefault"
            | "SingleOrDefaultAsync" => Role::Execute,
            "Prepare" | "PrepareAsync" | "SimpleStatement" => Role::Make,
            "Add" if is_batch() => Role::Batch,
            _ => return None,
        },
        Driver::Gocql1 | Driver::Gocql2 | Driver::GocqlScylla => match name {
            "ContextQuery" if number == 1 => return Some(Role::Make),
            "ExecStmt" => Role::Execute,
            "ExecuteBatch" | "ExecuteBatchCAS" | "MapExecuteBatchCAS" => Role::Execute,
            "Query" | "Bind" if is_batch() => Role::Batch,
            "BatchEntry" => return Some(Role::Batch),
            "Query" | "Bind" => Role::Make,
            _ => return None,
        },
        Driver::Node => match name {
            "execute" | "eachRow" | "stream" => Role::Execute,
            "executeConcurrent" if number == 1 => return Some(Role::Execute),
            "batch" => Role::Batch,
            _ => return None,
        },
        Driver::Scylla => match name {
            "query_unpaged"
            | "query_single_page"
            | "query_iter"
            | "query_paged"
            | "query"
            | "execute"
            | "execute_unpaged"
            | "execute_single_page"
            | "execute_iter"
            | "execute_paged"
            | "execute_bound_unpaged"
            | "execute_bound_single_page"
            | "execute_bound_iter"
            | "batch" => Role::Execute,
            "prepare" | "add_prepared_statement" => Role::Make,
            "new" | "from" if receiver.ends_with("Statement") || receiver.ends_with("Query") => Role::Make,
            "append_statement" => Role::Batch,
            _ => return None,
        },
        Driver::CdrsTokio => match name {
            "query" | "query_with_params" | "query_with_values" | "exec" | "exec_with_params" | "exec_with_values" => Role::Execute,
            "prepare" | "prepare_tw" => Role::Make,
            _ => return None,
        },
        Driver::CassandraCpp => match name {
            "execute" => Role::Execute,
            "statement" | "prepare" => Role::Make,
            "add_statement" => Role::Batch,
            _ => return None,
        },
        Driver::Cpp => match (name, number) {
            ("cass_statement_new" | "cass_statement_new_n", 0) | ("cass_session_prepare" | "cass_session_prepare_n", 1) => {
                return Some(Role::Make);
            }
            ("cass_future_get_prepared" | "cass_prepared_bind", 0) => return Some(Role::Make),
            ("cass_session_execute" | "cass_session_execute_batch", 1) => return Some(Role::Execute),
            ("cass_batch_add_statement", 1) => return Some(Role::Batch),
            _ => return None,
        },
        Driver::Php => match name {
            "execute" | "executeAsync" => Role::Execute,
            "prepare" | "prepareAsync" | "SimpleStatement" => Role::Make,
            "add" if is_batch() => Role::Batch,
            _ => return None,
        },
    };
    (number == 0).then_some(found)
}

/// Methods that mark the statement that they are called on.
const MARKS: [&str; 6] = ["setIdempotent", "setIdempotence", "SetIdempotence", "Idempotent", "idempotent", "set_is_idempotent"];

/// Attributes, keywords and options that mark a statement.
pub(crate) const MARK_WORDS: [&str; 4] = ["is_idempotent", "IsIdempotent", "isIdempotent", "Idempotent"];

/// Whether a method of this name marks the statement that it is called on.
pub(crate) fn is_mark(name: &str) -> bool {
    MARKS.contains(&name)
}

/// How a statement that executes itself, as gocql's does, treats `[applied]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    /// It drops it.
    Drops,
    /// It answers it first.
    Answers,
    /// It gives the rows, or we do not know.
    Rows,
}

/// What a method of a statement that executes itself does.
pub(crate) fn executes_itself(name: &str, driver: Driver) -> Option<Own> {
    if !matches!(driver, Driver::Gocql1 | Driver::Gocql2 | Driver::GocqlScylla) {
        return None;
    }
    Some(match name {
        "Exec" | "ExecRelease" | "ExecContext" => Own::Drops,
        "ScanCAS" | "MapScanCAS" | "ScanCASContext" | "MapScanCASContext" | "ExecCAS" | "ExecCASRelease" | "GetCAS"
        | "GetCASRelease" | "MapExecCAS" => Own::Answers,
        "Scan" | "MapScan" | "Iter" | "IterContext" | "ScanContext" | "Get" | "GetRelease" | "Select" | "SelectRelease"
        | "PageState" => Own::Rows,
        _ => return None,
    })
}

/// Methods that give the text away: what happens to it then is out of sight.
pub(crate) const TEXT_OF: [&str; 8] =
    ["getQueryString", "getQuery", "getQueryText", "toString", "query_string", "get_statement", "contents", "Statement"];

/// Methods of an answer, or of the promise of one, that hand it on.
pub(crate) const PASSES: [&str; 14] = [
    "get",
    "join",
    "toCompletableFuture",
    "block",
    "ConfigureAwait",
    "GetAwaiter",
    "GetResult",
    "Wait",
    "unwrap",
    "expect",
    "result",
    "await",
    "getUninterruptibly",
    "one",
];

/// Whether a name asks for `[applied]`.
pub(crate) fn asks_for_applied(name: &str) -> bool {
    name.to_ascii_lowercase().contains("applied")
}

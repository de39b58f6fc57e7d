//! What source code sets for all statements: calls and fields by their names, where a driver is imported.

use cqlint_drivers::Driver;

use super::code::{Code, around};
use super::imports::is_word;
use super::kind::Family;
use super::setting::{Said, Setting, Value};

const JAVA_3: &[Driver] = &[Driver::Java3];
const JAVA_4: &[Driver] = &[Driver::Java4];
const PYTHON: &[Driver] = &[Driver::Python];
const ACSYLLA: &[Driver] = &[Driver::Acsylla];
const C_SHARP: &[Driver] = &[Driver::CSharp];
const GO: &[Driver] = &[Driver::Gocql1, Driver::Gocql2, Driver::GocqlScylla];
const NODE: &[Driver] = &[Driver::Node];
const SCYLLA: &[Driver] = &[Driver::Scylla];
const CDRS: &[Driver] = &[Driver::CdrsTokio];
const CPP: &[Driver] = &[Driver::Cpp];
const CASSANDRA_CPP: &[Driver] = &[Driver::CassandraCpp];

/// A name in a program, and what it sets.
pub(crate) struct Word {
    pub(crate) family: Family,
    pub(crate) text: &'static str,
    drivers: &'static [Driver],
    setting: Setting,
    read: fn(&Place<'_>) -> Option<Value>,
}

/// The code before and behind a name.
struct Place<'t> {
    before: &'t str,
    after: &'t str,
    /// Whether the file imports the driver.
    imported: bool,
}

macro_rules! words {
    ($($family:ident $text:literal $drivers:ident $setting:ident $read:ident;)*) => {
        &[$(Word { family: Family::$family, text: $text, drivers: $drivers, setting: Setting::$setting, read: $read }),*]
    };
}

pub(crate) const WORDS: &[Word] = words! {
    Jvm "setDefaultIdempotence" JAVA_3 DefaultMark argument;
    Jvm "REQUEST_DEFAULT_IDEMPOTENCE" JAVA_4 DefaultMark option;
    Jvm "withSpeculativeExecutionPolicy" JAVA_3 Speculation policy;
    Jvm "SPECULATIVE_EXECUTION_POLICY_CLASS" JAVA_4 Speculation option_policy;
    Jvm "SPECULATIVE_EXECUTION_POLICY" JAVA_4 Speculation option_policy;
    // Whose sessions these are, and where their configuration lies, is out of sight.
    Jvm "DriverConfigLoader.from" JAVA_4 Speculation elsewhere;
    Jvm "com.datastax.oss.quarkus" JAVA_4 Speculation elsewhere;
    Jvm "org.springframework.data.cassandra" JAVA_4 Speculation elsewhere;
    Jvm "org.springframework.data.cassandra" JAVA_3 Speculation elsewhere;
    Jvm "CqlSession.builder" JAVA_4 Sessions call;
    Jvm "CqlSessionBuilder" JAVA_4 Sessions call;
    Jvm "Cluster.builder" JAVA_3 Sessions call;
    Python "speculative_execution_policy" PYTHON Speculation assigned_policy;
    Python "speculative_execution_policy" ACSYLLA Speculation assigned_policy;
    Python "retry_policy" PYTHON RetryPolicy assigned_policy;
    Python "default_retry_policy" PYTHON RetryPolicy assigned_policy;
    Python "Cluster" PYTHON Sessions call;
    Python "create_cluster" ACSYLLA Sessions call;
    CSharp "SetDefaultIdempotence" C_SHARP DefaultMark argument;
    CSharp "WithSpeculativeExecutionPolicy" C_SHARP Speculation policy;
    CSharp "WithRetryPolicy" C_SHARP RetryPolicy policy;
    CSharp "SetRetryPolicy" C_SHARP RetryPolicy policy;
    CSharp "Cluster.Builder" C_SHARP Sessions call;
    Go "DefaultIdempotence" GO DefaultMark assigned;
    Go "RetryPolicy" GO RetryPolicy go_policy;
    Go "SetSpeculativeExecutionPolicy" GO Speculation go_policy;
    Go "NewCluster" GO Sessions member_call;
    Go "ClusterConfig" GO Sessions literal;
    JavaScript "queryOptions" NODE DefaultMark query_options;
    JavaScript "speculativeExecution" NODE Speculation assigned_policy;
    JavaScript "Client" NODE Sessions constructor;
    Rust "speculative_execution_policy" SCYLLA Speculation some;
    Rust "SessionBuilder::new" SCYLLA Sessions call;
    Rust "with_speculative_execution_policy" CDRS Speculation policy;
    Rust "TcpSessionBuilder::new" CDRS Sessions call;
    Rust "RustlsSessionBuilder::new" CDRS Sessions call;
    Rust "set_constant_speculative_execution_policy" CASSANDRA_CPP Speculation policy;
    Rust "Cluster::default" CASSANDRA_CPP Sessions call;
    C "cass_cluster_set_constant_speculative_execution_policy" CPP Speculation policy;
    C "cass_cluster_new" CPP Sessions call;
};

impl Word {
    /// What the word at this place sets. The code is without comments and strings.
    pub(crate) fn said(&self, code: &Code, start: usize, drivers: &[Driver]) -> Option<Said> {
        let (before, after) = around(&code.bare, start, self.text)?;
        if before.ends_with(is_word) {
            return None;
        }
        let imported = self.drivers.iter().any(|driver| drivers.contains(driver));
        let value = (self.read)(&Place { before, after, imported })?;
        let value = match self.setting {
            _ if imported => value,
            Setting::Sessions => return None,
            Setting::RetryPolicy => value,
            // A structure of somebody else may have such a field, too.
            Setting::DefaultMark | Setting::Speculation => Value::Unknown,
        };
        Some(Said { setting: self.setting, value, drivers: self.drivers, line: code.line(start) })
    }
}

impl<'t> Place<'t> {
    /// What stands between the parentheses of a call.
    fn argument(&self) -> Option<&'t str> {
        let inside = self.after.trim_start().strip_prefix('(')?;
        Some(until_closed(inside).trim())
    }

    /// What is assigned to a field, a key or a parameter.
    fn assigned(&self) -> Option<&'t str> {
        let after = self.after.trim_start();
        let value = after.strip_prefix('=').filter(|rest| !rest.starts_with(['=', '>']));
        let value = value.or_else(|| after.strip_prefix(':').filter(|rest| !rest.starts_with(['=', ':'])))?;
        let value = value.trim_start();
        let end = value.find(['\n', ',', ';', '}', ')']).unwrap_or(value.len());
        Some(value.get(..end)?.trim_end())
    }

    /// The end of what stands before, without the name that this belongs to: `a.b.` in `with(a.b.X`.
    fn outside(&self) -> &'t str {
        self.before.trim_end_matches(|letter| is_word(letter) || letter == '.').trim_end()
    }
}

/// Up to the bracket that closes what is open.
fn until_closed(text: &str) -> &str {
    let mut depth = 0usize;
    let end = text.find(|letter| {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return true,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        false
    });
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Whether nothing is given.
fn is_nothing(value: &str) -> bool {
    matches!(value, "nil" | "null" | "None" | "undefined") || value.contains("NoSpeculative")
}

/// A policy that is made on the spot. One from elsewhere may be none.
fn is_made(value: &str) -> bool {
    let callee = value.split(['(', '{']).next().unwrap_or_default();
    let name = callee.rsplit(['.', ':', '&', ' ']).next().unwrap_or_default();
    let is_type = name.starts_with(|first: char| first.is_uppercase());
    // `go_policy` asks for more: public functions of Go begin so, too.
    callee.len() < value.len() && (callee.starts_with("new") || name == "new" || is_type)
}

fn judged(value: &str) -> Value {
    match value {
        value if is_nothing(value) => Value::Off,
        value if is_made(value) => Value::On,
        _ => Value::Unknown,
    }
}

/// `CqlSession.builder()`, and no definition of such a name.
fn call(place: &Place<'_>) -> Option<Value> {
    let is_defined = ["class", "def", "fn", "func"].iter().any(|word| place.before.trim_end().ends_with(word));
    (place.after.trim_start().starts_with('(') && !is_defined).then_some(Value::On)
}

/// `gocql.NewCluster(…)`
fn member_call(place: &Place<'_>) -> Option<Value> {
    call(place).filter(|_| place.before.ends_with('.'))
}

/// `gocql.ClusterConfig{…}`
fn literal(place: &Place<'_>) -> Option<Value> {
    (place.before.ends_with('.') && place.after.starts_with('{')).then_some(Value::On)
}

/// `new cassandra.Client(…)`
fn constructor(place: &Place<'_>) -> Option<Value> {
    call(place).filter(|_| place.outside().ends_with("new"))
}

/// `import …`, `from(…)`
fn elsewhere(_: &Place<'_>) -> Option<Value> {
    Some(Value::Unknown)
}

/// `setDefaultIdempotence(true)`
fn argument(place: &Place<'_>) -> Option<Value> {
    Some(Value::of(place.argument()?))
}

/// `DefaultIdempotence = true`
fn assigned(place: &Place<'_>) -> Option<Value> {
    Some(Value::of(place.assigned()?))
}

/// `withSpeculativeExecutionPolicy(new …(…))`
fn policy(place: &Place<'_>) -> Option<Value> {
    let given = place.argument()?;
    // Numbers are no variables: `(500, 2)`.
    Some(if given.starts_with(|first: char| first.is_ascii_digit()) { Value::On } else { judged(given) })
}

/// `speculative_execution_policy=…(…)`
fn assigned_policy(place: &Place<'_>) -> Option<Value> {
    Some(judged(place.assigned()?))
}

/// `RetryPolicy = &gocql.SimpleRetryPolicy{…}`, `RetryPolicy(…)` of a statement or a batch.
fn go_policy(place: &Place<'_>) -> Option<Value> {
    if !place.imported {
        // Many have retry policies. Those of the driver are made where it is imported, and may be assigned elsewhere.
        let given = place.assigned().filter(|given| place.before.ends_with('.') && !given.contains('{'))?;
        return Some(if is_nothing(given) { Value::Off } else { Value::Unknown });
    }
    let given = if place.before.ends_with('.') { place.argument().or_else(|| place.assigned()) } else { place.assigned() };
    let given = given?;
    let value = judged(given);
    Some(if value == Value::On && !given.contains('{') && !given.starts_with("new(") { Value::Unknown } else { value })
}

/// `speculative_execution_policy(Some(…))`
fn some(place: &Place<'_>) -> Option<Value> {
    let given = place.argument()?;
    Some(if given.starts_with("Some") { Value::On } else { judged(given) })
}

/// `withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)` of a configuration that is being made. Profiles
/// are derived with the same method.
fn option(place: &Place<'_>) -> Option<Value> {
    let setter = place.outside().strip_suffix('(')?;
    let is_map = setter.ends_with("put");
    let makes = ["programmaticBuilder", "ProgrammaticDriverConfigLoaderBuilder", "DriverConfigLoaderBuilderCustomizer"];
    let is_made = makes.iter().any(|word| place.before.contains(word));
    let is_profile = place.before.rfind("startProfile") > place.before.rfind("endProfile");
    if !(is_map || setter.ends_with("withBoolean") && is_made) || is_profile {
        return None;
    }
    let value = place.after.trim_start().strip_prefix(',')?;
    Some(Value::of(until_closed(value).trim()))
}

fn option_policy(place: &Place<'_>) -> Option<Value> {
    let value = place.after.trim_start().strip_prefix(',')?;
    Some(if is_nothing(until_closed(value).trim()) { Value::Off } else { Value::On })
}

/// `queryOptions: { isIdempotent: true }`
fn query_options(place: &Place<'_>) -> Option<Value> {
    let after = place.after.trim_start();
    let Some(after) = after.strip_prefix(':').map(str::trim_start) else {
        // Options for one statement are called so, too, and this may be either.
        return after.strip_prefix('=').filter(|rest| rest.contains("isIdempotent")).map(|_| Value::Unknown);
    };
    let Some(options) = after.strip_prefix('{').map(until_closed) else { return Some(Value::Unknown) };
    let name = "isIdempotent";
    let Some((before, after)) = options.find(name).and_then(|at| options.split_at_checked(at)) else {
        // Others may be spread into it.
        return options.contains("...").then_some(Value::Unknown);
    };
    let after = after.strip_prefix(name)?;
    let value = Place { before, after, imported: place.imported }.assigned();
    Some(value.map_or(Value::Unknown, Value::of))
}

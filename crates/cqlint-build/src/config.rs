//! What is to be built.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;

use crate::knowledge::Knowledge;
use crate::module::Module;
use crate::queries::{Queries, Unmarked};
use crate::{Driver, Error, Mistake, Statement};

/// What is to be built: which statements, with which schema, into which module.
///
/// Paths begin in the folder of the package. `cqlint.toml`, and all else that [configures] the command, counts here, too.
///
/// ```no_run
/// fn main() -> Result<(), cqlint_build::Error> {
///     cqlint_build::Config::new().schema("schema/").queries("queries/").generate()
/// }
/// ```
///
/// [configures]: https://github.com/cqlint/cqlint/blob/main/crates/cqlint-project/CONFIGURATION.md
#[derive(Clone, Debug)]
pub struct Config {
    schema: Vec<PathBuf>,
    queries: Vec<PathBuf>,
    unmarked: Unmarked,
    name: String,
    folder: Option<PathBuf>,
    driver: Option<Driver>,
    parameters: Parameters,
}

/// Whether there is a struct for the values of each statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Parameters {
    #[default]
    Untyped,
    #[cfg(feature = "typed-parameters")]
    Typed,
}

impl Config {
    /// Nothing is to be built yet.
    ///
    /// ```
    /// let config = cqlint_build::Config::new().queries("queries/");
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A file, or a folder with files, that define tables, types and functions. Those that `cqlint.toml` names count as well.
    ///
    /// ```
    /// let config = cqlint_build::Config::new().schema("schema/").schema("../shared/types.cql");
    /// ```
    #[must_use]
    pub fn schema(mut self, path: impl AsRef<Path>) -> Self {
        self.schema.push(path.as_ref().to_path_buf());
        self
    }

    /// A file, or a folder with files, whose statements have names.
    ///
    /// ```
    /// let config = cqlint_build::Config::new().queries("queries/").queries("reports/yearly.cql");
    /// ```
    #[must_use]
    pub fn queries(mut self, path: impl AsRef<Path>) -> Self {
        self.queries.push(path.as_ref().to_path_buf());
        self
    }

    /// Stops the build when a statement is not marked idempotent, unless its file says why that may be so: by
    /// `cqlint: not-idempotent: REASON`, `cqlint: idempotent: REASON`, or `cqlint: allow RULE: REASON` for each of its hazards.
    ///
    /// ```
    /// let config = cqlint_build::Config::new().queries("queries/").deny_not_idempotent();
    /// ```
    #[must_use]
    pub fn deny_not_idempotent(mut self) -> Self {
        self.unmarked = Unmarked::Denied;
        self
    }

    /// Adds `Statements` and `prepare_all(&session)` to the module: all statements, prepared and marked.
    ///
    /// ```
    /// use cqlint_build::{Config, Driver};
    ///
    /// let config = Config::new().queries("queries/").driver(Driver::CdrsTokio9);
    /// ```
    #[must_use]
    pub fn driver(mut self, driver: Driver) -> Self {
        self.driver = Some(driver);
        self
    }

    /// Adds a struct for the values of each statement, in the module `parameters`: `AddTag { tags, id }`. Each field has the
    /// type that the driver `scylla` takes for its bind marker; where the build does not know it, or it is a user type, the struct
    /// is generic. Uuids are those of the crate `uuid`.
    ///
    /// ```
    /// use cqlint_build::{Config, Driver};
    ///
    /// let config = Config::new().queries("queries/").driver(Driver::Scylla1).typed_parameters();
    /// ```
    #[cfg(feature = "typed-parameters")]
    #[must_use]
    pub fn typed_parameters(mut self) -> Self {
        self.parameters = Parameters::Typed;
        self
    }

    /// What the module is called; `queries` when nobody says otherwise. With another name a package can have several.
    ///
    /// ```
    /// let config = cqlint_build::Config::new().queries("reports/").module("reports");
    /// ```
    #[must_use]
    pub fn module(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Where the file with the module is written; `OUT_DIR` when nobody says otherwise.
    ///
    /// ```
    /// let config = cqlint_build::Config::new().queries("queries/").out_dir("src/generated");
    /// ```
    #[must_use]
    pub fn out_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_path_buf());
        self
    }

    /// Checks the statements, writes the module and tells cargo what to warn of and what to look at.
    ///
    /// ```no_run
    /// fn main() -> Result<(), cqlint_build::Error> {
    ///     cqlint_build::Config::new().schema("schema/").queries("queries/").generate()
    /// }
    /// ```
    ///
    /// # Errors
    /// A path leads nowhere, a statement does not parse, has no name of its own or does not fit the schema, or it is not marked
    /// and [`Config::deny_not_idempotent`] was asked for; or the module cannot be written.
    pub fn generate(&self) -> Result<(), Error> {
        let module = self.check()?;
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(outside)?,
        };
        let path = folder.join(format!("{}.rs", self.name));
        // A file that stays as it is lets whatever is built of it stay, too.
        if fs::read_to_string(&path).is_ok_and(|before| before == module.text) {
            return tell(&module);
        }
        fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &module.text)).map_err(|error| {
            let message = format!("{} cannot be written: {error}", path.display());
            Mistake { help: Some("see whether its folder can be written to".to_owned()), ..Mistake::new(message) }
        })?;
        tell(&module)
    }

    /// The same without writing or printing: for other build tools, and for tests.
    ///
    /// # Errors
    /// As for [`Config::generate`], but for what is about writing.
    ///
    /// ```
    /// let folder = tempfile::tempdir()?;
    /// let queries = folder.path().join("pages.cql");
    /// std::fs::write(&queries, "-- name: page\nSELECT * FROM pages WHERE page = ?;")?;
    ///
    /// let module = cqlint_build::Config::new().queries(&queries).check()?;
    /// assert_eq!(module.statements[0].name, "page");
    /// assert!(module.text.contains("pub const PAGE: ::cqlint_runtime::CheckedStatement"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self) -> Result<Module, Error> {
        if self.queries.is_empty() {
            let help = Some("say where they are: `Config::new().queries(\"queries/\")`".to_owned());
            return Err(Mistake { help, ..Mistake::new("no file or folder with statements was named") }.into());
        }
        #[cfg(feature = "typed-parameters")]
        if self.parameters == Parameters::Typed && self.driver != Some(Driver::Scylla1) {
            let help = Some("add `.driver(Driver::Scylla1)`, or take `.typed_parameters()` away".to_owned());
            return Err(Mistake { help, ..Mistake::new("typed parameters are written for the driver `scylla` only") }.into());
        }
        let knowledge = Knowledge::read(&self.queries, &self.schema)?;
        Error::when_any(knowledge.unreadable)?;
        let mut queries = Queries::default();
        for path in &knowledge.queries {
            queries.file(path, &knowledge.schema, self.unmarked);
        }
        let mut mistakes = knowledge.mistakes;
        mistakes.extend(queries.mistakes);
        // All that is wrong at one place stands together.
        mistakes.sort_by_cached_key(|mistake| mistake.excerpt.as_ref().map(|excerpt| (excerpt.path.clone(), excerpt.span.start)));
        Error::when_any(mistakes)?;
        let mut warnings = knowledge.warnings;
        if queries.found.is_empty() {
            let paths: Vec<_> = self.queries.iter().map(|path| path.display().to_string()).collect();
            warnings.push(Mistake::new(format!("there is no statement in {}", paths.join(", "))));
        }
        let watched = self.schema.iter().chain(&self.queries).cloned().chain(knowledge.files).collect();
        Ok(Module { warnings, watched, ..Module::new(queries.found, |statements| self.extras(statements)) })
    }

    /// What the module has beside the constants.
    fn extras(&self, statements: &[&Statement]) -> TokenStream {
        let prepared = self.driver.map(|driver| driver.tokens(statements)).unwrap_or_default();
        let parameters = match self.parameters {
            Parameters::Untyped => TokenStream::new(),
            #[cfg(feature = "typed-parameters")]
            Parameters::Typed => crate::parameters::module(statements),
        };
        quote!(#prepared #parameters)
    }
}

impl Default for Config {
    fn default() -> Self {
        let (schema, queries) = (Vec::new(), Vec::new());
        let (unmarked, parameters) = (Unmarked::default(), Parameters::default());
        Self { schema, queries, unmarked, name: "queries".to_owned(), folder: None, driver: None, parameters }
    }
}

fn outside() -> Mistake {
    let help = Some("call it from `build.rs`, or name a folder with `Config::out_dir`".to_owned());
    Mistake { help, ..Mistake::new("OUT_DIR is not set, so it is not known where the module belongs") }
}

/// Tells cargo.
fn tell(module: &Module) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    let told = module.cargo_lines().try_for_each(|line| writeln!(out, "{line}"));
    told.map_err(|error| Mistake::new(format!("cargo does not listen: {error}")).into())
}

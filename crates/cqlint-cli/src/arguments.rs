//! The arguments, and the help that is made of them.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Error, Parser, Subcommand, ValueEnum};
use cqlint_analysis::drivers::retry::Policy;
use cqlint_analysis::{RULES, Safety};

use crate::adoption::Adoption;
use crate::flags::{DECISION, FILES, FIXES, Flags, Selection};
use crate::output::{Output, OutputParser};

const EXAMPLES: &str = "Examples:
  cqlint                                     check all CQL below this folder, also in programs
  cqlint queries --schema schema.cql         check a folder, with the tables from elsewhere
  generate | cqlint -                        check standard input
  cqlint --diff                              what `cqlint --fix` would change
  cqlint -f full -f sarif=cqlint.sarif       a report for people, and one for a service
  cqlint inventory --format csv              every statement, its verdict and its mark
  cqlint config queries                      the settings that are in force there, and why
  cqlint explain counter-update              what a rule is about, and what to do
  cqlint classify 'UPDATE t SET n = n + 1 WHERE k = 1'
  cqlint retries 'UPDATE t SET n = n + 1 WHERE k = 1' --driver python

Exit codes: 0 nothing to report, 1 findings, 2 the job could not be done.";

/// Finds the CQL statements that must not be executed twice, and says why.
#[derive(Debug, Parser)]
#[command(name = "cqlint", bin_name = "cqlint", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) check: Check,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check files and folders; the same as no command
    Check(Check),
    /// List every statement: where it stands, whether it is idempotent, and whether its program says so
    #[command(after_help = INVENTORY)]
    Inventory(Inventory),
    /// Say what a rule is about: what happens on a retry, and what to do
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Show the settings that are in force, and where each of them comes from
    Config(Config),
    /// Classify one text, or a stream of requests: the interface for scripts
    #[command(after_help = PROTOCOL)]
    Classify(Classify),
    /// Say what drivers do with a statement when it fails, under each of their retry policies
    #[command(after_help = RETRIES)]
    Retries(Retries),
    /// Serve an editor: findings while one types, and what they mean
    #[command(after_help = LSP)]
    Lsp(Lsp),
    /// Write what a shell needs to complete arguments, with the names of formats and rules
    #[command(after_help = COMPLETIONS)]
    Completions(Completions),
    /// Write the manual page, or into a folder the pages of all commands
    Man(Man),
}

const LSP: &str = "An editor starts this by itself, and speaks the Language Server Protocol over standard input and output.
What is configured holds as for the command; the flags count more than what is configured.
How each editor is set up: https://github.com/cqlint/cqlint/tree/main/editors";

#[derive(Debug, Args)]
pub(crate) struct Lsp {
    #[command(flatten)]
    pub(crate) decision: Decision,
    /// Pass over files and folders that match, as in .gitignore; besides those that are configured; may be repeated
    #[arg(help_heading = FILES, long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,
    /// Read also what git ignores
    #[arg(help_heading = FILES, long)]
    pub(crate) no_ignore: bool,
    /// Speak over standard input and output, as it does anyway: many editors say so
    #[arg(long, hide = true)]
    stdio: bool,
    /// The process of the editor; its end is the end of standard input
    #[arg(long = "clientProcessId", value_name = "PID", hide = true)]
    client_process_id: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, and folders with CQL in them, also in the source of programs; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) decision: Decision,
    /// How findings are written, to standard output or to FILE; may be repeated
    #[arg(short, long, visible_alias = "output", value_name = "FORMAT[=FILE]", default_value = "full", value_parser = OutputParser)]
    pub(crate) format: Vec<Output>,
    /// Mend in the files what can be mended, marked [*], and report the rest
    #[arg(help_heading = FIXES, long)]
    pub(crate) fix: bool,
    /// Make also fixes after which something else has to follow, such as the values that are bound
    #[arg(help_heading = FIXES, long)]
    pub(crate) unsafe_fixes: bool,
    /// Exit with 1 when something was mended, even when nothing is left
    #[arg(help_heading = FIXES, long)]
    pub(crate) exit_non_zero_on_fix: bool,
    /// Show what --fix would change, and change nothing; exits with 1 when there is something
    #[arg(help_heading = FIXES, long, conflicts_with_all = ["format", "statistics"])]
    pub(crate) diff: bool,
    /// Check again whenever a file changes that is read, until Ctrl-C
    #[arg(long, conflicts_with_all = ["diff", "write_baseline"])]
    pub(crate) watch: bool,
    /// Tell also what comments hide
    #[arg(long, conflicts_with = "add_suppressions")]
    pub(crate) ignore_suppressions: bool,
    /// Count the findings of each rule
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Let notes fail the run, too
    #[arg(long)]
    pub(crate) strict: bool,
    /// Exit with 0 even when something was found
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Write findings and nothing else: no summary, no notes on files that were passed over, no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// List the files that would be checked, and check nothing
    #[arg(help_heading = FILES, long, conflicts_with_all = ["fix", "diff", "watch", "statistics", "baseline", "write_baseline"])]
    pub(crate) show_files: bool,
    /// Check also what git ignores
    #[arg(help_heading = FILES, long)]
    pub(crate) no_ignore: bool,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) look: Look,
    // The last, because its heading holds for what follows.
    #[command(flatten)]
    pub(crate) adoption: Adoption,
}

impl Check {
    /// The fixes that are made when they are asked for.
    pub(crate) fn fixes(&self) -> Safety {
        if self.unsafe_fixes { Safety::Unsafe } else { Safety::Safe }
    }
}

const INVENTORY: &str = "MARK is what the program says of a statement:
  yes      marked idempotent                 no       marked not idempotent
  -        certainly not marked              inert    marked, and the mark does nothing
  default  a setting marks everything        mixed    marked here and not there
  ?        out of sight                               empty in .cql files, which mark nothing
JSON and CSV write `none` for - and `unknown` for ?.

Exit codes: 0 listed, 1 not every statement is idempotent (with --assert-idempotent), 2 the job could not be done.";

#[derive(Debug, Args)]
pub(crate) struct Inventory {
    /// Files, and folders with CQL in them, also in the source of programs; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) decision: Decision,
    /// How the statements are written
    #[arg(short, long, visible_alias = "output", default_value = "table")]
    pub(crate) format: Listing,
    /// Exit with 1 unless every statement is idempotent; those that depend on something are not
    #[arg(long)]
    pub(crate) assert_idempotent: bool,
    /// Write statements and nothing else: no sums, no notes on files that were passed over, no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// List also what is in files that git ignores
    #[arg(help_heading = FILES, long)]
    pub(crate) no_ignore: bool,
    #[command(flatten)]
    pub(crate) selection: Selection,
    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Listing {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The name of the rule, as it stands in the brackets of a finding
    #[arg(value_name = "RULE", value_parser = RuleName, hide_possible_values = true)]
    pub(crate) rule: String,
    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// How the list is written
    #[arg(short, long, visible_alias = "output", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct Config {
    /// The file or folder that they are in force for
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) flags: Flags,
    /// Write the JSON schema of configuration files instead
    #[arg(long, conflicts_with = "path")]
    pub(crate) schema: bool,
    /// How the settings are written
    #[arg(short, long, visible_alias = "output", default_value = "text")]
    pub(crate) format: ConfigFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ConfigFormat {
    Text,
    Json,
}

const PROTOCOL: &str = "Without TEXT, each line of standard input is a request and gets one line of answer, in order:
  {\"id\": 1, \"cql\": \"UPDATE t SET n = n + 1 WHERE k = 1\", \"schema\": [\"CREATE TABLE …\"], \"profile\": \"driver\"}
  {\"id\":1,\"verdict\":\"not_idempotent\",\"profile\":\"driver\",\"statements\":[…],\"errors\":[]}
Only `cql` is required. `timestamps`, `dialect`, `keyspace` and `deterministic` are understood, too; the flags
of the same names, and --schema, hold for requests that do not say. No configuration file counts unless --config
names one: a text is in no folder. The exit code is 0 whatever the verdicts are.";

#[derive(Debug, Args)]
pub(crate) struct Classify {
    /// The text to classify
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    #[command(flatten)]
    pub(crate) decision: Decision,
    /// Answer in JSON
    #[arg(long, requires = "text")]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

const RETRIES: &str = "Below each policy stands what becomes of the statement when it fails for the first time:
  same host   it is sent again, to the same host
  next host   it is sent again, to another
  downgraded  it is sent again, at a lower consistency
  ignored     the application is told that all is well
  error       the application is told
✗ is where something is sent again that may have been applied, and must not be applied twice. Not shown
are speculative executions, which all drivers make only of what is marked.

Examples:
  cqlint retries 'UPDATE hits SET n = n + 1 WHERE page = ?' --driver python
  cqlint retries 'UPDATE t SET c = c + ? WHERE k = ?' --schema schema.cql --marked

Exit codes: 0 nothing is applied twice, 1 some policy applies it twice, 2 the job could not be done.";

#[derive(Debug, Args)]
pub(crate) struct Retries {
    /// The statement
    #[arg(value_name = "STATEMENT")]
    pub(crate) statement: String,
    /// Only the policies of this driver; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = PossibleValuesParser::new(drivers()))]
    pub(crate) driver: Vec<String>,
    /// The program marks the statement idempotent; without, it does not
    #[arg(long)]
    pub(crate) marked: bool,
    #[command(flatten)]
    pub(crate) decision: Decision,
    /// How the policies are written
    #[arg(short, long, visible_alias = "output", default_value = "table")]
    pub(crate) format: RetriesFormat,
    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RetriesFormat {
    Table,
    Json,
}

/// The drivers whose policies are known.
fn drivers() -> Vec<&'static str> {
    let mut names: Vec<_> = Policy::all().map(|policy| policy.driver.facts().id).collect();
    names.dedup();
    names
}

const COMPLETIONS: &str = "Where shells look for it:
  bash        cqlint completions bash > ~/.local/share/bash-completion/completions/cqlint
  zsh         cqlint completions zsh > FOLDER/_cqlint     with FOLDER in $fpath
  fish        cqlint completions fish > ~/.config/fish/completions/cqlint.fish
  powershell  cqlint completions powershell | Out-String | Invoke-Expression     in $PROFILE
  elvish      eval (cqlint completions elvish | slurp)     in rc.elv";

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder to write into; it is made when it is missing
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// What a verdict is made with.
#[derive(Debug, Args)]
pub(crate) struct Decision {
    /// A file or folder that is read only for its tables, types and functions; may be repeated
    #[arg(help_heading = DECISION, long, value_name = "PATH")]
    pub(crate) schema: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: Flags,
}

#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Look {
    /// Whether the output has colours; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// Takes any name, for an unknown one has a better answer than a list; shells complete those of the rules.
#[derive(Clone, Copy)]
struct RuleName;

impl TypedValueParser for RuleName {
    type Value = String;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(RULES.iter().map(|rule| PossibleValue::new(rule.name))))
    }
}

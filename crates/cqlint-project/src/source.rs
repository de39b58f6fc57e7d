//! One text: where it stands, what is in force for it, and what was found in it when it was read.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cqlint_analysis::syntax::{Dialects, Keyword, Parser, Piece, foreign};
use cqlint_analysis::{Definitions, Fragment, definitions};

use crate::conflicts;
use crate::find::has_cql_ending;
use crate::host::{HostFile, HostReader, Trust};
use crate::problem::shown;
use crate::{Outcome, Problem, read, read_stdin};

/// A text of a project.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Whether it is to be checked, or only read for its definitions.
    pub(crate) checked: bool,
    /// Whether it is standard input, whatever it is called.
    pub(crate) is_stdin: bool,
    /// Whether an editor holds it: what the file says does not count.
    pub(crate) is_open: bool,
    /// The number of its settings; nothing when its configuration cannot be used.
    pub(crate) settings: Option<usize>,
    /// The text, as long as there is room for it.
    pub(crate) text: Option<String>,
    pub(crate) size: usize,
    /// What is known of it when it is a file of a program.
    pub(crate) host: Option<Trust>,
    /// Whether what looks like CQL in a file of a program is taken for it.
    pub(crate) trusted: bool,
    /// The CQL in it, when it is a file of a program.
    pub(crate) fragments: Vec<Fragment>,
    /// How many statements in it have no text.
    pub(crate) builder_calls: usize,
    /// What the text was when its CQL was found, if it is to be read again: places in another text would lead astray.
    pub(crate) fingerprint: Option<u64>,
    /// Why it is not checked after all.
    pub(crate) problem: Option<Problem>,
    pub(crate) definitions: Definitions,
    /// How many definitions do not parse, of a text that is not checked and so would not tell.
    pub(crate) broken: usize,
}

impl Source {
    /// A text that is only read for its definitions.
    pub(crate) fn to_define(path: PathBuf) -> Self {
        Self { path, ..Self::default() }
    }

    /// A text to check: a file, or standard input.
    pub(crate) fn to_check(path: PathBuf, stdin: Option<&Path>) -> Self {
        let is_stdin = path == Path::new("-");
        let path = stdin.filter(|_| is_stdin).map_or(path, Path::to_path_buf);
        Self { path, is_stdin, checked: true, ..Self::default() }
    }

    /// Whether it would be checked if its configuration could be used.
    pub(crate) fn is_missed(&self) -> bool {
        self.checked && self.settings.is_none() && (self.host.is_none() || !self.fragments.is_empty())
    }

    /// A text that an editor holds.
    pub(crate) fn opened(self, text: String) -> Self {
        Self { text: Some(text), is_open: true, ..self }
    }

    /// Reads the text, and what it says of itself.
    pub(crate) fn load(&mut self, room: &AtomicUsize, hosts: Option<&dyn HostReader>) {
        let text = match self.text.take() {
            Some(text) => Ok(text),
            None if self.is_stdin => read_stdin(),
            None => read(&self.path),
        };
        match text {
            Ok(text) => self.learn(text, room, hosts),
            Err(mut problem) => {
                let may_be_host = self.reader(hosts).is_some();
                // A video may have the ending of a program, too: it stops nothing.
                if may_be_host && !has_cql_ending(&self.path) {
                    problem.outcome = Outcome::Skipped;
                }
                // What cannot hold CQL is missed by nobody.
                if !hosts.is_some_and(|hosts| may_be_host && !hosts.finds_cql(&self.path)) {
                    self.problem = Some(problem);
                } else {
                    self.host = Some(Trust::Nothing);
                }
            }
        }
    }

    /// Who finds CQL in it, if its name is one of a program.
    fn reader<'h>(&self, hosts: Option<&'h dyn HostReader>) -> Option<&'h dyn HostReader> {
        hosts.filter(|hosts| if self.checked { hosts.reads(&self.path) } else { hosts.is_template(&self.path) })
    }

    /// Takes in what a text says of itself: of which kind it is, and what it defines when it is CQL.
    pub(crate) fn learn(&mut self, text: String, room: &AtomicUsize, hosts: Option<&dyn HostReader>) {
        self.problem = None;
        self.host = self.trust(&text, hosts);
        if let Some(trust) = self.host {
            // Most of the others are never asked for again.
            if matches!(trust, Trust::Driver | Trust::Itself) || self.is_pinned() {
                self.keep(text, room);
            } else {
                self.size = text.len();
            }
            return;
        }
        self.definitions = Definitions::default();
        match foreign(&text).filter(|_| !holds_cql(&text)) {
            Some(language) => {
                let message = format!("looks like {}, so it is skipped", language.name());
                self.problem = Some(Problem::skipped(&self.path, message));
            }
            None => self.definitions = definitions(&text),
        }
        if !self.checked {
            self.broken = broken_definitions(&text);
        }
        if self.problem.is_none() || self.is_open {
            self.keep(text, room);
        }
    }

    /// What the bytes say of it, when it is a file of a program.
    pub(crate) fn trust(&self, text: &str, hosts: Option<&dyn HostReader>) -> Option<Trust> {
        let trust = self.reader(hosts).map(|hosts| hosts.trust(&self.path, text));
        // CQL is read as CQL, unless it says that it is something else, as templates do.
        trust.filter(|trust| !has_cql_ending(&self.path) || *trust == Trust::Itself)
    }

    /// Takes in what was found in it, as it is a file of a program.
    pub(crate) fn found(&mut self, file: HostFile) {
        self.fragments = file.fragments;
        self.builder_calls = file.builder_calls;
        self.definitions = Definitions::default();
        for fragment in &self.fragments {
            self.definitions.append(Definitions::of_fragment(fragment));
        }
    }

    /// Whether its text can be had only once.
    fn is_pinned(&self) -> bool {
        self.is_stdin || self.is_open
    }

    /// Keeps the text as long as there is room for it.
    pub(crate) fn keep(&mut self, text: String, room: &AtomicUsize) {
        self.size = text.len();
        let fits = room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(text.len())).is_ok();
        if fits || self.is_pinned() {
            self.text = Some(text);
        }
    }

    /// What does not parse is not known, and knowing less makes more verdicts depend.
    pub(crate) fn weakness(&self) -> Problem {
        let message = match self.broken {
            1 => "has a definition that does not parse, and so is not known".to_owned(),
            count => format!("has {count} definitions that do not parse, and so are not known"),
        };
        Problem::done(&self.path, message, Some(format!("see why with `cqlint {}`", shown(&self.path))))
    }

    /// The text, from memory or read again.
    pub(crate) fn take(&mut self) -> Result<String, Problem> {
        let Some(text) = self.text.take() else {
            let text = read(&self.path)?;
            let is_same = self.fingerprint.is_none_or(|before| before == fingerprint(&text));
            let changed = || Problem::failed(&self.path, "has changed while it was checked", "run the command again");
            return if is_same { Ok(text) } else { Err(changed()) };
        };
        Ok(text)
    }

    pub(crate) fn lines(&self, offsets: &[u32]) -> Vec<usize> {
        match &self.text {
            Some(text) => conflicts::lines(text, offsets),
            None => conflicts::lines(&read(&self.path).unwrap_or_default(), offsets),
        }
    }
}

/// What tells a text from others.
pub(crate) fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Whether some statement parses. Then the text is CQL, whatever its first words look like.
fn holds_cql(text: &str) -> bool {
    let mut parser = Parser::new(Dialects::ALL);
    parser.script(text).any(|parsed| matches!(parsed.piece, Piece::Statement(_)))
}

fn broken_definitions(text: &str) -> usize {
    let mut parser = Parser::new(Dialects::ALL);
    let definitions = parser.script(text).only(|first| matches!(first, Keyword::Create | Keyword::Alter | Keyword::Drop));
    definitions.filter(|parsed| matches!(parsed.piece, Piece::Broken)).count()
}

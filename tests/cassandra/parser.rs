//! Cassandra's own parser, in a process that lives as long as its [`CassandraParser`].

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread;

use cqlint_cluster::Java;

/// What Java needs besides: memory for the parser alone, no log among what is said about a failure, and the messages of exceptions
/// also where many have been thrown.
const OPTIONS: [&str; 3] = ["-Xmx1g", "-Dlog.level=OFF", "-XX:-OmitStackTraceInFastThrow"];

pub(crate) struct CassandraParser {
    process: Child,
    statements: BufWriter<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// What Java says when it fails.
    log: PathBuf,
}

impl CassandraParser {
    /// Starts it; `jars` is the folder of one version.
    pub(crate) fn start(java: &Java, jars: &Path) -> Self {
        let log = jars.join("parser.log");
        let options = OPTIONS.map(str::to_owned);
        let mut command = java.run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cassandra/Parse.java"), jars, &options);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(&log).expect("a writable log"));
        let mut process = command.spawn().expect("Java starts");
        let statements = BufWriter::new(process.stdin.take().expect("a pipe to the parser"));
        let answers = BufReader::new(process.stdout.take().expect("a pipe from the parser"));
        Self { process, statements, answers, log }
    }

    /// What it says about each statement: nothing when it accepts, else the exception.
    pub(crate) fn complaints(&mut self, asked: &[&str]) -> Vec<Option<String>> {
        assert!(asked.iter().all(|statement| !statement.contains('\0')), "a NUL ends a statement");
        let Self { statements, answers, log, .. } = self;
        // One thread writes while the other reads: else both ends wait for each other once the pipes are full.
        thread::scope(|scope| {
            scope.spawn(move || {
                // A file's last line has its end, too.
                let mut write =
                    |statement: &&str| statements.write_all(statement.as_bytes()).and_then(|()| statements.write_all(b"\n\0"));
                // A parser that is gone shows when its answers are read.
                let _ = asked.iter().try_for_each(&mut write).and_then(|()| statements.flush());
            });
            asked.iter().map(|_| answer(answers, log)).collect()
        })
    }
}

/// The next line.
fn answer(answers: &mut impl BufRead, log: &Path) -> Option<String> {
    let mut line = String::new();
    let length = answers.read_line(&mut line).expect("an answer in UTF-8");
    assert!(length > 0, "the parser of Cassandra has died: {}", fs::read_to_string(log).unwrap_or_default());
    let answer = line.trim_end_matches('\n');
    (!answer.is_empty()).then(|| answer.to_owned())
}

impl Drop for CassandraParser {
    /// Also while a test panics. It would go by itself when the test's own process is killed.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

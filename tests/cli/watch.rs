//! `--watch`, as a process that runs while files change below it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{cqlint, run, text};

const COUNTER: &str = "UPDATE hits SET n = n + 1 WHERE page = 'home';\n";

/// Far more than any machine needs for one step.
const LONG: Duration = Duration::from_secs(60);

/// A watching command, which ends with this value.
struct Watching {
    child: Child,
    lines: Receiver<String>,
    /// How many checks have ended, as far as their lines were read.
    checks: usize,
}

impl Watching {
    fn new(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = cqlint(folder);
        let streams = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = streams.spawn().expect("the command starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines, checks: 0 }
    }

    /// Waits for a line with this text.
    fn until(&mut self, wanted: &str) {
        let (mut seen, end) = (Vec::new(), Instant::now() + LONG);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).unwrap_or_else(|error| panic!("no `{wanted}` ({error}) in {seen:#?}"));
            // The sums end a check.
            self.checks += usize::from(line.contains(" in ") && line.contains(" file"));
            if line.contains(wanted) {
                return;
            }
            seen.push(line);
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a file as many editors do: another one takes its place.
fn put(folder: &Path, file: &str, content: &[u8]) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    let beside = path.with_file_name(".beside");
    fs::write(&beside, content).expect("a file");
    fs::rename(beside, path).expect("a name");
}

#[test]
fn what_changes_is_checked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::create_dir(path.join(".git")).expect("a folder");
    put(path, ".gitignore", b"/target\n");
    put(path, "a.cql", COUNTER.as_bytes());
    let outputs = ["--watch", "-f", "concise", "--output", "json=report.json", "--output", "sarif=out/report.yaml"];
    let mut watching = Watching::new(path, &outputs);
    watching.until("1 warning in 1 file");

    put(path, "deep/er/b.cql", COUNTER.as_bytes());
    watching.until("2 warnings in 2 files");
    // A broken file stops nothing.
    put(path, "a.cql", b"\xff");
    watching.until("a.cql: error: is not UTF-8");
    watching.until("1 warning in 1 file · 1 file not checked");
    // Neither does what the run has written itself, what git keeps, or what git ignores.
    for number in 0..20 {
        put(path, &format!("target/{number}.cql"), COUNTER.as_bytes());
        put(path, &format!(".git/{number}.cql"), COUNTER.as_bytes());
        put(path, "notes.txt", COUNTER.as_bytes());
        put(path, "report.json", b"[]");
    }
    put(path, "a.cql", b"SELECT v FROM t;\n");
    watching.until("1 warning in 2 files");
    fs::remove_dir_all(path.join("deep")).expect("a folder");
    watching.until("nothing to report in 1 file");
    fs::write(path.join(".gitignore"), "/target\na.cql\n").expect("a file");
    watching.until("nothing to report in 0 files");
    // A change in several steps may be seen as two; a run that woke itself up would never stop.
    assert!(watching.checks <= 14, "{} checks", watching.checks);
    assert!(fs::read_to_string(path.join("report.json")).expect("a report").starts_with("{\"schema_version\""));
}

#[test]
fn a_schema_and_a_single_file_are_watched_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    put(path, "q/a.cql", b"UPDATE t SET v = v + ? WHERE k = 1;\n");
    put(path, "q/other.cql", COUNTER.as_bytes());
    put(path, "schema/t.cql", b"CREATE TABLE t (k int PRIMARY KEY, v list<int>);\n");
    let mut watching = Watching::new(path, &["--watch", "-f", "concise", "q/a.cql", "--schema", "schema"]);
    watching.until("warn[list-append]");
    put(path, "q/other.cql", b"TRUNCATE t;");
    put(path, "schema/t.cql", b"CREATE TABLE t (k int PRIMARY KEY, v set<int>);\n");
    watching.until("nothing to report in 1 file");
    fs::write(path.join("q/a.cql"), COUNTER).expect("a file");
    watching.until("warn[counter-update]");
}

#[test]
fn what_cannot_be_watched_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for (line, message) in [
        ("cqlint --watch -", "error: `--watch` watches files, and standard input is none\n\n  help: name files or folders\n"),
        ("cqlint --watch missing/a.cql", "error: missing/a.cql: cannot be watched: "),
        ("cqlint --watch --diff", "error: the argument '--watch' cannot be used with '--diff'\n"),
        ("cqlint --watch -f full -f concise", "error: standard output takes one report"),
    ] {
        let output = run(folder.path(), line);
        let complaint = text(&output.stderr);
        assert!(output.status.code() == Some(2) && complaint.contains(message), "{line}: {complaint}");
    }
}

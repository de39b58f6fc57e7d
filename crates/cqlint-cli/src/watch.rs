//! `cqlint --watch`: checks, and checks again whenever something changes.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use cqlint_project::{Ignoring, Watch, Watched};

use crate::arguments::Check;
use crate::check;
use crate::exit::{Exit, Failure};

/// Clears a terminal and what has scrolled out of it.
const CLEAR: &[u8] = b"\x1b[2J\x1b[3J\x1b[H";

/// Ends only by a signal, or when it cannot go on.
///
/// # Errors
/// The first check fails, something cannot be watched, or nobody reads the output any more.
pub(crate) fn run(arguments: &Check) -> Result<Exit, Failure> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        let message = "`--watch` watches files, and standard input is none".to_owned();
        return Err(Failure::Usage { message, help: "name files or folders".to_owned() });
    }
    let read = arguments.paths.iter().chain(&arguments.decision.schema).chain(&arguments.adoption.baseline);
    let read = read.chain(&arguments.decision.flags.config);
    let read: Vec<PathBuf> = read.cloned().collect();
    let written: Vec<_> = arguments.format.iter().filter_map(|output| output.file.clone()).collect();
    // What changes during a check is told after it.
    let watch = Watch::new(Watched {
        paths: &read,
        written: &written,
        ignoring: if arguments.no_ignore { Ignoring::Disregarded } else { Ignoring::Honoured },
        reads: &cqlint_embed::reads,
    })?;
    clear()?;
    check::run(arguments)?;
    loop {
        say_that_it_goes_on(arguments);
        watch.wait()?;
        clear()?;
        match check::run(arguments) {
            Ok(_) => (),
            Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => return Err(error.into()),
            // It may be mended with the next change.
            Err(failure) => _ = failure.report(),
        }
    }
}

/// Clears the terminal, if there is one.
fn clear() -> io::Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb") {
        out.write_all(CLEAR)?;
        out.flush()?;
    }
    Ok(())
}

fn say_that_it_goes_on(arguments: &Check) {
    if !arguments.quiet {
        // When nobody reads it, so be it.
        let _ = io::stderr().lock().write_all(b"watching for changes; Ctrl-C ends\n");
    }
}

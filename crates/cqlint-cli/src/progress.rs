//! The progress bar of a long run: on standard error, and only when that is a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use cqlint_project::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is over before this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// The bar. It disappears with this value.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Ends the thread that waits to show the bar.
    _done: Option<Sender<()>>,
}

impl Progress {
    /// A bar that never shows.
    pub(crate) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), _done: None }
    }

    /// A bar that shows when the run has taken a while.
    pub(crate) fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self::hidden();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // Two steps for each file: it is read, and checked.
        if let Ok(style) = ProgressStyle::with_template("{spinner} checking {wide_bar} {percent}% {elapsed}") {
            bar.set_style(style);
        }
        let (done, wait) = channel();
        let shown = bar.clone();
        // Without this thread there is just no bar.
        let _ = thread::Builder::new().spawn(move || {
            if wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
                shown.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self { bar, _done: Some(done) }
    }

    pub(crate) fn step(&self, step: Step) {
        match step {
            Step::Found(files) => self.bar.set_length(2 * files as u64),
            Step::Read | Step::Checked => self.bar.inc(1),
        }
    }

    /// A writer that does not draw across the bar.
    pub(crate) fn beside<W: Write>(&self, writer: W) -> Beside<W> {
        Beside { bar: self.bar.clone(), writer }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Writes while the bar is away.
#[derive(Debug)]
pub(crate) struct Beside<W> {
    bar: ProgressBar,
    writer: W,
}

impl<W: Write> Write for Beside<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bar.suspend(|| self.writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

//! A client with all its children: none outlives the test, however it ends.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A client that has not ended by then hangs.
const PATIENCE: Duration = Duration::from_secs(300);

/// A process group.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// Runs it to its end: whether it has succeeded.
pub(super) fn run(mut command: Command) -> Result<(), String> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut group = Group(command.stdin(Stdio::null()).spawn().map_err(|error| format!("does not start: {error}"))?);
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        match group.0.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("ends with {status}")),
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
            Err(error) => return Err(error.to_string()),
        }
    }
    Err(format!("has not ended after {PATIENCE:?}"))
}

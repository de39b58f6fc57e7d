//! `cargo run -p cqlint-shop`: a day in the shop. `cargo run -p cqlint-shop -- --inject`: the same, and answers are lost.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use cqlint_cluster::{RUNNING, SERVER, server};
use cqlint_shop::{Error, Weather, tell};

const USAGE: &str = "\
usage: cargo run -p cqlint-shop [-- --inject]

Starts a Cassandra of its own on loopback, opens a small shop on it, and tells of each statement how cqlint marks it.
With --inject the answer to each statement is lost on its way, and it is told what becomes of it.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let weather = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Weather::Fine,
        ["--inject"] => Weather::Stormy,
        ["--help" | "-h"] => return finish(writeln!(io::stdout(), "{USAGE}").map_err(Error::from)),
        _ => return finish(Err(USAGE.into())),
    };
    finish(run(weather))
}

fn run(weather: Weather) -> Result<(), Error> {
    if std::env::var_os(RUNNING).is_none() {
        writeln!(io::stderr(), "starting Cassandra {SERVER}; the first time it is fetched, which takes a minute or two")?;
    }
    let server = server()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(tell(&mut io::stdout().lock(), server, weather))
}

fn finish(result: Result<(), Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever listened has heard enough.
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

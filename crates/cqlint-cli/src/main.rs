//! The binary: hands over to the library, which tests can also call under another name.

use std::process::ExitCode;

fn main() -> ExitCode {
    cqlint_cli::main()
}

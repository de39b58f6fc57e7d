//! The binary: hands over to the library, which tests can also call under another name.

use std::process::ExitCode;

/// Most of the work is to make small things and to drop them, on many threads: the system's allocator takes half as long again.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cqlint_cli::main()
}

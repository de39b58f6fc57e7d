//! The statements of the shop are checked when it is built.

use cqlint_build::{Config, Driver, Error};

fn main() -> Result<(), Error> {
    Config::new().schema("schema/").queries("queries/").driver(Driver::Scylla1).deny_not_idempotent().generate()
}

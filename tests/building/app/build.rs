//! As in `README.md`, and once more for the other driver.

use cqlint_build::{Config, Driver, Error};

fn main() -> Result<(), Error> {
    let config = Config::new().schema("schema/").queries("queries/").deny_not_idempotent();
    config.clone().driver(Driver::Scylla1).typed_parameters().generate()?;
    config.driver(Driver::CdrsTokio9).module("cdrs").generate()
}

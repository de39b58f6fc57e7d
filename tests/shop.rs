//! The example tells what it told when its transcripts were kept.
//!
//! `CQLINT_BLESS=1 cargo test -p cqlint-tests shop` writes them anew.

use std::path::Path;

use cqlint_shop::{Weather, tell};

use crate::cassandra::{required, server};

const TRANSCRIPTS: [(Weather, &str); 2] = [(Weather::Fine, "fine.txt"), (Weather::Stormy, "stormy.txt")];

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "elsewhere than on Linux loopback has one address")]
fn a_day_in_the_shop() {
    let Some(server) = required("the example", server()) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for (weather, name) in TRANSCRIPTS {
        let mut told = Vec::new();
        runtime.block_on(tell(&mut told, server, weather)).unwrap_or_else(|error| panic!("{weather:?}: {error}"));
        let told = String::from_utf8(told).expect("UTF-8");
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("shop/transcripts").join(name);
        if std::env::var_os("CQLINT_BLESS").is_some() {
            std::fs::write(&kept, &told).expect("a writable transcript");
        }
        let expected = std::fs::read_to_string(&kept).unwrap_or_default();
        assert!(expected == told, "{} is another; CQLINT_BLESS=1 writes it:\n{told}", kept.display());
    }
}

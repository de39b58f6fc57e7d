//! Configuration that no folder of a repository can hold: above the working folder, behind links, unreadable.

use std::fs;
use std::path::Path;

use super::files::folder;
use super::{run, text};

const COUNTER: &str = "UPDATE hits SET n = n + 1 WHERE page = 'home';\n";
const ERROR: &str = "[rules]\ncounter-update = \"error\"\n";

#[test]
fn a_file_above_the_working_folder_counts() {
    let tree = folder(&[
        ("cqlint.toml", "schema = [\"tables.cql\"]\nexclude = [\"/app/gen/\"]\n"),
        ("tables.cql", ""),
        ("app/a.cql", COUNTER),
    ]);
    fs::create_dir_all(tree.path().join("app/gen")).expect("a folder");
    fs::write(tree.path().join("app/gen/b.cql"), COUNTER).expect("a file");
    let app = tree.path().join("app");
    let found = text(&run(&app, "cqlint -f concise").stdout);
    assert!(found.ends_with("1 warning in 1 file\n"), "{found}");
    let shown = text(&run(&app, "cqlint config").stdout);
    assert!(shown.contains("../cqlint.toml:1") && shown.contains(" ../tables.cql "), "{shown}");
    // From elsewhere it is the same.
    let found = text(&run(&tree.path().join("app/gen"), "cqlint -f concise ../a.cql").stdout);
    assert!(found.ends_with("1 warning in 1 file\n"), "{found}");
}

#[test]
fn standard_input_stands_for_the_file_that_it_is_called() {
    let tree = folder(&[("cqlint.toml", ERROR), ("a.cql", "TRUNCATE t;"), ("b.cql", COUNTER), ("input", COUNTER)]);
    let output = run(tree.path(), "cqlint -f concise . - --stdin-filename ./a.cql < input");
    let found = text(&output.stdout);
    assert!(found.starts_with("a.cql:1:17: error[counter-update]") && found.contains("\nb.cql:1:17: error"), "{found}");
    assert!(found.ends_with("2 errors in 2 files\n"), "{found}");
}

#[test]
fn the_json_schema_is_the_one_in_the_repository() {
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), "cqlint config --schema");
    let is_same = text(&output.stdout) == include_str!("../../crates/cqlint-project/cqlint.schema.json");
    assert!(is_same, "`CQLINT_BLESS=1 cargo test -p cqlint-project` writes the one in the repository");
}

#[test]
fn levels_change_no_verdict() {
    let tree = folder(&[("off/cqlint.toml", "rules = { idempotence = \"off\" }"), ("off/a.cql", COUNTER), ("on/a.cql", COUNTER)]);
    let verdict = |path: &str| text(&run(&tree.path().join(path), "cqlint inventory -f json").stdout);
    assert_eq!(verdict("off"), verdict("on"));
    assert!(verdict("off").contains("\"not_idempotent\""), "{}", verdict("off"));
}

#[cfg(unix)]
#[test]
fn links_and_files_that_cannot_be_read() {
    use std::os::unix::fs::symlink;

    let tree = folder(&[("shared.toml", ERROR), ("linked/a.cql", COUNTER), ("broken/b.cql", COUNTER), ("fine/c.cql", COUNTER)]);
    symlink("../shared.toml", tree.path().join("linked/cqlint.toml")).expect("a link");
    symlink("nowhere.toml", tree.path().join("broken/cqlint.toml")).expect("a link");
    fs::create_dir(tree.path().join("fine/cqlint.toml")).expect("a folder is no configuration");
    let output = run(tree.path(), "cqlint -f concise");
    let found = text(&output.stdout);
    assert!(found.contains("linked/a.cql:1:17: error["), "{found}");
    assert!(found.contains("fine/c.cql:1:17: warn["), "{found}");
    assert!(found.contains("broken/cqlint.toml: error: cannot be read: ") && !found.contains("b.cql"), "{found}");
    assert_eq!(output.status.code(), Some(2));
}

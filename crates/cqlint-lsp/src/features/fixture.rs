//! Pages for tests: `$0` in a text is where the cursor stands.

use std::path::Path;

use cqlint_analysis::{Options, Schema};
use cqlint_embed::Source;

use crate::page::Page;

/// Shows a page, as a file of this name would be, with the tables that `schema` defines and those of the page itself.
pub(crate) fn with_page<T>(name: &str, text: &str, schema: &str, look: impl FnOnce(&Page<'_>, u32) -> T) -> T {
    let at = text.find("$0").unwrap_or(text.len());
    let text = text.replacen("$0", "", 1);
    let path = Path::new(name);
    let fragments = cqlint_embed::reads(path).then(|| cqlint_embed::read(&[Source { path, text: &text, trusted: true }]).remove(0));
    let fragments = fragments.filter(|_| !name.ends_with(".cql"));
    let own = if fragments.is_none() { text.as_str() } else { "" };
    let schema = Schema::from_text(&format!("{schema}\n;{own}"));
    let options = Options { schema: Some(&schema), ..Options::default() };
    look(&Page { path, text: &text, fragments: fragments.as_deref(), options: &options }, at as u32)
}

/// The files of the corpus of statements that some dialect accepts.
pub(crate) fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/accepted");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts: Vec<_> = files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    assert!(texts.len() >= 18, "the corpus is found");
    texts
}

//! Finds CQL inside application source: text in, fragments out.
//!
//! A fragment is CQL put together from literals, constants, concatenation and formats, and every byte of it maps back to
//! the host file. What the program puts in at run time is a hole: a name or a value changes no verdict, clauses do.
//!
//! ```
//! use cqlint_analysis::{analyze, Options, Verdict};
//! use cqlint_embed::{fragments, Language};
//!
//! let source = r#"
//!     const visit = "UPDATE pages SET views = views + 1 WHERE page = ?"
//! "#;
//! let found = fragments(source, Language::Go);
//! let [fragment] = found.as_slice() else { panic!("one statement") };
//! let analysis = analyze(fragment.text(), &Options { open: fragment.open(), ..Options::default() });
//! assert_eq!(analysis.verdict, Verdict::NotIdempotent);
//! let hazard = fragment.host(analysis.statements[0].hazards[0].span);
//! assert_eq!(hazard.text(source), "views = views + 1");
//! ```

mod chunk;
mod constants;
mod evidence;
mod fold;
mod format;
mod holes;
mod language;
mod literal;

use cqlint_analysis::Fragment;
use tree_sitter::Node;

use constants::Constants;
use fold::Folder;
use format::Places;

pub use evidence::Evidence;
pub use language::Language;

/// The CQL in a text of the language, in the order of the places where it is put together.
#[must_use]
pub fn fragments(text: &str, language: Language) -> Vec<Fragment> {
    if !evidence::has_verb(text) {
        return Vec::new();
    }
    let Some(tree) = language.parse(text) else { return Vec::new() };
    let root = tree.root_node();
    let folder = Folder::new(text, language, Constants::read(root, text));
    let mut found = Vec::new();
    let mut tried = None;
    visit(root, &mut |node| {
        // A sum that is no string begins with sums that are none either, each as long as the one around it.
        if tried == Some(node.start_byte()) && folder.is_sum(node) || !folder.is_string(node) {
            return true;
        }
        let Some(mut chunks) = folder.whole(node) else {
            tried = Some(node.start_byte());
            return true;
        };
        if folder.constants.is_appended(node) {
            let end = literal::span(node.end_byte().saturating_sub(1), node.end_byte());
            chunks.push(chunk::Chunk::Hole { host: end, name: String::new() });
        }
        let chunks = format::left_over(chunks, language);
        // A template that is formatted elsewhere, unless the braces are CQL's own.
        let template = || holes::fill(&format::fill(chunks.clone(), Places::Braces, &[]));
        let home = literal::span(node.start_byte(), node.end_byte());
        if let Some(fragment) = holes::fill(&chunks).or_else(template) {
            found.push((node, fragment.at(home)));
        }
        false
    });
    // What is only the template of another statement is none itself.
    found.retain(|(node, fragment)| !(folder.is_used(*node) && holes::has_hole(fragment.text())));
    found.into_iter().map(|(_, fragment)| fragment).collect()
}

/// Visits the nodes from the outside in, as long as `look` says to go on.
fn visit<'t>(root: Node<'t>, look: &mut impl FnMut(Node<'t>) -> bool) {
    let mut cursor = root.walk();
    loop {
        if look(cursor.node()) && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

//! Fixes in programs change the literal that the statement stands in, or nothing.

use std::path::Path;

use cqlint_analysis::{Analyzer, Diagnostic, Options, Safety, Schema};
use cqlint_embed::{Source, read};
use cqlint_project::Mended;

use super::levels;
use crate::embed::matrix;

fn findings(path: &str, text: &str, schema: &Schema) -> (Vec<Diagnostic>, Vec<String>) {
    let levels = levels();
    let options = Options { schema: Some(schema), levels: Some(&levels), ..Options::default() };
    let fragments: Vec<_> = read(&[Source { path: Path::new(path), text, trusted: true }]).into_iter().flatten().collect();
    let mut analyzer = Analyzer::new(options.dialects);
    let findings = fragments.iter().flat_map(|fragment| analyzer.fragment(fragment, &options).findings).collect();
    (findings, fragments.iter().map(|fragment| fragment.text().to_owned()).collect())
}

/// What becomes of the only file when all is mended that is as safe as this; nothing when nothing is.
fn mended(path: &str, text: &str, safety: Safety) -> Option<String> {
    let schema = Schema::from_text("CREATE TABLE t (k uuid PRIMARY KEY, at timestamp, v text)");
    Mended::new(text, &findings(path, text, &schema).0, safety).map(|mended| mended.text)
}

/// In every language and way of embedding: the text that is found afterwards is the mended text of before.
#[test]
fn every_language_and_way() {
    let schema = matrix::schema();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (ending, source) in matrix::sources(&[
        "INSERT INTO shop.events (k, tid, at, v) VALUES (1, now(), 0, ?)",
        "CREATE TABLE shop.new (k int PRIMARY KEY, v text)",
    ]) {
        let path = format!("program.{ending}");
        let (before, texts) = findings(&path, &source, &schema);
        for finding in before.iter().filter(|finding| finding.fix.is_some() && finding.rule.group != "marks") {
            let mended = Mended::new(&source, std::slice::from_ref(finding), Safety::Unsafe).expect("a fix that fits");
            count += 1;
            let (after, new) = findings(&path, &mended.text, &schema);
            let was = |found: &&Diagnostic| found.rule == finding.rule && found.fix.is_some();
            // What is put in is in the fragment, and nothing else has changed.
            let edit = &finding.fix.as_ref().expect("a fix").edits[0];
            let as_before = new.iter().map(|text| text.replacen(&edit.text, edit.span.text(&source), 1)).collect::<Vec<_>>();
            let is_clean = texts.len() == new.len() && (as_before == texts || edit.text == "?");
            if after.iter().filter(was).count() >= before.iter().filter(was).count() || !is_clean {
                wrong.push(format!("{ending} {}:\n{}\nbecomes\n{}", finding.rule.name, source, mended.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "the matrix has lost fixes: {count}");
}

/// Where the string would have to change otherwise, and where the code binds in another way, nothing is changed.
#[test]
fn what_is_left_alone() {
    let java = |call: &str| {
        format!("import com.datastax.oss.driver.api.core.CqlSession;\nclass A {{ void f(CqlSession s) {{ {call} }} }}\n")
    };
    let cases = [
        ("a.java", java(r#"s.execute("UPDATE t SET at = 'now' WHERE k = ?", 1);"#), true),
        // The escape is not the quote that it stands for.
        ("a.js", "const cassandra = require('cassandra-driver');\nclient.execute('UPDATE t SET at = \\'now\\' WHERE k = ?', [1], { prepare: true });\n".to_owned(), false),
        ("a.js", "const cassandra = require('cassandra-driver');\nclient.execute(\"UPDATE t SET at = 'now' WHERE k = ?\", [1], { prepare: true });\n".to_owned(), true),
        // Python writes what is bound as `%s`.
        ("a.py", "from cassandra.cluster import Cluster\nsession.execute(\"INSERT INTO t (k, v) VALUES (uuid(), %s)\", (1,))\n".to_owned(), false),
        ("a.py", "from cassandra.cluster import Cluster\nsession.execute(\"INSERT INTO t (k, v) VALUES (uuid(), 'x')\")\n".to_owned(), false),
        ("a.py", "from cassandra.cluster import Cluster\nq = session.prepare(\"INSERT INTO t (k, v) VALUES (uuid(), ?)\")\n".to_owned(), true),
        // The constant belongs to more than this statement.
        ("a.java", java(r#"final String HEAD = "CREATE TABLE "; s.execute(HEAD + "t (k int PRIMARY KEY)");"#), false),
        ("a.java", java(r#"s.execute("CREATE TABLE " + "t (k int PRIMARY KEY)");"#), true),
        // What the program puts in may be the guard.
        ("a.java", java(r#"s.execute("CREATE TABLE " + name + " (k int PRIMARY KEY)");"#), false),
        ("a.java", java(r#"s.execute("CREATE TABLE " + keyspace + ".t (k int PRIMARY KEY)");"#), false),
    ];
    for (path, text, expected) in cases {
        let schema = Schema::from_text("CREATE TABLE t (k uuid PRIMARY KEY, at timestamp, v text)");
        let (found, _) = findings(path, &text, &schema);
        let fixable = found.iter().any(|finding| finding.fix.is_some() && finding.rule.group != "marks");
        assert_eq!(fixable, expected, "{path}: {text}");
    }
}

#[test]
fn a_batch_is_split_only_in_a_file_of_its_own() {
    let text = "from cassandra.cluster import Cluster\nsession.prepare('''\nBEGIN BATCH\n  UPDATE t SET v = ? WHERE k = ?;\n  INSERT INTO t (k, v) VALUES (uuid(), ?);\nAPPLY BATCH\n''')\n";
    let after = text.replace("uuid()", "?");
    assert_eq!(mended("a.py", text, Safety::Unsafe), Some(after));
    assert_eq!(mended("a.py", text, Safety::Safe), None);
}

//! What fixes leave, on a real server: it takes each form as before, and a definition with its guard can be run again.

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Levels, Options, Profile, Safety, Schema, analyze};
use cqlint_project::Mended;

use super::{block_on, stage};
use crate::cassandra::{Client, required, say, server};
use crate::semantics::forms;

const KEYSPACES: [&str; 2] = ["mended", "mended_hidden"];

/// Each on what the one before has left.
const STORY: &str = "
    CREATE KEYSPACE story WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
    CREATE TABLE story.t (k int PRIMARY KEY, v text, at timestamp, n int);
    CREATE TYPE story.a (b int);
    CREATE INDEX ON story.t (v);
    CREATE CUSTOM INDEX i ON story.t (at) USING 'StorageAttachedIndex';
    CREATE FUNCTION story.f (s int, n int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return n;';
    CREATE AGGREGATE story.g (int) SFUNC f STYPE int;
    CREATE ROLE story_role;
    CREATE USER story_user WITH PASSWORD 'x';
    ALTER TABLE story.t ADD late int;
    ALTER TABLE story.t ADD (later int, latest text);
    ALTER TYPE story.a ADD c int;
    ALTER TABLE story.t DROP late;
    ALTER TABLE story.t DROP (later, latest);
    DROP USER story_user;
    DROP ROLE story_role;
    DROP AGGREGATE story.g;
    DROP FUNCTION story.f (int, int);
    DROP INDEX story.i;
    DROP TYPE story.a;
    DROP TABLE story.t;
    DROP KEYSPACE story";

/// The text with each of its fixes, made alone.
fn mended(text: &str, options: &Options<'_>) -> Vec<String> {
    let statements = analyze(text, options).statements;
    let findings: Vec<_> = statements.iter().flat_map(|statement| statement.diagnostics(text, options)).collect();
    let alone = findings.iter().filter_map(|finding| Mended::new(text, std::slice::from_ref(finding), Safety::Unsafe));
    alone.map(|mended| mended.text).collect()
}

#[test]
fn a_definition_with_its_guard_can_be_run_again() {
    let Some(server) = required("the fixes of definitions", server()) else { return };
    let levels = Levels::default();
    let options = Options { dialects: Dialects::CASSANDRA_5_0, levels: Some(&levels), ..Options::default() };
    let (statements, wrong) = block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        client.script(["DROP KEYSPACE IF EXISTS story", "DROP ROLE IF EXISTS story_role", "DROP ROLE IF EXISTS story_user"]).await;
        let (statements, mut wrong) = (stage::statements(STORY), Vec::new());
        for statement in &statements {
            let [guarded] = mended(statement, &options).try_into().unwrap_or_else(|fixes| panic!("{statement}: {fixes:?}"));
            for time in ["first", "second"] {
                if let Err(refusal) = client.text(&guarded).await {
                    wrong.push(format!("the {time} time: {guarded}: {refusal}"));
                }
            }
            if client.text(statement).await.is_ok() {
                wrong.push(format!("it can be run again without: {statement}"));
            }
        }
        (statements.len(), wrong)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    say(&format!("fixes: {statements} definitions with their guards can be run again"));
}

#[test]
fn what_fixes_leave_is_taken_by_the_server() {
    let Some(server) = required("the fixes of forms", server()) else { return };
    let own = |text: &str| text.replace("shop.", "mended.").replace("hidden.", "mended_hidden.");
    let script = own(include_str!("../semantics/schema.cql"));
    let (schema, levels) = (Schema::from_text(&script), Levels::default());
    let (count, wrong) = block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        // Which functions are deterministic can only be said to other servers.
        stage::define(&client, &KEYSPACES, &script.replace(" DETERMINISTIC", "")).await;
        client.script(["USE mended"]).await;
        let (mut count, mut wrong) = (0, Vec::new());
        for form in forms() {
            let statement = own(&form.statement);
            if client.prepare(&statement).await.is_err() {
                continue;
            }
            for profile in [Profile::DRIVER, Profile::STRICT] {
                let options = Options {
                    profile,
                    dialects: Dialects::CASSANDRA_5_0,
                    schema: Some(&schema),
                    keyspace: Some("mended"),
                    levels: Some(&levels),
                    ..Options::default()
                };
                for text in mended(&statement, &options) {
                    count += 1;
                    for part in stage::statements(&text) {
                        if let Err(refusal) = client.prepare(part).await {
                            wrong.push(format!("{statement}\n    {part}\n    {refusal}"));
                        }
                    }
                }
            }
        }
        (count, wrong)
    });
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100, "the forms have lost fixes: {count}");
    say(&format!("fixes: the server takes what {count} fixes of the forms leave"));
}

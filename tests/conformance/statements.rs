//! What both are asked: the corpus, keywords as names, and sentences and mutations made by chance.

use cqlint_syntax::Dialects;

use crate::grammar::{DIALECTS, Grammar, Random, Sentences, accepted, broken, keywords, mutated};

/// A statement, and the dialect whose grammar says that it is one.
pub(crate) struct Asked {
    pub(crate) text: String,
    pub(crate) made_for: Option<Dialects>,
}

/// Every kind of place that a name can have; `_` is the name.
const NAMES: [&str; 66] = [
    "SELECT _ FROM lamps",
    "SELECT v AS _ FROM lamps",
    "SELECT v._ FROM lamps",
    "SELECT ttl(_) FROM lamps",
    "SELECT _(v) FROM lamps",
    "SELECT _._(v) FROM lamps",
    "SELECT v FROM _",
    "SELECT v FROM _.lamps",
    "SELECT v FROM lamps WHERE _ = 1",
    "SELECT v FROM lamps WHERE (_, v) = (1, 2)",
    "SELECT v FROM lamps WHERE token(_) = 1",
    "SELECT v FROM lamps WHERE expr(_, 1)",
    "SELECT v FROM lamps WHERE v = :_",
    "SELECT v FROM lamps WHERE v = _(1)",
    "SELECT v FROM lamps WHERE v = (_) 1",
    "SELECT v FROM lamps GROUP BY _",
    "SELECT v FROM lamps ORDER BY _",
    "INSERT INTO lamps (_) VALUES (1)",
    "INSERT INTO lamps (v) VALUES ({_: 1})",
    "INSERT INTO _(v) VALUES (1)",
    "UPDATE lamps SET _ = 1 WHERE id = 1",
    "UPDATE lamps SET _ += 1 WHERE id = 1",
    "UPDATE lamps SET v = 1 + _ WHERE id = 1",
    "UPDATE lamps SET v._ = 1 WHERE id = 1",
    "UPDATE lamps SET v = 1 WHERE id = 1 IF _ = 1",
    "DELETE _ FROM lamps WHERE id = 1",
    "USE _",
    "DESCRIBE _",
    "DESCRIBE _.lamps",
    "DESCRIBE lamps._",
    "CREATE TABLE lamps (_ int PRIMARY KEY)",
    "CREATE TABLE lamps (id int, PRIMARY KEY (_))",
    "CREATE TABLE lamps (id int, PRIMARY KEY ((id, _), _))",
    "CREATE TABLE lamps (id _ PRIMARY KEY)",
    "CREATE TABLE lamps (id int PRIMARY KEY) WITH CLUSTERING ORDER BY (_ ASC)",
    "CREATE TABLE lamps (id int PRIMARY KEY) WITH _ = 1",
    "CREATE TABLE lamps (id int PRIMARY KEY) WITH v = _",
    "ALTER TABLE lamps ADD _ int",
    "ALTER TABLE lamps DROP _",
    "ALTER TABLE lamps RENAME _ TO v",
    "ALTER TABLE lamps RENAME v TO _",
    "ALTER TABLE lamps ALTER _ TYPE int",
    "ALTER TABLE lamps ALTER _ DROP MASKED",
    "CREATE TYPE _ (v int)",
    "CREATE TYPE lamp (_ int)",
    "ALTER TYPE lamp RENAME _ TO v",
    "CREATE INDEX _ ON lamps (v)",
    "CREATE INDEX ON lamps (_)",
    "CREATE INDEX ON lamps (keys(_))",
    "DROP INDEX _",
    "CREATE MATERIALIZED VIEW _ AS SELECT v FROM lamps PRIMARY KEY (v)",
    "CREATE MATERIALIZED VIEW dim AS SELECT _ FROM lamps PRIMARY KEY (v)",
    "CREATE MATERIALIZED VIEW dim AS SELECT v FROM lamps PRIMARY KEY (_)",
    "CREATE MATERIALIZED VIEW dim AS SELECT v FROM lamps PRIMARY KEY (v, _)",
    "CREATE MATERIALIZED VIEW dim AS SELECT v FROM lamps PRIMARY KEY ((v, _))",
    "CREATE MATERIALIZED VIEW dim AS SELECT v FROM lamps PRIMARY KEY (v) WITH CLUSTERING ORDER BY (_ ASC)",
    "CREATE FUNCTION _ (v int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS ''",
    "CREATE FUNCTION f (_ int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS ''",
    "CREATE FUNCTION f (v int) CALLED ON NULL INPUT RETURNS int LANGUAGE _ AS ''",
    "CREATE AGGREGATE f (int) SFUNC _ STYPE int",
    "CREATE TRIGGER _ ON lamps USING 'x'",
    "GRANT SELECT ON _ TO r",
    "GRANT _ TO r",
    "CREATE ROLE _",
    "CREATE USER _",
    "LIST ROLES OF _",
];

/// The statements that are the same in every run.
pub(crate) fn fixed() -> Vec<Asked> {
    let keywords = keywords();
    let words = keywords.lines().skip(1).filter_map(|row| row.split(',').next()).map(str::to_ascii_lowercase);
    // The empty name, too: tables that Thrift made have such columns.
    let words = words.chain(["\"\"".to_owned()]);
    let names = words.flat_map(|word| NAMES.map(|place| place.replace('_', &word)));
    let broken = broken().into_iter().map(|(_, text)| text);
    accepted().into_iter().chain(broken).chain(names).map(|text| Asked { text, made_for: None }).collect()
}

/// So many statements by chance, the same ones for the same seed: sentences made for one dialect or for all together, such
/// sentences with a mutation, and statements of the corpus with one.
pub(crate) fn by_chance(grammar: &Grammar, seed: u64, count: u64) -> Vec<Asked> {
    let keywords = keywords();
    let corpus = accepted();
    let dialects = DIALECTS.into_iter().chain([Dialects::ALL]);
    let mut makers: Vec<_> = dialects.map(|dialect| (dialect, Sentences::new(grammar, &keywords, dialect, seed))).collect();
    let mut random = Random::new(seed);
    let mut asked = Vec::new();
    for turn in 0..count as usize {
        let place = turn / 3 % makers.len();
        let (dialect, sentences) = &mut makers[place];
        asked.push(match turn % 3 {
            0 => Asked { text: sentences.sentence(), made_for: Some(*dialect) },
            1 => Asked { text: mutated(&sentences.sentence(), grammar, &mut random), made_for: None },
            _ => Asked { text: mutated(&corpus[random.below(corpus.len())], grammar, &mut random), made_for: None },
        });
    }
    asked
}

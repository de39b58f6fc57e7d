//! Programs that change while somebody works on them: what is known after each change is what reading all files anew finds.

use std::collections::BTreeSet;
use std::path::Path;

use cqlint_analysis::Fragment;
use cqlint_embed::{Changed, Evidence, Program, Source, read};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::fuzz::{cases, holds};

/// Files that know of each other: constants, templates, statements that others execute, drivers, settings.
const FILES: [(&str, &str); 14] = [
    (
        "java/Queries.java",
        "package app;\nclass Queries {\n  static final String TABLE = \"rooms\";\n  static final String X = \"DELETE FROM \" + TABLE + \" WHERE k = ?\";\n  static final String T = \"SELECT %s FROM rooms\";\n}\n",
    ),
    (
        "java/Dao.java",
        "package app;\nimport com.datastax.oss.driver.api.core.CqlSession;\nclass Dao {\n  void f(CqlSession s) {\n    s.execute(Queries.X);\n    s.execute(Queries.X + \" IF EXISTS\");\n    s.execute(String.format(Queries.T, \"a\"));\n    s.execute(\"INSERT INTO \" + Queries.TABLE + \" (k) VALUES (now())\");\n  }\n}\n",
    ),
    ("java/Plain.java", "package app;\nclass Plain {\n  void f(Session s) { s.execute(Queries.X); log(\"none\"); }\n}\n"),
    ("java/pom.xml", "<artifactId>java-driver-core</artifactId>\n"),
    ("java/application.conf", "datastax-java-driver.basic.request.default-idempotence = true\n"),
    (
        "go/queries.go",
        "package store\n\nconst table = \"rooms\"\nconst drop = `DELETE FROM ` + table + ` WHERE k = ?`\nconst named = \"SELECT %s FROM rooms\"\n",
    ),
    (
        "go/dao.go",
        "package store\n\nimport \"github.com/gocql/gocql\"\n\nfunc f(s *gocql.Session) {\n\ts.Query(drop).Exec()\n\ts.Query(drop + \" IF EXISTS\").Idempotent(true).Exec()\n\ts.Query(fmt.Sprintf(named, \"a\")).Exec()\n}\n",
    ),
    (
        "go/cluster.go",
        "package store\n\nimport \"github.com/gocql/gocql\"\n\nfunc g(c *gocql.ClusterConfig) {\n\tc.DefaultIdempotence = true\n}\n",
    ),
    ("go/go.mod", "module a\n\nrequire github.com/gocql/gocql v1.7.0\n"),
    (
        "py/queries.py",
        "TABLE = 'rooms'\nX = f'DELETE FROM {TABLE} WHERE k = %s'\n\nclass Q:\n    Y = \"\"\"\n    UPDATE rooms SET n = n + 1\n    WHERE k = ?\"\"\"\n",
    ),
    (
        "py/dao.py",
        "from cassandra.cluster import Cluster\nfrom queries import X, Q\n\ndef f(session):\n    session.execute(X)\n    session.execute(Q.Y + ' IF EXISTS')\n    session.execute(X + ' IF EXISTS')\n",
    ),
    ("py/requirements.txt", "cassandra-driver==3.29\n"),
    ("ts/queries.ts", "export const X = `DELETE FROM rooms WHERE k = ?`;\n"),
    (
        "ts/dao.ts",
        "import { Client } from 'cassandra-driver';\nimport { X } from './queries';\nclient.execute(X + ' IF EXISTS', [1]);\nclient.execute(X, [2]);\n",
    ),
];

/// What is typed, and put in the place of what stood there.
const PIECES: [&str; 24] = [
    "a",
    "1",
    "\n",
    "\"",
    "'",
    "`",
    "\\",
    "{",
    "}",
    "(",
    ")",
    " + ",
    ";",
    " = ",
    "/*",
    "# ",
    "X",
    "Queries.X",
    "\"UPDATE rooms SET a = 1\"",
    "%s",
    "true",
    "é",
    "psycopg",
    "  ",
];

/// One change of one file.
#[derive(Clone, Debug)]
enum Edit {
    /// Something is put in the place of some bytes, most often of none.
    Replace {
        at: Index,
        length: usize,
        piece: &'static str,
    },
    Empty,
    /// All is undone.
    Reset,
}

fn edit() -> impl Strategy<Value = Edit> {
    let length = prop_oneof![4 => Just(0), 2 => Just(1), 1 => 1..30_usize];
    let replace = (any::<Index>(), length, prop_oneof![3 => select(PIECES.to_vec()), 1 => Just("")]);
    let replace = replace.prop_map(|(at, length, piece)| Edit::Replace { at, length, piece });
    prop_oneof![10 => replace, 1 => Just(Edit::Empty), 2 => Just(Edit::Reset)]
}

impl Edit {
    fn apply(&self, text: &mut String, original: &str) {
        match self {
            Edit::Empty => text.clear(),
            Edit::Reset => original.clone_into(text),
            Edit::Replace { at, length, piece } => {
                let place = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let start = place(at.index(text.len() + 1));
                let end = place(start + length);
                text.replace_range(start..end.max(start), piece);
            }
        }
    }
}

fn source<'a>(path: &'a str, text: &'a str) -> Source<'a> {
    let path = Path::new(path);
    let trusted = matches!(Evidence::of(path, text), Evidence::Driver | Evidence::Itself) || path.ends_with("Queries.java");
    Source { path, text, trusted }
}

fn sources<'a>(texts: &'a [String]) -> Vec<Source<'a>> {
    FILES.iter().zip(texts).map(|((path, _), text)| source(path, text)).collect()
}

fn all(program: &Program) -> Vec<Vec<Fragment>> {
    (0..FILES.len()).map(|number| program.fragments(number)).collect()
}

#[test]
fn changes_lead_where_reading_anew_leads() {
    holds(cases() / 5, vec((any::<Index>(), edit()), 1..12), |edits| {
        let mut texts: Vec<String> = FILES.iter().map(|(_, text)| (*text).to_owned()).collect();
        let mut program = Program::new(&sources(&texts));
        for (file, edit) in edits {
            let number = file.index(FILES.len());
            let (path, original) = FILES[number];
            edit.apply(&mut texts[number], original);
            let before = all(&program);
            let changed = program.change(number, &source(path, &texts[number]), &|other| texts.get(other).cloned());
            let expected = read(&sources(&texts));
            match changed {
                Changed::Files(files) => {
                    assert_eq!(files.first(), Some(&number));
                    let found = all(&program);
                    let files: BTreeSet<usize> = files.into_iter().collect();
                    for (other, (path, _)) in FILES.iter().enumerate() {
                        assert_eq!(found[other], expected[other], "{path}, after a change of {}", FILES[number].0);
                        assert!(files.contains(&other) || found[other] == before[other], "{path} is not named");
                    }
                }
                Changed::Everything => {
                    program = Program::new(&sources(&texts));
                    assert_eq!(all(&program), expected);
                }
            }
        }
    });
}

#[test]
fn what_a_change_reaches() {
    // The file, what is replaced by what, and the files that have other CQL then; all of them, if none is named.
    let cases: [(&str, &str, &str, &[&str]); 9] = [
        // Its statements, and those that are made of them.
        ("java/Queries.java", "WHERE k = ?", "WHERE key = ?", &["java/Queries.java", "java/Dao.java", "java/Plain.java"]),
        // Nothing but places: the others do not have to be read.
        ("java/Queries.java", "class Queries", "\n\nclass Queries", &["java/Queries.java"]),
        // The statements whose callers stand elsewhere know where these are.
        ("java/Dao.java", "void f", "\nvoid f", &["java/Dao.java", "java/Queries.java"]),
        ("java/Dao.java", "(k) VALUES", "(k, l) VALUES", &["java/Dao.java"]),
        (
            "java/application.conf",
            "true",
            "false",
            &["java/application.conf", "java/Queries.java", "java/Dao.java", "java/Plain.java"],
        ),
        ("go/cluster.go", "c.Default", "\n\tc.Default", &["go/cluster.go", "go/queries.go", "go/dao.go"]),
        ("py/dao.py", "session.execute(X)\n", "\n", &["py/dao.py", "py/queries.py"]),
        // Another database: what looks like CQL may be something else.
        ("java/pom.xml", "java-driver-core", "java-driver-core postgresql", &[]),
        // Files without any verb may use it.
        ("java/Queries.java", "String T =", "String S =", &[]),
    ];
    for (path, old, new, expected) in cases {
        let mut texts: Vec<String> = FILES.iter().map(|(_, text)| (*text).to_owned()).collect();
        let number = FILES.iter().position(|(known, _)| *known == path).expect("a file");
        let mut program = Program::new(&sources(&texts));
        texts[number] = texts[number].replacen(old, new, 1);
        let changed = program.change(number, &source(path, &texts[number]), &|other| texts.get(other).cloned());
        let named = match &changed {
            Changed::Files(files) => files.iter().map(|file| FILES[*file].0).collect(),
            Changed::Everything => Vec::new(),
        };
        assert_eq!(named, expected, "{path}: {old:?} to {new:?}");
    }
}

#[test]
fn a_file_that_is_not_of_the_program_changes_everything() {
    let mut program = Program::new(&[source("a.go", "import \"gocql\"\nconst a = `SELECT b FROM c`")]);
    assert_eq!(program.change(1, &source("a.go", ""), &|_| None), Changed::Everything);
    assert_eq!(program.change(0, &source("b.go", ""), &|_| None), Changed::Everything);
    assert_eq!(program.fragments(1), []);
    assert_eq!(program.fragments(0).len(), 1);
}

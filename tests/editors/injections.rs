//! The grammars for CQL in the strings of programs: one table of languages gives a file for each.
//!
//! A string is CQL when it begins as a statement does. Its text is handed to the grammar of CQL in pieces that end where
//! the string or an interpolation begins or ends, so that a quote that stays open in the CQL never runs into the program.

use std::fs;

use serde_json::{Value, json};

use super::{blesses, json, path};

/// How a statement begins, in one line. In words of mixed case it is a sentence: "Delete it from the list".
const BEGINNINGS: [&str; 8] = [
    r"SELECT\b.*?\bFROM\b",
    r"INSERT\s+INTO\b",
    r"UPDATE\b.*?\bSET\b",
    r"DELETE\b.*?\bFROM\b",
    r"BEGIN\s+(?:(?:UNLOGGED|COUNTER)\s+)?BATCH\b",
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|KEYSPACE|TYPE|(?:CUSTOM\s+)?INDEX|MATERIALIZED\s+VIEW|FUNCTION|AGGREGATE|ROLE)\b",
    r"(?:ALTER|DROP)\s+(?:TABLE|KEYSPACE|TYPE|INDEX|MATERIALIZED\s+VIEW|FUNCTION|AGGREGATE|ROLE)\b",
    r#"TRUNCATE\s+(?:TABLE\s+)?[\w.\\"{}$%]+\s*;?(?=["'`]|\s*$)"#,
];

/// The first line of a statement that goes on in the next: capitals, and nothing but names behind them.
const FIRST_LINE: &str = r#"(?:SELECT|UPDATE|DELETE)(?:\s+[\w*.,()\\"\s{}$%]*)?(?=$|["'`])"#;

/// A kind of string.
struct Quotes {
    /// What stands in front of the text; for the lookbehind.
    open: &'static str,
    /// What ends it.
    close: &'static str,
    /// Whether the statement may begin on a later line than the string.
    lines: bool,
    /// Whether a backslash quotes.
    escapes: bool,
}

const DOUBLE: Quotes = Quotes { open: "(?<=\")(?<!\"\")", close: "\"", lines: false, escapes: true };
const SINGLE: Quotes = Quotes { open: "(?<=')(?<!'')", close: "'", lines: false, escapes: true };
const TRIPLE: Quotes = Quotes { open: "(?<=\"\"\")", close: "\"\"\"", lines: true, escapes: true };
const BACKTICK: Quotes = Quotes { open: "(?<=`)", close: "`", lines: true, escapes: true };

/// A language, or a part of one whose strings may be of several lines.
struct Host {
    name: &'static str,
    /// The scopes of its files; the first is that of what stands in an interpolation.
    files: &'static [&'static str],
    /// The scopes of its strings.
    strings: &'static [&'static str],
    quotes: &'static [Quotes],
    /// What opens an interpolation and what closes it.
    interpolation: Option<(&'static str, &'static str)>,
}

const BRACE: Option<(&str, &str)> = Some((r"\{(?=[^{}]*\})", r"\}"));
const DOLLAR_BRACE: Option<(&str, &str)> = Some((r"\$\{", r"\}"));

const HOSTS: [Host; 15] = [
    Host {
        name: "java",
        files: &["source.java"],
        strings: &["string.quoted.double.java", "string.quoted.triple.java"],
        quotes: &[DOUBLE, TRIPLE],
        interpolation: None,
    },
    Host {
        name: "kotlin",
        files: &["source.kotlin"],
        strings: &["string.quoted.double.kotlin", "string.quoted.triple.kotlin"],
        quotes: &[DOUBLE, Quotes { escapes: false, ..TRIPLE }],
        interpolation: DOLLAR_BRACE,
    },
    Host {
        name: "scala",
        files: &["source.scala"],
        strings: &["string.quoted.double", "string.quoted.triple"],
        quotes: &[DOUBLE, Quotes { escapes: false, ..TRIPLE }],
        interpolation: DOLLAR_BRACE,
    },
    // Its letters are strings, but no scope is around them all.
    Host {
        name: "scala-interpolated",
        files: &["source.scala"],
        strings: &["source.scala -string -comment"],
        quotes: &[
            Quotes { open: "(?<=\\w\")", ..DOUBLE },
            Quotes { open: "(?<=\\w\"\"\")", lines: false, escapes: false, ..TRIPLE },
        ],
        interpolation: DOLLAR_BRACE,
    },
    Host {
        name: "python",
        files: &["source.python"],
        strings: &["string.quoted.single.python", "string.quoted.raw.single.python", "meta.fstring.python"],
        quotes: &[DOUBLE, SINGLE],
        interpolation: BRACE,
    },
    Host {
        name: "python-multi",
        files: &["source.python"],
        strings: &["string.quoted.multi.python", "string.quoted.raw.multi.python", "meta.fstring.python"],
        quotes: &[Quotes { open: "(?<=\"\"\"|''')", close: "(?:\"\"\"|''')", lines: true, escapes: true }],
        interpolation: BRACE,
    },
    Host {
        name: "go",
        files: &["source.go"],
        strings: &["string.quoted.double.go", "string.quoted.raw.go"],
        quotes: &[DOUBLE, Quotes { escapes: false, ..BACKTICK }],
        interpolation: None,
    },
    Host {
        name: "rust",
        files: &["source.rust"],
        strings: &["string.quoted.double.rust"],
        quotes: &[
            Quotes { open: "(?<=#\")", close: "\"#", lines: false, escapes: false },
            Quotes { open: "(?<=\")(?<!#\")", lines: true, ..DOUBLE },
        ],
        interpolation: None,
    },
    Host {
        name: "javascript",
        files: &["source.ts", "source.tsx", "source.js", "source.js.jsx"],
        strings: &["string.quoted.double", "string.quoted.single"],
        quotes: &[DOUBLE, SINGLE],
        interpolation: None,
    },
    Host {
        name: "javascript-template",
        files: &["source.ts", "source.tsx", "source.js", "source.js.jsx"],
        strings: &["string.template"],
        quotes: &[BACKTICK],
        interpolation: DOLLAR_BRACE,
    },
    Host {
        name: "csharp",
        files: &["source.cs"],
        strings: &["string.quoted.double.cs"],
        quotes: &[Quotes { lines: true, ..DOUBLE }],
        interpolation: BRACE,
    },
    Host {
        name: "php",
        files: &["source.php", "text.html.php"],
        strings: &["string.quoted.double", "string.quoted.single", "string.unquoted.heredoc", "string.unquoted.nowdoc"],
        quotes: &[
            DOUBLE,
            SINGLE,
            // The line that closes the text is no part of it.
            Quotes { open: "^", close: r"^\s*\w+\b(?=\s*[;,)\]])", lines: true, escapes: true },
        ],
        interpolation: Some((r"\{(?=\$[^{}]*\})", r"\}")),
    },
    Host {
        name: "c",
        files: &["source.c", "source.cpp"],
        strings: &["string.quoted.double"],
        quotes: &[DOUBLE],
        interpolation: None,
    },
    Host {
        name: "cpp-raw",
        files: &["source.cpp"],
        strings: &["string.quoted.double.raw"],
        quotes: &[Quotes { open: r"(?<=\()", close: r#"\)\w*""#, lines: true, escapes: false }],
        interpolation: None,
    },
    Host { name: "markdown", files: &["text.html.markdown"], strings: &[], quotes: &[], interpolation: None },
];

/// What begins a statement, in capitals or in small letters.
fn beginning() -> String {
    let capitals = BEGINNINGS.join("|");
    let mut escaped = false;
    let small = capitals.chars().map(|letter| {
        // The letter of an escape means something.
        let small = if escaped { letter } else { letter.to_ascii_lowercase() };
        escaped = letter == '\\';
        small
    });
    format!("(?:{capitals}|{}|{FIRST_LINE})", small.collect::<String>())
}

/// A string of this kind that is CQL.
fn region(quotes: &Quotes, host: &Host) -> Value {
    let Quotes { open, close, lines, escapes } = quotes;
    let place = if *lines && *open != "^" { format!("(?:{open}|^)") } else { (*open).to_owned() };
    let stop = match host.interpolation {
        Some((begin, _)) => format!("(?!{close}|{begin})"),
        None => format!("(?!{close})"),
    };
    let letter = if *escapes { format!(r"{stop}(?:\\.|[^\\]|\\$)") } else { format!("{stop}.") };
    let mut patterns = Vec::new();
    if host.interpolation.is_some() {
        patterns.push(json!({ "include": "#interpolation" }));
    }
    let mut inner = vec![json!({ "include": "#placeholders" }), json!({ "include": "source.cql" })];
    if *escapes {
        inner.insert(0, json!({ "match": r"\\.", "name": "constant.character.escape.cql" }));
    }
    patterns.push(json!({ "match": format!("(?:{letter})+"), "captures": { "0": { "patterns": inner } } }));
    // Never reached, but without it nobody loads the grammar: what stands in captures is not looked through.
    patterns.push(json!({ "include": "source.cql" }));
    json!({
        "begin": format!(r"{place}\s*(?={})", beginning()),
        "end": format!("(?={close})"),
        "name": "meta.embedded.inline.cql",
        "patterns": patterns,
    })
}

/// The fences in Markdown.
fn fence() -> Value {
    json!({
        "begin": r"(^|\G)(\s*)(`{3,}|~{3,})\s*(?i:(cql|cassandra)(?=$|[\s,:{?])[^`]*)$",
        "end": r"(^|\G)(\2|\s{0,3})(\3)\s*$",
        "name": "markup.fenced_code.block.markdown",
        "beginCaptures": {
            "3": { "name": "punctuation.definition.markdown" },
            "4": { "name": "fenced_code.block.language.markdown" },
        },
        "endCaptures": { "3": { "name": "punctuation.definition.markdown" } },
        "patterns": [{
            "begin": r"(^|\G)(\s*)(.*)",
            "while": r"(^|\G)(?!\s*([`~]{3,})\s*$)",
            "contentName": "meta.embedded.block.cql",
            "patterns": [{ "include": "source.cql" }],
        }],
    })
}

/// The grammar of a language's strings.
fn grammar(host: &Host) -> Value {
    let name = host.name;
    let inside: Vec<_> = host.strings.iter().map(|scope| format!("L:{scope} -meta.embedded.inline.cql")).collect();
    if inside.is_empty() {
        return json!({
            "scopeName": format!("{name}.injection.cql"),
            "injectionSelector": format!("L:{}", host.files.join(", L:")),
            "patterns": [fence()],
        });
    }
    let mut repository = json!({
        "placeholders": {
            "comment": "What the program puts in.",
            "match": r"%(?:\(\w+\)|\d+\$)?[sdvqif]\b|\{[A-Za-z0-9_.]*\}|\$[A-Za-z_]\w*",
            "name": "constant.other.placeholder.cql",
        },
    });
    if let Some((begin, end)) = host.interpolation {
        repository["interpolation"] = json!({
            "begin": begin,
            "end": end,
            "name": "meta.interpolation.cql",
            "beginCaptures": { "0": { "name": "punctuation.section.embedded.begin.cql" } },
            "endCaptures": { "0": { "name": "punctuation.section.embedded.end.cql" } },
            "patterns": [{ "include": "#braces" }, { "include": host.files[0] }],
        });
        repository["braces"] = json!({
            "begin": r"\{",
            "end": r"\}",
            "patterns": [{ "include": "#braces" }, { "include": host.files[0] }],
        });
    }
    json!({
        "comment": "Written by `CQLINT_BLESS=1 cargo test -p cqlint-tests editors`.",
        "scopeName": format!("{name}.injection.cql"),
        "injectionSelector": inside.join(", "),
        "patterns": host.quotes.iter().map(|quotes| region(quotes, host)).collect::<Vec<_>>(),
        "repository": repository,
    })
}

#[test]
fn strings_of_programs() {
    for host in &HOSTS {
        let file = format!("vscode/syntaxes/injections/{}.json", host.name);
        let expected = grammar(host);
        if blesses() {
            fs::create_dir_all(path("vscode/syntaxes/injections")).expect("a folder");
            fs::write(path(&file), format!("{expected:#}\n")).expect("a writable grammar");
        } else {
            assert!(json(&file) == expected, "{file} is not what the table of languages gives; CQLINT_BLESS=1 writes it");
        }
    }
}

/// What VS Code is told of the grammars.
#[test]
fn every_grammar_is_contributed() {
    let manifest = json("vscode/package.json");
    let contributed = manifest["contributes"]["grammars"].as_array().expect("grammars");
    for host in &HOSTS {
        let scope = format!("{}.injection.cql", host.name);
        let listed = contributed.iter().find(|grammar| grammar["scopeName"] == scope.as_str());
        let listed = listed.unwrap_or_else(|| panic!("package.json contributes no {scope}"));
        assert_eq!(listed["path"], format!("./syntaxes/injections/{}.json", host.name).as_str());
        assert_eq!(listed["injectTo"], json!(host.files), "{scope}");
    }
    assert_eq!(contributed.len(), HOSTS.len() + 1, "one for CQL, and one for each host");
}

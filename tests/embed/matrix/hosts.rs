//! The languages: how a file looks, and how it writes its strings.

/// A language.
pub(super) struct Host {
    pub(super) ending: &'static str,
    /// A file: up to its constants, up to the locals of a function, up to the argument of a call, and to the end.
    pub(super) frame: [&'static str; 4],
    /// A constant: up to its name, up to its value, and to the end.
    pub(super) constant: [&'static str; 3],
    /// The same for a local.
    pub(super) local: [&'static str; 3],
    /// For one line, as far as the language has that.
    pub(super) literals: &'static [Literal],
    /// For several lines.
    pub(super) raw: &'static [Literal],
    /// How literals are put together: what stands before the first, behind it, between the others, and behind the last.
    pub(super) concatenation: [&'static str; 4],
    /// The same for literals and names.
    pub(super) sum: [&'static str; 4],
    pub(super) formats: &'static [Format],
}

/// A way of writing a text.
#[derive(Clone, Copy)]
pub(super) struct Literal {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Letters that are written in another way.
    escapes: &'static [(char, &'static str)],
    /// How those are written that are not ASCII.
    unicode: fn(char) -> String,
}

impl Literal {
    pub(super) fn letter(&self, letter: char) -> String {
        let escape = self.escapes.iter().find(|(known, _)| *known == letter);
        match escape {
            Some((_, escape)) => (*escape).to_owned(),
            None if letter.is_ascii() => letter.into(),
            None => (self.unicode)(letter),
        }
    }
}

/// A text into which the program puts a name.
pub(super) struct Format {
    pub(super) literal: Literal,
    /// What stands for the name.
    pub(super) hole: &'static str,
}

const fn literal(open: &'static str, close: &'static str, escapes: &'static [(char, &'static str)]) -> Literal {
    Literal { open, close, escapes, unicode: itself }
}

const fn format(open: &'static str, hole: &'static str, close: &'static str, escapes: &'static [(char, &'static str)]) -> Format {
    Format { literal: literal(open, close, escapes), hole }
}

fn itself(letter: char) -> String {
    letter.into()
}

/// `\ud83d\ude42`
fn pairs(letter: char) -> String {
    letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// `\u00e9` and `\U0001f642`
fn digits(letter: char) -> String {
    let number = u32::from(letter);
    if number > 0xffff { format!("\\U{number:08x}") } else { format!("\\u{number:04x}") }
}

/// `\u{1f642}`
fn braces(letter: char) -> String {
    letter.escape_unicode().to_string()
}

/// What nearly all languages escape.
const ESCAPES: &[(char, &str)] = &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\\n")];
/// The same between single quotes.
const SINGLE: &[(char, &str)] = &[('\\', "\\\\"), ('\'', "\\'"), ('\n', "\\n")];
/// In a text that `printf` and its relatives read.
const PERCENTS: &[(char, &str)] = &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\\n"), ('%', "%%")];
/// In a text whose places are marked with braces.
const BRACES: &[(char, &str)] = &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\\n"), ('{', "{{"), ('}', "}}")];

pub(super) const HOSTS: [Host; 9] = [C_SHARP, GO, JAVA, JAVASCRIPT, KOTLIN, PYTHON, RUST, SCALA, TYPESCRIPT];

const C_SHARP: Host = Host {
    ending: "cs",
    frame: [
        "using Cassandra;\n\npublic sealed class Rooms\n{\n",
        "    private readonly ISession session;\n\n    public void Write()\n    {\n",
        "        session.Execute(",
        ");\n    }\n}\n",
    ],
    constant: ["    private const string ", " = ", ";\n"],
    local: ["        var ", " = ", ";\n"],
    literals: &[
        Literal { unicode: digits, ..literal("\"", "\"", ESCAPES) },
        literal("\"", "\"", ESCAPES),
        literal("@\"", "\"", &[('"', "\"\"")]),
    ],
    raw: &[
        literal("@\"\n            ", "\"", &[('"', "\"\""), ('\n', "\n            ")]),
        literal("\"\"\"\n            ", "\n            \"\"\"", &[('\n', "\n            ")]),
    ],
    concatenation: ["", "\n            + ", "\n            + ", ""],
    sum: ["", " + ", " + ", ""],
    formats: &[
        format("$\"", "{KEYSPACE}", "\"", BRACES),
        format("$@\"", "{KEYSPACE}", "\"", &[('"', "\"\""), ('{', "{{"), ('}', "}}")]),
        format("$$\"\"\"\n            ", "{{KEYSPACE}}", "\n            \"\"\"", &[('\n', "\n            ")]),
        format("string.Format(\"", "{0}", "\", KEYSPACE)", BRACES),
    ],
};

const GO: Host = Host {
    ending: "go",
    frame: [
        "package rooms\n\nimport (\n\t\"fmt\"\n\n\t\"github.com/gocql/gocql\"\n)\n\n",
        "\nfunc (r *Rooms) write() {\n",
        "\tr.session.Query(",
        ").Exec()\n}\n",
    ],
    constant: ["const ", " = ", "\n"],
    local: ["\t", " := ", "\n"],
    literals: &[Literal { unicode: digits, ..literal("\"", "\"", ESCAPES) }, literal("`", "`", &[])],
    raw: &[literal("`\n\t\t", "`", &[('\n', "\n\t\t")])],
    concatenation: ["", " +\n\t\t", " +\n\t\t", ""],
    sum: ["", "+", "+", ""],
    formats: &[
        format("fmt.Sprintf(\"", "%s", "\", KEYSPACE)", PERCENTS),
        format("fmt.Sprintf(`\n\t\t", "%[1]s", "`, KEYSPACE)", &[('\n', "\n\t\t"), ('%', "%%")]),
    ],
};

const JAVA: Host = Host {
    ending: "java",
    frame: [
        "package org.example;\n\nimport com.datastax.oss.driver.api.core.CqlSession;\n\nfinal class Rooms {\n",
        "    private final CqlSession session;\n\n    void write(int id) {\n",
        "        session.execute(",
        ", id);\n    }\n}\n",
    ],
    constant: ["    private static final String ", " = ", ";\n"],
    local: ["        String ", " = ", ";\n"],
    literals: &[Literal { unicode: pairs, ..literal("\"", "\"", ESCAPES) }, literal("\"", "\"", ESCAPES)],
    raw: &[
        literal("\"\"\"\n            ", "\n            \"\"\"", &[('\\', "\\\\"), ('\n', "\n            ")]),
        literal("\"\"\"\n            ", "\"\"\".strip()", &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\n            ")]),
    ],
    concatenation: ["", "\n            + ", "\n            + ", ""],
    sum: ["", " + ", " + ", ""],
    formats: &[
        format("String.format(\"", "%s", "\", KEYSPACE)", PERCENTS),
        format("String.format(\"", "%1$s", "\", KEYSPACE)", PERCENTS),
        format(
            "\"\"\"\n            ",
            "%s",
            "\n            \"\"\".formatted(KEYSPACE)",
            &[('\\', "\\\\"), ('\n', "\n            "), ('%', "%%")],
        ),
    ],
};

const JAVASCRIPT: Host = Host {
    ending: "js",
    frame: [
        "const cassandra = require('cassandra-driver');\n\n",
        "\nclass Rooms {\n  async write() {\n",
        "    await this.client.execute(",
        ", [], { prepare: true });\n  }\n}\n",
    ],
    constant: ["const ", " = ", ";\n"],
    local: ["    const ", " = ", ";\n"],
    literals: &[
        Literal { unicode: braces, ..literal("'", "'", SINGLE) },
        literal("\"", "\"", ESCAPES),
        literal("`", "`", &[('\\', "\\\\")]),
    ],
    raw: &[
        literal("`\n      ", "\n    `", &[('\\', "\\\\"), ('\n', "\n      ")]),
        literal("`\n      ", "`.trim()", &[('\\', "\\\\"), ('\n', "\n      ")]),
    ],
    concatenation: ["", "\n      + ", "\n      + ", ""],
    sum: ["", " + ", " + ", ""],
    formats: &[
        format("`", "${KEYSPACE}", "`", &[('\\', "\\\\")]),
        format("`\n      ", "${ KEYSPACE }", "\n    `", &[('\\', "\\\\"), ('\n', "\n      ")]),
        format("util.format(\"", "%s", "\", KEYSPACE)", PERCENTS),
    ],
};

const KOTLIN: Host = Host {
    ending: "kt",
    frame: [
        "package org.example\n\nimport com.datastax.oss.driver.api.core.CqlSession\n\n",
        "\nclass Rooms(private val session: CqlSession) {\n    fun write(id: Int) {\n",
        "        session.execute(",
        ", id)\n    }\n}\n",
    ],
    constant: ["private const val ", " = ", "\n"],
    local: ["        val ", " = ", "\n"],
    literals: &[Literal { unicode: pairs, ..literal("\"", "\"", KOTLIN_ESCAPES) }, literal("\"\"\"", "\"\"\"", &[('$', "${'$'}")])],
    raw: &[
        literal("\"\"\"\n            ", "\n            \"\"\".trimIndent()", &[('$', "${'$'}"), ('\n', "\n            ")]),
        literal("\"\"\"\n            |", "\"\"\".trimMargin()", &[('$', "${'$'}"), ('\n', "\n            |")]),
    ],
    concatenation: ["", " +\n            ", " +\n            ", ""],
    sum: ["", " + ", " + ", ""],
    formats: &[
        format("\"", "$KEYSPACE", "\"", KOTLIN_ESCAPES),
        format(
            "\"\"\"\n            ",
            "${KEYSPACE}",
            "\n            \"\"\".trimIndent()",
            &[('$', "${'$'}"), ('\n', "\n            ")],
        ),
        format(
            "String.format(\"",
            "%s",
            "\", KEYSPACE)",
            &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\\n"), ('$', "\\$"), ('%', "%%")],
        ),
    ],
};
const KOTLIN_ESCAPES: &[(char, &str)] = &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\\n"), ('$', "\\$")];

const PYTHON: Host = Host {
    ending: "py",
    frame: ["from cassandra.cluster import Session\n\n", "\n\ndef write(session: Session):\n", "    session.execute(", ")\n"],
    constant: ["", " = ", "\n"],
    local: ["    ", " = ", "\n"],
    literals: &[
        Literal { unicode: digits, ..literal("\"", "\"", ESCAPES) },
        literal("'", "'", SINGLE),
        literal("\"\"\"", "\"\"\"", &[('\\', "\\\\"), ('"', "\\\"")]),
    ],
    raw: &[
        literal("\"\"\"\n        ", "\n    \"\"\"", &[('\\', "\\\\"), ('\n', "\n        ")]),
        literal("r\"\"\"\n        ", "\n    \"\"\"", &[('\n', "\n        ")]),
        literal("textwrap.dedent('''\\\n        ", "\n    ''')", &[('\\', "\\\\"), ('\'', "\\'"), ('\n', "\n        ")]),
    ],
    concatenation: ["", "\n        ", "\n        ", ""],
    sum: ["", " + ", " + ", ""],
    formats: &[
        format("f\"", "{KEYSPACE}", "\"", BRACES),
        format("rf\"\"\"\n        ", "{KEYSPACE}", "\n    \"\"\"", &[('{', "{{"), ('}', "}}"), ('\n', "\n        ")]),
        format("\"", "{}", "\".format(KEYSPACE)", BRACES),
        format("\"", "{name}", "\".format(name=KEYSPACE)", BRACES),
        format("\"", "%s", "\" % KEYSPACE", PERCENTS),
        format("\"", "%s", "\" % (KEYSPACE,)", PERCENTS),
    ],
};

const RUST: Host = Host {
    ending: "rs",
    frame: [
        "use scylla::client::session::Session;\n\n",
        "\nasync fn write(session: &Session) {\n",
        "    session.query_unpaged(",
        ", ()).await;\n}\n",
    ],
    constant: ["const ", ": &str = ", ";\n"],
    local: ["    let ", " = ", ";\n"],
    literals: &[
        Literal { unicode: braces, ..literal("\"", "\"", ESCAPES) },
        literal("\"", "\"", &[('\\', "\\\\"), ('"', "\\\"")]),
        literal("r#\"", "\"#", &[]),
    ],
    raw: &[
        literal("r#\"\n        ", "\n    \"#", &[('\n', "\n        ")]),
        literal("\"\n        ", "\"", &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\n        ")]),
        literal("\"\\\n        ", "\"", &[('\\', "\\\\"), ('"', "\\\""), ('\n', "\\n\\\n        ")]),
    ],
    concatenation: ["concat!(", ",\n        ", ",\n        ", ")"],
    sum: ["", ".to_owned() + ", " + ", ""],
    formats: &[
        format("format!(\"", "{KEYSPACE}", "\")", BRACES),
        format("format!(\"", "{}", "\", KEYSPACE)", BRACES),
        format("format!(r#\"\n        ", "{0}", "\n    \"#, KEYSPACE)", &[('{', "{{"), ('}', "}}"), ('\n', "\n        ")]),
    ],
};

const SCALA: Host = Host {
    ending: "scala",
    frame: [
        "package org.example\n\nimport com.datastax.oss.driver.api.core.CqlSession\n\nobject Rooms {\n",
        "\n  def write(session: CqlSession, id: Int): Unit = {\n",
        "    session.execute(",
        ", id)\n  }\n}\n",
    ],
    constant: ["  private val ", " = ", "\n"],
    local: ["    val ", " = ", "\n"],
    literals: &[Literal { unicode: pairs, ..literal("\"", "\"", ESCAPES) }, literal("\"\"\"", "\"\"\"", &[])],
    raw: &[
        literal("\"\"\"\n      ", "\n    \"\"\"", &[('\n', "\n      ")]),
        literal("\"\"\"\n      |", "\n      |\"\"\".stripMargin", &[('\n', "\n      |")]),
    ],
    concatenation: ["", " +\n      ", " +\n      ", ""],
    sum: ["", " + ", " + ", ""],
    formats: &[
        format("s\"\"\"", "$KEYSPACE", "\"\"\"", &[('\\', "\\\\"), ('$', "$$")]),
        format(
            "s\"\"\"\n      |",
            "${KEYSPACE}",
            "\n      |\"\"\".stripMargin",
            &[('\\', "\\\\"), ('$', "$$"), ('\n', "\n      |")],
        ),
        format("\"", "%s", "\".format(KEYSPACE)", PERCENTS),
    ],
};

const TYPESCRIPT: Host = Host {
    ending: "ts",
    frame: [
        "import { Client } from 'cassandra-driver';\n\n",
        "\nexport class Rooms {\n  async write(): Promise<void> {\n",
        "    await this.client.execute(",
        ", [], { prepare: true });\n  }\n}\n",
    ],
    constant: ["export const ", ": string = ", ";\n"],
    local: ["    const ", ": string = ", ";\n"],
    literals: &[Literal { unicode: pairs, ..literal("\"", "\"", ESCAPES) }, literal("'", "'", SINGLE)],
    ..JAVASCRIPT
};

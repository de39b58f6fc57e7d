//! The language server, as a client sees it: every test speaks the protocol, as each of the editors in `clients/capabilities/` would.

mod actions;
mod agreement;
mod chaos;
pub(crate) mod client;
mod diagnostics;
mod features;
mod lifecycle;
mod navigation;

/// A schema, statements on it, and a program with the same.
const SCHEMA: &str = "CREATE TABLE pages (page text PRIMARY KEY, views counter);\n\
    CREATE TABLE orders (id uuid PRIMARY KEY, note text, tags list<text>);\n";
const QUERIES: &str = "UPDATE pages SET views = views + 1 WHERE page = ?;\nUPDATE orders SET note = ? WHERE id = ?;\n";
const PROGRAM: &str = "import com.datastax.oss.driver.api.core.CqlSession;\n\n\
    class Visits {\n    void visit(CqlSession session, String page) {\n        \
    session.execute(\"UPDATE pages SET views = views + 1 WHERE page = ?\", page);\n    }\n}\n";

/// The files of most tests.
const FILES: [(&str, &str); 3] = [("schema.cql", SCHEMA), ("queries.cql", QUERIES), ("Visits.java", PROGRAM)];

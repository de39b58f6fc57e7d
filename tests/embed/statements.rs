//! The rooms of a house, and who has been in them.

use scylla::client::session::Session;

const TABLE: &str = "house.rooms";
const COLUMNS: &str = concat!("(id, ", "name)");
// expect: not_idempotent counter-update "n = n + 1"
const VISIT: &str = "UPDATE pages SET n = n + 1 WHERE page = ?";

struct Rooms {
    session: Session,
    keyspace: String,
}

impl Rooms {
    async fn write(&self, id: i32, door: &str, changes: &str) -> Result<(), Error> {
        self.session.query_unpaged("INSERT INTO house.rooms (id, name) VALUES (?, ?)", (id, "hall")).await?; // expect: idempotent
        // expect: idempotent
        let rename = self.session.prepare(r#"
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?
        "#).await?;
        self.session.query_unpaged(concat!("DELETE FROM house.rooms ", // expect: idempotent
            "WHERE id = ?"), (id,)).await?;
        // expect: not_idempotent list-append "log = log + ['in']"
        self.session.query_unpaged(format!("UPDATE {TABLE} SET log = log + ['in'] WHERE id = ?"), (id,)).await?;
        // expect: depends untyped-operation "tags = tags + ?"
        self.session.query_unpaged("UPDATE ".to_string() + TABLE
            + " SET tags = tags + ?"
            + " WHERE id = ?", (id,)).await?;
        // expect: not_idempotent server-value "now()"
        self.session.query_unpaged(format!("INSERT INTO {}.rooms (id, seen) VALUES (?, now())", self.keyspace), (id,)).await?;
        // expect: not_idempotent server-value "uuid()"
        self.session.query_unpaged(format!("INSERT INTO {0}.rooms (id) VALUES (uuid())", self.keyspace), ()).await?;
        // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        self.session.query_unpaged(format!("INSERT INTO house.rooms {} VALUES (?, 'it''s \u{e9}') \
            IF NOT EXISTS", COLUMNS), (id,)).await?;
        // expect: not_idempotent lightweight-transaction "IF name = ?"
        self.session.query_unpaged(r##"
            UPDATE house.rooms SET "name" = ?
              WHERE id = ?
              IF name = ?
        "##, (id,)).await?;
        self.session.query_unpaged("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60", (id,)).await?; // expect: idempotent
        // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        self.session.query_unpaged("BEGIN BATCH
            UPDATE house.rooms SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;
            DELETE FROM house.rooms WHERE id = ?;
            APPLY BATCH;", (id,)).await?;
        self.session.query_unpaged(format!("TRUNCATE {TABLE}"), ()).await?; // expect: not_idempotent truncate "TRUNCATE "
        // expect: not_idempotent schema-change "CREATE TABLE"
        self.session.query_unpaged(format!("CREATE TABLE {} (id int PRIMARY KEY, name text)", TABLE), ()).await?;
        self.session.query_unpaged(&format!("SELECT name FROM {TABLE} WHERE id = {id}"), ()).await?; // expect: idempotent
        // expect: idempotent
        self.session.query_unpaged(format!("UPDATE {TABLE} SET tags = tags + {{'warm'}} WHERE id = ?"), (id,)).await?;
        self.session.query_unpaged(format!("UPDATE house.rooms SET doors['{door:?}'] = ? WHERE id = ?"), ()).await?; // expect: idempotent
        // expect: depends list-element-delete "log[{id}] = ?"
        self.session.query_unpaged(format!("UPDATE house.rooms SET log[{id}] = ? WHERE id = ?"), ()).await?;
        self.session.query_unpaged("INSERT INTO house.rooms JSON ?", (id,)).await?; // expect: depends clock-literal "?"
        self.session.query_unpaged("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?", ()).await?; // expect: idempotent
        // expect: depends unknown-clause "{changes}"
        self.session.query_unpaged(format!("UPDATE house.rooms SET {changes} WHERE id = ?"), (id,)).await?;
        Ok(())
    }
}

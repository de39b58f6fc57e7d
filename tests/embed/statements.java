package org.example.rooms;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

/** The rooms of a house, and who has been in them. */
final class Rooms {
    private static final String TABLE = "house.rooms";
    private static final String COLUMNS = "(id, " + "name)";
    private static final String VISIT = // expect: not_idempotent counter-update "n = n + 1"
        "UPDATE pages SET n = n + 1 WHERE page = ?";

    private final CqlSession session;
    private final String keyspace;

    Rooms(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
    }

    void write(int id, String changes) {
        session.execute("INSERT INTO house.rooms (id, name) VALUES (?, ?)", id, "hall"); // expect: idempotent
        // expect: idempotent
        PreparedStatement rename = session.prepare("""
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?
            """);
        session.execute("DELETE FROM house.rooms " // expect: idempotent
            + "WHERE id = ?", id);
        // expect: not_idempotent list-append "log = log + ['in']"
        session.execute("UPDATE " + TABLE + " SET log = log + ['in'] WHERE id = ?", id);
        // expect: depends untyped-operation "tags = tags + ?"
        session.execute("UPDATE " + TABLE
            + " SET tags = tags + ?"
            + " WHERE id = ?", id);
        // expect: not_idempotent server-value "now()"
        session.execute(String.format("INSERT INTO %s.rooms (id, seen) VALUES (?, now())", keyspace), id);
        // expect: not_idempotent server-value "uuid()"
        session.execute(String.format("INSERT INTO %s.rooms (id) VALUES (uuid())", keyspace));
        // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        session.execute("INSERT INTO house.rooms " + COLUMNS + " VALUES (?, 'it''s \u00e9')"
            + /* only the first */ " IF NOT EXISTS", id);
        // expect: not_idempotent lightweight-transaction "IF name = ?"
        session.execute("""
            UPDATE house.rooms SET "name" = ?
              WHERE id = ?
              IF name = ?
            """);
        session.execute("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60", id); // expect: idempotent
        // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        session.execute("BEGIN BATCH\n"
            + "  UPDATE " + TABLE + " SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n"
            + "  DELETE FROM house.rooms WHERE id = ?;\n"
            + "APPLY BATCH;");
        session.execute("TRUNCATE " + TABLE); // expect: not_idempotent truncate "TRUNCATE "
        // expect: not_idempotent schema-change "CREATE TABLE"
        session.execute("CREATE TABLE " + TABLE + " (id int PRIMARY KEY, name text)");
        session.execute("SELECT name FROM house.rooms WHERE id = " + id); // expect: idempotent
        // expect: idempotent
        session.execute(SimpleStatement.newInstance("UPDATE house.rooms SET tags = tags + {'warm'} WHERE id = ?", id));
        session.execute("UPDATE house.rooms SET doors['" + changes + "'] = ? WHERE id = ?", id); // expect: idempotent
        // expect: depends list-element-delete "log[" + id + "] = ?"
        session.execute("UPDATE house.rooms SET log[" + id + "] = ? WHERE id = ?");
        session.execute("INSERT INTO house.rooms JSON ?", id); // expect: depends clock-literal "?"
        session.execute("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?"); // expect: idempotent
        // expect: depends unknown-clause "changes"
        session.execute("UPDATE house.rooms SET " + changes + " WHERE id = ?", id);
    }
}

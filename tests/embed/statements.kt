package org.example.rooms

import com.datastax.oss.driver.api.core.CqlSession

private const val TABLE = "house.rooms"
private const val COLUMNS = "(id, " + "name)"
// expect: not_idempotent counter-update "n = n + 1"
private const val VISIT = "UPDATE pages SET n = n + 1 WHERE page = ?"

/** The rooms of a house, and who has been in them. */
class Rooms(private val session: CqlSession, private val keyspace: String) {
    fun write(id: Int, door: String, changes: String) {
        session.execute("INSERT INTO house.rooms (id, name) VALUES (?, ?)", id, "hall") // expect: idempotent
        // expect: idempotent
        val rename = session.prepare("""
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?
        """.trimIndent())
        session.execute("DELETE FROM house.rooms " + // expect: idempotent
            "WHERE id = ?", id)
        // expect: not_idempotent list-append "log = log + ['in']"
        session.execute("UPDATE $TABLE SET log = log + ['in'] WHERE id = ?", id)
        // expect: depends untyped-operation "tags = tags + ?"
        session.execute("UPDATE " + TABLE +
            " SET tags = tags + ?" +
            " WHERE id = ?", id)
        // expect: not_idempotent server-value "now()"
        session.execute("INSERT INTO ${this.keyspace}.rooms (id, seen) VALUES (?, now())", id)
        // expect: not_idempotent server-value "uuid()"
        session.execute("INSERT INTO %s.rooms (id) VALUES (uuid())".format(keyspace))
        // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        session.execute("INSERT INTO house.rooms " + COLUMNS + " VALUES (?, 'it''s \u00e9')" +
            /* only the first */ " IF NOT EXISTS", id)
        // expect: not_idempotent lightweight-transaction "IF name = ?"
        session.execute("""
            |UPDATE house.rooms SET "name" = ?
            |  WHERE id = ?
            |  IF name = ?
            """.trimMargin())
        session.execute("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60", id) // expect: idempotent
        // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        session.execute("BEGIN BATCH\n" +
            "  UPDATE $TABLE SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n" +
            "  DELETE FROM house.rooms WHERE id = ?;\n" +
            "APPLY BATCH;")
        session.execute("TRUNCATE " + TABLE) // expect: not_idempotent truncate "TRUNCATE "
        // expect: not_idempotent schema-change "CREATE TABLE"
        session.execute("""CREATE TABLE ${TABLE} (id int PRIMARY KEY, name text)""")
        session.execute("SELECT name FROM $TABLE WHERE id = $id") // expect: idempotent
        session.execute("UPDATE house.rooms SET tags = tags + {'warm'} WHERE id = ?", id) // expect: idempotent
        session.execute("UPDATE house.rooms SET doors['${door.trim()}'] = ? WHERE id = ?") // expect: idempotent
        session.execute("UPDATE house.rooms SET log[$id] = ? WHERE id = ?") // expect: depends list-element-delete "log[$id] = ?"
        session.execute("INSERT INTO house.rooms JSON ?", id) // expect: depends clock-literal "?"
        session.execute("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?") // expect: idempotent
        session.execute("UPDATE house.rooms SET $changes WHERE id = ?", id) // expect: depends unknown-clause "$changes"
    }
}

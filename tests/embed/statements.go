package rooms

import (
	"fmt"

	"github.com/gocql/gocql"
)

const (
	table   = "house.rooms"
	columns = "(id, " + "name)"
	visit   = "UPDATE pages SET n = n + 1 WHERE page = ?" // expect: not_idempotent counter-update "n = n + 1"
)

// Rooms of a house, and who has been in them.
type Rooms struct {
	session  *gocql.Session
	keyspace string
}

func (r *Rooms) write(id int, door, changes string) {
	r.session.Query("INSERT INTO house.rooms (id, name) VALUES (?, ?)", id, "hall").Exec() // expect: idempotent
	// expect: idempotent
	rename := `
		UPDATE house.rooms
		SET name = ?
		WHERE id = ?`
	r.session.Query(rename).Exec()
	r.session.Query("DELETE FROM house.rooms "+ // expect: idempotent
		"WHERE id = ?", id).Exec()
	// expect: not_idempotent list-append "log = log + ['in']"
	r.session.Query(`UPDATE `+table+` SET log = log + ['in'] WHERE id = ?`, id).Exec()
	// expect: depends untyped-operation "tags = tags + ?"
	r.session.Query("UPDATE "+table+
		" SET tags = tags + ?"+
		" WHERE id = ?", id).Exec()
	// expect: not_idempotent server-value "now()"
	r.session.Query(fmt.Sprintf("INSERT INTO %s.rooms (id, seen) VALUES (?, now())", r.keyspace), id).Exec()
	// expect: not_idempotent server-value "uuid()"
	r.session.Query(fmt.Sprintf(`INSERT INTO %[1]s.rooms (id) VALUES (uuid())`, r.keyspace)).Exec()
	// expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
	r.session.Query("INSERT INTO house.rooms "+columns+" VALUES (?, 'it''s \u00e9')"+
		/* only the first */ " IF NOT EXISTS", id).ScanCAS()
	// expect: not_idempotent lightweight-transaction "IF name = ?"
	r.session.Query(`
		UPDATE house.rooms SET "name" = ?
		  WHERE id = ?
		  IF name = ?
	`).ScanCAS()
	r.session.Query("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60", id).Exec() // expect: idempotent
	// expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
	r.session.Query("BEGIN BATCH\n" +
		"  UPDATE " + table + " SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n" +
		"  DELETE FROM house.rooms WHERE id = ?;\n" +
		"APPLY BATCH;").Exec()
	r.session.Query("TRUNCATE " + table).Exec() // expect: not_idempotent truncate "TRUNCATE "
	// expect: not_idempotent schema-change "CREATE TABLE"
	r.session.Query("CREATE TABLE " + table + " (id int PRIMARY KEY, name text)").Exec()
	r.session.Query(fmt.Sprintf("SELECT name FROM %s WHERE id = %d", table, id)).Exec() // expect: idempotent
	r.session.Query("UPDATE house.rooms SET tags = tags + {'warm'} WHERE id = ?", id).Exec() // expect: idempotent
	r.session.Query(fmt.Sprintf("UPDATE house.rooms SET doors['%s'] = ? WHERE id = ?", door)).Exec() // expect: idempotent
	// expect: depends list-element-delete "log[%d] = ?"
	r.session.Query(fmt.Sprintf("UPDATE house.rooms SET log[%d] = ? WHERE id = ?", id)).Exec()
	r.session.Query("INSERT INTO house.rooms JSON ?", id).Exec() // expect: depends clock-literal "?"
	r.session.Query("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?").Exec() // expect: idempotent
	// expect: depends unknown-clause "changes"
	r.session.Query("UPDATE house.rooms SET " + changes + " WHERE id = ?", id).Exec()
}

package store

import "github.com/gocql/gocql"

const appendLog = `UPDATE rooms ` +
	`SET log = log + ? ` +
	`WHERE id = ?`

func (s *Store) Tag(id gocql.UUID, tag string) error {
	return s.session.Query("UPDATE rooms SET tags = tags + ? WHERE id = ?", []string{tag}, id).Exec()
}

func (s *Store) Visit(id gocql.UUID, column string) error {
	return s.session.Query(fmt.Sprintf("UPDATE visits SET %s = %s + 1 WHERE id = ?", column, column), id).Exec()
}

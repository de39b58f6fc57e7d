package users

import gocql "github.com/apache/cassandra-gocql-driver/v2"

func connect() (*gocql.Session, error) {
	cluster := gocql.NewCluster("127.0.0.1")
	cluster.RetryPolicy = &gocql.SimpleRetryPolicy{NumRetries: 3}
	return cluster.CreateSession()
}

const find = `SELECT name FROM users ` +
	`WHERE id = ?`

func rename(session *gocql.Session, id int, name string) error {
	var before string
	if err := session.Query(find, id).Scan(&before); err != nil {
		return err
	}
	query := session.Query("UPDATE users SET name = ? WHERE id = ?", name, id)
	if err := query.Exec(); err != nil {
		return err
	}
	return session.Query("UPDATE page_views SET views = views + 1 WHERE page = ?", "users").Exec()
}

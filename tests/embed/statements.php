<?php

namespace Example\Rooms;

use Cassandra\Session;
use Cassandra\SimpleStatement;

const COLUMNS = '(id, ' . 'name)';
define('VISIT', 'UPDATE pages SET n = n + 1 WHERE page = ?'); // expect: not_idempotent counter-update "n = n + 1"

/** The rooms of a house, and who has been in them. */
final class Rooms
{
    private const TABLE = 'house.rooms';
    private static $truncate = 'TRUNCATE ';
    private string $keyspace;

    public function write(int $id, string $door, string $changes): void
    {
        $this->session->execute('INSERT INTO house.rooms (id, name) VALUES (?, ?)', [$id, 'hall']); // expect: idempotent
        // expect: idempotent
        $rename = <<<'CQL'
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?
            CQL;
        $this->session->execute("DELETE FROM house.rooms " // expect: idempotent
            . "WHERE id = ?", [$id]);
        // expect: not_idempotent list-append "log = log + [\'in\']"
        $this->session->execute('UPDATE ' . self::TABLE . ' SET log = log + [\'in\'] WHERE id = ?');
        // expect: depends untyped-operation "tags = tags + ?"
        $this->session->execute(new SimpleStatement("UPDATE ".static::TABLE
            ." SET tags = tags + ?"
            ." WHERE id = ?"));
        // expect: not_idempotent server-value "now()"
        $this->session->execute("INSERT INTO {$this->keyspace}.rooms (id, seen) VALUES (?, now())");
        // expect: not_idempotent server-value "uuid()"
        $this->session->execute(sprintf('INSERT INTO %1$s.rooms (id) VALUES (uuid())', $this->keyspace));
        // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        $this->session->execute('INSERT INTO house.rooms ' . COLUMNS . " VALUES (?, 'it''s \u{e9}')"
            . /* only the first */ ' IF NOT EXISTS');
        $name = 'name';
        // expect: not_idempotent lightweight-transaction "IF $name = ?"
        $this->session->execute(<<<CQL
            UPDATE house.rooms SET "name" = ?
              WHERE id = ?
              IF $name = ?
            CQL);
        $this->session->execute('INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60'); // expect: idempotent
        $table = self::TABLE;
        // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        $this->session->execute("BEGIN BATCH\n" .
            "  UPDATE $table SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n" .
            "  DELETE FROM house.rooms WHERE id = ?;\n" .
            "APPLY BATCH;");
        $this->session->execute(self::$truncate . self::TABLE); // expect: not_idempotent truncate "TRUNCATE "
        // expect: not_idempotent schema-change "CREATE TABLE"
        $this->session->execute("CREATE TABLE {$table} (id int PRIMARY KEY, name text)");
        $this->session->execute("SELECT name FROM house.rooms WHERE id = $id"); // expect: idempotent
        $this->session->execute("UPDATE house.rooms SET tags = tags + {'warm'} WHERE id = ?"); // expect: idempotent
        $this->session->execute("UPDATE house.rooms SET doors['{$door}'] = ? WHERE id = ?"); // expect: idempotent
        $this->session->execute("UPDATE house.rooms SET log[$id] = ? WHERE id = ?"); // expect: depends list-element-delete "log[$id] = ?"
        $this->session->execute('INSERT INTO house.rooms JSON ?'); // expect: depends clock-literal "?"
        $this->session->execute('DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?'); // expect: idempotent
        $this->session->execute("UPDATE house.rooms SET $changes WHERE id = ?"); // expect: depends unknown-clause "$changes"
    }
}

"""The rooms of a house, and who has been in them."""

from cassandra.cluster import Session
from cassandra.query import SimpleStatement

TABLE = "house.rooms"
COLUMNS = "(id, " "name)"
VISIT = "UPDATE pages SET n = n + 1 WHERE page = %s"  # expect: not_idempotent counter-update "n = n + 1"


class Rooms:
    """Drop a room here, select it there."""

    def __init__(self, session: Session, keyspace: str):
        self.session = session
        self.keyspace = keyspace

    def write(self, id: int, door: str, changes: str):
        self.session.execute("INSERT INTO house.rooms (id, name) VALUES (%s, %s)", (id, "hall"))  # expect: idempotent
        # expect: idempotent
        rename = self.session.prepare("""
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?
        """)
        self.session.execute("DELETE FROM house.rooms "  # expect: idempotent
                             "WHERE id = %(id)s", {"id": id})
        # expect: not_idempotent list-append "log = log + ['in']"
        self.session.execute(f"UPDATE {TABLE} SET log = log + ['in'] WHERE id = %s", (id,))
        # expect: depends untyped-operation "tags = tags + %s"
        self.session.execute("UPDATE " + TABLE
                             + " SET tags = tags + %s"
                             + " WHERE id = %s", (id,))
        # expect: not_idempotent server-value "now()"
        self.session.execute("INSERT INTO {}.rooms (id, seen) VALUES (%s, now())".format(self.keyspace), (id,))
        # expect: not_idempotent server-value "uuid()"
        self.session.execute("INSERT INTO %s.rooms (id) VALUES (uuid())" % self.keyspace)
        # expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        self.session.execute("INSERT INTO house.rooms " + COLUMNS + " VALUES (%s, 'it''s \u00e9')"
                             # only the first
                             + " IF NOT EXISTS", (id,))
        # expect: not_idempotent lightweight-transaction "IF name = %s"
        self.session.execute(f'''
            UPDATE {self.keyspace}.rooms SET "name" = %s
              WHERE id = %s
              IF name = %s
        ''')
        self.session.execute("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60", (id,))  # expect: idempotent
        # expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        self.session.execute("BEGIN BATCH\n"
                             f"  UPDATE {TABLE} SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n"
                             "  DELETE FROM house.rooms WHERE id = ?;\n"
                             "APPLY BATCH;")
        self.session.execute("TRUNCATE " + TABLE)  # expect: not_idempotent truncate "TRUNCATE "
        # expect: not_idempotent schema-change "CREATE TABLE"
        self.session.execute(f"CREATE TABLE {TABLE} (id int PRIMARY KEY, name text)")
        self.session.execute(f"SELECT name FROM {TABLE} WHERE id = {id}")  # expect: idempotent
        # expect: idempotent
        self.session.execute(SimpleStatement(f"UPDATE house.rooms SET tags = tags + {{'warm'}} WHERE id = %s"), (id,))
        self.session.execute(f"UPDATE house.rooms SET doors['{door!r:>8}'] = ? WHERE id = ?")  # expect: idempotent
        # expect: depends list-element-delete "log[%d] = %%s"
        self.session.execute("UPDATE house.rooms SET log[%d] = %%s WHERE id = %%s" % (id,))
        self.session.execute("INSERT INTO house.rooms JSON %s", (id,))  # expect: depends clock-literal "%s"
        self.session.execute("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?")  # expect: idempotent
        # expect: depends unknown-clause "{changes}"
        self.session.execute(f"UPDATE house.rooms SET {changes} WHERE id = %s", (id,))

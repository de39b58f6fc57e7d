using Cassandra;

namespace Example.Rooms;

/// <summary>The rooms of a house, and who has been in them.</summary>
public sealed class Rooms
{
    private const string Table = "house.rooms";
    private const string Columns = "(id, " + "name)";
    // expect: not_idempotent counter-update "n = n + 1"
    private static readonly string Visit = "UPDATE pages SET n = n + 1 WHERE page = ?";

    private readonly ISession session;
    private readonly string keyspace;

    public void Write(int id, string door, string changes)
    {
        session.Execute(new SimpleStatement("INSERT INTO house.rooms (id, name) VALUES (?, ?)", id, "hall")); // expect: idempotent
        // expect: idempotent
        var rename = session.Prepare(@"
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?");
        session.Execute("DELETE FROM house.rooms " // expect: idempotent
            + "WHERE id = ?");
        // expect: not_idempotent list-append "log = log + ['in']"
        session.Execute($"UPDATE {Table} SET log = log + ['in'] WHERE id = ?");
        // expect: depends untyped-operation "tags = tags + ?"
        session.Execute("UPDATE " + Table
            + " SET tags = tags + ?"
            + " WHERE id = ?");
        // expect: not_idempotent server-value "now()"
        session.Execute($"INSERT INTO {this.keyspace}.rooms (id, seen) VALUES (?, now())");
        // expect: not_idempotent server-value "uuid()"
        session.Execute(string.Format("INSERT INTO {0}.rooms (id) VALUES (uuid())", keyspace));
        // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        session.Execute("INSERT INTO house.rooms " + Columns + " VALUES (?, 'it''s \u00e9')"
            + /* only the first */ " IF NOT EXISTS");
        // expect: not_idempotent lightweight-transaction "IF name = ?"
        session.Execute("""
            UPDATE house.rooms SET "name" = ?
              WHERE id = ?
              IF name = ?
            """);
        session.Execute("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60"); // expect: idempotent
        // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        session.Execute("BEGIN BATCH\n"
            + $"  UPDATE {Table} SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n"
            + @"  UPDATE house.rooms SET ""name"" = ? WHERE id = ?;"
            + "APPLY BATCH;");
        session.Execute("TRUNCATE " + Table); // expect: not_idempotent truncate "TRUNCATE "
        // expect: not_idempotent schema-change "CREATE TABLE"
        session.Execute($"""CREATE TABLE {Table} (id int PRIMARY KEY, name text)""");
        session.Execute($@"SELECT name FROM {Table} WHERE id = {id}"); // expect: idempotent
        session.Execute($"UPDATE house.rooms SET tags = tags + {{'warm'}} WHERE id = ?"); // expect: idempotent
        session.Execute($"UPDATE house.rooms SET doors['{door.Trim()}'] = ? WHERE id = ?"); // expect: idempotent
        session.Execute($"UPDATE house.rooms SET log[{id}] = ? WHERE id = ?"); // expect: depends list-element-delete "log[{id}] = ?"
        session.Execute("INSERT INTO house.rooms JSON ?"); // expect: depends clock-literal "?"
        session.Execute("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?"); // expect: idempotent
        // expect: depends unknown-clause "{{changes}}"
        session.Execute($$"""UPDATE house.rooms SET {{changes}} WHERE id = ?""");
    }
}

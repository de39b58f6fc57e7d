#include <cassandra.h>
#include <fmt/format.h>
#include <string>

#define COLUMNS "(id, " "name)"
#define VISIT "UPDATE pages SET n = n + 1 WHERE page = ?" // expect: not_idempotent counter-update "n = n + 1"

namespace rooms {

static const std::string TABLE = "house.rooms";
constexpr const char* KEYS = "id = ?";

// The rooms of a house, and who has been in them.
class Rooms {
    static constexpr std::string_view kTruncate{"TRUNCATE "};
    CassSession* session;
    std::string keyspace;

    void write(int id, const std::string& door, const std::string& changes) {
        cass_statement_new("INSERT INTO house.rooms (id, name) VALUES (?, ?)", 2); // expect: idempotent
        // expect: idempotent
        const char* rename = R"cql(
            UPDATE house.rooms
            SET name = ?
            WHERE id = ?)cql";
        cass_session_prepare(session, rename);
        cass_session_prepare(session, "DELETE FROM house.rooms " // expect: idempotent
            "WHERE id = ?");
        // expect: not_idempotent list-append "log = log + ['in']"
        execute("UPDATE " + TABLE + " SET log = log + ['in'] WHERE id = ?", id);
        // expect: depends untyped-operation "tags = tags + ?"
        execute(std::string("UPDATE ") + TABLE
            + " SET tags = tags + ?"
            + " WHERE " + KEYS, id);
        // expect: not_idempotent server-value "now()"
        execute(fmt::format("INSERT INTO {}.rooms (id, seen) VALUES (?, now())", keyspace), id);
        char buffer[128];
        // expect: not_idempotent server-value "uuid()"
        snprintf(buffer, sizeof(buffer), "INSERT INTO %s.rooms (id) VALUES (uuid())", keyspace.c_str());
        // expect: not_idempotent lightweight-transaction "IF NOT EXISTS"
        execute("INSERT INTO house.rooms " COLUMNS " VALUES (?, 'it''s \u00e9')"
            /* only the first */ " IF NOT EXISTS", id);
        // expect: not_idempotent lightweight-transaction "IF name = ?"
        execute(R"(
            UPDATE house.rooms SET "name" = ?
              WHERE id = ?
              IF name = ?
        )");
        execute("INSERT INTO house.rooms (id, name) VALUES (?, ?) USING TTL 60", id); // expect: idempotent
        // expect: not_idempotent list-append "\"log\" = \"log\" + ['é\n']"
        execute("BEGIN BATCH\n"
            "  UPDATE " + TABLE + " SET \"log\" = \"log\" + ['é\n'] WHERE id = ?;\n"
            "  DELETE FROM house.rooms WHERE id = ?;\n"
            "APPLY BATCH;");
        execute(std::string(kTruncate) + this->TABLE); // expect: not_idempotent truncate "TRUNCATE "
        // expect: not_idempotent schema-change "CREATE TABLE"
        execute(absl::StrCat("CREATE TABLE ", TABLE, " (id int PRIMARY KEY, name text)"));
        sprintf(buffer, "SELECT name FROM house.rooms WHERE id = %lu", id); // expect: idempotent
        execute("UPDATE house.rooms SET tags = tags + {'warm'} WHERE id = ?"s, id); // expect: idempotent
        execute("UPDATE house.rooms SET doors['" + door + "'] = ? WHERE id = ?", id); // expect: idempotent
        // expect: depends list-element-delete "log[{}] = ?"
        execute(std::format("UPDATE house.rooms SET log[{}] = ? WHERE id = ?", id));
        execute("INSERT INTO house.rooms JSON ?", id); // expect: depends clock-literal "?"
        execute("DELETE FROM house.rooms WHERE id = ? AND at > ? AND at < ?"); // expect: idempotent
        // expect: depends unknown-clause "changes"
        execute("UPDATE house.rooms SET " + changes + " WHERE id = ?", id);
    }
};

} // namespace rooms

#include <cassandra.h>

CassFuture* find(CassSession* session) {
    CassStatement* statement = cass_statement_new("SELECT name FROM users WHERE id = ?", 1);
    CassFuture* future = cass_session_execute(session, statement);
    cass_statement_free(statement);
    return future;
}

CassFuture* drop(CassSession* session) {
    CassStatement* statement = NULL;
    if (session != NULL) {
        statement = cass_statement_new("DELETE FROM users WHERE id = ?", 1);
    }
    return cass_session_execute(session, statement);
}

import com.datastax.oss.driver.api.core.CqlSession;

class Rooms {
    private static final String TABLE = "rooms";
    private static final String RENAME = "UPDATE " + TABLE + " SET visits = ? WHERE id = ?";

    void rename(CqlSession session, boolean careful) {
        session.execute(RENAME);
        session.execute(RENAME + " IF visits = ?");
        session.execute("""
            DELETE FROM %s
            WHERE id = ?
            """.formatted(TABLE));
    }
}

import com.datastax.oss.driver.api.core.CqlSession;

class Rooms {
    private static final String RENAME = "UPDATE rooms SET visits = ? WHERE id = ?";

    void rename(CqlSession session) {
        session.execute(RENAME);
        session.execute(RENAME + " IF visits = ?");
        session.execute("""
            DELETE FROM rooms
            WHERE id = ?
            """);
        session.execute("UPDATE rooms SET log = log + ? WHERE id = ?");
    }
}

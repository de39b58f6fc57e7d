import com.datastax.oss.driver.api.core.CqlSession;

class Jobs {
    void add(CqlSession session, Object due) {
        session.execute("INSERT INTO jobs (due, id) VALUES (?, uuid()) USING TTL 60", due);
    }
}

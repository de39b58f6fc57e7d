import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

class Shop {
    void pay(CqlSession session, Object id) {
        session.execute(SimpleStatement.newInstance(
            "UPDATE orders SET amount = ?, tags = tags + ? "
                + "WHERE id = ? AND line = 1", 20, "paid", id));
    }

    void read(CqlSession session, Object id) {
        session.execute(SimpleStatement.newInstance("SELECT amount FROM orders WHERE id = ?", id));
    }

    void visit(CqlSession session) {
        String face = "é 😀"; session.execute(SimpleStatement.newInstance("UPDATE visits SET seen = seen + 1 WHERE page = '/'").setIdempotent(true));
    }
}

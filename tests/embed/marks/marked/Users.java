import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatementBuilder;

class Users {
    private static final String RENAME = "UPDATE users SET name = ? WHERE id = ?";
    private final CqlSession session;
    private final PreparedStatement find;
    private final PreparedStatement visit;

    Users(CqlSession session) {
        this.session = session;
        find = session.prepare(SimpleStatement.newInstance("SELECT name FROM users "
            + "WHERE id = ?").setIdempotent(true));
        visit = session.prepare("UPDATE page_views SET views = views + 1 WHERE page = ?");
    }

    String find(int id) {
        Row row = session.execute(find.bind(id)).one();
        session.execute(visit.bind("users"));
        return row == null ? null : row.getString("name");
    }

    void rename(int id, String name) {
        session.execute(SimpleStatement.newInstance("UPDATE users SET name = ? WHERE id = ?", name, id).setIdempotent(true));
        session.execute(SimpleStatement.newInstance("DELETE FROM names WHERE name = ?", name).setIdempotent(true));
        SimpleStatementBuilder add = SimpleStatement.builder("INSERT INTO names (name, id) VALUES (?, ?)").setIdempotence(true);
        session.execute(add.addPositionalValues(name, id).build());
        session.executeAsync(SimpleStatement.newInstance("DELETE FROM old_names WHERE id = 1").setIdempotent(true));
    }
}

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
        find = session.prepare("SELECT name FROM users "
            + "WHERE id = ?");
        visit = session.prepare("UPDATE page_views SET views = views + 1 WHERE page = ?");
    }

    String find(int id) {
        Row row = session.execute(find.bind(id)).one();
        session.execute(visit.bind("users"));
        return row == null ? null : row.getString("name");
    }

    void rename(int id, String name) {
        session.execute("UPDATE users SET name = ? WHERE id = ?", name, id);
        session.execute(SimpleStatement.newInstance("DELETE FROM names WHERE name = ?", name));
        SimpleStatementBuilder add = SimpleStatement.builder("INSERT INTO names (name, id) VALUES (?, ?)");
        session.execute(add.addPositionalValues(name, id).build());
        session.executeAsync("DELETE FROM old_names WHERE id = 1");
    }
}

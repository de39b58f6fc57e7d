import com.datastax.oss.driver.api.core.CqlSession;
class App { void f(CqlSession s) { s.execute("TRUNCATE a"); } }

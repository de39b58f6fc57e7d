// What the Java driver says of statements that its QueryBuilder makes. The suite puts them in; no cluster is asked.

import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.*;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.querybuilder.BuildableQuery;
import com.datastax.oss.driver.api.querybuilder.relation.OngoingWhereClause;
import com.datastax.oss.driver.internal.core.config.typesafe.DefaultDriverConfigLoader;
import com.datastax.oss.driver.internal.core.cql.DefaultPrepareRequest;
import java.util.List;
import java.util.Set;

public class QueryBuilders {
  public static void main(String[] arguments) {
    // {forms}
    BuildableQuery insert = insertInto("t").value("k", literal(1));
    fact("selectFrom(…).build()", selectFrom("t").all().build().isIdempotent());
    fact("insertInto(…).build()", insert.build().isIdempotent());
    fact("session.prepare(insertInto(…).build())", new DefaultPrepareRequest(insert.build()).areBoundStatementsIdempotent());
    fact("session.prepare(insertInto(…).asCql())", new DefaultPrepareRequest(insert.asCql()).areBoundStatementsIdempotent());
    fact("SimpleStatement.newInstance(insertInto(…).asCql())", SimpleStatement.newInstance(insert.asCql()).isIdempotent());
    fact("BatchStatement.newInstance(LOGGED, insertInto(…).build())", batch(DefaultBatchType.LOGGED, insert).isIdempotent());
    twoWays(
        "update(…).decrement(\"n\")", row(update("t").decrement("n")),
        "update(…).remove(\"n\", literal(1))", row(update("t").remove("n", literal(1))));
    twoWays(
        "update(…).appendSetElement(\"s\", literal(\"a\"))", row(update("t").appendSetElement("s", literal("a"))),
        "update(…).append(\"s\", literal(Set.of(\"a\")))", row(update("t").append("s", literal(Set.of("a")))));
    try (DefaultDriverConfigLoader loader = new DefaultDriverConfigLoader()) {
      var profile = loader.getInitialConfig().getDefaultProfile();
      fact("basic.request.default-idempotence", profile.getBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE));
    }
  }

  private static void form(int number, BuildableQuery query) {
    say(number, query.build().isIdempotent(), query.asCql());
  }

  private static void form(int number, BatchStatement batch) {
    say(number, batch.isIdempotent(), "");
  }

  private static void twoWays(String code, BuildableQuery query, String otherCode, BuildableQuery other) {
    if (!query.asCql().equals(other.asCql())) {
      throw new AssertionError(query.asCql() + " is not " + other.asCql());
    }
    fact(code, query.build().isIdempotent());
    fact(otherCode + " for the same text", other.build().isIdempotent());
  }

  private static void fact(String code, Boolean idempotent) {
    say("fact", idempotent, code);
  }

  // What is neither idempotent nor not is null.
  private static void say(Object of, Boolean idempotent, String text) {
    System.out.println(of + "\t" + idempotent + "\t" + text);
  }

  private static <T extends OngoingWhereClause<T>> T row(OngoingWhereClause<T> statement) {
    return statement.whereColumn("k").isEqualTo(literal(1)).whereColumn("c").isEqualTo(literal(2));
  }

  private static BatchStatement batch(BatchType type, BuildableQuery... members) {
    var batch = BatchStatement.builder(type);
    List.of(members).forEach(member -> batch.addStatement(member.build()));
    return batch.build();
  }
}

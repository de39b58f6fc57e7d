// SYNTAX TEST "source.cs" "verbatim, raw and interpolated strings"
class Orders {
  string one = "UPDATE t SET a = ? WHERE k = ?";
//              ^^^^^^ keyword.other.cql
  string two = @"
    SELECT a FROM t";
//  ^^^^^^ keyword.other.cql
  string three = $"DELETE FROM {table} WHERE k = ?";
//                 ^^^^^^ keyword.other.cql
//                                     ^^^^^ keyword.other.cql
  string four = """
    INSERT INTO t (a) VALUES (?)
//  ^^^^^^ keyword.other.cql
    """;
  int five = 5;
//^^^ keyword.type.int.cs
}

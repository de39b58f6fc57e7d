// SYNTAX TEST "source.java" "strings, text blocks, and prose"

class Orders {
    String one = "UPDATE orders SET status = 'paid\n' WHERE \"Id\" = ?";
//               ^ string.quoted.double.java - meta.embedded.inline.cql
//                ^^^^^^ meta.embedded.inline.cql keyword.other.cql
//                              ^^^ keyword.other.cql
//                                           ^^^^^ string.quoted.single.cql
//                                                    ^^^^^ keyword.other.cql
//                                                                   ^ variable.parameter.cql
//                                                                    ^ punctuation.definition.string.end.java
//                                                                     ^ punctuation.terminator.java

    String open = "SELECT a FROM t WHERE b = '" + b + "'"; int after = 1;
//                                           ^ meta.embedded.inline.cql
//                                            ^ punctuation.definition.string.end.java
//                                                         ^^^ storage.type.primitive.java

    String block = """
        SELECT id, total
//      ^^^^^^ meta.embedded.inline.cql keyword.other.cql
        FROM orders
//      ^^^^ meta.embedded.inline.cql keyword.other.cql
        """; int later = 1;
//      ^^^ punctuation.definition.string.end.java
//           ^^^ storage.type.primitive.java

    String prose = "Delete it from the list";
//                  ^^^^^^ - meta.embedded.inline.cql
}

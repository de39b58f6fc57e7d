// SYNTAX TEST "source.scala" "interpolators"

val one = cql"DELETE FROM t WHERE k = $k"
//            ^^^^^^ keyword.other.cql
//                                    ^^ constant.other.placeholder.cql
val two = s"SELECT a FROM ${if (x) "t" else "u"} WHERE k = 1"
//          ^^^^^^ keyword.other.cql
//                                          ^^^ meta.interpolation.cql string.quoted.double.scala
//                                               ^^^^^ keyword.other.cql
val three = """
  UPDATE t SET a = 1 WHERE k = 1
//^^^^^^ keyword.other.cql
"""
val four = 4
//         ^ constant.numeric.scala

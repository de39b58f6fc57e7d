// SYNTAX TEST "source.kotlin" "interpolation"

    val one = "SELECT * FROM ${table { f("a") }} WHERE k = ?"
//             ^^^^^^ keyword.other.cql
//                           ^^ punctuation.section.embedded.begin.cql
//                                       ^^^ meta.interpolation.cql string.quoted.double.kotlin
//                                               ^^^^^ keyword.other.cql
    val two = """
        INSERT INTO t (a) VALUES ($a)
//      ^^^^^^ keyword.other.cql
//                                ^^ constant.other.placeholder.cql
    """
    val three = 1
//  ^^^ keyword.hard.kotlin

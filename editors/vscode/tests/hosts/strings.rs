// SYNTAX TEST "source.rust" "strings and raw strings"

const ONE: &str = "INSERT INTO t (a) VALUES (?)";
//                 ^^^^^^ keyword.other.cql
const TWO: &str = r#"SELECT "A" FROM t WHERE k = 1"#;
//                   ^^^^^^ keyword.other.cql
//                          ^^^ variable.other.quoted.cql
//                                     ^^^^^ keyword.other.cql
const THREE: &str = "
    UPDATE t SET a = 1
//  ^^^^^^ keyword.other.cql
    WHERE k = 1";
//  ^^^^^ keyword.other.cql
const FOUR: u8 = 4;
// <----- storage.type.rust

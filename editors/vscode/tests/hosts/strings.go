// SYNTAX TEST "source.go" "strings and raw strings"
package orders

const one = "UPDATE t SET n = n + 1 WHERE k = ?"
//           ^^^^^^ keyword.other.cql
const two = `DELETE FROM t WHERE a = '\'`
//           ^^^^^^ keyword.other.cql
var three = `
    SELECT a
    FROM t
//  ^^^^ keyword.other.cql
`
var four = 4
// <--- keyword.var.go

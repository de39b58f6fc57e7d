// SYNTAX TEST "source.c" "strings"
const char* one = "SELECT a FROM t WHERE k = ?";
//                 ^^^^^^ keyword.other.cql
int two = 2;
// <--- storage.type.built-in.primitive.c

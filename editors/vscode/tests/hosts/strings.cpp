// SYNTAX TEST "source.cpp" "strings and raw strings"
const char* one = "SELECT a FROM t WHERE k = ?";
//                 ^^^^^^ keyword.other.cql
const char* two = R"cql(DELETE FROM t WHERE k = 1)cql";
//                      ^^^^^^ keyword.other.cql
int three = 3;
// <--- storage.type.primitive.cpp

// SYNTAX TEST "source.php" "strings and heredocs"
$one = 'TRUNCATE pages';
//      ^^^^^^^^ keyword.other.cql
$three = <<<CQL
    UPDATE t SET a = 1 WHERE k = {$k['x']} IF EXISTS
//  ^^^^^^ keyword.other.cql
//                                         ^^ keyword.other.cql
CQL;
$four = 4;
//      ^ constant.numeric.decimal.php

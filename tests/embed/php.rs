//! Ways of PHP of putting one statement together.

use super::texts;

/// A source, and what its statement is, as in the other languages.
const WAYS: &[(&str, &str, &str)] = &[
    ("php", "<?php class A { public $t = ''; function f() { q(\"TRUNCATE $this->t\"); } }", "TRUNCATE \"{1}\""),
    ("php", "<?php $q = \"SELECT * FROM $t WHERE k = ?\";", "SELECT * FROM \"{t}\" WHERE k = ?"),
    ("php", "<?php $q = \"SELECT * FROM ${t} WHERE k = {$this->k}\";", "SELECT * FROM \"{t}\" WHERE k = ?"),
    ("php", "<?php $t = 'a'; $q = \"TRUNCATE {$t}\";", "TRUNCATE a"),
    ("php", "<?php class A { const T = 'a'; function f() { q('TRUNCATE '.self::T); } }", "TRUNCATE a"),
    ("php", "<?php class A { private $t = 'a'; function f() { q(\"TRUNCATE $this->t\"); } }", "TRUNCATE a"),
    ("php", "<?php define('T', 'a'); $q = 'TRUNCATE ' . \\T;", "TRUNCATE a"),
    ("php", "<?php $q = \\sprintf('SELECT * FROM %s.%s WHERE k = %d', $ks, T, 1);", "SELECT * FROM \"{ks}\".\"{T}\" WHERE k = ?"),
    ("php", "<?php $q = trim('TRUNCATE a');", "TRUNCATE a"),
    ("php", "<?php $q = 'SELECT * FROM a WHERE v = \\'\\\\d\\'';", "SELECT * FROM a WHERE v = '\\d'"),
    (
        "php",
        "<?php $q = <<<\"CQL\"\n  SELECT *\n    FROM {$a->t}\n  CQL . ' WHERE k = ?';",
        "\n  SELECT *\n    FROM \"{1}\" WHERE k = ?",
    ),
    ("php", "<?php $q = <<<'CQL'\nTRUNCATE \"$t\"\nCQL;", "\nTRUNCATE \"$t\""),
    (
        "php",
        "<?php function f($t) { $q = 'SELECT * FROM '; $q .= $t; $q = $q . ' LIMIT 5'; q($q); }",
        "SELECT * FROM \"{t}\" LIMIT 5",
    ),
    ("php", "<?php $q = 'SELECT ' . implode(', ', ['a', 'b']) . ' FROM t';", "SELECT a, b FROM t"),
    ("php", "<?php $q = 'SELECT * FROM t WHERE k = ' . ($all ? '1' : '2');", "SELECT * FROM t WHERE k = ?"),
];

#[test]
fn statements_are_put_together() {
    let found = WAYS.iter().map(|(ending, source, wanted)| (texts(source, ending), wanted, source));
    let wrong = found.filter(|(found, wanted, _)| found != &[**wanted]);
    let wrong: Vec<_> =
        wrong.map(|(found, wanted, source)| format!("{source}\n    found    {found:?}\n    expected {wanted:?}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

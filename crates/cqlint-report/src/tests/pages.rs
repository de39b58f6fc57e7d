//! The rules' pages in the terminal.

use super::{PLAIN, stripped};
use crate::{Style, page};

#[test]
fn a_page() {
    let markdown = "# a-rule

Do not do *this*: it is `bad`, and it is **very bad**; the sentence goes on until it
has to be wrapped at eighty cells.

## What to do

- Something else, which takes so many words that the item does not fit on one line
  of the terminal.
- See [here](https://example.org).

1. First.

```text
client  -->  server
```

```cql profile=strict
SELECT * FROM t;

UPDATE t SET n = n + 1;  -- warn: [counter-update]
UPDATE a_table_with_a_long_name SET n = n + 1 WHERE k = 1;  -- warn: [counter-update]
```
";
    assert_eq!(
        page(markdown, PLAIN),
        "a-rule

  Do not do this: it is `bad`, and it is very bad; the sentence goes on until it
  has to be wrapped at eighty cells.

What to do

  • Something else, which takes so many words that the item does not fit on one
    line of the terminal.
  • See here (https://example.org).

  1. First.

    client  -->  server

    -- with profile strict
    SELECT * FROM t;

    UPDATE t SET n = n + 1;  -- warn: [counter-update]
    UPDATE a_table_with_a_long_name SET n = n + 1 WHERE k = 1;
      -- warn: [counter-update]
"
    );
}

#[test]
fn every_rule_has_a_readable_page() {
    for rule in cqlint_analysis::RULES {
        let plain = page(rule.docs, PLAIN);
        assert!(!plain.contains('\x1b') && !plain.contains("```") && !plain.contains("##"), "{plain}");
        assert!(plain.starts_with(&format!("{}\n\n  ", rule.name)), "{plain}");
        // The same words; only breaks may differ, since colour takes the place of the quotes around code.
        let coloured = stripped(&page(rule.docs, Style { color: true, ..PLAIN }));
        let words = |text: &str| text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&coloured), words(&plain));
        // Every word of the source is there.
        let source = rule.docs.lines().filter(|line| !line.starts_with("```")).collect::<Vec<_>>().join(" ");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        // What an example is made with stands above it.
        let shown: Vec<_> = plain.lines().filter(|line| !line.trim_start().starts_with("-- with ")).collect();
        assert_eq!(letters(&shown.join(" ")), letters(&source));
    }
}

#[test]
fn nothing_but_examples_is_wider_than_the_terminal() {
    for rule in cqlint_analysis::RULES {
        let text = page(rule.docs, Style { color: false, width: 60 });
        for line in text.lines().filter(|line| !line.starts_with("    ") || line.starts_with("    •")) {
            assert!(line.chars().count() <= 60, "{line}");
        }
    }
}

//! Pictures: where the underline is, and how much is shown.

use cqlint_analysis::{Level, Related};
use unicode_width::UnicodeWidthStr;

use super::{PLAIN, finding, findings, picture, picture_of, report, stripped};
use crate::{Format, Style};

#[test]
fn a_finding() {
    let text = "-- Page views.\nUPDATE views\n   SET n = n + 1\n WHERE page = ?;\nSELECT 1 FROM t;\n";
    assert_eq!(
        picture(text),
        "  ⚠ warn[counter-update] counter `n` is updated: a retry counts twice
   ╭─[app.cql:3:8]
 1 │ -- Page views.
 2 │ UPDATE views
 3 │    SET n = n + 1
   ·        ────┬────
   ·            ╰── adds again each time it is executed
 4 │  WHERE page = ?;
   ╰────
  on a retry: when the answer is lost, nobody knows whether the first attempt
              has counted, and a second one counts again
        help: never mark it idempotent; count by rows with ids that the client
              makes, when the number must be exact
"
    );
}

#[test]
fn findings_stand_in_the_order_of_the_text_whatever_their_order() {
    let out = report(Format::Full, PLAIN, "a b", &[finding(2, 3), finding(0, 1)]);
    assert_eq!(
        out,
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:1]
 1 │ a b
   · ┬
   · ╰── the label
   ╰────

  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:3]
 1 │ a b
   ·   ┬
   ·   ╰── the label
   ╰────
"
    );
}

#[test]
fn carriage_returns_are_no_characters() {
    let text = "SELECT 1\r\nFROM x\r\nWHERE y;\r\n";
    let at = text.find('x').unwrap();
    assert_eq!(
        picture_of(text, at, at + 1),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:2:6]
 1 │ SELECT 1
 2 │ FROM x
   ·      ┬
   ·      ╰── the label
 3 │ WHERE y;
   ╰────
"
    );
    // From the end of a line: the place behind its last character.
    assert!(picture_of(text, 8, 10).contains("1 │ SELECT 1 \n   ·         ▲\n"), "{}", picture_of(text, 8, 10));
}

#[test]
fn tabs_go_to_the_next_stop() {
    assert_eq!(
        picture_of("\ta\tb = b;", 3, 8),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:4]
 1 │     a   b = b;
   ·         ──┬──
   ·           ╰── the label
   ╰────
"
    );
}

#[test]
fn wide_characters_take_two_cells_and_one_column() {
    let text = "a = '日本 🙂', b = 1;";
    let at = text.find("b =").unwrap();
    assert_eq!(
        picture_of(text, at, at + 5),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:13]
 1 │ a = '日本 🙂', b = 1;
   ·                ──┬──
   ·                  ╰── the label
   ╰────
"
    );
}

#[test]
fn places_at_the_end_of_the_file() {
    let behind_a_newline = "  ⚠ warn[counter-update] the message
   ╭─[app.cql:2:1]
 1 │ a
 2 │  
   · ▲
   · ╰── the label
   ╰────
";
    assert_eq!(picture_of("a\n", 2, 2), behind_a_newline);
    assert_eq!(picture_of("a\n", 70, 99), behind_a_newline, "spans that do not fit the text are moved");
    assert!(picture_of("SELECT", 6, 6).contains("1 │ SELECT \n   ·       ▲\n"));
    assert!(picture_of("SELECT 日", 7, 10).contains("1 │ SELECT 日\n   ·        ─┬\n"));
}

#[test]
fn an_empty_file() {
    assert_eq!(
        picture_of("", 0, 0),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:1]
 1 │  
   · ▲
   · ╰── the label
   ╰────
"
    );
    assert_eq!(report(Format::Full, PLAIN, "", &[]), "");
}

#[test]
fn an_unterminated_string() {
    let out = picture("SELECT 1 FROM t;\nUPDATE t SET a = 'b;\nWHERE k = 1;\n");
    assert!(out.starts_with("  ✗ error[syntax-error] this string is never closed\n   ╭─[app.cql:2:18]\n"), "{out}");
    assert!(out.contains("2 │ UPDATE t SET a = 'b;\n"), "{out}");
}

#[test]
fn a_span_over_a_few_lines_has_a_bracket() {
    assert_eq!(
        picture_of("UPDATE t SET a = 1 WHERE k = 1\n  IF b = 1\n AND c = 1;\n", 33, 52),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:2:3]
 1 │     UPDATE t SET a = 1 WHERE k = 1
 2 │ ╭─▶   IF b = 1
 3 │ ├─▶  AND c = 1;
   · ╰──── the label
   ╰────
"
    );
}

#[test]
fn a_span_over_many_lines_shows_its_first() {
    let text = format!("{}IF a\n{};\n", "x,\n".repeat(300), "AND b\n".repeat(300));
    assert_eq!(
        picture_of(&text, 900, text.len() - 2),
        "  ⚠ warn[counter-update] the message
     ╭─[app.cql:301:1]
 299 │ x,
 300 │ x,
 301 │ IF a
     · ──┬─
     ·   ╰── the label (goes on for 300 more lines)
 302 │ AND b
 303 │ AND b
     ╰────
"
    );
}

#[test]
fn a_long_line_is_clipped_around_the_span() {
    let text = format!("INSERT '{}', now(), '{}'", "x".repeat(10_000), "y".repeat(10_000));
    let at = text.find("now").unwrap();
    assert_eq!(
        picture_of(&text, at, at + 5),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:10012]
 1 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', now(), 'yyyyyyyyyyyyyyyyyyyyyyyyyyyy…
   ·                                       ──┬──
   ·                                         ╰── the label
   ╰────
"
    );
    assert_eq!(
        picture_of(&text, 7, at - 2),
        "  ⚠ warn[counter-update] the message
   ╭─[app.cql:1:8]
 1 │ INSERT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
   ·        ──────────────────────────────────┬─────────────────────────────────
   ·                                          ╰── the label
   ╰────
"
    );
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    let line = "INSERT INTO 日本 (a, b, c) VALUES ('🙂', 12, now(), uuid(), 'and a tail that goes on for a while');";
    for width in [40, 60, 80, 100, 120] {
        for start in (0..line.len()).step_by(3) {
            for length in [0, 1, 7, 40, 200] {
                let mut finding = finding(start, start + length);
                finding.message = "a message that is longer than a narrow terminal is wide, and has to be wrapped".to_string();
                finding.label = "a label of some words that may have to be wrapped".to_string();
                finding.help = Some("a remark of some words that may have to be wrapped, too, if it is narrow".to_string());
                let out = report(Format::Full, Style { color: false, width }, line, &[finding]);
                let widest = out.lines().map(UnicodeWidthStr::width).max().unwrap();
                assert!(widest <= width, "{widest} > {width}\n{out}");
            }
        }
    }
}

#[test]
fn colour_changes_nothing_else() {
    let text = "UPDATE t SET n = n + 1 WHERE k = 'a'; -- x\nSELECT FORM;\nINSERT INTO t (a)\nVALUES (now())\nIF NOT EXISTS;\n";
    let findings: Vec<_> = findings(text).into_iter().map(|finding| super::Diagnostic { help: None, ..finding }).collect();
    let plain = report(Format::Full, PLAIN, text, &findings);
    let coloured = report(Format::Full, Style { color: true, ..PLAIN }, text, &findings);
    assert!(!plain.contains('\x1b'));
    assert!(coloured.contains("\x1b[34mUPDATE\x1b"), "{coloured:?}");
    // Colour takes the place of the quotes around code.
    assert_eq!(stripped(&coloured), plain.replace('`', ""));
}

#[test]
fn the_text_cannot_command_the_terminal() {
    let mut finding = finding(2, 3);
    finding.message = "name `\x1b[31m\n`".to_string();
    let out = report(Format::Full, PLAIN, "\x1b[2J \u{202e}x", &[finding]);
    assert!(out.contains("1 │ ␛[2J \u{fffd}x\n"), "{out}");
    assert!(out.contains("name `␛[31m␊`"), "{out}");
}

#[test]
fn related_places_are_named() {
    let mut finding = finding(0, 1);
    finding.level = Level::Error;
    finding.related = vec![Related { span: super::Span::new(4, 5), message: "the other one".to_string() }];
    let out = report(Format::Full, PLAIN, "a\nb c", &[finding]);
    assert!(out.ends_with("   ╰────\n         see: app.cql:2:3 the other one\n"), "{out}");
}

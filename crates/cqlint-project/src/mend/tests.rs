//! Only what an edit names changes, in whatever order the findings come, and every place is found again.

use cqlint_analysis::{Level, Safety, rule};
use proptest::prelude::*;

use super::*;

fn edit(start: u32, end: u32, text: &str) -> Edit {
    Edit { span: Span::new(start, end), text: text.to_owned() }
}

fn finding(edits: &[Edit]) -> Diagnostic {
    Diagnostic {
        rule: rule("missing-mark").unwrap(),
        level: Level::Note,
        message: String::new(),
        span: Span::default(),
        subject: None,
        label: String::new(),
        related: Vec::new(),
        note: None,
        help: None,
        fix: Some(Fix { message: "mend it".to_owned(), edits: edits.to_vec(), safety: Safety::Safe }),
    }
}

/// What becomes of a text, and which of the fixes are made.
fn mended(text: &str, fixes: &[&[Edit]]) -> Option<(String, Vec<bool>)> {
    let findings: Vec<_> = fixes.iter().map(|edits| finding(edits)).collect();
    Mended::new(text, &findings, Safety::Safe).map(|mended| (mended.text, mended.is_mended))
}

#[test]
fn fixes_are_made_at_once() {
    let text = "a.run(x);\r\nb.run(y);\r\n";
    let found = mended(text, &[&[edit(17, 18, "z"), edit(20, 20, "// odd")], &[edit(8, 8, ".mark()")]]);
    assert_eq!(found, Some(("a.run(x).mark();\r\nb.run(z);// odd\r\n".to_owned(), vec![true, true])));
}

#[test]
fn the_same_fix_is_made_once() {
    let mark = [edit(3, 3, "!")];
    assert_eq!(mended("run()", &[&mark, &mark, &mark]), Some(("run!()".to_owned(), vec![true; 3])));
}

#[test]
fn fixes_that_touch_are_not_made_together() {
    let wrap = |start, end| [edit(start, start, "("), edit(end, end, ")")];
    // The same bracket at the end would close only one of them.
    assert_eq!(mended("abcd", &[&wrap(2, 4), &wrap(0, 4)]), Some(("(abcd)".to_owned(), vec![false, true])));
    assert_eq!(mended("abcd", &[&[edit(1, 3, "x")], &[edit(3, 4, "y")]]), Some(("axd".to_owned(), vec![true, false])));
    assert_eq!(mended("abcd", &[&[edit(1, 1, "x")], &[edit(1, 1, "y")]]), Some(("axbcd".to_owned(), vec![true, false])));
}

#[test]
fn what_does_not_fit_the_text_is_not_made() {
    let wrong: [&[Edit]; 5] =
        [&[], &[edit(3, 9, "x")], &[edit(2, 3, "x")], &[edit(3, 1, "x")], &[edit(3, 3, "x"), edit(1, 1, "x")]];
    assert_eq!(mended("a日b", &wrong), None);
    assert_eq!(mended("a日b", &[&[edit(1, 4, "")], &[edit(2, 3, "x")]]), Some(("ab".to_owned(), vec![true, false])));
}

#[test]
fn places_move_with_the_text() {
    // `abcdef` becomes `abXXcf!`.
    let mended = Mended::new("abcdef", &[finding(&[edit(2, 2, "XX"), edit(3, 5, ""), edit(6, 6, "!")])], Safety::Safe).unwrap();
    assert_eq!(mended.text, "abXXcf!");
    let moved = |start, end| mended.moved(Span::new(start, end)).text(&mended.text);
    assert_eq!((moved(0, 1), moved(0, 2), moved(0, 3), moved(2, 3)), ("a", "ab", "abXXc", "c"));
    assert_eq!((moved(3, 5), moved(5, 6), moved(4, 6), moved(0, 6)), ("", "f", "f", "abXXcf"));
}

#[test]
fn a_file_is_mended_and_what_remains_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("a.cql");
    std::fs::write(&location, "a; b;").unwrap();
    let remaining = Diagnostic { span: Span::new(3, 4), fix: None, ..finding(&[]) };
    let touching = Diagnostic { span: Span::new(0, 1), ..finding(&[edit(1, 1, "?")]) };
    let mut file = Checked { location, text: "a; b;".to_owned(), ..Checked::default() };
    for found in [finding(&[edit(1, 1, "!")]), touching, remaining] {
        file.tally.finding(&found);
        file.findings.push(found);
    }
    assert_eq!((file.tally.notes, file.tally.fixable), (3, 2));
    assert_eq!(file.mend(Safety::Safe), Ok(1));
    assert_eq!(std::fs::read_to_string(&file.location).unwrap(), "a!; b;");
    let places: Vec<_> = file.findings.iter().map(|finding| finding.span.text(&file.text)).collect();
    assert_eq!(places, ["a", "b"]);
    assert_eq!((file.tally.notes, file.tally.fixable, file.tally.by_rule.get("missing-mark")), (2, 0, Some(&2)));
    assert_eq!(file.mend(Safety::Safe), Ok(0));

    let only_schema = Checked { only_schema: true, findings: vec![finding(&[edit(1, 1, "!")])], ..file };
    assert_eq!(only_schema.mended(Safety::Unsafe), None);
}

#[test]
fn what_is_unsafe_is_made_when_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("a.cql");
    std::fs::write(&location, "a; b; c;").unwrap();
    let bold = |edits: &[Edit]| {
        let mut found = finding(edits);
        found.fix = found.fix.map(|fix| Fix { safety: Safety::Unsafe, ..fix });
        found
    };
    let mut file = Checked { location, text: "a; b; c;".to_owned(), ..Checked::default() };
    for found in [finding(&[edit(1, 1, "!!")]), bold(&[edit(2, 2, "?")]), bold(&[edit(1, 2, "?")])] {
        file.tally.finding(&found);
        file.findings.push(found);
    }
    assert_eq!((file.tally.fixable, file.tally.unsafe_fixable), (1, 2));
    assert_eq!(file.mend(Safety::Safe), Ok(1));
    // One of the others is where it stands now; the other touches what was changed.
    assert_eq!((file.text.as_str(), file.tally.fixable, file.tally.unsafe_fixable), ("a!!; b; c;", 0, 1));
    assert_eq!(file.mend(Safety::Unsafe), Ok(1));
    assert_eq!((file.text.as_str(), file.tally.unsafe_fixable), ("a!!;? b; c;", 0));
}

fn fixes() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let one = (0u32..30, 0u32..4, "[x-z]{0,3}").prop_map(|(start, length, text)| edit(start, start + length, &text));
    prop::collection::vec(prop::collection::vec(one, 1..3), 0..8)
}

proptest! {
    #[test]
    fn only_what_is_named_changes(text in "[a-e日\r\n]{0,24}", fixes in fixes(), turn in 0usize..8) {
        let findings: Vec<_> = fixes.iter().map(|edits| finding(edits)).collect();
        let Some(mended) = Mended::new(&text, &findings, Safety::Safe) else {
            // Nothing fits.
            let fits = |edits: &Vec<Edit>| edits.len() == 1 && edits.iter().all(|edit| text.get(edit.span.range()).is_some());
            prop_assert!(!fixes.iter().any(fits));
            return Ok(());
        };
        // Whole characters outside of the edits are found again where they are said to be.
        for (at, character) in text.char_indices() {
            let place = Span::new(at as u32, (at + character.len_utf8()) as u32);
            let touches = |change: &Change| change.old.start < place.end && place.start < change.old.end;
            if !mended.changes.iter().any(touches) {
                prop_assert_eq!(mended.moved(place).text(&mended.text), place.text(&text));
            }
        }
        let grown: i64 = fixes
            .iter()
            .zip(&mended.is_mended)
            .filter(|(_, is_mended)| **is_mended)
            .flat_map(|(edits, _)| edits.iter().map(|edit| (edit.span, &edit.text)))
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .map(|(span, new)| new.len() as i64 - i64::from(span.end - span.start))
            .sum();
        prop_assert_eq!(mended.text.len() as i64, text.len() as i64 + grown);
        // The order of the findings does not matter.
        let mut turned = findings.clone();
        turned.rotate_left(turn % findings.len().max(1));
        turned.reverse();
        let again = Mended::new(&text, &turned, Safety::Safe).map(|again| (again.text.clone(), again.count()));
        prop_assert_eq!(again, Some((mended.text.clone(), mended.count())));
    }
}

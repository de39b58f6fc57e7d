//! Fixes prove themselves: what they leave parses, their rule has no more to say there, and all that are safe can be made at once.
//!
//! The statements are those of the corpus, of the forms and of the pages of the rules, under each profile; those in programs are
//! the matrix of `embed/`.

use std::fs;
use std::path::Path;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{
    Analyzer, Diagnostic, Fix, Level, Levels, Options, Profile, RULES, Safety, Schema, StatementAnalysis, Verdict,
};
use cqlint_project::Mended;

use crate::{rules, semantics};

mod pairs;
mod programs;

/// All rules, also those that are off by themselves.
fn levels() -> Levels {
    let mut levels = Levels::default();
    for rule in RULES.iter().filter(|rule| rule.level == Level::Off) {
        assert!(levels.set(rule.name, Level::Note));
    }
    levels
}

/// A text, and the schema that it is read with.
struct Sample {
    name: String,
    text: String,
    schema: Schema,
}

fn samples() -> Vec<Sample> {
    let forms = Schema::from_text(include_str!("semantics/schema.cql"));
    let form =
        |form: semantics::Form| Sample { name: format!("forms.md:{}", form.line), text: form.statement, schema: forms.clone() };
    let mut samples: Vec<_> = semantics::forms().into_iter().map(form).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/accepted");
    for entry in fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a readable file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        samples.push(Sample { name, schema: Schema::from_text(&text), text });
    }
    for rule in RULES {
        let fences = rules::fences(rule.docs).into_iter().filter(|fence| fence.info.first() == Some(&"cql")).collect::<Vec<_>>();
        let schema =
            fences.iter().filter(|fence| fence.info.contains(&"schema")).map(|fence| fence.text.as_str()).collect::<String>();
        for fence in fences {
            let schema = Schema::from_text(&format!("{schema}{}", fence.text));
            samples.push(Sample { name: format!("{}.md:{}", rule.name, fence.line), text: fence.text, schema });
        }
    }
    samples
}

/// What is known of a text.
struct Known {
    statements: Vec<StatementAnalysis>,
    findings: Vec<Diagnostic>,
}

impl Known {
    fn of(text: &str, options: &Options<'_>) -> Self {
        let statements: Vec<_> = Analyzer::new(options.dialects).statements(text, options).collect();
        let findings = statements.iter().flat_map(|statement| statement.diagnostics(text, options)).collect();
        Self { statements, findings }
    }

    fn errors(&self) -> usize {
        self.statements.iter().map(|statement| statement.errors.len()).sum()
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.statements.iter().map(|statement| statement.verdict).collect()
    }

    fn fixes(&self, safety: Safety) -> Vec<&Fix> {
        self.findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safety <= safety).collect()
    }

    /// How often the rule still has something to say that the fix was for.
    fn said(&self, mended: &Diagnostic, profile: Profile) -> usize {
        // Under other profiles a schema change is told of even where it can be run again.
        let may_stay = mended.rule.name == "schema-change" && profile.name != "state";
        self.findings.iter().filter(|finding| finding.rule == mended.rule && (!may_stay || finding.fix.is_some())).count()
    }
}

/// Every way in which a sample is read: each profile, two dialects, two ends of lines.
fn each(mut read: impl FnMut(&str, &str, &Options<'_>)) {
    let levels = levels();
    for Sample { name, text, schema } in samples() {
        for profile in [Profile::DRIVER, Profile::STRICT, Profile::STATE] {
            for dialects in [Dialects::ALL, Dialects::CASSANDRA_5_0] {
                for text in [text.clone(), text.replace('\n', "\r\n")] {
                    let options = Options { profile, dialects, schema: Some(&schema), levels: Some(&levels), ..Options::default() };
                    read(&name, &text, &options);
                }
            }
        }
    }
}

#[test]
fn each_fix_alone_mends_what_it_is_for() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    each(|name, text, options| {
        let before = Known::of(text, options);
        for finding in before.findings.iter().filter(|finding| finding.fix.is_some()) {
            count += 1;
            let mut tell = |what: &str, after: &str| wrong.push(format!("{name} {}: {what}\n{after}", finding.rule.name));
            let Some(mended) = Mended::new(text, std::slice::from_ref(finding), Safety::Unsafe) else {
                tell("the edits do not fit", text);
                continue;
            };
            let after = Known::of(&mended.text, options);
            if after.errors() > before.errors() {
                tell("it no longer parses", &mended.text);
            }
            if after.said(finding, options.profile) >= before.said(finding, options.profile) {
                tell("it is still told", &mended.text);
            }
            if after.statements.len() == before.statements.len()
                && before.verdicts().into_iter().zip(after.verdicts()).any(|(before, after)| after > before)
            {
                tell("the verdict is worse", &mended.text);
            }
        }
    });
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 1000, "the samples have lost fixes: {count}");
}

#[test]
fn all_that_are_safe_are_made_at_once() {
    let mut wrong = Vec::new();
    each(|name, text, options| {
        let before = Known::of(text, options);
        let Some(mended) = Mended::new(text, &before.findings, Safety::Safe) else { return };
        let after = Known::of(&mended.text, options);
        let is_done = after.fixes(Safety::Safe).is_empty();
        let is_kept = before.verdicts().len() == after.verdicts().len();
        let is_worse = before.verdicts().into_iter().zip(after.verdicts()).any(|(before, after)| after > before);
        if !is_done || !is_kept || is_worse || after.errors() > before.errors() {
            wrong.push(format!("{name}: done {is_done}, kept {is_kept}, worse {is_worse}\n{}", mended.text));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fixes that touch each other are made one after the other, and that ends.
#[test]
fn all_fixes_come_to_an_end() {
    let mut wrong = Vec::new();
    each(|name, text, options| {
        let errors = Known::of(text, options).errors();
        let mut text = text.to_owned();
        for _ in 0..8 {
            let known = Known::of(&text, options);
            match Mended::new(&text, &known.findings, Safety::Unsafe) {
                Some(mended) => text = mended.text,
                None => {
                    if known.errors() > errors {
                        wrong.push(format!("{name}: it no longer parses\n{text}"));
                    }
                    return;
                }
            }
        }
        wrong.push(format!("{name}: there is always more\n{text}"));
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

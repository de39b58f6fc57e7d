//! What can be done about a finding: mend it, allow it, read about it.
//!
//! An action names its finding by document, version, place and rule. The change is worked out from these, also when a client asks
//! for it only after a person has chosen: nothing hangs on what clients keep beside a diagnostic.

use std::collections::BTreeSet;
use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Edit, Safety};
use cqlint_project::{Mended, Reach};
use lsp_server::ErrorCode;
use lsp_types as lsp;
use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand};
use serde::{Deserialize, Serialize};

use crate::commands::OPEN_RULE;
use crate::position::Lines;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::to_proto;

/// Mends all that can be mended without asking.
pub(crate) const FIX_ALL: &str = "source.fixAll.cqlint";

/// What a comment that an editor puts in says first: the author knows the reason.
const REASON: &str = "TODO: say why";

/// A change that can be worked out at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deed {
    uri: lsp::Uri,
    version: Option<i32>,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum What {
    Fix { rule: String, start: u32, end: u32 },
    Allow { rule: String, start: u32, end: u32 },
    AllowInFile { rule: String, start: u32, end: u32 },
    FixAll,
}

/// What can be done at a place.
pub(crate) fn actions(session: &mut Session, params: &lsp::CodeActionParams) -> Option<lsp::CodeActionResponse> {
    let uri = &params.text_document.uri;
    let path = session.path(uri);
    let checked = session.checked(&path)?;
    let checked = checked.as_ref().as_ref().ok()?;
    let document = session.document(&path)?;
    let version = Some(document.version);
    let lines = Lines::known(document.text(), document.index(), session.client.encoding);
    let place = lines.span(params.range);
    let wants = |kind: &CodeActionKind| {
        let is_above = |only: &CodeActionKind| {
            kind.as_str().strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        params.context.only.as_ref().is_none_or(|only| only.iter().any(is_above))
    };
    let deed = |what: What| Deed { uri: uri.clone(), version, what };
    let mut found: Vec<(CodeAction, Option<Deed>)> = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let touched = |finding: &&Diagnostic| finding.span.start <= place.end && place.start <= finding.span.end;
        let findings: Vec<&Diagnostic> = checked.findings.iter().filter(touched).collect();
        let told = |finding: &Diagnostic| to_proto::diagnostic(finding, &lines, uri, &session.client);
        for finding in &findings {
            let Some(fix) = &finding.fix else { continue };
            let is_safe = fix.safety == Safety::Safe;
            let title =
                if is_safe { capital(&fix.message) } else { format!("{} (unsafe: see what follows)", capital(&fix.message)) };
            let (rule, Span { start, end }) = (finding.rule.name.to_owned(), finding.span);
            found.push((
                CodeAction { is_preferred: Some(is_safe), ..quick_fix(title, told(finding)) },
                Some(deed(What::Fix { rule, start, end })),
            ));
        }
        for finding in &findings {
            let (name, Span { start, end }) = (finding.rule.name, finding.span);
            if finding.rule.group == "suppressions" {
                continue;
            }
            let here = What::Allow { rule: name.to_owned(), start, end };
            found.push((quick_fix(format!("Allow {name} here"), told(finding)), Some(deed(here))));
            let in_file = What::AllowInFile { rule: name.to_owned(), start, end };
            found.push((quick_fix(format!("Allow {name} in this file"), told(finding)), Some(deed(in_file))));
        }
        // It mends nothing, so it is no quick fix: editors list it behind those.
        let rules: BTreeSet<&str> = match params.context.only {
            Some(_) => BTreeSet::new(),
            None => findings.iter().map(|finding| finding.rule.name).collect(),
        };
        for rule in rules {
            let title = format!("Show the page of {rule}");
            let command = lsp::Command { title: title.clone(), command: OPEN_RULE.to_owned(), arguments: Some(vec![rule.into()]) };
            found.push((CodeAction { title, command: Some(command), ..CodeAction::default() }, None));
        }
    }
    let fix_all = CodeActionKind::new(FIX_ALL);
    if wants(&fix_all) && checked.mended(Safety::Safe).is_some() {
        let title = "Mend all that cqlint can mend".to_owned();
        found.push((CodeAction { title, kind: Some(fix_all), ..CodeAction::default() }, Some(deed(What::FixAll))));
    }
    let is_late = session.client.resolves_edits;
    let mut answer = Vec::new();
    for (mut action, deed) in found {
        match deed {
            Some(deed) if is_late => action.data = serde_json::to_value(deed).ok(),
            Some(deed) => match change(session, &deed) {
                Ok(edit) => action.edit = Some(edit),
                // Where no comment can stand, none is offered.
                Err(_) => continue,
            },
            None => {}
        }
        answer.push(CodeActionOrCommand::CodeAction(action));
    }
    Some(answer)
}

/// Works out the change of an action that a person has chosen.
pub(crate) fn resolve(session: &mut Session, mut action: CodeAction) -> Result<CodeAction, Refusal> {
    let deed = action.data.as_ref().and_then(|data| serde_json::from_value::<Deed>(data.clone()).ok());
    if let Some(deed) = deed.filter(|_| action.edit.is_none()) {
        action.edit = Some(change(session, &deed)?);
    }
    Ok(action)
}

fn quick_fix(title: String, diagnostic: lsp::Diagnostic) -> CodeAction {
    CodeAction { title, kind: Some(CodeActionKind::QUICKFIX), diagnostics: Some(vec![diagnostic]), ..CodeAction::default() }
}

fn change(session: &mut Session, deed: &Deed) -> Result<lsp::WorkspaceEdit, Refusal> {
    let path = session.path(&deed.uri);
    let is_now = session.document(&path).is_some_and(|document| deed.version.is_none_or(|version| version == document.version));
    if !is_now {
        return Err(Refusal { code: ErrorCode::ContentModified, message: "the text has changed since".to_owned() });
    }
    let gone = || Refusal::failed("there is nothing of the kind any more");
    let checked = session.checked(&path).ok_or_else(gone)?;
    let checked = checked.as_ref().as_ref().map_err(|problem| Refusal::failed(problem.to_string()))?;
    let finding = |rule: &str, start: u32, end: u32| {
        let is_meant = |finding: &&Diagnostic| finding.rule.name == rule && finding.span == Span::new(start, end);
        checked.findings.iter().find(is_meant).ok_or_else(gone)
    };
    let edits: Vec<Edit> = match &deed.what {
        What::Fix { rule, start, end } => {
            finding(rule, *start, *end)?.fix.as_ref().map(|fix| fix.edits.clone()).ok_or_else(gone)?
        }
        What::Allow { rule, start, end } => allow(session, &path, finding(rule, *start, *end)?, Reach::Statement)?,
        What::AllowInFile { rule, start, end } => allow(session, &path, finding(rule, *start, *end)?, Reach::File)?,
        What::FixAll => checked.mended(Safety::Safe).as_ref().map(|mended| Mended::edits(mended).collect()).ok_or_else(gone)?,
    };
    let document = session.document(&path).ok_or_else(gone)?;
    let lines = Lines::known(document.text(), document.index(), session.client.encoding);
    let edits = to_proto::edits(&edits, &lines);
    Ok(to_proto::workspace_edit([(deed.uri.clone(), Some(document.version), edits)], &session.client))
}

fn allow(session: &mut Session, path: &Path, finding: &Diagnostic, reach: Reach) -> Result<Vec<Edit>, Refusal> {
    let fix = session.workspace().and_then(|workspace| workspace.allow(path, finding, reach, REASON));
    fix.map(|fix| fix.edits).ok_or_else(|| Refusal::failed("no comment can stand there"))
}

/// The first letter as a title has it.
fn capital(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

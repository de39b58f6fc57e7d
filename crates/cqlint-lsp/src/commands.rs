//! Commands that actions name: the page of a rule, in the editor.

use std::fs;
use std::path::PathBuf;

use lsp_types as lsp;
use lsp_types::notification::ShowMessage;
use lsp_types::request::ShowDocument;
use serde_json::Value;

use crate::outgoing::Asked;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::uri;

/// Shows the page of the rule that it is given.
pub(crate) const OPEN_RULE: &str = "cqlint.openRule";

/// Carries out a command.
pub(crate) fn execute(session: &mut Session, params: lsp::ExecuteCommandParams) -> Result<Option<Value>, Refusal> {
    if params.command != OPEN_RULE {
        return Err(Refusal::failed(format!("there is no command `{}`", params.command)));
    }
    let name = params.arguments.first().and_then(|said| said.as_str().or_else(|| said.get("rule")?.as_str()));
    let rule = name.and_then(cqlint_analysis::rule);
    let rule = rule.ok_or_else(|| Refusal::failed(format!("`{OPEN_RULE}` takes the name of a rule: see `cqlint rules`")))?;
    if session.client.shows_documents {
        let page = page(rule).map_err(|error| Refusal::failed(format!("the page of {} cannot be written: {error}", rule.name)))?;
        let params = lsp::ShowDocumentParams { uri: page, external: Some(false), take_focus: Some(true), selection: None };
        session.outgoing.ask::<ShowDocument>(params, Asked::Other);
    } else {
        let message = format!("{}: {} (see `cqlint explain {}`)", rule.name, rule.summary, rule.name);
        session.outgoing.notify::<ShowMessage>(lsp::ShowMessageParams { typ: lsp::MessageType::INFO, message });
    }
    Ok(None)
}

/// The page in a file, so that every editor can show it, also without a network.
fn page(rule: &cqlint_analysis::Rule) -> std::io::Result<lsp::Uri> {
    let folder: PathBuf = std::env::temp_dir().join(concat!("cqlint-", env!("CARGO_PKG_VERSION"))).join("rules");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}.md", rule.name));
    if fs::read(&path).ok().as_deref() != Some(rule.docs.as_bytes()) {
        fs::write(&path, rule.docs)?;
    }
    uri::of(&path).ok_or_else(|| std::io::Error::other("its path is no Unicode"))
}

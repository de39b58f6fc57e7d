//! `cqlint lsp`: the language server, with the same files, settings and flags as the command.

use cqlint_embed::Language;
use cqlint_lsp::{Configuration, Ended, Start, serve_stdio};
use cqlint_project::{ENDINGS, Ignoring};

use crate::arguments::Lsp;
use crate::embedded::Embedded;
use crate::exit::Exit;
use crate::flags::exclude;

pub(crate) fn run(arguments: &Lsp) -> Exit {
    let flags = &arguments.decision.flags;
    let mut settings = flags.settings();
    settings.extend(exclude(&arguments.exclude));
    let ended = serve_stdio(Start {
        settings,
        configuration: flags.configuration(),
        schema: arguments.decision.schema.clone(),
        ignoring: if arguments.no_ignore { Ignoring::Disregarded } else { Ignoring::Honoured },
        ..start()
    });
    match ended {
        Ended::Asked => Exit::Clean,
        // As the protocol wants it.
        Ended::Gone => Exit::Findings,
    }
}

/// How the language server starts without any flag.
#[must_use]
pub fn start() -> Start {
    Start {
        hosts: &Embedded,
        endings: ENDINGS.into_iter().chain(Language::endings()).map(str::to_owned).collect(),
        settings: Vec::new(),
        configuration: Configuration::Closest,
        schema: Vec::new(),
        ignoring: Ignoring::Honoured,
    }
}

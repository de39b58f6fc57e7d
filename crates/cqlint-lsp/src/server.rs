//! The loop: messages come in, each is answered in its turn, and what can wait is done when none is left.

use std::collections::VecDeque;
use std::path::PathBuf;

use crossbeam_channel::select;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{Cancel, Exit, Initialized, Notification as _};
use lsp_types::request::{Initialize, Request as _, Shutdown};
use lsp_types::{CancelParams, InitializeParams, InitializeResult, NumberOrString, ServerInfo};

use crate::capabilities::capabilities;
use crate::client::Client;
use crate::loading::Start;
use crate::outgoing::Outgoing;
use crate::session::Session;
use crate::settings::Settings;
use crate::{notifications, requests, uri};

/// How a client has ended the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It has asked for the end, and then ended.
    Asked,
    /// It has gone.
    Gone,
}

/// Serves a client until it ends the conversation or goes.
///
/// No message ends the server, whatever it says: one that is out of order is answered with an error or passed over.
#[must_use]
pub fn serve(connection: &Connection, start: Start) -> Ended {
    let mut outgoing = Outgoing::new(connection.sender.clone());
    let params = match initialize(connection, &mut outgoing) {
        Ok(params) => params,
        Err(ended) => return ended,
    };
    let client = Client::new(&params);
    let settings = params.initialization_options.as_ref().map(Settings::read).unwrap_or_default();
    let mut session = Session::new(client, outgoing, settings, folders(&params), start);
    session.load();
    let reports = session.reports();
    let mut server = Server { session, inbox: VecDeque::new(), parked: Vec::new(), is_ending: false };
    loop {
        server.inbox.extend(connection.receiver.try_iter());
        server.withdraw();
        reports.try_iter().for_each(|report| server.hear(report));
        if let Some(message) = server.inbox.pop_front() {
            match server.message(message) {
                Some(ended) => return ended,
                None => continue,
            }
        }
        server.session.tell();
        select! {
            recv(connection.receiver) -> message => match message {
                Ok(message) => server.inbox.push_back(message),
                Err(_) => return Ended::Gone,
            },
            recv(reports) -> report => report.into_iter().for_each(|report| server.hear(report)),
            default(server.session.patience()) => server.session.idle(),
        }
    }
}

struct Server {
    session: Session,
    /// What has arrived and is not answered yet.
    inbox: VecDeque<Message>,
    /// Requests that wait until the workspace is loaded.
    parked: Vec<Request>,
    /// The client has asked for the end.
    is_ending: bool,
}

impl Server {
    /// Answers one message. The answer is how the conversation has ended, if it has.
    fn message(&mut self, message: Message) -> Option<Ended> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) if notification.method == Exit::METHOD => {
                return Some(if self.is_ending { Ended::Asked } else { Ended::Gone });
            }
            Message::Notification(notification) if notification.method == Initialized::METHOD => self.session.begin(),
            Message::Notification(notification) => notifications::take_in(&mut self.session, notification),
            Message::Response(response) => notifications::answered(&mut self.session, response),
        }
        None
    }

    fn request(&mut self, request: Request) {
        let refusal = match request.method.as_str() {
            Initialize::METHOD => Some("the server is initialized already"),
            _ if self.is_ending => Some("the server is shutting down"),
            _ => None,
        };
        let response = match refusal {
            Some(refusal) => Response::new_err(request.id, ErrorCode::InvalidRequest as i32, refusal.to_owned()),
            None if request.method == Shutdown::METHOD => {
                self.is_ending = true;
                Response::new_ok(request.id, ())
            }
            None if !self.session.is_loaded() && requests::needs_workspace(&request.method) => {
                self.parked.push(request);
                return;
            }
            None => requests::answer(&mut self.session, request),
        };
        self.session.outgoing.respond(response);
    }

    /// Takes in what the background tells; once the workspace is there, what waited for it is answered first.
    fn hear(&mut self, report: crate::loading::Report) {
        self.session.hear(report);
        if self.session.is_loaded() {
            for request in self.parked.drain(..).rev() {
                self.inbox.push_front(request.into());
            }
        }
    }

    /// Answers requests that the client has withdrawn before their turn came.
    fn withdraw(&mut self) {
        let withdrawn: Vec<RequestId> = self.inbox.iter().filter_map(withdrawn).collect();
        for id in withdrawn {
            let is_meant = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
            let waiting = self.inbox.iter().position(is_meant).map(|at| self.inbox.remove(at).is_some());
            let parked = self.parked.iter().position(|request| request.id == id).map(|at| self.parked.remove(at));
            if waiting.is_some() || parked.is_some() {
                let message = "withdrawn by the client".to_owned();
                self.session.outgoing.respond(Response::new_err(id, ErrorCode::RequestCanceled as i32, message));
            }
        }
        // What came too late is passed over.
        self.inbox.retain(|message| withdrawn_by(message).is_none());
    }
}

fn withdrawn(message: &Message) -> Option<RequestId> {
    withdrawn_by(message).and_then(|notification| {
        let params: CancelParams = serde_json::from_value(notification.params.clone()).ok()?;
        Some(match params.id {
            NumberOrString::Number(id) => RequestId::from(id),
            NumberOrString::String(id) => RequestId::from(id),
        })
    })
}

fn withdrawn_by(message: &Message) -> Option<&Notification> {
    match message {
        Message::Notification(notification) if notification.method == Cancel::METHOD => Some(notification),
        _ => None,
    }
}

/// Waits for the first request, and answers it.
fn initialize(connection: &Connection, outgoing: &mut Outgoing) -> Result<InitializeParams, Ended> {
    for message in &connection.receiver {
        let request = match message {
            Message::Request(request) => request,
            Message::Notification(notification) if notification.method == Exit::METHOD => return Err(Ended::Gone),
            Message::Notification(_) | Message::Response(_) => continue,
        };
        if request.method != Initialize::METHOD {
            let message = "the first request is `initialize`".to_owned();
            outgoing.respond(Response::new_err(request.id, ErrorCode::ServerNotInitialized as i32, message));
            continue;
        }
        match serde_json::from_value::<InitializeParams>(request.params) {
            Ok(params) => {
                let result = InitializeResult {
                    capabilities: capabilities(&Client::new(&params)),
                    server_info: Some(ServerInfo {
                        name: "cqlint".to_owned(),
                        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                    }),
                };
                outgoing.respond(Response::new_ok(request.id, result));
                return Ok(params);
            }
            Err(error) => {
                let message = format!("what `initialize` says is not understood: {error}");
                outgoing.respond(Response::new_err(request.id, ErrorCode::InvalidParams as i32, message));
            }
        }
    }
    Err(Ended::Gone)
}

/// The folders that are open, whichever way the client says so.
#[expect(deprecated, reason = "older clients say it only so")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders: Vec<_> = params.workspace_folders.iter().flatten().filter_map(|folder| uri::path(&folder.uri)).collect();
    if !folders.is_empty() {
        return folders;
    }
    let root = params.root_uri.as_ref().and_then(uri::path);
    root.or_else(|| params.root_path.as_ref().map(PathBuf::from)).into_iter().collect()
}

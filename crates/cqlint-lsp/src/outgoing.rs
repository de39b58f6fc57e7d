//! What the server says to the client, and what it has asked.

use std::collections::HashMap;

use crossbeam_channel::Sender;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::{notification, request};

/// The way to the client.
pub(crate) struct Outgoing {
    sender: Sender<Message>,
    next: i32,
    asked: HashMap<RequestId, Asked>,
}

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// What a person has set.
    Settings,
    /// Something whose answer changes nothing.
    Other,
}

impl Outgoing {
    pub(crate) fn new(sender: Sender<Message>) -> Self {
        Self { sender, next: 0, asked: HashMap::new() }
    }

    /// Tells something. A client that is gone hears nothing any more, and its end is noticed where messages come in.
    pub(crate) fn notify<N: notification::Notification>(&self, params: N::Params) {
        let _ = self.sender.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    /// Answers.
    pub(crate) fn respond(&self, response: Response) {
        let _ = self.sender.send(response.into());
    }

    /// Asks.
    pub(crate) fn ask<R: request::Request>(&mut self, params: R::Params, asked: Asked) {
        let id = RequestId::from(self.next);
        self.next = self.next.wrapping_add(1);
        self.asked.insert(id.clone(), asked);
        let _ = self.sender.send(Request::new(id, R::METHOD.to_owned(), params).into());
    }

    /// What an answer is about; nothing when nobody has asked.
    pub(crate) fn answered(&mut self, response: &Response) -> Option<Asked> {
        self.asked.remove(&response.id)
    }
}

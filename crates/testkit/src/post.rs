//! Mail without a network: what arrives is handed in, what leaves is kept in a bag.

use std::collections::VecDeque;

use desk::inboxes::{Outgoing, Protection, Server, SigningIn};
use desk::outbox::Courier;
use desk::receive_mail::{self, Raw};
use domain::event::Actor;
use domain::id::{InboxId, ServiceId, UnitId};
use mail::parse::{self, Message};
use mail::smtp::{Envelope, Outcome, Why};
use store::mail::{Mail, Source};

use crate::TestDesk;
use crate::letters::alone;

/// A mail that left.
#[derive(Debug, Clone)]
pub struct Left {
    pub to: Vec<String>,
    pub from: Option<String>,
    pub raw: String,
    pub message: Message,
}

/// Takes every mail, unless it was told to answer otherwise.
#[derive(Debug, Default)]
pub struct Bag {
    pub left: Vec<Left>,
    /// Everything that it was handed, whatever it answered.
    pub handed: Vec<(Envelope, String)>,
    /// The next answers.
    pub answers: VecDeque<Outcome>,
    /// The answer afterwards; without one every mail is taken.
    pub usual: Option<Outcome>,
}

impl Courier for Bag {
    async fn send(&mut self, _: InboxId, envelope: &Envelope, bytes: &[u8]) -> Outcome {
        self.handed.push((envelope.clone(), String::from_utf8_lossy(bytes).into_owned()));
        let outcome = self.answers.pop_front().or_else(|| self.usual.clone());
        let outcome = outcome.unwrap_or(Outcome::Delivered { words: "250 taken".into() });
        if matches!(outcome, Outcome::Delivered { .. } | Outcome::Unknown { .. }) {
            self.left.push(Left {
                to: envelope.to.clone(),
                from: envelope.from.clone(),
                raw: String::from_utf8_lossy(bytes).into_owned(),
                message: parse::message(bytes, &mail::Limits::default()).expect("a mail that can be read"),
            });
        }
        outcome
    }
}

/// A server's refusal in its own words.
#[must_use]
pub fn said(code: u16, words: &str) -> Why {
    Why::Said { code, words: words.to_owned() }
}

impl Left {
    /// The mail with which its recipient answers it.
    #[must_use]
    pub fn answered(&self, body: &str) -> String {
        let to = self.message.reply_to.first().or(self.message.from.first()).expect("an address to answer");
        format!(
            "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <answer-{stamp}@example.net>\r\n\
             In-Reply-To: {id}\r\nReferences: {id}\r\n\r\n{body}\r\n",
            from = self.to[0],
            to = to.address,
            subject = self.message.subject.as_deref().unwrap_or_default(),
            id = self.message.message_id.as_deref().unwrap_or_default(),
            stamp = body.len(),
        )
    }
}

impl TestDesk {
    /// An inbox that can send, for a service of its unit.
    pub fn posts(&self, address: &str, place: (UnitId, ServiceId)) -> InboxId {
        self.inbox(address, place, |input| {
            input.outgoing = Some(Outgoing {
                server: Server {
                    host: "smtp.example.org".to_owned(),
                    port: 465,
                    security: Protection::Tls,
                    inside: false,
                    root: None,
                    signing_in: SigningIn::Nothing,
                },
            });
        })
    }

    /// A mail comes into an inbox and is placed; gives what became of it.
    ///
    /// # Panics
    /// When the desk cannot keep or place it.
    pub fn receives(&self, inbox: InboxId, raw: &str) -> Mail {
        let prepared = receive_mail::prepare(
            &self.desk.files,
            &Raw {
                bytes: raw.as_bytes(),
                source: Source::Imap,
                envelope_from: None,
                envelope_to: None,
                arrived_at: None,
                silent: false,
            },
        )
        .expect("a mail that can be kept");
        let kept = self.desk.act_now(Actor::Desk, move |act| receive_mail::keep(act, inbox, &prepared));
        let id = kept.expect("a mail that is kept");
        alone(&self.desk, async |desk| {
            receive_mail::work_off(desk).await.expect("mails that are placed");
        });
        self.desk
            .look_now(move |look| match id {
                Some(id) => Ok(store::mail::by_id(look.tx, id)?),
                None => Ok(None),
            })
            .expect("a look")
            .expect("a mail that was not known before")
    }

    /// Hears what happened, and wants the mails that tell people of it.
    ///
    /// # Panics
    /// When the desk fails.
    pub fn notifies(&self) -> usize {
        desk::notices::run(&self.desk).expect("people are told what happened")
    }

    /// Rules answer to what happened and to time that passed; says how often one acted.
    ///
    /// # Panics
    /// When the desk fails.
    pub fn rules(&self) -> usize {
        desk::rules::run(&self.desk).expect("rules answer")
    }

    /// Tickets that nobody has are given to people; says how many.
    ///
    /// # Panics
    /// When the desk fails.
    pub fn gives(&self) -> usize {
        desk::assignment::run(&self.desk).expect("tickets are given to people")
    }

    /// Everything that is due leaves.
    ///
    /// # Panics
    /// When the desk fails.
    pub fn sends(&self, bag: &mut impl Courier) -> usize {
        let mut tried = 0;
        alone(&self.desk, async |desk| {
            tried = desk::outbox::deliver_due(desk, bag).await.expect("a delivery");
        });
        tried
    }
}

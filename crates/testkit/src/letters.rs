//! Mail of a test: it comes in as bytes, and what leaves meets a server that says what the test wants.

use desk::Desk;
use desk::inboxes::{Outgoing, Protection, Server, SigningIn};
use domain::id::{InboxId, MailId, ServiceId, UnitId};
use mail::smtp::{Envelope, Outcome};

use crate::TestDesk;
use crate::post::{Bag, said};

impl TestDesk {
    /// An inbox named “Help” that can send.
    pub fn sending_inbox(&self, address: &str, place: (UnitId, ServiceId)) -> InboxId {
        self.inbox(address, place, |inbox| {
            "Help".clone_into(&mut inbox.name);
            inbox.acknowledges = false;
            inbox.outgoing = Some(Outgoing {
                server: Server {
                    host: "mail.example".to_owned(),
                    port: 465,
                    security: Protection::Tls,
                    inside: false,
                    root: None,
                    signing_in: SigningIn::Password { name: "help".to_owned() },
                },
            });
        })
    }

    /// A mail comes in and is placed.
    pub fn takes_in(&self, inbox: InboxId, raw: &str) -> MailId {
        self.receives(inbox, raw).id
    }

    /// The number of the ticket that a mail belongs to.
    ///
    /// # Panics
    /// When it belongs to none; the message says why.
    #[must_use]
    pub fn ticket_of(&self, mail: MailId) -> i64 {
        self.set_up(move |act| {
            let kept = store::mail::by_id(act.tx, mail)?.expect("the mail that came");
            let ticket =
                kept.ticket.unwrap_or_else(|| panic!("{:?} {:?} {:?}", kept.state, kept.code, kept.detail));
            Ok(store::mail_thread::number_of(act.tx, ticket)?.expect("a ticket with a number"))
        })
    }

    /// Mail whose time has come meets a server that answers so; gives what it was handed.
    ///
    /// # Panics
    /// When the desk cannot send.
    #[must_use]
    pub fn hands_over(&self, outcome: Outcome) -> Vec<(Envelope, String)> {
        let mut bag = Bag { usual: Some(outcome), ..Bag::default() };
        self.sends(&mut bag);
        bag.handed
    }
}

/// The server took it.
#[must_use]
pub fn taken() -> Outcome {
    Outcome::Delivered { words: "250 queued".to_owned() }
}

/// The server said no for good.
#[must_use]
pub fn refused(words: &str) -> Outcome {
    Outcome::Refused { why: said(550, words) }
}

/// Runs on a thread of its own, because the test may have a runtime already.
pub fn alone(desk: &Desk, work: impl AsyncFnOnce(&Desk) + Send) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime for the test").block_on(work(desk));
        });
    });
}

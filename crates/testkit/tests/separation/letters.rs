//! An inbox and a mail that was held, with a canary in every text of theirs.

use desk::inboxes::{AfterFetch, Incoming, Outgoing, Protection, Secret, Server, SigningIn};
use domain::id::{InboxId, MailId, ServiceId, UnitId};
use testkit::TestDesk;
use testkit::inbox::Held;

use crate::canary::{Canary, word};

pub(crate) struct Letters {
    pub(crate) inbox: InboxId,
    pub(crate) mail: MailId,
}

/// What only administrators read.
const SET_UP: [&str; 12] = [
    "inbox name",
    "inbox signature",
    "inbox authority",
    "imap host",
    "imap user name",
    "smtp host",
    "smtp user name",
    "held sender",
    "held sender's name",
    "held subject",
    "held body",
    "held header",
];

/// What nobody reads, whoever they are.
const SECRET: [&str; 2] = ["imap secret", "smtp secret"];

impl Letters {
    pub(crate) fn new(desk: &TestDesk, place: (UnitId, ServiceId)) -> Self {
        let inbox = desk.inbox("letters@desk.example", place, |inbox| {
            inbox.name = word("inbox name");
            inbox.signature = word("inbox signature");
            inbox.authority = Some(word("inbox authority"));
            inbox.incoming = Some(Incoming {
                server: server("imap host", "imap user name"),
                folder: "INBOX".to_owned(),
                after_fetch: AfterFetch::Leave,
                with_history: false,
                preset: Some("own".to_owned()),
            });
            inbox.incoming_secret = Some(Secret::new(word("imap secret")));
            inbox.outgoing = Some(Outgoing { server: server("smtp host", "smtp user name") });
            inbox.outgoing_secret = Some(Secret::new(word("smtp secret")));
        });
        let mail = desk.holds(
            inbox,
            Held {
                code: "unauthenticated",
                from_address: Some(format!("{}@example.net", word("held sender"))),
                from_name: Some(word("held sender's name")),
                subject: word("held subject"),
                raw: format!("X-Held: {}\r\n\r\n{}\r\n", word("held header"), word("held body")),
            },
        );
        Self { inbox, mail }
    }

    pub(crate) fn canaries(administrator: &'static str) -> Vec<Canary> {
        let set_up = SET_UP.map(|name| Canary { name, word: word(name), for_whom: vec![administrator] });
        let secret = SECRET.map(|name| Canary { name, word: word(name), for_whom: Vec::new() });
        set_up.into_iter().chain(secret).collect()
    }
}

fn server(host: &str, name: &str) -> Server {
    Server {
        host: format!("{}.example", word(host)),
        port: 993,
        security: Protection::Tls,
        inside: false,
        root: None,
        signing_in: SigningIn::Password { name: word(name) },
    }
}

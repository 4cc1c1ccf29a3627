//! An inbox, a mail that was held, and a ticket that came by mail, with a canary in every text of theirs.

use desk::entitled::ByDesk;
use desk::forward::{self, Forwarding, From};
use desk::inboxes::{AfterFetch, Incoming, Outgoing, Protection, Secret, Server, SigningIn};
use desk::recipients::Recipients;
use desk::reply::{self, Then};
use desk::template::{Place, Template, Written};
use desk::words::{Body, Subject};
use domain::event::Side;
use domain::id::{InboxId, MailId, MessageId, PersonId, ServiceId, UnitId, UploadId};
use domain::notice::Occasion;
use store::draft::Addressed;
use store::upload::Audience;
use testkit::TestDesk;
use testkit::inbox::Held;
use testkit::post::Bag;

use crate::canary::{Canary, word};
use crate::texts::{HANA, KIM, LEAD};

pub(crate) struct Letters {
    pub(crate) inbox: InboxId,
    pub(crate) mail: MailId,
    /// The ticket that a customer opened by mail.
    pub(crate) ticket: i64,
    pub(crate) stranger: MailId,
    pub(crate) messages: Vec<MessageId>,
    pub(crate) attachments: Vec<i64>,
    pub(crate) notes: Vec<i64>,
    pub(crate) deliveries: Vec<i64>,
    /// A file that an agent sent and has not used.
    pub(crate) upload: UploadId,
}

/// What everybody reads who sees the ticket that came by mail.
const OUTSIDE: [&str; 6] = [
    "mailed subject",
    "mailed words",
    "mailed file's name",
    "mailed file",
    "mailed picture",
    "mailed document",
];

/// What those alone read who read inside it.
const INSIDE: [&str; 19] = [
    "mailed quote",
    "mailed page",
    "mailed header",
    "sender as written",
    "held reply",
    "recipient of copies",
    "recipient whom nobody is shown",
    "passed on words",
    "passed on subject",
    "third party",
    "answer of a third party",
    "suggested for copies",
    "stranger's words",
    "stranger's subject",
    "stranger's file's name",
    "stranger's file",
    "held proof",
    "held proof's file's name",
    "held proof's file",
];

/// What only administrators read.
const SET_UP: [&str; 12] = [
    "text's subject",
    "text's body",
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
    pub(crate) fn new(desk: &TestDesk, place: (UnitId, ServiceId), kim: PersonId) -> Self {
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
        own_text(desk, place.0);
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
        let own = desk.sending_inbox("mailed@desk.example", place);
        let ticket = desk.ticket_of(desk.takes_in(own, &from_customer()));
        let stranger = desk.takes_in(own, &from_stranger());
        let proof = desk.ticket_of(desk.takes_in(own, &proof()));
        assert_eq!(proof, ticket, "a proof of an address, held beside what she may read");
        desk.with(kim, ticket, |act, seen| {
            let address = format!("{}@example.net", word("recipient of copies"));
            desk::copies::add(act, seen.serve().unwrap(), &address, None)
        })
        .unwrap();
        passed_on(desk, kim, own, ticket);
        desk.with(kim, ticket, |act, seen| {
            let bcc = format!("{}@example.net", word("recipient whom nobody is shown"));
            let addressed = Addressed { to: "ada@example.org".to_owned(), bcc, ..Addressed::default() };
            let body = Body::parse(&word("held reply"))?;
            let recipients = Recipients { addressed, agreed: 0 };
            reply::serve_to(act, seen.serve().unwrap(), &body, &recipients, Then::Stay)
        })
        .unwrap();
        let (messages, attachments, notes, deliveries) = desk
            .with(kim, ticket, |act, seen| {
                let granted = seen.read_inside().unwrap();
                let said = store::message::of_ticket(act.tx, &granted)?;
                let mut files = store::attachment::of_messages(act.tx, &granted)?;
                files.extend(store::attachment::of_inside(act.tx, &granted)?);
                assert!(said.iter().any(|said| said.message.side == Side::Serving), "a reply is held");
                assert_eq!(files.len(), 5, "three files of the first mail, and one of each other");
                let messages: Vec<MessageId> = said.iter().map(|said| said.message.id).collect();
                let notes = store::message::notes(act.tx, &granted)?;
                let notes: Vec<i64> = notes.iter().map(|noted| noted.note.id.0).collect();
                let mut mails = store::outgoing::of_ticket(act.tx, &granted)?;
                mails.extend(store::outgoing::of_forwards(act.tx, &granted)?);
                let deliveries: Vec<i64> = mails.iter().map(|mail| mail.id.0).collect();
                Ok((messages, files.iter().map(|file| file.id.0).collect(), notes, deliveries))
            })
            .unwrap();
        crate::drafts::forward(desk, kim, (ticket, messages[0]));
        let upload = desk.sends_file(kim, Audience::Message, "draft.txt", b"draft").id;
        Self { inbox, mail, ticket, stranger, messages, attachments, notes, deliveries, upload }
    }

    /// Who reads what of the ticket that came by mail.
    pub(crate) fn mailed(outside: &[&'static str], inside: &[&'static str]) -> Vec<Canary> {
        let canary =
            |name, for_whom: &[&'static str]| Canary { name, word: word(name), for_whom: for_whom.to_vec() };
        let outside = OUTSIDE.map(|name| canary(name, outside));
        outside.into_iter().chain(INSIDE.map(|name| canary(name, inside))).collect()
    }

    pub(crate) fn canaries(administrator: &'static str) -> Vec<Canary> {
        let set_up = SET_UP.map(|name| Canary { name, word: word(name), for_whom: vec![administrator] });
        let secret = SECRET.map(|name| Canary { name, word: word(name), for_whom: Vec::new() });
        // It stands below every mail of those who serve there, so they see it beside their own.
        let signed = Canary {
            name: "inbox signature",
            word: word("inbox signature"),
            for_whom: vec![administrator, KIM, HANA, LEAD],
        };
        set_up.into_iter().chain(secret).chain([signed]).collect()
    }
}

/// Something of the ticket is passed on to somebody outside, who answers.
fn passed_on(desk: &TestDesk, kim: PersonId, inbox: InboxId, ticket: i64) {
    desk.with(kim, ticket, |act, seen| {
        let message = store::message::of_ticket(act.tx, &seen.read())?[0].message.id;
        let forwarding = Forwarding {
            from: From::Message(message),
            to: format!("{}@example.net", word("third party")),
            subject: Subject::parse(&word("passed on subject"))?,
            body: Body::parse(&word("passed on words"))?,
            files: Vec::new(),
            uploads: Vec::new(),
        };
        forward::run(act, seen.serve().unwrap(), &forwarding)
    })
    .unwrap();
    let mut bag = Bag::default();
    desk.sends(&mut bag);
    let left = bag.left.iter().find(|left| left.to[0].starts_with(&word("third party")));
    desk.takes_in(inbox, &left.expect("it left").answered(&word("answer of a third party")));
}

/// Ada's mail: text with a quote, a page, somebody in copy, and a file of each kind that is shown.
fn from_customer() -> String {
    format!(
        "From: {} <ada@example.org>\r\nTo: mailed@desk.example\r\nCc: {}@example.net\r\nSubject: {}\r\n\
         Message-ID: <first@example.org>\r\nX-Mailed: {}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=m\r\n\r\n\
         --m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain\r\n\r\n{}\r\n\r\n> {}\r\n\
         --a\r\nContent-Type: text/html\r\n\r\n<p>{}</p>\r\n--a--\r\n\
         --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{}.txt\"\r\n\r\n{}\r\n\
         --m\r\nContent-Type: image/gif\r\nContent-Disposition: attachment; filename=\"a.gif\"\r\n\r\nGIF89a{}\r\n\
         --m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 {}\r\n--m--\r\n",
        word("sender as written"),
        word("suggested for copies"),
        word("mailed subject"),
        word("mailed header"),
        word("mailed words"),
        word("mailed quote"),
        word("mailed page"),
        word("mailed file's name"),
        word("mailed file"),
        word("mailed picture"),
        word("mailed document"),
    )
}

/// In Ada's name, with what nobody but the owner of the inbox's address may read.
fn proof() -> String {
    format!(
        "From: ada@example.org\r\nTo: mailed@desk.example\r\nSubject: Re: {}\r\nMessage-ID: <third@example.org>\r\n\
         In-Reply-To: <first@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
         --m\r\nContent-Type: text/plain\r\n\r\nVerify your address: https://saas.example/verify/9f2c4e7ab01d4c7f8e21 {}\r\n\
         --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{}.txt\"\r\n\r\n{}\r\n--m--\r\n",
        word("mailed subject"),
        word("held proof"),
        word("held proof's file's name"),
        word("held proof's file"),
    )
}

fn from_stranger() -> String {
    format!(
        "From: eve@example.net\r\nTo: mailed@desk.example\r\nSubject: Re: {} {}\r\nMessage-ID: <second@example.org>\r\n\
         In-Reply-To: <first@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
         --m\r\nContent-Type: text/plain\r\n\r\n{}\r\n\
         --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{}.txt\"\r\n\r\n{}\r\n--m--\r\n",
        word("mailed subject"),
        word("stranger's subject"),
        word("stranger's words"),
        word("stranger's file's name"),
        word("stranger's file"),
    )
}

/// A text of an administrator's own, which no mail of this world carries.
fn own_text(desk: &TestDesk, unit: UnitId) {
    let template = Template::Notice(Occasion::Closed);
    let place = Place { template, unit: Some(unit), language: "en".to_owned() };
    let written = Written { subject: word("text's subject"), body: word("text's body") };
    desk.set_up(move |act| desk::template::save(act, &ByDesk, &place, &written));
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

//! What is kept and what is forgotten: cursors with their mails, files with their names, ways that are closed.

use desk::entitled::ByDesk;
use desk::inboxes::{self, AfterFetch, Incoming, Input, Protection, Secret, Server, Signing, SigningIn};
use desk::outbox::{self, Way};
use desk::receive_mail::{self, Prepared, Raw};
use desk::reply::Then;
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::id::InboxId;
use jiff::SignedDuration;
use mail::egress::Failure;
use mail::smtp::{Outcome, Why};
use store::mail::Source;
use store::outgoing::State;
use testkit::TestDesk;
use testkit::letters::alone;
use testkit::post::Bag;

use crate::letters::{after_undo, answers, letter, number, office};

fn prepared(desk: &TestDesk, bytes: &[u8]) -> Prepared {
    let raw = Raw {
        bytes,
        source: Source::Imap,
        envelope_from: None,
        envelope_to: None,
        arrived_at: None,
        silent: false,
    };
    receive_mail::prepare(&desk.desk.files, &raw).unwrap()
}

fn count(desk: &TestDesk, sql: &'static str) -> i64 {
    let count = desk.desk.look_now(move |look| {
        Ok(look.tx.query_one(sql, &[], |row| row.get(0)).map_err(store::StoreError::from)?)
    });
    count.unwrap()
}

/// F8: mails and cursor are one write; when it fails there is neither, and the mails are fetched again.
pub(crate) fn in_1_a_write_that_fails_keeps_neither_mails_nor_cursor(desk: &TestDesk) {
    let inbox = office(desk).inbox;
    let since = desk.set_up(move |act| {
        store::inbox_fetch::begun(act.tx, inbox, (7, 10), act.now)?;
        Ok(store::inbox_fetch::progress(act.tx, inbox)?.began_at.unwrap())
    });
    let small = prepared(desk, b"Subject: small\r\n\r\nx\r\n");
    let bytes = [b"Subject: large\r\n\r\n".as_slice(), &[b'x'; 300_000]].concat();
    let large = prepared(desk, &bytes);
    let keep = |with: &Prepared, last_uid: i64| {
        let (small, with) = (small.clone(), with.clone());
        desk.desk.act_now(Actor::Desk, move |act| {
            store::inbox_fetch::fetched(act.tx, inbox, since, (7, last_uid), 0, act.now)?;
            receive_mail::keep(act, inbox, &small)?;
            receive_mail::keep(act, inbox, &with)
        })
    };
    let cursor = || desk.desk.look_now(move |look| Ok(store::inbox_fetch::progress(look.tx, inbox)?.cursor));
    // As if a sweep had taken the file for one that nothing names.
    desk.desk.files.remove(&sha256(&bytes)).unwrap();
    assert!(matches!(keep(&large, 12), Err(DeskError::Conflict(Problem::RawMissing))));
    assert_eq!((count(desk, "select count(*) from mail"), cursor().unwrap()), (0, Some((7, 10))));
    let again = prepared(desk, &bytes);
    assert!(keep(&again, 12).unwrap().is_some());
    assert_eq!((count(desk, "select count(*) from mail"), cursor().unwrap()), (2, Some((7, 12))));
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    // The attachment store names a file by what it holds.
    desk::files::Files::in_memory().keep(bytes).unwrap()
}

/// In 1: another folder is read from its own beginning, and what the old one still brings moves no cursor.
pub(crate) fn another_folder_begins_anew(desk: &TestDesk) {
    let inbox = office(desk).inbox;
    let change = |folder: &'static str| {
        desk.set_up(move |act| {
            let mut look = desk::Look { tx: act.tx, now: act.now, catalogue: act.catalogue.clone() };
            let input = Input { incoming: Some(incoming(folder)), ..Input::of(&mut look, inbox)? };
            inboxes::change(act, &ByDesk, inbox, &input)
        });
    };
    let progress =
        || desk.desk.look_now(move |look| Ok(store::inbox_fetch::progress(look.tx, inbox)?)).unwrap();
    change("INBOX");
    let since = desk.set_up(move |act| {
        store::inbox_fetch::begun(act.tx, inbox, (7, 10), act.now)?;
        Ok(store::inbox_fetch::progress(act.tx, inbox)?.began_at.unwrap())
    });
    change("INBOX");
    assert_eq!(progress().cursor, Some((7, 10)));
    change("Customers");
    assert_eq!(progress(), store::inbox_fetch::Progress::default());
    let moved =
        desk.set_up(move |act| Ok(store::inbox_fetch::fetched(act.tx, inbox, since, (7, 11), 0, act.now)?));
    assert!(!moved);
    assert_eq!(progress().cursor, None);
}

fn incoming(folder: &str) -> Incoming {
    Incoming {
        server: Server {
            host: "imap.example.org".to_owned(),
            port: 993,
            security: Protection::Tls,
            inside: false,
            root: None,
            signing_in: SigningIn::Nothing,
        },
        folder: folder.to_owned(),
        after_fetch: AfterFetch::Leave,
        with_history: false,
        preset: None,
    }
}

/// In 3: one process fetches an inbox, another one only when the first has not been heard of for a minute.
pub(crate) fn an_inbox_is_fetched_by_one_process(desk: &TestDesk) {
    let inbox = office(desk).inbox;
    let claims = |process: i64| {
        desk.set_up(move |act| {
            let until = act.now + SignedDuration::from_secs(60);
            Ok(store::inbox_fetch::claim(act.tx, inbox, process, act.now, until)?)
        })
    };
    assert!(claims(1) && claims(1) && !claims(2));
    desk.wait(SignedDuration::from_secs(61));
    assert!(claims(2) && !claims(1));
    desk.set_up(|act| Ok(store::inbox_fetch::leave(act.tx, 2)?));
    assert!(claims(1));
}

/// In 9: after 30 days the words go with the files that nothing else names; that it came stays.
pub(crate) fn in_9_suspended_mail_is_forgotten_with_its_files_in_the_end(desk: &TestDesk) {
    let inbox = office(desk).inbox;
    let file = |boundary: &str, from: &str, bytes: &str| {
        format!(
            "From: {from}\r\nMessage-ID: <{boundary}@example.net>\r\nSubject: A file\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n--{boundary}\r\n\r\nSee there.\r\n\
             --{boundary}\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n{bytes}\r\n--{boundary}--\r\n"
        )
    };
    desk.set_up(|act| {
        let blocked = Some(store::mail_address::Standing::Blocked);
        Ok(store::mail_address::set_standing(act.tx, "eve@evil.example", blocked, act.now)?)
    });
    desk.receives(inbox, &file("kept", "anna@example.net", "shared"));
    let shared = desk.receives(inbox, &file("one", "eve@evil.example", "shared"));
    let alone_there = desk.receives(inbox, &file("two", "eve@evil.example", "nobody else's"));
    assert_eq!(shared.state, store::mail::State::Suspended);
    let forget = || {
        let mut forgotten = 0;
        alone(&desk.desk, async |desk| forgotten = receive_mail::forget_what_is_over(desk).await.unwrap());
        forgotten
    };
    desk.wait(SignedDuration::from_hours(24 * 29));
    assert_eq!(forget(), 0);
    assert!(desk.desk.files.has(&sha256(b"nobody else's")));
    desk.wait(SignedDuration::from_hours(25));
    assert_eq!(forget(), 2);
    assert!(!desk.desk.files.has(&sha256(b"nobody else's")));
    assert!(desk.desk.files.has(&sha256(b"shared")), "a message still has it");
    let mail =
        desk.desk.look_now(move |look| Ok(store::mail::by_id(look.tx, alone_there.id)?)).unwrap().unwrap();
    assert_eq!(mail.state, store::mail::State::Deleted);
    assert_eq!(mail.from_address.as_deref(), Some("eve@evil.example"));
    let raw = desk.desk.look_now(move |look| Ok(store::mail::raw(look.tx, alone_there.id)?)).unwrap();
    assert_eq!(raw, None);
}

/// Out 1: when no mail can go to a server, none counts as tried; in the end each fails by itself.
pub(crate) fn a_closed_way_counts_no_mail_as_tried(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    after_undo(desk, &mut bag);
    bag.left.clear();
    let messages = ["One.", "Two."].map(|words| answers(desk, office.kim, ticket, words, Then::Stay));
    desk.wait(SignedDuration::from_secs(11));
    let closed = || Outcome::Later { why: Why::Server(Failure::Unreachable) };
    let deliver = |bag: &mut Bag, inbox: InboxId| {
        let mut way = None;
        alone(&desk.desk, async |desk| way = Some(outbox::deliver(desk, inbox, bag).await.unwrap()));
        way.unwrap()
    };
    let letters = || {
        desk.desk
            .look_now(move |look| {
                let both = messages.map(|message| store::outgoing::of_message(look.tx, message));
                let both = both.into_iter().collect::<Result<Vec<_>, _>>()?;
                Ok(both.into_iter().flatten().map(|it| (it.state, it.attempts)).collect::<Vec<_>>())
            })
            .unwrap()
    };
    for _ in 0..3 {
        bag.answers.push_back(closed());
        assert_eq!(deliver(&mut bag, office.inbox), Way::Closed);
        assert_eq!(letters(), [(State::Waiting, 0), (State::Waiting, 0)]);
    }
    let health = || {
        let inbox = office.inbox;
        desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?)).unwrap()
    };
    assert_eq!(health().send_failure, Some(Failure::Unreachable.to_string()));
    assert_eq!(deliver(&mut bag, office.inbox), Way::Open(2));
    assert_eq!(letters(), [(State::Sent, 1), (State::Sent, 1)]);
    assert!(!health().send_fails());

    let late = answers(desk, office.kim, ticket, "Three.", Then::Stay);
    desk.wait(SignedDuration::from_hours(48));
    bag.answers.push_back(closed());
    assert_eq!(deliver(&mut bag, office.inbox), Way::Closed);
    let late = desk.desk.look_now(move |look| Ok(store::outgoing::of_message(look.tx, late)?)).unwrap();
    assert_eq!(late[0].state, State::Failed);
}

/// Out 5: mail is signed when the inbox has a key; without one it leaves as it is, and a key must be one.
pub(crate) fn out_5_mail_is_signed_with_the_key_of_its_inbox(desk: &TestDesk) {
    let office = office(desk);
    let inbox = office.inbox;
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem();
    let sign = |key: String| {
        desk.desk.act_now(Actor::Desk, move |act| {
            let mut look = desk::Look { tx: act.tx, now: act.now, catalogue: act.catalogue.clone() };
            let before = Input::of(&mut look, inbox)?;
            let signing = Some(Signing { selector: "desk1".into(), domain: "example.org".into() });
            let input = Input { signing, signing_secret: Some(Secret::new(key)), ..before };
            inboxes::change(act, &ByDesk, inbox, &input)
        })
    };
    let unreadable = sign("no key".to_owned());
    assert!(matches!(unreadable, Err(DeskError::Invalid { problem: Problem::SigningKeyUnreadable, .. })));
    sign(key).unwrap();
    let mut bag = Bag::default();
    desk.receives(inbox, &letter("anna@example.net", "one", "The lamp", "", "It flickers."));
    after_undo(desk, &mut bag);
    let signed = bag.left.pop().expect("an acknowledgement").raw;
    assert!(signed.starts_with("DKIM-Signature: "), "{signed}");
    for part in ["a=ed25519-sha256", "d=example.org", "s=desk1", "bh="] {
        assert!(signed.contains(part), "{part}: {signed}");
    }
    assert!(!signed.replace("\r\n", "").contains('\n'), "what is signed is what goes over the line");
}

//! Tickets by mail: what comes in finds its place, what goes out can be taken back, and loops end.

use desk::DeskError;
use desk::reply::Then;
use desk::words::Body;
use domain::event::Side;
use domain::id::{InboxId, MessageId, PersonId, ServiceId, TicketId, UnitId};
use domain::ticket::State;
use jiff::SignedDuration;
use store::mail::{Mail, State as MailState};
use testkit::TestDesk;
use testkit::post::Bag;

pub(crate) struct Office {
    pub unit: UnitId,
    pub service: ServiceId,
    pub inbox: InboxId,
    pub kim: PersonId,
}

pub(crate) fn office(desk: &TestDesk) -> Office {
    let unit = desk.unit("Support");
    let service = desk.service("Help", unit);
    let kim = desk.agent("Kim", &[unit]);
    let inbox = desk.posts("help@example.org", (unit, service));
    Office { unit, service, inbox, kim }
}

pub(crate) fn letter(from: &str, id: &str, subject: &str, more: &str, body: &str) -> String {
    format!(
        "From: {from}\r\nTo: help@example.org\r\nSubject: {subject}\r\nMessage-ID: <{id}@example.net>\r\n{more}\r\n{body}\r\n"
    )
}

pub(crate) fn number(desk: &TestDesk, ticket: Option<TicketId>) -> i64 {
    let ticket = ticket.expect("a ticket");
    desk.desk.look_now(move |look| Ok(store::mail_thread::number_of(look.tx, ticket)?.unwrap())).unwrap()
}

pub(crate) fn state(desk: &TestDesk, number: i64) -> State {
    let sql = "select state from ticket where number = $1";
    desk.desk
        .look_now(move |look| Ok(look.tx.query_one(sql, store::params![number], |row| row.get(0))?))
        .unwrap()
}

pub(crate) fn said_on(desk: &TestDesk, number: i64) -> Vec<(Side, bool, String)> {
    let sql = "select m.side, m.automatic, m.body from message m join ticket t on t.id = m.ticket_id where t.number = $1 order by m.id";
    desk.desk
        .look_now(move |look| {
            Ok(look.tx.query(sql, store::params![number], |row| {
                Ok((row.get(0)?, row.get::<i64>(1)? == 1, row.get(2)?))
            })?)
        })
        .unwrap()
}

pub(crate) fn is_clean(desk: &TestDesk) {
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn answers(desk: &TestDesk, kim: PersonId, number: i64, words: &str, then: Then) -> MessageId {
    let body = Body::parse(words).unwrap();
    desk.with(kim, number, move |act, seen| {
        desk::reply::serve(act, seen.serve().ok_or(DeskError::NotAllowed)?, &body, then)
    })
    .unwrap()
}

fn suspended(mail: &Mail) -> &str {
    assert_eq!(mail.state, MailState::Suspended);
    mail.code.as_deref().unwrap()
}

pub(crate) fn after_undo(desk: &TestDesk, bag: &mut Bag) {
    desk.wait(SignedDuration::from_secs(11));
    desk.sends(bag);
}

/// In 4, and In 1, 5, 6; Out 1 to 3.
pub(crate) fn in_4_a_mail_becomes_a_ticket_and_the_answer_threads(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("Anna Berg <anna@example.net>", "one", "The lamp flickers", "", "It hums too.");
    let mail = desk.receives(office.inbox, &first);
    assert_eq!(mail.state, MailState::Done);
    let ticket = number(desk, mail.ticket);
    assert_eq!(said_on(desk, ticket), [(Side::Requesting, false, "It hums too.".to_owned())]);

    desk.sends(&mut bag);
    let acknowledged = bag.left.pop().expect("an acknowledgement");
    assert_eq!((acknowledged.to[0].as_str(), acknowledged.from.as_deref()), ("anna@example.net", None));
    assert!(acknowledged.raw.contains("Auto-Submitted: auto-replied"), "{}", acknowledged.raw);

    answers(desk, office.kim, ticket, "Please send it **back**.", Then::WaitForRequester);
    desk.sends(&mut bag);
    assert!(bag.left.is_empty(), "it can still be taken back");
    after_undo(desk, &mut bag);
    let reply = bag.left.pop().expect("the reply");
    assert_eq!(reply.message.subject.as_deref(), Some(format!("Re: The lamp flickers [#{ticket}]").as_str()));
    assert_eq!(reply.message.in_reply_to, ["<one@example.net>"]);
    assert!(!reply.raw.contains("Auto-Submitted"), "a person wrote it");
    assert!(reply.raw.contains("text/plain") && reply.raw.contains("text/html"));

    let again = desk.receives(office.inbox, &reply.answered("Where to?\r\n\r\n-- \r\nAnna"));
    assert_eq!(number(desk, again.ticket), ticket);
    let said = said_on(desk, ticket);
    assert_eq!(said[2], (Side::Requesting, false, "Where to?".to_owned()));
    is_clean(desk);
}

/// In 1: the same bytes come once, and an empty Message-ID is no one's.
pub(crate) fn in_1_the_same_mail_is_kept_once(desk: &TestDesk) {
    let office = office(desk);
    let nameless = "From: anna@example.net\r\nSubject: Hello\r\nMessage-ID: <>\r\n\r\nOne\r\n";
    let one = desk.receives(office.inbox, nameless);
    let other = desk.receives(office.inbox, &nameless.replace("One", "Two"));
    assert_ne!(one.ticket, other.ticket, "an empty id never joins");
    let again = nameless.to_owned();
    let inbox = office.inbox;
    let prepared = desk::receive_mail::prepare(
        &desk.desk.files,
        &desk::receive_mail::Raw {
            bytes: again.as_bytes(),
            source: store::mail::Source::Imap,
            envelope_from: None,
            envelope_to: None,
            arrived_at: None,
            silent: false,
        },
    )
    .unwrap();
    let kept = desk.set_up(move |act| desk::receive_mail::keep(act, inbox, &prepared));
    assert_eq!(kept, None);
}

/// M8, and In 5: a stranger in a thread is kept aside, sees nothing, and is nobody's answer.
pub(crate) fn m8_a_stranger_in_a_thread_is_kept_aside_until_an_agent_confirms(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "Secret plans", "", "For you alone.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    answers(desk, office.kim, ticket, "Noted.", Then::WaitForRequester);
    after_undo(desk, &mut bag);
    let reply = bag.left.pop().unwrap();
    let passed_on = reply.answered("Let me in.").replace(
        "From: anna@example.net",
        "From: eve@evil.example\r\nReply-To: anna@example.net\r\nCc: anna@example.net",
    );
    let mail = desk.receives(office.inbox, &passed_on);
    assert_eq!((mail.state, number(desk, mail.ticket)), (MailState::Stranger, ticket));
    assert_eq!(said_on(desk, ticket).len(), 2, "no message of it");
    let waiting = "select waiting from ticket where number = $1";
    let waits: Option<String> = desk
        .desk
        .look_now(move |look| Ok(look.tx.query_one(waiting, store::params![ticket], |row| row.get(0))?))
        .unwrap();
    assert_eq!(waits.as_deref(), Some("requester"), "a stranger's mail answers nothing");
    after_undo(desk, &mut bag);
    assert!(bag.left.iter().all(|left| left.to != ["eve@evil.example"]), "and is told nothing");

    let id = mail.id;
    desk.with(office.kim, ticket, move |act, seen| {
        desk::receive_mail::confirm(act, seen.serve().ok_or(DeskError::NotAllowed)?, id)
    })
    .unwrap();
    assert_eq!(said_on(desk, ticket)[2].2, "Let me in.");
    let eve: Option<PersonId> = desk
        .desk
        .look_now(|look| Ok(store::person::by_email(look.tx, "eve@evil.example")?.map(|person| person.id)))
        .unwrap();
    assert!(desk.sees(eve.unwrap(), ticket).is_none(), "a message gives no right");
    is_clean(desk);
}

/// M2, and In 4: a number is a hint only, and only from somebody who belongs there.
pub(crate) fn m2_a_number_in_a_subject_threads_only_for_who_belongs_there(desk: &TestDesk) {
    let office = office(desk);
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    let subject = format!("Again [#{ticket}]");
    let hers = desk.receives(office.inbox, &letter("anna@example.net", "two", &subject, "", "Still."));
    assert_eq!(number(desk, hers.ticket), ticket);
    let eves = desk.receives(office.inbox, &letter("eve@evil.example", "three", &subject, "", "Me too."));
    assert_ne!(eves.ticket, hers.ticket);
    assert_eq!(eves.hint, hers.ticket, "an agent is told where it may belong");
    let new = number(desk, eves.ticket);
    let message: MessageId = desk
        .desk
        .look_now(move |look| {
            let sql = "select m.id from message m join ticket t on t.id = m.ticket_id where t.number = $1";
            Ok(look.tx.query_one(sql, store::params![new], |row| row.get(0))?)
        })
        .unwrap();
    desk.act(office.kim, move |act, viewer| {
        let of = |act: &mut desk::Act, number| {
            let seen =
                store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
            seen.serve().ok_or(DeskError::NotAllowed)
        };
        let (from, to) = (of(act, new)?, of(act, ticket)?);
        desk::receive_mail::move_to(act, from, to, message)
    })
    .unwrap();
    assert_eq!(state(desk, new), State::Closed);
    assert_eq!(said_on(desk, ticket).last().unwrap().2, "Me too.");
    is_clean(desk);
}

/// In 6: an absence note is recorded, and nothing else happens.
pub(crate) fn in_6_automatic_mail_never_reopens_answers_or_is_answered(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    answers(desk, office.kim, ticket, "Mended.", Then::Solve);
    after_undo(desk, &mut bag);
    let reply = bag.left.iter().find(|left| left.raw.contains("Mended")).unwrap().clone();
    let before = bag.left.len();
    let absent = reply.answered("I am away.").replace("Subject:", "Auto-Submitted: auto-replied\r\nSubject:");
    let mail = desk.receives(office.inbox, &absent);
    assert_eq!(mail.state, MailState::Done);
    assert_eq!(state(desk, ticket), State::Solved);
    assert_eq!(said_on(desk, ticket).last().unwrap(), &(Side::Requesting, true, "I am away.".to_owned()));
    after_undo(desk, &mut bag);
    assert_eq!(bag.left.len(), before, "a machine is not answered");
    is_clean(desk);
}

/// In 8, M15: whatever a machine answers, it ends after three.
pub(crate) fn in_8_a_machine_that_hides_gets_no_more_than_the_caps(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    for turn in 0..8 {
        // A responder that gives no sign of being one, and opens a new matter each time.
        let mail = letter(
            "robot@example.net",
            &format!("r{turn}"),
            "Thank you for your mail",
            "",
            &format!("{turn}"),
        );
        desk.receives(office.inbox, &mail);
        desk.sends(&mut bag);
    }
    let day = bag.left.len();
    assert!(day <= 10, "{day} automatic mails to one address in a day");
    for turn in 8..40 {
        let mail = letter(
            "robot@example.net",
            &format!("r{turn}"),
            "Thank you for your mail",
            "",
            &format!("{turn}"),
        );
        let kept = desk.receives(office.inbox, &mail);
        desk.sends(&mut bag);
        if turn >= 20 {
            assert_eq!(suspended(&kept), "cap", "more than a person writes in an hour");
        }
    }
    assert!(bag.left.len() <= 10);
}

/// In 8: the breaker stops automatic mail of an inbox, and never a person's reply.
pub(crate) fn in_8_the_breaker_stops_automatic_mail_and_no_reply(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mut last = None;
    for turn in 0..70 {
        let from = format!("guest{turn}@example.net");
        last = desk.receives(office.inbox, &letter(&from, &format!("g{turn}"), "Hello", "", "Hi")).ticket;
        while desk.sends(&mut bag) > 0 {}
    }
    assert_eq!(bag.left.len(), 60);
    let inbox = office.inbox;
    let health = desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?)).unwrap();
    assert!(health.broken_until_at.is_some(), "an alarm stands on the inbox");
    let ticket = number(desk, last);
    answers(desk, office.kim, ticket, "A person answers.", Then::Stay);
    after_undo(desk, &mut bag);
    assert!(bag.left.last().unwrap().raw.contains("A person answers."));
}

/// M19, and In 7: a report is believed about our own mails only, and a second hard one marks the address.
pub(crate) fn m19_a_bounce_is_believed_about_our_own_mail_only(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    let report = |id: &str| {
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\nTo: help@example.org\r\nSubject: Undelivered Mail\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; anna@example.net\r\nAction: failed\r\n\
             Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Message-ID: {id}\r\nSubject: x\r\n\r\n--b--\r\n"
        )
    };
    let forged = desk.receives(office.inbox, &report("<somebody@else.example>"));
    assert_eq!(suspended(&forged), "bounce");
    for words in ["First.", "Second."] {
        answers(desk, office.kim, ticket, words, Then::Stay);
        after_undo(desk, &mut bag);
        let id = bag.left.last().unwrap().message.message_id.clone().unwrap();
        let mail = desk.receives(office.inbox, &report(&id));
        assert_eq!((mail.state, number(desk, mail.ticket)), (MailState::Done, ticket));
    }
    let known = desk.desk.look_now(|look| Ok(store::mail_address::of(look.tx, "anna@example.net")?)).unwrap();
    assert!(known.is_dead(), "two hard bounces");
    assert_eq!(said_on(desk, ticket).len(), 3, "a report is no message");
    is_clean(desk);
}

/// In 9: our own addresses, our own mails and blocked senders wait for a decision; nothing is dropped.
pub(crate) fn in_9_what_is_refused_waits_with_a_reason(desk: &TestDesk) {
    let office = office(desk);
    let own = desk.receives(office.inbox, &letter("help@example.org", "own", "Hello me", "", "Hi"));
    assert_eq!(suspended(&own), "own_address");
    let other = letter("a@example.net", "o", "From another desk", "X-Throughline-Loop: 1\r\n", "Hi");
    assert_eq!(
        desk.receives(office.inbox, &other).state,
        MailState::Done,
        "people answer from other desks too"
    );
    let mut bag = Bag::default();
    after_undo(desk, &mut bag);
    let ours = bag.left.pop().expect("an acknowledgement").message.loop_mark.expect("our mark");
    let marked = format!("X-Throughline-Loop: {ours}\r\n");
    let looped = desk.receives(office.inbox, &letter("a@example.net", "l", "Back", &marked, "Hi"));
    assert_eq!(suspended(&looped), "loop");
    desk.set_up(|act| {
        let blocked = Some(store::mail_address::Standing::Blocked);
        Ok(store::mail_address::set_standing(act.tx, "b@example.net", blocked, act.now)?)
    });
    let blocked = desk.receives(office.inbox, &letter("b@example.net", "b", "Buy", "", "Now"));
    assert_eq!(suspended(&blocked), "blocked");
    let nobody = desk.receives(office.inbox, "Subject: No sender\r\n\r\nHello\r\n");
    assert_eq!(suspended(&nobody), "malformed");
    assert!(blocked.until_at.is_some(), "kept for a while");
}

/// In 5, M6: who serves is believed by mail only with the mark, the address and the domain's word.
pub(crate) fn in_5_an_agents_mail_without_proof_waits(desk: &TestDesk) {
    let office = office(desk);
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    let more = "In-Reply-To: <one@example.net>\r\n";
    let forged = letter("kim@example.org", "forged", "Re: The lamp", more, "Send money to me.");
    let mail = desk.receives(office.inbox, &forged);
    assert_eq!(suspended(&mail), "unauthenticated");
    assert_eq!(said_on(desk, ticket).len(), 1);
}

/// In 11: after the time for reopening it is a new matter that names the old one.
pub(crate) fn in_11_an_answer_after_the_window_opens_a_new_ticket(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    answers(desk, office.kim, ticket, "Mended.", Then::Solve);
    after_undo(desk, &mut bag);
    let reply = bag.left.iter().find(|left| left.raw.contains("Mended")).unwrap().clone();
    desk.wait(SignedDuration::from_hours(24 * 3));
    let soon = desk.receives(office.inbox, &reply.answered("Not quite."));
    assert_eq!((number(desk, soon.ticket), state(desk, ticket)), (ticket, State::Open));
    desk.solves(office.kim, ticket);
    desk.wait(SignedDuration::from_hours(24 * 40));
    let late = desk.receives(office.inbox, &reply.answered("It flickers again."));
    let next = number(desk, late.ticket);
    assert_ne!(next, ticket);
    assert_eq!(said_on(desk, next), [(Side::Requesting, false, "It flickers again.".to_owned())]);
    assert_eq!(state(desk, ticket), State::Solved);
    bag.left.clear();
    desk.sends(&mut bag);
    let told = bag.left.pop().expect("a mail with the new number");
    assert!(told.raw.contains(&format!("#{next}")), "{}", told.raw);
    // Whoever answers the old mail once more goes on where the last answer is.
    let again = desk.receives(office.inbox, &reply.answered("Is anybody there?"));
    assert_eq!(number(desk, again.ticket), next);
    let of_new = desk.receives(office.inbox, &told.answered("I have the number."));
    assert_eq!(number(desk, of_new.ticket), next);
    assert_eq!(said_on(desk, next).len(), 3);
    is_clean(desk);
}

//! Mail beside a ticket: what is passed on to somebody outside comes back beside the conversation, too.

use desk::forward::{self, Forwarding, From};
use desk::reply::Then;
use desk::words::{Body, Subject};
use desk::{DeskError, Problem, outbox};
use domain::event::Side;
use domain::id::{MessageId, NoteId, PersonId};
use jiff::SignedDuration;
use mail::smtp::Outcome;
use store::forward::Direction;
use store::outgoing::State;
use testkit::TestDesk;
use testkit::post::{Bag, said};

use crate::letters::{after_undo, answers, is_clean, letter, number, office, said_on};

fn forwards(
    desk: &TestDesk,
    who: PersonId,
    ticket: i64,
    from: From,
    (to, body): (&str, &str),
) -> Result<NoteId, DeskError> {
    let forwarding = Forwarding {
        from,
        to: to.to_owned(),
        subject: Subject::parse("Fwd: The lamp").unwrap(),
        body: Body::parse(body).unwrap(),
        files: Vec::new(),
        uploads: Vec::new(),
    };
    desk.with(who, ticket, move |act, seen| {
        forward::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, &forwarding)
    })
}

fn first_message(desk: &TestDesk, who: PersonId, ticket: i64) -> MessageId {
    desk.with(who, ticket, |act, seen| Ok(store::message::of_ticket(act.tx, &seen.read())?[0].message.id))
        .unwrap()
}

fn beside(desk: &TestDesk, who: PersonId, ticket: i64) -> Vec<(Direction, String, String)> {
    desk.with(who, ticket, |act, seen| {
        let granted = seen.read_inside().unwrap();
        let notes = store::message::notes(act.tx, &granted)?;
        let forwards = store::forward::of_ticket(act.tx, &granted)?;
        let body = |id: NoteId| notes.iter().find(|noted| noted.note.id == id).unwrap().note.body.clone();
        Ok(forwards.into_iter().map(|one| (one.direction, one.address, body(one.note))).collect())
    })
    .unwrap()
}

/// What the third party answers is a note: no message, no clock, nothing for the requester.
pub(crate) fn what_is_passed_on_and_its_answer_stay_beside_the_conversation(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    desk.sends(&mut bag);
    bag.left.clear();
    let clocks_before = clocks(desk, office.kim, ticket);
    let message = first_message(desk, office.kim, ticket);
    forwards(
        desk,
        office.kim,
        ticket,
        From::Message(message),
        ("maker@lamps.example", "Does it hum by design?"),
    )
    .unwrap();
    desk.sends(&mut bag);
    let left = bag.left.pop().expect("the mail that was passed on");
    assert_eq!(left.to, ["maker@lamps.example"]);
    assert_eq!(left.message.subject.as_deref(), Some("Fwd: The lamp"));
    assert!(left.message.references.is_empty(), "no mail of the conversation is named: {}", left.raw);
    assert!(!left.raw.contains("anna@"), "{}", left.raw);

    let answer = desk.receives(office.inbox, &left.answered("It hums by design."));
    assert_eq!(answer.ticket, mail.ticket);
    assert_eq!(said_on(desk, ticket), [(Side::Requesting, false, "It hums.".to_owned())], "no message of it");
    let kept = beside(desk, office.kim, ticket);
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1], (Direction::In, "maker@lamps.example".to_owned(), "It hums by design.".to_owned()));
    assert_eq!(clocks(desk, office.kim, ticket), clocks_before, "no clock knows of it");

    // It goes on with the same person, in a thread of its own.
    let before = desk
        .with(office.kim, ticket, |act, seen| {
            Ok(store::forward::of_ticket(act.tx, &seen.read_inside().unwrap())?[1].note)
        })
        .unwrap();
    forwards(desk, office.kim, ticket, From::Note(before), ("", "Then we tell them.")).unwrap();
    desk.sends(&mut bag);
    let left = bag.left.pop().expect("the second mail");
    assert_eq!(left.to, ["maker@lamps.example"]);
    assert_eq!(left.message.references.len(), 2, "{}", left.raw);

    // The requester's own mails name none of it.
    answers(desk, office.kim, ticket, "It hums by design.", Then::Stay);
    after_undo(desk, &mut bag);
    let reply = bag.left.pop().expect("the reply");
    assert_eq!(reply.to, ["anna@example.net"]);
    assert_eq!(reply.message.references, ["<one@example.net>"], "{}", reply.raw);
    assert!(!reply.raw.contains("lamps.example"));
    is_clean(desk);
}

fn clocks(desk: &TestDesk, who: PersonId, ticket: i64) -> String {
    desk.with(who, ticket, |act, seen| Ok(format!("{:?}", store::clock::of_ticket(act.tx, seen.ticket)?)))
        .unwrap()
}

/// Whoever answers in the third party's place is a note as well; the requester answers a reply as ever.
pub(crate) fn a_mark_of_what_was_passed_on_never_opens_the_conversation(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    desk.sends(&mut bag);
    let message = first_message(desk, office.kim, ticket);
    forwards(desk, office.kim, ticket, From::Message(message), ("maker@lamps.example", "Look.")).unwrap();
    bag.left.clear();
    desk.sends(&mut bag);
    let left = bag.left.pop().unwrap();
    for (place, from) in ["anna@example.net", "eve@example.net"].into_iter().enumerate() {
        let forged = left.answered(&format!("From elsewhere {place}.")).replace("maker@lamps.example", from);
        desk.receives(office.inbox, &forged);
    }
    assert_eq!(said_on(desk, ticket).len(), 1);
    assert_eq!(beside(desk, office.kim, ticket).len(), 3);
    is_clean(desk);
}

pub(crate) fn nothing_is_passed_on_where_it_may_not_be(desk: &TestDesk) {
    let office = office(desk);
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    let message = first_message(desk, office.kim, ticket);
    let refusal = |from: From, to: &str| match forwards(desk, office.kim, ticket, from, (to, "Look.")) {
        Err(DeskError::Invalid { problem, .. } | DeskError::Conflict(problem)) => problem,
        other => panic!("{other:?}"),
    };
    let here = From::Message(message);
    let requester = Problem::ForwardToRequester { address: "anna@example.net".to_owned() };
    assert_eq!(refusal(here, "anna@example.net"), requester);
    assert!(matches!(refusal(here, "help@example.org"), Problem::AddressOfInbox { .. }));
    assert!(matches!(refusal(here, "help+x@example.org"), Problem::AddressOfInbox { .. }));
    assert!(matches!(refusal(here, "nobody"), Problem::NotAnAddress { .. }));
    let other = desk.opens(desk.customer("Carl"), office.service, "Other", "Other.");
    let strange = first_message(desk, office.kim, other);
    let outcome =
        forwards(desk, office.kim, ticket, From::Message(strange), ("maker@lamps.example", "Look."));
    assert!(matches!(outcome, Err(DeskError::NotFound)), "{outcome:?}");
    let private = desk.service_with("Personal", office.unit, |service| service.confidential = true);
    let secret = desk.opens(desk.employee("Eva"), private, "Private", "Private.");
    let words = first_message(desk, office.kim, secret);
    let outcome = forwards(desk, office.kim, secret, From::Message(words), ("maker@lamps.example", "Look."));
    assert!(
        matches!(outcome, Err(DeskError::Invalid { problem: Problem::ForwardOfConfidential, .. })),
        "{outcome:?}"
    );
}

/// A lost mail goes to a mended address as a mail of its own; what became of the first stays told.
pub(crate) fn a_lost_mail_goes_to_a_mended_address(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    desk.sends(&mut bag);
    let message = answers(desk, office.kim, ticket, "Hello.", Then::Stay);
    bag.left.clear();
    bag.answers.push_back(Outcome::Refused { why: said(550, "5.1.1 no such user") });
    after_undo(desk, &mut bag);
    let of = || desk.desk.look_now(move |look| Ok(store::outgoing::of_message(look.tx, message)?)).unwrap();
    let lost = of()[0].clone();
    assert_eq!(lost.state, State::Failed);
    let again = |address: &'static str| {
        desk.with(office.kim, ticket, move |act, seen| {
            outbox::again_to(act, seen.serve().unwrap(), lost.id, address)
        })
    };
    assert!(matches!(again("nobody"), Err(DeskError::Invalid { .. })));
    assert!(matches!(
        again("help@example.org"),
        Err(DeskError::Invalid { problem: Problem::AddressOfInbox { .. }, .. })
    ));
    again("anna.berg@example.net").unwrap();
    assert!(matches!(again("anna.berg@example.net"), Err(DeskError::Conflict(Problem::MailNotLost))));
    desk.wait(SignedDuration::from_secs(1));
    desk.sends(&mut bag);
    let left = bag.left.pop().expect("it left");
    assert_eq!(left.to, ["anna.berg@example.net"]);
    assert_eq!(left.message.to.len(), 1, "{}", left.raw);
    let mails = of();
    assert_eq!(mails.iter().map(|mail| mail.state).collect::<Vec<_>>(), [State::Failed, State::Sent]);
    assert_eq!(mails[0].replaced_by, Some(mails[1].id));
}

//! In 11: what comes in once the time for reopening is over, and who is told where it stands.

use desk::DeskError;
use desk::reply::{Answered, Then};
use domain::id::{MailId, PersonId};
use domain::link::Link;
use domain::ticket::State;
use jiff::SignedDuration;
use store::mail::State as MailState;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::letters::{Office, after_undo, answers, is_clean, letter, number, office, said_on, state};

const LATER: SignedDuration = SignedDuration::from_hours(24 * 40);

fn confirms(desk: &TestDesk, who: PersonId, number: i64, mail: MailId) -> Result<Answered, DeskError> {
    desk.with(who, number, move |act, seen| {
        desk::receive_mail::confirm(act, seen.serve().ok_or(DeskError::NotAllowed)?, mail)
    })
}

fn links(desk: &TestDesk, who: PersonId, number: i64, link: Link, other: i64) {
    desk.act(who, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        desk::link::add(act, viewer, seen.serve().ok_or(DeskError::NotAllowed)?, link, other)
    })
    .unwrap();
}

fn merges(desk: &TestDesk, who: PersonId, from: i64, into: i64) {
    desk.act(who, move |act, viewer| {
        let of = |act: &mut desk::Act, number| {
            let seen =
                store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
            seen.serve().ok_or(DeskError::NotAllowed)
        };
        let (from, into) = (of(act, from)?, of(act, into)?);
        desk::merge::run(act, from, into)
    })
    .unwrap();
}

/// Anna's ticket, solved.
fn solved(desk: &TestDesk, office: &Office) -> i64 {
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    answers(desk, office.kim, ticket, "Mended.", Then::Solve);
    after_undo(desk, &mut Bag::default());
    ticket
}

fn answer(from: &str, id: &str, words: &str) -> String {
    letter(from, id, "Re: The lamp", "In-Reply-To: <one@example.net>\r\n", words)
}

/// A mail of Eve, who is not on the ticket, with a file.
fn from_eve() -> String {
    "From: eve@example.com\r\nTo: help@example.org\r\nSubject: Re: The lamp\r\nMessage-ID: <eve@example.com>\r\n\
     In-Reply-To: <one@example.net>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
     --m\r\nContent-Type: text/plain\r\n\r\nI am her sister.\r\n\
     --m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"lamp.txt\"\r\n\r\nA lamp\r\n--m--\r\n"
        .to_owned()
}

fn names_of_files(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    let files = desk.with(who, number, |act, seen| Ok(store::attachment::of_messages(act.tx, &seen.read())?));
    files.unwrap().into_iter().map(|file| file.name).collect()
}

pub(crate) fn in_11_a_stranger_confirmed_late_stands_on_the_ticket_that_follows(desk: &TestDesk) {
    let office = office(desk);
    let ticket = solved(desk, &office);
    // Linked by hand with a ticket of somebody else, who must hear nothing of Anna's.
    let bobs = letter("bob@example.net", "bob", "My lamp", "", "Mine is fine.");
    let other = number(desk, desk.receives(office.inbox, &bobs).ticket);
    links(desk, office.kim, ticket, Link::FollowedBy, other);
    let before = said_on(desk, ticket);
    let mail = desk.receives(office.inbox, &from_eve());
    assert_eq!((mail.state, number(desk, mail.ticket)), (MailState::Stranger, ticket));
    desk.wait(LATER);

    let Answered::Elsewhere(next) = confirms(desk, office.kim, ticket, mail.id).unwrap() else {
        panic!("it cannot be reopened any more")
    };
    assert!(![ticket, other].contains(&next.number));
    assert_eq!((said_on(desk, ticket), said_on(desk, other).len()), (before, 1));
    assert_eq!(said_on(desk, next.number).len(), 1);
    assert!(said_on(desk, next.number)[0].2.contains("I am her sister."));
    assert_eq!((state(desk, ticket), state(desk, next.number)), (State::Solved, State::Open));
    assert_eq!(names_of_files(desk, office.kim, next.number), ["lamp.txt"]);
    let person = |address: &'static str| {
        let found = desk.desk.look_now(move |look| Ok(store::person::by_email(look.tx, address)?));
        found.unwrap().unwrap().id
    };
    assert!(desk.sees(person("anna@example.net"), next.number).is_some(), "it is Anna's matter");
    assert!(desk.sees(person("eve@example.com"), next.number).is_none(), "a message gives no right");
    let anna = desk.receives(office.inbox, &answer("anna@example.net", "later", "She is right."));
    assert_eq!(number(desk, anna.ticket), next.number, "Anna goes on there, too");
    assert_eq!(said_on(desk, next.number).len(), 2);
    let again = confirms(desk, office.kim, ticket, mail.id);
    assert!(matches!(again, Err(DeskError::NotFound | DeskError::Conflict(_))), "{again:?}");
    is_clean(desk);
}

pub(crate) fn in_11_a_stranger_goes_nowhere_the_agent_does_not_serve(desk: &TestDesk) {
    let office = office(desk);
    let ticket = solved(desk, &office);
    let mail = desk.receives(office.inbox, &from_eve());
    desk.wait(LATER);
    let late = desk.receives(office.inbox, &answer("anna@example.net", "late", "Again."));
    let next = number(desk, late.ticket);
    let stock = desk.unit("Warehouse");
    desk.agent("Bo", &[stock]);
    desk.with(office.kim, next, move |act, seen| {
        desk::transfer::run(act, seen.serve().unwrap(), stock, "It is yours.")
    })
    .unwrap();
    let stands = confirms(desk, office.kim, ticket, mail.id).unwrap();
    let Answered::Elsewhere(third) = stands else { panic!("{stands:?}") };
    assert!(![ticket, next].contains(&third.number), "Kim does not serve where Anna went on");
    assert_eq!(said_on(desk, next).len(), 1);
    is_clean(desk);
}

pub(crate) fn in_11_a_ticket_that_followed_and_was_merged_leads_to_the_one_that_stays(desk: &TestDesk) {
    let office = office(desk);
    let ticket = solved(desk, &office);
    desk.wait(LATER);
    let own = letter("anna@example.net", "other", "A dark lamp", "", "It is dark.");
    let stays = number(desk, desk.receives(office.inbox, &own).ticket);
    desk.wait(SignedDuration::from_mins(10));
    let late = desk.receives(office.inbox, &answer("anna@example.net", "late", "Dark again."));
    let next = number(desk, late.ticket);
    assert!(![ticket, stays].contains(&next));
    merges(desk, office.kim, next, stays);

    let later = desk.receives(office.inbox, &answer("anna@example.net", "later", "And still."));
    assert_eq!(number(desk, later.ticket), stays);
    assert_eq!((said_on(desk, next).len(), said_on(desk, stays).len()), (1, 2));
    // What the merged ticket's own mails are answered with goes there as well.
    let more = "In-Reply-To: <late@example.net>\r\n";
    let own = desk.receives(office.inbox, &letter("anna@example.net", "own", "Re: x", more, "Hello?"));
    assert_eq!(number(desk, own.ticket), stays);
    // Once its time is over as well, a new one follows it and not the one that was merged.
    desk.solves(office.kim, stays);
    desk.wait(LATER);
    let last = desk.receives(office.inbox, &answer("anna@example.net", "last", "Once more."));
    let last = number(desk, last.ticket);
    assert!(![ticket, stays, next].contains(&last));
    let follows = desk.with(office.kim, last, |act, seen| {
        let events = store::event::of_ticket(act.tx, seen.ticket)?;
        let linked = domain::link::of(seen.ticket, &events)[0];
        Ok((linked.link, store::mail_thread::number_of(act.tx, linked.ticket)?))
    });
    assert_eq!(follows.unwrap(), (Link::Follows, Some(stays)));
    is_clean(desk);
}

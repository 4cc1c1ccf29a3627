//! Mail that proves an address never reaches a portal by itself, and no address of ours is anybody's.

use desk::entitled::ByDesk;
use desk::people::Input;
use desk::reply::{Answered, Then};
use desk::{DeskError, Problem};
use domain::affiliation::Class;
use domain::event::Fact;
use domain::id::{MessageId, PersonId};
use store::mail::State;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::letters::{Office, after_undo, answers, is_clean, letter, number, office};

const PROOF: &str = "Confirm your account: https://saas.example/confirm/9f2c4e7ab01d4c7f8e21";

/// What the requester's side reads of a ticket.
fn outside(desk: &TestDesk, person: PersonId, number: i64) -> Vec<String> {
    desk.with(person, number, |act, seen| {
        let said = store::message::of_ticket_outside(act.tx, &seen.read(), act.now)?;
        Ok(said.into_iter().map(|said| said.message.body).collect())
    })
    .unwrap()
}

pub(crate) fn whose(desk: &TestDesk, address: &'static str) -> Option<PersonId> {
    let found = desk.desk.look_now(move |look| Ok(store::person::by_email(look.tx, address)?));
    found.unwrap().map(|person| person.id)
}

fn last_message(desk: &TestDesk, kim: PersonId, number: i64) -> MessageId {
    desk.with(kim, number, |act, seen| {
        Ok(store::message::of_ticket(act.tx, &seen.read())?.last().unwrap().message.id)
    })
    .unwrap()
}

fn releases(desk: &TestDesk, office: &Office, number: i64, message: MessageId) -> Result<(), DeskError> {
    desk.with(office.kim, number, move |act, seen| {
        desk::receive_mail::release(act, seen.serve().ok_or(DeskError::NotAllowed)?, message)
    })
}

fn subject(desk: &TestDesk, number: i64) -> String {
    let sql = "select subject from ticket where number = $1";
    let found = desk
        .desk
        .look_now(move |look| Ok(look.tx.query_one(sql, store::params![number], |row| row.get(0))?));
    found.unwrap()
}

/// M3, R9: whoever has the portal account of a service's address reads nothing that the service sent us.
pub(crate) fn m3_what_proves_an_address_is_on_no_portal_until_an_agent_releases_it(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let from = "Saas <no-reply@saas.example>";
    let mail = desk.receives(office.inbox, &letter(from, "proof", "481205 is your code", "", PROOF));
    assert_eq!(mail.state, State::Done);
    let ticket = number(desk, mail.ticket);
    let thief = whose(desk, "no-reply@saas.example").unwrap();
    assert_eq!(outside(desk, thief, ticket), [""; 0]);
    assert_eq!(subject(desk, ticket), "Help: no-reply@saas.example", "the subject would tell the code");
    while desk.sends(&mut bag) > 0 {}
    assert!(bag.left.is_empty(), "it is not even acknowledged");

    let message = last_message(desk, office.kim, ticket);
    releases(desk, &office, ticket, message).unwrap();
    assert_eq!(outside(desk, thief, ticket), [PROOF]);
    let again = releases(desk, &office, ticket, message).unwrap_err();
    assert!(matches!(again, DeskError::Conflict(Problem::AlreadyDecided)), "{again:?}");
    let events = desk
        .with(office.kim, ticket, |act, seen| Ok(store::event::of_ticket(act.tx, seen.read().ticket)?))
        .unwrap();
    assert!(events.iter().any(|event| event.fact == Fact::Released { message }), "it is told who did it");
    is_clean(desk);
}

/// M3: somebody signs up elsewhere with the address of their own ticket.
pub(crate) fn m3_a_sign_up_with_the_address_of_a_ticket_stays_inside_even_when_confirmed(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("eve@evil.example", "one", "Hello", "", "Please answer me.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    let eve = whose(desk, "eve@evil.example").unwrap();
    answers(desk, office.kim, ticket, "Here you are.", Then::Stay);
    after_undo(desk, &mut bag);
    let reply = bag.left.iter().find(|left| left.raw.contains("Here you are")).unwrap();
    let address = reply.message.reply_to[0].address.to_string();
    assert!(address.starts_with("help+"), "{address}");
    let proof = letter("team@saas.example", "proof", "Verify your email", "", PROOF)
        .replace("To: help@example.org", &format!("To: {address}"));
    let mail = desk.receives(office.inbox, &proof);
    assert_eq!((mail.state, number(desk, mail.ticket)), (State::Stranger, ticket));
    let before = outside(desk, eve, ticket);
    let id = mail.id;
    let stands = desk
        .with(office.kim, ticket, move |act, seen| {
            desk::receive_mail::confirm(act, seen.serve().ok_or(DeskError::NotAllowed)?, id)
        })
        .unwrap();
    let Answered::Here(message) = stands else { panic!("{stands:?}") };
    assert_eq!(outside(desk, eve, ticket), before, "that it belongs there is not that she may read it");
    releases(desk, &office, ticket, message).unwrap();
    assert_eq!(outside(desk, eve, ticket).len(), before.len() + 1);
    is_clean(desk);
}

/// M3: what is moved to another ticket stays held there.
pub(crate) fn m3_a_held_message_stays_held_where_it_is_moved(desk: &TestDesk) {
    let office = office(desk);
    let first = letter("eve@evil.example", "one", "Hello", "", "Please answer me.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    let eve = whose(desk, "eve@evil.example").unwrap();
    let subject = format!("Your login code [#{ticket}]");
    let proof = desk.receives(office.inbox, &letter("code@saas.example", "p", &subject, "", "Code: 481205"));
    let own = number(desk, proof.ticket);
    let message = last_message(desk, office.kim, own);
    desk.act(office.kim, move |act, viewer| {
        let of = |act: &mut desk::Act, number| {
            let seen =
                store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
            seen.serve().ok_or(DeskError::NotAllowed)
        };
        let (from, to) = (of(act, own)?, of(act, ticket)?);
        desk::receive_mail::move_to(act, from, to, message)
    })
    .unwrap();
    assert_eq!(outside(desk, eve, ticket), ["Please answer me."]);
    is_clean(desk);
}

/// M4, R9: on every path that gives somebody an address, ours are refused in every form.
pub(crate) fn m4_no_address_of_ours_becomes_anybodys(desk: &TestDesk) {
    let office = office(desk);
    let ended = desk.posts("old@example.org", (office.unit, office.service));
    desk.set_up(move |act| desk::inboxes::end(act, &ByDesk, ended));
    let inbox = office.inbox;
    desk.set_up(move |act| {
        let mut look = desk::Look { tx: &mut *act.tx, now: act.now, catalogue: act.catalogue.clone() };
        let mut input = desk::inboxes::Input::of(&mut look, inbox)?;
        input.aliases = vec!["service@example.org".to_owned()];
        desk::inboxes::change(act, &ByDesk, inbox, &input)
    });
    let ticket = desk.receives(office.inbox, &letter("anna@example.net", "one", "Lamp", "", "Dark.")).ticket;
    let ticket = number(desk, ticket);
    let anna = whose(desk, "anna@example.net").unwrap();
    for ours in [
        "help@example.org",
        "HELP@Example.ORG.",
        "help+aaaa@example.org",
        "service@example.org",
        "Service+x+y@example.org",
        "old@example.org",
        "old+1@example.org",
    ] {
        let input = Input { email: Some(ours.to_owned()), ..Input::named("Mallory") };
        let made = {
            let input = input.clone();
            desk.desk.act_now(domain::event::Actor::Desk, move |act| {
                desk::people::create(act, &ByDesk, &input, &[]).map(|_| ())
            })
        };
        let changed = desk
            .desk
            .act_now(domain::event::Actor::Desk, move |act| desk::people::change(act, &ByDesk, anna, &input));
        let copied = desk.with(office.kim, ticket, move |act, seen| {
            let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
            desk::copies::add(act, granted, ours, None).map(|_| ())
        });
        for refused in [made, changed, copied] {
            let refused = refused.unwrap_err();
            let told = matches!(&refused, DeskError::Invalid { problem: Problem::AddressOfInbox { .. }, .. });
            assert!(told, "{ours}: {refused:?}");
        }
        let mail = desk.receives(office.inbox, &letter(ours, &ours.replace('@', "."), "Hi", "", "It is me."));
        assert_eq!((mail.state, mail.code.as_deref()), (State::Suspended, Some("own_address")), "{ours}");
    }
    // And nobody's address becomes ours, in no form of it.
    desk.set_up(|act| {
        let input = Input { email: Some("post+news@example.org".to_owned()), ..Input::named("Post") };
        desk::people::create(act, &ByDesk, &input, &[])
    });
    let input = desk::inboxes::Input::named("Post", "post@example.org", office.unit, office.service);
    let taken = desk.desk.act_now(domain::event::Actor::Desk, move |act| {
        desk::inboxes::create(act, &ByDesk, &input).map(|_| ())
    });
    assert!(matches!(taken, Err(DeskError::Invalid { problem: Problem::InboxAddressTaken { .. }, .. })));
}

/// M4: an address of our own domain makes nobody an employee.
pub(crate) fn m4_an_address_of_our_domain_is_no_employee(desk: &TestDesk) {
    let office = office(desk);
    let mail = desk.receives(office.inbox, &letter("ceo@example.org", "ceo", "Urgent", "", "Pay this."));
    assert_eq!(mail.state, State::Done);
    let person = desk.desk.look_now(|look| Ok(store::person::by_email(look.tx, "ceo@example.org")?)).unwrap();
    assert_eq!(person.unwrap().class, Class::External);
}

//! A mail that is split into a ticket of its own: its author is told the number, and every answer finds its ticket.

use desk::reply::Then;
use desk::split::{self, Split};
use desk::words::Subject;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::letters::{after_undo, answers, is_clean, letter, number, office, said_on};

pub(crate) fn an_answer_to_either_ticket_finds_it(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail = desk.receives(
        office.inbox,
        &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums. And where is my invoice?"),
    );
    let old = number(desk, mail.ticket);
    answers(desk, office.kim, old, "We look at the lamp.", Then::Stay);
    after_undo(desk, &mut bag);
    let of_old = bag.left.pop().expect("the reply on the lamp");
    bag.left.clear();
    let service = office.service;
    let made = desk
        .act(office.kim, move |act, viewer| {
            let seen = store::access::by_number(act.tx, viewer, old, act.now)?.unwrap();
            let message = store::message::of_ticket(act.tx, &seen.read())?[0].message.id;
            let subject = Subject::parse("The invoice")?;
            let split = Split { message, service, subject, tells: true };
            split::run(act, viewer, seen.serve().unwrap(), &split)
        })
        .unwrap();
    desk.sends(&mut bag);
    let told = bag.left.pop().expect("a mail with the new number");
    assert_eq!(told.to, ["anna@example.net"]);
    assert!(told.raw.contains(&format!("#{}", made.number)), "{}", told.raw);
    answers(desk, office.kim, made.number, "It is on its way.", Then::Stay);
    after_undo(desk, &mut bag);
    let of_new = bag.left.pop().expect("the reply on the invoice");
    assert_eq!(of_new.to, ["anna@example.net"]);

    for (mail, ticket, words) in [
        (&of_old, old, "The lamp still hums."),
        (&told, made.number, "Good."),
        (&of_new, made.number, "Thank you for the invoice."),
    ] {
        let answer = desk.receives(office.inbox, &mail.answered(words));
        assert_eq!(number(desk, answer.ticket), ticket, "{words}");
        assert_eq!(said_on(desk, ticket).last().unwrap().2, words);
    }
    is_clean(desk);
}

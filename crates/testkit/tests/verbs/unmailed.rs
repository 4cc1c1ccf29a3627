//! What is read at the desk alone waits like mail: taken back it never was, and until then nobody outside has it.

use desk::outbox::{self, Unsaid};
use desk::reply::Then;
use desk::words::Body;
use desk::{DeskError, Problem};
use domain::agreement::AgreementKind;
use domain::id::{MessageId, PersonId};
use domain::notice::Occasion;
use domain::permission::Relation;
use domain::ticket::State;
use domain::ticket::rules::Refusal;
use jiff::SignedDuration;
use store::tally::{self, Sum};
use testkit::TestDesk;

use crate::board::told;
use crate::notices::answers;

fn takes_back(
    desk: &TestDesk,
    person: PersonId,
    number: i64,
    message: MessageId,
) -> Result<Unsaid, DeskError> {
    desk.with(person, number, move |act, seen| {
        outbox::take_back(act, seen.serve().ok_or(DeskError::NotAllowed)?, message)
    })
}

fn delivers(desk: &TestDesk, person: PersonId, number: i64, words: &str) -> MessageId {
    let body = Body::parse(words).unwrap();
    desk.with(person, number, move |act, seen| desk::handoff::deliver(act, seen.serve().unwrap(), &body))
        .unwrap()
}

/// What is derived of these tickets from their events, and every sum.
fn derived(desk: &TestDesk, agent: PersonId, numbers: &[i64]) -> (Vec<String>, Vec<Sum>) {
    let tickets = numbers.iter().map(|number| {
        desk.with(agent, *number, |act, seen| {
            let granted = seen.read_inside().unwrap();
            let sheet = store::sheet::inside(act.tx, &granted)?;
            let clocks = store::clock::of_ticket(act.tx, granted.ticket)?;
            let said = store::message::of_ticket(act.tx, &granted)?;
            Ok(format!(
                "{:?} {:?} {:?} {:?} {} {clocks:?} {said:?}",
                sheet.state, sheet.waiting, sheet.due, sheet.solved_at, sheet.handoffs_open
            ))
        })
        .unwrap()
    });
    (tickets.collect(), desk.set_up(|act| Ok(tally::all(act.tx)?)))
}

/// How a ticket stands for somebody of the requesting side, and what they read of it.
fn known(desk: &TestDesk, person: PersonId, number: i64) -> (State, bool, Vec<String>) {
    let seen = desk.sees(person, number).unwrap();
    assert!(matches!(seen.relation, Relation::Requesting | Relation::Asking));
    let looked = desk.desk.look_now(move |look| {
        let sheet = desk::outside::known(look, &seen.read())?.sheet;
        let said = store::message::of_ticket_outside(look.tx, &seen.read(), look.now)?;
        Ok((sheet.state, sheet.waits_for_requester, said.into_iter().map(|said| said.message.body).collect()))
    });
    looked.unwrap()
}

fn is_sound(desk: &TestDesk) {
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn a_reply_that_no_inbox_sends_waits_and_can_be_taken_back(desk: &TestDesk) {
    let desk = &desk.undoing();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.takes(kim, number);
    desk.notifies();
    desk.wait(SignedDuration::from_mins(30));
    let (before, outside) = (derived(desk, kim, &[number]), known(desk, ada, number));
    for then in [Then::Stay, Then::WaitForRequester, Then::Solve] {
        let message = answers(desk, kim, number, "A hasty answer.", then);
        assert_ne!(derived(desk, kim, &[number]), before, "{then:?} does something");
        assert_eq!(known(desk, ada, number), outside, "and nobody outside sees it yet");
        desk.indexes();
        assert_eq!((desk.finds(kim, "hasty").len(), desk.finds(ada, "hasty").len()), (1, 0));
        let back = takes_back(desk, kim, number, message).unwrap();
        assert_eq!((back.body.as_str(), back.then), ("A hasty answer.", then));
        assert_eq!(derived(desk, kim, &[number]), before, "{then:?}");
        is_sound(desk);
    }
    desk.wait(SignedDuration::from_mins(1));
    desk.notifies();
    assert!(told(desk, ada).is_empty(), "of what was taken back nobody is told");
    let message = answers(desk, kim, number, "A thoughtful answer.", Then::Solve);
    desk.notifies();
    assert!(told(desk, ada).is_empty(), "it can still be taken back");
    desk.wait(SignedDuration::from_secs(12));
    desk.notifies();
    desk.indexes();
    assert_eq!(told(desk, ada), [(Occasion::Solved, number)]);
    assert_eq!(desk.finds(ada, "thoughtful").len(), 1);
    assert_eq!((known(desk, ada, number).0, known(desk, ada, number).2.len()), (State::Solved, 2));
    assert!(matches!(
        takes_back(desk, kim, number, message),
        Err(DeskError::Conflict(Problem::TooLateToTakeBack))
    ));
    is_sound(desk);
}

pub(crate) fn what_one_unit_says_to_another_waits_and_can_be_taken_back(desk: &TestDesk) {
    let desk = &desk.undoing();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let always = desk.always();
    desk.promises(AgreementKind::Sla, help, 8, always);
    desk.promises(AgreementKind::Ola, stock, 4, always);
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Wrong lamp", "This is not mine.");
    let handoff = desk.asks(kim, number, stock, "Swap lamp", "The green one.");
    desk.wait(SignedDuration::from_mins(30));
    let both = [number, handoff];
    let read = |number: i64| derived(desk, if number == handoff { bo } else { kim }, &[number]);
    let all = || both.map(read);
    let (before, outside) = (all(), known(desk, kim, handoff));

    let message = answers(desk, bo, handoff, "Which lmap?", Then::WaitForRequester);
    assert_eq!(known(desk, kim, handoff), outside);
    takes_back(desk, bo, handoff, message).unwrap();
    assert_eq!(all(), before);
    is_sound(desk);

    let message = delivers(desk, bo, handoff, "Sent the hasty one.");
    assert_ne!(all(), before);
    assert_eq!(known(desk, kim, handoff), outside, "it is not delivered for whoever asked");
    desk.indexes();
    assert_eq!((desk.finds(bo, "hasty").len(), desk.finds(kim, "hasty").len()), (1, 0));
    let accepted = desk.with(kim, handoff, |act, seen| {
        desk::handoff::accept(act, seen.ask().ok_or(DeskError::NotAllowed)?, Some(5), "")
    });
    assert!(matches!(accepted, Err(DeskError::Refused(Refusal::StillOpen))), "{accepted:?}");
    let row = desk.with(kim, number, |act, seen| {
        Ok(store::sheet::handoffs(act.tx, &seen.read_inside().unwrap(), act.now)?.remove(0))
    });
    assert!(matches!(row.unwrap(), row if row.held && row.state == State::Open && row.solved_at.is_none()));
    let back = takes_back(desk, bo, handoff, message).unwrap();
    assert_eq!(back.body, "Sent the hasty one.");
    assert_eq!(all(), before, "the ticket that waits for it is as it was, too");
    is_sound(desk);

    delivers(desk, bo, handoff, "Sent the green one.");
    desk.wait(SignedDuration::from_secs(10));
    assert_eq!(known(desk, kim, handoff).0, State::Solved);
    desk.accepts(kim, handoff, 5);
    is_sound(desk);
}

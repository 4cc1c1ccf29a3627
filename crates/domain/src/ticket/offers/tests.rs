//! Nothing is offered that its rule always refuses, and nothing is withheld that it would allow.

use proptest::prelude::*;

use super::*;
use crate::event::invented::{
    TICKET, captive_service, lawless, minute, opening, reopened, said, solved, told,
};
use crate::event::{Event, Fact, Opening};

fn after(facts: &[Fact]) -> Ticket {
    let facts: Vec<_> = (1..).zip(facts).map(|(at, fact)| (at, TICKET, fact.clone())).collect();
    Ticket::fold(TICKET, &told(&facts)).unwrap()
}

#[test]
fn a_captive_requesters_ticket_is_not_an_agents_to_close() {
    let ticket = after(&[solved()]);
    let free = Service { captive: false, ..captive_service() };
    assert_eq!(ticket.may(Deed::Close, &captive_service(), minute(9)), Err(Refusal::Captive));
    assert_eq!(ticket.may(Deed::Close, &free, minute(9)), Ok(()));
    assert_eq!(ticket.may(Deed::AcceptSolution, &captive_service(), minute(9)), Ok(()));
}

#[test]
fn who_said_nothing_agreed_on_no_date_and_asked_nobody() {
    let silent = Fact::Opened(Opening { message: None, ..opening(1) });
    let event = Event { fact: silent, ..told(&[])[0].clone() };
    let ticket = Ticket::fold(TICKET, &[event]).unwrap();
    let service = captive_service();
    assert_eq!(ticket.may(Deed::WaitForDate, &service, minute(9)), Err(Refusal::NoAgreement));
    assert_eq!(ticket.may(Deed::WaitForRequester, &service, minute(9)), Err(Refusal::NothingAsked));
    assert_eq!(after(&[said(Side::Serving)]).may(Deed::WaitForRequester, &service, minute(9)), Ok(()));
    assert_eq!(
        after(&[solved(), reopened(Side::Requesting)]).may(Deed::Close, &service, minute(9)),
        Err(Refusal::StillOpen)
    );
}

/// Everything that a form could send for a deed.
fn tries(ticket: &Ticket, deed: Deed, service: &Service, now: Timestamp) -> Vec<bool> {
    let reasons = [None, Some(ReasonId(1))];
    let messages = [None, ticket.last_side.map(|_| MessageId(1))];
    let dates = [minute(-100), now, minute(1_000_000)];
    let waits = |on: Vec<WaitOn>| -> Vec<bool> {
        let pairs = on.into_iter().flat_map(|on| messages.map(|message| (on, message)));
        pairs.map(|(on, message)| ticket.wait(on, message, now).is_ok()).collect()
    };
    match deed {
        Deed::Assign(person) => vec![ticket.assign(person).is_ok()],
        Deed::Transfer(unit) => reasons.map(|reason| ticket.transfer(unit, reason).is_ok()).into(),
        Deed::Ask | Deed::ReplyAndWait => vec![ticket.state == crate::ticket::State::Open],
        Deed::WaitForRequester => waits(vec![WaitOn::Requester]),
        Deed::WaitForSupplier => waits(vec![WaitOn::Supplier(OrganisationId(3))]),
        Deed::WaitForDate => waits(dates.map(|until| WaitOn::Agreed { until }).into()),
        Deed::Resume => vec![ticket.resume().is_ok()],
        Deed::Solve => {
            reasons.map(|reason| !ticket.is_handoff() && ticket.solve(None, reason).is_ok()).into()
        }
        Deed::ReplyAndSolve => vec![!ticket.is_handoff() && ticket.solve(Some(MessageId(1)), None).is_ok()],
        Deed::Deliver => vec![ticket.is_handoff() && ticket.solve(Some(MessageId(1)), None).is_ok()],
        Deed::Reopen(side) => reasons.map(|reason| ticket.reopen(side, reason, service, now).is_ok()).into(),
        Deed::Close => vec![ticket.close(Closing::Agent, service, now).is_ok()],
        Deed::ChangePriority(priority) => {
            reasons.map(|reason| ticket.change_priority(priority, reason).is_ok()).into()
        }
        Deed::AcceptSolution => vec![ticket.close(Closing::Accepted, service, now).is_ok()],
        Deed::Accept => [None, Some(1), Some(5), Some(9)]
            .map(|rating| ticket.accept(Closing::Accepted, rating, reasons[1]).is_ok())
            .into(),
        Deed::HandBack => reasons.map(|reason| ticket.hand_back(reason).is_ok()).into(),
        Deed::Withdraw => reasons.map(|reason| ticket.withdraw(reason).is_ok()).into(),
        Deed::Escalate => reasons.map(|reason| ticket.escalate(service, reason).is_ok()).into(),
        Deed::Snooze => {
            [now, now + SignedDuration::from_hours(9)].map(|until| ticket.snooze(until, now).is_ok()).into()
        }
        Deed::WakeUp => vec![ticket.wake_up().is_ok()],
        Deed::Merge => vec![ticket.may_be_merged().is_ok()],
    }
}

const DEEDS: [Deed; 26] = [
    Deed::Assign(None),
    Deed::Assign(Some(PersonId(1))),
    Deed::Assign(Some(PersonId(5))),
    Deed::Transfer(UnitId(1)),
    Deed::Transfer(UnitId(2)),
    Deed::Ask,
    Deed::WaitForRequester,
    Deed::WaitForSupplier,
    Deed::WaitForDate,
    Deed::Resume,
    Deed::ReplyAndWait,
    Deed::Solve,
    Deed::ReplyAndSolve,
    Deed::Deliver,
    Deed::Reopen(Side::Serving),
    Deed::Reopen(Side::Requesting),
    Deed::Close,
    Deed::ChangePriority(Priority::P1),
    Deed::AcceptSolution,
    Deed::Accept,
    Deed::HandBack,
    Deed::Withdraw,
    Deed::Escalate,
    Deed::Snooze,
    Deed::WakeUp,
    Deed::Merge,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_offered_is_what_some_form_could_do(
        events in lawless(),
        handoff in any::<bool>(),
        captive in any::<bool>(),
        later in 0..60_000_i64,
    ) {
        let mut ticket = Ticket::fold(TICKET, &events).unwrap();
        ticket.parent = ticket.parent.or(handoff.then_some(crate::id::TicketId(77)));
        let service = Service { captive, ..captive_service() };
        let now = minute(later);
        for deed in DEEDS {
            let offered = ticket.may(deed, &service, now).is_ok();
            let possible = tries(&ticket, deed, &service, now).contains(&true);
            prop_assert_eq!(offered, possible, "{:?} on {:?}", deed, ticket);
        }
    }
}

//! A ticket is what its events made of it, whether they come one by one or all at once.

use proptest::prelude::*;

use super::{State, Ticket};
use crate::event::invented::{
    HANDOFFS, TICKET, automatic, closed, escalated, lawful, lawless, minute, opening, reopened, said, solved,
    told, waits,
};
use crate::event::{Closing, Fact, Side, WaitOn};
use crate::id::{OrganisationId, TicketId, UnitId};

fn after(facts: &[(i64, TicketId, Fact)]) -> Ticket {
    Ticket::fold(TICKET, &told(facts)).unwrap()
}

#[test]
fn the_opening_message_waits_for_an_answer_until_a_person_gives_one() {
    let asked = after(&[(2, TICKET, automatic(Side::Serving)), (3, TICKET, said(Side::Requesting))]);
    assert_eq!((asked.unanswered_since, asked.last_side), (Some(minute(0)), Some(Side::Requesting)));
    let answered = after(&[(4, TICKET, said(Side::Serving))]);
    assert_eq!((answered.unanswered_since, answered.last_side), (None, Some(Side::Serving)));
}

#[test]
fn solving_ends_what_it_waited_for_and_reopening_does_not_bring_it_back() {
    let facts = [
        (1, HANDOFFS[0], Fact::Asked(opening(2))),
        (2, TICKET, waits(WaitOn::Supplier(OrganisationId(1)))),
        (3, TICKET, solved()),
        (4, TICKET, reopened(Side::Serving)),
    ];
    let ticket = after(&facts);
    assert_eq!((ticket.state, ticket.waiting, ticket.reopened), (State::Open, None, 1));
    assert_eq!((ticket.handoffs, ticket.solved_at), (vec![], None));
}

#[test]
fn a_solved_ticket_cannot_begin_to_wait() {
    let ticket = after(&[(3, TICKET, solved()), (4, TICKET, waits(WaitOn::Requester))]);
    assert_eq!(ticket.waiting, None);
}

#[test]
fn reopening_what_is_open_changes_nothing() {
    let facts = [(2, TICKET, waits(WaitOn::Requester)), (3, TICKET, reopened(Side::Requesting))];
    let ticket = after(&facts);
    assert_eq!((ticket.reopened, ticket.waiting), (0, Some(WaitOn::Requester)));
}

#[test]
fn a_ticket_is_closed_once() {
    let ticket = after(&[(3, TICKET, closed(Closing::Accepted)), (9, TICKET, closed(Closing::Timer))]);
    assert_eq!((ticket.closed_at, ticket.closing), (Some(minute(3)), Some(Closing::Accepted)));
}

#[test]
fn escalating_reopens_it_with_the_neutral_owner() {
    let ticket = after(&[(1, TICKET, said(Side::Serving)), (3, TICKET, solved()), (5, TICKET, escalated(3))]);
    assert_eq!((ticket.state, ticket.unit, ticket.person), (State::Open, UnitId(3), None));
    assert_eq!((ticket.escalated, ticket.unanswered_since), (true, Some(minute(5))));
}

#[test]
fn time_never_runs_backwards() {
    let ticket = after(&[(7, TICKET, said(Side::Serving)), (3, TICKET, solved())]);
    assert_eq!((ticket.solved_at, ticket.changed_at), (Some(minute(7)), minute(7)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn events_one_by_one_and_all_at_once_make_the_same_ticket(
        events in prop_oneof![lawless(), lawful()],
        known in 1..24_usize,
    ) {
        let known = known.min(events.len());
        let whole = Ticket::fold(TICKET, &events);
        if let Some(mut ticket) = Ticket::fold(TICKET, &events[..known]) {
            for event in &events[known..] {
                ticket.apply(event);
            }
            prop_assert_eq!(Some(ticket), whole);
        }
    }

    #[test]
    fn nobody_waits_for_a_requester_who_was_asked_nothing(events in lawful()) {
        for known in 1..=events.len() {
            if let Fact::WaitStarted { on: WaitOn::Requester, .. } = events[known - 1].fact {
                let spoken = events[..known - 1].iter().rev().find_map(|event| match event.fact {
                    Fact::Replied { side, automatic: false, .. } => Some(side),
                    Fact::Reopened { side: Side::Requesting, .. } | Fact::Escalated { .. } => {
                        Some(Side::Requesting)
                    }
                    _ => None,
                });
                prop_assert_eq!(spoken, Some(Side::Serving));
            }
        }
    }
}

//! Each rule lets through what is right and says why not otherwise.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Refusal, no_circle};
use crate::affiliation::Class;
use crate::event::invented::{
    HANDOFFS, TICKET, assigned, automatic, captive_service, closed, escalated, event, minute, opening,
    reopened, said, solved, told,
};
use crate::event::{Closing, Event, Fact, Opening, Reason, Side, WaitOn};
use crate::id::{MessageId, OrganisationId, PersonId, ReasonId, TicketId, UnitId};
use crate::priority::Priority;
use crate::service::Service;
use crate::ticket::Ticket;

const REASON: Option<Reason> = Some(ReasonId(1));

fn after(facts: &[Fact]) -> Ticket {
    let facts: Vec<_> = (1..).zip(facts).map(|(at, fact)| (at, TICKET, fact.clone())).collect();
    Ticket::fold(TICKET, &told(&facts)).unwrap()
}

fn handoff(facts: &[Fact]) -> Ticket {
    let asked = Fact::Asked(Opening { asking_unit: Some(UnitId(1)), ..opening(2) });
    let events: Vec<Event> = (0..)
        .zip(std::iter::once(&asked).chain(facts))
        .map(|(at, fact)| event(at, minute(at), HANDOFFS[0], fact.clone()))
        .collect();
    Ticket::fold(HANDOFFS[0], &events).unwrap()
}

fn day(number: i64) -> Timestamp {
    minute(1) + SignedDuration::from_hours(24 * number)
}

fn free() -> Service {
    Service { captive: false, ..captive_service() }
}

#[test]
fn nobody_serves_their_own_ticket() {
    let ticket = after(&[]);
    assert_eq!(ticket.assign(Some(PersonId(1))), Err(Refusal::OwnTicket));
    assert_eq!(ticket.assign(Some(PersonId(5))), Ok(assigned(Some(5))));
    assert_eq!(ticket.assign(None), Err(Refusal::NoChange));
    assert!(handoff(&[]).assign(Some(PersonId(1))).is_ok());
}

#[test]
fn a_pause_cannot_be_faked() {
    let wait = |ticket: Ticket| ticket.wait(WaitOn::Requester, None, minute(9));
    assert_eq!(wait(after(&[])), Err(Refusal::NothingAsked));
    assert_eq!(wait(after(&[automatic(Side::Serving)])), Err(Refusal::NothingAsked));
    assert!(wait(after(&[said(Side::Serving)])).is_ok());
    assert_eq!(wait(after(&[said(Side::Serving), said(Side::Requesting)])), Err(Refusal::NothingAsked));
    let returned = after(&[said(Side::Serving), solved(), reopened(Side::Requesting)]);
    assert_eq!(wait(returned), Err(Refusal::NothingAsked));
    assert_eq!(wait(after(&[said(Side::Serving), escalated(3)])), Err(Refusal::NothingAsked));
}

#[test]
fn a_date_is_agreed_in_a_message_and_lies_ahead() {
    let wait = |until, message| after(&[]).wait(WaitOn::Agreed { until: minute(until) }, message, minute(9));
    assert_eq!(wait(9, Some(MessageId(4))), Err(Refusal::DatePassed));
    assert_eq!(wait(10, None), Err(Refusal::NoAgreement));
    assert!(wait(10, Some(MessageId(4))).is_ok());
}

#[test]
fn a_wait_ends_only_when_there_is_one() {
    assert_eq!(after(&[]).resume(), Err(Refusal::NoChange));
    let on = WaitOn::Supplier(OrganisationId(1));
    let waiting = after(&[after(&[]).wait(on, None, minute(9)).unwrap()]);
    assert_eq!(waiting.resume(), Ok(Fact::WaitEnded));
}

#[test]
fn a_ticket_is_not_solved_while_a_handoff_blocks_it_unless_with_a_reason() {
    let events = told(&[(1, HANDOFFS[0], Fact::Asked(opening(2)))]);
    let ticket = Ticket::fold(TICKET, &events).unwrap();
    assert_eq!(ticket.solve(None, None), Err(Refusal::Blocked(1)));
    assert_eq!(ticket.solve(None, REASON), Ok(Fact::Solved { message: None, overriding: REASON }));
}

#[test]
fn a_delivered_handoff_blocks_until_it_is_accepted() {
    let steps = [
        (1, HANDOFFS[0], Fact::Asked(opening(2))),
        (2, HANDOFFS[0], solved()),
        (3, HANDOFFS[0], reopened(Side::Requesting)),
        (4, HANDOFFS[0], solved()),
        (5, HANDOFFS[0], closed(Closing::Accepted)),
    ];
    for known in 1..=steps.len() {
        let ticket = Ticket::fold(TICKET, &told(&steps[..known])).unwrap();
        assert_eq!(ticket.solve(None, None).is_ok(), known == steps.len());
    }
}

#[test]
fn only_open_tickets_are_worked_on() {
    for (facts, word) in [(vec![solved()], "solved"), (vec![closed(Closing::Accepted)], "closed")] {
        let ticket = after(&facts);
        let refused = Err(Refusal::NotOpen(word));
        assert_eq!(ticket.assign(Some(PersonId(5))), refused);
        assert_eq!(ticket.transfer(UnitId(2), None), refused);
        assert_eq!(ticket.wait(WaitOn::Supplier(OrganisationId(1)), None, minute(9)), refused);
        assert_eq!(ticket.resume(), refused);
        assert_eq!(ticket.solve(None, None), refused);
        assert_eq!(ticket.change_priority(Priority::P1, None), refused);
    }
    assert_eq!(after(&[]).transfer(UnitId(1), None), Err(Refusal::NoChange));
    assert_eq!(after(&[]).change_priority(Priority::P3, None), Err(Refusal::NoChange));
}

#[test]
fn reopening_is_possible_within_the_window_even_when_closed() {
    let solved_at_day_0 = after(&[solved(), closed(Closing::Timer)]);
    assert!(solved_at_day_0.reopen(Side::Requesting, None, &free(), day(14)).is_ok());
    let late = day(14) + SignedDuration::from_secs(1);
    assert_eq!(solved_at_day_0.reopen(Side::Requesting, None, &free(), late), Err(Refusal::ReopenWindowOver));
    assert_eq!(after(&[]).reopen(Side::Serving, None, &free(), day(0)), Err(Refusal::NoChange));
}

#[test]
fn a_unit_says_for_how_long_and_takes_nothing_from_who_cannot_go_elsewhere() {
    let ticket = after(&[solved()]);
    assert_eq!(ticket.reopen_days(&free(), None), 14);
    assert_eq!((ticket.reopen_days(&free(), Some(0)), ticket.reopen_days(&free(), Some(30))), (0, 30));
    let captive = captive_service();
    assert_eq!((ticket.reopen_days(&captive, Some(0)), ticket.reopen_days(&captive, Some(30))), (14, 30));
}

#[test]
fn a_captive_requesters_ticket_is_never_closed_by_the_provider_alone() {
    let ticket = after(&[solved()]);
    let close = |how, service: &Service, now| ticket.close(how, service, now).map(|fact| fact.name());
    assert_eq!(close(Closing::Agent, &captive_service(), day(9)), Err(Refusal::Captive));
    assert_eq!(close(Closing::Withdrawn, &captive_service(), day(9)), Err(Refusal::NotAHandoff));
    assert_eq!(close(Closing::Accepted, &captive_service(), day(0)), Ok("closed"));
    assert_eq!(close(Closing::Timer, &captive_service(), day(4)), Err(Refusal::ObjectionPending(day(5))));
    assert_eq!(close(Closing::Timer, &captive_service(), day(5)), Ok("closed"));
    assert_eq!(close(Closing::Agent, &free(), day(0)), Ok("closed"));
    assert_eq!(after(&[]).close(Closing::Accepted, &free(), day(0)), Err(Refusal::StillOpen));
}

#[test]
fn only_insiders_without_another_provider_are_captive() {
    let outside = Fact::Opened(Opening { class: Class::External, ..opening(1) });
    let ticket = Ticket::fold(TICKET, &[event(0, minute(0), TICKET, outside)]).unwrap();
    assert!(!ticket.is_captive(&captive_service()));
    assert!(!handoff(&[]).is_captive(&captive_service()));
    assert!(!after(&[]).is_captive(&free()));
    assert!(after(&[]).is_captive(&captive_service()));
}

#[test]
fn a_captive_requester_escalates_once_to_the_neutral_owner() {
    let service = captive_service();
    assert_eq!(after(&[]).escalate(&service, None), Ok(escalated(3)));
    assert!(after(&[solved()]).escalate(&service, None).is_ok());
    assert_eq!(after(&[escalated(3)]).escalate(&service, None), Err(Refusal::AlreadyEscalated));
    assert_eq!(after(&[]).escalate(&free(), None), Err(Refusal::NothingToEscalate));
    let nobody = Service { neutral_owner: None, ..captive_service() };
    assert_eq!(after(&[]).escalate(&nobody, None), Err(Refusal::NoNeutralOwner));
    let over = after(&[closed(Closing::Timer)]);
    assert_eq!(over.escalate(&service, None), Err(Refusal::NotOpen("closed")));
}

#[test]
fn a_deliverable_is_accepted_with_a_rating_or_goes_back_with_a_reason() {
    let delivered = handoff(&[solved()]);
    let accept = |how, rating| delivered.accept(how, rating, None).map(|fact| fact.name());
    assert_eq!(accept(Closing::Accepted, Some(5)), Ok("closed"));
    assert_eq!(accept(Closing::Accepted, None), Ok("closed"));
    assert_eq!(accept(Closing::Accepted, Some(0)), Err(Refusal::BadRating));
    assert_eq!(accept(Closing::Accepted, Some(6)), Err(Refusal::BadRating));
    assert_eq!(accept(Closing::Timer, None), Ok("closed"));
    assert_eq!(accept(Closing::Timer, Some(3)), Err(Refusal::NobodyRated));
    assert_eq!(delivered.hand_back(None), Err(Refusal::ReasonNeeded));
    assert_eq!(delivered.hand_back(REASON), Ok(Fact::Reopened { side: Side::Requesting, reason: REASON }));
    assert_eq!(handoff(&[]).accept(Closing::Accepted, None, None), Err(Refusal::StillOpen));
    assert_eq!(after(&[solved()]).accept(Closing::Accepted, None, None), Err(Refusal::NotAHandoff));
    assert_eq!(after(&[solved()]).hand_back(REASON), Err(Refusal::NotAHandoff));
}

#[test]
fn only_handoffs_are_withdrawn_and_only_the_asking_unit_ends_them() {
    assert_eq!(handoff(&[]).withdraw(None).map(|fact| fact.name()), Ok("closed"));
    let over = handoff(&[closed(Closing::Accepted)]);
    assert_eq!(over.withdraw(None), Err(Refusal::NotOpen("closed")));
    assert_eq!(after(&[]).withdraw(None), Err(Refusal::NotAHandoff));
    let delivered = handoff(&[solved()]);
    assert_eq!(delivered.close(Closing::Agent, &free(), day(9)), Err(Refusal::IsAHandoff));
    assert_eq!(delivered.reopen(Side::Serving, None, &free(), day(0)), Err(Refusal::IsAHandoff));
}

#[test]
fn a_circle_is_refused_with_its_path() {
    let graph: BTreeMap<i64, Vec<i64>> = [(1, vec![2, 3]), (2, vec![4]), (3, vec![4]), (4, vec![5])].into();
    let waits_for =
        |ticket: TicketId| graph.get(&ticket.0).into_iter().flatten().map(|id| TicketId(*id)).collect();
    assert_eq!(no_circle(TicketId(1), TicketId(5), waits_for), Ok(()));
    let circle = no_circle(TicketId(5), TicketId(2), waits_for).unwrap_err();
    assert_eq!(circle.path, [5, 2, 4, 5].map(TicketId));
    assert_eq!(
        circle.to_string(),
        "this would make tickets wait for each other: #5 waits for #2 waits for #4 waits for #5"
    );
    assert!(no_circle(TicketId(1), TicketId(1), waits_for).is_err());
}

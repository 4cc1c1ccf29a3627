//! Exactly one holder at each instant, and the same one whoever looks and whenever.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Custody, Holder, Segment, WaitFor, fold, in_order};
use crate::event::invented::{
    HANDOFFS, Oracle, Stage, TICKET, assigned, automatic, closed, escalated, event, lawful, lawless, minute,
    moved, opening, reopened, said, solved, told, waits,
};
use crate::event::{Closing, Event, Fact, Side, WaitOn};
use crate::id::{OrganisationId, TicketId, UnitId};
use crate::ticket::{State, Ticket};

const OWN: TicketId = TICKET;
const QUEUED: Holder = Holder::Owner { queued: true };

fn holders(facts: &[(i64, TicketId, Fact)], now: i64) -> Vec<(i64, i64, Holder)> {
    let minutes = |at: Timestamp| at.as_second() / 60;
    fold(TICKET, &told(facts), minute(now))
        .unwrap()
        .segments
        .into_iter()
        .map(|segment| (minutes(segment.from), minutes(segment.to), segment.holder))
        .collect()
}

#[test]
fn a_ticket_in_a_queue_is_the_units_time() {
    let facts = [(3, OWN, assigned(Some(5))), (5, OWN, assigned(None))];
    let working = Holder::Owner { queued: false };
    assert_eq!(holders(&facts, 9), [(0, 3, QUEUED), (3, 5, working), (5, 9, QUEUED)]);
}

#[test]
fn the_requesters_reply_ends_their_wait_when_it_arrived_and_an_automatic_one_does_not() {
    let facts = [
        (2, OWN, waits(WaitOn::Requester)),
        (4, OWN, automatic(Side::Requesting)),
        (6, OWN, said(Side::Serving)),
        (7, OWN, said(Side::Requesting)),
    ];
    assert_eq!(holders(&facts, 9), [(0, 2, QUEUED), (2, 7, Holder::Requester), (7, 9, QUEUED)]);
}

#[test]
fn a_reply_does_not_end_the_wait_for_a_supplier() {
    let supplier = OrganisationId(1);
    let facts = [
        (2, OWN, waits(WaitOn::Supplier(supplier))),
        (4, OWN, said(Side::Requesting)),
        (6, OWN, Fact::WaitEnded),
    ];
    assert_eq!(holders(&facts, 9), [(0, 2, QUEUED), (2, 6, Holder::Supplier(supplier)), (6, 9, QUEUED)]);
}

#[test]
fn when_an_agreed_date_passes_the_unit_has_the_ball_again_by_itself() {
    let until = minute(6);
    let facts = [(2, OWN, waits(WaitOn::Agreed { until }))];
    assert_eq!(holders(&facts, 4), [(0, 2, QUEUED), (2, 4, Holder::Agreed { until })]);
    assert_eq!(holders(&facts, 9), [(0, 2, QUEUED), (2, 6, Holder::Agreed { until }), (6, 9, QUEUED)]);
}

#[test]
fn a_date_that_had_passed_when_it_was_agreed_changes_nothing() {
    assert_eq!(holders(&[(5, OWN, waits(WaitOn::Agreed { until: minute(3) }))], 9), [(0, 9, QUEUED)]);
}

#[test]
fn handoffs_hold_it_from_asked_to_accepted_whatever_else_it_waits_for() {
    let [first, second] = HANDOFFS;
    let facts = [
        (1, OWN, waits(WaitOn::Requester)),
        (2, first, Fact::Asked(opening(2))),
        (3, second, Fact::Asked(opening(3))),
        (4, first, solved()),
        (5, first, closed(Closing::Accepted)),
        (6, second, closed(Closing::Withdrawn)),
    ];
    let expected = [
        (0, 1, QUEUED),
        (1, 2, Holder::Requester),
        (2, 3, Holder::Handoffs(vec![first])),
        (3, 5, Holder::Handoffs(vec![first, second])),
        (5, 6, Holder::Handoffs(vec![second])),
        (6, 9, Holder::Requester),
    ];
    assert_eq!(holders(&facts, 9), expected);
}

#[test]
fn a_handoff_asked_twice_is_one_wait() {
    let asked = || Fact::Asked(opening(2));
    let first = HANDOFFS[0];
    let facts = [(2, first, asked()), (3, first, asked()), (5, first, closed(Closing::Accepted))];
    let custody = fold(TICKET, &told(&facts), minute(9)).unwrap();
    assert_eq!(custody.waits.len(), 1);
    assert!(!custody.waits[0].open);
}

#[test]
fn handoffs_of_other_tickets_do_not_block_it() {
    let mut events = told(&[]);
    events.push(Event {
        parent: Some(HANDOFFS[0]),
        ..event(7, minute(2), TicketId(8), Fact::Asked(opening(2)))
    });
    assert_eq!(fold(TICKET, &events, minute(9)).unwrap().waits, []);
}

#[test]
fn solved_is_nobodys_delay_and_closed_is_no_time_at_all() {
    let facts =
        [(3, OWN, solved()), (5, OWN, closed(Closing::Accepted)), (8, OWN, reopened(Side::Requesting))];
    assert_eq!(holders(&facts, 9), [(0, 3, QUEUED), (3, 5, Holder::Administrative), (8, 9, QUEUED)]);
    let custody = fold(TICKET, &told(&facts), minute(9)).unwrap();
    assert_eq!(custody.lives, [(minute(0), minute(3)), (minute(8), minute(9))]);
}

#[test]
fn escalating_takes_the_ball_from_the_requester_and_gives_it_to_the_neutral_owner() {
    let facts = [(1, OWN, said(Side::Serving)), (2, OWN, waits(WaitOn::Requester)), (4, OWN, escalated(3))];
    let custody = fold(TICKET, &told(&facts), minute(9)).unwrap();
    let last = custody.segments.last().unwrap();
    assert_eq!((last.from, last.unit, &last.holder), (minute(4), UnitId(3), &QUEUED));
    assert_eq!(Ticket::fold(TICKET, &told(&facts)).unwrap().waiting, None);
}

#[test]
fn every_segment_keeps_the_owner_underneath() {
    let facts = [(2, OWN, waits(WaitOn::Supplier(OrganisationId(1)))), (4, OWN, moved(2))];
    let custody = fold(TICKET, &told(&facts), minute(9)).unwrap();
    let units: Vec<_> = custody.segments.iter().map(|segment| segment.unit.0).collect();
    assert_eq!(units, [1, 1, 2]);
}

#[test]
fn a_ticket_never_opened_has_no_custody() {
    assert_eq!(fold(TICKET, &[event(0, minute(0), TICKET, solved())], minute(9)), None);
}

/// The segments before `now`, as a fold to `now` would give them.
fn until(custody: &Custody, now: Timestamp) -> Vec<Segment> {
    let before = custody.segments.iter().filter(|segment| segment.from < now);
    before.map(|segment| Segment { to: segment.to.min(now), ..segment.clone() }).collect()
}

fn last_at(events: &[Event]) -> Timestamp {
    events.iter().map(|event| event.at).max().unwrap()
}

fn seen(oracle: &Oracle<'_>) -> Option<Holder> {
    let blocking = oracle.blocked_by();
    match oracle.now() {
        Stage::Closed => None,
        Stage::Solved => Some(Holder::Administrative),
        Stage::Open if !blocking.is_empty() => Some(Holder::Handoffs(blocking)),
        Stage::Open => Some(match oracle.waiting() {
            Some(WaitOn::Requester) => Holder::Requester,
            Some(WaitOn::Supplier(organisation)) => Holder::Supplier(organisation),
            Some(WaitOn::Agreed { until }) => Holder::Agreed { until },
            None => Holder::Owner { queued: oracle.owner().1.is_none() },
        }),
    }
}

fn is_well_formed(custody: &Custody, now: Timestamp) -> Result<(), TestCaseError> {
    for segment in &custody.segments {
        prop_assert!(segment.from < segment.to);
    }
    for pair in custody.segments.windows(2) {
        prop_assert!(pair[0].to <= pair[1].from);
        if pair[0].to == pair[1].from {
            let same = |segment: &Segment| (segment.holder.clone(), segment.unit, segment.person);
            prop_assert_ne!(same(&pair[0]), same(&pair[1]), "one segment was cut in two");
        } else {
            prop_assert!(
                custody.lives.iter().any(|(from, _)| *from == pair[1].from),
                "a gap in an open life"
            );
        }
    }
    let worked: SignedDuration = custody
        .segments
        .iter()
        .filter(|segment| segment.holder != Holder::Administrative)
        .map(Segment::elapsed)
        .sum();
    prop_assert_eq!(worked, custody.lives.iter().map(|(from, to)| to.duration_since(*from)).sum());
    let mut since = custody.opened_at;
    for owner in &custody.owners {
        prop_assert_eq!(owner.from, since);
        prop_assert!(owner.from < owner.to);
        since = owner.to;
    }
    prop_assert_eq!(since, now.max(custody.opened_at));
    for (id, wait) in (0..).zip(&custody.waits) {
        prop_assert!(wait.id == id && wait.from <= wait.to);
        prop_assert!(!wait.open || wait.to == now && custody.running);
        prop_assert!(custody.lives.iter().any(|(from, to)| *from <= wait.from && wait.to <= *to));
    }
    Ok(())
}

fn agrees(ticket: &Ticket, custody: &Custody) -> Result<(), TestCaseError> {
    prop_assert_eq!(ticket.state == State::Open, custody.running);
    prop_assert_eq!(ticket.opened_at, custody.opened_at);
    if !custody.running {
        prop_assert_eq!(ticket.solved_at, custody.lives.last().map(|(_, to)| *to));
    }
    let open = |matching: fn(WaitFor) -> bool| {
        custody.waits.iter().filter(move |wait| wait.open && matching(wait.on))
    };
    let mut blocking: Vec<_> = ticket.handoffs.clone();
    blocking.sort();
    let mut waited: Vec<_> = open(|on| matches!(on, WaitFor::Handoff(_))).map(|wait| wait.on).collect();
    waited.sort();
    prop_assert_eq!(blocking.into_iter().map(WaitFor::Handoff).collect::<Vec<_>>(), waited);
    let asked: Vec<_> = open(|on| !matches!(on, WaitFor::Handoff(_))).map(|wait| wait.on).collect();
    let expected = match ticket.waiting {
        Some(WaitOn::Requester) => vec![WaitFor::Requester],
        Some(WaitOn::Supplier(organisation)) => vec![WaitFor::Supplier(organisation)],
        Some(WaitOn::Agreed { .. }) if asked.is_empty() => vec![],
        Some(WaitOn::Agreed { .. }) => vec![WaitFor::Agreed],
        None => vec![],
    };
    prop_assert_eq!(asked, expected);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn segments_cover_the_open_life_exactly_and_one_holder_has_each_instant(
        events in prop_oneof![lawless(), lawful()],
        later in 0..40_i64,
    ) {
        let now = last_at(&events) + SignedDuration::from_mins(later);
        let custody = fold(TICKET, &events, now).unwrap();
        is_well_formed(&custody, now)?;
        let mut covered = 0;
        let mut at = custody.opened_at;
        while at < now {
            let oracle = Oracle::at(&events, at).unwrap();
            let segment = custody.at(at);
            prop_assert_eq!(segment.map(|segment| segment.holder.clone()), seen(&oracle), "at {}", at);
            if let Some(segment) = segment {
                covered += 1;
                prop_assert_eq!((segment.unit, segment.person), oracle.owner());
            }
            let owner = custody.owners.iter().find(|owner| owner.from <= at && at < owner.to).unwrap();
            prop_assert_eq!((owner.unit, owner.person), oracle.owner());
            at += SignedDuration::from_mins(1);
        }
        prop_assert_eq!(custody.elapsed(), SignedDuration::from_mins(covered));
    }

    #[test]
    fn what_was_does_not_change_as_time_goes_on(
        events in prop_oneof![lawless(), lawful()],
        sooner in 0..20_i64,
        later in 0..40_i64,
    ) {
        let first = last_at(&events) + SignedDuration::from_mins(sooner);
        let second = first + SignedDuration::from_mins(later);
        let before = fold(TICKET, &events, first).unwrap();
        let after = fold(TICKET, &events, second).unwrap();
        prop_assert_eq!(&before.segments, &until(&after, first));
        for known in 1..events.len() {
            let events = &events[..known];
            if let Some((now, _)) = in_order(TICKET, events).last() {
                let then = fold(TICKET, events, now).unwrap();
                prop_assert_eq!(&then.segments, &until(&after, now));
            }
        }
    }

    #[test]
    fn a_ticket_agrees_with_its_custody(events in prop_oneof![lawless(), lawful()]) {
        for known in 1..=events.len() {
            let ticket = Ticket::fold(TICKET, &events[..known]);
            let custody = fold(TICKET, &events[..known], last_at(&events[..known]));
            prop_assert_eq!(ticket.is_some(), custody.is_some());
            if let (Some(ticket), Some(custody)) = (ticket, custody) {
                agrees(&ticket, &custody)?;
            }
        }
    }

    #[test]
    fn automatic_mails_and_notes_change_nothing(
        events in prop_oneof![lawless(), lawful()],
        places in prop::collection::vec((0..24_usize, any::<bool>()), 1..5),
    ) {
        let now = last_at(&events) + SignedDuration::from_mins(9);
        let mut more = events.clone();
        for (place, requesting) in places {
            let place = 1 + place.min(more.len() - 1);
            let side = if requesting { Side::Requesting } else { Side::Serving };
            // Long ago, so that it counts when its predecessor did.
            more.insert(place, event(99, minute(-99), TICKET, automatic(side)));
        }
        prop_assert_eq!(fold(TICKET, &events, now), fold(TICKET, &more, now));
    }
}

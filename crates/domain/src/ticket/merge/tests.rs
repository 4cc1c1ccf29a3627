//! A merge that is taken apart never was, and no merge makes a promise easier or shows anybody more.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::agreement::{Pauses, Target};
use crate::clock::{self, Applied, Outcome, WorkingTime};
use crate::custody::{self, Custody};
use crate::event::invented::{
    HANDOFFS, TICKET, captive_service, escalated, event, lawful, minute, opening, said, solved, told,
};
use crate::event::{Opening, Side as Speaker, WaitOn, standing};
use crate::id::{AgreementId, CalendarId, MessageId, TargetId};
use crate::ledger::{self, Line};

const OTHER: TicketId = TicketId(50);

const NEVER: Pauses = Pauses { requester: false, supplier: false, agreed: false };

struct Always;

impl WorkingTime for Always {
    fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        to.duration_since(from)
    }

    fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp {
        from + working
    }
}

/// First and next response within 10 minutes, an update every 15, resolution within 20 while nobody waits.
fn clocks(ticket: TicketId, events: &[Event]) -> Vec<Clock> {
    let metrics = [
        (Metric::FirstResponse, 10, NEVER),
        (Metric::NextResponse, 10, NEVER),
        (Metric::NextUpdate, 15, NEVER),
        (Metric::Resolution, 20, Pauses { requester: true, ..NEVER }),
    ];
    let targets: Vec<Target> = (1..)
        .zip(metrics)
        .map(|(id, (metric, minutes, pauses))| Target {
            id: TargetId(id),
            agreement: AgreementId(1),
            kind: AgreementKind::Sla,
            metric,
            priority: None,
            within: SignedDuration::from_mins(minutes),
            calendar: CalendarId(1),
            quantile: None,
            pauses,
        })
        .collect();
    let applied: Vec<Applied> = targets.iter().map(|target| Applied { target, calendar: &Always }).collect();
    Ticket::fold(ticket, events).map_or_else(Vec::new, |ticket| clock::run(&ticket, events, &applied))
}

fn derived(ticket: TicketId, events: &[Event]) -> (Option<Custody>, Vec<Clock>, Option<String>, Ticket) {
    let custody = custody::fold(ticket, events, minute(500));
    let ledger = custody.as_ref().map(|custody| {
        let lines = BTreeMap::from([(ticket, Line::from(custody))]);
        format!("{:?}", ledger::charge(&lines, ticket))
    });
    (custody, clocks(ticket, events), ledger, Ticket { events: 0, ..fold(ticket, events) })
}

fn fold(ticket: TicketId, events: &[Event]) -> Ticket {
    Ticket::fold(ticket, events).unwrap()
}

fn begun(ticket: TicketId, at: i64) -> Vec<Event> {
    vec![event(1000 + ticket.0, minute(at), ticket, Fact::Opened(Opening { number: ticket.0, ..opening(1) }))]
}

fn at(events: &[Event]) -> Timestamp {
    events.iter().map(|event| event.at).max().unwrap()
}

fn trial(from: (TicketId, &[Event]), into: (TicketId, &[Event]), now: Timestamp) -> Result<Both, Refusal> {
    let service = captive_service();
    let (one, other) = (fold(from.0, from.1), fold(into.0, into.1));
    let (its, others) = (clocks(from.0, from.1), clocks(into.0, into.1));
    let side = |ticket, clocks| Side { ticket, service: &service, clocks };
    merge(
        side(&one, &its),
        side(&other, &others),
        now,
        |person| person,
        |fact| {
            let mut events = into.1.to_vec();
            events.push(event(999, now, into.0, fact.clone()));
            clocks(into.0, &events)
        },
    )
}

/// The same story, as that of another ticket without hand-offs.
fn as_other(events: &[Event]) -> Vec<Event> {
    let own = events.iter().filter(|event| event.ticket == TICKET);
    own.map(|event| Event { ticket: OTHER, id: EventId(event.id.0 + 500), ..event.clone() }).collect()
}

fn soonest(clocks: &[Clock], metrics: &[Metric]) -> Option<Timestamp> {
    running(clocks, metrics).filter_map(|clock| clock.due_at).min()
}

proptest! {
    #[test]
    fn a_merge_that_is_taken_apart_changes_nothing(
        events in lawful(),
        place in 0..24_usize,
        times in 1..3_usize,
        since in 0..40_i64,
        first in any::<bool>(),
        quiet in any::<bool>(),
        took in any::<bool>(),
    ) {
        let place = 1 + place % events.len();
        let now = events[place - 1].at;
        let unanswered = (!quiet).then_some(Unanswered { since: minute(since).min(now), first });
        let mut more = events.clone();
        for id in 0..times {
            let id = 900 + 2 * i64::try_from(id).unwrap();
            let (done, undone) = if took {
                (Fact::TookIn { ticket: OTHER, unanswered }, Fact::GaveBack { ticket: OTHER, event: EventId(id) })
            } else {
                (Fact::MergedInto { ticket: OTHER }, Fact::Unmerged { ticket: OTHER, event: EventId(id) })
            };
            more.insert(place, event(id + 1, now + SignedDuration::from_mins(90), TICKET, undone));
            more.insert(place, event(id, now, TICKET, done));
        }
        standing(&mut more, |event| event);
        prop_assert_eq!(derived(TICKET, &events), derived(TICKET, &more));
    }

    #[test]
    fn a_merged_ticket_is_covered_until_then_and_owes_nothing_after(events in lawful()) {
        let mut more = events.clone();
        let now = at(&events);
        let before = fold(TICKET, &events);
        prop_assume!(before.state == State::Open);
        more.push(event(997, now, TICKET, Fact::MergedInto { ticket: OTHER }));
        let after = fold(TICKET, &more);
        prop_assert_eq!((after.state, after.merged_into), (State::Closed, Some(OTHER)));
        let custody = custody::fold(TICKET, &more, minute(500)).unwrap();
        prop_assert!(!custody.running);
        prop_assert!(custody.segments.iter().all(|segment| segment.to <= now));
        let life: SignedDuration = custody.lives.iter().map(|(from, to)| to.duration_since(*from)).sum();
        let lines = BTreeMap::from([(TICKET, Line::from(&custody))]);
        if let Ok(ledger) = ledger::charge(&lines, TICKET) {
            prop_assert_eq!(ledger.elapsed(), life);
        }
        let ran = clocks(TICKET, &events);
        for clock in clocks(TICKET, &more) {
            let same = |one: &&Clock| (one.target, one.stay) == (clock.target, clock.stay);
            let was = ran.iter().find(same).unwrap();
            if was.stopped_at.is_some() {
                prop_assert_eq!(was, &clock);
            } else {
                prop_assert_eq!((clock.stopped_at, clock.outcome), (Some(now), Outcome::Void));
            }
        }
    }

    /// Whatever happened to two tickets: where they may be merged, what was owed first is owed no later.
    #[test]
    fn no_promise_is_easier_after_a_merge(one in lawful(), two in lawful()) {
        let two = as_other(&two);
        prop_assume!(Ticket::fold(OTHER, &two).is_some());
        let now = at(&one).max(at(&two));
        let Ok((_, took)) = trial((TICKET, &one), (OTHER, &two), now) else { return Ok(()) };
        let mut after = two.clone();
        after.push(event(998, now, OTHER, took));
        let (its, here) = (clocks(TICKET, &one), clocks(OTHER, &after));
        for metrics in [ANSWERS, &[Metric::Resolution]] {
            if let Some(owed) = soonest(&its, metrics) {
                let now_owed = soonest(&here, metrics);
                prop_assert!(now_owed.is_some_and(|due_at| due_at <= owed), "{owed} became {now_owed:?}");
            }
            if running(&its, metrics).next().is_some() {
                prop_assert!(running(&here, metrics).next().is_some());
            }
        }
        let custody = custody::fold(OTHER, &after, minute(500)).unwrap();
        prop_assert!(custody.running);
    }

    /// Whatever is merged and taken apart in whatever order, nobody follows a ticket in a circle.
    #[test]
    fn no_chain_of_merges_ends_where_it_began(
        pairs in prop::collection::vec((0..5_usize, 0..5_usize, any::<bool>()), 0..40),
    ) {
        let ids: Vec<TicketId> = (60..65).map(TicketId).collect();
        let mut stories: Vec<Vec<Event>> = ids.iter().map(|id| begun(*id, 0)).collect();
        for (id, (from, into, undo)) in (2000..).zip(pairs) {
            let (one, two) = (fold(ids[from], &stories[from]), fold(ids[into], &stories[into]));
            let facts = if undo {
                unmerge((&one, &stories[from]), (&two, &stories[into]))
            } else {
                trial((ids[from], &stories[from]), (ids[into], &stories[into]), minute(1))
            };
            let Ok((here, there)) = facts else { continue };
            for (number, (place, fact)) in [(from, here), (into, there)].into_iter().enumerate() {
                let id = 2 * id + i64::try_from(number).unwrap();
                stories[place].push(event(id, minute(1), ids[place], fact));
                standing(&mut stories[place], |event| event);
            }
        }
        for start in 0..5 {
            let mut at = start;
            for _ in 0..5 {
                let Some(into) = fold(ids[at], &stories[at]).merged_into else { break };
                at = ids.iter().position(|id| *id == into).unwrap();
            }
            prop_assert_eq!(fold(ids[at], &stories[at]).merged_into, None);
        }
    }
}

#[test]
fn only_open_tickets_of_the_same_people_are_merged() {
    let (events, others) = (told(&[]), begun(OTHER, 0));
    let into = |one: &[Event], two: &[Event]| trial((TICKET, one), (OTHER, two), minute(5));
    assert!(into(&events, &others).is_ok());
    assert_eq!(trial((TICKET, &events), (TICKET, &events), minute(5)), Err(Refusal::MergesItself));
    assert_eq!(into(&told(&[(1, TICKET, solved())]), &others), Err(Refusal::NotOpen("solved")));
    let mut done = others.clone();
    done.push(event(92, minute(1), OTHER, solved()));
    assert_eq!(into(&events, &done), Err(Refusal::MergesIntoEnded));
    let blocked = told(&[(1, HANDOFFS[0], Fact::Asked(opening(2)))]);
    assert_eq!(into(&blocked, &others), Err(Refusal::MergesBlocked(1)));
    let theirs = Opening { requester: PersonId(2), ..opening(1) };
    let theirs = vec![event(90, minute(0), OTHER, Fact::Opened(theirs))];
    assert_eq!(into(&events, &theirs), Err(Refusal::MergesOtherPeople));
    let also = Opening { beneficiary: PersonId(2), ..opening(1) };
    let also = vec![event(90, minute(0), OTHER, Fact::Opened(also))];
    assert_eq!(into(&events, &also), Err(Refusal::MergesOtherPeople));
    assert_eq!(into(&told(&[(1, TICKET, escalated(3))]), &others), Err(Refusal::MergesCaptive));
    let turned_out = |person: PersonId| if person == PersonId(2) { PersonId(1) } else { person };
    let (one, other) = (fold(TICKET, &events), fold(OTHER, &theirs));
    let service = captive_service();
    let side = |ticket| Side { ticket, service: &service, clocks: &[] };
    assert!(merge(side(&one), side(&other), minute(5), turned_out, |_| Vec::new()).is_ok());
    let gone = told(&[(1, TICKET, Fact::MergedInto { ticket: TicketId(7) })]);
    assert_eq!(into(&gone, &others), Err(Refusal::Merged));
    assert_eq!(trial((OTHER, &others), (TICKET, &gone), minute(5)), Err(Refusal::MergedFurther));
}

#[test]
fn what_is_confidential_is_merged_with_its_like_only() {
    let (one, other) = (fold(TICKET, &told(&[])), fold(OTHER, &begun(OTHER, 0)));
    let (open, secret) = (captive_service(), Service { confidential: true, ..captive_service() });
    let side = |ticket, service| Side { ticket, service, clocks: &[] };
    let run =
        |from, into| merge(side(&one, from), side(&other, into), minute(1), |person| person, |_| Vec::new());
    assert_eq!(run(&open, &secret), Err(Refusal::MergesConfidential));
    assert_eq!(run(&secret, &open), Err(Refusal::MergesConfidential));
    assert!(run(&secret, &secret).is_ok());
}

#[test]
fn the_younger_goes_into_the_older_and_not_the_other_way_round() {
    let (older, younger) = (told(&[]), begun(OTHER, 5));
    assert_eq!(trial((TICKET, &older), (OTHER, &younger), minute(6)), Err(Refusal::MergesAnswerLater));
    let answered = told(&[(1, TICKET, said(Speaker::Serving)), (6, TICKET, said(Speaker::Serving))]);
    let mut also = younger.clone();
    also.push(event(91, minute(6), OTHER, said(Speaker::Serving)));
    assert_eq!(trial((TICKET, &answered), (OTHER, &also), minute(7)), Err(Refusal::MergesSolutionLater));
    assert!(trial((OTHER, &younger), (TICKET, &older), minute(6)).is_ok());
}

#[test]
fn what_stood_still_longer_than_the_other_ran_takes_nothing_in() {
    let asked = Fact::WaitStarted { on: WaitOn::Requester, message: Some(MessageId(2)) };
    let older = told(&[(1, TICKET, said(Speaker::Serving)), (2, TICKET, asked)]);
    let younger = begun(OTHER, 3);
    let late = trial((OTHER, &younger), (TICKET, &older), minute(7));
    assert_eq!(late, Err(Refusal::MergesSolutionLater), "18 minutes are left there, and 16 here");
}

#[test]
fn unanswered_words_are_owed_from_when_they_came() {
    let older = told(&[
        (1, TICKET, said(Speaker::Serving)),
        (2, TICKET, Fact::WaitStarted { on: WaitOn::Requester, message: Some(MessageId(2)) }),
    ]);
    let younger = begun(OTHER, 3);
    let (_, took) = trial((OTHER, &younger), (TICKET, &older), minute(4)).unwrap();
    assert_eq!(
        took,
        Fact::TookIn { ticket: OTHER, unanswered: Some(Unanswered { since: minute(3), first: true }) }
    );
    let mut events = older;
    events.push(event(93, minute(4), TICKET, took));
    let ticket = fold(TICKET, &events);
    assert_eq!((ticket.waiting, ticket.unanswered_since, ticket.took_in.len()), (None, Some(minute(3)), 1));
    let first = clocks(TICKET, &events).into_iter().filter(|clock| clock.metric == Metric::FirstResponse);
    let starts: Vec<_> = first.map(|clock| (clock.started_at, clock.due_at, clock.stopped_at)).collect();
    let [given, owed] = starts[..] else { panic!("{starts:?}") };
    assert_eq!(given, (minute(0), Some(minute(10)), Some(minute(1))));
    assert_eq!(owed, (minute(3), Some(minute(13)), None), "as it was promised on the younger one");
}

//! Promised work first, what blocks it before that, and nothing waits for ever.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{AGES_FOR, Because, Due, Inherited, Place, Promise, effective_due};
use crate::calendar::{Calendar, CalendarSpec};
use crate::id::{TargetId, TicketId};

fn at(hour: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + hours(hour)
}

const fn hours(number: i64) -> SignedDuration {
    SignedDuration::from_hours(number)
}

fn promise(hour: i64) -> Promise {
    Promise { due_at: at(hour), target: TargetId(hour) }
}

const fn blocking(ticket: i64, due: Due, allowance: i64) -> Inherited<'static> {
    Inherited { ticket: TicketId(ticket), due, finishing_allowance: hours(allowance), calendar: None }
}

#[test]
fn a_handoff_is_due_before_what_it_blocks() {
    let outer = effective_due(at(0), Some(promise(16)), None);
    assert_eq!(outer, Due { at: at(16), because: Because::Own(TargetId(16)) });
    let inner = effective_due(at(1), Some(promise(20)), Some(blocking(1042, outer, 2)));
    let because = |ticket| Because::Blocks {
        ticket: TicketId(ticket),
        promised: TicketId(1042),
        target: TargetId(16),
        promised_at: at(16),
    };
    assert_eq!(inner, Due { at: at(14), because: because(1042) });
    let innermost = effective_due(at(2), None, Some(blocking(1043, inner, 1)));
    assert_eq!(innermost, Due { at: at(13), because: because(1043) });
}

#[test]
fn an_earlier_promise_of_its_own_stands() {
    let outer = effective_due(at(0), Some(promise(16)), None);
    let inner = effective_due(at(1), Some(promise(14)), Some(blocking(1, outer, 2)));
    assert_eq!(inner.because, Because::Own(TargetId(14)));
}

#[test]
fn without_a_promise_it_ages_with_what_it_blocks() {
    let outer = effective_due(at(0), None, None);
    assert_eq!(outer, Due { at: at(0) + AGES_FOR, because: Because::Age });
    let inner = effective_due(at(50), None, Some(blocking(1, outer, 1)));
    assert_eq!(inner, Due { at: outer.at - hours(1), because: Because::Age });
    let promised = effective_due(at(50), Some(promise(1000)), Some(blocking(1, outer, 1)));
    assert_eq!(promised.because, Because::Own(TargetId(1000)));
}

#[test]
fn the_allowance_is_working_time_where_a_calendar_is_known() {
    let calendar = Calendar::new(CalendarSpec::always("UTC")).unwrap();
    let outer = effective_due(at(0), Some(promise(16)), None);
    let inherited = Inherited { calendar: Some(&calendar), ..blocking(1, outer, 2) };
    assert_eq!(effective_due(at(1), None, Some(inherited)).at, at(14));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_handoff_is_due_after_what_it_blocks_when_that_is_promised(
        chain in prop::collection::vec((0..100_i64, prop::option::of(0..400_i64), 0..20_i64), 1..8),
    ) {
        let mut outer: Option<Due> = None;
        let mut allowance = 0;
        for (depth, (opened, own, next_allowance)) in (0..).zip(&chain) {
            let parent = outer.map(|due| blocking(depth, due, allowance));
            let due = effective_due(at(*opened), own.map(promise), parent);
            if let Some(outer) = outer.filter(|outer| outer.because != Because::Age) {
                prop_assert!(due.at <= outer.at - hours(allowance));
                prop_assert_ne!(due.because, Because::Age);
            }
            let mut named = chain.iter().filter_map(|(_, own, _)| *own).map(TargetId);
            match due.because {
                Because::Own(target) => prop_assert_eq!(Some(target.0), *own),
                Because::Blocks { target, promised_at, .. } => {
                    prop_assert!(named.any(|name| name == target));
                    prop_assert!(due.at <= promised_at);
                }
                Because::Age => prop_assert!(own.is_none() && due.at <= at(*opened) + AGES_FOR),
            }
            (outer, allowance) = (Some(due), *next_allowance);
        }
    }

    #[test]
    fn a_queue_is_by_due_time_then_age_then_id(rows in prop::collection::vec((0..4_i64, 0..4_i64, 0..4_i64), 0..20)) {
        let mut places: Vec<_> = rows
            .iter()
            .map(|(due, opened, id)| Place { due_at: at(*due), opened_at: at(*opened), ticket: TicketId(*id) })
            .collect();
        places.sort();
        let mut sorted = rows;
        sorted.sort_unstable();
        let keys: Vec<_> = places
            .iter()
            .map(|place| (place.due_at.as_second() / 3600, place.opened_at.as_second() / 3600, place.ticket.0))
            .collect();
        prop_assert_eq!(keys, sorted);
    }
}

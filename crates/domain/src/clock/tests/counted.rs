//! Clocks against a count minute by minute, over random lives and small calendars.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::{Applied, Clock, Outcome, WorkingTime, run};
use super::{ALL_PAUSES, NO_PAUSES};
use crate::agreement::{AgreementKind, Metric, Pauses, Target};
use crate::event::invented::{Oracle, Stage, TICKET, automatic, event, lawful, lawless, minute};
use crate::event::{Event, Side, WaitOn};
use crate::id::{AgreementId, CalendarId, TargetId, UnitId};
use crate::ticket::Ticket;

/// Minutes that repeat, each worked or not; at least one is.
#[derive(Clone, Debug)]
struct Rota(Vec<bool>);

impl Rota {
    fn works(&self, at: Timestamp) -> bool {
        let length = i64::try_from(self.0.len()).unwrap();
        self.0[usize::try_from((at.as_second() / 60).rem_euclid(length)).unwrap()]
    }
}

impl WorkingTime for Rota {
    fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        assert!(from.as_second() % 60 == 0 && to.as_second() % 60 == 0, "stories tell whole minutes");
        let minutes = (from.as_second() / 60)..(to.as_second() / 60);
        let worked = minutes.filter(|number| self.works(minute(*number))).count();
        SignedDuration::from_mins(i64::try_from(worked).unwrap())
    }

    fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp {
        let mut left = working.as_mins();
        let mut at = from;
        while left > 0 {
            left -= i64::from(self.works(at));
            at += SignedDuration::from_mins(1);
        }
        at
    }
}

fn rotas() -> impl Strategy<Value = Rota> {
    prop::collection::vec(any::<bool>(), 1..7).prop_map(|mut minutes| {
        minutes[0] = true;
        Rota(minutes)
    })
}

fn targets() -> impl Strategy<Value = Target> {
    let kinds = prop::sample::select(AgreementKind::ALL);
    let metrics = prop::sample::select(Metric::ALL);
    let pauses = prop::sample::select(&[ALL_PAUSES, NO_PAUSES, Pauses { supplier: false, ..ALL_PAUSES }][..]);
    (kinds, metrics, pauses, 1..15_i64).prop_map(|(kind, metric, pauses, within)| Target {
        id: TargetId(1),
        agreement: AgreementId(1),
        kind,
        metric,
        priority: None,
        within: SignedDuration::from_mins(within),
        calendar: CalendarId(1),
        quantile: None,
        pauses,
    })
}

fn clocks(events: &[Event], target: &Target, rota: &Rota) -> Vec<Clock> {
    let ticket = Ticket::fold(TICKET, events).unwrap();
    run(&ticket, events, &[Applied { target, calendar: rota }])
}

fn last_at(events: &[Event]) -> Timestamp {
    events.iter().map(|event| event.at).max().unwrap()
}

/// Whether the minute counts against a promise of that unit, or of the whole life.
fn owed(oracle: &Oracle<'_>, target: &Target, unit: Option<UnitId>) -> bool {
    let paused = oracle.blocked_by().is_empty()
        && match oracle.waiting() {
            Some(WaitOn::Requester) => target.pauses.requester,
            Some(WaitOn::Supplier(_)) => target.pauses.supplier,
            Some(WaitOn::Agreed { .. }) => target.pauses.agreed,
            None => false,
        };
    let runs = match target.metric {
        Metric::FirstResponse => !oracle.responded(),
        Metric::NextResponse => oracle.owes_a_reply(),
        Metric::Resolution => true,
        Metric::NextUpdate | Metric::Acceptance => unreachable!("not counted here"),
    };
    let here = unit.is_none_or(|unit| oracle.owner().0 == unit);
    runs && here && !paused && oracle.now() == Stage::Open
}

fn minutes(from: Timestamp, to: Timestamp) -> impl Iterator<Item = Timestamp> {
    (from.as_second() / 60..to.as_second() / 60).map(minute)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_clock_is_contiguous_and_its_figures_agree_with_each_other(
        events in prop_oneof![lawless(), lawful()],
        target in targets(),
        rota in rotas(),
        later in 0..90_i64,
    ) {
        let now = last_at(&events) + SignedDuration::from_mins(later);
        for clock in clocks(&events, &target, &rota) {
            let mut since = Some(clock.started_at);
            for segment in &clock.segments {
                prop_assert_eq!(Some(segment.from), since);
                prop_assert!(segment.to.is_none_or(|to| segment.from < to));
                since = segment.to;
            }
            prop_assert_eq!(since, clock.stopped_at);
            let ended = clock.segments.iter().filter(|segment| segment.counted);
            let sum: SignedDuration =
                ended.filter_map(|segment| Some(rota.between(segment.from, segment.to?))).sum();
            prop_assert_eq!(sum, clock.consumed);
            prop_assert_eq!(clock.spent(&rota, now) + clock.remaining(&rota, now), clock.within);
            let spent: i64 = minutes(clock.started_at, now)
                .filter(|at| {
                    let covers = |s: &&super::super::Counted| s.from <= *at && s.to.is_none_or(|to| *at < to);
                    clock.segments.iter().find(covers).is_some_and(|segment| segment.counted)
                })
                .map(|at| i64::from(rota.works(at)))
                .sum();
            prop_assert_eq!(clock.spent(&rota, now), SignedDuration::from_mins(spent));
            match (clock.outcome, clock.stopped_at) {
                (Outcome::Met, Some(stopped_at)) => prop_assert!(clock.due_at.unwrap() >= stopped_at),
                (Outcome::Missed, Some(stopped_at)) => prop_assert!(clock.due_at.unwrap() < stopped_at),
                (Outcome::Void, Some(_)) => {}
                (Outcome::Running, None) => {
                    let due_at = clock.due_at.unwrap();
                    prop_assert_eq!(clock.spent(&rota, due_at), clock.within);
                    let before = due_at - SignedDuration::from_mins(1);
                    prop_assert!(clock.spent(&rota, before) < clock.within, "an earlier instant would do");
                }
                (Outcome::Paused, None) => {
                    prop_assert!(clock.is_paused(last_at(&events) + SignedDuration::from_hours(99)));
                    prop_assert_eq!(clock.due_at.is_none(), clock.consumed < clock.within);
                }
                (outcome, stopped_at) => prop_assert!(false, "{:?} at {:?}", outcome, stopped_at),
            }
        }
    }

    #[test]
    fn clocks_count_what_a_minute_by_minute_count_finds(
        events in prop_oneof![lawless(), lawful()],
        mut target in targets(),
        rota in rotas(),
        later in 0..90_i64,
    ) {
        if matches!(target.metric, Metric::NextUpdate | Metric::Acceptance) {
            target.metric = Metric::Resolution;
        }
        if target.kind == AgreementKind::Uc {
            target.kind = AgreementKind::Sla;
        }
        // First responses of later stays are owed anew; the oracle knows the first one only.
        if target.metric == Metric::FirstResponse {
            target.kind = AgreementKind::Sla;
        }
        let now = last_at(&events) + SignedDuration::from_mins(later);
        let all = clocks(&events, &target, &rota);
        let opened_at = Ticket::fold(TICKET, &events).unwrap().opened_at;
        let stays = target.kind == AgreementKind::Ola;
        for unit in (1..4).map(UnitId) {
            let worked: Vec<_> = minutes(opened_at, now)
                .filter(|at| owed(&Oracle::at(&events, *at).unwrap(), &target, stays.then_some(unit)))
                .filter(|at| rota.works(*at))
                .collect();
            let counted: SignedDuration = all
                .iter()
                .filter(|clock| !stays || clock.unit == unit)
                .map(|clock| clock.spent(&rota, now))
                .sum();
            prop_assert_eq!(counted.as_mins(), i64::try_from(worked.len()).unwrap());
            if let (Metric::Resolution, [clock], Some(due)) =
                (target.metric, &all[..], worked.get(usize::try_from(target.within.as_mins() - 1).unwrap()))
                && !stays
            {
                prop_assert_eq!(clock.due_at, Some(*due + SignedDuration::from_mins(1)));
            }
        }
    }

    #[test]
    fn automatic_mails_start_and_stop_nothing(
        events in prop_oneof![lawless(), lawful()],
        target in targets(),
        places in prop::collection::vec((0..24_usize, any::<bool>()), 1..5),
    ) {
        let mut more = events.clone();
        for (place, requesting) in places {
            let side = if requesting { Side::Requesting } else { Side::Serving };
            more.insert(1 + place.min(more.len() - 1), event(99, minute(-99), TICKET, automatic(side)));
        }
        let rota = Rota(vec![true]);
        prop_assert_eq!(clocks(&events, &target, &rota), clocks(&more, &target, &rota));
    }

    #[test]
    fn a_clock_that_stopped_keeps_its_verdict_unless_the_ticket_is_reopened(
        events in lawful(),
        target in targets(),
        rota in rotas(),
    ) {
        let last = clocks(&events, &target, &rota);
        for known in 1..events.len() {
            for (then, now) in clocks(&events[..known], &target, &rota).iter().zip(&last) {
                prop_assert_eq!(then.started_at, now.started_at);
                if then.stopped_at.is_some() && then.stopped_at == now.stopped_at {
                    prop_assert_eq!(then.outcome, now.outcome);
                } else if then.stopped_at.is_some() {
                    let first = then.first_outcome.unwrap_or(then.outcome);
                    prop_assert_eq!(now.first_outcome, Some(first));
                }
            }
        }
    }
}

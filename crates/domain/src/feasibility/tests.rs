//! Verdicts, the longest path and its properties, and the simulated chance.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::{Allowance, Observed, Plan, Stage, Verdict, chance, judge, starts, walk};
use crate::calendar::Calendar;
use crate::id::{ServiceId, UnitId};

static OFFICE: LazyLock<Calendar> = LazyLock::new(|| {
    calendar(
        r#"{"time_zone": "Europe/Berlin", "hours": {
            "mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]], "wed": [["09:00","17:00"]],
            "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]]}}"#,
    )
});
static LUNCH: LazyLock<Calendar> = LazyLock::new(|| {
    calendar(
        r#"{"time_zone": "America/New_York", "hours": {
            "mon": [["08:30","12:00"],["12:45","17:15"]], "thu": [["22:00","06:00"]]}}"#,
    )
});
static ALWAYS: LazyLock<Calendar> = LazyLock::new(|| Calendar::always("UTC").unwrap());

fn calendar(json: &str) -> Calendar {
    Calendar::new(serde_json::from_str(json).unwrap()).unwrap()
}

/// A Monday, two weeks without a change of offset.
fn monday() -> Timestamp {
    "2026-06-01T00:20:00Z".parse().unwrap()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn within(time: SignedDuration, calendar: &Calendar) -> Allowance<'_> {
    Allowance { time, calendar }
}

fn own(unit: i64, work: Allowance<'_>) -> Plan<'_> {
    Plan::Own { unit: UnitId(unit), work, seen: None }
}

fn handoff<'a>(unit: i64, ola: Option<Allowance<'a>>) -> Plan<'a> {
    Plan::Handoff { unit: UnitId(unit), service: ServiceId(10 * unit), ola, seen: None }
}

fn stage(place: usize, unit: i64) -> Stage {
    Stage { place, unit: UnitId(unit), service: Some(ServiceId(10 * unit)) }
}

#[test]
fn a_plan_in_the_promises_own_hours_fits_with_the_difference_to_spare() {
    let office = &*OFFICE;
    let parallel =
        vec![handoff(2, Some(within(hours(4), office))), handoff(3, Some(within(hours(6), office)))];
    let plan = Plan::Sequence(vec![own(1, within(hours(1), office)), Plan::Parallel(parallel)]);
    let verdict = judge(&plan, within(hours(8), office), monday());
    let Verdict::Fits { spare, worst } = verdict else { panic!("{verdict:?}") };
    assert_eq!(spare, hours(1));
    assert_eq!(worst.legs.iter().map(|leg| leg.stage.unit.0).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(worst.legs[1].stage, stage(2, 3));
}

#[test]
fn a_plan_that_does_not_fit_names_the_binding_unit_and_what_is_missing() {
    let office = &*OFFICE;
    let plan = Plan::Sequence(vec![
        own(1, within(hours(1), office)),
        handoff(2, Some(within(hours(2), office))),
        handoff(3, Some(within(hours(16), office))),
    ]);
    let verdict = judge(&plan, within(hours(16), office), monday());
    let Verdict::DoesNotFit { missing, binding, .. } = verdict else { panic!("{verdict:?}") };
    assert_eq!((missing, binding), (hours(3), stage(2, 3)));
}

#[test]
fn a_promise_around_the_clock_breaks_over_the_weekend_of_an_office() {
    let (always, office) = (&*ALWAYS, &*OFFICE);
    let plan = handoff(2, Some(within(hours(4), office)));
    let verdict = judge(&plan, within(hours(24), always), monday());
    let Verdict::DoesNotFit { missing, worst, .. } = verdict else { panic!("{verdict:?}") };
    // Begun on Friday at 13:00 in Berlin it is done that day; an hour later, on Monday.
    assert_eq!(worst.started_at, "2026-06-05T12:00:00Z".parse().unwrap());
    assert_eq!(worst.finished_at, "2026-06-08T08:00:00Z".parse().unwrap());
    assert_eq!(missing, hours(44));
    assert!(matches!(judge(&plan, within(hours(68), always), monday()), Verdict::Fits { .. }));
    let short = judge(&plan, within(hours(67), always), monday());
    assert!(matches!(short, Verdict::DoesNotFit { .. }), "{short:?}");
}

#[test]
fn late_outside_the_promises_hours_is_late_although_no_working_time_is_missing() {
    let (always, office) = (&*ALWAYS, &*OFFICE);
    let plan = own(1, within(hours(9), always));
    let verdict = judge(&plan, within(hours(8), office), monday());
    let Verdict::DoesNotFit { missing, worst, .. } = verdict else { panic!("{verdict:?}") };
    assert_eq!(missing, SignedDuration::ZERO);
    assert!(worst.finished_at > worst.due_at);
}

#[test]
fn a_handoff_without_an_agreement_cannot_be_judged() {
    let office = &*OFFICE;
    let plan = Plan::Parallel(vec![own(1, within(hours(1), office)), handoff(2, None), handoff(3, None)]);
    let verdict = judge(&plan, within(hours(8), office), monday());
    assert_eq!(verdict, Verdict::CannotTell { stage: stage(1, 2) });
}

#[test]
fn an_empty_plan_fits() {
    let verdict = judge(&Plan::Sequence(Vec::new()), within(hours(8), &OFFICE), monday());
    assert!(matches!(verdict, Verdict::Fits { spare, .. } if spare == hours(8)), "{verdict:?}");
}

#[test]
fn the_starts_are_every_hour_of_two_weeks_and_every_opening_and_closing() {
    let plan = own(1, within(hours(1), &LUNCH));
    let starts = starts(&plan, within(hours(1), &OFFICE), monday());
    let closing: Timestamp = "2026-06-08T21:15:00Z".parse().unwrap();
    assert!(starts.contains(&closing));
    assert!(starts.is_sorted());
    let full = starts.iter().filter(|at| at.as_second() % 3600 == 0).count();
    assert_eq!(full, 14 * 24);
}

#[test]
fn the_chance_follows_the_history_and_the_seed() {
    let always = &*ALWAYS;
    let durations = [hours(1), hours(2), hours(3), hours(10)];
    let seen = Some(Observed { durations: &durations, calendar: always });
    let known = Plan::Handoff { unit: UnitId(2), service: ServiceId(20), ola: None, seen };
    let plan = Plan::Sequence(vec![known, own(1, within(hours(1), always))]);
    let promise = within(hours(5), always);
    let played = chance(&plan, promise, monday(), 4_000, 7).unwrap();
    assert_eq!(played, chance(&plan, promise, monday(), 4_000, 7).unwrap());
    assert!((played.share() - 0.75).abs() < 0.03, "{played:?}");
    assert!(played.low < 0.75 && 0.75 < played.high, "{played:?}");
    assert_eq!(played.assumed, [Stage { place: 1, unit: UnitId(1), service: None }]);
    let certain = chance(&plan, within(hours(11), always), monday(), 100, 7).unwrap();
    assert_eq!((certain.kept, certain.high), (100, 1.0));
}

#[test]
fn without_history_there_is_no_chance_to_tell() {
    let office = &*OFFICE;
    let promise = within(hours(8), office);
    assert_eq!(chance(&own(1, promise), promise, monday(), 100, 1), None);
    let seen = Some(Observed { durations: &[SignedDuration::ZERO], calendar: office });
    let known = Plan::Own { unit: UnitId(1), work: promise, seen };
    let plan = Plan::Sequence(vec![known.clone(), handoff(2, None)]);
    assert_eq!(chance(&plan, promise, monday(), 100, 1), None);
    assert_eq!(chance(&known, promise, monday(), 0, 1), None);
}

/// A plan read from bytes: stages in three calendars, sequences and parallels up to four deep.
fn plan_from(tape: &mut impl Iterator<Item = u8>, depth: u8) -> Plan<'static> {
    let mut next = || tape.next().unwrap_or(0);
    let kind = next();
    if depth == 0 || kind % 4 < 2 {
        let time = SignedDuration::from_mins(i64::from(next()) * 7);
        let calendar = [&*OFFICE, &*LUNCH, &*ALWAYS][usize::from(next()) % 3];
        let allowance = within(time, calendar);
        return if kind % 4 == 0 { own(1, allowance) } else { handoff(2, Some(allowance)) };
    }
    let parts = 1 + next() % 3;
    let parts = (0..parts).map(|_| plan_from(tape, depth - 1)).collect();
    if kind % 4 == 2 { Plan::Sequence(parts) } else { Plan::Parallel(parts) }
}

fn plans() -> impl Strategy<Value = Plan<'static>> {
    let bytes = proptest::collection::vec(any::<u8>(), 0..60);
    bytes.prop_map(|bytes| plan_from(&mut bytes.into_iter(), 4))
}

/// Adds time to the stage at this place, counted round.
fn slower(plan: &Plan<'static>, place: usize, by: SignedDuration) -> Plan<'static> {
    fn add(plan: &mut Plan, left: &mut i64, by: SignedDuration) {
        match plan {
            Plan::Own { work, .. } | Plan::Handoff { ola: Some(work), .. } => {
                if *left == 0 {
                    work.time += by;
                }
                *left -= 1;
            }
            Plan::Handoff { ola: None, .. } => {}
            Plan::Sequence(parts) | Plan::Parallel(parts) => {
                parts.iter_mut().for_each(|part| add(part, left, by));
            }
        }
    }
    let mut count = i64::MAX;
    add(&mut plan.clone(), &mut count, by);
    let stages = i64::MAX - count;
    let mut changed = plan.clone();
    add(&mut changed, &mut (i64::try_from(place).unwrap() % stages), by);
    changed
}

fn at(minute: u16) -> Timestamp {
    monday() + SignedDuration::from_mins(i64::from(minute) % (14 * 24 * 60))
}

fn for_all<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(strategy, test).unwrap();
}

#[test]
fn more_time_for_a_stage_never_finishes_earlier() {
    let promise = within(hours(20), &OFFICE);
    let all = (plans(), any::<u16>(), 0..20_usize, 0..2_000_i64);
    for_all(10_000, &all, |(plan, start, place, minutes)| {
        let changed = slower(&plan, place, SignedDuration::from_mins(minutes));
        let (before, after) = (walk(&plan, promise, at(start)), walk(&changed, promise, at(start)));
        prop_assert!(before.finished_at <= after.finished_at);
        prop_assert!(
            super::walk::margin(&plan, promise, at(start))
                >= super::walk::margin(&changed, promise, at(start))
        );
        Ok(())
    });
}

#[test]
fn in_parallel_takes_as_long_as_the_longest_and_in_sequence_no_less() {
    let promise = within(hours(20), &OFFICE);
    let all = (proptest::collection::vec(plans(), 1..4), any::<u16>());
    for_all(10_000, &all, |(parts, start)| {
        let finish = |plan: &Plan| walk(plan, promise, at(start)).finished_at;
        let longest = parts.iter().map(finish).max().unwrap();
        prop_assert_eq!(finish(&Plan::Parallel(parts.clone())), longest);
        prop_assert!(finish(&Plan::Sequence(parts)) >= longest);
        Ok(())
    });
}

#[test]
fn the_legs_lead_from_the_start_to_the_finish_without_a_gap() {
    let promise = within(hours(20), &OFFICE);
    for_all(10_000, &(plans(), any::<u16>()), |(plan, start)| {
        let found = walk(&plan, promise, at(start));
        let mut reached = found.started_at;
        for leg in &found.legs {
            prop_assert_eq!(leg.from, reached);
            reached = leg.to;
        }
        prop_assert_eq!(reached, found.finished_at);
        let places: Vec<_> = found.legs.iter().map(|leg| leg.stage.place).collect();
        prop_assert!(places.is_sorted_by(|a, b| a < b));
        Ok(())
    });
}

#[test]
fn the_verdict_is_that_of_the_worst_start() {
    for_all(100, &(plans(), 1..60_i64), |(plan, promised)| {
        let promise = within(hours(promised), &OFFICE);
        let walks: Vec<_> =
            starts(&plan, promise, monday()).into_iter().map(|at| walk(&plan, promise, at)).collect();
        let late = walks.iter().filter(|walk| walk.finished_at > walk.due_at);
        let most = late.clone().map(|walk| OFFICE.between(walk.due_at, walk.finished_at)).max();
        match judge(&plan, promise, monday()) {
            Verdict::Fits { spare, .. } => {
                prop_assert_eq!(late.count(), 0);
                let least = walks.iter().map(|walk| OFFICE.between(walk.finished_at, walk.due_at)).min();
                prop_assert_eq!(Some(spare), least);
            }
            Verdict::DoesNotFit { missing, worst, .. } => {
                prop_assert_eq!(Some(missing), most);
                prop_assert!(walks.contains(&worst));
            }
            Verdict::CannotTell { .. } => prop_assert!(false),
        }
        Ok(())
    });
}

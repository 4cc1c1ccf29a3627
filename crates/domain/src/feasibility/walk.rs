//! The longest path through a plan from a given start, and the starts worth trying.

use jiff::{SignedDuration, Timestamp, TimestampRound, Unit};

use super::{Allowance, Leg, Plan, Stage, Walk};
use crate::calendar::Calendar;

const TWO_WEEKS_IN_HOURS: i64 = 14 * 24;

/// The longest path from this start. A hand-off without an agreement takes no time.
pub fn walk(plan: &Plan, promise: Allowance, started_at: Timestamp) -> Walk {
    let mut legs = Vec::new();
    let finished_at = through(plan, started_at, &mut 0, &mut Some(&mut legs), &mut agreed);
    Walk { started_at, finished_at, due_at: due(promise, started_at), legs }
}

/// The starts that represent the two weeks after `from`: every full hour, and every instant at
/// which a calendar of the plan or of the promise opens or closes. In order, without repetition.
///
/// An hour is full in UTC; where local hours begin at other minutes, opening times still are in.
pub fn starts(plan: &Plan, promise: Allowance, from: Timestamp) -> Vec<Timestamp> {
    let until = from.saturating_add(SignedDuration::from_hours(TWO_WEEKS_IN_HOURS));
    let until = until.expect("a signed duration has no calendar units");
    let mut starts = full_hours(from);
    let mut calendars = vec![promise.calendar];
    collect(plan, &mut calendars);
    calendars.sort_unstable_by_key(|&calendar| std::ptr::from_ref(calendar));
    calendars.dedup_by_key(|calendar| std::ptr::from_ref(*calendar));
    for calendar in calendars {
        starts.extend(calendar.open_intervals(from, until).into_iter().flat_map(|(a, b)| [a, b]));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Every full hour in the two weeks after `from`, the first at or before it.
pub(super) fn full_hours(from: Timestamp) -> Vec<Timestamp> {
    let down = TimestampRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Floor);
    let first = from.round(down).unwrap_or(from);
    let later = |hour| first.saturating_add(SignedDuration::from_hours(hour));
    (0..TWO_WEEKS_IN_HOURS).filter_map(|hour| later(hour).ok()).collect()
}

/// Spare working time in the promise's calendar, negative when missing; then the same elapsed.
pub(super) fn margin(plan: &Plan, promise: Allowance, start: Timestamp) -> (SignedDuration, SignedDuration) {
    let due = due(promise, start);
    let finish = through(plan, start, &mut 0, &mut None, &mut agreed);
    let between = |a, b| promise.calendar.between(a, b);
    let counted = if finish <= due { between(finish, due) } else { -between(due, finish) };
    (counted, due.duration_since(finish))
}

pub(super) fn due(promise: Allowance, start: Timestamp) -> Timestamp {
    promise.calendar.add(start, promise.time)
}

/// The first hand-off without an agreement, in reading order.
pub(super) fn without_agreement(plan: &Plan) -> Option<Stage> {
    let mut found = None;
    through(plan, Timestamp::UNIX_EPOCH, &mut 0, &mut None, &mut |plan, stage, from| {
        if let Plan::Handoff { ola: None, .. } = plan {
            found = found.or(Some(stage));
        }
        from
    });
    found
}

/// When the plan is done that begins at `from`; `ends` says it of one stage.
///
/// `place` counts the stages passed. `legs`, if wanted, receives those on the longest path.
pub(super) fn through(
    plan: &Plan,
    from: Timestamp,
    place: &mut usize,
    legs: &mut Option<&mut Vec<Leg>>,
    ends: &mut impl FnMut(&Plan, Stage, Timestamp) -> Timestamp,
) -> Timestamp {
    let (unit, service) = match plan {
        Plan::Own { unit, .. } => (*unit, None),
        Plan::Handoff { unit, service, .. } => (*unit, Some(*service)),
        Plan::Sequence(parts) => {
            return parts.iter().fold(from, |from, part| through(part, from, place, legs, ends));
        }
        Plan::Parallel(parts) => return longest(parts, from, place, legs, ends),
    };
    let stage = Stage { place: *place, unit, service };
    *place += 1;
    let to = ends(plan, stage, from);
    if let Some(legs) = legs {
        legs.push(Leg { stage, from, to });
    }
    to
}

fn longest(
    parts: &[Plan],
    from: Timestamp,
    place: &mut usize,
    legs: &mut Option<&mut Vec<Leg>>,
    ends: &mut impl FnMut(&Plan, Stage, Timestamp) -> Timestamp,
) -> Timestamp {
    let mut last = from;
    let mut on_path = Vec::new();
    for part in parts {
        let mut own = Vec::new();
        let to = through(part, from, place, &mut legs.is_some().then_some(&mut own), ends);
        if to > last {
            (last, on_path) = (to, own);
        }
    }
    if let Some(legs) = legs {
        legs.extend(on_path);
    }
    last
}

fn agreed(plan: &Plan, _: Stage, from: Timestamp) -> Timestamp {
    match plan {
        Plan::Own { work, .. } => work.calendar.add(from, work.time),
        Plan::Handoff { ola: Some(ola), .. } => ola.calendar.add(from, ola.time),
        Plan::Handoff { ola: None, .. } | Plan::Sequence(_) | Plan::Parallel(_) => from,
    }
}

fn collect<'a>(plan: &Plan<'a>, calendars: &mut Vec<&'a Calendar>) {
    match plan {
        Plan::Own { work, .. } => calendars.push(work.calendar),
        Plan::Handoff { ola, .. } => calendars.extend(ola.map(|ola| ola.calendar)),
        Plan::Sequence(parts) | Plan::Parallel(parts) => {
            parts.iter().for_each(|part| collect(part, calendars));
        }
    }
}

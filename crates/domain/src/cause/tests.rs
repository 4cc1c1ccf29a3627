//! The cause split against published examples and a sweep minute by minute.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq};
use proptest::test_runner::{Config, TestRunner};

use super::{Cause, Work, split, sums};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

/// Minutes of the day from `HH:MM`.
fn clock(text: &str) -> Timestamp {
    let (hour, minute) = text.split_once(':').unwrap();
    at(60 * hour.parse::<i64>().unwrap() + minute.parse::<i64>().unwrap())
}

fn work(enabled_at: &str, from: &str, to: &str) -> Work {
    Work { enabled_at: clock(enabled_at), from: clock(from), to: clock(to) }
}

fn minutes(wait: (&str, &str), others: &[Work], off_hours: &[(Timestamp, Timestamp)]) -> Vec<(Cause, i64)> {
    let parts = split(clock(wait.0), clock(wait.1), others, off_hours, &[]);
    sums(&parts).into_iter().map(|(cause, time)| (cause, time.as_mins())).collect()
}

#[test]
fn three_hours_are_one_of_contention_and_one_and_a_half_of_prioritisation() {
    let others = [work("09:00", "09:00", "10:00"), work("10:00", "10:00", "11:30")];
    let want = [(Cause::Contention, 60), (Cause::Prioritisation, 90), (Cause::Other, 30)];
    assert_eq!(minutes(("09:00", "12:00"), &others, &[]), want);
}

#[test]
fn a_lunch_break_is_off_hours() {
    let others =
        [work("10:30", "10:30", "11:15"), work("11:15", "11:15", "12:00"), work("12:00", "12:30", "13:30")];
    let lunch = [(clock("12:00"), clock("12:30"))];
    let want =
        [(Cause::Contention, 30), (Cause::Prioritisation, 105), (Cause::OffHours, 30), (Cause::Other, 90)];
    assert_eq!(minutes(("10:45", "15:00"), &others, &lunch), want);
}

#[test]
fn work_that_came_earlier_but_was_done_late_is_contention() {
    let others = [
        work("11:00", "11:00", "12:00"),
        work("12:00", "12:00", "12:30"),
        work("11:15", "12:30", "13:00"),
        work("12:30", "13:00", "13:30"),
    ];
    let want = [(Cause::Contention, 60), (Cause::Prioritisation, 60), (Cause::Other, 30)];
    assert_eq!(minutes(("11:30", "14:00"), &others, &[]), want);
}

#[test]
fn collecting_a_batch_comes_before_every_other_cause() {
    let others = [work("08:00", "09:00", "10:00")];
    let batch = [(clock("09:30"), clock("11:00"))];
    let parts = split(clock("09:00"), clock("11:00"), &others, &[], &batch);
    let told: Vec<_> = parts.iter().map(|part| (part.cause, part.from, part.to)).collect();
    let want =
        [(Cause::Contention, clock("09:00"), clock("09:30")), (Cause::Batch, clock("09:30"), clock("11:00"))];
    assert_eq!(told, want);
}

#[test]
fn no_wait_has_no_parts() {
    assert_eq!(split(at(5), at(5), &[], &[], &[]), []);
    assert_eq!(split(at(5), at(3), &[], &[], &[]), []);
}

/// Enabled, length of the wait, other work, off hours and batches, in minutes.
type Case = (i64, i64, Vec<(i64, i64, i64)>, Vec<(i64, i64)>, Vec<(i64, i64)>);

#[test]
fn the_split_agrees_with_the_minute_sweep() {
    let intervals = || proptest::collection::vec((0..40_i64, 0..12_i64), 0..5);
    let others = proptest::collection::vec((0..40_i64, 0..40_i64, 0..12_i64), 0..6);
    let all = (0..20_i64, 0..24_i64, others, intervals(), intervals());
    let config = Config { cases: 10_000, failure_persistence: None, ..Config::default() };
    let spans =
        |list: &[(i64, i64)]| -> Vec<_> { list.iter().map(|one| (at(one.0), at(one.0 + one.1))).collect() };
    let test = |(enabled, length, others, off, batches): Case| {
        let works: Vec<Work> = others
            .iter()
            .map(|one| Work { enabled_at: at(one.0), from: at(one.1), to: at(one.1 + one.2) })
            .collect();
        let parts = split(at(enabled), at(enabled + length), &works, &spans(&off), &spans(&batches));
        let total: SignedDuration = sums(&parts).values().sum();
        prop_assert_eq!(total, SignedDuration::from_mins(length));
        prop_assert!(
            parts.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].cause != pair[1].cause)
        );
        for minute in enabled..enabled + length {
            let within = |from: i64, length: i64| from <= minute && minute < from + length;
            let busy =
                |later: bool| others.iter().any(|one| within(one.1, one.2) && (one.0 > enabled) == later);
            let want = if batches.iter().any(|one| within(one.0, one.1)) {
                Cause::Batch
            } else if busy(false) {
                Cause::Contention
            } else if busy(true) {
                Cause::Prioritisation
            } else if off.iter().any(|one| within(one.0, one.1)) {
                Cause::OffHours
            } else {
                Cause::Other
            };
            let part = parts.iter().find(|part| part.from <= at(minute) && at(minute) < part.to);
            prop_assert_eq!(part.map(|part| part.cause), Some(want));
        }
        Ok(())
    };
    TestRunner::new(config).run(&all.no_shrink(), test).unwrap();
}

//! The clock stands still in tests and keeps to microseconds.

use jiff::{SignedDuration, Timestamp};

use super::WallClock;

#[test]
fn a_fixed_clock_moves_only_when_told_and_its_clones_move_with_it() {
    let start: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
    let clock = WallClock::fixed(start);
    let clone = clock.clone();
    clock.advance(SignedDuration::from_mins(5));
    assert_eq!(clone.now(), "2026-03-01T09:05:00Z".parse().unwrap());
    clone.set(start);
    assert_eq!(clock.now(), start);
}

#[test]
fn the_system_clock_gives_whole_microseconds() {
    assert_eq!(WallClock::system().now().subsec_nanosecond() % 1_000, 0);
}

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::calendar::{Interval, Weekday};

fn nights(days: &[Weekday]) -> QuietHours {
    let days = days.iter().fold(Days::default(), |all, day| all.with(*day));
    QuietHours::new(Interval::parse("22:00", "06:30").unwrap(), days).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn everything_that_can_be_chosen_comes_back_as_it_was_kept() {
    let chosen = Preferences {
        theme: Theme::Dark,
        density: Density::Compact,
        after_reply: AfterReply::Next,
        undo: UndoSeconds::new(30),
        keys: Keys::Off,
        sending: Sending::Solve,
        quiet: Some(nights(&[Weekday::Monday, Weekday::Sunday])),
    };
    for preferences in [chosen, Preferences::default()] {
        let kept: Vec<String> =
            preferences.each().into_iter().map(|one| format!("{}={}", one.name(), one.value())).collect();
        assert_eq!(Preferences::parse(&kept.join(" ")), preferences);
        for one in preferences.each() {
            assert_eq!(Preference::parse(one.name(), &one.value()), Some(one));
        }
    }
}

#[test]
fn what_is_not_known_changes_nothing() {
    for kept in
        ["", "theme=green", "colour=red", "undo=121", "undo=-1", "quiet=22:00-06:00/", "quiet=22:00", "theme"]
    {
        assert_eq!(Preferences::parse(kept), Preferences::default(), "{kept}");
    }
    assert_eq!(Preferences::parse("theme=green density=compact").density, Density::Compact);
}

#[test]
fn an_inbox_that_lets_nothing_wait_wins_over_what_somebody_chose() {
    let own = UndoSeconds::new(30);
    assert_eq!(UndoSeconds::within(own, 10), 30);
    assert_eq!(UndoSeconds::within(None, 10), 10);
    assert_eq!(UndoSeconds::within(own, 0), 0);
    assert_eq!(UndoSeconds::within(UndoSeconds::new(0), 10), 0);
}

#[test]
fn a_quiet_night_belongs_to_the_day_on_which_it_begins() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let hours = nights(&[Weekday::Friday]);
    // Friday 27 November 2026, 21:59, 22:00, Saturday 06:29 and 06:30 in Berlin.
    assert_eq!(hours.over_at(at("2026-11-27T20:59:00Z"), &zone), None);
    let over = Some(at("2026-11-28T05:30:00Z"));
    assert_eq!(hours.over_at(at("2026-11-27T21:00:00Z"), &zone), over);
    assert_eq!(hours.over_at(at("2026-11-28T05:29:59Z"), &zone), over);
    assert_eq!(hours.over_at(at("2026-11-28T05:30:00Z"), &zone), None);
    // Saturday night is not chosen, and neither was Thursday.
    assert_eq!(hours.over_at(at("2026-11-28T22:00:00Z"), &zone), None);
    assert_eq!(hours.over_at(at("2026-11-27T02:00:00Z"), &zone), None);
}

#[test]
fn a_quiet_night_ends_by_the_clock_on_the_wall_when_clocks_change() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let hours = nights(&Weekday::ALL);
    // Clocks go back in the night to 25 October 2026: half past six is one hour later.
    assert_eq!(hours.over_at(at("2026-10-24T21:00:00Z"), &zone), Some(at("2026-10-25T05:30:00Z")));
    assert_eq!(hours.over_at(at("2026-10-23T21:00:00Z"), &zone), Some(at("2026-10-24T04:30:00Z")));
}

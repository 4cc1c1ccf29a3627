//! The times that people mean, where they are and when their unit works.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::agreement::{AgreementKind, Metric, Pauses, Target};
use crate::clock::{self, Applied, WorkingTime};
use crate::custody::{self, Custody};
use crate::event::invented::{
    TICKET, assigned, automatic, event, lawful, lawless, minute, moved, said, solved, told,
};
use crate::event::{Event, Fact, Side};
use crate::id::{AgreementId, CalendarId, TargetId};
use crate::ledger::{self, Line};
use crate::ticket::rules::Refusal;
use crate::ticket::{State, Ticket};

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn offered(now: &str, calendar: Option<&Calendar>) -> Vec<String> {
    let zone = berlin();
    presets(now.parse().unwrap(), &zone, calendar)
        .into_iter()
        .map(|(preset, at)| {
            format!("{} {}", preset.as_str(), at.to_zoned(zone.clone()).strftime("%a %d %H:%M"))
        })
        .collect()
}

#[test]
fn a_time_without_a_moment_is_counted_from_any_and_always_lies_ahead() {
    let from = |text: &str, now: &str, calendar: Option<&Calendar>| {
        let at = Until::parse(text).unwrap().from(now.parse().unwrap(), &berlin(), calendar).unwrap();
        at.to_zoned(berlin()).strftime("%a %d %H:%M").to_string()
    };
    let (noon, night) = ("2026-11-27T11:00:00Z", "2026-11-27T20:00:00Z");
    assert_eq!(from("evening", noon, None), "Fri 27 18:00");
    assert_eq!(from("evening", night, None), "Sat 28 18:00");
    assert_eq!(from("tomorrow", noon, None), "Sat 28 08:00");
    assert_eq!(from("tomorrow", noon, Some(&weekdays())), "Tue 01 09:00", "Monday is a holiday");
    assert_eq!(from("monday", night, Some(&weekdays())), "Tue 01 09:00");
    assert_eq!(from("next-week", noon, Some(&weekdays())), "Fri 04 09:00");
    assert_eq!(from("90m", noon, None), "Fri 27 13:30");
    assert_eq!(from("3d", noon, Some(&weekdays())), "Mon 30 12:00");
    assert_eq!(from("2026-12-01T08:00:00Z", noon, None), "Tue 01 09:00");
}

#[test]
fn a_time_is_written_as_it_is_read_and_nothing_else_is_one() {
    for text in ["evening", "next-week", "45m", "90m", "4h", "2d", "400d", "2026-12-01T08:00:00Z"] {
        assert_eq!(Until::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Until::parse("60m").unwrap().to_string(), "1h");
    for text in ["", "0h", "-1h", "401d", "99999999999d", "4", "h", "4w", "soon", "4h "] {
        assert_eq!(Until::parse(text), None, "{text}");
    }
}

/// Nine to five, in Berlin; Monday 30 November 2026 is a holiday.
fn weekdays() -> Calendar {
    let spec = r#"{"time_zone": "Europe/Berlin", "holidays": ["2026-11-30"], "hours": {
        "mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]], "wed": [["09:00","17:00"]],
        "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]]}}"#;
    Calendar::new(serde_json::from_str(spec).unwrap()).unwrap()
}

#[test]
fn on_a_thursday_noon_there_are_four() {
    let expected =
        ["evening Thu 26 18:00", "tomorrow Fri 27 08:00", "monday Mon 30 08:00", "next-week Thu 03 08:00"];
    assert_eq!(offered("2026-11-26T11:00:00Z", None), expected);
}

#[test]
fn days_begin_when_the_unit_does_and_holidays_are_passed_over() {
    let expected =
        ["evening Thu 26 18:00", "tomorrow Fri 27 09:00", "monday Tue 01 09:00", "next-week Thu 03 09:00"];
    assert_eq!(offered("2026-11-26T11:00:00Z", Some(&weekdays())), expected);
}

#[test]
fn on_a_friday_evening_tomorrow_is_no_day_of_work() {
    assert_eq!(
        offered("2026-12-04T18:00:00Z", Some(&weekdays())),
        ["monday Mon 07 09:00", "next-week Fri 11 09:00"]
    );
}

#[test]
fn what_would_be_the_same_instant_is_offered_once() {
    // From a Sunday, tomorrow is Monday; from a Monday, Monday is next week.
    assert_eq!(offered("2026-11-29T18:00:00Z", None), ["tomorrow Mon 30 08:00", "next-week Sun 06 08:00"]);
    assert_eq!(offered("2026-11-30T18:00:00Z", None), ["tomorrow Tue 01 08:00", "monday Mon 07 08:00"]);
}

#[test]
fn the_evening_is_where_the_person_is() {
    let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
    let now: Timestamp = "2026-11-26T01:00:00Z".parse().unwrap();
    let (preset, at) = presets(now, &tokyo, None)[0];
    assert_eq!((preset, at), (Preset::Evening, "2026-11-26T09:00:00Z".parse().unwrap()));
}

/// A story with snoozes thrown in anywhere, at any time.
fn with_snoozes(events: &[Event], places: &[(usize, i64, bool)]) -> Vec<Event> {
    let mut more = events.to_vec();
    for (place, at, wakes) in places {
        let place = 1 + place % more.len();
        let fact = if *wakes { Fact::Woken } else { Fact::Snoozed { until: minute(at + 30) } };
        more.insert(place, event(99, minute(*at), TICKET, fact));
    }
    more
}

/// Every second is working time.
struct Always;

impl WorkingTime for Always {
    fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        to.duration_since(from)
    }

    fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp {
        from + working
    }
}

fn target(metric: Metric) -> Target {
    Target {
        id: TargetId(1),
        agreement: AgreementId(1),
        kind: AgreementKind::Sla,
        metric,
        priority: None,
        within: SignedDuration::from_mins(20),
        calendar: CalendarId(1),
        quantile: None,
        pauses: Pauses { requester: true, supplier: true, agreed: true },
    }
}

proptest! {
    #[test]
    fn custody_clocks_and_ledger_are_the_same_with_snoozes_and_without(
        events in prop_oneof![lawless(), lawful()],
        places in prop::collection::vec((0..24_usize, -99..99_i64, any::<bool>()), 1..6),
    ) {
        let more = with_snoozes(&events, &places);
        let now = minute(200);
        let (before, after) = (custody::fold(TICKET, &events, now), custody::fold(TICKET, &more, now));
        prop_assert_eq!(&before, &after);
        let line = |custody: &Custody| BTreeMap::from([(TICKET, Line::from(custody))]);
        if let (Some(before), Some(after)) = (&before, &after) {
            prop_assert_eq!(
                ledger::charge(&line(before), TICKET).ok(),
                ledger::charge(&line(after), TICKET).ok()
            );
        }
        let clocks = |events: &[Event]| {
            let ticket = Ticket::fold(TICKET, events)?;
            let targets = Metric::ALL.iter().map(|metric| target(*metric)).collect::<Vec<_>>();
            let applied: Vec<_> = targets.iter().map(|target| Applied { target, calendar: &Always }).collect();
            Some(clock::run(&ticket, events, &applied))
        };
        prop_assert_eq!(clocks(&events), clocks(&more));
    }

    #[test]
    fn a_snoozed_ticket_is_open_and_everything_else_about_it_is_as_before(
        events in lawful(),
        places in prop::collection::vec((0..24_usize, -99..99_i64, any::<bool>()), 1..6),
    ) {
        let aside = |ticket: Ticket| Ticket { snoozed_until: None, woken_at: None, events: 0, ..ticket };
        let plain: Vec<Event> = events.iter().filter(|event| !event.fact.is_aside()).cloned().collect();
        let more = with_snoozes(&events, &places);
        for known in 1..=more.len() {
            let ticket = Ticket::fold(TICKET, &more[..known]).unwrap();
            prop_assert!(ticket.snoozed_until.is_none() || ticket.state == State::Open);
            prop_assert!(ticket.snoozed_until.is_none() || ticket.woken_at.is_none());
        }
        let (before, after) = (Ticket::fold(TICKET, &plain).unwrap(), Ticket::fold(TICKET, &more).unwrap());
        prop_assert_eq!(aside(before), aside(after));
    }
}

fn after(facts: &[Fact]) -> Ticket {
    let facts: Vec<_> = (1..).zip(facts).map(|(at, fact)| (at, TICKET, fact.clone())).collect();
    Ticket::fold(TICKET, &told(&facts)).unwrap()
}

#[test]
fn what_the_customer_writes_wakes_it_and_what_a_machine_writes_does_not() {
    let snoozed = Fact::Snoozed { until: minute(60) };
    let asleep = after(&[said(Side::Serving), snoozed.clone(), automatic(Side::Requesting)]);
    assert_eq!((asleep.snoozed_until, asleep.woken_at), (Some(minute(60)), None));
    let awake = after(&[snoozed.clone(), said(Side::Requesting)]);
    assert_eq!((awake.snoozed_until, awake.woken_at), (None, Some(minute(2))));
    assert_eq!(after(&[snoozed.clone(), said(Side::Requesting), said(Side::Serving)]).woken_at, None);
    assert_eq!(after(&[snoozed.clone(), moved(2)]).snoozed_until, None);
    assert_eq!(after(&[snoozed.clone(), assigned(Some(5))]).snoozed_until, None);
    assert_eq!(after(&[snoozed, solved()]).snoozed_until, None);
}

#[test]
fn a_time_that_has_passed_or_lies_years_ahead_is_refused() {
    let ticket = after(&[]);
    assert_eq!(ticket.snooze(minute(5), minute(5)), Err(Refusal::WakesInThePast));
    assert_eq!(ticket.snooze(minute(60 * 24 * 400), minute(5)), Err(Refusal::SleepsTooLong));
    assert_eq!(ticket.wake_up(), Err(Refusal::NoChange));
    assert_eq!(after(&[solved()]).snooze(minute(60), minute(5)), Err(Refusal::NotOpen("solved")));
}

//! The answers of an independent reckoning, where its data is at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::super::{Calendar, CalendarSpec, ical, zone};

#[derive(Deserialize)]
struct Vectors {
    schedules: BTreeMap<String, CalendarSpec>,
    cases: Vec<Case>,
    periods_case: Periods,
}

#[derive(Deserialize)]
struct Case {
    schedule: String,
    op: String,
    start: Timestamp,
    business_minutes: i64,
    deadline: Option<Timestamp>,
    end: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Periods {
    schedule: String,
    from: Timestamp,
    first_six_periods: Vec<String>,
}

/// The text of a file of the reference data, or a message why the test does nothing.
fn reference(name: &str) -> Option<String> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var("THROUGHLINE_DATA").unwrap_or_else(|_| default.to_owned());
    let path = PathBuf::from(root).join("business-time").join(name);
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        println!("SKIPPED: {} is not there; set THROUGHLINE_DATA", path.display());
    }
    text.ok()
}

fn vectors() -> Option<(Vectors, BTreeMap<String, Calendar>)> {
    let vectors: Vectors = serde_json::from_str(&reference("vectors.json")?).unwrap();
    let built = vectors.schedules.iter();
    let built = built.map(|(name, spec)| (name.clone(), Calendar::new(spec.clone()).unwrap()));
    let calendars = built.collect();
    Some((vectors, calendars))
}

#[test]
fn every_vector_is_met() {
    let Some((vectors, calendars)) = vectors() else {
        return;
    };
    let mut wrong = Vec::new();
    for case in &vectors.cases {
        let calendar = &calendars[&case.schedule];
        let worked = SignedDuration::from_mins(case.business_minutes);
        let (said, expected) = match case.op.as_str() {
            "add" => (calendar.add(case.start, worked).to_string(), case.deadline.unwrap().to_string()),
            _ => (calendar.between(case.start, case.end.unwrap()).to_string(), worked.to_string()),
        };
        if said != expected {
            wrong.push(format!(
                "{} {} {} {}: {said}, not {expected}",
                case.schedule, case.op, case.start, case.business_minutes
            ));
        }
    }
    println!("{} vectors", vectors.cases.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_first_periods_are_met() {
    let Some((vectors, calendars)) = vectors() else {
        return;
    };
    let case = vectors.periods_case;
    let calendar = &calendars[&case.schedule];
    let zone = TimeZone::get(&calendar.spec().time_zone).unwrap();
    let end = case.from + SignedDuration::from_hours(24 * 14);
    let wall = |at: Timestamp| at.to_zoned(zone.clone()).datetime();
    let periods = calendar.open_intervals(case.from, end).into_iter();
    let periods = periods.map(|(from, to)| (wall(from), wall(to).time()));
    let periods =
        periods.map(|(from, to)| format!("{}/{}", from.strftime("%Y-%m-%dT%H:%M"), to.strftime("%H:%M")));
    let first: Vec<String> = periods.take(6).collect();
    assert_eq!(first, case.first_six_periods);
}

#[test]
fn the_offsets_of_zones_change_when_they_should() {
    let Some(csv) = reference("tz_transitions_2024_2028.csv") else {
        return;
    };
    let mut differing = BTreeSet::new();
    for row in csv.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let at: Timestamp = fields[1].parse().unwrap();
        let changes = zone::changes(&TimeZone::get(fields[0]).unwrap(), at.as_second() + 1).list;
        let offset: i64 = fields[3].parse().unwrap();
        let found = |change: &zone::Change| change.at == at.as_second() && change.offset == offset;
        // Tzdata 2026 knows that Morocco stays on UTC from September 2026; the file does not.
        let superseded = fields[0] == "Africa/Casablanca" && fields[1] > "2026-09";
        if !superseded && !changes.iter().any(found) {
            differing.insert(row);
        }
    }
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn holiday_files_give_the_published_holidays() {
    let Some(csv) = reference("public_holidays_2024_2028.csv") else {
        return;
    };
    let published = |country: &str, subdivision: &str| -> BTreeMap<Date, String> {
        let rows = csv.lines().skip(1).map(|row| row.splitn(4, ',').collect::<Vec<_>>());
        let rows = rows.filter(|row| row[1] == country && row[2] == subdivision);
        let rows = rows.filter(|row| row[0].starts_with("2026"));
        rows.map(|row| (row[0].parse().unwrap(), row[3].trim_matches('"').to_owned())).collect()
    };
    for (file, country, subdivision) in
        [("holidays_US_2026.ics", "US", ""), ("holidays_DE-BE_2026.ics", "DE", "BE")]
    {
        let Some(text) = reference(file) else {
            return;
        };
        assert_eq!(ical::holidays(&text).unwrap(), published(country, subdivision), "{file}");
    }
}

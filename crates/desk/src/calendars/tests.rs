//! A calendar is refused for what it lacks, and takes holidays from a file.

use domain::calendar::CalendarSpec;
use domain::event::Actor;
use store::{Db, WallClock};

use super::{Input, create, import_holidays};
use crate::{ByDesk, Desk, DeskError};

fn desk() -> Desk {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    Desk::with_ids(db, clock, store::id::Ids::of_node(1))
}

fn refused(spec: CalendarSpec) -> (&'static str, String) {
    let desk = desk();
    let input = Input { name: "Office".into(), spec };
    match desk.act_now(Actor::Desk, move |act| create(act, &ByDesk, &input)).unwrap_err() {
        DeskError::Invalid { field, problem: message } => (field, message.to_string()),
        other => panic!("{other} names no field"),
    }
}

#[test]
fn an_unknown_time_zone_is_refused_with_the_nearest_name() {
    let (field, message) = refused(CalendarSpec::always("Europe/Berlyn"));
    assert_eq!(field, "time_zone");
    assert!(message.contains("Europe/Berlin"), "{message}");
}

#[test]
fn a_calendar_without_working_time_is_refused() {
    let (field, message) = refused(CalendarSpec::closed("Europe/Berlin"));
    assert_eq!(field, "hours");
    assert!(message.contains("no working time"), "{message}");
}

#[test]
fn holidays_come_from_a_file_and_a_wrong_line_changes_nothing() {
    let desk = desk();
    let input = Input { name: "Office".into(), spec: CalendarSpec::always("Europe/Berlin") };
    let id = desk.act_now(Actor::Desk, move |act| create(act, &ByDesk, &input)).unwrap();
    let import =
        |text: &'static str| desk.act_now(Actor::Desk, move |act| import_holidays(act, &ByDesk, id, text));
    let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Labour Day\r\nDTSTART;VALUE=DATE:20260501\r\n\
                END:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(import(file).unwrap(), 1);
    assert_eq!(import(file).unwrap(), 0);
    let wrong = import("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260231\r\n");
    assert!(matches!(wrong, Err(DeskError::Invalid { field: "holidays", .. })));
    let holidays =
        desk.look_now(move |look| Ok(look.catalogue.calendar(id).unwrap().spec().holidays.len())).unwrap();
    assert_eq!(holidays, 1);
}

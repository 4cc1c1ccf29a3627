//! What is typed is what is saved, and what is wrong is said beside its field.

use super::{fields, spec, with_file};
use crate::pages::admin::fields::Fields;

fn typed() -> Fields {
    Fields::default()
        .with("name", "Nights")
        .with("time_zone", "Europe/Berlin")
        .with("hours_mon", "08:30-12:00, 13:00-17:30")
        .with("hours_fri", "22:00-06:00")
        .with("holidays", "2026-12-25 Christmas\n2026-12-26")
        .with("shifts", "2026-12-24 closed\n2026-12-31 08:00-12:00")
        .with("breaks", "2026-06-01 12:00-14:00")
}

#[test]
fn a_calendar_comes_back_as_it_was_typed() {
    let read = spec(&typed()).unwrap();
    let shown = fields("Nights", &read);
    for name in ["time_zone", "hours_mon", "hours_fri", "holidays", "shifts", "breaks"] {
        assert_eq!(shown.text(name), typed().text(name), "{name}");
    }
    assert_eq!(spec(&shown).unwrap(), read);
}

#[test]
fn a_time_that_is_none_is_an_error_of_its_weekday() {
    let error = spec(&typed().replaced("hours_mon", "8 to 5")).unwrap_err();
    assert!(matches!(error, desk::DeskError::Invalid { field: "hours_mon", .. }), "{error:?}");
    let error = spec(&typed().replaced("hours_fri", "09:00-09:00")).unwrap_err();
    assert!(matches!(error, desk::DeskError::Invalid { field: "hours_fri", .. }), "{error:?}");
}

#[test]
fn days_of_a_file_join_the_holidays_and_the_names_we_gave_stay() {
    let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Xmas\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let (merged, new) = with_file(&typed().with("ical", file)).unwrap();
    assert_eq!(new, 1);
    assert_eq!(merged.text("holidays"), "2026-12-25 Christmas\n2026-12-26\n2027-01-01 New Year");
    assert_eq!(merged.text("ical"), "");
}

#[test]
fn a_file_that_is_no_calendar_is_an_error_of_the_file() {
    let error = with_file(&typed().with("ical", "hello")).unwrap_err();
    assert!(matches!(error, desk::DeskError::Invalid { field: "ical", .. }), "{error:?}");
}

//! Holiday files as calendar programs write them.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::super::CalendarError;
use super::holidays;

fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

fn dates(lines: &str) -> Vec<Date> {
    holidays(&event(lines)).unwrap().into_keys().collect()
}

fn refused(text: &str) -> (usize, String) {
    match holidays(text).unwrap_err() {
        CalendarError::HolidayFile { line, problem } => (line, problem.to_string()),
        other => panic!("{other}"),
    }
}

#[test]
fn a_name_is_unfolded_and_unescaped() {
    let text = event(
        "DTSTART;VALUE=DATE:20261225\nSUMMARY;LANGUAGE=\"en:GB\":Christmas\\, first \n\tday\\; office\n  closed",
    );
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let expected = BTreeMap::from([(date(2026, 12, 25), "Christmas, first day; office closed".to_owned())]);
    assert_eq!(holidays(&text).unwrap(), expected);
    assert_eq!(holidays(&windows).unwrap(), expected);
}

#[test]
fn an_event_of_several_days_gives_each_of_them() {
    let end = "DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102";
    let three = [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)];
    assert_eq!(dates(end), three);
    assert_eq!(dates("DURATION:P3D\nDTSTART;VALUE=DATE:20261230"), three);
    assert_eq!(dates("DTSTART;VALUE=DATE:20261230"), three[..1]);
    assert_eq!(dates("DTSTART:20261230\nDTEND:20261230"), three[..1]);
    assert_eq!(dates("DTSTART;TZID=Europe/Berlin:20261230T000000\nDTEND:20261231T000000"), three[..1]);
    assert_eq!(dates("DTSTART:20261230\nSTATUS:CANCELLED"), []);
}

#[test]
fn only_events_of_the_calendar_itself_count() {
    let text = concat!(
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19961027T030000\n",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE\n",
        "BEGIN:VTODO\nDTSTART:20260101T101500\nEND:VTODO\n",
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nSUMMARY:One\n",
        "BEGIN:VALARM\nDURATION:PT15M\nSUMMARY:Ring\nEND:VALARM\nEND:VEVENT\n",
        "BEGIN:VEVENT\nSUMMARY:Two\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    let expected = BTreeMap::from([(date(2026, 12, 25), "One; Two".to_owned())]);
    assert_eq!(holidays(text).unwrap(), expected);
}

#[test]
fn a_yearly_holiday_comes_back() {
    let first_three = |rule: &str| {
        let lines = format!("DTSTART;VALUE=DATE:20240101\nRRULE:FREQ=YEARLY;{rule}");
        dates(&lines).into_iter().skip(1).take(3).collect::<Vec<_>>()
    };
    let thanksgiving = [date(2024, 11, 28), date(2025, 11, 27), date(2026, 11, 26)];
    assert_eq!(first_three("BYMONTH=11;BYDAY=4TH"), thanksgiving);
    let memorial = [date(2024, 5, 27), date(2025, 5, 26), date(2026, 5, 25)];
    assert_eq!(first_three("BYDAY=-1MO;BYMONTH=5"), memorial);
    let election = [date(2024, 11, 5), date(2026, 11, 3), date(2028, 11, 7)];
    assert_eq!(first_three("INTERVAL=2;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"), election);
    assert_eq!(first_three("BYMONTH=2;BYMONTHDAY=-1")[..2], [date(2024, 2, 29), date(2025, 2, 28)]);
    assert_eq!(first_three("COUNT=2"), [date(2025, 1, 1)]);
    assert_eq!(first_three("UNTIL=20260101T000000Z"), [date(2025, 1, 1), date(2026, 1, 1)]);
    let monday = [date(2024, 12, 30), date(2025, 12, 29), date(2026, 12, 28)];
    assert_eq!(first_three("BYDAY=-1MO"), monday);

    let leap = dates("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20280229,20320229");
    assert_eq!(leap[..2], [date(2024, 2, 29), date(2036, 2, 29)]);
    assert_eq!(leap.last(), Some(&date(2096, 2, 29)));
    let two_days = dates("DTSTART:20241225\nDTEND:20241227\nRRULE:FREQ=YEARLY;COUNT=2");
    assert_eq!(two_days.len(), 4);
}

#[test]
fn what_cannot_be_a_holiday_is_refused_with_its_line() {
    for (lines, line, words) in [
        ("SUMMARY:x\nDTSTART:20261225T120000", 5, "20261225T120000 is a time of day"),
        ("DTSTART:20260230", 4, "20260230 is not a date"),
        ("DTSTART:2026\u{e9}\u{e9}1", 4, "is not a date"),
        ("DTSTART:20260101\nRRULE:FREQ=DAILY", 5, "only FREQ=YEARLY is supported"),
        ("DTSTART:20260101\nRRULE:FREQ=YEARLY;BYEASTER=1", 5, "BYEASTER=1 is not supported"),
        ("DTSTART:20260101\nRRULE:FREQ=YEARLY;INTERVAL=0", 5, "INTERVAL=0 is not supported"),
        ("DTSTART:20260101\nRRULE:FREQ=YEARLY;BYDAY=\u{e9}", 5, "is not supported"),
        ("DTSTART:20260101\nRDATE:20260102", 5, "RDATE is not supported"),
        ("DTSTART:20260101\nDTEND:20251231", 5, "ends before it starts"),
        ("DTSTART:20260101\nDTEND:99991231", 5, "lasts longer than"),
        ("DTSTART:20260101\nDURATION:PT1H", 5, "not a number of whole days"),
        ("SUMMARY:x", 3, "has no DTSTART"),
        ("nonsense", 4, "no iCalendar line"),
    ] {
        let (said_line, said) = refused(&event(lines));
        assert_eq!(said_line, line, "{said}");
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(refused("").0, 1);
    assert!(refused("date,name\n").1.contains("no iCalendar line"));
    assert!(refused("SUMMARY:x\n").1.contains("begins with BEGIN:VCALENDAR"));
    assert_eq!(refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"), (2, "the file ends inside VEVENT".to_owned()));
    assert_eq!(refused("BEGIN:VCALENDAR\nEND:VEVENT\n").0, 2);
}

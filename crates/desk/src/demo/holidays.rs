//! Public holidays, reckoned for any year.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

type Holidays = BTreeMap<Date, String>;

pub(super) fn britain(year: i16) -> Holidays {
    let easter = easter(year);
    named([
        (moved_to_monday(Date::constant(year, 1, 1)), "New Year's Day"),
        (easter - 2.days(), "Good Friday"),
        (easter + 1.day(), "Easter Monday"),
        (first(year, 5, Weekday::Monday), "Early May bank holiday"),
        (last(year, 5, Weekday::Monday), "Spring bank holiday"),
        (last(year, 8, Weekday::Monday), "Summer bank holiday"),
        (moved_to_monday(Date::constant(year, 12, 25)), "Christmas Day"),
        (Date::constant(year, 12, 28), "Boxing Day, kept between the years"),
    ])
}

pub(super) fn germany(year: i16) -> Holidays {
    let easter = easter(year);
    named([
        (Date::constant(year, 1, 1), "Neujahr"),
        (easter - 2.days(), "Karfreitag"),
        (easter + 1.day(), "Ostermontag"),
        (Date::constant(year, 5, 1), "Tag der Arbeit"),
        (easter + 39.days(), "Himmelfahrt"),
        (easter + 50.days(), "Pfingstmontag"),
        (Date::constant(year, 10, 3), "Tag der Deutschen Einheit"),
        (Date::constant(year, 10, 31), "Reformationstag"),
        (Date::constant(year, 12, 25), "Erster Weihnachtstag"),
        (Date::constant(year, 12, 26), "Zweiter Weihnachtstag"),
    ])
}

pub(super) fn canada(year: i16) -> Holidays {
    let easter = easter(year);
    named([
        (Date::constant(year, 1, 1), "New Year's Day"),
        (easter - 2.days(), "Good Friday"),
        (Date::constant(year, 7, 1), "Canada Day"),
        (first(year, 8, Weekday::Monday), "Civic Holiday"),
        (first(year, 9, Weekday::Monday), "Labour Day"),
        (first(year, 10, Weekday::Monday) + 7.days(), "Thanksgiving"),
        (Date::constant(year, 12, 25), "Christmas Day"),
    ])
}

fn named<const N: usize>(days: [(Date, &str); N]) -> Holidays {
    days.into_iter().map(|(day, name)| (day, name.to_owned())).collect()
}

fn moved_to_monday(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day + 2.days(),
        Weekday::Sunday => day + 1.day(),
        _ => day,
    }
}

fn first(year: i16, month: i8, weekday: Weekday) -> Date {
    let start = Date::constant(year, month, 1);
    (0..7).map(|later| start + later.days()).find(|day| day.weekday() == weekday).unwrap_or(start)
}

fn last(year: i16, month: i8, weekday: Weekday) -> Date {
    let end = Date::constant(year, month, 1).last_of_month();
    (0..7).map(|earlier| end - earlier.days()).find(|day| day.weekday() == weekday).unwrap_or(end)
}

/// Easter Sunday of the Gregorian calendar, by Gauss's rule with Lichtenberg's correction.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let century = year / 100;
    let moon = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
    let sun = 2 - (3 * century + 3) / 4;
    let cycle = year % 19;
    let shift = (19 * cycle + moon) % 30;
    let exception = (shift + cycle / 11) / 29;
    let full_moon = 21 + shift - exception;
    let sunday = 7 - (year + year / 4 + sun) % 7;
    let day = full_moon + 7 - (full_moon - sunday).rem_euclid(7);
    Date::constant(i16::try_from(year).unwrap_or(2000), 3, 1) + (day - 1).days()
}

#[cfg(test)]
mod tests {
    use super::easter;

    #[test]
    fn easter_is_when_the_almanac_says() {
        let known = ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"];
        for day in known {
            let day: jiff::civil::Date = day.parse().unwrap();
            assert_eq!(easter(day.year()), day);
        }
    }
}

//! Yearly repetition rules: the dates on which a holiday comes back.

use std::str::FromStr;

use jiff::civil::{Date, Weekday};

use super::super::{CalendarError, FileProblem};
use super::LAST_YEAR;
use super::line::{self, Line};

/// `FREQ=YEARLY` and what narrows it; an empty list does not narrow.
pub(super) struct Rule {
    interval: usize,
    count: Option<usize>,
    until: Option<Date>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    weekdays: Vec<(i16, Weekday)>,
}

impl Rule {
    pub(super) fn parse(line: &Line) -> Result<Rule, CalendarError> {
        let mut rule = Rule {
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
        };
        let mut yearly = false;
        for part in line.value.trim().split(';').filter(|part| !part.is_empty()) {
            let upper = part.to_uppercase();
            let (name, value) = upper.split_once('=').unwrap_or((&upper, ""));
            let read = match name {
                "FREQ" => Some(value).map(|value| yearly = value == "YEARLY"),
                "INTERVAL" => positive(value).map(|number| rule.interval = number),
                "COUNT" => positive(value).map(|number| rule.count = Some(number)),
                "UNTIL" => until(value).map(|date| rule.until = Some(date)),
                "BYMONTH" => numbers(value, 1, 12).map(|numbers| rule.months = numbers),
                "BYMONTHDAY" => numbers(value, -31, 31).map(|numbers| rule.month_days = numbers),
                "BYDAY" => weekdays(value).map(|weekdays| rule.weekdays = weekdays),
                "WKST" => Some(()),
                _ => None,
            };
            read.ok_or_else(|| line.problem(FileProblem::Repetition(part.to_owned())))?;
        }
        if !yearly {
            return Err(line.problem(FileProblem::OnlyYearly(line.value.clone())));
        }
        Ok(rule)
    }

    /// Every occurrence from `start` on, which is the first whatever the rule says.
    pub(super) fn dates(&self, start: Date) -> Vec<Date> {
        let until = self.until.unwrap_or(Date::MAX);
        let years = (start.year()..=LAST_YEAR).step_by(self.interval);
        let matching =
            years.flat_map(days_of_year).filter(|date| *date > start && self.matches(*date, start));
        let all = std::iter::once(start).chain(matching);
        all.take(self.count.unwrap_or(usize::MAX)).take_while(|date| *date <= until).collect()
    }

    fn matches(&self, date: Date, start: Date) -> bool {
        let by_nothing = self.month_days.is_empty() && self.weekdays.is_empty();
        let month = match (self.months.is_empty(), by_nothing) {
            (true, true) => date.month() == start.month(),
            (true, false) => true,
            (false, _) => self.months.contains(&date.month()),
        };
        let from_end = date.day() - date.days_in_month() - 1;
        let month_day = match (self.month_days.is_empty(), by_nothing) {
            (true, true) => date.day() == start.day(),
            (true, false) => true,
            (false, _) => self.month_days.iter().any(|day| *day == date.day() || *day == from_end),
        };
        let weekday = |(nth, weekday)| date.weekday() == weekday && self.is_nth(date, nth);
        month && month_day && (self.weekdays.is_empty() || self.weekdays.iter().copied().any(weekday))
    }

    /// The n-th of its weekday, from the front or the back, in the month if the rule names
    /// months, else in the year; zero is any.
    fn is_nth(&self, date: Date, nth: i16) -> bool {
        let (day, days) = match self.months.is_empty() {
            true => (date.day_of_year(), date.days_in_year()),
            false => (i16::from(date.day()), i16::from(date.days_in_month())),
        };
        let from_front = (day - 1) / 7 + 1;
        let from_back = -((days - day) / 7 + 1);
        nth == 0 || nth == from_front || nth == from_back
    }
}

fn days_of_year(year: i16) -> impl Iterator<Item = Date> {
    Date::constant(year, 1, 1).series(jiff::Span::new().days(1)).take_while(move |date| date.year() == year)
}

fn positive(value: &str) -> Option<usize> {
    value.parse().ok().filter(|number| *number > 0)
}

fn until(value: &str) -> Option<Date> {
    line::date(value.split('T').next().unwrap_or(value))
}

fn numbers(value: &str, least: i8, largest: i8) -> Option<Vec<i8>> {
    let number = |text: &str| -> Option<i8> {
        let number = i8::from_str(text.trim()).ok()?;
        (number != 0 && (least..=largest).contains(&number)).then_some(number)
    };
    value.split(',').map(number).collect()
}

fn weekdays(value: &str) -> Option<Vec<(i16, Weekday)>> {
    value.split(',').map(|text| nth_weekday(text.trim())).collect()
}

/// `MO`, `4TH`, `-1MO`.
fn nth_weekday(text: &str) -> Option<(i16, Weekday)> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    match nth {
        "" => Some((0, weekday)),
        nth => Some((nth.parse().ok().filter(|n| *n != 0)?, weekday)),
    }
}

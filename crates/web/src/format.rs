//! Times, durations and numbers in plain words, for one reader.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use maud::{Markup, html};

use crate::t;
use crate::text::Locale;

/// How the person who reads wants times shown: language, zone, and the instant the page is made.
#[derive(Debug, Clone)]
pub struct Reader {
    pub locale: Locale,
    pub zone: TimeZone,
    pub now: Timestamp,
}

impl Reader {
    pub fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }
}

/// "2 h 10 min", "3 d 4 h": elapsed time, the two largest parts.
pub fn duration(locale: Locale, time: SignedDuration) -> String {
    let seconds = time.as_secs().unsigned_abs();
    let minutes = seconds / 60;
    if minutes == 0 {
        return t!(locale, "duration-under-a-minute").to_owned();
    }
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, rest) => t!(locale, "duration-minutes", minutes = rest),
        (0, hours, 0) => t!(locale, "duration-hours", hours = hours),
        (0, hours, rest) => t!(locale, "duration-hours-minutes", hours = hours, minutes = rest),
        (days, 0, _) => t!(locale, "duration-days", days = days),
        (days, hours, _) => t!(locale, "duration-days-hours", days = days, hours = hours),
    }
}

/// "3 working days 2 h": working time, counted in days of the given length.
pub fn working(locale: Locale, time: SignedDuration, day: SignedDuration) -> String {
    let whole = if day.is_positive() { time.as_secs() / day.as_secs() } else { 0 };
    if whole == 0 {
        return t!(locale, "duration-working", time = duration(locale, time));
    }
    let rest = SignedDuration::from_secs(time.as_secs() - whole * day.as_secs());
    if rest.as_secs() < 60 {
        return t!(locale, "duration-working-days", days = whole);
    }
    t!(locale, "duration-working-days-rest", days = whole, rest = duration(locale, rest))
}

/// "5 min ago", "in 2 h 10 min"; farther than a week away it is the date.
pub fn relative(reader: &Reader, at: Timestamp) -> String {
    let apart = at.duration_since(reader.now);
    if apart.abs() > SignedDuration::from_hours(7 * 24) {
        return date(reader, at);
    }
    if apart.abs() < SignedDuration::from_secs(60) {
        return t!(reader.locale, "time-now").to_owned();
    }
    let time = duration(reader.locale, apart);
    if apart.is_negative() {
        t!(reader.locale, "time-ago", time = time)
    } else {
        t!(reader.locale, "time-in", time = time)
    }
}

/// "Wed 14 Oct 2026, 09:30" in the reader's zone.
pub fn absolute(reader: &Reader, at: Timestamp) -> String {
    let local = reader.local(at);
    let weekday = named(t!(reader.locale, "weekdays-short"), weekday_index(&local));
    format!("{weekday} {}, {}", written_date(reader.locale, &local), written_clock(&local))
}

/// "14 Oct 2026".
pub fn date(reader: &Reader, at: Timestamp) -> String {
    written_date(reader.locale, &reader.local(at))
}

/// "09:30" today, "Wed 09:30" within six days, else the date: short enough for a dense row.
pub fn brief(reader: &Reader, at: Timestamp) -> String {
    let local = reader.local(at);
    let today = reader.local(reader.now);
    if local.date() == today.date() {
        return written_clock(&local);
    }
    if at.duration_since(reader.now).abs() < SignedDuration::from_hours(6 * 24) {
        let weekday = named(t!(reader.locale, "weekdays-short"), weekday_index(&local));
        return format!("{weekday} {}", written_clock(&local));
    }
    let month = month(reader.locale, &local);
    if local.year() == today.year() {
        return t!(reader.locale, "date-day-month", day = local.day(), month = month);
    }
    written_date(reader.locale, &local)
}

/// A `<time>` that says how far away it is and, on hover and to machines, exactly when.
pub fn stamp(reader: &Reader, at: Timestamp) -> Markup {
    html! { time datetime=(at) title=(absolute(reader, at)) { (relative(reader, at)) } }
}

/// A `<time>` that shows the clock or the date, and the exact instant on hover.
pub fn moment(reader: &Reader, at: Timestamp) -> Markup {
    html! { time datetime=(at) title=(absolute(reader, at)) { (brief(reader, at)) } }
}

/// "12,345" or "12.345".
pub fn number(locale: Locale, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        grouped.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push_str(t!(locale, "number-group"));
        }
        grouped.push(digit);
    }
    grouped
}

/// "14 kB", "2.4 MB": how large a file is.
pub fn bytes(locale: Locale, size: i64) -> String {
    match size {
        ..1000 => format!("{size} B"),
        1000..1_000_000 => format!("{} kB", (size + 500) / 1000),
        _ => {
            let tenths = (size + 50_000) / 100_000;
            format!("{}{}{} MB", number(locale, tenths / 10), t!(locale, "number-decimal"), tenths % 10)
        }
    }
}

/// A number with a fixed count of decimal places: "1.5" or "1,5".
pub fn decimal(locale: Locale, value: f64, places: usize) -> String {
    if !value.is_finite() {
        return t!(locale, "number-none").to_owned();
    }
    let written = format!("{value:.places$}");
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let grouped = whole.parse().map_or_else(|_| whole.to_owned(), |whole| number(locale, whole));
    let sign = if whole == "-0" { "-" } else { "" };
    if fraction.is_empty() {
        return format!("{sign}{grouped}");
    }
    format!("{sign}{grouped}{}{fraction}", t!(locale, "number-decimal"))
}

/// "92 %" from 0.92; a share that cannot be formed is a dash.
pub fn percent(locale: Locale, share: f64) -> String {
    if !share.is_finite() {
        return t!(locale, "number-none").to_owned();
    }
    t!(locale, "number-percent", number = decimal(locale, share * 100.0, 0))
}

/// Counters stop at "999+".
pub fn count(value: u64) -> String {
    if value > 999 { "999+".to_owned() } else { value.to_string() }
}

fn written_date(locale: Locale, local: &Zoned) -> String {
    t!(locale, "date-full", day = local.day(), month = month(locale, local), year = local.year().to_string())
}

pub(crate) fn written_clock(local: &Zoned) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn month(locale: Locale, local: &Zoned) -> &'static str {
    named(t!(locale, "months-short"), usize::from(local.month().unsigned_abs()) - 1)
}

fn weekday_index(local: &Zoned) -> usize {
    usize::from(local.weekday().to_monday_zero_offset().unsigned_abs())
}

fn named(list: &'static str, index: usize) -> &'static str {
    list.split('|').nth(index).unwrap_or(list)
}

#[cfg(test)]
mod tests;

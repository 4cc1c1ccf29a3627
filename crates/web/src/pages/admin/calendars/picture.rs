//! Working time to look at: a week in words, the two weeks ahead as bars with a table of the same.

use domain::calendar::{Calendar, CalendarSpec, Interval, Weekday};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use maud::{Markup, html};

use super::reader_of;
use crate::format::{self, Reader};
use crate::pages::admin::agreements::verdict::whole_hours;
use crate::t;
use crate::text::Locale;

const DAYS: i64 = 14;
const WIDTH: f64 = 480.0;

/// "Mon–Fri 09:00-17:00": weekdays with the same hours stand together.
pub fn week(locale: Locale, spec: &CalendarSpec) -> String {
    let hours = |weekday: &Weekday| spec.hours.get(weekday).filter(|hours| !hours.is_empty());
    let mut runs: Vec<(usize, usize, &Vec<Interval>)> = Vec::new();
    for (place, weekday) in Weekday::ALL.iter().enumerate() {
        let Some(own) = hours(weekday) else { continue };
        match runs.last_mut() {
            Some((_, last, same)) if *last + 1 == place && *same == own => *last = place,
            _ => runs.push((place, place, own)),
        }
    }
    let run = |(first, last, hours): (usize, usize, &Vec<Interval>)| {
        let hours = hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let names = if first == last {
            weekday_name(locale, first).to_owned()
        } else {
            format!("{}–{}", weekday_name(locale, first), weekday_name(locale, last))
        };
        format!("{names} {hours}")
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join("; ")
}

pub fn weekday_name(locale: Locale, place: usize) -> &'static str {
    t!(locale, "weekdays-short").split('|').nth(place).unwrap_or("–")
}

/// The days ahead, each with its bar from midnight to midnight and its hours in words.
pub fn ahead(reader: &Reader, calendar: &Calendar) -> Markup {
    let own = reader_of(reader, calendar);
    let today = own.local(own.now).date();
    let days: Vec<Day> = (0..DAYS).filter_map(|offset| day(&own, calendar, today, offset)).collect();
    let total: SignedDuration = days.iter().map(Day::worked).sum();
    let locale = reader.locale;
    html! {
        table.hours {
            caption.visually-hidden { (t!(locale, "admin-two-weeks")) }
            thead.visually-hidden { tr { th scope="col" { (t!(locale, "admin-day")) } th scope="col" { (t!(locale, "admin-hours")) } th scope="col" { (t!(locale, "admin-total")) } } }
            tbody {
                @for day in &days {
                    tr {
                        th scope="row" { (day.label) }
                        td { (bar(day)) span.hours-words { (day.words(&own)) } }
                        td.numeric { (hours(locale, day.worked())) }
                    }
                }
            }
            tfoot { tr { th scope="row" { (t!(locale, "admin-total")) } td { (calendar.spec().time_zone) } td.numeric { (hours(locale, total)) } } }
        }
    }
}

/// When something opened now would be due, with eight hours of working time.
pub fn example(reader: &Reader, calendar: &Calendar) -> Markup {
    let own = reader_of(reader, calendar);
    let due = calendar.add(reader.now, SignedDuration::from_hours(8));
    html! {
        p.example { (t!(reader.locale, "admin-due-example", now = format::absolute(&own, reader.now), due = format::absolute(&own, due), zone = calendar.spec().time_zone.clone())) }
    }
}

struct Day {
    label: String,
    holiday: Option<String>,
    from: Timestamp,
    until: Timestamp,
    open: Vec<(Timestamp, Timestamp)>,
}

impl Day {
    fn worked(&self) -> SignedDuration {
        self.open.iter().map(|(from, to)| to.duration_since(*from)).sum()
    }

    fn words(&self, reader: &Reader) -> String {
        let clock = |at: Timestamp| {
            if at == self.until { "24:00".to_owned() } else { format::written_clock(&reader.local(at)) }
        };
        let open: Vec<String> =
            self.open.iter().map(|(from, to)| format!("{}–{}", clock(*from), clock(*to))).collect();
        match (&self.holiday, open.is_empty()) {
            (Some(name), true) => format!("{}: {name}", t!(reader.locale, "admin-holiday")),
            (None, true) => t!(reader.locale, "admin-closed").to_owned(),
            (Some(name), false) => format!("{} ({name})", open.join(", ")),
            (None, false) => open.join(", "),
        }
    }
}

fn day(reader: &Reader, calendar: &Calendar, today: Date, offset: i64) -> Option<Day> {
    let date = today.checked_add(offset.days()).ok()?;
    let next = date.checked_add(1.day()).ok()?;
    let from = date.to_zoned(reader.zone.clone()).ok()?.timestamp();
    let until = next.to_zoned(reader.zone.clone()).ok()?.timestamp();
    let place = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    Some(Day {
        label: format!("{} {}", weekday_name(reader.locale, place), date.day()),
        holiday: calendar.spec().holidays.get(&date).cloned(),
        from,
        until,
        open: calendar.open_intervals(from, until),
    })
}

fn bar(day: &Day) -> Markup {
    let length = day.until.duration_since(day.from).as_secs_f64();
    let at = |instant: Timestamp| instant.duration_since(day.from).as_secs_f64() / length * WIDTH;
    html! {
        svg.hours-bar viewBox={ "0 0 " (WIDTH) " 12" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.hours-off width=(WIDTH) height="12" {}
            @for (from, to) in &day.open {
                rect.hours-open x=(format!("{:.1}", at(*from))) width=(format!("{:.1}", at(*to) - at(*from))) height="12" {}
            }
            @for quarter in 1..4 { line.hours-mark x1=(120 * quarter) x2=(120 * quarter) y1="0" y2="12" {} }
        }
    }
}

fn hours(locale: Locale, time: SignedDuration) -> String {
    if time.is_zero() { "–".to_owned() } else { whole_hours(locale, time) }
}

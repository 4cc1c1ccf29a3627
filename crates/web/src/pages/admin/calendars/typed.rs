//! A calendar as it is typed: a line for each weekday, and lines of dates.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use desk::{DeskError, Problem};
use domain::calendar::{CalendarSpec, Interval, Weekday, ical};
use jiff::civil::Date;

use crate::pages::admin::fields::Fields;

pub const FIELDS: &[&str] = &[
    "name",
    "time_zone",
    "hours_mon",
    "hours_tue",
    "hours_wed",
    "hours_thu",
    "hours_fri",
    "hours_sat",
    "hours_sun",
    "holidays",
    "shifts",
    "breaks",
    "ical",
    "do",
];

/// The fields of the weekdays, Monday first.
pub const HOURS: [&str; 7] =
    ["hours_mon", "hours_tue", "hours_wed", "hours_thu", "hours_fri", "hours_sat", "hours_sun"];

/// A calendar as the form shows it.
pub fn fields(name: &str, spec: &CalendarSpec) -> Fields {
    let mut fields = Fields::default().with("name", name).with("time_zone", spec.time_zone.as_str());
    for (field, weekday) in HOURS.into_iter().zip(Weekday::ALL) {
        fields = fields.with(field, spec.hours.get(&weekday).map(|hours| joined(hours)).unwrap_or_default());
    }
    let holidays: Vec<String> = spec.holidays.iter().map(|(day, name)| holiday_line(*day, name)).collect();
    fields
        .with("holidays", holidays.join("\n"))
        .with("shifts", dated_lines(&spec.shifts))
        .with("breaks", dated_lines(&spec.breaks))
}

/// The calendar that was typed; an error names its field.
pub fn spec(fields: &Fields) -> Result<CalendarSpec, DeskError> {
    let mut spec = CalendarSpec::closed(fields.text("time_zone").trim());
    for (field, weekday) in HOURS.into_iter().zip(Weekday::ALL) {
        let hours = intervals(field, fields.text(field))?;
        if !hours.is_empty() {
            spec.hours.insert(weekday, hours);
        }
    }
    spec.holidays = holidays(fields.text("holidays"))?;
    spec.shifts = dated("shifts", fields.text("shifts"))?;
    spec.breaks = dated("breaks", fields.text("breaks"))?;
    Ok(spec)
}

/// The fields with the days of the pasted file among the holidays, and how many of them are new.
pub fn with_file(fields: &Fields) -> Result<(Fields, usize), DeskError> {
    let Some(file) = fields.some("ical") else { return Ok((fields.clone(), 0)) };
    let read = ical::holidays(&file).map_err(|error| DeskError::invalid("ical", error.into()))?;
    let mut all = holidays(fields.text("holidays"))?;
    let before = all.len();
    for (day, name) in read {
        all.entry(day).or_insert(name);
    }
    let lines: Vec<String> = all.iter().map(|(day, name)| holiday_line(*day, name)).collect();
    Ok((fields.replaced("holidays", &lines.join("\n")).replaced("ical", ""), all.len() - before))
}

/// `08:30-12:00, 13:00-17:30`; an empty text and `closed` mean no hours.
fn intervals(field: &'static str, text: &str) -> Result<Vec<Interval>, DeskError> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("closed") {
        return Ok(Vec::new());
    }
    text.split([',', ';']).map(|part| interval(field, part.trim())).collect()
}

fn interval(field: &'static str, text: &str) -> Result<Interval, DeskError> {
    let pair = text
        .split_once(['-', '–'])
        .ok_or_else(|| DeskError::invalid(field, Problem::NotAnInterval { text: text.to_owned() }))?;
    Interval::parse(pair.0.trim(), pair.1.trim()).map_err(|error| DeskError::invalid(field, error.into()))
}

fn holidays(text: &str) -> Result<BTreeMap<Date, String>, DeskError> {
    lines(text).map(|line| line_of("holidays", line).map(|(day, name)| (day, name.to_owned()))).collect()
}

fn dated(field: &'static str, text: &str) -> Result<BTreeMap<Date, Vec<Interval>>, DeskError> {
    lines(text)
        .map(|line| {
            let (day, hours) = line_of(field, line)?;
            Ok((day, intervals(field, hours)?))
        })
        .collect()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn line_of<'a>(field: &'static str, line: &'a str) -> Result<(Date, &'a str), DeskError> {
    let (day, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let day = day
        .parse()
        .map_err(|_| DeskError::invalid(field, Problem::LineWithoutDay { text: line.to_owned() }))?;
    Ok((day, rest.trim()))
}

fn joined(hours: &[Interval]) -> String {
    hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn holiday_line(day: Date, name: &str) -> String {
    format!("{day} {name}").trim_end().to_owned()
}

fn dated_lines(days: &BTreeMap<Date, Vec<Interval>>) -> String {
    let line = |(day, hours): (&Date, &Vec<Interval>)| {
        let hours = if hours.is_empty() { "closed".to_owned() } else { joined(hours) };
        format!("{day} {hours}")
    };
    days.iter().map(line).collect::<Vec<_>>().join("\n")
}

//! Holidays from an iCalendar file (RFC 5545): its whole-day events, by date.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::CalendarError;

mod line;
mod rule;
#[cfg(test)]
mod tests;

use line::Line;
use rule::Rule;

/// What is wrong with a line of a file of holidays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    #[error("END:{0} without its BEGIN")]
    EndWithoutBegin(String),
    #[error("an iCalendar file begins with BEGIN:VCALENDAR")]
    NotACalendar,
    #[error("the file ends inside {0}")]
    EndsInside(String),
    #[error("{0} is not supported; give the date as an event of its own")]
    Unsupported(String),
    #[error("the event has no DTSTART")]
    EventWithoutStart,
    #[error("the event ends before it starts")]
    EventEndsEarly,
    #[error("the event lasts longer than {days} days")]
    EventTooLong { days: i64 },
    #[error("it is no iCalendar line; those read NAME:value")]
    LineMalformed,
    #[error("the duration {0} is not a number of whole days")]
    DurationMalformed(String),
    #[error(
        "{0} is a time of day, but a holiday is a whole day; close part of a date with a break or a shift"
    )]
    TimeOfDay(String),
    #[error("{0} is not a date")]
    NotADate(String),
    #[error("{0} is not supported in a repetition; write the dates as events of their own")]
    Repetition(String),
    #[error("only FREQ=YEARLY is supported, not {0}")]
    OnlyYearly(String),
}

/// The last year into which a yearly event without an end is repeated.
pub const LAST_YEAR: i16 = 2100;

const LONGEST_EVENT_DAYS: i64 = 3_660;

/// The dates of all whole-day events in `text`, each with the event's summary. An event of
/// several days gives each of them; a yearly rule is followed to its end or through
/// [`LAST_YEAR`]; names that share a date are joined with `; `. Cancelled events are left out.
///
/// # Errors
/// [`CalendarError::HolidayFile`] with the line: no calendar, a date that does not exist, an
/// event that starts at a time of day, or a repetition other than a yearly one.
pub fn holidays(text: &str) -> Result<BTreeMap<Date, String>, CalendarError> {
    let mut holidays: BTreeMap<Date, String> = BTreeMap::new();
    for event in events(text)? {
        for date in event.dates()? {
            let name = holidays.entry(date).or_default();
            if name.is_empty() {
                name.clone_from(&event.summary);
            } else if !event.summary.is_empty() && *name != event.summary {
                *name = format!("{name}; {}", event.summary);
            }
        }
    }
    Ok(holidays)
}

/// What an event says, each with the line that says it.
#[derive(Default)]
struct Event {
    line: usize,
    summary: String,
    start: Option<Date>,
    end: Option<(usize, Date)>,
    duration_days: Option<i64>,
    rules: Vec<(usize, Rule)>,
    excluded: Vec<Date>,
    cancelled: bool,
}

fn events(text: &str) -> Result<Vec<Event>, CalendarError> {
    let mut events = Vec::new();
    let mut inside: Vec<String> = Vec::new();
    let mut event = Event::default();
    let mut last = 1;
    for line in line::unfold(text)? {
        last = line.number;
        match line.name.as_str() {
            "BEGIN" => {
                inside.push(line.value.trim().to_uppercase());
                if is_event(&inside) {
                    event = Event { line: line.number, ..Event::default() };
                }
            }
            "END" => {
                if inside.last() != Some(&line.value.trim().to_uppercase()) {
                    return Err(line.problem(FileProblem::EndWithoutBegin(line.value.clone())));
                }
                if is_event(&inside) {
                    events.push(std::mem::take(&mut event));
                }
                inside.pop();
            }
            _ if inside.is_empty() => {
                return Err(line.problem(FileProblem::NotACalendar));
            }
            _ if is_event(&inside) => event.read(&line)?,
            _ => {}
        }
    }
    match inside.last() {
        None if last > 1 => Ok(events),
        None => Err(problem(1, FileProblem::NotACalendar)),
        Some(open) => Err(problem(last, FileProblem::EndsInside(open.clone()))),
    }
}

fn is_event(inside: &[String]) -> bool {
    inside.iter().map(String::as_str).eq(["VCALENDAR", "VEVENT"])
}

impl Event {
    fn read(&mut self, line: &Line) -> Result<(), CalendarError> {
        match line.name.as_str() {
            "SUMMARY" => self.summary = line.text(),
            "DTSTART" => self.start = Some(line.date()?),
            "DTEND" => self.end = Some((line.number, line.date()?)),
            "DURATION" => self.duration_days = Some(line.duration_days()?),
            "EXDATE" => self.excluded.extend(line.dates()?),
            "RRULE" => self.rules.push((line.number, Rule::parse(line)?)),
            "STATUS" => self.cancelled = line.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "RDATE" | "EXRULE" | "RECURRENCE-ID" => {
                return Err(line.problem(FileProblem::Unsupported(line.name.clone())));
            }
            _ => {}
        }
        Ok(())
    }

    fn dates(&self) -> Result<Vec<Date>, CalendarError> {
        if self.cancelled {
            return Ok(Vec::new());
        }
        let Some(start) = self.start else {
            return Err(problem(self.line, FileProblem::EventWithoutStart));
        };
        let days = self.days(start)?;
        let mut starts = vec![start];
        for (_, rule) in &self.rules {
            starts.extend(rule.dates(start));
        }
        starts.retain(|date| !self.excluded.contains(date));
        let each = starts
            .into_iter()
            .flat_map(|first| (0..days).map_while(move |day| first.checked_add(day.days()).ok()));
        Ok(each.collect())
    }

    /// Its length: `DTEND` is exclusive, but some programs write the day itself.
    fn days(&self, start: Date) -> Result<i64, CalendarError> {
        let (line, days) = match self.end {
            Some((line, end)) => (line, end.duration_since(start).as_hours() / 24),
            None => (self.line, self.duration_days.unwrap_or(1)),
        };
        if days < 0 {
            return Err(problem(line, FileProblem::EventEndsEarly));
        }
        if days > LONGEST_EVENT_DAYS {
            return Err(problem(line, FileProblem::EventTooLong { days: LONGEST_EVENT_DAYS }));
        }
        Ok(days.max(1))
    }
}

fn problem(line: usize, problem: FileProblem) -> CalendarError {
    CalendarError::HolidayFile { line, problem }
}

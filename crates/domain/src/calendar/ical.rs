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
                    return Err(line.problem(format!("END:{} without its BEGIN", line.value)));
                }
                if is_event(&inside) {
                    events.push(std::mem::take(&mut event));
                }
                inside.pop();
            }
            _ if inside.is_empty() => {
                return Err(line.problem("an iCalendar file begins with BEGIN:VCALENDAR".into()));
            }
            _ if is_event(&inside) => event.read(&line)?,
            _ => {}
        }
    }
    match inside.last() {
        None if last > 1 => Ok(events),
        None => Err(problem(1, "an iCalendar file begins with BEGIN:VCALENDAR".into())),
        Some(open) => Err(problem(last, format!("the file ends inside {open}"))),
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
                let name = &line.name;
                return Err(
                    line.problem(format!("{name} is not supported; give the date as an event of its own"))
                );
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
            return Err(problem(self.line, "the event has no DTSTART".into()));
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
            return Err(problem(line, "the event ends before it starts".into()));
        }
        if days > LONGEST_EVENT_DAYS {
            let longest = format!("the event lasts longer than {LONGEST_EVENT_DAYS} days");
            return Err(problem(line, longest));
        }
        Ok(days.max(1))
    }
}

fn problem(line: usize, problem: String) -> CalendarError {
    CalendarError::HolidayFile { line, problem }
}

//! Where the marks of a time axis stand: on whole hours and days of the reader's own clock.

use jiff::{SignedDuration, Span, Timestamp, Zoned};

use crate::format::{self, Reader};
use crate::t;

/// One mark with its words; `day` marks begin a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) at: Timestamp,
    pub(super) words: String,
    pub(super) day: bool,
}

const MOST: i64 = 9;
const MINUTES: [i64; 9] = [5, 10, 15, 30, 60, 120, 180, 360, 720];
const DAYS: [i64; 9] = [1, 2, 7, 14, 30, 60, 90, 180, 365];

pub(super) fn ticks(reader: &Reader, from: Timestamp, to: Timestamp) -> Vec<Tick> {
    let length = to.duration_since(from).as_mins();
    let start = reader.local(from).start_of_day().unwrap_or_else(|_| reader.local(from));
    let marks = match MINUTES.into_iter().find(|step| length / step <= MOST) {
        Some(step) => within_days(&start, to, step),
        None => whole_days(
            &start,
            to,
            DAYS.into_iter().find(|step| length / (step * 1440) <= MOST).unwrap_or(3650),
        ),
    };
    marks
        .into_iter()
        .filter(|mark| mark.timestamp() >= from && mark.timestamp() <= to)
        .map(|mark| tick(reader, &mark))
        .collect()
}

// Each day starts anew at its own midnight, so that the marks stay on whole hours through a change of clocks.
fn within_days(start: &Zoned, to: Timestamp, step_minutes: i64) -> Vec<Zoned> {
    let step = SignedDuration::from_mins(step_minutes);
    let mut marks = Vec::new();
    let mut day = start.clone();
    while day.timestamp() <= to {
        let Ok(next) = day.checked_add(Span::new().days(1)).and_then(|next| next.start_of_day()) else {
            break;
        };
        let mut mark = day.clone();
        while mark < next && mark.timestamp() <= to {
            marks.push(mark.clone());
            let Ok(following) = mark.checked_add(step) else { return marks };
            mark = following;
        }
        day = next;
    }
    marks
}

fn whole_days(start: &Zoned, to: Timestamp, step_days: i64) -> Vec<Zoned> {
    let mut marks = Vec::new();
    let mut mark = start.clone();
    while mark.timestamp() <= to {
        marks.push(mark.clone());
        let Ok(next) = mark.checked_add(Span::new().days(step_days)) else { break };
        mark = next;
    }
    marks
}

fn tick(reader: &Reader, mark: &Zoned) -> Tick {
    let day = mark.hour() == 0 && mark.minute() == 0;
    let words = if day {
        let months = t!(reader.locale, "months-short");
        let month = months.split('|').nth(usize::from(mark.month().unsigned_abs()) - 1).unwrap_or(months);
        t!(reader.locale, "date-day-month", day = mark.day(), month = month)
    } else {
        format::written_clock(mark)
    };
    Tick { at: mark.timestamp(), words, day }
}

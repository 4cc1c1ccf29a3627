//! Content lines of an iCalendar file: unfolded, split, and their values read.

use jiff::civil::Date;

use super::super::{CalendarError, FileProblem};

/// `NAME;PARAMETER=VALUE:value`, with the number of the line it begins on.
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) name: String,
    parameters: String,
    pub(super) value: String,
}

/// The content lines of `text`: a line that begins with a blank continues the one before.
pub(super) fn unfold(text: &str) -> Result<Vec<Line>, CalendarError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut whole: Vec<(usize, String)> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), whole.last_mut()) {
            (Some(rest), Some((_, begun))) => begun.push_str(rest),
            _ => whole.push((n + 1, line.to_owned())),
        }
    }
    let written = whole.iter().filter(|(_, line)| !line.trim().is_empty());
    written.map(|(number, line)| Line::parse(*number, line)).collect()
}

impl Line {
    fn parse(number: usize, line: &str) -> Result<Line, CalendarError> {
        let mut quoted = false;
        let colon = line.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ':' && !quoted
        });
        let Some((colon, _)) = colon else {
            return Err(super::problem(number, FileProblem::LineMalformed));
        };
        let (name, parameters) = line[..colon].split_once(';').unwrap_or((&line[..colon], ""));
        Ok(Line {
            number,
            name: name.trim().to_uppercase(),
            parameters: parameters.to_uppercase(),
            value: line[colon + 1..].to_owned(),
        })
    }

    pub(super) fn problem(&self, problem: FileProblem) -> CalendarError {
        super::problem(self.number, problem)
    }

    /// The value with its escapes undone.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut rest = self.value.trim().chars();
        while let Some(c) = rest.next() {
            match c {
                '\\' => match rest.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(escaped) => text.push(escaped),
                    None => text.push('\\'),
                },
                c => text.push(c),
            }
        }
        text
    }

    /// A whole day: `20261225`. Midnight, as some programs write it, counts as one.
    pub(super) fn date(&self) -> Result<Date, CalendarError> {
        self.one_date(self.value.trim())
    }

    pub(super) fn dates(&self) -> Result<Vec<Date>, CalendarError> {
        let each = self.value.split(',');
        each.map(|value| self.one_date(value.trim())).collect()
    }

    /// `P1D`, `P2W`: whole days only.
    pub(super) fn duration_days(&self) -> Result<i64, CalendarError> {
        let value = self.value.trim().trim_start_matches('+');
        let days = value.strip_prefix('P').and_then(|length| {
            let (digits, unit) = length.split_at_checked(length.len().checked_sub(1)?)?;
            let factor = match unit {
                "D" => 1,
                "W" => 7,
                _ => return None,
            };
            digits.parse::<u16>().ok().map(|count| i64::from(count) * factor)
        });
        days.ok_or_else(|| self.problem(FileProblem::DurationMalformed(value.to_owned())))
    }

    fn one_date(&self, value: &str) -> Result<Date, CalendarError> {
        let (day, time) = value.split_once('T').unwrap_or((value, ""));
        if !matches!(time, "" | "000000" | "000000Z") || self.parameters.contains("VALUE=PERIOD") {
            return Err(self.problem(FileProblem::TimeOfDay(value.to_owned())));
        }
        date(day).ok_or_else(|| self.problem(FileProblem::NotADate(value.to_owned())))
    }
}

/// `20261225`.
pub(super) fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..]);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

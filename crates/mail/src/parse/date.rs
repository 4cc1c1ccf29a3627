//! Dates as old and careless programs write them, where the standard form does not fit.

use jiff::civil;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Hours west of Greenwich that American zones are named for.
const ZONES: [(&str, i64); 8] =
    [("est", 5), ("edt", 4), ("cst", 6), ("cdt", 5), ("mst", 7), ("mdt", 6), ("pst", 8), ("pdt", 7)];

/// Seconds since 1970: day, month, year and time in any order that leaves no doubt. Without a zone it is UTC.
pub(super) fn seconds(value: &str) -> Option<i64> {
    if let Ok(instant) = value.trim().parse::<jiff::Timestamp>() {
        return Some(instant.as_second());
    }
    let mut found = Found::default();
    let start = &value[..value.floor_char_boundary(100.min(value.len()))];
    let start = start.split('(').next().unwrap_or_default();
    for word in start.split([' ', '\t', ',']).filter(|word| !word.is_empty()) {
        found.take(&word.to_ascii_lowercase());
    }
    found.seconds()
}

#[derive(Default)]
struct Found {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    time: Option<civil::Time>,
    /// Seconds east of Greenwich.
    offset: i64,
}

impl Found {
    fn take(&mut self, word: &str) {
        if word.contains(':') && self.time.is_none() {
            self.time = time(word);
        } else if let Some(offset) = offset(word).filter(|_| self.time.is_some()) {
            self.offset = offset;
        } else if word.contains('-') {
            word.split('-').for_each(|piece| self.take(piece));
        } else if let Ok(number) = word.parse::<i16>() {
            self.number(number, word.len());
        } else if self.month.is_none() {
            let month = MONTHS.iter().position(|month| word.starts_with(month));
            self.month = month.and_then(|month| i8::try_from(month + 1).ok());
        }
    }

    fn number(&mut self, number: i16, digits: usize) {
        match digits {
            1 | 2 if self.day.is_none() => self.day = i8::try_from(number).ok(),
            2 if self.year.is_none() => self.year = Some(if number < 50 { 2000 } else { 1900 } + number),
            // Programs that counted years from 1900 wrote three digits from 2000 on.
            3 if self.year.is_none() => self.year = Some(1900 + number),
            4 if self.year.is_none() => self.year = Some(number),
            _ => {}
        }
    }

    fn seconds(&self) -> Option<i64> {
        let date = civil::Date::new(self.year?, self.month?, self.day?).ok()?;
        let zoned = date.to_datetime(self.time?).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(zoned.timestamp().as_second() - self.offset)
    }
}

fn time(word: &str) -> Option<civil::Time> {
    let mut pieces =
        word.split(':').map(|piece| piece.split('.').next().unwrap_or_default().parse::<i8>().ok());
    let (hour, minute) = (pieces.next()??, pieces.next()??);
    let second = pieces.next().flatten().unwrap_or(0);
    civil::Time::new(hour, minute, second.min(59), 0).ok()
}

fn offset(word: &str) -> Option<i64> {
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == word) {
        return Some(-hours * 3600);
    }
    let (sign, digits) = match word.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}

#[cfg(test)]
mod tests;

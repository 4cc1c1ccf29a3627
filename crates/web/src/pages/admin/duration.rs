//! Working time as it is typed: `4h`, `30m`, `1h 30m`, `1.5h`.

#[cfg(test)]
mod tests;

use desk::{DeskError, Problem};
use jiff::SignedDuration;

/// Reads hours and minutes; a bare number means hours. Days are refused, because a working day is
/// as long as a calendar makes it.
pub fn read(field: &'static str, text: &str) -> Result<SignedDuration, DeskError> {
    time(text).map_err(|problem| DeskError::invalid(field, problem))
}

/// The same, for a cell whose row has to be told.
pub fn time(text: &str) -> Result<SignedDuration, Problem> {
    let wrong = || Problem::TimeUnreadable { text: text.trim().to_owned() };
    let text = text.trim().to_lowercase().replace(',', ".").replace("min", "m");
    if text.ends_with('d') {
        return Err(Problem::TimeInDays);
    }
    let mut seconds = 0.0;
    let mut number = String::new();
    for sign in text.chars().filter(|sign| !sign.is_whitespace()) {
        match sign {
            '0'..='9' | '.' => number.push(sign),
            'h' | 'm' => {
                let unit = if sign == 'h' { 3600.0 } else { 60.0 };
                seconds += std::mem::take(&mut number).parse::<f64>().map_err(|_| wrong())? * unit;
            }
            _ => return Err(wrong()),
        }
    }
    if !number.is_empty() {
        seconds += number.parse::<f64>().map_err(|_| wrong())? * 3600.0;
    } else if text.is_empty() {
        return Err(wrong());
    }
    SignedDuration::try_from_secs_f64(seconds.round()).map_err(|_| wrong())
}

/// The same text that would be read as this time.
pub fn written(time: SignedDuration) -> String {
    let minutes = time.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}h"),
        (0, minutes) => format!("{minutes}m"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    }
}

//! Reads dates of a log quickly and says what daylight saving did to them.

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::Error;

/// A compiled date format: `rfc3339`, or a pattern of `%d %m %Y %H %M %S %f %z` and literal text.
#[derive(Debug, Clone)]
pub struct Reader {
    pieces: Pieces,
    format: String,
    zone: TimeZone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub at: Timestamp,
    pub wall: Wall,
}

/// What the time zone made of a wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    Exact,
    /// The hour does not exist on that day; the time was mapped forward by the gap.
    Skipped,
    /// The hour happened twice; the reading is the earlier pass, this is the later one.
    Repeated {
        later_at: Timestamp,
    },
}

#[derive(Debug, Clone)]
enum Pieces {
    Rfc3339,
    Pattern(Vec<Piece>),
}

#[derive(Debug, Clone, Copy)]
enum Piece {
    Day,
    Month,
    Year,
    Hour,
    Minute,
    Second,
    Fraction,
    Offset,
    Literal(u8),
}

#[derive(Default)]
struct Parts {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    offset_seconds: Option<i64>,
}

impl Reader {
    pub fn new(format: &str, zone: &TimeZone) -> Result<Self, Error> {
        Ok(Self { pieces: compile(format)?, format: format.to_owned(), zone: zone.clone() })
    }

    pub fn format(&self) -> &str {
        &self.format
    }

    /// The instant that `text` names; `None` when it is not a date of this format.
    pub fn read(&self, text: &str) -> Option<Reading> {
        let text = text.trim_ascii().as_bytes();
        let parts = match &self.pieces {
            Pieces::Rfc3339 => rfc3339(text)?,
            Pieces::Pattern(pieces) => pattern(pieces, text)?,
        };
        self.place(&parts)
    }

    fn place(&self, parts: &Parts) -> Option<Reading> {
        let wall = civil::DateTime::new(
            i16::try_from(parts.year).ok()?,
            i8::try_from(parts.month).ok()?,
            i8::try_from(parts.day).ok()?,
            i8::try_from(parts.hour).ok()?,
            i8::try_from(parts.minute).ok()?,
            i8::try_from(parts.second.min(59)).ok()?,
            i32::try_from(parts.nanosecond).ok()?,
        )
        .ok()?;
        if let Some(offset_seconds) = parts.offset_seconds {
            let utc = TimeZone::UTC.to_timestamp(wall).ok()?;
            let at = utc.checked_sub(SignedDuration::from_secs(offset_seconds)).ok()?;
            return Some(Reading { at, wall: Wall::Exact });
        }
        let ambiguous = self.zone.to_ambiguous_timestamp(wall);
        let kind = ambiguous.offset();
        let at = ambiguous.compatible().ok()?;
        let wall = match kind {
            AmbiguousOffset::Unambiguous { .. } => Wall::Exact,
            AmbiguousOffset::Gap { .. } => Wall::Skipped,
            AmbiguousOffset::Fold { .. } => Wall::Repeated { later_at: ambiguous.later().ok()? },
        };
        Some(Reading { at, wall })
    }
}

fn compile(format: &str) -> Result<Pieces, Error> {
    if format.eq_ignore_ascii_case("rfc3339") {
        return Ok(Pieces::Rfc3339);
    }
    let mut pieces = Vec::new();
    let mut bytes = format.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            pieces.push(Piece::Literal(byte));
            continue;
        }
        pieces.push(match bytes.next() {
            Some(b'd' | b'e') => Piece::Day,
            Some(b'm') => Piece::Month,
            Some(b'Y') => Piece::Year,
            Some(b'H' | b'k') => Piece::Hour,
            Some(b'M') => Piece::Minute,
            Some(b'S') => Piece::Second,
            Some(b'f') => Piece::Fraction,
            Some(b'z') => Piece::Offset,
            Some(b'%') => Piece::Literal(b'%'),
            other => {
                let letter = other.map_or(String::new(), |byte| char::from(byte).to_string());
                return Err(Error::Mapping {
                    reason: format!(
                        "the date format {format:?} uses %{letter}; known are rfc3339 and %d %m %Y %H %M %S %f %z"
                    ),
                });
            }
        });
    }
    Ok(Pieces::Pattern(pieces))
}

fn pattern(pieces: &[Piece], text: &[u8]) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut rest = text;
    for piece in pieces {
        match piece {
            Piece::Day => parts.day = digits(&mut rest, 1, 2)?,
            Piece::Month => parts.month = digits(&mut rest, 1, 2)?,
            Piece::Year => parts.year = digits(&mut rest, 4, 4)?,
            Piece::Hour => parts.hour = digits(&mut rest, 1, 2)?,
            Piece::Minute => parts.minute = digits(&mut rest, 1, 2)?,
            Piece::Second => parts.second = digits(&mut rest, 1, 2)?,
            Piece::Fraction => parts.nanosecond = fraction(&mut rest)?,
            Piece::Offset => parts.offset_seconds = Some(offset(&mut rest)?),
            Piece::Literal(byte) => rest = rest.strip_prefix(&[*byte])?,
        }
    }
    within_bounds(rest, parts)
}

fn rfc3339(text: &[u8]) -> Option<Parts> {
    let mut rest = text;
    let mut parts = Parts { year: digits(&mut rest, 4, 4)?, ..Parts::default() };
    rest = rest.strip_prefix(b"-")?;
    parts.month = digits(&mut rest, 2, 2)?;
    rest = rest.strip_prefix(b"-")?;
    parts.day = digits(&mut rest, 2, 2)?;
    if rest.is_empty() {
        return within_bounds(rest, parts);
    }
    rest = match rest {
        [b'T' | b't' | b' ', rest @ ..] => rest,
        _ => return None,
    };
    parts.hour = digits(&mut rest, 2, 2)?;
    rest = rest.strip_prefix(b":")?;
    parts.minute = digits(&mut rest, 2, 2)?;
    if let Some(after) = rest.strip_prefix(b":") {
        rest = after;
        parts.second = digits(&mut rest, 2, 2)?;
    }
    if let [b'.' | b',', after @ ..] = rest {
        rest = after;
        parts.nanosecond = fraction(&mut rest)?;
    }
    if !rest.is_empty() {
        parts.offset_seconds = Some(offset(&mut rest)?);
    }
    within_bounds(rest, parts)
}

/// A leap second counts as the last second of its minute; anything past that is no time of day.
fn within_bounds(rest: &[u8], parts: Parts) -> Option<Parts> {
    (rest.is_empty() && parts.second <= 60).then_some(parts)
}

fn digits(rest: &mut &[u8], least: usize, most: usize) -> Option<i64> {
    let mut value = 0;
    let mut count = 0;
    while let Some(byte) = rest.get(count).filter(|byte| byte.is_ascii_digit()) {
        if count == most {
            break;
        }
        value = value * 10 + i64::from(byte - b'0');
        count += 1;
    }
    *rest = &rest[count..];
    (count >= least).then_some(value)
}

/// Digits after the decimal sign as nanoseconds; finer digits are beyond any clock here.
fn fraction(rest: &mut &[u8]) -> Option<i64> {
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 {
        return None;
    }
    let mut value = 0;
    for place in 0..9 {
        let digit = if place < count { rest[place] - b'0' } else { 0 };
        value = value * 10 + i64::from(digit);
    }
    *rest = &rest[count..];
    Some(value)
}

fn offset(rest: &mut &[u8]) -> Option<i64> {
    let sign = match rest.first()? {
        b'Z' | b'z' => {
            *rest = &rest[1..];
            return Some(0);
        }
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    *rest = &rest[1..];
    let hours = digits(rest, 2, 2)?;
    if let Some(after) = rest.strip_prefix(b":") {
        *rest = after;
    }
    let minutes = if rest.is_empty() { 0 } else { digits(rest, 2, 2)? };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests;

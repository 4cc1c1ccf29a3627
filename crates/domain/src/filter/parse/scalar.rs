//! Numbers and times as they are written, and stretches of them.

use jiff::civil::Date;

use super::Raw;
use crate::filter::field::time_words;
use crate::filter::value::{Bounds, Length, Measure, Moment, Period, Relative, TimeField, When};
use crate::filter::{Field, Wrong};
use crate::nearest::meant;

/// Years that a date may be in.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

pub(super) fn number(text: &str) -> Result<i64, Wrong> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().ok_or_else(|| Wrong::NotANumber { value: text.to_owned() })
}

/// `3`, `<3`, `<=3`, `>3`, `>=3`, `1..3`, `1..` or `..3`; the smaller end of a range comes first.
pub(super) fn bounds<T: Ord>(
    field: Field,
    raw: &Raw,
    one: impl Fn(&str) -> Result<T, Wrong>,
) -> Result<Bounds<T>, Wrong> {
    let ordered = |bounds| match bounds {
        Bounds::Between(from, to) if to < from => Bounds::Between(to, from),
        other => other,
    };
    stretch(field.as_str(), &raw.text, one).map(ordered)
}

pub(super) fn stretch<T>(
    field: &'static str,
    text: &str,
    one: impl Fn(&str) -> Result<T, Wrong>,
) -> Result<Bounds<T>, Wrong> {
    if let Some(rest) = text.strip_prefix("<=") {
        return one(rest).map(Bounds::AtMost);
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return one(rest).map(Bounds::AtLeast);
    }
    if let Some(rest) = text.strip_prefix('<') {
        return one(rest).map(Bounds::Below);
    }
    if let Some(rest) = text.strip_prefix('>') {
        return one(rest).map(Bounds::Above);
    }
    match text.split_once("..") {
        Some(("", "")) => Err(Wrong::NoValue { field }),
        Some((from, "")) => one(from).map(Bounds::AtLeast),
        Some(("", to)) => one(to).map(Bounds::AtMost),
        Some((from, to)) => Ok(Bounds::Between(one(from)?, one(to)?)),
        None => one(text.strip_prefix('=').unwrap_or(text)).map(Bounds::Exactly),
    }
}

pub(super) fn when(field: TimeField, raw: &Raw) -> Result<When, Wrong> {
    let word = raw.text.to_lowercase();
    if word == "none" && field.can_be_missing() && field != TimeField::Unanswered {
        return Ok(When::Never);
    }
    let of = Field::parse(field.as_str()).unwrap_or(Field::Due);
    let bounds = stretch(of.as_str(), &word, |text| moment(field, text))?;
    Ok(When::At(match bounds {
        // A length by itself says how far, not the very minute.
        Bounds::Exactly(length @ Moment::Length(_)) => Bounds::AtMost(length),
        other => other,
    }))
}

fn moment(field: TimeField, text: &str) -> Result<Moment, Wrong> {
    if text == "now" {
        return Ok(Moment::Now);
    }
    if let Some(relative) = Relative::parse(text) {
        return Ok(Moment::Period(Period::Named(relative)));
    }
    let found = length(text).map(Moment::Length).or_else(|| period(text).map(Moment::Period));
    found.ok_or_else(|| match meant(text, time_words(field)) {
        Some(word) => Wrong::UnknownValue {
            field: field.as_str(),
            value: text.to_owned(),
            meant: Some(word.to_owned()),
        },
        None => Wrong::NotATime { value: text.to_owned() },
    })
}

fn length(text: &str) -> Option<Length> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit = match &text[digits..] {
        "min" => Measure::Minutes,
        unit => Measure::parse(unit)?,
    };
    Length::new(text[..digits].parse().ok()?, unit)
}

pub(in crate::filter) fn period(text: &str) -> Option<Period> {
    let shaped = |length: usize| {
        text.len() == length
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    };
    let date = |text: &str| text.parse::<Date>().ok().filter(|date| YEARS.contains(&date.year()));
    if shaped(10) {
        date(text).map(Period::Day)
    } else if shaped(7) {
        date(&format!("{text}-01")).map(Period::Month)
    } else {
        None
    }
}

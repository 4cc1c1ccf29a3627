//! Who may be named in words: `@` and a name or an address, as it was typed.

use std::ops::Range;

/// So many places of one text are looked at.
const MOST: usize = 50;
/// Words of the longest name.
const MOST_WORDS: usize = 6;

/// Every place that may name somebody, each with all that the name could be, longest first. An `@` inside of an
/// address or a word names nobody.
#[must_use]
pub fn named(text: &str) -> Vec<Vec<&str>> {
    let rest = signs(text).map(|at| text[at + SIGN.len()..].lines().next().unwrap_or_default());
    rest.map(readings).filter(|readings| !readings.is_empty()).take(MOST).collect()
}

/// Where one of those names or addresses is called, with its sign.
#[must_use]
pub fn called(text: &str, names: &[&str]) -> Vec<Range<usize>> {
    let longest = |at: usize| {
        let typed = &text[at + SIGN.len()..];
        names
            .iter()
            .filter(|name| begins(typed, name))
            .map(|name| at..at + SIGN.len() + name.len())
            .max_by_key(|place| place.end)
    };
    signs(text).filter_map(longest).take(MOST).collect()
}

/// Whether words begin with a whole name, in any case.
fn begins(words: &str, name: &str) -> bool {
    let Some((own, rest)) = words.split_at_checked(name.len()) else { return false };
    !name.is_empty()
        && own.to_lowercase() == name.to_lowercase()
        && rest.chars().next().is_none_or(|next| !next.is_alphanumeric())
}

const SIGN: &str = "@";

/// The signs that may stand before a name.
fn signs(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(SIGN).map(|(at, _)| at).filter(|at| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|before| {
            !before.is_alphanumeric() && !matches!(before, '.' | '_' | '-' | '+' | '@' | '/')
        })
    })
}

fn readings(rest: &str) -> Vec<&str> {
    let mut ends: Vec<usize> = rest.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS).collect();
    if ends.len() < MOST_WORDS {
        ends.push(rest.len());
    }
    let mut readings = Vec::new();
    for end in ends.into_iter().rev() {
        let whole = rest[..end].trim_end();
        // "Ask @Kim." and "@J. R." both end with a full stop.
        for reading in [whole, whole.trim_end_matches(|letter: char| !letter.is_alphanumeric())] {
            let reading =
                reading.strip_suffix("'s").or(reading.strip_suffix("’s")).map_or(reading, |own| own);
            let is_named = reading.contains(char::is_alphanumeric) && !reading.starts_with(' ');
            if is_named && !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    readings
}

#[cfg(test)]
mod tests;

//! Who may be named in words: `@` and a name or an address, as it was typed.

/// So many places of one text are looked at.
const MOST: usize = 50;
/// Words of the longest name.
const MOST_WORDS: usize = 6;

/// Every place that may name somebody, each with all that the name could be, longest first. An `@` inside of an
/// address or a word names nobody.
#[must_use]
pub fn named(text: &str) -> Vec<Vec<&str>> {
    let places = text.match_indices('@').filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before
            .is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | '_' | '-' | '+' | '@'))
    });
    let rest = places.map(|(at, sign)| text[at + sign.len()..].lines().next().unwrap_or_default());
    rest.map(readings).filter(|readings| !readings.is_empty()).take(MOST).collect()
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

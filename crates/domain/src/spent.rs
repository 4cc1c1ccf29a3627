//! Time that somebody says they spent on a ticket, in whole minutes.

/// The most minutes of one entry: a day.
pub const MOST_MINUTES: i64 = 24 * 60;

/// Reads `90`, `1:30`, `1h`, `1h 30m`, `1.5h` or `45m`; `None` for anything else. Nothing is 0 minutes, which
/// a correction may say.
#[must_use]
pub fn minutes(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let found = if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = whole(minutes).filter(|minutes| minutes_of_an_hour(*minutes))?;
        whole(hours)?.checked_mul(60)?.checked_add(minutes)?
    } else if let Some((hours, rest)) = text.split_once('h') {
        let rest = rest.trim_end_matches("min").trim_end_matches('m');
        let hours = match hours.split_once(['.', ',']) {
            Some((whole_hours, part)) => {
                let part = whole(part).filter(|_| part.len() == 1)?;
                whole(whole_hours)?.checked_mul(60)?.checked_add(part * 6)?
            }
            None => whole(hours)?.checked_mul(60)?,
        };
        let minutes = if rest.is_empty() { 0 } else { whole(rest)? };
        hours.checked_add(minutes)?
    } else {
        whole(text.trim_end_matches("min").trim_end_matches('m'))?
    };
    (0..=MOST_MINUTES).contains(&found).then_some(found)
}

const fn minutes_of_an_hour(minutes: i64) -> bool {
    minutes < 60
}

fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// As people write it: `1:30`.
#[must_use]
pub fn written(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests;

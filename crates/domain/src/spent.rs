//! Time that somebody says they spent on a ticket, in whole minutes.

mod month;

pub use month::Month;

/// What the time spent on many tickets is summed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The unit that has the ticket.
    Unit,
    /// Whoever worked.
    Person,
    Service,
    /// That of the requester, if there is one.
    Organisation,
    Month,
}

impl By {
    pub const ALL: [Self; 5] = [Self::Unit, Self::Person, Self::Service, Self::Organisation, Self::Month];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Person => "person",
            Self::Service => "service",
            Self::Organisation => "organisation",
            Self::Month => "month",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == word)
    }
}

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

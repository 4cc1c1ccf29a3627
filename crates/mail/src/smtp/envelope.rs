//! Who a message is from and for, as the server hears it.

use super::{Outcome, Why};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Where bounces go; `None` is the null sender of automatic mail.
    pub from: Option<String>,
    pub to: Vec<String>,
}

impl Envelope {
    pub(super) fn all(&self, outcome: &Outcome) -> Vec<Outcome> {
        vec![outcome.clone(); self.to.len()]
    }

    /// What is known of each recipient before the server is asked.
    pub(super) fn refusals(&self, utf8: bool) -> Vec<Option<Outcome>> {
        let refusal = |address: &String| match checked(address) {
            Err(why) => Some(Outcome::Refused { why }),
            Ok(address) if !utf8 && !address.is_ascii() => Some(Outcome::Refused { why: Why::NoSmtpUtf8 }),
            Ok(_) => None,
        };
        self.to.iter().map(refusal).collect()
    }
}

/// An address that stands between `<` and `>` in one command and cannot leave it. Quoted local parts with
/// spaces or brackets are legal and are refused all the same: nobody has one.
pub(super) fn checked(address: &str) -> Result<&str, Why> {
    let bad = |letter: char| letter.is_control() || letter.is_whitespace() || "<>\u{feff}".contains(letter);
    let shaped =
        address.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if !shaped || address.len() > 254 || address.chars().any(bad) {
        return Err(Why::BadAddress(address.chars().take(254).collect()));
    }
    Ok(address)
}

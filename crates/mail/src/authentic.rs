//! Whether a mail comes from where it says: by our own check, or by a server that we were told to believe.

mod dns;
mod hop;
mod results;
mod weighed;

use std::net::IpAddr;

use serde::Serialize;

use crate::egress::Later;
pub use dns::{Dns, NoNameServers};
pub use hop::{Hop, last_own};
pub use results::{Trust, trusted};
pub use weighed::weighed;

/// What was found out about the sender's domain. It says nothing about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Verdict {
    pub dkim: Check,
    pub spf: Check,
    pub dmarc: Check,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    Pass,
    Fail,
    /// The domain says nothing about it, or it was not looked at.
    #[default]
    None,
    /// It could not be found out this time.
    Unknown,
}

impl Verdict {
    /// The domain in `From` stands behind this mail.
    pub fn is_aligned(self) -> bool {
        self.dmarc == Check::Pass
    }

    /// The domain in `From` says that this mail is not its own.
    pub fn is_disowned(self) -> bool {
        self.dmarc == Check::Fail
    }

    /// It could not be found out this time: asking again may tell more.
    pub fn is_temporary(self) -> bool {
        [self.dkim, self.spf, self.dmarc].contains(&Check::Unknown)
    }

    /// Nobody could be asked.
    pub const TEMPORARY: Self = Self { dkim: Check::Unknown, spf: Check::Unknown, dmarc: Check::Unknown };
}

/// A mail with what the server knew that took it.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    pub raw: &'a [u8],
    /// Absent for mail that was fetched from a mailbox: then only its signatures can be looked at.
    pub from: Option<Peer<'a>>,
}

/// Who delivered it.
#[derive(Debug, Clone, Copy)]
pub struct Peer<'a> {
    pub ip: IpAddr,
    pub helo: &'a str,
    /// The envelope sender, empty for a bounce.
    pub mail_from: &'a str,
    /// The name of our own server.
    pub host: &'a str,
}

/// Whoever can look at signatures and policies; in tests without a network.
pub trait Authenticate: Send + Sync {
    fn check<'a>(&'a self, arrival: Arrival<'a>) -> Later<'a, Verdict>;
}

/// Whether there is anything to look at: without a signature and without a server that brought it, no domain
/// can stand behind a mail, and none can disown it.
pub fn is_checkable(arrival: &Arrival<'_>, limits: &crate::Limits) -> bool {
    let fields = || crate::header::Fields::read(arrival.raw, 0..arrival.raw.len(), limits);
    arrival.from.is_some() || fields().is_ok_and(|fields| fields.has("dkim-signature"))
}

#[cfg(test)]
mod tests;

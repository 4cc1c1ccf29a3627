//! Whether a mail comes from where it says: by our own check, or by a server that we were told to believe.

mod dns;
mod results;

use std::future::Future;
use std::net::IpAddr;

use serde::Serialize;

pub use dns::{Dns, NoNameServers};
pub use results::{Trust, trusted};

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
pub trait Authenticate {
    fn check(&self, arrival: Arrival<'_>) -> impl Future<Output = Verdict> + Send;
}

#[cfg(test)]
mod tests;

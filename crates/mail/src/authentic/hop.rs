//! Who brought a mail to us, as our own server wrote it down in the last `Received` field that is ours.

use std::net::IpAddr;

use super::Trust;
use crate::header::{Fields, unfolded};
use crate::limits::Limits;

/// The server at the other end of our own server's connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    pub ip: IpAddr,
    pub helo: String,
    /// The envelope sender, where a field above ours says so; empty for a bounce.
    pub mail_from: Option<String>,
}

/// Nothing when our last own field was not written by the server that we believe, or names no address.
pub fn last_own(raw: &[u8], trust: &Trust, limits: &Limits) -> Option<Hop> {
    let fields = Fields::read(raw, 0..raw.len(), limits).ok()?;
    let (mut hops, mut mail_from) = (0, None);
    for field in fields.iter() {
        match field.name.as_str() {
            "return-path" if mail_from.is_none() => {
                let path = unfolded(&raw[field.value.clone()]);
                mail_from = Some(path.trim().trim_start_matches('<').trim_end_matches('>').to_owned());
            }
            "received" => {
                hops += 1;
                if hops == trust.own_hops {
                    let (ip, helo) = came_from(&unfolded(&raw[field.value.clone()]), &trust.authserv_id)?;
                    return Some(Hop { ip, helo, mail_from });
                }
            }
            _ => {}
        }
    }
    None
}

/// `from HELO (NAME [ADDRESS]) by OURS ...`. The other side chooses its HELO, and perhaps a name in a
/// certificate: when more than one address stands in brackets, nobody knows which one our server wrote.
fn came_from(received: &str, ours: &str) -> Option<(IpAddr, String)> {
    let rest = received.trim().strip_prefix("from ")?;
    let (helo, _) = rest.split_once(' ')?;
    let (about, by) = rest.rsplit_once(" by ")?;
    let by = by.split([' ', ';']).next()?;
    if !by.eq_ignore_ascii_case(ours) {
        return None;
    }
    let mut addresses = about.split('[').skip(1).filter_map(|behind| {
        let (address, _) = behind.split_once(']')?;
        address.strip_prefix("IPv6:").unwrap_or(address).parse::<IpAddr>().ok()
    });
    let ip = addresses.next()?;
    addresses.all(|other| other == ip).then(|| (ip, helo.to_owned()))
}

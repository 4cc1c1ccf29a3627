//! Marks of ours that come back: Message-IDs that only we can have made, and plus-addresses nobody can guess.

use std::fmt;

use domain::id::{OutgoingId, PersonId, TicketId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::address::EmailAddress;

/// The secret behind every mark.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[key]")
    }
}

/// What a Message-ID of ours says: on which ticket which mail went to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    pub ticket: TicketId,
    pub outgoing: OutgoingId,
    pub recipient: PersonId,
}

/// The form of the marks. Another one is another letter, and says until when the old one is read.
const VERSION: u8 = b'a';
const SIGNATURE: usize = 16;
const BODY: usize = 1 + 3 * 8;

impl Tag {
    /// The Message-ID, with angle brackets.
    pub fn message_id(&self, key: &Key, domain: &str) -> String {
        let mut bytes = Vec::with_capacity(BODY + SIGNATURE);
        bytes.push(VERSION);
        for number in [self.ticket.0, self.outgoing.0, self.recipient.0] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        let signature = sign(key, &bytes);
        bytes.extend_from_slice(&signature);
        format!("<{}@{domain}>", base32(&bytes))
    }

    /// The mark inside a Message-ID, when we made it: with or without brackets, in any case, whatever
    /// stands behind the @. Everything else is `None`, however much it looks like ours.
    pub fn read(key: &Key, message_id: &str) -> Option<Self> {
        let text = message_id.trim().trim_start_matches('<');
        let (local, _) = text.split_once('@')?;
        let bytes = unbase32(local)?;
        let (body, signature) = bytes.split_at_checked(BODY)?;
        if body[0] != VERSION || !bool::from(sign(key, body)[..].ct_eq(signature)) {
            return None;
        }
        let number = |at: usize| body[at..at + 8].try_into().map(i64::from_be_bytes).ok();
        Some(Self {
            ticket: TicketId(number(1)?),
            outgoing: OutgoingId(number(9)?),
            recipient: PersonId(number(17)?),
        })
    }
}

fn sign(key: &Key, body: &[u8]) -> [u8; SIGNATURE] {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes keys of any length");
    mac.update(b"message-id ");
    mac.update(body);
    let whole = mac.finalize().into_bytes();
    let mut short = [0; SIGNATURE];
    short.copy_from_slice(&whole[..SIGNATURE]);
    short
}

/// What stands behind the plus of an address: 160 random bits, given to one person on one ticket.
#[derive(Clone, PartialEq, Eq)]
pub struct PlusToken(String);

const TOKEN: usize = 20;

impl PlusToken {
    /// From random bytes that the caller drew.
    pub fn new(random: &[u8; TOKEN]) -> Self {
        Self(base32(random))
    }

    /// What is stored of it.
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(self.0.as_bytes()).as_bytes()
    }

    /// `help+TOKEN@example.org`.
    pub fn address(&self, inbox: &EmailAddress) -> String {
        format!("{}+{}@{}", inbox.local(), self.0, inbox.domain())
    }

    /// The token in an address of this inbox; `None` where there is none of our form.
    pub fn of(address: &EmailAddress, inbox: &EmailAddress) -> Option<Self> {
        let own = inbox.key().rsplit_once('@')?.0;
        let (local, domain) = address.key().rsplit_once('@')?;
        let token = local.strip_prefix(own)?.strip_prefix('+')?;
        let shaped = domain == inbox.domain() && unbase32(token).is_some_and(|bytes| bytes.len() == TOKEN);
        shaped.then(|| Self(token.to_owned()))
    }
}

impl fmt::Debug for PlusToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[token]")
    }
}

/// Lower-case letters and digits that survive every mail server.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(held << (5 - bits) & 31) as usize]));
    }
    text
}

/// `None` for other letters, and for bits behind the end that nobody would have written.
fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let letter = letter.to_ascii_lowercase();
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        held = (held << 5 | u32::try_from(value).ok()?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    (held & ((1 << bits) - 1) == 0 && bits < 5).then_some(bytes)
}

#[cfg(test)]
mod tests;

//! What only this desk can have made: signed Message-IDs, and addresses that nobody guesses.

mod letters;

use std::fmt;

use domain::id::{OutgoingId, PersonId, TicketId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::address::{EmailAddress, Mailbox};
use crate::parse::Message;

/// The secret with which Message-IDs are signed. It is never shown.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    fn signature(&self, statement: &[u8]) -> [u8; SIGNATURE] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("an HMAC key may have any length");
        mac.update(statement);
        let full = mac.finalize().into_bytes();
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(&full[..SIGNATURE]);
        signature
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// What a Message-ID of ours says: which mail about which ticket was sent to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    pub ticket: TicketId,
    pub outgoing: OutgoingId,
    pub recipient: PersonId,
}

/// A form that is given up gets another number, and is read only until its date.
const VERSION: u8 = 1;
const STATEMENT: usize = 1 + 3 * 8;
/// 160 bits of HMAC-SHA256.
const SIGNATURE: usize = 20;

impl Tag {
    /// The Message-ID, with angle brackets.
    pub fn message_id(&self, key: &Key, domain: &str) -> String {
        let mut bytes = Vec::with_capacity(STATEMENT + SIGNATURE);
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.ticket.0.to_be_bytes());
        bytes.extend_from_slice(&self.outgoing.0.to_be_bytes());
        bytes.extend_from_slice(&self.recipient.0.to_be_bytes());
        bytes.extend_from_slice(&key.signature(&bytes));
        format!("<{}@{domain}>", letters::write(&bytes))
    }

    /// What the id says when we signed it; anything else says nothing. The domain does not matter.
    pub fn read(id: &str, key: &Key) -> Option<Self> {
        let id = id.trim().trim_start_matches('<');
        let (local, _) = id.split_once('@')?;
        let bytes = letters::read(local)?;
        let (statement, signature) = bytes.split_at_checked(STATEMENT)?;
        let signed = key.signature(statement);
        if statement[0] != VERSION || !bool::from(signed.as_slice().ct_eq(signature)) {
            return None;
        }
        let number = |at: usize| statement[at..at + 8].try_into().map(i64::from_be_bytes).ok();
        Some(Self {
            ticket: TicketId(number(1)?),
            outgoing: OutgoingId(number(9)?),
            recipient: PersonId(number(17)?),
        })
    }
}

/// What a link in a mail says that lets one person rate one ticket. It is shorter than a tag, so that neither is
/// ever taken for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ballot {
    pub ticket: TicketId,
    pub person: PersonId,
}

const BALLOT_VERSION: u8 = 0x81;
const BALLOT: usize = 1 + 2 * 8;

impl Ballot {
    pub fn token(&self, key: &Key) -> String {
        let mut bytes = Vec::with_capacity(BALLOT + SIGNATURE);
        bytes.push(BALLOT_VERSION);
        bytes.extend_from_slice(&self.ticket.0.to_be_bytes());
        bytes.extend_from_slice(&self.person.0.to_be_bytes());
        bytes.extend_from_slice(&key.signature(&bytes));
        letters::write(&bytes)
    }

    /// What the token says when we signed it; anything else says nothing.
    pub fn read(token: &str, key: &Key) -> Option<Self> {
        let bytes = letters::read(token)?;
        let (statement, signature) = bytes.split_at_checked(BALLOT)?;
        let signed = key.signature(statement);
        if statement[0] != BALLOT_VERSION || !bool::from(signed.as_slice().ct_eq(signature)) {
            return None;
        }
        let number = |at: usize| statement[at..at + 8].try_into().map(i64::from_be_bytes).ok();
        Some(Self { ticket: TicketId(number(1)?), person: PersonId(number(9)?) })
    }
}

/// The tags in In-Reply-To, then those in References, newest first.
pub fn tags(message: &Message, key: &Key) -> Vec<Tag> {
    answered(message).filter_map(|id| Tag::read(id, key)).collect()
}

/// The ids that a message answers, in the order in which they are believed.
pub fn answered(message: &Message) -> impl Iterator<Item = &str> {
    message.in_reply_to.iter().chain(message.references.iter().rev()).map(String::as_str)
}

/// What makes an address of ours unguessable: for one person on one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PlusToken([u8; 16]);

/// What is stored of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl PlusToken {
    /// From 128 random bits.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }

    /// `inbox+token@domain`; an inbox that has a plus already keeps it.
    pub fn address(&self, inbox: &EmailAddress) -> String {
        format!("{}+{}@{}", inbox.local(), letters::write(&self.0), inbox.domain())
    }

    /// The token in an address of this inbox.
    pub fn read(address: &EmailAddress, inbox: &EmailAddress) -> Option<Self> {
        let (local, domain) = address.key().rsplit_once('@')?;
        let (own, own_domain) = inbox.key().rsplit_once('@')?;
        let token = local.strip_prefix(own)?.strip_prefix('+')?;
        let bytes = letters::read(token).filter(|_| domain == own_domain)?;
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Debug for PlusToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlusToken(..)")
    }
}

/// The tokens of this inbox among those to whom a message went.
pub fn tokens(message: &Message, inbox: &EmailAddress) -> Vec<PlusToken> {
    let all = message.to.iter().chain(&message.cc).chain(&message.delivered_to);
    all.filter_map(|Mailbox { address, .. }| PlusToken::read(address, inbox)).collect()
}

#[cfg(test)]
mod tests;

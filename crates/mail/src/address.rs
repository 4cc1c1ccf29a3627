//! Addresses, parsed at the edge: one type, one key, never folded.

mod list;
mod name;
mod script;

use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

pub(crate) use list::{Written, written};
pub use name::DisplayName;
pub(crate) use name::is_hidden;

/// A mailbox address. Equality is that of its key: lower case, the domain in ASCII, nothing else folded.
#[derive(Debug, Clone)]
pub struct EmailAddress {
    text: String,
    key: String,
}

/// An address with the name that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<DisplayName>,
    pub address: EmailAddress,
}

/// Why a text is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotAnAddress {
    #[error(
        "An address needs exactly one name before and one domain after an @. Write it like kim@example.org."
    )]
    Shape,
    #[error(
        "The address is longer than 254 characters. Mail servers refuse such addresses; use a shorter one."
    )]
    Length,
    #[error(
        "The address has a character that no mail server accepts. Remove blanks, brackets and invisible signs."
    )]
    Character,
    #[error("What follows the @ is not a domain. Write it like example.org.")]
    Domain,
}

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.len() > 254 {
            return Err(NotAnAddress::Length);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress::Shape)?;
        if local.is_empty() || domain.is_empty() {
            return Err(NotAnAddress::Shape);
        }
        if text.chars().any(name::is_hidden) {
            return Err(NotAnAddress::Character);
        }
        check_local(local)?;
        let ascii = ascii_domain(domain)?;
        let key = format!("{}@{ascii}", local.to_lowercase());
        Ok(Self { text: text.to_owned(), key })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// By which two addresses are the same mailbox.
    pub fn key(&self) -> &str {
        &self.key
    }

    pub fn local(&self) -> &str {
        self.text.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The domain in lower-case ASCII.
    pub fn domain(&self) -> &str {
        self.key.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// For people: the domain in its own script, or in ASCII when a label mixes scripts.
    pub fn shown(&self) -> String {
        let domain = self.domain();
        let (native, sound) = idna::domain_to_unicode(domain);
        if sound.is_ok() && native.split('.').all(script::is_single) {
            format!("{}@{native}", self.local())
        } else {
            format!("{}@{domain}", self.local())
        }
    }
}

fn check_local(local: &str) -> Result<(), NotAnAddress> {
    let quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    let bad = |c: char| c.is_whitespace() || "<>()[],;:\\\"@".contains(c);
    if quoted {
        let inner = &local[1..local.len() - 1];
        let mut escaped = false;
        for c in inner.chars() {
            if c == '"' && !escaped {
                return Err(NotAnAddress::Character);
            }
            escaped = c == '\\' && !escaped;
        }
        return if escaped { Err(NotAnAddress::Character) } else { Ok(()) };
    }
    if local.chars().any(bad) { Err(NotAnAddress::Character) } else { Ok(()) }
}

fn ascii_domain(domain: &str) -> Result<String, NotAnAddress> {
    if let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let sound =
            !literal.is_empty() && literal.chars().all(|c| c.is_ascii_alphanumeric() || ".:-".contains(c));
        return if sound { Ok(domain.to_ascii_lowercase()) } else { Err(NotAnAddress::Domain) };
    }
    let ascii = if domain.is_ascii() {
        domain.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii(domain).map_err(|_| NotAnAddress::Domain)?
    };
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    if ascii.split('.').all(label) { Ok(ascii) } else { Err(NotAnAddress::Domain) }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for EmailAddress {}

impl std::hash::Hash for EmailAddress {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for EmailAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl Mailbox {
    pub fn bare(address: EmailAddress) -> Self {
        Self { name: None, address }
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address.shown()),
            None => f.write_str(&self.address.shown()),
        }
    }
}

#[cfg(test)]
mod tests;

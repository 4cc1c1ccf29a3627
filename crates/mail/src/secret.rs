//! What must not be printed: passwords and tokens, and how they are shown to a server.

use std::fmt;
use std::sync::Arc;

use mail_builder::encoders::base64::Base64Encoder;
use serde::{Deserialize, Deserializer};

use crate::oauth::Tokens;

/// A value that no log, page or answer may show. It can be read in from a form or a file, never written out:
/// there is no `Display` and no `Serialize`, and `Debug` says only that something is there.
#[derive(Clone)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every call is a place to look at when a secret was seen where it should not be.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("[secret]")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self)
    }
}

/// How we show a server who we are.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// The server knows us by where we come from, as a relay inside the house does.
    Nothing,
    Password {
        name: String,
        password: Secret<String>,
    },
    /// XOAUTH2 with an access token that is fetched anew when it ends.
    Token {
        name: String,
        tokens: Arc<dyn Tokens>,
    },
}

/// The response of SASL PLAIN.
pub(crate) fn plain(name: &str, password: &Secret<String>) -> Secret<Vec<u8>> {
    Secret(format!("\0{name}\0{}", password.reveal()).into_bytes())
}

/// The response of SASL XOAUTH2.
pub(crate) fn xoauth2(name: &str, token: &Secret<String>) -> Secret<Vec<u8>> {
    Secret(format!("user={name}\x01auth=Bearer {}\x01\x01", token.reveal()).into_bytes())
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    let encoded = Base64Encoder::new().encode(bytes).expect("memory can be written to");
    String::from_utf8(encoded).expect("base64 is ASCII")
}

#[cfg(test)]
mod tests;

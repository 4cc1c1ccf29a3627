//! The servers of an inbox: where they are, how they are protected, and how we show who we are.

use std::sync::Arc;

use mail::egress::{Endpoint, Reach, Security};
use mail::secret::{Secret, SignIn};
use serde::{Deserialize, Serialize};

use crate::{DeskError, Problem};

/// A server, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Protection,
    /// It may lie inside our own network.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inside: bool,
    /// Certificates (PEM) it may prove itself with, beside those the machine trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    pub signing_in: SigningIn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    Tls,
    StartTls,
    Plain,
}

impl From<Security> for Protection {
    fn from(security: Security) -> Self {
        match security {
            Security::Tls => Self::Tls,
            Security::StartTls => Self::StartTls,
            Security::Plain => Self::Plain,
        }
    }
}

/// How we show the server who we are; the secret itself lies elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningIn {
    Nothing,
    Password {
        name: String,
    },
    /// The secret is the refresh token, with the client's own secret before it.
    Token {
        name: String,
        /// A key of [`mail::presets`].
        provider: String,
        client: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tenant: Option<String>,
        /// Of a provider that is in no list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<OwnProvider>,
    },
}

/// Where a provider asks people for their consent, and where it gives tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProvider {
    pub authorize_url: String,
    pub token_url: String,
    pub scope: String,
}

/// Where mail is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    #[serde(flatten)]
    pub server: Server,
    pub folder: String,
    pub after_fetch: AfterFetch,
    /// What lies there already is imported too, silently.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_history: bool,
    /// The preset that it was set up from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterFetch {
    Leave,
    Move(String),
}

/// The server that takes our mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    #[serde(flatten)]
    pub server: Server,
}

impl Server {
    #[must_use]
    pub fn endpoint(&self) -> Endpoint {
        Endpoint {
            host: self.host.clone(),
            port: self.port,
            security: match self.security {
                Protection::Tls => Security::Tls,
                Protection::StartTls => Security::StartTls,
                Protection::Plain => Security::Plain,
            },
            reach: if self.inside { Reach::Local } else { Reach::Public },
            root: self.root.as_deref().map(Arc::from),
        }
    }

    /// A secret for the one is a secret for the other: same host, and the same person signs in.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.host.eq_ignore_ascii_case(&other.host)
            && self.port == other.port
            && self.signing_in == other.signing_in
    }

    /// With a password. Tokens need somewhere to keep what the provider gives, and are made where mail is fetched and sent.
    #[must_use]
    pub fn sign_in(&self, secret: Option<Secret<String>>) -> Option<SignIn> {
        match (&self.signing_in, secret) {
            (SigningIn::Nothing, _) => Some(SignIn::Nothing),
            (SigningIn::Password { name }, Some(password)) => {
                Some(SignIn::Password { name: name.clone(), password })
            }
            (SigningIn::Password { .. } | SigningIn::Token { .. }, _) => None,
        }
    }

    fn check(&self, field: &'static str) -> Result<(), DeskError> {
        let shaped = !self.host.is_empty()
            && self.host.len() <= 253
            && self.host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        if !shaped {
            return Err(DeskError::invalid(field, Problem::ServerName));
        }
        if self.port == 0 {
            return Err(DeskError::invalid(field, Problem::ServerPort));
        }
        match &self.signing_in {
            SigningIn::Password { name } | SigningIn::Token { name, .. } if name.trim().is_empty() => {
                Err(DeskError::invalid(field, Problem::MailboxName))
            }
            SigningIn::Token { provider, .. } if mail::presets::by_key(provider).is_none() => {
                Err(DeskError::invalid(field, Problem::ProviderUnknown))
            }
            SigningIn::Token { client, .. } if client.trim().is_empty() => {
                Err(DeskError::invalid(field, Problem::ClientMissing))
            }
            // It becomes part of an address at the provider.
            SigningIn::Token { tenant: Some(tenant), .. }
                if tenant.is_empty()
                    || !tenant.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c)) =>
            {
                Err(DeskError::invalid(field, Problem::TenantMalformed))
            }
            SigningIn::Token { .. } => super::provider::check(self),
            SigningIn::Nothing | SigningIn::Password { .. } => Ok(()),
        }
    }
}

impl Incoming {
    /// Stored settings.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn check(&self) -> Result<(), DeskError> {
        self.server.check("incoming")?;
        if self.folder.trim().is_empty() {
            return Err(DeskError::invalid("folder", Problem::FolderMissing));
        }
        match &self.after_fetch {
            AfterFetch::Move(to) if to.trim().is_empty() || to == &self.folder => {
                Err(DeskError::invalid("after_fetch", Problem::FolderTheSame))
            }
            AfterFetch::Move(_) | AfterFetch::Leave => Ok(()),
        }
    }
}

impl Outgoing {
    /// Stored settings.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn check(&self) -> Result<(), DeskError> {
        self.server.check("outgoing")
    }
}

pub(super) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("settings made here can be written as JSON")
}

/// The server inside stored settings of either direction.
pub(super) fn server_of(text: &str) -> Option<Server> {
    serde_json::from_str(text).ok()
}

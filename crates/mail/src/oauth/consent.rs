//! Asking a person for their consent: the address at the provider that a browser is led to (RFC 6749, RFC 7636).

use sha2::{Digest, Sha256};

use super::post::escaped;
use crate::secret::{Secret, base64};

/// Everything that the provider is told by way of the browser.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub authorize_url: &'a str,
    pub client: &'a str,
    pub redirect_uri: &'a str,
    pub scope: &'a str,
    /// Comes back with the answer, which belongs to nobody else then.
    pub state: &'a str,
    /// Stays here; only its hash goes along.
    pub verifier: &'a Secret<String>,
    /// The mailbox that is meant, so that the right account is offered.
    pub mailbox: &'a str,
    /// What this provider wants to hear besides.
    pub extra: &'a [(&'a str, &'a str)],
}

impl Question<'_> {
    /// Where the browser is led to.
    #[must_use]
    pub fn url(&self) -> String {
        let challenge = challenge(self.verifier);
        let pairs = [
            ("response_type", "code"),
            ("client_id", self.client),
            ("redirect_uri", self.redirect_uri),
            ("scope", self.scope),
            ("state", self.state),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("login_hint", self.mailbox),
        ];
        let pairs = pairs.iter().chain(self.extra);
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let joint = if self.authorize_url.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.authorize_url, query.join("&"))
    }
}

/// What is told of a verifier before it is shown itself.
#[must_use]
pub fn challenge(verifier: &Secret<String>) -> String {
    unguessable(&Sha256::digest(verifier.reveal()))
}

/// Random bytes as a word that may stand in an address and in a form as it is.
#[must_use]
pub fn unguessable(bytes: &[u8]) -> String {
    base64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

//! The token endpoint of a provider (RFC 6749), asked by an HTTPS form.

use std::time::Duration;

use serde::Deserialize;

use super::{Granted, Refresh, Trouble, post};
use crate::egress::{Egress, Endpoint, Later};
use crate::secret::Secret;

/// Where a provider gives tokens.
#[derive(Clone, Debug)]
pub struct Provider {
    pub endpoint: Endpoint,
    /// The path of the token endpoint, beginning with a slash.
    pub path: String,
    pub scope: String,
}

/// Who this installation is to the provider.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: String,
    pub secret: Option<Secret<String>>,
}

/// What a token is given for.
#[derive(Clone, Debug)]
pub enum Grant {
    RefreshToken(Secret<String>),
    /// The first one: what the browser brought back after a person agreed.
    Code {
        code: Secret<String>,
        redirect_uri: String,
        verifier: Secret<String>,
    },
    /// The application's own right to a mailbox, as Microsoft 365 grants it.
    ClientCredentials,
}

/// The real refresher.
#[derive(Clone, Debug)]
pub struct Https {
    pub egress: Egress,
    pub provider: Provider,
    pub client: Client,
}

impl Refresh for Https {
    fn refresh<'a>(&'a self, grant: &'a Grant) -> Later<'a, Result<Granted, Trouble>> {
        Box::pin(self.ask(grant))
    }
}

impl Https {
    async fn ask(&self, grant: &Grant) -> Result<Granted, Trouble> {
        let form = self.form(grant);
        let answer = post::form(&self.egress, &self.provider.endpoint, &self.provider.path, form).await?;
        if answer.status == 200 {
            return granted(&answer.body);
        }
        Err(refusal(answer.status, &answer.body))
    }

    pub(super) fn form(&self, grant: &Grant) -> Secret<String> {
        let mut fields = vec![("client_id", self.client.id.as_str())];
        if let Some(secret) = &self.client.secret {
            fields.push(("client_secret", secret.reveal()));
        }
        match grant {
            Grant::RefreshToken(token) => {
                fields.extend([("grant_type", "refresh_token"), ("refresh_token", token.reveal())]);
            }
            Grant::Code { code, redirect_uri, verifier } => fields.extend([
                ("grant_type", "authorization_code"),
                ("code", code.reveal().as_str()),
                ("redirect_uri", redirect_uri),
                ("code_verifier", verifier.reveal()),
            ]),
            Grant::ClientCredentials => {
                fields.extend([("grant_type", "client_credentials"), ("scope", &self.provider.scope)]);
            }
        }
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", post::escaped(value)));
        Secret::new(pairs.collect::<Vec<_>>().join("&"))
    }
}

/// When a provider does not say how long a token lives.
const USUAL_SECONDS: u64 = 3600;
const LONGEST_SECONDS: u64 = 24 * 3600;

fn granted(body: &[u8]) -> Result<Granted, Trouble> {
    #[derive(Deserialize)]
    struct Answer {
        access_token: Secret<String>,
        expires_in: Option<u64>,
        refresh_token: Option<Secret<String>>,
    }
    let answer: Answer = serde_json::from_slice(body).map_err(|_| Trouble::Nonsense)?;
    // The token goes into a line of a protocol, so it has to be one word.
    if answer.access_token.reveal().is_empty()
        || !answer.access_token.reveal().bytes().all(|byte| byte.is_ascii_graphic())
    {
        return Err(Trouble::Nonsense);
    }
    let seconds = answer.expires_in.unwrap_or(USUAL_SECONDS).min(LONGEST_SECONDS);
    Ok(Granted {
        access: answer.access_token,
        good_for: Duration::from_secs(seconds),
        refresh_token: answer.refresh_token,
    })
}

fn refusal(status: u16, body: &[u8]) -> Trouble {
    #[derive(Deserialize)]
    struct Answer {
        error: String,
    }
    match serde_json::from_slice::<Answer>(body) {
        Ok(answer) => match answer.error.as_str() {
            "invalid_grant" | "interaction_required" | "consent_required" => Trouble::Revoked,
            "invalid_client" | "unauthorized_client" | "invalid_scope" | "redirect_uri_mismatch" => {
                Trouble::ClientRefused
            }
            _ => Trouble::Nonsense,
        },
        Err(_) if status == 401 => Trouble::ClientRefused,
        Err(_) => Trouble::Nonsense,
    }
}

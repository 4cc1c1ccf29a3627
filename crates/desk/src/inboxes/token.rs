//! Tokens of a mailbox: fetched from its provider with what an administrator gave, and renewed where that lies.

use std::sync::{Arc, Mutex, PoisonError};

use domain::id::InboxId;
use mail::egress::{Endpoint, Later, Security};
use mail::oauth::{Cache, Client, Grant, Https, Keep, Provider};
use mail::presets;
use mail::secret::{Secret, SignIn};
use store::inbox::Purpose;

use super::{Server, SigningIn};
use crate::{Desk, DeskError};

/// Microsoft's word for any organisation.
const ANY_TENANT: &str = "organizations";

/// What is kept for a mailbox that is opened with tokens: the client's own secret, a line break, the refresh token.
#[must_use]
pub fn token_secret(client_secret: &str, refresh_token: &str) -> Secret<String> {
    Secret::new(format!("{}\n{}", client_secret.trim(), refresh_token.trim()))
}

/// How we show the server who we are, by a token of its provider; `None` when something of it is missing.
pub(super) fn sign_in(
    desk: &Desk,
    inbox: InboxId,
    server: &Server,
    secret: &Secret<String>,
) -> Option<SignIn> {
    let SigningIn::Token { name, provider, client, tenant } = &server.signing_in else { return None };
    let presets::SigningIn::OAuth(known) = presets::by_key(provider)?.signing_in else { return None };
    let (client_secret, refresh_token) = secret.reveal().split_once('\n')?;
    let tenant = tenant.as_deref().unwrap_or(ANY_TENANT);
    let refresh = Https {
        egress: desk.egress.clone(),
        provider: Provider {
            endpoint: Endpoint::public(known.token_host, 443, Security::Tls),
            path: known.token_path.replace("{tenant}", tenant),
            scope: known.scope.to_owned(),
        },
        client: Client {
            id: client.clone(),
            secret: Some(client_secret)
                .filter(|text| !text.is_empty())
                .map(|text| Secret::new(text.to_owned())),
        },
    };
    let kept = Kept { desk: desk.clone(), inbox, now: Mutex::new(secret.clone()) };
    let grant = Grant::RefreshToken(Secret::new(refresh_token.to_owned()));
    Some(SignIn::Token { name: name.clone(), tokens: Arc::new(Cache::new(refresh, kept, grant)) })
}

/// Where a new refresh token is written down: in both directions that used the old one.
struct Kept {
    desk: Desk,
    inbox: InboxId,
    now: Mutex<Secret<String>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Kept").field("inbox", &self.inbox).finish_non_exhaustive()
    }
}

impl Keep for Kept {
    fn keep(&self, refresh_token: Secret<String>) -> Later<'_, ()> {
        let (before, after) = {
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            let client = now.reveal().split_once('\n').map_or("", |(client, _)| client);
            let after = token_secret(client, refresh_token.reveal());
            (std::mem::replace(&mut *now, after.clone()), after)
        };
        let inbox = self.inbox;
        let written = self.desk.db.write(move |tx| -> Result<(), DeskError> {
            for purpose in [Purpose::Incoming, Purpose::Outgoing] {
                // Somebody may have given another one meanwhile.
                if store::inbox::secret(tx, inbox, purpose)?.as_ref() == Some(before.reveal()) {
                    store::inbox::set_secret(tx, inbox, purpose, Some(after.reveal()))?;
                }
            }
            Ok(())
        });
        Box::pin(async move {
            if let Err(cause) = written.await {
                tracing::error!(%cause, inbox = inbox.0, "a new refresh token was not kept");
            }
        })
    }
}

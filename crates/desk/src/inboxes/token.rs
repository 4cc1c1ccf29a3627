//! Tokens of a mailbox: fetched from its provider with what an administrator gave, and renewed where that lies.

use std::sync::{Arc, Mutex, PoisonError};

use domain::id::InboxId;
use mail::egress::Later;
use mail::oauth::{Cache, Client, Grant, Https, Keep};
use mail::secret::{Secret, SignIn};
use store::inbox::Purpose;

use super::{Server, SigningIn, provider};
use crate::{Desk, DeskError, Look};

/// What is kept for a mailbox that is opened with tokens: the client's own secret, a line break, the refresh token.
/// Without a token the client is known, and the mailbox not yet connected.
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
    let SigningIn::Token { name, .. } = &server.signing_in else { return None };
    let refresh_token = refresh_token(secret)?;
    let refresh = asking(desk, server, secret)?;
    let kept = Kept { desk: desk.clone(), inbox, now: Mutex::new(secret.clone()) };
    let grant = Grant::RefreshToken(Secret::new(refresh_token.to_owned()));
    Some(SignIn::Token { name: name.clone(), tokens: Arc::new(Cache::new(refresh, kept, grant)) })
}

/// A client that got another secret keeps the permission it was given.
pub(super) fn completed(
    server: Option<&Server>,
    secret: &Secret<String>,
    before: Option<&Secret<String>>,
) -> Secret<String> {
    let takes_tokens = server.is_some_and(|server| matches!(server.signing_in, SigningIn::Token { .. }));
    match before.and_then(refresh_token) {
        Some(token) if takes_tokens && refresh_token(secret).is_none() => {
            token_secret(client_secret(secret), token)
        }
        Some(_) | None => secret.clone(),
    }
}

/// How the provider of a server is asked for tokens, as the client that the secret belongs to.
pub(super) fn asking(desk: &Desk, server: &Server, secret: &Secret<String>) -> Option<Https> {
    let SigningIn::Token { client, .. } = &server.signing_in else { return None };
    let secret = client_secret(secret);
    Some(Https {
        egress: desk.egress.clone(),
        provider: provider::of(server)?.tokens,
        client: Client {
            id: client.clone(),
            secret: (!secret.is_empty()).then(|| Secret::new(secret.to_owned())),
        },
    })
}

pub(super) fn client_secret(secret: &Secret<String>) -> &str {
    secret.reveal().split_once('\n').map_or("", |(client, _)| client)
}

fn refresh_token(secret: &Secret<String>) -> Option<&str> {
    secret.reveal().split_once('\n').map(|(_, token)| token).filter(|token| !token.is_empty())
}

/// Whether a secret opens anything: a client without a refresh token does not.
pub(crate) fn opens(signing_in: &SigningIn, secret: &Secret<String>) -> bool {
    match signing_in {
        SigningIn::Nothing | SigningIn::Password { .. } => true,
        SigningIn::Token { .. } => refresh_token(secret).is_some(),
    }
}

/// Whether both directions of an inbox have the secrets they need: all that a page may know.
pub fn can_sign_in(look: &mut Look, inbox: InboxId) -> Result<[bool; 2], DeskError> {
    let input = super::Input::of(look, inbox)?;
    let incoming = input.incoming.map(|incoming| incoming.server.signing_in);
    let outgoing = input.outgoing.map(|outgoing| outgoing.server.signing_in);
    let mut has = |signing_in: Option<SigningIn>, purpose| -> Result<bool, DeskError> {
        let secret = store::inbox::secret(look.tx, inbox, purpose)?.map(Secret::new);
        Ok(signing_in.zip(secret).is_some_and(|(signing_in, secret)| opens(&signing_in, &secret)))
    };
    Ok([has(incoming, Purpose::Incoming)?, has(outgoing, Purpose::Outgoing)?])
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
            let after = token_secret(client_secret(&now), refresh_token.reveal());
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

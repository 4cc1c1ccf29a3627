//! What an inbox's settings mean for the wire: which server, and how we show it who we are.

use domain::id::InboxId;
use mail::secret::{Secret, SignIn};
use mail::{imap, smtp};

use super::{AfterFetch, Incoming, Outgoing, Server, SigningIn, token};
use crate::Desk;

/// `None` when a secret is wanted and there is none.
pub(crate) fn incoming(
    desk: &Desk,
    inbox: InboxId,
    incoming: Incoming,
    secret: Option<Secret<String>>,
) -> Option<imap::Settings> {
    Some(imap::Settings {
        endpoint: incoming.server.endpoint(),
        sign_in: sign_in(desk, inbox, &incoming.server, secret)?,
        folder: incoming.folder,
        after_fetch: match incoming.after_fetch {
            AfterFetch::Leave => imap::AfterFetch::Leave,
            AfterFetch::Move(to) => imap::AfterFetch::Move(to),
        },
        limits: imap::Limits::default(),
        pace: imap::Pace::default(),
    })
}

/// `None` when a secret is wanted and there is none.
pub(crate) fn outgoing(
    desk: &Desk,
    inbox: InboxId,
    address: &str,
    outgoing: &Outgoing,
    secret: Option<Secret<String>>,
) -> Option<smtp::Server> {
    Some(smtp::Server {
        endpoint: outgoing.server.endpoint(),
        sign_in: sign_in(desk, inbox, &outgoing.server, secret)?,
        hello: address.rsplit('@').next().unwrap_or("localhost").to_owned(),
        pace: smtp::Pace::default(),
    })
}

fn sign_in(desk: &Desk, inbox: InboxId, server: &Server, secret: Option<Secret<String>>) -> Option<SignIn> {
    match (&server.signing_in, secret) {
        (SigningIn::Token { .. }, Some(secret)) => token::sign_in(desk, inbox, server, &secret),
        (SigningIn::Nothing | SigningIn::Password { .. } | SigningIn::Token { .. }, secret) => {
            server.sign_in(secret)
        }
    }
}

//! Inboxes at the servers that a test runs on loopback, and mail brought to them from outside.

use desk::inboxes::{AfterFetch, Incoming, Input, Outgoing, Protection, Secret, Server, SigningIn};
use mail::egress::{Egress, Endpoint, Reach, Security};
use mail::secret::SignIn;
use mail::smtp::{self, Envelope, Out, Outcome, Pace};

use crate::dovecot::{Dovecot, PASSWORD};
use crate::postfix::Postfix;

/// A server on this machine without protection, that asks for no name.
#[must_use]
pub fn plain(port: u16) -> Server {
    Server {
        host: "localhost".into(),
        port,
        security: Protection::Plain,
        inside: true,
        root: None,
        signing_in: SigningIn::Nothing,
    }
}

fn protected(port: u16, certificate: &str, name: &str) -> Server {
    Server {
        security: Protection::StartTls,
        root: Some(certificate.into()),
        signing_in: SigningIn::Password { name: name.into() },
        ..plain(port)
    }
}

/// Fetches the mailbox of a user by IMAP; what lies there already is left alone.
pub fn fetches(input: &mut Input, dovecot: &Dovecot, user: &str) {
    input.incoming = Some(Incoming {
        server: protected(dovecot.port, &dovecot.certificate, user),
        folder: "INBOX".into(),
        after_fetch: AfterFetch::Leave,
        with_history: false,
        preset: None,
    });
    input.incoming_secret = Some(Secret::new(PASSWORD.to_owned()));
}

pub fn sends(input: &mut Input, postfix: &Postfix) {
    input.outgoing = Some(Outgoing { server: protected(postfix.port, &postfix.certificate, "desk") });
    input.outgoing_secret = Some(Secret::new(PASSWORD.to_owned()));
}

/// Brings a mail to the server by SMTP, as somebody outside does.
pub async fn brings(postfix: &Postfix, from: &str, to: &str, message: &[u8]) -> Vec<Outcome> {
    let endpoint = Endpoint {
        host: "localhost".into(),
        port: postfix.port,
        security: Security::Plain,
        reach: Reach::Local,
        root: Some(postfix.certificate.as_str().into()),
    };
    let server =
        smtp::Server { endpoint, sign_in: SignIn::Nothing, hello: "mx.test".into(), pace: Pace::default() };
    let envelope = Envelope { from: Some(from.into()), to: vec![to.into()] };
    Out::new(Egress::system(), server).send(&envelope, message).await
}

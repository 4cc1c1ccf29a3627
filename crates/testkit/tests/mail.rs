//! The mail engine against real servers: Debian's Dovecot and Postfix, on loopback.

#![allow(clippy::unwrap_used, reason = "a promise that is broken may panic")]

#[path = "mail/engine.rs"]
mod engine;
#[path = "mail/fetching.rs"]
mod fetching;
#[path = "mail/kept_once.rs"]
mod kept_once;
#[path = "mail/receiving.rs"]
mod receiving;
#[path = "mail/round_trip.rs"]
mod round_trip;
#[path = "mail/sending.rs"]
mod sending;
#[path = "mail/taking_in.rs"]
mod taking_in;

use std::time::Duration;

use mail::egress::{Egress, Endpoint, Reach, Security};
use mail::imap::{AfterFetch, Batch, Begin, Content, Cursor, Limits, Pace, Settings, Source, Trouble};
use mail::secret::{Secret, SignIn};
use testkit::dovecot::{Dovecot, PASSWORD};

fn local(port: u16, security: Security, certificate: &str) -> Endpoint {
    let root = Some(certificate.into());
    Endpoint { host: "localhost".into(), port, security, reach: Reach::Local, root }
}

fn known(name: &str) -> SignIn {
    SignIn::Password { name: name.into(), password: Secret::new(PASSWORD.to_owned()) }
}

fn inbox(dovecot: &Dovecot, user: &str) -> Settings {
    Settings {
        endpoint: local(dovecot.port, Security::Plain, &dovecot.certificate),
        sign_in: known(user),
        folder: "INBOX".into(),
        after_fetch: AfterFetch::Leave,
        limits: Limits::default(),
        pace: Pace { reissue: Duration::from_secs(20), poll: Duration::from_millis(100) },
    }
}

async fn open(settings: &Settings) -> Source {
    Source::connect(&Egress::system(), settings).await.unwrap()
}

/// Everything behind the cursor, batch by batch.
async fn all(source: &mut Source, mut cursor: Cursor) -> Result<(Vec<String>, Cursor), Trouble> {
    let mut mails = Vec::new();
    loop {
        let batch = source.next_batch(cursor).await?;
        mails.extend(texts(&batch));
        cursor = batch.cursor;
        if !batch.more {
            return Ok((mails, cursor));
        }
    }
}

fn texts(batch: &Batch) -> Vec<String> {
    let text = |content: &Content| match content {
        Content::Whole(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        other => panic!("a whole mail and not {other:?}"),
    };
    batch.mails.iter().map(|mail| text(&mail.content)).collect()
}

/// Waits for that many mails in an inbox, from its beginning.
async fn arrived(dovecot: &Dovecot, user: &str, count: usize) -> Vec<String> {
    let mut source = open(&inbox(dovecot, user)).await;
    let mut cursor = source.begin(Begin::WithHistory).await.unwrap();
    let mut mails = Vec::new();
    let waiting = async {
        while mails.len() < count {
            let (more, behind) = all(&mut source, cursor).await.unwrap();
            mails.extend(more);
            cursor = behind;
            if mails.len() < count {
                source.wait().await.unwrap();
            }
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(30), waiting).await.is_ok(), "{}", dovecot.log());
    mails
}

fn subject(number: usize) -> String {
    format!("From: kim@customer.test\r\nSubject: number {number}\r\n\r\nHello {number}\r\n")
}

//! Mail that somebody hands to us: for an inbox of ours, kept before it is answered with yes.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use domain::event::Actor;
use domain::id::InboxId;
use mail::egress::Later;
use mail::lmtp::{Admission, Answer, Content, Delivery};
use store::Tx;
use store::mail::{Peer, Source};
use tokio::sync::Semaphore;

use super::keep::{MOST_IN_THE_DATABASE, prepare_file};
use super::{Prepared, Raw, keep, prepare};
use crate::act::Desk;
use crate::files::{FileError, Files};
use crate::{DeskError, inboxes};

/// The inbox that takes mail for an address: its own, an alias, or either with a `+` and anything behind it.
pub fn inbox_for(tx: &mut Tx, address: &str) -> Result<Option<InboxId>, DeskError> {
    let found = inboxes::leading_from(tx, address)?;
    Ok(found.filter(|inbox| inbox.ended_at.is_none()).map(|inbox| inbox.id))
}

/// How a mail that was handed to us was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    Kept,
    /// The inbox has the same bytes already.
    Known,
    /// No inbox of ours has this address.
    UnknownRecipient,
}

/// Where the bytes of a mail are.
#[derive(Clone, Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    /// In a file, behind its first bytes.
    File {
        path: PathBuf,
        from: u64,
    },
}

/// Bytes that are packed within a tenth of a millisecond.
const SMALL: usize = 32 * 1024;

/// Large mails that are read, hashed and written at once: the disk is one, and each thread keeps memory to itself.
static PREPARING: Semaphore = Semaphore::const_new(2);

impl Body {
    fn is_small(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if bytes.len() <= SMALL)
    }
}

/// A mail on its way to one or more inboxes.
#[derive(Clone, Debug)]
pub struct Handing {
    pub body: Body,
    pub source: Source,
    pub from: Option<String>,
    pub recipients: Vec<String>,
    pub silent: bool,
}

/// Keeps a mail once for each inbox that it is for, and says for each recipient what became of it. When this
/// returns, what is kept is durable.
pub async fn hand(desk: &Desk, handing: Handing) -> Result<Vec<Handed>, DeskError> {
    hand_from(desk, handing, None).await
}

/// [`hand`] for a mail of which somebody whom we believe says which server brought it.
pub async fn hand_from(desk: &Desk, handing: Handing, peer: Option<Peer>) -> Result<Vec<Handed>, DeskError> {
    let files = desk.files.clone();
    let recipients = handing.recipients.clone();
    // An ordinary mail is packed sooner than another thread is woken for it.
    let prepared = if handing.body.is_small() {
        prepared(&files, &handing)
    } else {
        let _turn = PREPARING.acquire().await;
        let prepared = tokio::task::spawn_blocking(move || prepared(&files, &handing));
        prepared.await.map_err(|error| not_kept(&error))?
    };
    let prepared = prepared.map_err(|error| not_kept(&error))?;
    let prepared = prepared.brought_by(peer);
    let handed = desk.act(Actor::Desk, move |act| {
        recipients.iter().map(|to| keep_for(act, &prepared, to)).collect::<Result<Vec<_>, _>>()
    });
    let handed = handed.await?;
    if handed.contains(&Handed::Kept) {
        desk.mail_came.notify_one();
    }
    Ok(handed)
}

fn prepared(files: &Files, handing: &Handing) -> Result<Prepared, FileError> {
    let raw = |bytes| Raw {
        bytes,
        source: handing.source,
        envelope_from: handing.from.as_deref(),
        envelope_to: None,
        arrived_at: None,
        silent: handing.silent,
    };
    match &handing.body {
        Body::Bytes(bytes) => prepare(files, &raw(bytes)),
        Body::File { path, from } => {
            let mut file = File::open(path)?;
            let size = file.metadata()?.len().saturating_sub(*from);
            file.seek(SeekFrom::Start(*from))?;
            if size > MOST_IN_THE_DATABASE as u64 {
                return prepare_file(files, &mut file, &raw(&[]));
            }
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            prepare(files, &raw(&bytes))
        }
    }
}

fn keep_for(act: &mut crate::Act, prepared: &Prepared, to: &str) -> Result<Handed, DeskError> {
    let Some(inbox) = inbox_for(act.tx, to)? else { return Ok(Handed::UnknownRecipient) };
    Ok(match keep(act, inbox, &prepared.to(to))? {
        Some(_) => Handed::Kept,
        None => Handed::Known,
    })
}

fn not_kept(error: &dyn std::fmt::Display) -> DeskError {
    DeskError::Conflict(crate::Problem::MailNotKept { cause: error.to_string() })
}

/// What an MTA in front talks to.
pub struct Reception(Desk);

impl Reception {
    #[must_use]
    pub fn of(desk: Desk) -> Arc<Self> {
        Arc::new(Self(desk))
    }
}

impl mail::lmtp::Reception for Reception {
    fn recipient<'a>(&'a self, _: Option<&'a str>, to: &'a str) -> Later<'a, Admission> {
        let to = to.to_owned();
        Box::pin(async move {
            match self.0.look(move |look| inbox_for(look.tx, &to)).await {
                Ok(Some(_)) => Admission::Welcome,
                Ok(None) => Admission::Unknown,
                Err(error) => {
                    tracing::warn!(%error, "a recipient could not be looked up; the mail is asked for again");
                    Admission::NotNow
                }
            }
        })
    }

    fn message(&self, delivery: Delivery) -> Later<'_, Vec<Answer>> {
        Box::pin(async move {
            let recipients = delivery.recipients.len();
            // A spilled file is there until it was kept.
            let (body, _spilled) = match delivery.content {
                Content::Bytes(bytes) => (Body::Bytes(bytes), None),
                Content::File(spilled) => {
                    (Body::File { path: spilled.path().to_owned(), from: 0 }, Some(spilled))
                }
            };
            let handing = Handing {
                body,
                source: Source::Listener,
                from: delivery.from,
                recipients: delivery.recipients,
                silent: false,
            };
            let peer = delivery
                .client
                .map(|client| Peer { address: client.address.to_string(), name: client.hello });
            match hand_from(&self.0, handing, peer).await {
                Ok(handed) => handed.into_iter().map(answer).collect(),
                Err(error) => {
                    tracing::warn!(%error, peer = delivery.peer, "a mail was not kept; it is asked for again");
                    vec![Answer::NotNow; recipients]
                }
            }
        })
    }
}

const fn answer(handed: Handed) -> Answer {
    match handed {
        Handed::Kept | Handed::Known => Answer::Kept,
        // The inbox ended since the recipient was welcomed.
        Handed::UnknownRecipient => Answer::Refused,
    }
}

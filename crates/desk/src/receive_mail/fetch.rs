//! Fetching: from the server of an inbox into the desk, mails and cursor in one transaction, for as long as it runs.

mod backoff;
mod batch;
mod room;
use std::convert::Infallible;

use domain::event::Actor;
use domain::id::InboxId;
use jiff::Timestamp;
use mail::imap::{Begin, Cursor, Settings, Source, Trouble};
use mail::secret::Secret;
use store::db::Dialect;
use store::inbox::Purpose;
use store::inbox_fetch::Progress;

use crate::DeskError;
use crate::act::{Act, Desk, Look};
use crate::files::FileError;
use crate::inboxes::{Incoming, SigningIn, connections, opens};
use backoff::Backoff;
pub use backoff::Pace;
pub use room::Room;

/// An inbox that fetches, and what it was connected with: when that changes, it connects anew.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub inbox: InboxId,
    incoming: String,
    secret: Option<Secret<String>>,
}

impl Wanted {
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        let secret = |wanted: &Self| wanted.secret.as_ref().map(|secret| secret.reveal().clone());
        self.inbox == other.inbox && self.incoming == other.incoming && secret(self) == secret(other)
    }
}

/// Every inbox that fetches its mail.
pub fn wanted(look: &mut Look) -> Result<Vec<Wanted>, DeskError> {
    let mut all = Vec::new();
    for inbox in store::inbox::all(look.tx)? {
        let Some(text) = inbox.incoming else { continue };
        let Some(incoming) = Incoming::read(&text) else { continue };
        let secret = match incoming.server.signing_in {
            SigningIn::Nothing => None,
            // A refresh token changes by itself, and is read with each connection; only that there is one counts.
            SigningIn::Token { .. } => {
                let secret = store::inbox::secret(look.tx, inbox.id, Purpose::Incoming)?.map(Secret::new);
                secret.filter(|secret| opens(&incoming.server.signing_in, secret)).map(|_| String::new())
            }
            SigningIn::Password { .. } => store::inbox::secret(look.tx, inbox.id, Purpose::Incoming)?,
        };
        all.push(Wanted { inbox: inbox.id, incoming: text, secret: secret.map(Secret::new) });
    }
    Ok(all)
}

/// What a process calls itself when it claims inboxes. Nobody else can have a file of ours open, so there a
/// restarted process goes on at once with what the one before it had.
#[must_use]
pub fn process(desk: &Desk) -> i64 {
    match desk.db.dialect() {
        Dialect::Sqlite => 0,
        Dialect::Postgres => desk.new_id(desk.clock.now()),
    }
}

/// Fetches the mail of an inbox until it fetches no more. It can be dropped at any time: what was fetched and
/// not kept is fetched again.
pub async fn run(desk: Desk, inbox: InboxId, room: Room, pace: Pace) {
    let mut backoff = Backoff::new(pace);
    loop {
        let stop = match visit(&desk, inbox, &room, pace, &mut backoff).await {
            Err(Stop::Gone) => return,
            Err(stop) => stop,
            Ok(never) => match never {},
        };
        failed(&desk, inbox, &stop).await;
        tokio::time::sleep(backoff.next()).await;
    }
}

/// Why a visit ended.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error("The inbox fetches no mail any more.")]
    Gone,
    #[error("There is no password or token to sign in with. Give one on the page of the inbox.")]
    NoSecret,
    #[error("{0}")]
    Server(#[from] Trouble),
    #[error("{0}")]
    Desk(#[from] DeskError),
    #[error("{0}")]
    Files(#[from] FileError),
}

/// One connection, and where it reads.
struct Visit<'a> {
    desk: &'a Desk,
    inbox: InboxId,
    room: &'a Room,
    source: Source,
    cursor: Cursor,
    /// When fetching began: what the server took before is history.
    since: Timestamp,
}

async fn visit(
    desk: &Desk,
    inbox: InboxId,
    room: &Room,
    pace: Pace,
    backoff: &mut Backoff,
) -> Result<Infallible, Stop> {
    let (settings, progress, begin) = read(desk, inbox).await?;
    let settings = Settings { pace: pace.waiting, ..settings };
    let mut source =
        Source::connect(&desk.egress, &settings).await.map_err(|failure| Stop::Server(failure.into()))?;
    let (cursor, since) = match (progress.cursor.and_then(cursor), progress.began_at) {
        (Some(cursor), Some(since)) => (cursor, since),
        _ => {
            let cursor = source.begin(begin).await?;
            (cursor, begun(desk, inbox, cursor).await?)
        }
    };
    let mut visit = Visit { desk, inbox, room, source, cursor, since };
    loop {
        match visit.drain_and_wait(backoff).await {
            Ok(()) => backoff.reset(),
            Err(Stop::Server(Trouble::Renumbered)) => {}
            Err(stop @ Stop::Server(Trouble::Said(_))) => {
                failed(desk, inbox, &stop).await;
                tokio::time::sleep(backoff.next()).await;
            }
            Err(stop) => return Err(stop),
        }
    }
}

impl Visit<'_> {
    /// Everything that is there, and then until there may be more.
    async fn drain_and_wait(&mut self, backoff: &mut Backoff) -> Result<(), Stop> {
        loop {
            let kept = self.next_batch().await?;
            // A server that is lost again and again is asked soon again, as long as mail comes from it.
            if kept.mails > 0 {
                backoff.reset();
            }
            if !kept.more {
                break;
            }
        }
        self.source.wait().await?;
        Ok(())
    }
}

async fn read(desk: &Desk, inbox: InboxId) -> Result<(Settings, Progress, Begin), Stop> {
    let found = desk
        .look(move |look| {
            let live = store::inbox::by_id(look.tx, inbox)?.filter(|inbox| inbox.ended_at.is_none());
            let incoming = live.and_then(|inbox| inbox.incoming).as_deref().and_then(Incoming::read);
            let Some(incoming) = incoming else { return Ok(None) };
            let secret = store::inbox::secret(look.tx, inbox, Purpose::Incoming)?.map(Secret::new);
            Ok(Some((incoming, secret, store::inbox_fetch::progress(look.tx, inbox)?)))
        })
        .await?;
    let Some((incoming, secret, progress)) = found else { return Err(Stop::Gone) };
    let begin = if incoming.with_history { Begin::WithHistory } else { Begin::AtEnd };
    let settings = connections::incoming(desk, inbox, incoming, secret).ok_or(Stop::NoSecret)?;
    Ok((settings, progress, begin))
}

fn cursor((uidvalidity, last_uid): (i64, i64)) -> Option<Cursor> {
    Some(Cursor { uidvalidity: uidvalidity.try_into().ok()?, last_uid: last_uid.try_into().ok()? })
}

/// Writes down that fetching begins here, and gives the time as it was written.
async fn begun(desk: &Desk, inbox: InboxId, cursor: Cursor) -> Result<Timestamp, DeskError> {
    let at = (i64::from(cursor.uidvalidity), i64::from(cursor.last_uid));
    desk.act(Actor::Desk, move |act| {
        store::inbox_fetch::begun(act.tx, inbox, at, act.now)?;
        store::inbox_fetch::progress(act.tx, inbox)?.began_at.ok_or(DeskError::NotFound)
    })
    .await
}

async fn failed(desk: &Desk, inbox: InboxId, stop: &Stop) {
    tracing::warn!(%inbox, why = %stop, "mail was not fetched; trying again");
    let words = stop.to_string();
    let written = desk.act(Actor::Desk, move |act: &mut Act| {
        Ok(store::inbox_fetch::failed(act.tx, inbox, &words, act.now)?)
    });
    if let Err(error) = written.await {
        tracing::warn!(%error, %inbox, "that mail was not fetched could not be written down");
    }
}

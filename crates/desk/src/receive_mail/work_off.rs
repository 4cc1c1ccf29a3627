//! Kept mail is worked through in the order in which it came: read side by side, placed one after the other.

use domain::event::Actor;
use domain::id::MailId;
use store::mail::Mail;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::check::{self, Wanted};
use super::read::{self, Understood};
use super::{KEPT, Suspended};
use crate::act::{Act, Desk};
use crate::files::Files;
use crate::{DeskError, Problem, mail_raw};

/// Mails in one transaction: others write in between.
const AT_ONCE: i64 = 64;

/// Mails read side by side: as many as a machine has hands for, and each thread keeps memory to itself.
static READING: Semaphore = Semaphore::const_new(16);

/// Bytes read at the same time; a larger mail is read alone.
const BYTES_AT_ONCE: i64 = 8 * 1024 * 1024;

/// A mail that cannot be placed so often waits for somebody's decision.
const TRIES: i64 = 3;

/// Places every mail that waits; gives how many there were. Several nodes may do this at once: a mail is
/// placed by whichever transaction comes first. One that cannot be placed waits for the next time.
pub async fn work_off(desk: &Desk) -> Result<usize, DeskError> {
    let (mut done, mut last) = (0, MailId(0));
    let mut placing: Option<Placing> = None;
    // Large mails are read one after the other into the same memory.
    let mut room = Vec::new();
    loop {
        let batch = next(desk, last).await?;
        let Some(end) = batch.last() else { break };
        (done, last) = (done + batch.len(), end.id);
        // Read while the batch before it is written.
        let read = understand(desk, batch, &mut room).await?;
        if let Some(before) = placing.replace(place(desk, read)) {
            joined(before).await?;
        }
    }
    if let Some(before) = placing {
        joined(before).await?;
    }
    Ok(done)
}

type Placing = tokio::task::JoinHandle<Result<(), DeskError>>;

fn place(desk: &Desk, read: Read) -> Placing {
    let desk = desk.clone();
    tokio::spawn(async move {
        let settled = desk.act(Actor::Desk, move |act| {
            read.iter().try_for_each(|(mail, understood)| settle(act, mail, understood))
        });
        settled.await
    })
}

async fn joined(placing: Placing) -> Result<(), DeskError> {
    let interrupted = |cause: tokio::task::JoinError| {
        DeskError::Conflict(Problem::Interrupted { cause: cause.to_string() })
    };
    placing.await.map_err(interrupted)?
}

type Read = Vec<(Mail, Result<Understood, String>)>;

async fn next(desk: &Desk, after: MailId) -> Result<Vec<Mail>, DeskError> {
    let mut waiting = desk.look(move |look| Ok(store::mail::waiting(look.tx, after, AT_ONCE)?)).await?;
    let mut bytes = 0;
    let fit = waiting
        .iter()
        .take_while(|mail| {
            bytes += mail.size;
            bytes <= BYTES_AT_ONCE
        })
        .count();
    waiting.truncate(fit.max(1));
    Ok(waiting)
}

/// Reads the mails of a batch side by side, off the runtime's own threads.
async fn understand(desk: &Desk, batch: Vec<Mail>, room: &mut Vec<u8>) -> Result<Read, DeskError> {
    let mut reading = Vec::with_capacity(batch.len());
    for (mail, packed, wanted) in found(desk, batch).await? {
        let (files, mut room) = (desk.files.clone(), std::mem::take(room));
        let (senders, runtime) = (desk.senders.clone(), Handle::current());
        let turn = READING.acquire().await;
        reading.push(tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let understood = whole(&files, &mail, packed, &mut room).and_then(|raw| {
                let mut understood = read::understand(&files, raw).map_err(|error| error.to_string())?;
                understood.checked = check::run(&senders, &runtime, &wanted, &mail, raw);
                Ok(understood)
            });
            ((mail, understood), room)
        }));
    }
    let mut read = Vec::with_capacity(reading.len());
    for one in reading {
        let interrupted = |cause: tokio::task::JoinError| {
            DeskError::Conflict(Problem::Interrupted { cause: cause.to_string() })
        };
        let (one, used) = one.await.map_err(interrupted)?;
        read.push(one);
        if used.capacity() > room.capacity() {
            *room = used;
        }
    }
    Ok(read)
}

/// A mail, its bytes as the database has them, and how its sender is looked at.
type Found = (Mail, Option<Vec<u8>>, Wanted);

async fn found(desk: &Desk, batch: Vec<Mail>) -> Result<Vec<Found>, DeskError> {
    desk.study(move |look| {
        let mut found = Vec::with_capacity(batch.len());
        for mail in batch {
            let packed = store::mail::raw(look.tx, mail.id)?;
            let inbox = store::inbox::by_id(look.tx, mail.inbox)?;
            found.push((mail, packed, Wanted::of(inbox.as_ref())));
        }
        Ok(found)
    })
    .await
}

/// Every byte of a mail, laid into the room.
fn whole<'a>(
    files: &Files,
    mail: &Mail,
    packed: Option<Vec<u8>>,
    room: &'a mut Vec<u8>,
) -> Result<&'a [u8], String> {
    match packed {
        Some(packed) => {
            let missing = || DeskError::Conflict(Problem::RawMissing).to_string();
            *room = mail_raw::unpacked(&packed, mail.size).ok_or_else(missing)?;
        }
        None => files.read_into(&mail.content, room).map_err(|error| error.to_string())?,
    }
    Ok(room)
}

/// Places one mail, unless another node did meanwhile. What goes wrong is tried again, and in the end it waits
/// for somebody's decision: one mail never holds up the others.
fn settle(act: &mut Act, mail: &Mail, understood: &Result<Understood, String>) -> Result<(), DeskError> {
    let Some(mail) =
        store::mail::by_id(act.tx, mail.id)?.filter(|now| now.state == store::mail::State::Waiting)
    else {
        return Ok(());
    };
    let placed = match understood {
        Ok(understood) => act
            .part(mail.arrived_at.min(act.now), Actor::Desk, |act| super::settle(act, &mail, understood))
            .map(|_| ())
            .map_err(|error| error.to_string()),
        Err(why) => Err(why.clone()),
    };
    // What name servers said is kept even when the mail could not be placed.
    if let Some(news) = understood.as_ref().ok().and_then(|understood| understood.checked.news) {
        store::mail::found(act.tx, mail.id, &news)?;
    }
    let Err(why) = placed else { return Ok(()) };
    tracing::warn!(mail = %mail.id, %why, "a mail could not be placed");
    if mail.attempts + 1 < TRIES {
        store::mail::tried(act.tx, mail.id, &why)?;
    } else {
        let until = act.now + KEPT;
        store::mail::set_aside(act.tx, mail.id, Suspended::Malformed.as_str(), &why, until)?;
    }
    Ok(())
}

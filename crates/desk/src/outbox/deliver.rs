//! Mail is handed to a server: leased, composed, signed, sent, and what the server said is written down.

use std::future::Future;
use std::time::Duration;

use domain::event::Actor;
use domain::id::InboxId;
use jiff::{SignedDuration, Timestamp};
use mail::smtp::{Envelope, Outcome, Why};
use store::outgoing::{Outgoing, State};

use super::lost;
use super::written::{self, Unbuilt};
use crate::DeskError;
use crate::act::{Act, Desk};

/// Mails taken at once.
const AT_ONCE: i64 = 16;

/// A mail that no server took in this time failed.
const PATIENCE: SignedDuration = SignedDuration::from_hours(48);

/// A mail under way is held anew this often, well within its lease.
const HOLD_EVERY: Duration = Duration::from_secs(120);

/// How often what a server said is written down, before it is given up and the mail is sent again.
const WRITES: u32 = 5;

/// Whoever hands a finished mail to the server of an inbox.
pub trait Courier: Send {
    fn send(
        &mut self,
        inbox: InboxId,
        envelope: &Envelope,
        bytes: &[u8],
    ) -> impl Future<Output = Outcome> + Send;
}

/// How the way to a server was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// So many mails were tried over it.
    Open(usize),
    /// It is closed to all mail at the moment; what was taken for it was given back.
    Closed,
}

/// Sends what is due in every inbox, one after the other; gives how many mails were tried.
pub async fn deliver_due(desk: &Desk, courier: &mut impl Courier) -> Result<usize, DeskError> {
    let mut tried = 0;
    for inbox in desk.look(|look| Ok(store::outgoing::due(look.tx, look.now)?)).await? {
        if let Way::Open(mails) = deliver(desk, inbox, courier).await? {
            tried += mails;
        }
    }
    Ok(tried)
}

/// Sends what is due in one inbox, as long as its server can be reached.
pub async fn deliver(desk: &Desk, inbox: InboxId, courier: &mut impl Courier) -> Result<Way, DeskError> {
    let due = desk
        .act(Actor::Desk, move |act| Ok(store::outgoing::lease(act.tx, inbox, act.now, AT_ONCE)?))
        .await?;
    let mut due = due.into_iter();
    let mut tried = 0;
    while let Some(outgoing) = due.next() {
        if let Some(words) = one(desk, courier, &outgoing).await? {
            let rest = std::iter::once(outgoing).chain(due).collect();
            close(desk, inbox, rest, words).await?;
            return Ok(Way::Closed);
        }
        tried += 1;
    }
    Ok(Way::Open(tried))
}

/// Sends one mail; gives the words for it when no mail can go this way now.
async fn one(
    desk: &Desk,
    courier: &mut impl Courier,
    outgoing: &Outgoing,
) -> Result<Option<String>, DeskError> {
    let (state, words) = match built(desk, outgoing).await {
        // Somebody else has it by now.
        Ok(None) => return Ok(None),
        Ok(Some((envelope, bytes))) => match send(desk, courier, outgoing, &envelope, &bytes).await {
            Outcome::Later { why: why @ Why::Server(_) } => return Ok(Some(why.to_string())),
            outcome => verdict(outcome),
        },
        Err(Unbuilt::Later(error)) => (State::Waiting, error.to_string()),
        // What cannot be composed cannot be by waiting either.
        Err(Unbuilt::Never(error @ DeskError::Store(_))) => return Err(error),
        Err(Unbuilt::Never(error)) => (State::Failed, error.to_string()),
    };
    write_down(desk, outgoing, state, &words).await?;
    Ok(None)
}

/// A mail with its files, ready to be handed over.
async fn built(desk: &Desk, outgoing: &Outgoing) -> Result<Option<(Envelope, Vec<u8>)>, Unbuilt> {
    let (letter, files) = (outgoing.clone(), desk.files.clone());
    let draft = desk.act(Actor::Desk, move |act| written::composed(act, &letter)).await;
    let Some(draft) = draft.map_err(Unbuilt::Never)? else { return Ok(None) };
    let built = tokio::task::spawn_blocking(move || draft.built(&files)).await;
    built.map_or_else(|cause| Err(written::not_built(cause)), |built| built.map(Some))
}

/// Hands a mail over, and holds it meanwhile, however long the server takes.
async fn send(
    desk: &Desk,
    courier: &mut impl Courier,
    outgoing: &Outgoing,
    envelope: &Envelope,
    bytes: &[u8],
) -> Outcome {
    let sending = courier.send(outgoing.inbox, envelope, bytes);
    tokio::pin!(sending);
    loop {
        tokio::select! {
            outcome = &mut sending => return outcome,
            () = tokio::time::sleep(HOLD_EVERY) => {
                let held = outgoing.clone();
                let held = desk.act(Actor::Desk, move |act| Ok(store::outgoing::hold(act.tx, &held, act.now)?));
                if let Err(error) = held.await {
                    tracing::warn!(%error, outgoing = %outgoing.id, "a mail under way could not be held");
                }
            }
        }
    }
}

/// What a server took must be written down, or it is sent twice: so this is tried more than once.
async fn write_down(desk: &Desk, outgoing: &Outgoing, state: State, words: &str) -> Result<(), DeskError> {
    let mut tries = 0;
    loop {
        let (mail, answer) = (outgoing.clone(), words.to_owned());
        let written = desk.act(Actor::Desk, move |act| settle(act, &mail, state, &answer)).await;
        tries += 1;
        match written {
            Err(error) if tries < WRITES => {
                tracing::warn!(%error, outgoing = %outgoing.id, "what became of a mail was not written down yet");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            written => return written,
        }
    }
}

/// No mail of the inbox can leave now. None of them counts as tried; those that waited too long fail.
async fn close(desk: &Desk, inbox: InboxId, taken: Vec<Outgoing>, words: String) -> Result<(), DeskError> {
    desk.act(Actor::Desk, move |act| {
        for outgoing in &taken {
            if is_late(act, outgoing) {
                give_up(act, outgoing, &words)?;
            } else {
                store::outgoing::give_back(act.tx, outgoing, &words)?;
            }
        }
        Ok(store::inbox::delivered(act.tx, inbox, Some(&words), act.now)?)
    })
    .await
}

fn is_late(act: &Act, outgoing: &Outgoing) -> bool {
    act.now.duration_since(outgoing.created_at) >= PATIENCE
}

/// `Waiting` means that it is tried again.
fn verdict(outcome: Outcome) -> (State, String) {
    match outcome {
        Outcome::Delivered { words } => (State::Sent, words),
        Outcome::Refused { why } => (State::Failed, why.to_string()),
        // The same Message-ID goes again: whoever has it already can drop it.
        Outcome::Later { why } | Outcome::Unknown { why } => (State::Waiting, why.to_string()),
    }
}

fn settle(act: &mut Act, outgoing: &Outgoing, state: State, words: &str) -> Result<(), DeskError> {
    let held = match state {
        State::Waiting if !is_late(act, outgoing) => {
            store::outgoing::later(act.tx, outgoing, next_try(act.now, outgoing.attempts), words)?
        }
        State::Waiting | State::Failed => give_up(act, outgoing, words)?,
        ended => store::outgoing::ended(act.tx, outgoing, ended, act.now, words)?,
    };
    // What a server says about one recipient stands on that mail, and is no trouble of the inbox.
    if held && state == State::Sent {
        store::inbox::delivered(act.tx, outgoing.inbox, None, act.now)?;
    }
    Ok(())
}

/// It is not tried any more, and its ticket says so; `false` when somebody else has it by now.
fn give_up(act: &mut Act, outgoing: &Outgoing, words: &str) -> Result<bool, DeskError> {
    let held = store::outgoing::ended(act.tx, outgoing, State::Failed, act.now, words)?;
    if held {
        lost::given_up(act, outgoing)?;
    }
    Ok(held)
}

/// After 1, 2, 4 minutes and so on, up to 6 hours.
fn next_try(now: Timestamp, attempts: i64) -> Timestamp {
    let minutes = 1_i64 << (attempts - 1).clamp(0, 9);
    now + SignedDuration::from_mins(minutes.min(360))
}

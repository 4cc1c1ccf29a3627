//! A mail that an inbox sends to itself: out by its one server, and back in by the other.

use domain::id::{InboxId, OutgoingId, PersonId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::event::Subject;
use store::mail::Mail;
use store::outgoing::{Kind, Outgoing, State};

use super::live;
use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::{DeskError, Problem, error};

/// A test that is on its way has this long before another one may follow.
const REST: SignedDuration = SignedDuration::from_secs(60);

/// How far the last test mail came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Round {
    Waiting {
        since: Timestamp,
        answer: Option<String>,
    },
    /// The server took it, and it has not come back yet.
    Sent {
        at: Timestamp,
    },
    Back {
        sent_at: Timestamp,
        at: Timestamp,
    },
    Failed {
        at: Timestamp,
        answer: Option<String>,
    },
}

/// Wants a mail from the inbox to itself; `subject` and `body` are in its language.
pub fn send_test(
    act: &mut Act,
    by: &impl Entitled,
    id: InboxId,
    subject: &str,
    body: &str,
) -> Result<OutgoingId, DeskError> {
    by.check(act)?;
    let inbox = live(act, id)?;
    if inbox.outgoing.is_none() {
        return Err(DeskError::Conflict(Problem::NoServerOut));
    }
    let before = store::outgoing::last_test(act.tx, id)?;
    if before.is_some_and(|before| is_under_way(&before) && act.now.duration_since(before.created_at) < REST)
    {
        return Err(DeskError::Conflict(Problem::TestUnderWay));
    }
    let outgoing = Outgoing {
        person: None,
        subject: Some(subject.to_owned()),
        body: Some(body.to_owned()),
        ..crate::outbox::about(act, &inbox, Kind::Test, None, PersonId(0), &inbox.address)?
    };
    store::outgoing::insert(act.tx, &outgoing)?;
    act.record_change(Subject::Inbox(id.0), "test mail sent", &json!({ "outgoing": outgoing.id }))?;
    Ok(outgoing.id)
}

/// How far the last test of an inbox came, if there was one.
pub fn last_test(
    look: &mut Look,
    viewer: &domain::permission::Viewer,
    id: InboxId,
) -> Result<Option<Round>, DeskError> {
    error::administrator(viewer)?;
    let Some(outgoing) = store::outgoing::last_test(look.tx, id)? else { return Ok(None) };
    let back = store::mail::by_message_id(look.tx, id, &outgoing.internet_id)?;
    Ok(Some(round(outgoing, back.as_ref())))
}

fn round(outgoing: Outgoing, back: Option<&Mail>) -> Round {
    let ended_at = outgoing.ended_at.unwrap_or(outgoing.created_at);
    if let Some(mail) = back {
        return Round::Back { sent_at: outgoing.created_at, at: mail.arrived_at };
    }
    match outgoing.state {
        State::Waiting | State::Sending => {
            Round::Waiting { since: outgoing.created_at, answer: outgoing.answer }
        }
        State::Sent => Round::Sent { at: ended_at },
        State::Failed | State::Bounced | State::Cancelled => {
            Round::Failed { at: ended_at, answer: outgoing.answer }
        }
    }
}

fn is_under_way(outgoing: &Outgoing) -> bool {
    matches!(outgoing.state, State::Waiting | State::Sending)
}

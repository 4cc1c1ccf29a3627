//! The words behind an event, and who may read them.

use domain::event::Fact;
use domain::id::{MessageId, ReasonId};
use serde::{Deserialize, Serialize};
use store::export::Texts;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    pub audience: Audience,
    pub kind: Kind,
    pub body: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Audience {
    /// Both sides.
    Public,
    /// The serving side only.
    Internal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Message,
    Note,
    Reason,
}

/// The texts that an event brought along. Each is given once, with the first event that names it.
pub(crate) fn with(fact: &Fact, texts: &mut Texts) -> Vec<Said> {
    match fact {
        Fact::Opened(opening) | Fact::Asked(opening) => message(texts, opening.message),
        Fact::Replied { message: id, .. } => message(texts, Some(*id)),
        Fact::Solved { message: id, overriding } => {
            message(texts, *id).into_iter().chain(reason(texts, *overriding)).collect()
        }
        Fact::Noted { note } => {
            let note = texts.notes.remove(note);
            note.map(|body| Said { audience: Audience::Internal, kind: Kind::Note, body })
                .into_iter()
                .collect()
        }
        Fact::Transferred { reason: id, .. }
        | Fact::Reopened { reason: id, .. }
        | Fact::Closed { reason: id, .. }
        | Fact::PriorityChanged { reason: id, .. }
        | Fact::Rated { comment: id, .. }
        | Fact::Escalated { reason: id, .. } => reason(texts, *id),
        Fact::Detailed(detail) => reason(texts, detail.reason()),
        Fact::Assigned { .. }
        | Fact::WaitStarted { .. }
        | Fact::WaitEnded
        | Fact::ServiceChanged { .. }
        | Fact::Renewed
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Released { .. }
        | Fact::Bounced { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::TookIn { .. }
        | Fact::GaveBack { .. }
        | Fact::Logged => Vec::new(),
    }
}

fn message(texts: &mut Texts, id: Option<MessageId>) -> Vec<Said> {
    let body = id.and_then(|id| texts.messages.remove(&id));
    body.map(|body| Said { audience: Audience::Public, kind: Kind::Message, body }).into_iter().collect()
}

fn reason(texts: &mut Texts, id: Option<ReasonId>) -> Vec<Said> {
    let Some(id) = id else { return Vec::new() };
    let shown = texts.shown_reasons.remove(&id).map(|body| (Audience::Public, body));
    let inner = texts.inner_reasons.remove(&id).map(|body| (Audience::Internal, body));
    let both = shown.into_iter().chain(inner);
    both.map(|(audience, body)| Said { audience, kind: Kind::Reason, body }).collect()
}

//! Mail comes in: it is kept as it came, understood afterwards, and placed where it belongs. Whatever cannot
//! be placed waits for somebody's decision; nothing is dropped.

mod acknowledge;
mod check;
mod copy;
mod evidence;
pub mod fetch;
mod forwarded;
mod held;
pub mod import;
mod keep;
mod place;
mod read;
mod reception;
mod report;
mod retention;
mod sender;
pub mod spool;
mod stranger;
#[cfg(test)]
mod tests;
mod work_off;

use domain::id::{MailId, TicketId};
use domain::ticket::Kind;
use jiff::SignedDuration;
use store::mail::{Became, Mail, State};

pub use held::release;
pub use keep::{Prepared, Raw, keep, prepare, prepare_held};
pub use reception::{Body, Handed, Handing, Reception, hand, hand_from, inbox_for};
pub use retention::forget_what_is_over;
pub use stranger::{confirm, move_to, set_aside, stays, words};
pub use work_off::work_off;

use crate::DeskError;
use crate::act::Act;
use read::Understood;

/// How long what nobody decided about is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// New tickets from one address in an hour; more wait for somebody's decision.
pub const MOST_NEW_IN_AN_HOUR: i64 = 20;

/// Why a mail waits for a decision. The words for it are the pages'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspended {
    /// It says it comes from an address of ours.
    OwnAddress,
    /// We sent it ourselves.
    Loop,
    /// Somebody blocked its sender.
    Blocked,
    /// It says it comes from somebody who serves here, and nothing proves it.
    Unauthenticated,
    /// Its sender opens more tickets than a person can.
    Cap,
    TooLarge,
    Malformed,
    /// It went to an address that is none of ours.
    UnknownRecipient,
    /// Its sender is not among those whom the inbox's service is for.
    Audience,
    /// A report about a mail that we did not send.
    Bounce,
    /// A stranger writes into a confidential matter.
    StrangerConfidential,
    /// An agent says that it does not belong to the ticket that it answers.
    SetAside,
}

impl Suspended {
    pub const ALL: [Self; 12] = [
        Self::OwnAddress,
        Self::Loop,
        Self::Blocked,
        Self::Unauthenticated,
        Self::Cap,
        Self::TooLarge,
        Self::Malformed,
        Self::UnknownRecipient,
        Self::Audience,
        Self::Bounce,
        Self::StrangerConfidential,
        Self::SetAside,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnAddress => "own_address",
            Self::Loop => "loop",
            Self::Blocked => "blocked",
            Self::Unauthenticated => "unauthenticated",
            Self::Cap => "cap",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::UnknownRecipient => "unknown_recipient",
            Self::Audience => "audience",
            Self::Bounce => "bounce",
            Self::StrangerConfidential => "stranger_confidential",
            Self::SetAside => "set_aside",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == word)
    }
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is a message of this ticket; a hint led to another one.
    Message {
        ticket: TicketId,
        hint: Option<TicketId>,
    },
    /// It told us something about a mail of ours.
    Told {
        ticket: Option<TicketId>,
    },
    /// It stands beside this ticket until an agent confirms who wrote it.
    Stranger {
        ticket: TicketId,
    },
    Suspended {
        code: Suspended,
        detail: Option<String>,
        ticket: Option<TicketId>,
    },
}

/// What mail opens; agents say better when they read it.
const OPENS: Kind = Kind::Question;

/// Places one mail, in the transaction that also says that it was placed.
fn settle(act: &mut Act, mail: &Mail, understood: &Understood) -> Result<Outcome, DeskError> {
    if let Some(id) = &understood.message.message_id
        && !store::mail::others_of_id(act.tx, mail.inbox, id, mail.id)?.is_empty()
    {
        store::mail::repeats(act.tx, mail.id)?;
    }
    let outcome = place::run(act, mail, understood)?;
    write(act, mail.id, understood, &outcome)?;
    Ok(outcome)
}

fn write(act: &mut Act, mail: MailId, understood: &Understood, outcome: &Outcome) -> Result<(), DeskError> {
    let head = understood.head();
    let (state, ticket, hint, code, detail, until_at) = match outcome {
        Outcome::Message { ticket, hint } => (State::Done, Some(*ticket), *hint, None, None, None),
        Outcome::Told { ticket } => (State::Done, *ticket, None, None, None, None),
        Outcome::Stranger { ticket } => (State::Stranger, Some(*ticket), None, None, None, None),
        Outcome::Suspended { code, detail, ticket } => {
            (State::Suspended, *ticket, None, Some(code.as_str()), detail.as_deref(), Some(act.now + KEPT))
        }
    };
    let became = Became {
        state,
        message_id: head.message_id,
        from_address: head.from_address.as_deref(),
        from_name: head.from_name.as_deref(),
        subject: head.subject,
        ticket,
        hint,
        code,
        detail,
        until_at,
    };
    Ok(store::mail::became(act.tx, mail, &became)?)
}

//! How a ticket comes to a status of one's own: what has to be done with it first, and whether it may have it.

use jiff::Timestamp;

use super::offers::Deed;
use super::rules::Refusal;
use super::{Kind, Ticket};
use crate::event::{Detail, Fact, Side};
use crate::id::EventId;
use crate::service::Service;
use crate::status::{Category, Status};

/// What moves a ticket to where a status stands. Each is an act with rights and refusals of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It stands there already.
    Stay,
    /// The wait ends.
    Resume,
    Reopen,
    WaitForRequester,
    /// For a supplier or an agreed date, which somebody has to say.
    WaitForOthers,
    Solve,
}

impl Ticket {
    /// Where it stands.
    #[must_use]
    pub const fn category(&self) -> Category {
        Category::of(self.state, self.waiting)
    }

    /// What has to be done before a status can be said of it.
    pub fn way_to(&self, status: &Status) -> Result<Way, Refusal> {
        self.may_have(status)?;
        let solved = self.category() == Category::Solved;
        Ok(match status.category {
            category if category == self.category() => Way::Stay,
            Category::Open if solved => Way::Reopen,
            Category::Open => Way::Resume,
            Category::Requester => Way::WaitForRequester,
            Category::Others => Way::WaitForOthers,
            Category::Solved => Way::Solve,
        })
    }

    /// Once it stands there; `with` is the act that moved it.
    pub fn say_status(&self, status: &Status, with: Option<EventId>) -> Result<Fact, Refusal> {
        self.may_have(status)?;
        if status.category != self.category() {
            return Err(Refusal::NoChange);
        }
        Ok(Fact::Detailed(Detail::StatusSet { stands: status.stands(), with }))
    }

    pub fn clear_status(&self) -> Result<Fact, Refusal> {
        self.status.map(|_| Fact::Detailed(Detail::StatusCleared)).ok_or(Refusal::NoChange)
    }

    /// It turned out to be of another kind; a status that is not for that one falls away.
    pub fn change_kind(&self, kind: Kind) -> Result<Fact, Refusal> {
        if self.merged_into.is_some() {
            return Err(Refusal::Merged);
        }
        if self.kind == kind {
            return Err(Refusal::NoChange);
        }
        Ok(Fact::Detailed(Detail::KindChanged { kind }))
    }

    /// Whether a status is worth choosing now; what else its act needs is said when it is chosen.
    #[must_use]
    pub fn offers(&self, status: &Status, service: &Service, now: Timestamp) -> bool {
        let open = self.must_be_open().is_ok();
        match self.way_to(status) {
            Err(_) => false,
            Ok(Way::Stay | Way::Resume) => true,
            Ok(Way::Reopen) => self.may(Deed::Reopen(Side::Serving), service, now).is_ok(),
            Ok(Way::WaitForRequester | Way::WaitForOthers) => open,
            Ok(Way::Solve) => open && !self.is_handoff(),
        }
    }

    /// What the serving side says of it beside the conversation, as far as it stays with the ticket.
    pub(super) fn detail(&mut self, detail: &Detail) {
        match detail {
            Detail::StatusSet { stands, .. } if stands.fits(self.category(), self.kind) => {
                self.status = Some(*stands);
            }
            Detail::StatusCleared => self.status = None,
            Detail::KindChanged { kind } => {
                self.kind = *kind;
                self.status = self.status.filter(|stands| stands.fits(stands.category, *kind));
            }
            Detail::SentAgain { what } => self.sent_again(*what),
            Detail::StatusSet { .. }
            | Detail::TagAdded { .. }
            | Detail::TagRemoved { .. }
            | Detail::Answered { .. }
            | Detail::Spent { .. }
            | Detail::Ticked { .. }
            | Detail::Linked { .. }
            | Detail::Unlinked { .. }
            | Detail::MacroRan { .. }
            | Detail::Told { .. }
            | Detail::NoteChanged { .. } => {}
        }
    }

    fn may_have(&self, status: &Status) -> Result<(), Refusal> {
        if self.merged_into.is_some() {
            return Err(Refusal::Merged);
        }
        if self.status.is_some_and(|own| own.id == status.id) {
            return Err(Refusal::NoChange);
        }
        if !status.is_for(self.kind) {
            return Err(Refusal::StatusOfOtherKind);
        }
        if status.retired { Err(Refusal::StatusRetired) } else { Ok(()) }
    }
}

//! What a fact does to who has a ticket, and to how far it is. Custody, clocks and everybody who asks for an owner
//! read these steps, so that a fact beside them is named here and nowhere else.

use super::{Closing, Fact, Opening, Side, Unanswered, WaitOn};
use crate::id::{PersonId, UnitId};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// It began; as a hand-off, when it was asked.
    Opened(&'a Opening),
    Transferred {
        unit: UnitId,
        person: Option<PersonId>,
    },
    Assigned(Option<PersonId>),
    /// Somebody wrote, and no machine.
    Spoke(Side),
    WaitStarted(WaitOn),
    WaitEnded,
    Solved,
    Reopened(Side),
    Closed(Closing),
    Escalated(UnitId),
    /// What a ticket that was merged into it still had to answer.
    Owes(Unanswered),
}

impl Fact {
    /// `None` for what changes neither who has the ticket nor how far it is.
    #[must_use]
    pub const fn step(&self) -> Option<Step<'_>> {
        match self {
            Self::Opened(opening) | Self::Asked(opening) => Some(Step::Opened(opening)),
            Self::Transferred { unit, person, .. } => {
                Some(Step::Transferred { unit: *unit, person: *person })
            }
            Self::Assigned { person } => Some(Step::Assigned(*person)),
            Self::Replied { side, automatic: false, .. } => Some(Step::Spoke(*side)),
            Self::WaitStarted { on, .. } => Some(Step::WaitStarted(*on)),
            Self::WaitEnded => Some(Step::WaitEnded),
            Self::Solved { .. } => Some(Step::Solved),
            Self::Reopened { side, .. } => Some(Step::Reopened(*side)),
            Self::Closed { how, .. } => Some(Step::Closed(*how)),
            Self::Escalated { unit, .. } => Some(Step::Escalated(*unit)),
            Self::MergedInto { .. } => Some(Step::Closed(Closing::Merged)),
            Self::TookIn { unanswered: Some(unanswered), .. } => Some(Step::Owes(*unanswered)),
            Self::TookIn { unanswered: None, .. }
            | Self::Replied { automatic: true, .. }
            | Self::Noted { .. }
            | Self::PriorityChanged { .. }
            | Self::ServiceChanged { .. }
            | Self::Renewed
            | Self::TakenBack { .. }
            | Self::Undone { .. }
            | Self::StrangerWrote { .. }
            | Self::Released { .. }
            | Self::Bounced { .. }
            | Self::CopyAdded { .. }
            | Self::CopyEnded { .. }
            | Self::Rated { .. }
            | Self::Detailed(_)
            | Self::Snoozed { .. }
            | Self::Woken
            | Self::Unmerged { .. }
            | Self::GaveBack { .. }
            | Self::Logged => None,
        }
    }

    /// The unit that owns the ticket from here on, when the fact says so.
    #[must_use]
    pub const fn owner(&self) -> Option<UnitId> {
        match self.step() {
            Some(Step::Opened(opening)) => Some(opening.unit),
            Some(Step::Transferred { unit, .. } | Step::Escalated(unit)) => Some(unit),
            Some(
                Step::Assigned(_)
                | Step::Spoke(_)
                | Step::WaitStarted(_)
                | Step::WaitEnded
                | Step::Solved
                | Step::Reopened(_)
                | Step::Closed(_)
                | Step::Owes(_),
            )
            | None => None,
        }
    }

    /// The person to whom it gives the ticket.
    #[must_use]
    pub const fn holder(&self) -> Option<PersonId> {
        match self.step() {
            Some(Step::Opened(opening)) => opening.person,
            Some(Step::Transferred { person, .. } | Step::Assigned(person)) => person,
            Some(
                Step::Spoke(_)
                | Step::WaitStarted(_)
                | Step::WaitEnded
                | Step::Solved
                | Step::Reopened(_)
                | Step::Closed(_)
                | Step::Escalated(_)
                | Step::Owes(_),
            )
            | None => None,
        }
    }
}

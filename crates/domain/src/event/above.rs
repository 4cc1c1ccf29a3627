//! Which events of a hand-off count on the ticket that waits for it.

use super::{Fact, Side};

impl Fact {
    /// Whether the ticket that waits for a hand-off is derived from this event of it as well: what blocks and
    /// unblocks it, what was delivered, and what the serving unit said to the unit that asked.
    #[must_use]
    pub const fn counts_above(&self) -> bool {
        match self {
            Self::Asked(_) | Self::Solved { .. } | Self::Closed { .. } => true,
            Self::Replied { side, automatic, .. } => matches!(side, Side::Serving) && !*automatic,
            Self::Opened(_)
            | Self::Transferred { .. }
            | Self::Assigned { .. }
            | Self::Noted { .. }
            | Self::WaitStarted { .. }
            | Self::WaitEnded
            | Self::Reopened { .. }
            | Self::PriorityChanged { .. }
            | Self::ServiceChanged { .. }
            | Self::Renewed
            | Self::Escalated { .. }
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
            | Self::MergedInto { .. }
            | Self::Unmerged { .. }
            | Self::TookIn { .. }
            | Self::GaveBack { .. }
            | Self::Logged => false,
        }
    }
}

//! What a unit provides, to whom, and under which rules of closing.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::affiliation::Class;
use crate::id::{ServiceId, UnitId};
use crate::priority::Matrix;

/// Who may use a service. No audience means nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    pub internal: bool,
    pub connected: bool,
    pub external: bool,
}

impl Audience {
    #[must_use]
    pub const fn admits(self, class: Class) -> bool {
        match class {
            Class::Internal => self.internal,
            Class::Connected => self.connected,
            Class::External => self.external,
        }
    }
}

/// The rules of a service that verbs ask about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub id: ServiceId,
    pub unit: UnitId,
    pub audience: Audience,
    /// No other provider exists for internal requesters.
    pub captive: bool,
    /// Only the holder's unit sees its tickets; administrators need a reason each time.
    pub confidential: bool,
    /// Working time the owner of an outer ticket needs after a hand-off comes back.
    pub finishing_allowance: SignedDuration,
    pub matrix: Matrix,
    /// Days after solving in which the requester may reopen.
    pub reopen_days: u16,
    /// Days after solving until a ticket is closed by itself.
    pub close_days: u16,
    /// Who decides when a captive requester escalates.
    pub neutral_owner: Option<UnitId>,
}

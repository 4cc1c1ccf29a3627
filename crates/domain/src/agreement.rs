//! Promises about a service: SLA, OLA and UC hold versioned targets.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::id::{AgreementId, CalendarId, TargetId};
use crate::priority::Priority;
use crate::word::words;

/// To whom the promise is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementKind {
    /// To a customer, outside or inside.
    Sla,
    /// Between units: runs for each stay of a ticket in the providing unit.
    Ola,
    /// With a supplier.
    Uc,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Opened to the first public reply by a person of the serving side.
    FirstResponse,
    /// Oldest unanswered message of the requester's side to the next public reply.
    NextResponse,
    /// Opened to solved; a reopening resumes it.
    Resolution,
    /// Our last public message to the next one.
    NextUpdate,
    /// Delivered to accepted or returned (hand-offs).
    Acceptance,
}

words!(AgreementKind { Sla = "sla", Ola = "ola", Uc = "uc" });
impl std::fmt::Display for Metric {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.as_str())
    }
}

words!(Metric {
    FirstResponse = "first_response",
    NextResponse = "next_response",
    Resolution = "resolution",
    NextUpdate = "next_update",
    Acceptance = "acceptance",
});

/// Which waits stop a clock. A hand-off never does: the customer is still waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pauses {
    pub requester: bool,
    pub supplier: bool,
    pub agreed: bool,
}

/// One promised duration in working time of `calendar`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    pub id: TargetId,
    pub agreement: AgreementId,
    pub kind: AgreementKind,
    pub metric: Metric,
    /// Only for tickets of this priority; `None` for every priority that has no target of its own.
    pub priority: Option<Priority>,
    /// Working time, in seconds.
    #[serde(with = "seconds")]
    pub within: SignedDuration,
    pub calendar: CalendarId,
    /// The share of tickets promised to keep it, for example 0.95; `None` means each one.
    pub quantile: Option<f64>,
    pub pauses: Pauses,
}

/// The targets that apply to a ticket of `priority`: for each agreement and metric the target of
/// that priority, else the one for every priority.
#[must_use]
pub fn applicable(targets: &[Target], priority: Priority) -> Vec<&Target> {
    targets
        .iter()
        .filter(|target| match target.priority {
            Some(own) => own == priority,
            None => !targets.iter().any(|other| {
                other.agreement == target.agreement
                    && other.metric == target.metric
                    && other.priority == Some(priority)
            }),
        })
        .collect()
}

mod seconds {
    //! Durations as whole seconds in stored payloads.

    use jiff::SignedDuration;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &SignedDuration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(duration.as_secs())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SignedDuration, D::Error> {
        i64::deserialize(from).map(SignedDuration::from_secs)
    }
}

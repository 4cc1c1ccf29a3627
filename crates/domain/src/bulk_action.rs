//! The same done with many tickets: how far it is, what became of each, and how one is taken back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::id::{PersonId, ServiceId, UnitId};
use crate::priority::Priority;
use crate::snooze::Until;
use crate::ticket::Ticket;
use crate::word::words;

/// The most tickets of one bulk action.
pub const MOST: usize = 10_000;

/// How far a bulk action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Chosen and shown to who wants it; nothing was done.
    Proposed,
    Running,
    Done,
    /// What was done before stands.
    Cancelled,
}

words!(State { Proposed = "proposed", Running = "running", Done = "done", Cancelled = "cancelled" });

/// What became of one of its tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not acted on yet.
    Waiting,
    Did,
    /// It was so before.
    Already,
    Refused,
}

words!(Outcome { Waiting = "waiting", Did = "did", Already = "already", Refused = "refused" });

/// What of a ticket can be set back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub unit: UnitId,
    pub person: Option<PersonId>,
    pub priority: Priority,
    pub service: ServiceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// What was answered in the fields that were set, by their keys, as it would be typed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Vec<String>>,
}

impl Settings {
    #[must_use]
    pub const fn of(ticket: &Ticket) -> Self {
        Self {
            unit: ticket.unit,
            person: ticket.person,
            priority: ticket.priority,
            service: ticket.service,
            snoozed_until: ticket.snoozed_until,
            answers: BTreeMap::new(),
        }
    }
}

/// How what was done with one ticket is taken back, as long as it stands as it was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    pub was: Settings,
    pub left: Settings,
}

impl Back {
    /// `None` where nothing was set, or where something was done that nobody can take back.
    #[must_use]
    pub fn of(actions: &[Action], was: Settings, left: Settings) -> Option<Self> {
        (was != left && can_be_taken_back(actions)).then_some(Self { was, left })
    }

    /// What sets the ticket back; `reason` is why its priority changes again.
    #[must_use]
    pub fn actions(&self, reason: &str) -> Vec<Action> {
        let Self { was, left } = self;
        let mut actions = Vec::new();
        if was.unit != left.unit {
            actions.push(Action::Transfer { unit: was.unit, reason: reason.to_owned() });
        }
        if was.service != left.service {
            actions.push(Action::SetService { service: was.service });
        }
        if was.priority != left.priority {
            actions.push(Action::SetPriority { priority: was.priority, reason: reason.to_owned() });
        }
        // Whoever comes back to another unit is in nobody's hands there.
        let holder = if was.unit == left.unit { left.person } else { None };
        match was.person {
            Some(person) if holder != Some(person) => actions.push(Action::Assign { person }),
            None if holder.is_some() => actions.push(Action::PutBack),
            Some(_) | None => {}
        }
        if was.snoozed_until != left.snoozed_until {
            let sleeps = |until| Action::Snooze { until: Until::At(until) };
            actions.push(was.snoozed_until.map_or(Action::Wake, sleeps));
        }
        let changed = was.answers.iter().filter(|(key, values)| left.answers.get(*key) != Some(values));
        actions.extend(
            changed.map(|(key, values)| Action::SetField { field: key.clone(), values: values.clone() }),
        );
        actions
    }
}

/// Whether everything of a list can be taken back; what was said, asked or solved cannot.
#[must_use]
pub fn can_be_taken_back(actions: &[Action]) -> bool {
    actions.iter().all(|action| match action {
        Action::Take
        | Action::Assign { .. }
        | Action::PutBack
        | Action::Transfer { .. }
        | Action::SetPriority { .. }
        | Action::SetService { .. }
        | Action::Snooze { .. }
        | Action::Wake
        | Action::SetField { .. } => true,
        Action::WaitForRequester
        | Action::Solve { .. }
        | Action::Reply { .. }
        | Action::Note { .. }
        | Action::Ask { .. }
        | Action::Tag { .. }
        | Action::Untag { .. }
        | Action::SetStatus { .. }
        | Action::AddSteps { .. }
        | Action::Reopen { .. }
        | Action::Close
        | Action::Tell { .. } => false,
    })
}

#[cfg(test)]
mod tests;

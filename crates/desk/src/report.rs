//! Reports: figures over many tickets, each row with the number of tickets behind it.

pub mod durations;
pub mod handoffs;
pub mod ledger;
pub mod promises;
pub mod quantile;

use jiff::SignedDuration;
use serde::Serialize;
pub use store::report::Filter;

use crate::act::Look;
use crate::{DeskError, Problem};

/// What a row is about. In JSON it is one field with the name of the grouping: `"week": "2016-W09"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Week(String),
    Priority(u8),
    Unit(Option<String>),
    Service(String),
    Holder(String),
}

impl Group {
    /// The word for people; `None` where there is nobody to name.
    #[must_use]
    pub fn word(&self) -> Option<String> {
        match self {
            Self::Week(word) | Self::Service(word) | Self::Holder(word) => Some(word.clone()),
            Self::Priority(number) => Some(format!("P{number}")),
            Self::Unit(unit) => unit.clone(),
        }
    }
}

/// Refuses a source that no ticket was imported from, with the ones there are.
pub fn must_know_source(look: &mut Look, filter: &Filter) -> Result<(), DeskError> {
    let Some(source) = &filter.source else { return Ok(()) };
    let known = store::report::sources(look.tx)?;
    if known.contains(source) {
        return Ok(());
    }
    let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
    Err(DeskError::invalid("source", Problem::SourceUnknown { log: source.clone(), known }))
}

fn unit_name(look: &Look, unit: domain::id::UnitId) -> String {
    look.catalogue.unit_name(unit).to_owned()
}

fn service_name(look: &Look, service: domain::id::ServiceId) -> String {
    look.catalogue
        .services
        .get(&service)
        .map_or_else(|| "unknown service".to_owned(), |offer| offer.name.clone())
}

/// A duration in hours.
#[must_use]
pub fn hours(duration: SignedDuration) -> f64 {
    duration.as_secs_f64() / 3600.0
}

#[cfg(test)]
mod tests;

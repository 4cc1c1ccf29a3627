//! The catalogue of services: what units provide, to whom, and under which rules.

#[cfg(test)]
mod tests;

use domain::id::{ServiceId, UnitId};
use domain::permission::Viewer;
use domain::priority::Matrix;
use domain::service::{Audience, Service};
use jiff::SignedDuration;
use serde_json::json;
use store::catalogue::{Catalogue, Offer};
use store::event::Subject;

use crate::act::Act;
use crate::entitled::{self, Entitled, differing};
use crate::plan;
use crate::words::Name;
use crate::{DeskError, Problem, project};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub summary: String,
    pub unit: UnitId,
    pub audience: Audience,
    /// No other provider exists for internal requesters.
    pub captive: bool,
    pub confidential: bool,
    /// Working time the owner of an outer ticket needs after a hand-off comes back.
    pub finishing_allowance: SignedDuration,
    pub matrix: Matrix,
    pub reopen_days: u16,
    pub close_days: u16,
    pub neutral_unit: Option<UnitId>,
    /// The usual plan as JSON, see [`plan::parse`].
    pub plan: Option<String>,
}

impl Input {
    /// A service for nobody yet, with the usual rules.
    #[must_use]
    pub fn named(name: &str, unit: UnitId) -> Self {
        Self {
            name: name.to_owned(),
            summary: String::new(),
            unit,
            audience: Audience::default(),
            captive: false,
            confidential: false,
            finishing_allowance: SignedDuration::ZERO,
            matrix: Matrix::default(),
            reopen_days: 14,
            close_days: 7,
            neutral_unit: None,
            plan: None,
        }
    }
}

/// What was saved, and what may surprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Saved {
    pub id: ServiceId,
    /// It has no audience: only those who serve know that it exists.
    pub visible_to_nobody: bool,
}

pub fn create(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<Saved, DeskError> {
    by.check(act)?;
    let id = ServiceId(act.new_id());
    let offer = checked(act, id, input)?;
    store::service::insert(act.tx, &offer, act.now)?;
    entitled::record(act, Subject::Service(id.0), "created", &json!({ "unit": input.unit }))?;
    Ok(saved(&offer))
}

pub fn change(act: &mut Act, by: &impl Entitled, id: ServiceId, input: &Input) -> Result<Saved, DeskError> {
    by.check(act)?;
    let before = live(act, "service", id)?;
    let offer = checked(act, id, input)?;
    let (was, is) = (&before.service, &offer.service);
    let changed = differing(&[
        ("name", before.name != offer.name),
        ("summary", before.summary != offer.summary),
        ("unit", was.unit != is.unit),
        ("audience", was.audience != is.audience),
        ("captive", was.captive != is.captive),
        ("confidential", was.confidential != is.confidential),
        ("finishing_allowance", was.finishing_allowance != is.finishing_allowance),
        ("matrix", was.matrix != is.matrix),
        ("reopen_days", was.reopen_days != is.reopen_days),
        ("close_days", was.close_days != is.close_days),
        ("neutral_unit", was.neutral_owner != is.neutral_owner),
        ("plan", before.plan != offer.plan),
    ]);
    if !changed.is_empty() {
        store::service::update(act.tx, &offer)?;
        entitled::record(act, Subject::Service(id.0), "changed", &json!({ "fields": changed }))?;
    }
    if was.confidential != is.confidential {
        store::ticket::of_setup::set_confidential(act.tx, id, is.confidential)?;
    }
    if was.finishing_allowance != is.finishing_allowance {
        let blocked = store::ticket::of_setup::blocked_of_service(act.tx, id)?;
        project::reorder(act, blocked)?;
    }
    Ok(saved(&offer))
}

/// Takes a service out of the catalogue; tickets about it go on.
pub fn end(act: &mut Act, by: &impl Entitled, id: ServiceId) -> Result<(), DeskError> {
    by.check(act)?;
    let offer = live(act, "service", id)?;
    store::service::update(act.tx, &Offer { ended_at: Some(act.now), ..offer })?;
    entitled::record(act, Subject::Service(id.0), "ended", &json!({}))
}

/// The services a viewer may ask for, by name.
#[must_use]
pub fn offered<'a>(catalogue: &'a Catalogue, viewer: &Viewer) -> Vec<&'a Offer> {
    let mut offers: Vec<&Offer> = catalogue
        .services
        .values()
        .filter(|offer| offer.ended_at.is_none() && offer.service.audience.admits(viewer.class))
        .collect();
    offers.sort_by_cached_key(|offer| (offer.name.to_lowercase(), offer.service.id));
    offers
}

/// The service, when it exists and has not ended.
pub(crate) fn live(act: &Act, field: &'static str, id: ServiceId) -> Result<Offer, DeskError> {
    let offer = act.catalogue.services.get(&id).filter(|offer| offer.ended_at.is_none());
    offer.cloned().ok_or_else(|| DeskError::invalid(field, Problem::ServiceEnded))
}

fn saved(offer: &Offer) -> Saved {
    Saved { id: offer.service.id, visible_to_nobody: offer.service.audience == Audience::default() }
}

fn checked(act: &Act, id: ServiceId, input: &Input) -> Result<Offer, DeskError> {
    crate::units::live(act, "unit", input.unit)?;
    neutral(act, input)?;
    closing(input)?;
    let plan = match input.plan.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Some(plan::parse(text, &act.catalogue, id)?.to_json()),
        None => None,
    };
    let service = Service {
        id,
        unit: input.unit,
        audience: input.audience,
        captive: input.captive,
        confidential: input.confidential,
        finishing_allowance: input.finishing_allowance,
        matrix: input.matrix,
        reopen_days: input.reopen_days,
        close_days: input.close_days,
        neutral_owner: input.neutral_unit,
    };
    Ok(Offer {
        service,
        name: free_name(act, id, &input.name)?,
        summary: summary(&input.summary)?,
        plan,
        ended_at: None,
    })
}

fn free_name(act: &Act, own: ServiceId, text: &str) -> Result<String, DeskError> {
    let name = Name::parse(text)?;
    let mut offers = act.catalogue.services.values();
    match offers.find(|other| other.name == name.as_str() && other.service.id != own) {
        None => Ok(name.as_str().to_owned()),
        Some(other) => {
            let name = other.name.clone();
            Err(DeskError::invalid(
                "name",
                match other.ended_at {
                    None => Problem::ServiceNameTaken { name },
                    Some(_) => Problem::ServiceNameTakenByEnded { name },
                },
            ))
        }
    }
}

fn summary(text: &str) -> Result<String, DeskError> {
    const MOST: usize = 1_000;
    let text = text.trim();
    let length = text.chars().count();
    if length > MOST {
        return Err(DeskError::invalid("summary", Problem::SummaryTooLong { length, most: MOST }));
    }
    Ok(text.replace('\0', "\u{fffd}"))
}

/// Whoever cannot go elsewhere must be able to ask somebody neutral.
fn neutral(act: &Act, input: &Input) -> Result<(), DeskError> {
    if input.captive && !input.audience.internal {
        return Err(DeskError::invalid("captive", Problem::CaptiveWithoutInternal));
    }
    match input.neutral_unit {
        Some(unit) if unit == input.unit => {
            Err(DeskError::invalid("neutral_unit", Problem::ProviderNotNeutral))
        }
        Some(unit) => crate::units::live(act, "neutral_unit", unit).map(|_| ()),
        None if input.captive => Err(DeskError::invalid("neutral_unit", Problem::NeutralOwnerMissing)),
        None => Ok(()),
    }
}

fn closing(input: &Input) -> Result<(), DeskError> {
    const MOST_DAYS: u16 = 365;
    for (field, days) in [("reopen_days", input.reopen_days), ("close_days", input.close_days)] {
        if days == 0 || days > MOST_DAYS {
            return Err(DeskError::invalid(field, Problem::DaysOutOfRange { most: MOST_DAYS }));
        }
    }
    let most = SignedDuration::from_hours(30 * 24);
    if input.finishing_allowance.is_negative() || input.finishing_allowance > most {
        return Err(DeskError::invalid("finishing_allowance", Problem::AllowanceOutOfRange));
    }
    Ok(())
}

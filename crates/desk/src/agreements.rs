//! Agreements: promises about a service, judged by its plan before they are made.

mod judgement;
#[cfg(test)]
mod tests;

use domain::affiliation::Class;
use domain::agreement::{AgreementKind, Metric, Pauses, Target};
use domain::id::{AgreementId, CalendarId, ServiceId, TargetId, UnitId};
use domain::permission::Viewer;
use domain::priority::Priority;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::catalogue::{Agreement, Catalogue};
use store::event::Subject;

pub use judgement::{Finding, Judged, JudgedTarget, Named};

use crate::act::{Act, Look};
use crate::entitled::{self, Entitled};
use crate::words::Name;
use crate::{DeskError, Problem};

/// A version of an agreement as it is edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub name: String,
    pub kind: AgreementKind,
    pub service: ServiceId,
    /// Only for requesters of this class.
    pub class: Option<Class>,
    /// Only for hand-offs that this unit asks.
    pub asking: Option<UnitId>,
    /// From when it binds new tickets; without it from the moment it is saved.
    pub from: Option<Timestamp>,
    pub targets: Vec<TargetDraft>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TargetDraft {
    pub metric: Metric,
    /// `None` for every priority that has no target of its own.
    pub priority: Option<Priority>,
    /// Working time of the calendar.
    pub within: SignedDuration,
    pub calendar: CalendarId,
    pub quantile: Option<f64>,
    pub pauses: Pauses,
}

impl Draft {
    /// What a saved version says, to be edited.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Self {
        let target = |target: &Target| TargetDraft {
            metric: target.metric,
            priority: target.priority,
            within: target.within,
            calendar: target.calendar,
            quantile: target.quantile,
            pauses: target.pauses,
        };
        Self {
            name: agreement.name.clone(),
            kind: agreement.kind,
            service: agreement.service,
            class: agreement.class,
            asking: agreement.asking,
            from: None,
            targets: agreement.targets.iter().map(target).collect(),
        }
    }
}

/// The verdict on a draft while it is edited.
pub fn judge(look: &mut Look, viewer: &Viewer, draft: &Draft) -> Result<Judged, DeskError> {
    crate::error::administrator(viewer)?;
    checked(&look.catalogue, draft)?;
    judgement::judge(look.tx, &look.catalogue, draft, look.now)
}

/// Makes a version: a first one, or the one after `previous`. Tickets keep the version of their
/// opening. A promise that its plan does not keep needs a reason.
pub fn save(
    act: &mut Act,
    by: &impl Entitled,
    previous: Option<AgreementId>,
    draft: &Draft,
    override_reason: Option<&str>,
) -> Result<AgreementId, DeskError> {
    by.check(act)?;
    let name = checked(&act.catalogue, draft)?;
    let from = draft.from.unwrap_or(act.now);
    let before = previous.map(|previous| replaced(act, previous, draft, from)).transpose()?;
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let judged = judgement::judge(act.tx, &catalogue, draft, act.now)?;
    let reason = accepted(&judged, draft, override_reason)?;
    let id = AgreementId(act.new_id());
    let agreement = Agreement {
        id,
        name,
        kind: draft.kind,
        service: draft.service,
        class: draft.class,
        asking: draft.asking,
        version: before.as_ref().map_or(1, |before| before.version + 1),
        previous,
        valid_from: from,
        valid_until: None,
        override_reason: reason,
        targets: draft.targets.iter().map(|target| made(act, id, draft.kind, target)).collect(),
    };
    if let Some(before) = before {
        store::agreement::set_end(act.tx, before.id, from)?;
    }
    store::agreement::insert(act.tx, &agreement)?;
    let payload = json!({
        "service": draft.service,
        "previous": previous,
        "version": agreement.version,
        "against_the_plan": agreement.override_reason.is_some(),
    });
    let kind = if previous.is_some() { "changed" } else { "created" };
    entitled::record(act, Subject::Agreement(id.0), kind, &payload)?;
    Ok(id)
}

/// Ends an agreement; tickets that were opened under it keep it.
pub fn end(act: &mut Act, by: &impl Entitled, id: AgreementId) -> Result<(), DeskError> {
    by.check(act)?;
    let agreement = current(&act.catalogue, id)?;
    if agreement.valid_until.is_some() {
        return Ok(());
    }
    let until = agreement.valid_from.max(act.now);
    store::agreement::set_end(act.tx, id, until)?;
    entitled::record(act, Subject::Agreement(id.0), "ended", &json!({}))
}

/// Every version of the agreement to which `id` belongs, newest first.
#[must_use]
pub fn versions(catalogue: &Catalogue, id: AgreementId) -> Vec<&Agreement> {
    let after = |id| catalogue.agreements.iter().find(|other| other.previous == Some(id));
    let known = |id| catalogue.agreements.iter().find(|other| other.id == id);
    let Some(mut newest) = known(id) else { return Vec::new() };
    while let Some(next) = after(newest.id) {
        newest = next;
    }
    std::iter::successors(Some(newest), |version| known(version.previous?)).collect()
}

fn current(catalogue: &Catalogue, id: AgreementId) -> Result<&Agreement, DeskError> {
    let newest = *versions(catalogue, id).first().ok_or(DeskError::NotFound)?;
    if newest.id == id {
        return Ok(newest);
    }
    Err(DeskError::Conflict(Problem::AgreementChanged { version: newest.version }))
}

fn replaced(
    act: &Act,
    previous: AgreementId,
    draft: &Draft,
    from: Timestamp,
) -> Result<Agreement, DeskError> {
    let before = current(&act.catalogue, previous)?;
    if before.service != draft.service {
        return Err(DeskError::invalid("service", Problem::VersionOfAnotherService));
    }
    if before.kind != draft.kind {
        return Err(DeskError::invalid("kind", Problem::VersionOfAnotherKind));
    }
    if from < before.valid_from {
        return Err(DeskError::invalid("from", Problem::VersionTooEarly));
    }
    Ok(before.clone())
}

fn checked(catalogue: &Catalogue, draft: &Draft) -> Result<String, DeskError> {
    let name = Name::parse(&draft.name)?.as_str().to_owned();
    let service = catalogue.services.get(&draft.service).filter(|offer| offer.ended_at.is_none());
    let Some(service) = service else {
        return Err(DeskError::invalid("service", Problem::ServiceEnded));
    };
    match (draft.kind, draft.asking) {
        (AgreementKind::Sla | AgreementKind::Uc, Some(_)) => {
            return Err(DeskError::invalid("asking", Problem::AskingOnlyInOla));
        }
        (AgreementKind::Ola, Some(unit)) if unit == service.service.unit => {
            return Err(DeskError::invalid("asking", Problem::PromiseToItself));
        }
        (AgreementKind::Ola, Some(unit)) if !catalogue.units.contains_key(&unit) => {
            return Err(DeskError::invalid("asking", Problem::AskingUnknown));
        }
        (AgreementKind::Sla | AgreementKind::Ola | AgreementKind::Uc, _) => {}
    }
    if draft.targets.is_empty() {
        return Err(DeskError::invalid("targets", Problem::TargetsMissing));
    }
    for (place, target) in draft.targets.iter().enumerate() {
        target_fits(catalogue, draft, place, target)?;
    }
    Ok(name)
}

fn target_fits(
    catalogue: &Catalogue,
    draft: &Draft,
    place: usize,
    target: &TargetDraft,
) -> Result<(), DeskError> {
    let most = SignedDuration::from_hours(10_000);
    if catalogue.calendar(target.calendar).is_none() {
        return Err(DeskError::invalid("calendar", Problem::CalendarUnknown));
    }
    if target.within < SignedDuration::from_secs(60) || target.within > most {
        return Err(DeskError::invalid("within", Problem::WithinOutOfRange));
    }
    if target.quantile.is_some_and(|share| !(share > 0.0 && share <= 1.0)) {
        return Err(DeskError::invalid("quantile", Problem::QuantileOutOfRange));
    }
    if draft.kind == AgreementKind::Uc && target.metric != Metric::Resolution {
        return Err(DeskError::invalid("metric", Problem::SupplierPromisesResolution));
    }
    let same = |other: &TargetDraft| other.metric == target.metric && other.priority == target.priority;
    if draft.targets[..place].iter().any(same) {
        return Err(DeskError::invalid("targets", Problem::PromisedTwice { metric: target.metric }));
    }
    Ok(())
}

/// The reason to keep beside a promise that does not fit; an error when there is none.
fn accepted(judged: &Judged, draft: &Draft, reason: Option<&str>) -> Result<Option<String>, DeskError> {
    const MOST: usize = 1_000;
    let Some((place, missing, binding)) = judged.worst() else { return Ok(None) };
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    match reason {
        Some(reason) if reason.chars().count() <= MOST => Ok(Some(reason.replace('\0', "\u{fffd}"))),
        Some(_) => Err(DeskError::invalid("override_reason", Problem::ReasonTooLong { most: MOST })),
        None => Err(DeskError::invalid(
            "override_reason",
            Problem::DoesNotFit {
                metric: draft.targets[place].metric,
                within: hours(draft.targets[place].within),
                missing: hours(missing),
                binding: binding.to_string(),
            },
        )),
    }
}

fn made(act: &Act, agreement: AgreementId, kind: AgreementKind, target: &TargetDraft) -> Target {
    Target {
        id: TargetId(act.new_id()),
        agreement,
        kind,
        metric: target.metric,
        priority: target.priority,
        within: target.within,
        calendar: target.calendar,
        quantile: target.quantile,
        pauses: target.pauses,
    }
}

fn hours(time: SignedDuration) -> String {
    let minutes = time.as_secs().div_euclid(60);
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

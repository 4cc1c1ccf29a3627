//! Whether the targets of a draft can be kept by the usual plan of its service, with names to tell it.

use std::collections::BTreeMap;
use std::fmt;

use domain::agreement::{AgreementKind, Metric};
use domain::feasibility::{self, Allowance, Chance, Stage, Verdict, Walk};
use domain::id::{ServiceId, UnitId};
use jiff::{SignedDuration, Timestamp};
use store::Tx;
use store::catalogue::Catalogue;

use super::{Draft, TargetDraft};
use crate::plan::{self, Asked, Step};
use crate::{DeskError, Problem};

const DRAWS: u32 = 2_000;
const SEED: u64 = 6;
const HISTORY: u16 = 200;

/// What came of each target that a plan can be held against: those of resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub targets: Vec<JudgedTarget>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct JudgedTarget {
    /// Its place in the draft.
    pub place: usize,
    pub finding: Finding,
    /// How probable it is by what the stages took before; `None` without a history.
    pub chance: Option<Chance>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// The service declares no usual plan, so nothing can be said.
    NoPlan,
    /// The stored plan names something that is gone.
    PlanBroken {
        problem: Problem,
    },
    Fits {
        spare: SignedDuration,
        worst: Walk,
    },
    DoesNotFit {
        missing: SignedDuration,
        binding: Named,
        worst: Walk,
    },
    /// A hand-off of the plan has no agreement.
    CannotTell {
        stage: Named,
    },
}

/// A stage with the names to show it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Position among the plan's works and hand-offs, from 0.
    pub place: usize,
    pub unit: UnitId,
    pub unit_name: String,
    /// The service asked for; none for own work.
    pub service: Option<(ServiceId, String)>,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.service {
            Some((_, service)) => write!(f, "{} ({service})", self.unit_name),
            None => f.write_str(&self.unit_name),
        }
    }
}

impl Judged {
    /// The target that is missed by most: its place, by how much, and the binding unit.
    #[must_use]
    pub fn worst(&self) -> Option<(usize, SignedDuration, &Named)> {
        let missed = self.targets.iter().filter_map(|target| match &target.finding {
            Finding::DoesNotFit { missing, binding, .. } => Some((target.place, *missing, binding)),
            Finding::NoPlan
            | Finding::PlanBroken { .. }
            | Finding::Fits { .. }
            | Finding::CannotTell { .. } => None,
        });
        missed.max_by_key(|(_, missing, _)| *missing)
    }
}

pub(super) fn judge(
    tx: &mut Tx,
    catalogue: &Catalogue,
    draft: &Draft,
    now: Timestamp,
) -> Result<Judged, DeskError> {
    let plan = match draft.kind {
        AgreementKind::Sla | AgreementKind::Ola => usual(catalogue, draft.service),
        // A supplier's promise stands outside the plan of our own units.
        AgreementKind::Uc => return Ok(Judged { targets: Vec::new() }),
    };
    let mut targets = Vec::new();
    for (place, target) in draft.targets.iter().enumerate() {
        if target.metric != Metric::Resolution {
            continue;
        }
        let (finding, chance) = match &plan {
            Ok(Some(step)) => held_against(tx, catalogue, draft, target, step, now)?,
            Ok(None) => (Finding::NoPlan, None),
            Err(problem) => (Finding::PlanBroken { problem: problem.clone() }, None),
        };
        targets.push(JudgedTarget { place, finding, chance });
    }
    Ok(Judged { targets })
}

fn usual(catalogue: &Catalogue, service: ServiceId) -> Result<Option<Step>, Problem> {
    let text = catalogue.services.get(&service).and_then(|offer| offer.plan.as_deref());
    text.map(|text| plan::parse(text, catalogue, service)).transpose().map_err(|error| match error {
        DeskError::Invalid { problem, .. } | DeskError::Conflict(problem) => problem,
        DeskError::NotFound
        | DeskError::NotAllowed
        | DeskError::Refused(_)
        | DeskError::Circle(_)
        | DeskError::Store(_) => Problem::StepServiceUnknown,
    })
}

fn held_against(
    tx: &mut Tx,
    catalogue: &Catalogue,
    draft: &Draft,
    target: &TargetDraft,
    step: &Step,
    now: Timestamp,
) -> Result<(Finding, Option<Chance>), DeskError> {
    let owner = catalogue.service(draft.service).map(|service| service.unit);
    let (Some(unit), Some(calendar)) = (owner, catalogue.calendar(target.calendar)) else {
        return Err(DeskError::NotFound);
    };
    let asked = Asked { unit, priority: target.priority, at: now };
    let seen = history(tx, catalogue, step, asked)?;
    let Some(plan) = plan::resolve(step, catalogue, asked, &seen) else {
        return Ok((Finding::PlanBroken { problem: Problem::StepServiceUnknown }, None));
    };
    let promise = Allowance { time: target.within, calendar };
    let finding = match feasibility::judge(&plan, promise, now) {
        Verdict::Fits { spare, worst } => Finding::Fits { spare, worst },
        Verdict::DoesNotFit { missing, binding, worst } => {
            Finding::DoesNotFit { missing, binding: named(catalogue, binding), worst }
        }
        Verdict::CannotTell { stage } => Finding::CannotTell { stage: named(catalogue, stage) },
    };
    Ok((finding, feasibility::chance(&plan, promise, now, DRAWS, SEED)))
}

/// How long each hand-off of the plan took lately, in the working time of its own promise.
fn history(
    tx: &mut Tx,
    catalogue: &Catalogue,
    step: &Step,
    asked: Asked,
) -> Result<BTreeMap<ServiceId, Vec<SignedDuration>>, DeskError> {
    let mut seen = BTreeMap::new();
    for service in step.services() {
        let (Some(ola), Some(provider)) = (plan::ola(catalogue, service, asked), catalogue.service(service))
        else {
            continue;
        };
        let delivered = store::service::delivered(tx, service, asked.unit, provider.unit, HISTORY)?;
        let took = delivered.into_iter().map(|(opened, solved)| ola.calendar.between(opened, solved));
        seen.insert(service, took.collect());
    }
    Ok(seen)
}

fn named(catalogue: &Catalogue, stage: Stage) -> Named {
    let service = stage.service.map(|service| {
        let name = catalogue.services.get(&service).map_or_else(String::new, |offer| offer.name.clone());
        (service, name)
    });
    Named {
        place: stage.place,
        unit: stage.unit,
        unit_name: catalogue.unit_name(stage.unit).to_owned(),
        service,
    }
}

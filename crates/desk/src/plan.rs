//! The usual plan of a service: written as JSON, judged as a path of own work and hand-offs.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use domain::affiliation::Class;
use domain::agreement::{AgreementKind, Metric, Target};
use domain::feasibility::{Allowance, Observed, Plan};
use domain::id::{CalendarId, ServiceId, UnitId};
use domain::priority::Priority;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::catalogue::{Catalogue, Promised};

use crate::{DeskError, Problem};

/// A step of a plan as it is stored:
/// `{"own":{"unit":1,"hours":4,"calendar":2}}`, `{"handoff":{"service":3}}`,
/// `{"sequence":[..]}`, `{"parallel":[..]}`.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Own { unit: UnitId, hours: f64, calendar: CalendarId },
    Handoff { service: ServiceId },
    Sequence(Vec<Step>),
    Parallel(Vec<Step>),
}

const MOST_STEPS: usize = 100;
const MOST_HOURS: f64 = 10_000.0;

/// Reads the plan of `service`; an error names the path of the step that is wrong.
pub fn parse(text: &str, catalogue: &Catalogue, service: ServiceId) -> Result<Step, DeskError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|cause| DeskError::invalid("plan", Problem::PlanNotJson { cause: cause.to_string() }))?;
    let mut reader = Reader { catalogue, service, steps: 0 };
    reader.step("plan", &value)
}

impl Step {
    #[must_use]
    pub fn to_json(&self) -> String {
        self.value().to_string()
    }

    /// The services it hands off to, in reading order.
    #[must_use]
    pub fn services(&self) -> Vec<ServiceId> {
        match self {
            Self::Own { .. } => Vec::new(),
            Self::Handoff { service } => vec![*service],
            Self::Sequence(steps) | Self::Parallel(steps) => steps.iter().flat_map(Self::services).collect(),
        }
    }

    fn value(&self) -> Value {
        let all = |steps: &[Self]| steps.iter().map(Self::value).collect::<Vec<_>>();
        match self {
            Self::Own { unit, hours, calendar } => {
                json!({ "own": { "unit": unit, "hours": hours, "calendar": calendar } })
            }
            Self::Handoff { service } => json!({ "handoff": { "service": service } }),
            Self::Sequence(steps) => json!({ "sequence": all(steps) }),
            Self::Parallel(steps) => json!({ "parallel": all(steps) }),
        }
    }
}

/// What a plan is judged under.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The unit that asks the hand-offs.
    pub unit: UnitId,
    /// Of the outer promise; without one the hand-offs are taken at their slowest.
    pub priority: Option<Priority>,
    pub at: Timestamp,
}

/// The plan with what the catalogue promises for each hand-off, and what was seen of it.
#[must_use]
pub fn resolve<'a>(
    step: &Step,
    catalogue: &'a Catalogue,
    asked: Asked,
    seen: &'a BTreeMap<ServiceId, Vec<SignedDuration>>,
) -> Option<Plan<'a>> {
    let all = |steps: &[Step]| -> Option<Vec<Plan<'a>>> {
        steps.iter().map(|step| resolve(step, catalogue, asked, seen)).collect()
    };
    Some(match step {
        Step::Own { unit, hours, calendar } => Plan::Own {
            unit: *unit,
            work: Allowance { time: duration(*hours), calendar: catalogue.calendar(*calendar)? },
            seen: None,
        },
        Step::Handoff { service } => {
            let ola = ola(catalogue, *service, asked);
            Plan::Handoff {
                unit: catalogue.service(*service)?.unit,
                service: *service,
                ola,
                seen: ola.and_then(|ola| observed(seen.get(service)?, ola)),
            }
        }
        Step::Sequence(steps) => Plan::Sequence(all(steps)?),
        Step::Parallel(steps) => Plan::Parallel(all(steps)?),
    })
}

/// What the provider of a service promises to a unit that asks: its tightest promise for a priority,
/// and without a priority the slowest of those.
#[must_use]
pub fn ola<'a>(catalogue: &'a Catalogue, service: ServiceId, asked: Asked) -> Option<Allowance<'a>> {
    let tightest = |priority: Priority| -> Option<&'a Target> {
        let promised = Promised {
            service,
            class: Class::Internal,
            asking: Some(asked.unit),
            priority,
            opened_at: asked.at,
        };
        let targets = catalogue.targets(&promised).into_iter();
        targets
            .filter(|target| target.kind == AgreementKind::Ola && target.metric == Metric::Resolution)
            .min_by_key(|target| target.within)
    };
    let target = match asked.priority {
        Some(priority) => tightest(priority),
        None => {
            let each: Option<Vec<&Target>> = Priority::ALL.into_iter().map(tightest).collect();
            each?.into_iter().max_by_key(|target| target.within)
        }
    }?;
    Some(Allowance { time: target.within, calendar: catalogue.calendar(target.calendar)? })
}

fn observed<'a>(durations: &'a [SignedDuration], ola: Allowance<'a>) -> Option<Observed<'a>> {
    (!durations.is_empty()).then_some(Observed { durations, calendar: ola.calendar })
}

fn duration(hours: f64) -> SignedDuration {
    SignedDuration::try_from_secs_f64((hours * 3_600.0).round()).unwrap_or(SignedDuration::ZERO)
}

struct Reader<'a> {
    catalogue: &'a Catalogue,
    service: ServiceId,
    steps: usize,
}

impl Reader<'_> {
    fn step(&mut self, path: &str, value: &Value) -> Result<Step, DeskError> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(wrong(path, Problem::StepsTooMany { most: MOST_STEPS }));
        }
        let only =
            value.as_object().filter(|object| object.len() == 1).and_then(|object| object.iter().next());
        let Some((kind, value)) = only else {
            return Err(wrong(path, Problem::StepKindMissing));
        };
        let path = format!("{path}.{kind}");
        match kind.as_str() {
            "own" => self.own(&path, value),
            "handoff" => self.handoff(&path, value),
            "sequence" => Ok(Step::Sequence(self.all(&path, value)?)),
            "parallel" => Ok(Step::Parallel(self.all(&path, value)?)),
            other => Err(wrong(&path, Problem::StepKindUnknown { kind: other.to_owned() })),
        }
    }

    fn all(&mut self, path: &str, value: &Value) -> Result<Vec<Step>, DeskError> {
        let steps = value.as_array().filter(|steps| !steps.is_empty());
        let steps = steps.ok_or_else(|| wrong(path, Problem::StepsMissing))?;
        steps.iter().enumerate().map(|(place, step)| self.step(&format!("{path}[{place}]"), step)).collect()
    }

    fn own(&self, path: &str, value: &Value) -> Result<Step, DeskError> {
        fields(path, value, &["unit", "hours", "calendar"])?;
        let unit = UnitId(id(path, value, "unit")?);
        let known = self.catalogue.units.get(&unit).is_some_and(|unit| unit.ended_at.is_none());
        if !known {
            return Err(wrong(&format!("{path}.unit"), Problem::StepUnitUnknown));
        }
        let calendar = CalendarId(id(path, value, "calendar")?);
        if self.catalogue.calendar(calendar).is_none() {
            return Err(wrong(&format!("{path}.calendar"), Problem::StepCalendarUnknown));
        }
        let hours =
            value.get("hours").and_then(Value::as_f64).filter(|hours| (0.0..=MOST_HOURS).contains(hours));
        let hours = hours.ok_or_else(|| wrong(&format!("{path}.hours"), Problem::StepHoursOutOfRange))?;
        Ok(Step::Own { unit, hours, calendar })
    }

    fn handoff(&self, path: &str, value: &Value) -> Result<Step, DeskError> {
        fields(path, value, &["service"])?;
        let service = ServiceId(id(path, value, "service")?);
        let path = format!("{path}.service");
        if service == self.service {
            return Err(wrong(&path, Problem::StepHandsToItself));
        }
        match self.catalogue.services.get(&service) {
            Some(offer) if offer.ended_at.is_none() => Ok(Step::Handoff { service }),
            Some(_) | None => Err(wrong(&path, Problem::StepServiceUnknown)),
        }
    }
}

fn fields(path: &str, value: &Value, known: &[&str]) -> Result<(), DeskError> {
    let Some(object) = value.as_object() else {
        return Err(wrong(path, Problem::StepNotAnObject { known: known.join(", ") }));
    };
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(other) => {
            Err(wrong(path, Problem::StepFieldUnknown { field: other.clone(), known: known.join(", ") }))
        }
        None => Ok(()),
    }
}

fn id(path: &str, value: &Value, field: &str) -> Result<i64, DeskError> {
    let id = value.get(field).and_then(Value::as_i64);
    id.ok_or_else(|| wrong(&format!("{path}.{field}"), Problem::StepIdMissing))
}

fn wrong(path: &str, problem: Problem) -> DeskError {
    DeskError::invalid("plan", Problem::AtStep { path: path.to_owned(), problem: Box::new(problem) })
}

//! Writes what units promise.

use domain::agreement::{Metric, Pauses, Target};
use domain::id::{AgreementId, TargetId};
use domain::priority::Priority;
use jiff::SignedDuration;
use store::catalogue::Agreement;

use super::hours::Calendars;
use super::offers::{PROMISES, Promise};
use super::world::World;
use crate::DeskError;
use crate::act::Act;

pub(super) fn write(act: &mut Act, world: &World, calendars: &Calendars) -> Result<(), DeskError> {
    for promise in PROMISES {
        let id = AgreementId(act.new_id());
        let agreement = Agreement {
            id,
            name: promise.name.to_owned(),
            kind: promise.kind,
            service: world.services[&promise.offer],
            class: promise.class,
            asking: promise.asking.map(|unit| world.units[&unit]),
            version: 1,
            previous: None,
            valid_from: act.now,
            valid_until: None,
            override_reason: promise.because.map(str::to_owned),
            targets: targets(act, id, promise, calendars),
        };
        store::agreement::insert(act.tx, &agreement)?;
        crate::entitled::record(
            act,
            store::event::Subject::Agreement(id.0),
            "created",
            &serde_json::json!({}),
        )?;
    }
    Ok(())
}

fn targets(act: &Act, agreement: AgreementId, promise: &Promise, calendars: &Calendars) -> Vec<Target> {
    let mut targets = Vec::new();
    for target in promise.targets {
        for (priority, minutes) in Priority::ALL.into_iter().zip(target.minutes) {
            targets.push(Target {
                id: TargetId(act.new_id()),
                agreement,
                kind: promise.kind,
                metric: target.metric,
                priority: Some(priority),
                within: SignedDuration::from_mins(minutes),
                calendar: calendars[&target.hours],
                quantile: matches!(target.metric, Metric::Resolution).then_some(0.95),
                pauses: Pauses { requester: target.pauses, supplier: false, agreed: target.pauses },
            });
        }
    }
    targets
}

//! Writes what units promise, each judged against its plan as an administrator's would be.

use domain::agreement::{Metric, Pauses};
use domain::priority::Priority;
use jiff::SignedDuration;

use super::hours::Calendars;
use super::offers::{PROMISES, Promise};
use super::world::World;
use crate::DeskError;
use crate::act::Act;
use crate::agreements::{Draft, TargetDraft, save};
use crate::entitled::ByDesk;

pub(super) fn write(act: &mut Act, world: &World, calendars: &Calendars) -> Result<(), DeskError> {
    for promise in PROMISES {
        let draft = Draft {
            name: promise.name.to_owned(),
            kind: promise.kind,
            service: world.services[&promise.offer],
            class: promise.class,
            asking: promise.asking.map(|unit| world.units[&unit]),
            from: None,
            targets: targets(promise, calendars),
        };
        save(act, &ByDesk, None, &draft, promise.because)?;
    }
    Ok(())
}

fn targets(promise: &Promise, calendars: &Calendars) -> Vec<TargetDraft> {
    let mut targets = Vec::new();
    for target in promise.targets {
        for (priority, minutes) in Priority::ALL.into_iter().zip(target.minutes) {
            targets.push(TargetDraft {
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

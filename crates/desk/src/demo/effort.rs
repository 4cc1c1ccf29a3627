//! How long a usual job takes in each unit, so that everybody copes and the workshop only just.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::arrivals::Arrival;
use super::company::{PLACES, Unit};
use super::floor::Desks;
use super::offers::{OFFERED, Offer};
use super::plan::{Step, What};
use super::world::World;

/// Longer than this no job at the bench takes at its median; with few tickets fewer people do them.
const LONGEST_HOURS: f64 = 11.0;
/// The mean of a spread job against its median.
const MEAN: f64 = 1.13;

pub(super) fn desks(
    world: &World,
    arrivals: &[Arrival],
    from: Timestamp,
    until: Timestamp,
) -> BTreeMap<Unit, Desks> {
    let asked = asked(arrivals);
    let desks = PLACES.iter().map(|place| {
        let unit = place.unit;
        let mut staff = world.staff.get(&unit).cloned().unwrap_or_default();
        let open_hours = world.calendars[&unit].between(from, until).as_secs_f64() / 3600.0;
        let jobs = asked.get(&unit).copied().unwrap_or(0.0).max(0.01);
        let (usual, share) = unit.effort();
        let full = |people: usize| share * open_hours * people_as_number(people) / (jobs * MEAN);
        let effort_hours = if unit == Unit::Workshop {
            while staff.len() > 1 && full(staff.len()) > LONGEST_HOURS {
                staff.pop();
            }
            full(staff.len()).min(LONGEST_HOURS)
        } else {
            usual.min(full(staff.len()))
        };
        (unit, Desks::new(staff.into_iter().map(|person| (person, false)).collect(), effort_hours))
    });
    desks.collect()
}

fn people_as_number(people: usize) -> f64 {
    f64::from(u32::try_from(people).unwrap_or(u32::MAX))
}

/// Usual jobs in all the plans, by the unit that does them.
fn asked(arrivals: &[Arrival]) -> BTreeMap<Unit, f64> {
    let mut sums = BTreeMap::new();
    for arrival in arrivals {
        add(&mut sums, arrival.offer, &arrival.steps);
    }
    sums
}

fn add(sums: &mut BTreeMap<Unit, f64>, offer: Offer, steps: &[Step]) {
    let mut unit = provider(offer);
    for step in steps {
        *sums.entry(unit).or_default() += step.effort;
        match &step.what {
            What::Hand(askings) => {
                for asking in askings {
                    add(sums, asking.offer, &asking.steps);
                }
            }
            What::Transfer { to, .. } => unit = *to,
            What::Reply(_)
            | What::Note(_)
            | What::Ask { .. }
            | What::Supplier { .. }
            | What::Agree { .. }
            | What::Priority { .. }
            | What::Finish(_) => {}
        }
    }
}

pub(super) fn provider(offer: Offer) -> Unit {
    let found = OFFERED.iter().find(|offered| offered.offer == offer);
    found.map_or(Unit::CustomerService, |offered| offered.unit)
}

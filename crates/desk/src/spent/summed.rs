//! The time spent on many tickets, summed by unit, person, service, organisation or month.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{OrganisationId, PersonId, ServiceId, TicketId, UnitId};
use domain::permission::Viewer;
use domain::spent::{By, Month};
use store::spent::report::{self, Entry, Wanted};

use crate::DeskError;
use crate::act::Look;

/// What entries have in common that are summed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Unit(UnitId),
    Person(PersonId),
    Service(ServiceId),
    /// Nothing where the requester belongs to no organisation.
    Organisation(Option<OrganisationId>),
    Month(Month),
}

/// One sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: Key,
    /// `None` where the requester belongs to no organisation.
    pub name: Option<String>,
    pub minutes: i64,
    pub entries: usize,
    pub tickets: usize,
}

/// Sums what the viewer may read of some months; the most time first, months from the latest back.
pub fn run(
    look: &mut Look,
    viewer: &Viewer,
    by: By,
    (first, last): (Month, Month),
) -> Result<Vec<Line>, DeskError> {
    let Some(wanted) = of_months(first, last) else { return Ok(Vec::new()) };
    let catalogue = std::sync::Arc::clone(&look.catalogue);
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    report::each(look.tx, viewer, &wanted, |entry| {
        let Some(key) = key(by, &entry) else { return };
        let sum = sums.entry(key).or_insert_with(|| {
            let name = match key {
                Key::Unit(unit) => Some(catalogue.unit_name(unit).to_owned()),
                Key::Person(_) => Some(entry.person.1.clone()),
                Key::Service(service) => catalogue.services.get(&service).map(|offer| offer.name.clone()),
                Key::Organisation(_) => entry.organisation.as_ref().map(|(_, name)| name.clone()),
                Key::Month(month) => Some(month.to_string()),
            };
            Sum { name, ..Sum::default() }
        });
        sum.minutes += entry.minutes;
        sum.entries += 1;
        sum.tickets.insert(entry.ticket);
    })?;
    let mut lines: Vec<Line> = sums.into_iter().map(|(key, sum)| sum.line(key)).collect();
    match by {
        By::Month => lines.sort_by_key(|line| std::cmp::Reverse(line.key)),
        By::Unit | By::Person | By::Service | By::Organisation => {
            lines.sort_by(|one, other| (other.minutes, &one.name).cmp(&(one.minutes, &other.name)));
        }
    }
    Ok(lines)
}

/// Everything of these months; nothing for months beyond the calendar.
#[must_use]
pub fn of_months(first: Month, last: Month) -> Option<Wanted> {
    Some(Wanted { days: (first.days()?.start, last.days()?.end), of: None })
}

fn key(by: By, entry: &Entry) -> Option<Key> {
    Some(match by {
        By::Unit => Key::Unit(entry.unit),
        By::Person => Key::Person(entry.person.0),
        By::Service => Key::Service(entry.service),
        By::Organisation => Key::Organisation(entry.organisation.as_ref().map(|(id, _)| *id)),
        By::Month => Key::Month(Month::of(domain::custom::date(entry.day)?)),
    })
}

#[derive(Default)]
struct Sum {
    name: Option<String>,
    minutes: i64,
    entries: usize,
    tickets: BTreeSet<TicketId>,
}

impl Sum {
    fn line(self, key: Key) -> Line {
        let Self { name, minutes, entries, tickets } = self;
        Line { key, name, minutes, entries, tickets: tickets.len() }
    }
}

impl Key {
    /// As addresses say it; nothing where there is no organisation.
    #[must_use]
    pub const fn number(self) -> Option<i64> {
        match self {
            Self::Unit(unit) => Some(unit.0),
            Self::Person(person) => Some(person.0),
            Self::Service(service) => Some(service.0),
            Self::Organisation(Some(organisation)) => Some(organisation.0),
            Self::Organisation(None) => None,
            Self::Month(month) => Some(month.0),
        }
    }
}

//! The units whose tickets a viewer may list, and how secret those may be.

use domain::filter::Test;
use domain::id::{PersonId, UnitId};
use domain::permission::Viewer;

use super::clause::Bind;
use crate::catalogue::Catalogue;
pub(super) use crate::queue::Secret;
use crate::queue::secrecy;

/// What a viewer may list, as far as a filter asks for it.
pub(super) struct Scope {
    pub(super) viewer: PersonId,
    units: Vec<(UnitId, Secret)>,
    /// The same without regard to what the filter asks for.
    all: Vec<(UnitId, Secret)>,
}

impl Scope {
    /// Units by name. A unit that the filter excludes needs no look.
    pub(super) fn of(viewer: &Viewer, catalogue: &Catalogue, test: &Test) -> Self {
        let asked = test.units();
        let mut all: Vec<(&str, UnitId, Secret)> = catalogue
            .units
            .values()
            .filter_map(|unit| Some((unit.name.as_str(), unit.id, secrecy(viewer, unit.id)?)))
            .collect();
        all.sort_by_key(|(name, id, _)| (*name, *id));
        let all: Vec<(UnitId, Secret)> = all.into_iter().map(|(_, unit, secret)| (unit, secret)).collect();
        let asked = |unit: UnitId| asked.as_ref().is_none_or(|asked| asked.contains(&unit));
        let units = all.iter().copied().filter(|(unit, _)| asked(*unit)).collect();
        Self { viewer: viewer.person, units, all }
    }

    /// For conditions that speak of no ticket.
    pub(super) const fn nothing(viewer: &Viewer) -> Self {
        Self { viewer: viewer.person, units: Vec::new(), all: Vec::new() }
    }

    pub(super) fn units(&self) -> &[(UnitId, Secret)] {
        &self.units
    }

    /// The condition that a ticket of any unit has to meet.
    pub(super) fn clause(&self, bind: &mut Bind<'_>) -> String {
        within("t", &self.units, bind)
    }

    /// What is never listed: the viewer's own, and what those wait for.
    pub(super) fn not_their_own(&self, bind: &mut Bind<'_>) -> String {
        not_own("t", self.viewer, bind)
    }

    /// Whether the viewer could list the ticket `o`, whatever the filter asks for.
    pub(super) fn lists_other(&self, bind: &mut Bind<'_>) -> String {
        format!("{} and {}", within("o", &self.all, bind), not_own("o", self.viewer, bind))
    }
}

fn within(ticket: &str, units: &[(UnitId, Secret)], bind: &mut Bind<'_>) -> String {
    let mut of = |secret: Secret| {
        let units = units.iter().filter(|(_, own)| *own == secret);
        bind.one_of(&format!("{ticket}.unit_id"), units.map(|(unit, _)| unit.0))
    };
    let (served, overseen) = (of(Secret::Shown), of(Secret::Hidden));
    format!("({served} or {overseen} and {ticket}.confidential = 0)")
}

fn not_own(ticket: &str, viewer: PersonId, bind: &mut Bind<'_>) -> String {
    let viewer = bind.integer(viewer.0);
    format!(
        "not exists (select 1 from ticket_person x where x.person_id = {viewer} and x.ticket_id = {ticket}.id)"
    )
}

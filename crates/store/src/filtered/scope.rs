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
}

impl Scope {
    /// Units by name. A unit that the filter excludes needs no look.
    pub(super) fn of(viewer: &Viewer, catalogue: &Catalogue, test: &Test) -> Self {
        let asked = test.units();
        let mut units: Vec<(&str, UnitId, Secret)> = catalogue
            .units
            .values()
            .filter(|unit| asked.as_ref().is_none_or(|asked| asked.contains(&unit.id)))
            .filter_map(|unit| Some((unit.name.as_str(), unit.id, secrecy(viewer, unit.id)?)))
            .collect();
        units.sort_by_key(|(name, id, _)| (*name, *id));
        Self {
            viewer: viewer.person,
            units: units.into_iter().map(|(_, unit, secret)| (unit, secret)).collect(),
        }
    }

    pub(super) fn units(&self) -> &[(UnitId, Secret)] {
        &self.units
    }

    /// The condition that a ticket of any unit has to meet.
    pub(super) fn clause(&self, bind: &mut Bind) -> String {
        let mut of = |secret: Secret| {
            let units = self.units.iter().filter(|(_, own)| *own == secret);
            bind.one_of("t.unit_id", units.map(|(unit, _)| unit.0))
        };
        let (served, overseen) = (of(Secret::Shown), of(Secret::Hidden));
        format!("({served} or {overseen} and t.confidential = 0)")
    }

    /// What is never listed: the viewer's own, and what those wait for.
    pub(super) fn not_their_own(&self, bind: &mut Bind) -> String {
        let viewer = bind.integer(self.viewer.0);
        format!(
            "not exists (select 1 from ticket_person x where x.person_id = {viewer} and x.ticket_id = t.id)"
        )
    }
}

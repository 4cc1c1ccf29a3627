//! Saved views: a filter with its order, groups and columns, for oneself, a unit, or everybody.

mod faults;
#[cfg(test)]
mod tests;
mod words;

use domain::filter::{self, Filter, Standpoint, Test};
use domain::id::{ServiceId, UnitId, ViewId};
use domain::permission::Viewer;
use domain::place::Step;
use domain::view::{Column, Grouping, Sort};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use store::catalogue::Catalogue;
use store::event::Subject;
use store::view::{Owner, View};

use crate::act::Act;
use crate::entitled::differing;
use crate::words::Name;
use crate::{DeskError, Problem};

pub use faults::problem;
pub use words::Understood;

/// The most views of one owner.
pub const MOST: usize = 100;

/// A view as somebody writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub filter: String,
    pub sort: Sort,
    pub grouping: Grouping,
    pub columns: Vec<Column>,
}

/// Where a filter is read: the viewer, their zone, and the set-up that names units and services.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub viewer: &'a Viewer,
    pub catalogue: &'a Catalogue,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

impl Place<'_> {
    /// Reads a filter and what a list of it shows; what is wrong with it is said with its place in the text.
    pub fn understand(&self, text: &str) -> Result<(Filter, Test), DeskError> {
        let read = self.from(|from| filter::read(text, from)).map_err(|faults| problem(text, &faults));
        read.map(|(filter, test)| {
            let listed = filter.listed(test, self.viewer.person);
            (filter, listed)
        })
    }

    /// What could stand where somebody is typing.
    #[must_use]
    pub fn complete(&self, text: &str, cursor: usize) -> Vec<filter::complete::Completion> {
        self.from(|from| filter::complete::complete(text, cursor, from))
    }

    fn from<T>(&self, read: impl FnOnce(&Standpoint<'_>) -> T) -> T {
        let Self { viewer, catalogue, now, zone } = *self;
        let units: Vec<(UnitId, &str)> = catalogue
            .units
            .values()
            .filter(|unit| viewer.sees_unit(unit.id))
            .map(|unit| (unit.id, unit.name.as_str()))
            .collect();
        let services: Vec<(ServiceId, &str)> = catalogue
            .services
            .iter()
            .filter(|(_, offer)| viewer.sees_unit(offer.service.unit))
            .map(|(id, offer)| (*id, offer.name.as_str()))
            .collect();
        read(&Standpoint {
            now,
            zone,
            me: viewer.person,
            my_units: &viewer.units,
            units: &units,
            services: &services,
            customs: &crate::custom::known_to(viewer, catalogue),
            statuses: &catalogue.statuses,
        })
    }
}

/// Whether somebody may make and change views of an owner: their own, those of units they serve in,
/// and, as administrators, everybody's and every unit's.
#[must_use]
pub fn may_keep(viewer: &Viewer, owner: Owner) -> bool {
    match owner {
        Owner::Person(person) => person == viewer.person && viewer.is_agent(),
        Owner::Unit(unit) => viewer.serves_in(unit) || viewer.administrator,
        Owner::Everybody => viewer.administrator,
    }
}

/// Saves a new view at the end of its owner's list.
pub fn save(act: &mut Act, viewer: &Viewer, owner: Owner, input: &Input) -> Result<ViewId, DeskError> {
    entitled(act, viewer, owner)?;
    let place = last_place(act, owner)?;
    let view = View {
        id: ViewId(act.new_id()),
        name: Name::parse(&input.name)?.as_str().to_owned(),
        filter: canonical(act, viewer, &input.filter)?,
        sort: input.sort,
        grouping: input.grouping,
        columns: input.columns.clone(),
        owner,
        place,
        made_by: act.person(),
        changed_at: act.now,
    };
    store::view::insert(act.tx, &view)?;
    act.record_change(Subject::View(view.id.0), "view saved", &json!({}))?;
    Ok(view.id)
}

/// Changes what a view shows; a new name alone is told as such.
pub fn change(act: &mut Act, viewer: &Viewer, id: ViewId, input: &Input) -> Result<(), DeskError> {
    let before = kept(act, viewer, id)?;
    let after = View {
        name: Name::parse(&input.name)?.as_str().to_owned(),
        filter: canonical(act, viewer, &input.filter)?,
        sort: input.sort,
        grouping: input.grouping,
        columns: input.columns.clone(),
        changed_at: act.now,
        ..before.clone()
    };
    let fields = differing(&[
        ("name", before.name != after.name),
        ("filter", before.filter != after.filter),
        ("sort", before.sort != after.sort),
        ("grouping", before.grouping != after.grouping),
        ("columns", before.columns != after.columns),
    ]);
    if fields.is_empty() {
        return Ok(());
    }
    store::view::update(act.tx, &after)?;
    let kind = if fields == ["name"] { "view renamed" } else { "view changed" };
    act.record_change(Subject::View(id.0), kind, &json!({ "fields": fields }))?;
    Ok(())
}

/// Gives a view to another owner; whoever gives it must be able to keep it there, too.
pub fn share(act: &mut Act, viewer: &Viewer, id: ViewId, owner: Owner) -> Result<(), DeskError> {
    let before = kept(act, viewer, id)?;
    entitled(act, viewer, owner)?;
    if before.owner == owner {
        return Ok(());
    }
    let place = last_place(act, owner)?;
    store::view::update(act.tx, &View { owner, place, changed_at: act.now, ..before })?;
    act.record_change(Subject::View(id.0), "view shared", &json!({ "fields": ["owner"] }))?;
    Ok(())
}

/// Changes places with the view before or behind it. At the edge nothing happens.
pub fn reorder(act: &mut Act, viewer: &Viewer, id: ViewId, step: Step) -> Result<(), DeskError> {
    let view = kept(act, viewer, id)?;
    let mut list = store::view::owned(act.tx, view.owner)?;
    let Some(here) = list.iter().position(|own| own.id == id) else { return Err(DeskError::NotFound) };
    let Some(there) = step.from(here, list.len()) else { return Ok(()) };
    list.swap(here, there);
    for (place, view) in (0..).zip(list) {
        if view.place != place {
            store::view::update(act.tx, &View { place, ..view })?;
        }
    }
    act.record_change(Subject::View(id.0), "view moved", &json!({ "fields": ["place"] }))?;
    Ok(())
}

pub fn delete(act: &mut Act, viewer: &Viewer, id: ViewId) -> Result<(), DeskError> {
    kept(act, viewer, id)?;
    store::view::delete(act.tx, id)?;
    act.record_change(Subject::View(id.0), "view deleted", &json!({}))?;
    Ok(())
}

/// A view that the viewer sees and may change.
fn kept(act: &mut Act, viewer: &Viewer, id: ViewId) -> Result<View, DeskError> {
    let view = store::view::by_id(act.tx, viewer, id)?.ok_or(DeskError::NotFound)?;
    if may_keep(viewer, view.owner) { Ok(view) } else { Err(DeskError::NotAllowed) }
}

/// A unit that the viewer does not see does not exist for them.
pub(crate) fn entitled(act: &Act, viewer: &Viewer, owner: Owner) -> Result<(), DeskError> {
    if let Owner::Unit(unit) = owner
        && !(act.catalogue.units.contains_key(&unit) && viewer.sees_unit(unit))
    {
        return Err(DeskError::NotFound);
    }
    if may_keep(viewer, owner) { Ok(()) } else { Err(DeskError::NotAllowed) }
}

fn last_place(act: &mut Act, owner: Owner) -> Result<i64, DeskError> {
    let list = store::view::owned(act.tx, owner)?;
    if list.len() >= MOST {
        return Err(DeskError::invalid("owner", Problem::TooManyViews { most: MOST }));
    }
    Ok(list.last().map_or(0, |last| last.place + 1))
}

/// The canonical text of a filter that is understood.
fn canonical(act: &Act, viewer: &Viewer, text: &str) -> Result<String, DeskError> {
    let place = Place { viewer, catalogue: &act.catalogue, now: act.now, zone: &TimeZone::UTC };
    Ok(place.understand(text)?.0.to_string())
}

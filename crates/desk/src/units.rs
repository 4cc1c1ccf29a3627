//! The tree of units: departments, branches and teams of our own organisation.

#[cfg(test)]
mod tests;

use domain::id::{CalendarId, UnitId};
use serde_json::json;
use store::catalogue::{Catalogue, Unit};
use store::event::Subject;

use crate::act::Act;
use crate::entitled::{self, Entitled, differing};
use crate::problem::Clauses;
use crate::words::Name;
use crate::{DeskError, Problem, project};

/// What a unit is in the organisation's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Department,
    Branch,
    Team,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Department, Self::Branch, Self::Team];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Branch => "branch",
            Self::Team => "team",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub kind: Kind,
    pub parent: Option<UnitId>,
    pub calendar: Option<CalendarId>,
}

impl Input {
    /// A department at the top of the tree.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), kind: Kind::default(), parent: None, calendar: None }
    }
}

pub fn create(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<UnitId, DeskError> {
    by.check(act)?;
    let unit = Unit {
        id: UnitId(act.new_id()),
        name: free_name(act, None, &input.name)?,
        parent: input.parent,
        kind: input.kind.as_str().to_owned(),
        calendar: input.calendar,
        ended_at: None,
    };
    fitting(act, &unit)?;
    store::unit::insert(act.tx, &unit, act.now)?;
    entitled::record(act, Subject::Unit(unit.id.0), "created", &json!({ "parent": unit.parent }))?;
    Ok(unit.id)
}

/// Renames a unit, moves it in the tree, or gives it another kind or calendar.
pub fn change(act: &mut Act, by: &impl Entitled, id: UnitId, input: &Input) -> Result<(), DeskError> {
    by.check(act)?;
    let before = live(act, "unit", id)?;
    let unit = Unit {
        id,
        name: free_name(act, Some(id), &input.name)?,
        parent: input.parent,
        kind: input.kind.as_str().to_owned(),
        calendar: input.calendar,
        ended_at: None,
    };
    fitting(act, &unit)?;
    let changed = differing(&[
        ("name", before.name != unit.name),
        ("parent", before.parent != unit.parent),
        ("kind", before.kind != unit.kind),
        ("calendar", before.calendar != unit.calendar),
    ]);
    if changed.is_empty() {
        return Ok(());
    }
    store::unit::update(act.tx, &unit)?;
    entitled::record(act, Subject::Unit(id.0), "changed", &json!({ "fields": changed }))?;
    if before.calendar != unit.calendar {
        let blocked = store::ticket::of_setup::blocked_of_unit(act.tx, id)?;
        project::reorder(act, blocked)?;
    }
    Ok(())
}

/// Ends a unit that holds nothing any more; its past stays.
pub fn end(act: &mut Act, by: &impl Entitled, id: UnitId) -> Result<(), DeskError> {
    by.check(act)?;
    let unit = live(act, "unit", id)?;
    refuse_what_it_holds(act, &unit)?;
    store::unit::update(act.tx, &Unit { ended_at: Some(act.now), ..unit })?;
    entitled::record(act, Subject::Unit(id.0), "ended", &json!({}))
}

/// The unit, when it exists and has not ended.
pub(crate) fn live(act: &Act, field: &'static str, id: UnitId) -> Result<Unit, DeskError> {
    let unit = act.catalogue.units.get(&id).filter(|unit| unit.ended_at.is_none());
    unit.cloned().ok_or_else(|| DeskError::invalid(field, Problem::UnitEnded))
}

fn free_name(act: &Act, own: Option<UnitId>, text: &str) -> Result<String, DeskError> {
    let name = Name::parse(text)?;
    let taken = act.catalogue.units.values().find(|unit| unit.name == name.as_str() && Some(unit.id) != own);
    match taken {
        None => Ok(name.as_str().to_owned()),
        Some(other) => {
            let name = other.name.clone();
            Err(DeskError::invalid(
                "name",
                match other.ended_at {
                    None => Problem::UnitNameTaken { name },
                    Some(_) => Problem::UnitNameTakenByEnded { name },
                },
            ))
        }
    }
}

fn fitting(act: &Act, unit: &Unit) -> Result<(), DeskError> {
    if let Some(calendar) = unit.calendar {
        crate::calendars::existing(act, "calendar", calendar)?;
    }
    if let Some(parent) = unit.parent {
        live(act, "parent", parent)?;
        refuse_a_circle(&act.catalogue, unit, parent)?;
    }
    Ok(())
}

fn refuse_a_circle(catalogue: &Catalogue, unit: &Unit, parent: UnitId) -> Result<(), DeskError> {
    let mut path = vec![unit.name.as_str()];
    let mut above = Some(parent);
    while let Some(id) = above {
        if id == unit.id {
            path.push(&unit.name);
            let path = path.join(" → ");
            return Err(DeskError::invalid("parent", Problem::UnitBelowItself { path }));
        }
        path.push(catalogue.unit_name(id));
        above = catalogue.units.get(&id).and_then(|unit| unit.parent);
    }
    Ok(())
}

fn refuse_what_it_holds(act: &mut Act, unit: &Unit) -> Result<(), DeskError> {
    const MOST: i64 = 1_000;
    let open = store::unit::open_tickets(act.tx, unit.id, MOST)?;
    let catalogue = &act.catalogue;
    let offers = || catalogue.services.values().filter(|offer| offer.ended_at.is_none());
    let owned: Vec<&str> =
        offers().filter(|offer| offer.service.unit == unit.id).map(|offer| offer.name.as_str()).collect();
    let judged: Vec<&str> = offers()
        .filter(|offer| offer.service.neutral_owner == Some(unit.id))
        .map(|offer| offer.name.as_str())
        .collect();
    let below: Vec<&str> = catalogue
        .units
        .values()
        .filter(|other| other.parent == Some(unit.id) && other.ended_at.is_none())
        .map(|other| other.name.as_str())
        .collect();
    let mut held = Vec::new();
    if open == MOST {
        held.push(Problem::OwnsManyTickets { most: MOST });
    } else if open > 0 {
        held.push(Problem::OwnsTickets { count: open });
    }
    let mut names = |names: Vec<&str>, problem: fn(String) -> Problem| {
        if !names.is_empty() {
            held.push(problem(names.join(", ")));
        }
    };
    names(owned, |names| Problem::ProvidesServices { names });
    names(judged, |names| Problem::NeutralOwnerOf { names });
    names(below, |names| Problem::HasUnitsBelow { names });
    if held.is_empty() {
        return Ok(());
    }
    Err(DeskError::Conflict(Problem::UnitHolds { unit: unit.name.clone(), held: Clauses(held) }))
}

//! Names of the company's own for where a ticket stands.

use domain::status::Category;
use domain::ticket::Kind;

use super::become_person;
use crate::act::Act;
use crate::demo::company::ADMINISTRATOR;
use crate::demo::world::World;
use crate::{DeskError, status};

/// Name, of which tickets, what it stands for, and what the requester reads.
const STATUSES: &[(&str, Option<Kind>, Category, &str)] = &[
    ("Known fault", Some(Kind::Problem), Category::Open, "We know the cause"),
    ("Being mended in the houses", Some(Kind::Problem), Category::Open, ""),
    ("Wants the serial number", None, Category::Requester, "We need the serial number"),
    ("Part on order", Some(Kind::Incident), Category::Others, "A part is on order"),
    ("In the fitter's diary", Some(Kind::Request), Category::Others, "A day is agreed"),
    ("Runs again, cause open", Some(Kind::Incident), Category::Solved, "It runs again"),
];

pub(super) fn define(act: &mut Act, world: &World) -> Result<(), DeskError> {
    let administrator = become_person(act, world, ADMINISTRATOR)?;
    for (name, kind, category, outside) in STATUSES {
        let input = status::Input {
            name: (*name).to_owned(),
            kind: *kind,
            category: *category,
            outside: (*outside).to_owned(),
        };
        status::define(act, &administrator, &input)?;
    }
    Ok(())
}

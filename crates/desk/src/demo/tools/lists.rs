//! Lists that units look at together, and the steps that are usual for a service.

use domain::view::{Column, Grouping, Sort};
use store::view::Owner;

use super::become_person;
use crate::act::Act;
use crate::demo::company::{ADMINISTRATOR, Unit};
use crate::demo::offers::Offer;
use crate::demo::world::World;
use crate::{DeskError, checklist, views};

struct Shared {
    /// Everybody's when it is nobody's.
    unit: Option<Unit>,
    by: &'static str,
    name: &'static str,
    filter: &'static str,
    sort: Sort,
    columns: &'static [Column],
}

const VIEWS: &[Shared] = &[
    Shared {
        unit: None,
        by: ADMINISTRATOR,
        name: "Cold houses",
        filter: "is:open tag:cold-house",
        sort: Sort::Due,
        columns: &[Column::Unit],
    },
    Shared {
        unit: None,
        by: ADMINISTRATOR,
        name: "Customers who wait for one of us",
        filter: "is:open is:blocked class:external",
        sort: Sort::Opened,
        columns: &[Column::Unit, Column::Opened],
    },
    Shared {
        unit: Some(Unit::CustomerService),
        by: "Maren Ashdown",
        name: "Answer today",
        filter: "is:open unit:\"Customer Service\" is:unanswered",
        sort: Sort::Unanswered,
        columns: &[Column::Service],
    },
    Shared {
        unit: Some(Unit::CustomerService),
        by: "Maren Ashdown",
        name: "Fault F8",
        filter: "tag:f8",
        sort: Sort::Changed,
        columns: &[Column::State, Column::Opened],
    },
    Shared {
        unit: Some(Unit::Workshop),
        by: "Bernard Oakes",
        name: "On the bench, by who waits for it",
        filter: "is:open unit:\"Repair Workshop\" is:blocks -holder:nobody",
        sort: Sort::Due,
        columns: &[Column::Opened],
    },
    Shared {
        unit: Some(Unit::It),
        by: "Viktor Halas",
        name: "Access and passwords",
        filter: "is:open tag:access",
        sort: Sort::Opened,
        columns: &[Column::Class],
    },
    Shared {
        unit: Some(Unit::Hr),
        by: "Judith Amsel",
        name: "Who begins when",
        filter: "is:open service:\"Joining and leaving\"",
        sort: Sort::Opened,
        columns: &[Column::State],
    },
];

const STEPS: &[(Offer, &str)] = &[
    (
        Offer::Joining,
        "Contract signed and filed\nDesk, key and shoes asked of Facilities\nLaptop and account asked of IT\nBadge printed\nSomebody named who shows the house\nHalf an hour in the calendar for the first afternoon",
    ),
    (
        Offer::Repair,
        "Serial number compared with the order\nFault seen with our own eyes\nCause written down, not only the part\nPart replaced\nSix hours under load\nReport with photographs",
    ),
    (
        Offer::Help,
        "Model and serial number known\nWarranty looked up\nRequester told who stays their contact",
    ),
    (Offer::Stock, "Picked\nChecked by a second pair of eyes\nHanded to the driver, with a signature"),
];

pub(super) fn write(act: &mut Act, world: &World) -> Result<(), DeskError> {
    for view in VIEWS {
        let viewer = become_person(act, world, view.by)?;
        let owner = view.unit.map_or(Owner::Everybody, |unit| Owner::Unit(world.units[&unit]));
        let input = views::Input {
            name: view.name.to_owned(),
            filter: view.filter.to_owned(),
            sort: view.sort,
            grouping: Grouping::Nothing,
            columns: view.columns.to_vec(),
        };
        views::save(act, &viewer, owner, &input)?;
    }
    let administrator = become_person(act, world, ADMINISTRATOR)?;
    for (offer, steps) in STEPS {
        checklist::set_usual(act, &administrator, world.services[offer], steps)?;
    }
    Ok(())
}

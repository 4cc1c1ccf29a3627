//! A service says to whom it is offered, and by which rules it closes.

use domain::affiliation::Class;
use domain::event::Actor;
use domain::id::{PersonId, UnitId};
use domain::permission::Viewer;
use domain::service::Audience;
use store::{Db, WallClock};

use super::{Input, Saved, create, end, offered};
use crate::{ByDesk, Desk, DeskError};

fn desk() -> (Desk, UnitId, UnitId) {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    let desk = Desk::with_ids(db, clock, store::id::Ids::of_node(1));
    let units = desk
        .act_now(Actor::Desk, |act| {
            let one = crate::units::create(act, &ByDesk, &crate::units::Input::named("Facilities"))?;
            let two = crate::units::create(act, &ByDesk, &crate::units::Input::named("Works council"))?;
            Ok((one, two))
        })
        .unwrap();
    (desk, units.0, units.1)
}

fn add(desk: &Desk, input: Input) -> Result<Saved, DeskError> {
    desk.act_now(Actor::Desk, move |act| create(act, &ByDesk, &input))
}

fn viewer(class: Class) -> Viewer {
    Viewer {
        person: PersonId(1),
        class,
        organisation: None,
        units: vec![],
        oversees: vec![],
        oversees_all: false,
        administrator: false,
    }
}

#[test]
fn a_service_without_audience_is_visible_to_nobody_and_that_is_said() {
    let (desk, unit, _) = desk();
    assert!(add(&desk, Input::named("Keys", unit)).unwrap().visible_to_nobody);
    let names = desk
        .look_now(|look| {
            Ok(Class::ALL.iter().map(|class| offered(&look.catalogue, &viewer(*class)).len()).sum::<usize>())
        })
        .unwrap();
    assert_eq!(names, 0);
}

#[test]
fn services_are_offered_to_their_audience_until_they_end() {
    let (desk, unit, _) = desk();
    let audience = Audience { internal: true, ..Audience::default() };
    let saved = add(&desk, Input { audience, ..Input::named("Keys", unit) }).unwrap();
    assert!(!saved.visible_to_nobody);
    let count =
        |class| desk.look_now(move |look| Ok(offered(&look.catalogue, &viewer(class)).len())).unwrap();
    assert_eq!((count(Class::Internal), count(Class::Connected), count(Class::External)), (1, 0, 0));
    desk.act_now(Actor::Desk, move |act| end(act, &ByDesk, saved.id)).unwrap();
    assert_eq!(count(Class::Internal), 0);
}

#[test]
fn captive_requesters_need_somebody_neutral() {
    let (desk, unit, other) = desk();
    let internal = Audience { internal: true, ..Audience::default() };
    let captive = |audience, neutral_unit| Input {
        captive: true,
        audience,
        neutral_unit,
        ..Input::named("Keys", unit)
    };
    let field = |answer| match answer {
        Err(DeskError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(add(&desk, captive(Audience::default(), Some(other)))), "captive");
    assert_eq!(field(add(&desk, captive(internal, None))), "neutral_unit");
    assert_eq!(field(add(&desk, captive(internal, Some(unit)))), "neutral_unit");
    add(&desk, captive(internal, Some(other))).unwrap();
}

//! Units stand in a tree, and end only when they hold nothing.

use domain::event::Actor;
use domain::id::UnitId;
use store::{Db, WallClock};

use super::{Input, change, create, end};
use crate::{ByDesk, Desk, DeskError};

fn desk() -> Desk {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    Desk::with_ids(db, clock, store::id::Ids::of_node(1))
}

fn add(desk: &Desk, name: &'static str, parent: Option<UnitId>) -> UnitId {
    desk.act_now(Actor::Desk, move |act| create(act, &ByDesk, &Input { parent, ..Input::named(name) }))
        .unwrap()
}

#[test]
fn a_unit_cannot_stand_below_itself_and_the_path_is_named() {
    let desk = desk();
    let top = add(&desk, "Operations", None);
    let middle = add(&desk, "Logistics", Some(top));
    let bottom = add(&desk, "Warehouse", Some(middle));
    let input = Input { parent: Some(bottom), ..Input::named("Operations") };
    let refused = desk.act_now(Actor::Desk, move |act| change(act, &ByDesk, top, &input)).unwrap_err();
    let DeskError::Invalid { field, problem: message } = refused else { panic!("{refused}") };
    assert_eq!(field, "parent");
    let message = message.to_string();
    assert!(message.contains("Operations → Warehouse → Logistics → Operations"), "{message}");
}

#[test]
fn a_unit_that_still_holds_something_says_what() {
    let desk = desk();
    let top = add(&desk, "Operations", None);
    let below = add(&desk, "Logistics", Some(top));
    desk.act_now(Actor::Desk, move |act| {
        crate::services::create(act, &ByDesk, &crate::services::Input::named("Parcels", top))
    })
    .unwrap();
    let refused = desk.act_now(Actor::Desk, move |act| end(act, &ByDesk, top)).unwrap_err();
    let DeskError::Conflict(message) = refused else { panic!("{refused}") };
    let message = message.to_string();
    assert!(message.contains("Parcels") && message.contains("Logistics"), "{message}");
    desk.act_now(Actor::Desk, move |act| end(act, &ByDesk, below)).unwrap();
}

#[test]
fn names_of_units_are_unique_and_their_calendars_exist() {
    let desk = desk();
    add(&desk, "Operations", None);
    let twice = desk.act_now(Actor::Desk, |act| create(act, &ByDesk, &Input::named("Operations")));
    assert!(matches!(twice, Err(DeskError::Invalid { field: "name", .. })));
    let input = Input { calendar: Some(domain::id::CalendarId(5)), ..Input::named("IT") };
    let unknown = desk.act_now(Actor::Desk, move |act| create(act, &ByDesk, &input));
    assert!(matches!(unknown, Err(DeskError::Invalid { field: "calendar", .. })));
}

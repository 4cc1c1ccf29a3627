//! The first administrator is made with the code of the console, once.

use domain::event::Actor;
use store::{Db, WallClock};

use super::{Claim, claim, code, is_open, own_organisation};
use crate::{Desk, DeskError};

fn desk() -> Desk {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    Desk::with_ids(db, clock, store::id::Ids::of_node(1))
}

fn attempt(desk: &Desk, code: &str) -> Result<domain::id::PersonId, DeskError> {
    let given = Claim {
        code: code.to_owned(),
        organisation: "Nordlicht Handel".into(),
        name: "Ada Berg".into(),
        email: "Ada@example.org".into(),
        language: "de".into(),
        time_zone: "Europe/Berlin".into(),
        password: crate::password::renew("correct horse staple"),
    };
    desk.act_now(Actor::Desk, move |act| claim(act, &given))
}

#[test]
fn the_first_with_the_code_becomes_administrator_and_the_second_finds_nothing() {
    let desk = desk();
    assert!(matches!(attempt(&desk, "anything"), Err(DeskError::NotFound)));
    let old = desk.act_now(Actor::Desk, code).unwrap().unwrap();
    let new = desk.act_now(Actor::Desk, code).unwrap().unwrap();
    assert!(desk.look_now(is_open).unwrap());
    assert!(matches!(attempt(&desk, &old), Err(DeskError::Invalid { field: "code", .. })));
    let person = attempt(&desk, &new.to_uppercase().replace('-', " ")).unwrap();
    let viewer = desk.look_now(move |look| Ok(store::access::viewer(look.tx, person)?.unwrap())).unwrap();
    assert!(viewer.administrator);
    assert_eq!(viewer.class, domain::affiliation::Class::Internal);
    assert!(matches!(attempt(&desk, &new), Err(DeskError::NotFound)));
    assert_eq!(desk.act_now(Actor::Desk, code).unwrap(), None);
    assert!(!desk.look_now(is_open).unwrap());
    assert!(desk.look_now(own_organisation).unwrap().is_some());
}

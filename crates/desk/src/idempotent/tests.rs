//! The same request acts once, another one under its key is refused, and a failure leaves no trace.

use domain::event::Actor;
use domain::id::PersonId;
use jiff::SignedDuration;
use store::{Db, WallClock};

use super::prune;
use crate::{ByDesk, Desk, DeskError};

fn desk() -> Desk {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    Desk::with_ids(db, clock, store::id::Ids::of_node(1))
}

fn add(desk: &Desk, key: &str, person: i64, name: &'static str) -> Result<PersonId, DeskError> {
    desk.act_once_now(key, Some(PersonId(person)), name.as_bytes(), Actor::Desk, move |act| {
        crate::people::create(act, &ByDesk, &crate::people::Input::named(name), &[])
    })
}

#[test]
fn the_same_request_acts_once_and_answers_the_same() {
    let desk = desk();
    let first = add(&desk, "a", 1, "Ada").unwrap();
    assert_eq!(add(&desk, "a", 1, "Ada").unwrap(), first);
    assert_ne!(add(&desk, "b", 1, "Ada").unwrap(), first);
    assert_ne!(add(&desk, "a", 2, "Ada").unwrap(), first);
    assert!(matches!(add(&desk, "a", 1, "Bo"), Err(DeskError::Conflict(_))));
    assert!(matches!(add(&desk, "", 1, "Bo"), Err(DeskError::Invalid { .. })));
}

#[test]
fn a_failure_is_not_remembered_and_old_outcomes_are_forgotten() {
    let desk = desk();
    assert!(add(&desk, "a", 1, " ").is_err());
    let first = add(&desk, "a", 1, "Ada").unwrap();
    assert_eq!(desk.act_now(Actor::Desk, prune).unwrap(), 0);
    desk.clock.advance(SignedDuration::from_hours(7 * 24 + 1));
    assert_eq!(desk.act_now(Actor::Desk, prune).unwrap(), 1);
    assert_ne!(add(&desk, "a", 1, "Ada").unwrap(), first);
}

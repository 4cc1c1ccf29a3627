//! What people of the company keep at hand, each made by whoever keeps it: fields, statuses, texts, lists, and
//! what is done without them.

mod fields;
mod lists;
mod routine;
mod statuses;
mod texts;

use domain::event::Actor;
use domain::permission::Viewer;

use super::world::World;
use crate::DeskError;
use crate::act::Act;

pub(super) use fields::typed;

/// What they have kept since before the first ticket.
pub(super) fn set_up(act: &mut Act, world: &World) -> Result<(), DeskError> {
    fields::define(act, world)?;
    statuses::define(act, world)?;
    texts::write(act, world)?;
    lists::write(act, world)?;
    act.actor = Actor::Desk;
    Ok(())
}

/// What the desk does by itself since not long ago.
pub(super) fn leave_to_the_desk(act: &mut Act, world: &World) -> Result<(), DeskError> {
    routine::write(act, world)?;
    act.actor = Actor::Desk;
    Ok(())
}

/// From here on somebody of the company acts.
fn become_person(act: &mut Act, world: &World, name: &str) -> Result<Viewer, DeskError> {
    let person = world.named(name).ok_or(DeskError::NotFound)?.person;
    act.actor = Actor::Person(person);
    store::access::viewer(act.tx, person)?.ok_or(DeskError::NotFound)
}

//! A believable organisation with half a year of work behind it, made from a seed by the desk's own verbs.

mod acts;
mod afterwards;
mod again;
mod arrivals;
mod chance;
mod company;
mod effort;
mod floor;
mod handoffs;
mod hats;
mod holidays;
mod hours;
mod names;
mod offers;
mod phrases;
mod phrases_abroad;
mod pieces;
mod plan;
mod promises;
mod setup;
mod situations;
#[cfg(test)]
mod tests;
mod tools;
mod world;

use domain::event::Actor;
use jiff::{Timestamp, ToSpan};

use crate::act::Desk;
use crate::password::Password;
use crate::{DeskError, Problem};
use floor::Floor;

pub use hats::{DemoPerson, people};

/// What everybody in the demo signs in with; the sign-in page says so in demo mode.
pub const PASSWORD: &str = "warm houses in winter";
const COMPANY_DOMAIN: &str = "emberfold.example";
/// The row that says that this database is a demo, and of which seed.
const SETTING: &str = "demo";
/// Steps of the simulation in one transaction.
const AT_ONCE: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many are opened by requesters; hand-offs come on top.
    pub tickets: u32,
    pub seed: u64,
    pub now: Timestamp,
}

impl Options {
    #[must_use]
    pub const fn at(now: Timestamp) -> Self {
        Self { tickets: 3_000, seed: 1, now }
    }
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Opened by requesters.
    pub tickets: u64,
    /// Asked by one unit of another.
    pub handoffs: u64,
    pub people: u64,
    pub units: u64,
    pub services: u64,
}

/// Fills an empty database. `progress` hears of tickets opened, out of how many.
///
/// # Errors
/// A conflict when the database holds people already; nothing is written then.
pub fn build(
    desk: &Desk,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary, DeskError> {
    let Options { tickets, seed, now } = *options;
    // Microseconds are what a database keeps.
    let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
    let password = Password::parse(PASSWORD, None)?.hash();
    let today = setup::day(now);
    let from = today.to_zoned(jiff::tz::TimeZone::UTC).map_or(now, |midnight| midnight.timestamp())
        - (24 * i64::from(arrivals::DAYS)).hours();
    let world = desk.act_now(Actor::Desk, move |act| {
        if store::setting::value(act.tx, SETTING)?.is_some() || !act.catalogue.units.is_empty() {
            return Err(DeskError::Conflict(Problem::DatabaseInUse));
        }
        act.now = from - 1.hour();
        setup::run(act, seed, tickets, today, &password)
    })?;
    let people = world.people.len() as u64;
    let asked = arrivals::draw(&world, seed, tickets, now);
    let pieces = pieces::all();
    let mut floor = Floor::new(world, asked, pieces, from, now);
    let total = u64::from(tickets);
    loop {
        let (back, more) = desk.act_now(Actor::Desk, move |act| {
            let more = floor.go_on(act, AT_ONCE)?;
            Ok((floor, more))
        })?;
        floor = back;
        progress(floor.opened.min(total), total);
        if !more {
            break;
        }
    }
    desk.act_now(Actor::Desk, move |act| Ok(store::setting::set(act.tx, SETTING, &seed.to_string())?))?;
    let handoffs = floor.handoffs();
    Ok(Summary {
        tickets: floor.opened,
        handoffs,
        people,
        units: floor.world.units.len() as u64,
        services: floor.world.services.len() as u64,
    })
}

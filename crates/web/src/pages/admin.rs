//! Set-up: people, organisations, units, services, calendars, agreements and mail, for administrators.

pub mod agreements;
pub mod alike;
pub mod answered;
pub mod calendars;
pub mod customs;
pub mod duration;
pub mod events;
pub mod fields;
pub mod glass;
pub mod home;
pub mod inboxes;
pub mod organisations;
pub mod people;
pub mod person;
pub mod services;
pub mod shell;
pub mod sought;
pub mod statuses;
pub mod suspended;
pub mod tags;
pub mod texts;
pub mod units;
pub mod usual;

use crate::routes::Route;

pub fn routes() -> Vec<Route> {
    [
        home::routes(),
        people::routes(),
        person::routes(),
        organisations::routes(),
        units::routes(),
        services::routes(),
        usual::routes(),
        calendars::routes(),
        agreements::routes(),
        inboxes::routes(),
        suspended::routes(),
        tags::routes(),
        customs::routes(),
        statuses::routes(),
        answered::routes(),
        texts::routes(),
        glass::routes(),
        events::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

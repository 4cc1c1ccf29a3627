//! The pages, one file per resource; the table of each is the list of what can be done with it.

pub mod action_fields;
pub mod admin;
pub mod bulk_action;
pub mod drafts;
pub mod files;
pub mod frame;
pub mod keys;
pub mod listing;
pub mod macros;
pub mod map;
pub mod notices;
pub mod on_behalf;
pub mod palette;
pub mod part;
pub mod people;
pub mod portal;
pub mod presence;
pub mod profile;
pub mod rating;
pub mod recurring;
pub mod rows;
pub mod rules;
pub mod search;
pub mod set_up;
pub mod shown;
pub mod sign_in;
pub mod similar;
pub mod spent;
pub mod statuses;
pub mod throughline;
pub mod ticket;
pub mod unit;
pub mod unsubscribe;
pub mod uploads;
pub mod views;
pub mod work;
pub mod write;
pub mod zones;

use crate::routes::Route;

pub fn routes() -> Vec<Route> {
    [
        work::routes(),
        write::routes(),
        on_behalf::routes(),
        views::routes(),
        listing::reached::routes(),
        bulk_action::routes(),
        ticket::routes(),
        macros::routes(),
        files::routes(),
        uploads::routes(),
        self::throughline::routes(),
        unit::routes(),
        sign_in::routes(),
        unsubscribe::routes(),
        rating::routes(),
        set_up::routes(),
        profile::routes(),
        notices::routes(),
        portal::routes(),
        presence::routes(),
        recurring::routes(),
        rules::routes(),
        map::routes(),
        spent::routes(),
        palette::routes(),
        keys::routes(),
        search::routes(),
        similar::routes(),
        people::routes(),
        admin::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

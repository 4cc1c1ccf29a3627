//! The pages, one file per resource; the table of each is the list of what can be done with it.

pub mod frame;
pub mod map;
pub mod portal;
pub mod shown;
pub mod ticket;
pub mod work;

use crate::routes::Route;

pub fn routes() -> Vec<Route> {
    [work::routes(), ticket::routes(), portal::routes(), map::routes()]
        .into_iter()
        .flatten()
        .collect()
}

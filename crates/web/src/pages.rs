//! The pages, one file per resource; the table of each is the list of what can be done with it.

pub mod frame;

use crate::routes::Route;

pub fn routes() -> Vec<Route> {
    Vec::new()
}

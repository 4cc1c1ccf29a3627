//! Canned replies and macros: a person's own, their units' and everybody's, and the pages on which they are made.

mod does;
mod edit;
mod form;
mod list;

pub(in crate::pages) use list::{excerpt, owned_by};

use axum::routing::{get, post};

use crate::routes::{Right, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/macros", Right::Agent, get(list::all)),
        Route::get("/macros/new", Right::Agent, get(edit::new)),
        Route::post("/macros/new", Right::Agent, post(edit::create)),
        Route::get("/macros/{macro}/edit", Right::Agent, get(edit::open)),
        Route::post("/macros/{macro}/edit", Right::Agent, post(edit::change)),
        Route::post("/macros/{macro}/owner", Right::Agent, post(edit::owner)),
        Route::post("/macros/{macro}/removal", Right::Agent, post(edit::removal)),
    ]
}

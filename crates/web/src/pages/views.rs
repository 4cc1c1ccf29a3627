//! Views: lists by a filter, saved for oneself, a unit or everybody, and the pages on which they are made.

pub mod bar;
mod builder;
mod edit;
pub(in crate::pages) mod form;
mod list;
mod said;
pub mod side;
mod words;

pub(in crate::pages) use said::said;

use axum::routing::{get, post};

use crate::routes::{Right, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/views", Right::Agent, get(list::filtered)),
        Route::get("/views/new", Right::Agent, get(edit::new)),
        Route::post("/views/new", Right::Agent, post(edit::create)),
        Route::get("/views/counts", Right::Agent, get(side::counts)),
        Route::get("/views/completions", Right::Agent, get(bar::completions)),
        Route::get("/views/{view}", Right::Agent, get(list::saved)),
        Route::get("/views/{view}/edit", Right::Agent, get(edit::open)),
        Route::post("/views/{view}/edit", Right::Agent, post(edit::change)),
        Route::post("/views/{view}/place", Right::Agent, post(edit::place)),
        Route::post("/views/{view}/owner", Right::Agent, post(edit::owner)),
        Route::post("/views/{view}/removal", Right::Agent, post(edit::removal)),
    ]
}

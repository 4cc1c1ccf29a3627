//! Inboxes: the list with how each one is doing, setting one up step by step, and trying it.

pub mod address;
pub mod consent;
pub mod failure;
pub mod health;
pub mod list;
pub mod one;
pub mod provider;
pub mod servers;
pub mod steps;

use axum::routing::{get, post};

pub use list::capped;

use crate::routes::{Right, Route};

pub fn routes() -> Vec<Route> {
    let right = Right::Administrator;
    vec![
        Route::get("/admin/inboxes", right, get(list::show)),
        Route::get("/admin/inboxes/new", right, get(address::new)),
        Route::post("/admin/inboxes/new", right, post(address::create)),
        Route::get("/admin/inboxes/consent", right, get(consent::come_back)),
        Route::get("/admin/inboxes/{inbox}", right, get(one::show)),
        Route::get("/admin/inboxes/{inbox}/address", right, get(address::open)),
        Route::post("/admin/inboxes/{inbox}/address", right, post(address::change)),
        Route::get("/admin/inboxes/{inbox}/provider", right, get(provider::show)),
        Route::get("/admin/inboxes/{inbox}/servers", right, get(servers::open)),
        Route::post("/admin/inboxes/{inbox}/servers", right, post(servers::change)),
        Route::post("/admin/inboxes/{inbox}/consent", right, post(consent::begin)),
        Route::post("/admin/inboxes/{inbox}/trial", right, post(one::try_servers)),
        Route::post("/admin/inboxes/{inbox}/test-mail", right, post(one::send_test)),
        Route::post("/admin/inboxes/{inbox}/breaker", right, post(one::close_breaker)),
        Route::post("/admin/inboxes/{inbox}/end", right, post(one::end)),
    ]
}

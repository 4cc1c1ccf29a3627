//! Everything HTTP: the table of routes, pages, the JSON API, live updates and assets.

pub mod api;
pub mod app;
pub mod assets;
pub mod csv;
pub mod edge;
pub mod form;
pub mod format;
pub mod guard;
pub mod headers;
pub mod live;
pub mod markdown;
pub mod pages;
pub mod refusal;
pub mod routes;
pub mod said;
pub mod text;
pub mod ui;
pub mod visitor;

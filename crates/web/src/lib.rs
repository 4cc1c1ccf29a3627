//! Everything HTTP: the table of routes, pages, the JSON API, live updates and assets.

pub mod assets;
pub mod edge;
pub mod format;
pub mod headers;
pub mod markdown;
pub mod text;
pub mod ui;

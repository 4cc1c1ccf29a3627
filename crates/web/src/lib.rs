//! Everything HTTP: the table of routes, pages, the JSON API, live updates and assets.

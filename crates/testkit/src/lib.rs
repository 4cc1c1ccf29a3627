//! What tests stand on: a desk in memory, builders, a fixed clock and a browser.

pub mod postgres;

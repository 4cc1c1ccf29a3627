//! What tests stand on: a desk in memory, builders, a fixed clock and a browser.

pub mod desk;
pub mod postgres;

pub use desk::TestDesk;

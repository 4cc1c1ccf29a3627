//! What the desk does: one verb per file, one transaction per verb.

pub mod act;
pub mod assign;
pub mod close;
mod error;
pub mod escalate;
pub mod eventlog;
pub mod handoff;
pub mod note;
pub mod open;
mod people_of;
pub mod priority;
pub mod project;
pub mod reopen;
pub mod reply;
pub mod report;
pub mod session;
pub mod solve;
pub mod sweep;
pub mod transfer;
pub mod wait;
pub mod words;

pub use act::{Act, Desk, Look};
pub use error::{DeskError, administrator};

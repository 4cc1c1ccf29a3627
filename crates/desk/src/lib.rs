//! What the desk does: one verb per file, one transaction per verb.

pub mod act;
pub mod assign;
pub mod calendars;
pub mod close;
pub mod demo;
pub mod entitled;
mod error;
pub mod escalate;
pub mod eventlog;
pub mod handoff;
pub mod import;
pub mod note;
pub mod open;
pub mod organisations;
pub mod password;
pub mod people;
mod people_of;
pub mod plan;
pub mod priority;
pub mod project;
pub mod reopen;
pub mod reply;
pub mod report;
pub mod services;
pub mod session;
pub mod solve;
pub mod sweep;
pub mod transfer;
pub mod units;
pub mod wait;
pub mod words;

pub use act::{Act, Desk, Look};
pub use entitled::{ByDesk, Entitled};
pub use error::{DeskError, administrator};

//! What the desk does: one verb per file, one transaction per verb.

pub mod act;
mod error;
pub mod project;
pub mod words;

pub use act::{Act, Desk, Look};
pub use error::{DeskError, administrator};

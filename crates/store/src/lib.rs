//! What is remembered: the only place that speaks SQL.

pub mod access;
mod bulk;
pub mod catalogue;
pub mod clock;
pub mod db;
mod error;
pub mod event;
pub mod follower;
pub mod id;
pub mod imported;
pub mod job;
pub mod message;
pub mod migrations;
pub mod queue;
pub mod report;
pub mod sheet;
pub mod tally;
pub mod ticket;
pub mod wall_clock;

pub use db::{Db, DbError, Row, Tx};
pub use error::StoreError;
pub use wall_clock::WallClock;

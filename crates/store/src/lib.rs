//! What is remembered: the only place that speaks SQL.

pub mod clock;
pub mod db;
pub mod id;
pub mod migrations;

pub use clock::Clock;
pub use db::{Db, DbError, Row, Tx};

//! What is remembered: the only place that speaks SQL.

pub mod access;
pub mod affiliation;
pub mod agreement;
<<<<<<< HEAD
pub mod aside;
=======
pub mod audit;
>>>>>>> a585ba2 (Set-up pages: people, organisations, units, services, calendars, agreements with their verdict, broken glass and the log)
mod bulk;
pub mod calendar;
pub mod catalogue;
pub mod check;
pub mod clock;
pub mod db;
mod error;
pub mod event;
pub mod export;
pub mod follower;
pub mod glass;
pub mod id;
pub mod idempotency;
pub mod imported;
pub mod job;
pub mod message;
pub mod migrations;
pub mod office;
pub mod organisation;
pub mod page;
pub mod person;
pub mod queue;
pub mod report;
pub mod service;
pub mod session;
pub mod setting;
pub mod sheet;
pub mod tally;
pub mod ticket;
pub mod unit;
pub mod wall_clock;
pub mod work;

pub use db::{Db, DbError, Row, Tx};
pub use error::StoreError;
pub use wall_clock::WallClock;

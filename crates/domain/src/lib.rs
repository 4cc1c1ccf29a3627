//! What is true: pure values and rules, without database, network, files, clock or randomness.

pub mod affiliation;
pub mod agreement;
pub mod assignment;
pub mod calendar;
pub mod cause;
pub mod clock;
pub mod custody;
pub mod event;
pub mod feasibility;
pub mod filter;
pub mod id;
pub mod ledger;
pub mod nearest;
pub mod news;
pub mod notice;
pub mod order;
pub mod origin;
pub mod permission;
pub mod preference;
pub mod priority;
pub mod service;
pub mod stats;
pub mod threading;
pub mod ticket;
pub mod view;
mod word;

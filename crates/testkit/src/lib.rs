//! What tests stand on: a desk in memory, builders, a fixed clock and a browser.

pub mod asker;
pub mod axe;
pub mod browser;
pub mod bucket;
mod daemon;
pub mod desk;
pub mod dovecot;
mod drafts;
mod fields;
pub mod inbox;
pub mod letters;
pub mod loopback;
pub mod patience;
pub mod post;
pub mod postfix;
pub mod postgres;
mod promise;
pub mod provider;
pub mod proxy;
pub mod relay;
pub mod search;
pub mod senders;
pub mod site;
mod statuses;
pub mod stories;
mod uploads;

pub use desk::TestDesk;
pub use site::Site;

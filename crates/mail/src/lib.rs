//! Bytes to messages and back: read, judge, thread, compose; IMAP, SMTP and LMTP.

pub mod address;
pub mod archive;
pub mod attachment;
pub mod authentic;
pub mod automatic;
pub mod bounce;
mod charset;
pub mod compose;
pub mod egress;
mod flowed;
mod header;
pub mod html;
pub mod imap;
pub mod inspect;
mod limits;
pub mod lmtp;
mod mime;
pub mod oauth;
pub mod parse;
pub mod peek;
pub mod presets;
pub mod quote;
pub mod secret;
pub mod smtp;
mod table;
pub mod thread;
pub mod threads;
mod transfer;
pub mod verification;
mod words;

pub use limits::{Limits, Trouble};

#[cfg(test)]
mod tests;

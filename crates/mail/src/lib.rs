//! Bytes to messages and back: read, judge, thread, compose; IMAP, SMTP and LMTP.

pub mod address;
pub mod archive;
pub mod attachment;
pub mod automatic;
pub mod bounce;
mod charset;
pub mod compose;
mod header;
pub mod html;
pub mod inspect;
mod limits;
mod mime;
pub mod parse;
pub mod quote;
mod table;
pub mod thread;
pub mod threads;
mod transfer;
mod words;

pub use limits::{Limits, Trouble};

#[cfg(test)]
mod tests;

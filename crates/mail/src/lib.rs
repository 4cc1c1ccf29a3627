//! Bytes to messages and back: read, judge, thread, compose; IMAP, SMTP and LMTP.

pub mod egress;
pub mod imap;
pub mod oauth;
pub mod peek;
pub mod presets;
pub mod secret;
pub mod smtp;

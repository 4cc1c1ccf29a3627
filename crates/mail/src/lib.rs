//! Bytes to messages and back: read, judge, thread, compose; IMAP, SMTP and LMTP.

pub mod egress;
pub mod imap;
pub mod lmtp;
pub mod oauth;
pub mod presets;
pub mod secret;
pub mod smtp;

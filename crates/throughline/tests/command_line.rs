//! The real binary, as somebody types it: what it prints, how it fails, what it leaves behind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "command_line/binary.rs"]
mod binary;
#[path = "command_line/journey.rs"]
mod journey;
#[path = "command_line/letters.rs"]
mod letters;
#[path = "command_line/logs.rs"]
mod logs;
#[path = "command_line/mails.rs"]
mod mails;
#[path = "command_line/refused.rs"]
mod refused;
#[path = "command_line/served.rs"]
mod served;

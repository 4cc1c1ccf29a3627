//! How the languages of the world say "wrote", "From", "Sent from my telephone" and their kin.
//!
//! The words are in the table beside this file, in lower case, parted by ` | `.

use std::sync::LazyLock;

use crate::table;

type Words = LazyLock<Vec<&'static str>>;

const TABLE: &str = include_str!("words.txt");

/// What introductions say that somebody did.
pub(super) static WROTE: Words = LazyLock::new(|| table::section(TABLE, "wrote"));

/// Words with which introductions begin.
pub(super) static OPENERS: Words = LazyLock::new(|| table::section(TABLE, "openers"));

pub(super) static WEEKDAYS: Words = LazyLock::new(|| table::section(TABLE, "weekdays"));

/// With what dates begin where the month comes first.
pub(super) static MONTHS: Words = LazyLock::new(|| table::section(TABLE, "months"));

pub(super) static FROM: Words = LazyLock::new(|| table::section(TABLE, "from"));

pub(super) static DATE: Words = LazyLock::new(|| table::section(TABLE, "date"));

pub(super) static TO: Words = LazyLock::new(|| table::section(TABLE, "to"));

pub(super) static SUBJECT: Words = LazyLock::new(|| table::section(TABLE, "subject"));

/// What stands between dashes above an answered message.
pub(super) static ORIGINAL: Words = LazyLock::new(|| table::section(TABLE, "original"));

/// What stands above a message that was passed on.
pub(super) static FORWARDED: Words = LazyLock::new(|| table::section(TABLE, "forwarded"));

pub(super) static FORWARD_PREFIXES: Words = LazyLock::new(|| table::section(TABLE, "forward-prefixes"));

/// With what the line of a device or program begins.
pub(super) static DEVICE_STARTS: Words = LazyLock::new(|| table::section(TABLE, "device-starts"));

pub(super) static DEVICE_ENDS: Words = LazyLock::new(|| table::section(TABLE, "device-ends"));

pub(super) static DEVICES: Words = LazyLock::new(|| table::section(TABLE, "devices"));

/// That something was sent, in languages in which the device may stand before or behind it.
pub(super) static DEVICE_SENT: Words = LazyLock::new(|| table::section(TABLE, "device-sent"));

/// What list programs say below their rule.
pub(super) static FOOTERS: Words = LazyLock::new(|| table::section(TABLE, "footers"));

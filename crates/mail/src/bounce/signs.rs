//! The words of mail systems, read once from the tables beside this file.
//!
//! All are in lower case and parted by ` | `. A `*` in `words.txt` stands for a few words between; the first
//! family there with a sign that fits is taken.

use std::sync::LazyLock;

use super::Reason;
use crate::table;

type Signs = LazyLock<Vec<&'static str>>;

const MARKS: &str = include_str!("marks.txt");

/// How mail systems call themselves beside their address.
pub(super) static SYSTEM_NAMES: Signs = LazyLock::new(|| table::section(MARKS, "system-names"));

pub(super) static SUBJECTS: Signs = LazyLock::new(|| table::section(MARKS, "subjects"));

/// What reports say in their first lines, blanks counted once.
pub(super) static FAILURES: Signs = LazyLock::new(|| table::section(MARKS, "failures"));

/// Above a copy of the original.
pub(super) static COPIES: Signs = LazyLock::new(|| table::section(MARKS, "copies"));

/// That the content was sent before the refusal came.
pub(super) static AFTER_DATA: Signs = LazyLock::new(|| table::section(MARKS, "after-data"));

/// What servers say and what it means.
pub(super) static WORDS: LazyLock<Vec<(Reason, Vec<&'static str>)>> = LazyLock::new(|| {
    table::sections(include_str!("words.txt"))
        .into_iter()
        .filter_map(|(name, signs)| Some((Reason::named(name)?, signs)))
        .collect()
});

//! Why a log as a whole could not be read or written; single wrong rows are rejects.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open {}: {cause}; nothing was read", path.display())]
    Open {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error(
        "reading {name} stopped at line {line}: {cause}; {rows_kept} rows before it were read, none of them is stored; check the file and try again"
    )]
    Read {
        name: String,
        line: u64,
        rows_kept: u64,
        #[source]
        cause: std::io::Error,
    },
    #[error("{name} is empty: a log needs at least its column names")]
    Empty { name: String },
    #[error("{name} is UTF-16; save it as UTF-8 and try again")]
    Utf16 { name: String },
    #[error("{}", columns_sentence(name, missing, found))]
    Columns { name: String, missing: Vec<MissingColumn>, found: Vec<String> },
    #[error(
        "{name} is malformed at line {line}: {reason}; {rows_kept} rows before it were read, none of them is stored; mend the file and try again"
    )]
    Malformed { name: String, line: u64, rows_kept: u64, reason: String },
    #[error("the mapping cannot be used: {reason}")]
    Mapping { reason: String },
    #[error(
        "there is no profile {name:?}; the built-in ones are {known}, others are given as a mapping file"
    )]
    Profile { name: String, known: String },
    #[error("there is no time zone {name:?}; use an IANA name such as Europe/Lisbon, or UTC")]
    Zone { name: String },
    #[error("ticket {key} has no events: an event log cannot carry it; nothing more was written")]
    NoEvents { key: String },
    #[error("writing stopped: {0}; the file is incomplete, delete it and try again")]
    Write(#[source] std::io::Error),
}

/// A column that the mapping names and the file does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    pub name: String,
    /// The column of the file whose name is nearest, when one is near.
    pub nearest: Option<String>,
}

impl Error {
    pub(crate) fn write_csv(cause: ::csv::Error) -> Self {
        Self::Write(std::io::Error::other(cause))
    }
}

/// The time zone of that name.
pub fn zone(name: &str) -> Result<jiff::tz::TimeZone, Error> {
    jiff::tz::TimeZone::get(name).map_err(|_| Error::Zone { name: name.into() })
}

fn columns_sentence(name: &str, missing: &[MissingColumn], found: &[String]) -> String {
    let missing: Vec<String> = missing
        .iter()
        .map(|column| match &column.nearest {
            Some(nearest) => format!("{:?} (did you mean {nearest:?}?)", column.name),
            None => format!("{:?}", column.name),
        })
        .collect();
    format!(
        "{name} lacks the columns {}; found were: {}; nothing was read; choose the profile of this log or correct the mapping",
        missing.join(", "),
        found.join(", ")
    )
}

//! Event logs in and out: files become cases of steps, tickets become CSV, XES and OCEL files.

pub mod case;
pub mod csv;
pub mod error;
pub mod export;
pub mod fields;
pub mod mapping;
pub mod ocel;
pub mod profile;
pub mod raw;
pub mod rejects;
pub mod source;
pub mod timestamp;
pub mod xes;

pub use case::{Assembly, Case, Means, Step, Warnings};
pub use error::Error;
pub use fields::{Fields, Kind, Row, Shape};
pub use mapping::Mapping;
pub use rejects::Reject;
pub use source::{Format, Source};

use jiff::tz::TimeZone;

/// One record of a log: read, or refused with its reason.
pub type Entry = Result<Row, Reject>;

/// What every reader yields. An `Err` ends the log: nothing after it was read.
pub type Entries = Box<dyn Iterator<Item = Result<Entry, Error>> + Send>;

/// Reads a log of any of the three formats; times without an offset are local to `zone`.
pub fn read(source: Source, mapping: &Mapping, zone: &TimeZone) -> Result<Entries, Error> {
    Ok(match source.format() {
        Format::Csv => Box::new(csv::read(source, mapping, zone)?),
        Format::Xes => Box::new(xes::read(source, mapping, zone)?),
        Format::Ocel => Box::new(ocel::read(source, mapping, zone)?),
    })
}

#[cfg(test)]
mod tests;

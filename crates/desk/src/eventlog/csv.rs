//! Reads a CSV event log: finds the delimiter, checks the columns, gives a row or a reject per record.

mod record;
mod write;

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::Arc;

use jiff::tz::TimeZone;

pub use write::write;

use super::error::MissingColumn;
use super::fields::{Fields, Kind, Row, Shape, position};
use super::mapping::{Mapping, Role, nearest};
use super::{Entry, Error, Reject, Source, export, timestamp};
use record::{Found, Records};

/// A cell above this is refused with its row, so that one record cannot fill a database page cache.
pub const CELL_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// Reads the header and prepares to read the rows.
pub fn read(source: Source, mapping: &Mapping, zone: &TimeZone) -> Result<Reader, Error> {
    let name = source.name().to_owned();
    let mut records = Records::new(source.into_reader());
    let header = match records.next().map_err(|cause| stopped(&name, 1, 0, cause))? {
        Found::Record { .. } => records.raw().to_vec(),
        Found::Unclosed { .. } | Found::TooLong { .. } | Found::End => {
            return Err(Error::Empty { name });
        }
    };
    let (delimiter, columns) = header_columns(&name, &header, mapping)?;
    records.set_delimiter(delimiter);
    let shape = shape_of(columns, mapping, &name);
    Ok(Reader {
        timestamps: timestamp::Reader::new(&mapping.timestamp_format, zone)?,
        mapping: mapping.clone(),
        wider: HashMap::new(),
        rows_kept: 0,
        ended: false,
        ends: Vec::new(),
        unquoted: Vec::new(),
        shape,
        records,
        name,
    })
}

/// Yields one entry per record; an `Err` is the last thing it yields.
pub struct Reader {
    name: String,
    records: Records<Box<dyn BufRead + Send>>,
    mapping: Mapping,
    shape: Arc<Shape>,
    /// Shapes of records that have more cells than the header has names, by their width.
    wider: HashMap<usize, Arc<Shape>>,
    timestamps: timestamp::Reader,
    rows_kept: u64,
    ended: bool,
    ends: Vec<u32>,
    unquoted: Vec<u8>,
}

impl Iterator for Reader {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let found = match self.records.next() {
                Ok(found) => found,
                Err(cause) => {
                    self.ended = true;
                    let line = self.records.line();
                    return Some(Err(stopped(&self.name, line, self.rows_kept, cause)));
                }
            };
            let reject =
                |line, reason: String, raw: &[u8]| Some(Ok(Err(Reject { line, reason, raw: raw.to_vec() })));
            match found {
                Found::End => self.ended = true,
                Found::Record { .. } if self.records.raw().is_empty() => {}
                Found::Record { line } => {
                    let entry = self.entry(line);
                    self.rows_kept += u64::from(entry.is_ok());
                    return Some(Ok(entry));
                }
                Found::Unclosed { line } => {
                    let reason = "a quote opens in this line and is never closed".to_owned();
                    return reject(line, reason, self.records.raw());
                }
                Found::TooLong { line, bytes } => {
                    let reason = format!(
                        "the line has {bytes} bytes, at most {} are read; its beginning is kept here",
                        record::RECORD_LIMIT_BYTES
                    );
                    return reject(line, reason, &self.records.raw()[..CELL_LIMIT_BYTES]);
                }
            }
        }
        None
    }
}

impl Reader {
    pub fn columns(&self) -> &[Arc<str>] {
        self.shape.names()
    }

    fn entry(&mut self, line: u64) -> Entry {
        let raw = self.records.raw();
        let text = record::split(raw, self.records.delimiter(), &mut self.ends, &mut self.unquoted);
        let refused = |reason: String| Reject { line, reason, raw: raw.to_vec() };
        let shape = shape_for(&self.shape, &mut self.wider, self.ends.len(), &self.mapping, &self.name);
        if raw.len() > CELL_LIMIT_BYTES
            && let Some((index, bytes)) = longest(&self.ends).filter(|cell| cell.1 > CELL_LIMIT_BYTES)
        {
            return Err(refused(format!(
                "the cell in column {:?} has {bytes} bytes, at most {CELL_LIMIT_BYTES} are taken",
                &*shape.names()[index]
            )));
        }
        let Ok(text) = std::str::from_utf8(text) else {
            let index = first_invalid(text, &self.ends);
            return Err(refused(format!("column {:?} is not valid UTF-8", &*shape.names()[index])));
        };
        let fields = Fields::new(Arc::clone(&shape), text.into(), self.ends.as_slice().into());
        let fields = match self.mapping.formula_guard {
            true => unguarded(&fields),
            false => fields,
        };
        place(line, fields, &self.mapping, &self.timestamps).map_err(refused)
    }
}

/// Checks what every format needs: a case id and a readable time.
pub(super) fn place(
    line: u64,
    fields: Fields,
    mapping: &Mapping,
    timestamps: &timestamp::Reader,
) -> Result<Row, String> {
    let mut parts = fields.shape().layout().case_parts(&fields).enumerate();
    if let Some((index, _)) = parts.find(|(_, part)| part.is_none_or(|part| mapping.is_missing(part))) {
        return Err(format!("no case id in column {:?}", mapping.case[index]));
    }
    drop(parts);
    let text = fields.role(Role::Timestamp).unwrap_or_default();
    if mapping.is_missing(text) {
        return Err(format!("no time in column {:?}", mapping.timestamp));
    }
    let Some(reading) = timestamps.read(text) else {
        return Err(format!(
            "column {:?} holds {:?}, which is no date of the format {}",
            mapping.timestamp,
            text.chars().take(60).collect::<String>(),
            timestamps.format()
        ));
    };
    Ok(Row { line, at: reading.at, wall: reading.wall, fields })
}

/// The delimiter under which most of the needed columns are found, and the columns it gives.
fn header_columns(name: &str, header: &[u8], mapping: &Mapping) -> Result<(u8, Vec<String>), Error> {
    let needed: Vec<&str> = mapping.columns().collect();
    let split = |delimiter| {
        let (mut ends, mut unquoted) = (Vec::new(), Vec::new());
        let text = record::split(header, delimiter, &mut ends, &mut unquoted);
        let mut start = 0;
        let columns: Vec<String> = ends
            .iter()
            .map(|end| {
                let cell = String::from_utf8_lossy(&text[start..*end as usize]);
                start = *end as usize + 1;
                cell.trim().to_owned()
            })
            .collect();
        columns
    };
    let score = |columns: &[String]| {
        let known = needed.iter().filter(|column| columns.iter().any(|found| found == *column)).count();
        (known, columns.len())
    };
    let (delimiter, columns) = [b'|', b'\t', b';', b',']
        .into_iter()
        .map(|delimiter| (delimiter, split(delimiter)))
        .max_by_key(|(_, columns)| score(columns))
        .expect("there are four delimiters to try");
    let missing: Vec<MissingColumn> = needed
        .iter()
        .filter(|column| !columns.iter().any(|found| found == *column))
        .map(|column| MissingColumn { name: (*column).to_owned(), nearest: nearest(column, &columns) })
        .collect();
    if !missing.is_empty() {
        return Err(Error::Columns { name: name.to_owned(), missing, found: columns });
    }
    Ok((delimiter, columns))
}

/// Columns of the same name are told apart by a number, so that none hides another.
fn shape_of(columns: Vec<String>, mapping: &Mapping, name: &str) -> Arc<Shape> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let names = columns
        .into_iter()
        .map(|column| {
            let count = seen.entry(column.clone()).or_default();
            *count += 1;
            let unique = match count {
                1 => column,
                count => format!("{column}#{count}"),
            };
            (Arc::from(unique), Kind::Text)
        })
        .collect();
    Arc::new(Shape::new(names, mapping, name))
}

fn shape_for(
    header: &Arc<Shape>,
    wider: &mut HashMap<usize, Arc<Shape>>,
    width: usize,
    mapping: &Mapping,
    name: &str,
) -> Arc<Shape> {
    if width <= header.names().len() {
        return Arc::clone(header);
    }
    let shape = wider.entry(width).or_insert_with(|| {
        let known = header.names().iter().map(ToString::to_string);
        let unnamed = (header.names().len() + 1..=width).map(|number| format!("column {number}"));
        shape_of(known.chain(unnamed).collect(), mapping, name)
    });
    Arc::clone(shape)
}

fn longest(ends: &[u32]) -> Option<(usize, usize)> {
    let mut start = 0;
    ends.iter()
        .map(|end| {
            let bytes = *end as usize - start;
            start = *end as usize + 1;
            bytes
        })
        .enumerate()
        .max_by_key(|(_, bytes)| *bytes)
}

fn first_invalid(text: &[u8], ends: &[u32]) -> usize {
    let mut start = 0;
    ends.iter()
        .position(|end| {
            let cell = &text[start..*end as usize];
            start = *end as usize + 1;
            std::str::from_utf8(cell).is_err()
        })
        .unwrap_or_default()
}

fn unguarded(fields: &Fields) -> Fields {
    let mut text = String::new();
    let mut ends = Vec::with_capacity(fields.len());
    for (index, (_, _, value)) in fields.iter().enumerate() {
        if index > 0 {
            text.push('\u{0}');
        }
        text.push_str(export::unguarded(value));
        ends.push(position(text.len()));
    }
    Fields::new(Arc::clone(fields.shape()), text.into(), ends.into())
}

fn stopped(name: &str, line: u64, rows_kept: u64, cause: std::io::Error) -> Error {
    Error::Read { name: name.to_owned(), line, rows_kept, cause }
}

#[cfg(test)]
mod tests;

//! Reads XES 1.0 as a stream: traces, events, every attribute of every type, nested ones too.

mod shapes;
mod tag;
mod write;

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use jiff::tz::TimeZone;
use quick_xml::events::Event;

pub use write::write;

use super::fields::{Kind, Values};
use super::mapping::Mapping;
use super::{Entry, Error, Reject, Source, csv, timestamp};
use shapes::Shapes;
use tag::Attribute;

/// An attribute above this refuses its event; the same limit as a CSV cell.
pub const VALUE_LIMIT_BYTES: usize = csv::CELL_LIMIT_BYTES;
/// One XML tag or text above this ends the reading: it would have to be held in memory.
const MARKUP_LIMIT_BYTES: u64 = 64 * 1024 * 1024;
const NESTING_LIMIT: usize = 64;

pub fn read(source: Source, mapping: &Mapping, zone: &TimeZone) -> Result<Reader, Error> {
    let name = source.name().to_owned();
    let input = Lines { input: source.into_reader(), line: 1, since_markup_bytes: 0 };
    Ok(Reader {
        xml: quick_xml::Reader::from_reader(input),
        timestamps: timestamp::Reader::new(&mapping.timestamp_format, zone)?,
        shapes: Shapes::new(mapping, &name),
        mapping: mapping.clone(),
        name,
        buffer: Vec::new(),
        place: Vec::new(),
        attributes: Vec::new(),
        log: Vec::new(),
        trace: Record::default(),
        event: Record::default(),
        events: Vec::new(),
        ready: VecDeque::new(),
        rows_kept: 0,
        is_log: false,
        ended: false,
    })
}

/// Yields the events of each trace when the trace ends; an `Err` is the last thing it yields.
pub struct Reader {
    name: String,
    xml: quick_xml::Reader<Lines>,
    mapping: Mapping,
    timestamps: timestamp::Reader,
    shapes: Shapes,
    buffer: Vec<u8>,
    place: Vec<Place>,
    /// Keys of the attributes that are open, for the names of nested ones.
    attributes: Vec<String>,
    log: Vec<(String, Kind, String)>,
    trace: Record,
    event: Record,
    events: Vec<Record>,
    ready: VecDeque<Entry>,
    rows_kept: u64,
    is_log: bool,
    ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Log,
    Trace,
    Event,
    Attribute,
    /// Extensions, globals, classifiers and elements that XES does not know.
    Beside,
}

/// Attributes of a trace or an event while it is read.
#[derive(Debug, Default, Clone)]
struct Record {
    line: u64,
    shape: shapes::Node,
    values: Values,
    too_long: Option<String>,
}

impl Iterator for Reader {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.ready.pop_front() {
                self.rows_kept += u64::from(entry.is_ok());
                return Some(Ok(entry));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.advance() {
                self.ended = true;
                return Some(Err(error));
            }
        }
    }
}

impl Reader {
    /// The attributes of the log itself as read so far: name, type, value.
    pub fn log_attributes(&self) -> &[(String, Kind, String)] {
        &self.log
    }

    fn advance(&mut self) -> Result<(), Error> {
        self.buffer.clear();
        self.xml.get_mut().since_markup_bytes = 0;
        let mut buffer = std::mem::take(&mut self.buffer);
        let read = match self.xml.read_event_into(&mut buffer) {
            Ok(event) => self.take(&event),
            Err(cause) => Err(self.refused(cause)),
        };
        self.buffer = buffer;
        read
    }

    fn take(&mut self, event: &Event<'_>) -> Result<(), Error> {
        match event {
            Event::Start(tag) => self.open(tag.local_name().as_ref(), tag),
            Event::Empty(tag) => {
                self.open(tag.local_name().as_ref(), tag)?;
                self.close();
                Ok(())
            }
            Event::End(_) => {
                self.close();
                Ok(())
            }
            Event::Eof => {
                self.ended = true;
                if !self.place.is_empty() || !self.is_log {
                    return Err(self.malformed("the file ends before </log>".into()));
                }
                Ok(())
            }
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => Ok(()),
        }
    }

    fn open(&mut self, name: &str, tag: &quick_xml::events::BytesStart<'_>) -> Result<(), Error> {
        let place = match (self.place.last(), name) {
            (None, "log") => {
                self.is_log = true;
                Place::Log
            }
            (None, _) => return Err(self.malformed(format!("<{name}> where <log> belongs"))),
            (Some(Place::Log), "trace") => {
                self.trace = Record::default();
                Place::Trace
            }
            (Some(Place::Log | Place::Trace), "event") => {
                let lines = tag.as_ref().bytes().filter(|byte| *byte == b'\n').count() as u64;
                self.event = Record { line: self.xml.get_ref().line - lines, ..Record::default() };
                Place::Event
            }
            (Some(Place::Beside), _) => Place::Beside,
            (Some(Place::Attribute), "values") => Place::Attribute,
            (Some(_), _) => match Kind::of_element(name) {
                Some(kind) => return self.open_attribute(kind, tag),
                None => Place::Beside,
            },
        };
        self.nest(place)?;
        if place == Place::Attribute {
            self.attributes.push(String::new());
        }
        Ok(())
    }

    fn nest(&mut self, place: Place) -> Result<(), Error> {
        if self.place.len() > NESTING_LIMIT {
            return Err(self.malformed(format!("more than {NESTING_LIMIT} elements in each other")));
        }
        self.place.push(place);
        Ok(())
    }

    fn open_attribute(&mut self, kind: Kind, tag: &quick_xml::events::BytesStart<'_>) -> Result<(), Error> {
        let Attribute { key, value } = match tag::attribute(tag) {
            Ok(attribute) => attribute,
            Err(cause) => return Err(self.malformed(cause)),
        };
        let owner = self
            .place
            .iter()
            .rev()
            .find(|place| matches!(place, Place::Log | Place::Trace | Place::Event))
            .copied();
        if self.attributes.is_empty() && self.place.last() != Some(&Place::Attribute) {
            self.keep(owner, &key, kind, &value);
        } else {
            let path = self.nested_name(&key);
            self.keep(owner, &path, kind, &value);
        }
        self.nest(Place::Attribute)?;
        self.attributes.push(key.into_owned());
        Ok(())
    }

    /// `key/child`; the `values` element between a list and its children has no name.
    fn nested_name(&self, key: &str) -> String {
        let mut path = String::new();
        for open in self.attributes.iter().filter(|open| !open.is_empty()) {
            path.push_str(open);
            path.push('/');
        }
        path.push_str(key);
        path
    }

    fn keep(&mut self, owner: Option<Place>, name: &str, kind: Kind, value: &str) {
        let record = match owner {
            Some(Place::Event) => &mut self.event,
            Some(Place::Trace) => &mut self.trace,
            Some(Place::Log | Place::Attribute | Place::Beside) | None => {
                self.log.push((name.to_owned(), kind, value.to_owned()));
                return;
            }
        };
        if value.len() > VALUE_LIMIT_BYTES {
            record.too_long = Some(format!(
                "the attribute {name:?} has {} bytes, at most {VALUE_LIMIT_BYTES} are taken",
                value.len()
            ));
        }
        record.shape = self.shapes.after(record.shape, name, kind);
        record.values.push(value);
    }

    fn close(&mut self) {
        match self.place.pop() {
            Some(Place::Attribute) => {
                self.attributes.pop();
            }
            Some(Place::Event) => {
                let event = std::mem::take(&mut self.event);
                if self.place.last() == Some(&Place::Trace) {
                    self.events.push(event);
                } else {
                    let entry = self.entry(&Record::default(), event);
                    self.ready.push_back(entry);
                }
            }
            Some(Place::Trace) => {
                let trace = std::mem::take(&mut self.trace);
                for event in std::mem::take(&mut self.events) {
                    let entry = self.entry(&trace, event);
                    self.ready.push_back(entry);
                }
            }
            Some(Place::Log | Place::Beside) | None => {}
        }
    }

    fn entry(&mut self, trace: &Record, event: Record) -> Entry {
        let shape = self.shapes.joined(trace.shape, event.shape);
        let mut values = trace.values.clone();
        values.extend(&event.values);
        let fields = values.into_fields(shape);
        let reject = |reason: String, raw: String| Reject { line: event.line, reason, raw: raw.into_bytes() };
        if let Some(reason) = event.too_long.or_else(|| trace.too_long.clone()) {
            return Err(reject(reason, super::raw::delta(None, &fields)));
        }
        let raw = fields.clone();
        csv::place(event.line, fields, &self.mapping, &self.timestamps)
            .map_err(|reason| reject(reason, super::raw::delta(None, &raw)))
    }

    fn refused(&self, cause: quick_xml::Error) -> Error {
        match cause {
            quick_xml::Error::Io(cause) => Error::Read {
                name: self.name.clone(),
                line: self.xml.get_ref().line,
                rows_kept: self.rows_kept,
                cause: io::Error::new(cause.kind(), cause.to_string()),
            },
            other => self.malformed(other.to_string()),
        }
    }

    fn malformed(&self, reason: String) -> Error {
        Error::Malformed {
            name: self.name.clone(),
            line: self.xml.get_ref().line,
            rows_kept: self.rows_kept,
            reason,
        }
    }
}

/// Counts lines as they are consumed and refuses markup that has no end.
struct Lines {
    input: Box<dyn BufRead + Send>,
    line: u64,
    since_markup_bytes: u64,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Lines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_markup_bytes > MARKUP_LIMIT_BYTES {
            return Err(io::Error::other(format!("one element has more than {MARKUP_LIMIT_BYTES} bytes")));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // The buffer is filled already: asking again reads nothing and only borrows it.
        if let Ok(buffer) = self.input.fill_buf() {
            let consumed = &buffer[..count.min(buffer.len())];
            self.line += consumed.iter().filter(|byte| **byte == b'\n').count() as u64;
        }
        self.since_markup_bytes += count as u64;
        self.input.consume(count);
    }
}

#[cfg(test)]
mod tests;

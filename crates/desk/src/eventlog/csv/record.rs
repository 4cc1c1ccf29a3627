//! Finds the records of a CSV in a stream without ever holding more than one of them.

use std::io::{self, BufRead, Read};

/// More than this without a line end, or inside one quoted cell, is not read as one record.
pub(super) const RECORD_LIMIT_BYTES: usize = 64 * 1024 * 1024;

pub(super) struct Records<R> {
    input: Rewindable<R>,
    delimiter: u8,
    next_line: u64,
    record: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Record {
        line: u64,
    },
    /// `raw` is the line in which the quote opens; the lines after it are read again as records.
    Unclosed {
        line: u64,
    },
    TooLong {
        line: u64,
        bytes: u64,
    },
    End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: Rewindable { input, returned: Vec::new(), returned_from: 0 },
            delimiter: b',',
            next_line: 1,
            record: Vec::new(),
        }
    }

    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The line on which the next record begins.
    pub(super) fn line(&self) -> u64 {
        self.next_line
    }

    /// The record found last, without its line end.
    pub(super) fn raw(&self) -> &[u8] {
        let record = self.record.strip_suffix(b"\n").unwrap_or(&self.record);
        record.strip_suffix(b"\r").unwrap_or(record)
    }

    pub(super) fn next(&mut self) -> io::Result<Found> {
        self.record.clear();
        let line = self.next_line;
        if self.append_line()? == 0 {
            return Ok(Found::End);
        }
        if self.record.len() > RECORD_LIMIT_BYTES && !self.record.ends_with(b"\n") {
            let bytes = self.record.len() as u64 + self.skip_line()?;
            self.next_line += 1;
            return Ok(Found::TooLong { line, bytes });
        }
        self.next_line += 1;
        if !self.record.contains(&b'"') {
            return Ok(Found::Record { line });
        }
        let first_line_bytes = self.record.len();
        let mut state = scan(State::CellStart, &self.record, self.delimiter);
        while state == State::Quoted {
            let from = self.record.len();
            let appended = self.append_line()?;
            if appended == 0 || self.record.len() > RECORD_LIMIT_BYTES {
                let after = self.record.split_off(first_line_bytes);
                self.input.give_back(after);
                self.next_line = line + 1;
                return Ok(Found::Unclosed { line });
            }
            self.next_line += 1;
            state = scan(state, &self.record[from..], self.delimiter);
        }
        Ok(Found::Record { line })
    }

    fn append_line(&mut self) -> io::Result<usize> {
        let limit = (RECORD_LIMIT_BYTES + 1).saturating_sub(self.record.len()) as u64;
        self.input.by_ref().take(limit).read_until(b'\n', &mut self.record)
    }

    fn skip_line(&mut self) -> io::Result<u64> {
        let mut skipped = 0;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(skipped);
            }
            let (count, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(position) => (position + 1, true),
                None => (buffer.len(), false),
            };
            self.input.consume(count);
            skipped += count as u64;
            if ended {
                return Ok(skipped);
            }
        }
    }
}

/// A stream that lines can be given back to.
struct Rewindable<R> {
    input: R,
    returned: Vec<u8>,
    returned_from: usize,
}

impl<R> Rewindable<R> {
    fn give_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(&self.returned[self.returned_from..]);
        self.returned = bytes;
        self.returned_from = 0;
    }
}

impl<R: BufRead> Read for Rewindable<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Rewindable<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.returned_from < self.returned.len() {
            true => Ok(&self.returned[self.returned_from..]),
            false => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        match self.returned_from < self.returned.len() {
            true => self.returned_from += count,
            false => self.input.consume(count),
        }
    }
}

fn scan(mut state: State, bytes: &[u8], delimiter: u8) -> State {
    for byte in bytes {
        state = match (state, *byte) {
            (State::CellStart, b'"') | (State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => State::Quoted,
            (_, b'\n') => State::CellStart,
            (_, byte) if byte == delimiter => State::CellStart,
            (_, _) => State::Plain,
        };
    }
    state
}

/// The cells of a record: their text with one byte between them, and where each ends.
pub(super) fn split<'a>(
    raw: &'a [u8],
    delimiter: u8,
    ends: &mut Vec<u32>,
    unquoted: &'a mut Vec<u8>,
) -> &'a [u8] {
    ends.clear();
    if !raw.contains(&b'"') {
        let marks = raw.iter().enumerate().filter(|(_, byte)| **byte == delimiter);
        ends.extend(marks.map(|(index, _)| super::position(index)));
        ends.push(super::position(raw.len()));
        return raw;
    }
    unquoted.clear();
    let mut state = State::CellStart;
    for byte in raw {
        let is_quoted = matches!(state, State::Quoted);
        state = match (state, *byte) {
            (State::CellStart, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::QuoteInQuoted, b'"') => {
                unquoted.push(b'"');
                State::Quoted
            }
            (_, byte) if byte == delimiter && !is_quoted => {
                ends.push(super::position(unquoted.len()));
                unquoted.push(delimiter);
                State::CellStart
            }
            (state, byte) => {
                unquoted.push(byte);
                if is_quoted { state } else { State::Plain }
            }
        };
    }
    ends.push(super::position(unquoted.len()));
    unquoted
}

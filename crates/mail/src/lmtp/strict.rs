//! Reading lines and messages that end in CRLF and in nothing else.

use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::Stream;
use super::content::{Content, IN_MEMORY, Spill};

pub(super) struct Reader {
    stream: Box<dyn Stream>,
    buffer: Vec<u8>,
    at: usize,
}

pub(super) enum Line {
    Text(Vec<u8>),
    /// Too long, or with a line feed that has no carriage return before it.
    Odd,
}

/// A message, without the final dot.
pub(super) struct Body {
    pub(super) content: Content,
    pub(super) too_large: bool,
    pub(super) bare_line_feed: bool,
}

const LONGEST_COMMAND: usize = 2048;

impl Reader {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self { stream, buffer: Vec::with_capacity(8 * 1024), at: 0 }
    }

    pub(super) fn stream(&mut self) -> &mut Box<dyn Stream> {
        &mut self.stream
    }

    /// The next command. A line without its carriage return is one, so that it can be refused and the
    /// conversation stays in step. Can be dropped and called again.
    pub(super) async fn line(&mut self, deadline: Instant) -> io::Result<Line> {
        let mut dropped = false;
        loop {
            if let Some(length) = self.buffer[self.at..].iter().position(|byte| *byte == b'\n') {
                let line = &self.buffer[self.at..self.at + length];
                self.at += length + 1;
                return Ok(match line.strip_suffix(b"\r") {
                    Some(text) if !dropped && !text.contains(&b'\r') => Line::Text(text.to_vec()),
                    _ => Line::Odd,
                });
            }
            if self.buffer.len() - self.at > LONGEST_COMMAND {
                dropped = true;
                self.at = self.buffer.len();
            }
            self.fill(deadline).await?;
        }
    }

    /// Everything up to CRLF, dot, CRLF. More than `most` bytes are read and forgotten, and more than twice as
    /// many are not even read. With a folder, what is large goes there while it comes.
    pub(super) async fn message(
        &mut self,
        most: usize,
        spill: Option<&Path>,
        piece: Duration,
        deadline: Instant,
    ) -> io::Result<Body> {
        let mut reading = Reading { place: Place::Start, body: Vec::new(), most, seen: 0, bare: false };
        let mut spilling = None;
        loop {
            let (taken, ended) = reading.feed(&self.buffer[self.at..]);
            self.at += taken;
            if let Some(folder) = spill
                && (reading.body.len() >= IN_MEMORY || ended && spilling.is_some())
            {
                spilling = Some(spilled(folder, spilling.take(), &mut reading.body).await?);
            }
            if ended {
                let too_large = reading.seen > most;
                let content = spilling.map_or_else(|| Content::Bytes(reading.body), Spill::end);
                return Ok(Body { content, too_large, bare_line_feed: reading.bare });
            }
            if reading.seen / 2 > most {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            self.fill(deadline.min(Instant::now() + piece)).await?;
        }
    }

    async fn fill(&mut self, deadline: Instant) -> io::Result<()> {
        self.buffer.drain(..self.at);
        self.at = 0;
        self.buffer.reserve(8 * 1024);
        match timeout_at(deadline, self.stream.read_buf(&mut self.buffer)).await {
            Ok(Ok(0)) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => read.map(|_| ()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

/// Every thread that writes keeps some memory to itself, and the disk is one.
static WRITING: Semaphore = Semaphore::const_new(2);

/// Writes what is in memory to the file of a message, off the runtime's own threads.
async fn spilled(folder: &Path, spilling: Option<Spill>, body: &mut Vec<u8>) -> io::Result<Spill> {
    let (folder, piece) = (folder.to_owned(), std::mem::take(body));
    let _turn = WRITING.acquire().await;
    let writing = tokio::task::spawn_blocking(move || {
        let mut spill = spilling.map_or_else(|| Spill::begin(&folder), Ok)?;
        spill.write(&piece)?;
        Ok::<_, io::Error>((spill, piece))
    });
    let (spill, mut piece) = writing.await.map_err(io::Error::other)??;
    piece.clear();
    *body = piece;
    Ok(spill)
}

/// Where in a message the next byte stands.
#[derive(Clone, Copy)]
enum Place {
    /// At the start of a line, or of the message.
    Start,
    /// After a dot at the start of a line.
    Dot,
    /// After such a dot and a carriage return.
    DotReturn,
    Text,
    Return,
}

struct Reading {
    place: Place,
    body: Vec<u8>,
    most: usize,
    seen: usize,
    bare: bool,
}

impl Reading {
    /// How many bytes belong to the message, and whether it ended with them.
    fn feed(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if matches!(self.place, Place::Text) {
                let rest = &bytes[at..];
                let run = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
                self.push_all(&rest[..run]);
                at += run;
                if run > 0 {
                    continue;
                }
            }
            at += 1;
            self.place = match (self.place, *byte) {
                (Place::DotReturn, b'\n') => return (at, true),
                (Place::Start, b'.') => Place::Dot,
                (Place::Dot, b'\r') => Place::DotReturn,
                (Place::DotReturn, byte) => {
                    // The dot was one that the sender doubles, though what follows is odd.
                    self.push(b'\r');
                    self.after_return(byte)
                }
                (Place::Return, byte) => self.after_return(byte),
                (Place::Start | Place::Dot | Place::Text, byte) => self.text(byte),
            };
        }
        (bytes.len(), false)
    }

    fn text(&mut self, byte: u8) -> Place {
        self.push(byte);
        self.bare |= byte == b'\n';
        if byte == b'\r' { Place::Return } else { Place::Text }
    }

    fn after_return(&mut self, byte: u8) -> Place {
        if byte == b'\n' {
            self.push(byte);
            return Place::Start;
        }
        self.text(byte)
    }

    /// What ends no line.
    fn push_all(&mut self, bytes: &[u8]) {
        let room = self.most.saturating_sub(self.seen).min(bytes.len());
        self.body.extend_from_slice(&bytes[..room]);
        self.seen += bytes.len();
    }

    fn push(&mut self, byte: u8) {
        self.seen += 1;
        if self.seen <= self.most {
            self.body.push(byte);
        }
    }
}

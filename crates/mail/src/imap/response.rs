//! What an IMAP server says, understood as far as we need it.

use std::time::Duration;

use tokio::time::Instant;

use super::token::{Bytes, Piece, Token, tokens};
use crate::egress::{Failure, Protocol, Wire};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Response {
    Continue,
    Tagged {
        tag: String,
        status: Status,
    },
    Exists(u32),
    Expunged,
    Fetch(Fetch),
    Search(Vec<u32>),
    Capability(Vec<String>),
    Status(Status),
    /// Whatever else there is, for other clients than us.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) kind: Kind,
    /// What stands in brackets, word by word, the first in capitals.
    pub(super) code: Vec<String>,
    /// The words after it: one clean line, at most 300 letters.
    pub(super) words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ok,
    No,
    Bad,
    Bye,
    Preauth,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fetch {
    pub(super) uid: Option<u32>,
    pub(super) size: Option<u64>,
    pub(super) internal_date: Option<String>,
    pub(super) body: Option<Bytes>,
}

/// How much of the strings of an answer is kept; the rest is read and forgotten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) each: usize,
    pub(super) together: usize,
    /// Bytes of everything that is no literal.
    pub(super) lines: usize,
}

impl Room {
    pub(super) const LITTLE: Self = Self::of(64 * 1024, 1024 * 1024);

    pub(super) const fn of(each: usize, together: usize) -> Self {
        Self { each, together, lines: MOST_LINES }
    }

    /// A server that never comes to an end does not fill the memory.
    fn take_line(&mut self, line: &[u8]) -> Result<(), Failure> {
        let left = self.lines.checked_sub(line.len() + 1);
        self.lines = left.ok_or(Failure::OtherProtocol(Protocol::Imap))?;
        Ok(())
    }
}

/// The answer to a search through two million mails.
const LONGEST_LINE: usize = 16 * 1024 * 1024;
/// Of one answer, all lines together.
const MOST_LINES: usize = 4 * LONGEST_LINE;
const MOST_PIECES: usize = 64;

/// Reads one response. `patience` is for its first line to come whole, and then for each next part.
pub(super) async fn read(wire: &mut Wire, room: &mut Room, patience: Duration) -> Result<Response, Failure> {
    read_until(wire, room, Instant::now() + patience, patience).await
}

pub(super) async fn read_until(
    wire: &mut Wire,
    room: &mut Room,
    deadline: Instant,
    patience: Duration,
) -> Result<Response, Failure> {
    let mut pieces = Vec::new();
    let mut line = wire.line(LONGEST_LINE, deadline).await?;
    room.take_line(&line)?;
    while let Some((start, size)) = literal(&line) {
        if pieces.len() >= MOST_PIECES {
            return Err(Failure::OtherProtocol(Protocol::Imap));
        }
        line.truncate(start);
        pieces.push(Piece::Text(line));
        let keep = room.each.min(room.together);
        let kept = wire.bytes(size, keep, patience).await?;
        room.together -= kept.len();
        pieces.push(Piece::Literal(Bytes { size, kept }));
        line = wire.line(LONGEST_LINE, Instant::now() + patience).await?;
        room.take_line(&line)?;
    }
    pieces.push(Piece::Text(line));
    parse(pieces).ok_or(Failure::OtherProtocol(Protocol::Imap))
}

/// Where the announcement of a literal begins at the end of a line, and its size.
fn literal(line: &[u8]) -> Option<(usize, u64)> {
    let inside = line.strip_suffix(b"}")?;
    let start = inside.iter().rposition(|byte| *byte == b'{')?;
    let digits = inside[start + 1..].strip_suffix(b"+").unwrap_or(&inside[start + 1..]);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let start = if line[..start].ends_with(b"~") { start - 1 } else { start };
    Some((start, size))
}

/// `None` for what no IMAP server says, and for a mail whose frame cannot be read.
pub(super) fn parse(pieces: Vec<Piece>) -> Option<Response> {
    let Some(Piece::Text(first)) = pieces.first() else { return None };
    let text = String::from_utf8_lossy(first).into_owned();
    let (tag, rest) = text.split_once(' ').unwrap_or((&text, ""));
    match tag {
        "+" => Some(Response::Continue),
        "*" => untagged(rest, pieces),
        _ if !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Some(Response::Tagged { tag: tag.to_owned(), status: status(rest)? })
        }
        _ => None,
    }
}

fn untagged(rest: &str, pieces: Vec<Piece>) -> Option<Response> {
    if let Some(status) = status(rest) {
        return Some(Response::Status(status));
    }
    let mut words = rest.split_ascii_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_uppercase();
    match first.as_str() {
        "CAPABILITY" => Some(Response::Capability(words.map(str::to_ascii_uppercase).collect())),
        // A word in brackets at the end is not a number, and ends the list.
        "SEARCH" => Some(Response::Search(words.map_while(|uid| uid.parse().ok()).collect())),
        _ => {
            let Ok(number) = first.parse() else { return Some(Response::Other) };
            match words.next().map(str::to_ascii_uppercase).as_deref() {
                Some("EXISTS") => Some(Response::Exists(number)),
                Some("EXPUNGE") => Some(Response::Expunged),
                Some("FETCH") => Some(Response::Fetch(fetch(pieces)?)),
                Some(_) | None => Some(Response::Other),
            }
        }
    }
}

fn status(text: &str) -> Option<Status> {
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    let kind = match kind.to_ascii_uppercase().as_str() {
        "OK" => Kind::Ok,
        "NO" => Kind::No,
        "BAD" => Kind::Bad,
        "BYE" => Kind::Bye,
        "PREAUTH" => Kind::Preauth,
        _ => return None,
    };
    let (code, words) = match rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((code, words)) => (code.split_ascii_whitespace().map(str::to_ascii_uppercase).collect(), words),
        None => (Vec::new(), rest),
    };
    let clean = words.trim().chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    Some(Status { kind, code, words: clean.take(300).collect() })
}

/// The attributes we asked for; others are stepped over, whatever their shape.
fn fetch(pieces: Vec<Piece>) -> Option<Fetch> {
    let mut tokens = tokens(pieces)?.into_iter().skip_while(|token| *token != Token::Open).skip(1);
    let mut fetch = Fetch::default();
    loop {
        let name = match tokens.next()? {
            Token::Close => return Some(fetch),
            Token::Word(name) => name.to_ascii_uppercase(),
            Token::Open | Token::String(_) => return None,
        };
        match (name.as_str(), tokens.next()?) {
            ("UID", Token::Word(uid)) => fetch.uid = Some(uid.parse().ok()?),
            ("RFC822.SIZE", Token::Word(size)) => fetch.size = Some(size.parse().ok()?),
            ("INTERNALDATE", Token::String(date)) => {
                fetch.internal_date = Some(String::from_utf8_lossy(&date.kept).into_owned());
            }
            ("BODY[]" | "BODY[HEADER]", Token::String(body)) => fetch.body = Some(body),
            (_, Token::Open) => step_over(&mut tokens)?,
            (_, Token::Close) => return None,
            (_, Token::Word(_) | Token::String(_)) => {}
        }
    }
}

/// Up to the parenthesis that closes the one just opened.
fn step_over(tokens: &mut impl Iterator<Item = Token>) -> Option<()> {
    let mut depth = 1;
    while depth > 0 {
        match tokens.next()? {
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            Token::Word(_) | Token::String(_) => {}
        }
    }
    Some(())
}

impl Status {
    /// A no that has to do with the hour and not with what was asked (RFC 5530, RFC 9051).
    pub(super) fn passes(&self) -> bool {
        let code = self.code.first().map(String::as_str);
        matches!(code, Some("UNAVAILABLE" | "INUSE" | "LIMIT" | "SERVERBUG" | "CONTACTADMIN"))
    }

    pub(super) fn has_code(&self, code: &str) -> bool {
        self.code.first().is_some_and(|first| first == code)
    }
}

#[cfg(test)]
mod tests;

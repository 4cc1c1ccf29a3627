//! A first look at a mail that nobody has let in: its header and its words as plain text, within bounds.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::MessageParser;

/// More than this is not looked at: a mail that is held may be held because it is too much.
const MOST_BYTES: usize = 512 * 1024;
const MOST_HEADER: usize = 32 * 1024;
const MOST_TEXT: usize = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peek {
    /// As it was written, without what could change how a line is read.
    pub header: String,
    pub text: String,
    /// There is more of it than is shown.
    pub is_cut: bool,
}

/// Never fails: what cannot be read is empty, and the raw bytes stay what they are.
#[must_use]
pub fn at(raw: &[u8]) -> Peek {
    let start = &raw[..raw.len().min(MOST_BYTES)];
    let (header, header_is_cut) = shown(&String::from_utf8_lossy(header_of(start)), MOST_HEADER);
    let read = catch_unwind(AssertUnwindSafe(|| words(start)));
    let (text, text_is_cut) = shown(&read.ok().flatten().unwrap_or_default(), MOST_TEXT);
    Peek { header, text, is_cut: header_is_cut || text_is_cut || start.len() < raw.len() }
}

/// The mail as it was written, without what could change how a line is read, and whether there is more of it.
#[must_use]
pub fn source(raw: &[u8]) -> (String, bool) {
    let start = &raw[..raw.len().min(MOST_BYTES)];
    let (text, is_cut) = shown(&String::from_utf8_lossy(start), MOST_BYTES);
    (text, is_cut || start.len() < raw.len())
}

/// Everything before the first empty line.
fn header_of(raw: &[u8]) -> &[u8] {
    let end = (0..raw.len()).find(|at| raw[*at..].starts_with(b"\n\n") || raw[*at..].starts_with(b"\n\r\n"));
    &raw[..end.unwrap_or(raw.len())]
}

fn words(raw: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(raw)?;
    let parts: Vec<_> = (0..message.text_body_count()).filter_map(|place| message.body_text(place)).collect();
    Some(parts.join("\n\n"))
}

/// Cut to a length, with line ends made one kind and invisible characters made visible.
fn shown(text: &str, most: usize) -> (String, bool) {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let lines = text[..end].replace("\r\n", "\n").replace('\r', "\n");
    let visible = lines.trim().chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect();
    (visible, end < text.len())
}

/// Controls, and marks that turn the direction of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;

//! What somebody typed, taken apart: a number, words, phrases, phone numbers. Anything can be typed.

use super::digits::{self, Digits};
use super::spell::{self, Word};

/// Longer questions are cut.
const LONGEST: usize = 200;
/// The most words and phrases that are looked for.
const MOST: usize = 16;

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The number of a ticket, when nothing else was typed: `1042` or `#1042`.
    pub number: Option<i64>,
    pub(crate) parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The last word may be the beginning of one.
    Word { word: Word, begins: bool },
    /// Words in this order, because they were quoted or hang together. What was quoted, and an address, is
    /// meant as it stands.
    Phrase { words: Vec<Word>, as_it_stands: bool, begins: bool },
    /// A number that somebody could call, with the words that its digits are as well.
    Digits { plain: String, words: Vec<Word> },
}

impl Asked {
    /// Reads what was typed; nothing that can be typed is refused.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.trim().chars().take(LONGEST).collect();
        let mut parts = Vec::new();
        let mut pieces =
            typed.split(['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}']).peekable();
        let mut is_quoted = false;
        while let Some(piece) = pieces.next() {
            let is_closed = pieces.peek().is_some();
            if is_quoted && is_closed {
                quoted(piece, &mut parts);
            } else {
                plain(piece, &mut parts);
            }
            is_quoted = !is_quoted;
        }
        parts.truncate(MOST);
        let ends_open = typed.chars().next_back().is_some_and(char::is_alphanumeric);
        if ends_open && let Some(Part::Word { begins, .. } | Part::Phrase { begins, .. }) = parts.last_mut() {
            *begins = true;
        }
        Self { number: number(&typed), parts }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

fn number(typed: &str) -> Option<i64> {
    let digits = typed.strip_prefix('#').unwrap_or(typed);
    let is_number = !digits.is_empty() && digits.bytes().all(|letter| letter.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

fn quoted(piece: &str, parts: &mut Vec<Part>) {
    let words = spell::words(piece);
    if !words.is_empty() {
        parts.push(Part::Phrase { words, as_it_stands: true, begins: false });
    }
}

fn plain(piece: &str, parts: &mut Vec<Part>) {
    let mut from = 0;
    for Digits { from: begin, to, plain } in digits::numbers(piece) {
        chunks(&piece[from..begin], parts);
        parts.push(Part::Digits { plain, words: spell::words(&piece[begin..to]) });
        from = to;
    }
    chunks(&piece[from..], parts);
}

/// Words between spaces; several without a space between them belong together.
fn chunks(piece: &str, parts: &mut Vec<Part>) {
    for chunk in piece.split_whitespace() {
        let mut words = spell::words(chunk);
        match words.len() {
            0 => {}
            1 => parts.push(Part::Word { word: words.remove(0), begins: false }),
            _ => parts.push(Part::Phrase { words, as_it_stands: chunk.contains('@'), begins: false }),
        }
    }
}

#[cfg(test)]
mod tests;

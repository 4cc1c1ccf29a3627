//! The characters of a filter: words, quotes, gaps, and where each of them is.

use std::ops::Range;

use super::{MOST_PARTS, Raw, Reader};
use crate::filter::{Fault, Wrong};

impl Reader<'_> {
    /// Values between commas. Without any behind the colon or a comma, `field` is told so.
    pub(super) fn raws(&mut self, field: Option<&(&'static str, Range<usize>)>) -> Vec<Raw> {
        let mut raws = Vec::new();
        loop {
            match self.peek() {
                Some('"') => {
                    let raw = self.quoted();
                    raws.push(raw);
                }
                Some(c) if !is_gap(c) && !"(),".contains(c) => {
                    let raw = self.bare("");
                    raws.push(raw);
                }
                _ => {
                    if let Some((field, at)) = field {
                        self.wrong(at.start..self.at, Wrong::NoValue { field });
                    }
                }
            }
            if self.peek() != Some(',') {
                return raws;
            }
            self.step();
        }
    }

    /// A word up to a gap, a bracket, a comma, quotes, or one of `ends`.
    pub(super) fn bare(&mut self, ends: &str) -> Raw {
        let from = self.at;
        while self.peek().is_some_and(|c| !is_gap(c) && !"(),\"".contains(c) && !ends.contains(c)) {
            self.step();
        }
        Raw { text: self.text[from..self.at].to_owned(), quoted: false, at: from..self.at }
    }

    /// What stands in quotes; `\"` and `\\` stand for themselves.
    pub(super) fn quoted(&mut self) -> Raw {
        let from = self.at;
        self.step();
        let mut text = String::new();
        loop {
            match self.peek() {
                None => {
                    self.wrong(from..self.at, Wrong::QuoteOpen);
                    break;
                }
                Some('"') => {
                    self.step();
                    break;
                }
                Some('\\') => {
                    self.step();
                    match self.peek().filter(|c| ['"', '\\'].contains(c)) {
                        Some(c) => {
                            text.push(c);
                            self.step();
                        }
                        None => text.push('\\'),
                    }
                }
                Some(c) => {
                    text.push(if c.is_control() { ' ' } else { c });
                    self.step();
                }
            }
        }
        Raw { text, quoted: true, at: from..self.at }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Goes on by one character and gives its place.
    pub(super) fn step(&mut self) -> Range<usize> {
        let from = self.at;
        self.at += self.peek().map_or(0, char::len_utf8);
        from..self.at
    }

    pub(super) fn skip_gap(&mut self) {
        while self.peek().is_some_and(is_gap) {
            self.step();
        }
    }

    pub(super) fn is_at_or(&self) -> bool {
        let rest = &self.text[self.at..];
        let word = rest.get(.."or".len()).is_some_and(|word| word.eq_ignore_ascii_case("or"));
        word && rest[2..].chars().next().is_none_or(|c| is_gap(c) || "(),\"".contains(c))
    }

    pub(super) fn count(&mut self, at: &Range<usize>, parts: usize) {
        if self.parts <= MOST_PARTS && self.parts + parts > MOST_PARTS {
            self.wrong(at.clone(), Wrong::TooMany { most: MOST_PARTS });
        }
        self.parts += parts;
    }

    pub(super) fn wrong(&mut self, at: Range<usize>, wrong: Wrong) {
        self.faults.push(Fault { at, wrong });
    }
}

/// What stands between two parts; what cannot be seen is no part of a word.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

//! The part of a text that says why it was found, with the words that were meant marked.

use super::asked::{Asked, Part};
use super::digits;
use super::query::{self, Nearness};
use super::spell::{self, Word};

/// Letters of a text that are shown.
const WIDTH: usize = 200;
/// Letters that are shown before the first word that was meant.
const BEFORE: usize = 60;

/// A piece of a text; whoever shows it escapes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// The whole text on one line, marked.
#[must_use]
pub(crate) fn whole(text: &str, asked: &Asked, nearness: Nearness) -> Vec<Piece> {
    pieces(text, &marks(text, asked, nearness))
}

/// A stretch of the text around what was meant.
#[must_use]
pub(crate) fn around(text: &str, asked: &Asked, nearness: Nearness) -> Vec<Piece> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = marks(&text, asked, nearness);
    let (from, to) = stretch(&text, &found);
    let within: Vec<(usize, usize)> = found
        .into_iter()
        .filter(|(begin, end)| *begin >= from && *end <= to)
        .map(|(begin, end)| (begin - from, end - from))
        .collect();
    let mut pieces = pieces(&text[from..to], &within);
    if from > 0 {
        pieces.insert(0, Piece { text: "\u{2026} ".to_owned(), marked: false });
    }
    if to < text.len() {
        pieces.push(Piece { text: " \u{2026}".to_owned(), marked: false });
    }
    pieces
}

/// Where to cut: from a little before the place where most of what was meant stands close together.
fn stretch(text: &str, found: &[(usize, usize)]) -> (usize, usize) {
    // They stand in their order.
    let most = |place: &usize| {
        let end = found[*place].0 + WIDTH - BEFORE;
        found[*place..].partition_point(|(other, _)| *other < end)
    };
    // Of several such places the first.
    let first = (0..found.len()).rev().max_by_key(most).map_or(0, |place| found[place].0);
    let from = text[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let from = if from == 0 { 0 } else { text[from..first].find(' ').map_or(from, |space| from + space + 1) };
    let Some((end, _)) = text[from..].char_indices().nth(WIDTH) else { return (from, text.len()) };
    let end = from + end;
    (from, text[first.max(from)..end].rfind(' ').map_or(end, |space| first.max(from) + space))
}

fn pieces(text: &str, marks: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for (from, to) in marks {
        if *from > done {
            pieces.push(Piece { text: text[done..*from].to_owned(), marked: false });
        }
        pieces.push(Piece { text: text[*from..*to].to_owned(), marked: true });
        done = *to;
    }
    if done < text.len() {
        pieces.push(Piece { text: text[done..].to_owned(), marked: false });
    }
    pieces
}

/// Where what was meant stands, in order and without overlaps.
fn marks(text: &str, asked: &Asked, nearness: Nearness) -> Vec<(usize, usize)> {
    let meant = Meant::of(asked, nearness);
    let mut found: Vec<(usize, usize)> = spell::words(text)
        .into_iter()
        .filter(|word| meant.is(word))
        .map(|word| (word.from, word.to))
        .collect();
    let numbers = digits::numbers(text);
    found.extend(
        numbers.into_iter().filter(|number| meant.calls(&number.plain)).map(|one| (one.from, one.to)),
    );
    found.sort_unstable_by_key(|(from, to)| (*from, usize::MAX - to));
    let mut end = 0;
    found.retain(|(from, to)| {
        let is_behind = *from >= end;
        if is_behind {
            end = *to;
        }
        is_behind
    });
    found
}

/// The words that somebody meant, in every form.
struct Meant<'a> {
    forms: Vec<String>,
    begins: Option<&'a str>,
    numbers: Vec<&'a str>,
    /// Words that may have been mistyped.
    close: Vec<&'a Word>,
}

impl<'a> Meant<'a> {
    fn of(asked: &'a Asked, nearness: Nearness) -> Self {
        let mut meant = Self { forms: Vec::new(), begins: None, numbers: Vec::new(), close: Vec::new() };
        for part in &asked.parts {
            match part {
                Part::Word { word, begins } => {
                    meant.word(word, *begins, nearness == Nearness::Close);
                }
                Part::Phrase { words, as_it_stands, begins } => {
                    for word in words {
                        meant.word(
                            word,
                            *begins && Some(word) == words.last(),
                            !as_it_stands && nearness == Nearness::Close,
                        );
                    }
                }
                Part::Digits { plain, words } => {
                    meant.numbers.push(plain);
                    meant.forms.extend(words.iter().map(|word| word.plain.clone()));
                }
            }
        }
        meant
    }

    fn word(&mut self, word: &'a Word, begins: bool, may_be_close: bool) {
        self.forms.extend(word.sought());
        if begins {
            self.begins = Some(&word.plain);
        }
        if may_be_close {
            self.close.push(word);
        }
    }

    fn is(&self, word: &Word) -> bool {
        word.sought().iter().any(|form| self.forms.contains(form))
            || self.begins.is_some_and(|begin| begin.len() > 1 && word.plain.starts_with(begin))
            || self.close.iter().any(|meant| {
                differ_by_at_most(&meant.plain, &word.plain, usize::from(query::may_be_wrong(meant)))
            })
    }

    fn calls(&self, plain: &str) -> bool {
        self.numbers.iter().any(|number| {
            plain.ends_with(number) || digits::without_country(number).any(|rest| rest == plain)
        })
    }
}

/// Whether so few letters are missing, too many, others, or swapped with their neighbour.
fn differ_by_at_most(one: &str, other: &str, most: usize) -> bool {
    if most == 0 {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let above = &rows[row];
            let mut cost = (above[column] + usize::from(letter != against))
                .min(above[column + 1] + 1)
                .min(next[column] + 1);
            let are_swapped =
                row > 0 && column > 0 && one[row - 1] == *against && *letter == other[column - 1];
            if are_swapped {
                cost = cost.min(rows[row - 1][column - 1] + 1);
            }
            next.push(cost);
        }
        rows.push(next);
    }
    rows[one.len()][other.len()] <= most
}

#[cfg(test)]
mod tests;

//! A line in which words and filters stand beside each other: whether it filters at all, and what of it is what.

use std::ops::Range;

use super::field::{CUSTOM, Field};
use super::value::Word;
use super::{Fault, Filter, Wrong, all};
use crate::nearest::meant;

/// Whether a line speaks the language of filters: one of its fields stands in it with something behind the colon.
/// Anything else that can be typed, with colons, brackets or signs, is words and nothing more.
#[must_use]
pub fn is_spoken(line: &str) -> bool {
    fields(line).any(|at| is_field(&line[at]))
}

/// What looks like a mistyped field in a line that has no other: nobody knows whether it was meant as one.
#[must_use]
pub fn doubt(line: &str) -> Option<Fault> {
    fields(line).find_map(|at| {
        let word = &line[at.clone()];
        let meant = meant(word, Field::words())?;
        Some(Fault { at, wrong: Wrong::UnknownField { field: word.to_owned(), meant: Some(meant) } })
    })
}

/// The words that stand in a filter beside everything else, and everything else.
#[must_use]
pub fn apart(filter: Filter) -> (Vec<Word>, Filter) {
    let parts = match filter {
        Filter::All(parts) => parts,
        other => vec![other],
    };
    let (mut words, mut rest) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Filter::Words(word) => words.push(word),
            other => rest.push(other),
        }
    }
    (words, all(rest))
}

fn is_field(word: &str) -> bool {
    let word = word.to_lowercase();
    Field::named(&word).is_some()
        || Field::flag(&word).is_some()
        || word == "state"
        || word.strip_prefix(CUSTOM).is_some_and(|key| !key.is_empty())
}

/// Where words stand that have a colon and a value behind it, outside of quotes.
fn fields(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut begins = 0;
    let (mut is_quoted, mut is_behind) = (false, false);
    line.char_indices().filter_map(move |(at, c)| {
        let next = at + c.len_utf8();
        match c {
            '"' => (is_quoted, is_behind) = (!is_quoted, true),
            _ if is_quoted => {}
            ':' if !is_behind => {
                is_behind = true;
                let has_value =
                    line[next..].chars().next().is_some_and(|c| !c.is_whitespace() && !"/:),".contains(c));
                return (begins < at && has_value).then_some(begins..at);
            }
            _ if c.is_whitespace() || "()".contains(c) => (begins, is_behind) = (next, false),
            '-' if begins == at => begins = next,
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests;

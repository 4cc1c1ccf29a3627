//! Texts with variables: read with the place of what is wrong, and filled in one pass.
//!
//! A variable stands between two braces, with what stands there otherwise behind a bar:
//! `{{requester.first_name|there}}`. There is nothing else: no commands, no objects, no nesting, and
//! what is put in is never read as a text again.

use std::collections::BTreeMap;

use crate::nearest;
use crate::word::words;

/// Something that a text puts in. Its name is a word with a dot in it, not a path into anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    Number,
    Subject,
    /// The unit that owns the ticket.
    Unit,
    Service,
    /// The ticket's page, as its requester opens it.
    Link,
    RequesterName,
    RequesterFirstName,
    Organisation,
    /// Whoever writes.
    MyName,
    MyFirstName,
}

words!(Variable {
    RequesterFirstName = "requester.first_name",
    RequesterName = "requester.name",
    Organisation = "organisation",
    Number = "number",
    Subject = "subject",
    Service = "service",
    Unit = "unit",
    Link = "link",
    MyFirstName = "me.first_name",
    MyName = "me.name",
});

impl Variable {
    /// Whether somebody from outside chose what stands there.
    const fn is_theirs(self) -> bool {
        match self {
            Self::Subject | Self::RequesterName | Self::RequesterFirstName | Self::Organisation => true,
            Self::Number | Self::Unit | Self::Service | Self::Link | Self::MyName | Self::MyFirstName => {
                false
            }
        }
    }
}

/// What is known; what is empty counts as not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<Variable, String>);

impl Values {
    /// On one line, and nothing of it is a link, a picture or markup.
    #[must_use]
    pub fn with(mut self, variable: Variable, value: &str) -> Self {
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = if variable.is_theirs() { line.replace('[', "\\[").replace('<', "\\<") } else { line };
        if line.is_empty() {
            self.0.remove(&variable);
        } else {
            self.0.insert(variable, line);
        }
        self
    }
}

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The character at which it begins, from 1.
    pub place: usize,
    pub wrong: Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such variable; what was probably meant.
    Unknown { name: String, meant: Option<&'static str> },
    /// Nothing stands between the braces.
    Nothing,
    /// The braces do not end on their line.
    Open,
    /// A command of some other language.
    Command,
}

/// A text that can be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a>(Vec<Piece<'a>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Value { variable: Variable, otherwise: &'a str },
}

/// Reads a text, or says everything that is wrong with it.
pub fn read(text: &str) -> Result<Text<'_>, Vec<Fault>> {
    let (mut pieces, mut faults, mut here) = (Vec::new(), Vec::new(), 0);
    while let Some(at) = text[here..].find('{').map(|at| here + at) {
        let rest = &text[at..];
        let fault = |wrong| Fault { place: text[..at].chars().count() + 1, wrong };
        if rest.starts_with("{%") {
            faults.push(fault(Wrong::Command));
            pieces.push(Piece::Words(&text[here..at + 2]));
            here = at + 2;
        } else if let Some(inner) = rest.strip_prefix("{{") {
            let line = inner.split('\n').next().unwrap_or_default();
            let Some(end) = line.find("}}") else {
                faults.push(fault(Wrong::Open));
                here = at + 2;
                continue;
            };
            // A brace too many belongs to what stands between them, and is told.
            let end = end + line[end + 2..].bytes().take_while(|byte| *byte == b'}').count();
            pieces.push(Piece::Words(&text[here..at]));
            match variable(&line[..end]) {
                Ok(piece) => pieces.push(piece),
                Err(wrong) => faults.push(fault(wrong)),
            }
            here = at + 2 + end + 2;
        } else {
            pieces.push(Piece::Words(&text[here..=at]));
            here = at + 1;
        }
    }
    pieces.push(Piece::Words(&text[here..]));
    if faults.is_empty() { Ok(Text(pieces)) } else { Err(faults) }
}

fn variable(inner: &str) -> Result<Piece<'_>, Wrong> {
    let (name, otherwise) = inner.split_once('|').unwrap_or((inner, ""));
    let name = name.trim();
    if name.is_empty() {
        return Err(Wrong::Nothing);
    }
    let known = || Variable::ALL.iter().map(|variable| variable.as_str());
    match Variable::parse(name) {
        Some(variable) => Ok(Piece::Value { variable, otherwise: otherwise.trim() }),
        None => Err(Wrong::Unknown { name: name.to_owned(), meant: nearest::meant(name, known()) }),
    }
}

impl Text<'_> {
    /// The text with everything put in, or the variables of which nothing is known and for which the
    /// text says nothing else.
    pub fn fill(&self, values: &Values) -> Result<String, Vec<Variable>> {
        let (mut filled, mut missing) = (String::new(), Vec::new());
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Value { variable, otherwise } => match values.0.get(variable) {
                    Some(value) => filled.push_str(value),
                    None if !otherwise.is_empty() => filled.push_str(otherwise),
                    None if missing.contains(variable) => {}
                    None => missing.push(*variable),
                },
            }
        }
        if missing.is_empty() { Ok(filled) } else { Err(missing) }
    }
}

/// How somebody is addressed by a full name; nothing when that cannot be told.
#[must_use]
pub fn first_name(name: &str) -> &str {
    let given = name.split_once(',').map_or(name, |(_, given)| given);
    // Titles end with a dot; so do initials, which nobody is called by.
    let is_title = |word: &&str| word.ends_with('.') && word.chars().count() > 2;
    let first = given.split_whitespace().find(|word| !is_title(word)).unwrap_or_default();
    if name.contains('@') || first.ends_with('.') || first.chars().count() < 2 { "" } else { first }
}

#[cfg(test)]
mod tests;

//! Texts from outside, checked once at the edge.

use domain::id::UploadId;

use crate::{DeskError, Problem};

/// The subject of a ticket: one line, 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    const MOST: usize = 200;

    pub fn parse(text: &str) -> Result<Self, DeskError> {
        line(text)
            .ok_or(Problem::SubjectMissing)
            .and_then(|subject| match subject.chars().count() {
                length if length > Self::MOST => Err(Problem::SubjectTooLong { length, most: Self::MOST }),
                _ => Ok(Self(subject)),
            })
            .map_err(|problem| DeskError::invalid("subject", problem))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a person, unit, service: one line, 1 to 100 characters, without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    const MOST: usize = 100;

    pub fn parse(text: &str) -> Result<Self, DeskError> {
        line(text)
            .ok_or(Problem::NameMissing)
            .and_then(|name| match name.chars().count() {
                length if length > Self::MOST => Err(Problem::NameTooLong { length, most: Self::MOST }),
                _ => Ok(Self(name)),
            })
            .map_err(|problem| DeskError::invalid("name", problem))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody wrote, in Markdown: 1 to 100,000 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    pub(crate) const MOST: usize = 100_000;

    pub fn parse(text: &str) -> Result<Self, DeskError> {
        let text = text.trim().replace("\r\n", "\n");
        if text.is_empty() {
            return Err(DeskError::invalid("body", Problem::BodyMissing));
        }
        let length = text.chars().count();
        if length > Self::MOST {
            return Err(DeskError::invalid("body", Problem::BodyTooLong { length, most: Self::MOST }));
        }
        Ok(Self(text.replace('\0', "\u{fffd}")))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// What somebody says: the words, and the files that were sent with them.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    pub body: &'a Body,
    pub files: &'a [UploadId],
}

impl<'a> From<&'a Body> for Saying<'a> {
    fn from(body: &'a Body) -> Self {
        Self { body, files: &[] }
    }
}

/// An address for mail, in the form by which addresses are compared. Only its shape is checked; that it is somebody's is proven by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, DeskError> {
        match mail::address::EmailAddress::parse(text) {
            Ok(address) => Ok(Self(address.key().to_owned())),
            Err(_) => {
                Err(DeskError::invalid("email", Problem::NotAnAddress { text: text.trim().to_owned() }))
            }
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One line without what cannot be seen; `None` when nothing is left.
fn line(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control() && !is_bidi_control(*c)).collect();
    Some(text).filter(|text| !text.is_empty())
}

/// Characters that turn the direction of text and so can make a name look like another one.
const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests;

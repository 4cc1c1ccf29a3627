//! Tags: words that the serving side puts on tickets, each in one spelling.

use std::fmt;

/// The most tags of one ticket.
pub const MOST: usize = 200;
/// The most characters of one tag.
pub const LONGEST: usize = 40;
/// What a filter says for "without any"; no tag is called so.
pub const NONE: &str = "none";

/// A word in lower case, without spaces, that can stand in a filter as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

/// Why a text is no tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTag {
    Empty,
    TooLong {
        length: usize,
    },
    /// This character stands in no tag.
    Character(char),
    /// The word that filters keep for themselves.
    Kept,
}

impl Tag {
    /// Reads what somebody typed: `Big Deal`, `#big-deal` and `big_deal` are the same tag.
    ///
    /// # Errors
    /// An empty text, one that is too long, and characters that are no letters, digits or `-./+`.
    pub fn parse(text: &str) -> Result<Self, NoTag> {
        let text = text.trim();
        let text = text.strip_prefix('#').unwrap_or(text);
        let mut tag = String::with_capacity(text.len());
        for c in text.chars() {
            let c = if c.is_whitespace() || c == '_' { '-' } else { c };
            match c {
                '-' if tag.is_empty() || tag.ends_with('-') => {}
                '-' | '.' | '/' | '+' => tag.push(c),
                c if c.is_alphanumeric() => tag.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
                c => return Err(NoTag::Character(c)),
            }
        }
        let tag = tag.trim_end_matches('-');
        let length = tag.chars().count();
        if tag.is_empty() {
            Err(NoTag::Empty)
        } else if length > LONGEST {
            Err(NoTag::TooLong { length })
        } else if tag == NONE {
            Err(NoTag::Kept)
        } else {
            Ok(Self(tag.to_owned()))
        }
    }

    /// A tag as it was kept.
    #[must_use]
    pub fn kept(text: &str) -> Self {
        Self(text.to_owned())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a tag begins, of which somebody typed a part; `None` for what begins no tag.
#[must_use]
pub fn begun(text: &str) -> Option<String> {
    match Tag::parse(text) {
        Ok(tag) => Some(tag.0),
        Err(NoTag::Empty) => Some(String::new()),
        Err(NoTag::Kept) => Some(NONE.to_owned()),
        Err(NoTag::TooLong { .. } | NoTag::Character(_)) => None,
    }
}

#[cfg(test)]
mod tests;

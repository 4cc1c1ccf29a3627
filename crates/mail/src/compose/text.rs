//! Text that may stand in a header.

use std::fmt;

use thiserror::Error;

use crate::address::is_hidden;

/// One line without control signs, line separators or direction marks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HeaderText(String);

/// Why a text may not stand in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotHeaderText {
    #[error("The text has a line end or an invisible sign at character {at}. Write it on one line.")]
    Hidden { at: usize },
    #[error("The text is longer than {LONGEST} characters. Shorten it.")]
    Long,
}

const LONGEST: usize = 900;

impl HeaderText {
    /// Refuses what does not fit; for what our own people and templates write.
    pub fn parse(text: &str) -> Result<Self, NotHeaderText> {
        if let Some(at) = text.chars().position(is_hidden) {
            return Err(NotHeaderText::Hidden { at });
        }
        if text.chars().count() > LONGEST {
            return Err(NotHeaderText::Long);
        }
        Ok(Self(text.trim().to_owned()))
    }

    /// Leaves out what does not fit; for what strangers wrote, as the subject that is answered.
    pub fn cleaned(text: &str) -> Self {
        let line: String = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| !is_hidden(*c))
            .collect();
        let short: String = line.trim().chars().take(LONGEST).collect();
        Self(short)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Fit to stand between angle brackets.
    pub(super) fn as_link(&self) -> String {
        self.0.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',')).collect()
    }
}

impl fmt::Display for HeaderText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! Free words of a filter: an index of texts finds tickets for them, and those stand in their place.

use std::collections::BTreeSet;

use super::bind::Test;
use super::value::Word;
use crate::id::TicketId;

/// On which side of a "not" words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Tickets that have them.
    With,
    /// Tickets that have them are left out.
    Without,
}

impl Wanted {
    const fn turned(self) -> Self {
        match self {
            Self::With => Self::Without,
            Self::Without => Self::With,
        }
    }
}

/// Finds the tickets that have words.
pub type Find<'a, E> = &'a mut dyn FnMut(&[Word], Wanted) -> Result<BTreeSet<TicketId>, E>;

/// The question to an index of texts: every one of the words, and what stood in quotes as it stands there.
#[must_use]
pub fn question(words: &[Word]) -> String {
    // What is typed last may be a beginning; a filter means whole words.
    let said: Vec<String> = words.iter().map(ToString::to_string).collect();
    format!("{} ", said.join(" "))
}

impl Test {
    #[must_use]
    pub fn has_words(&self) -> bool {
        match self {
            Self::Words(_) => true,
            Self::Every(tests) | Self::Either(tests) => tests.iter().any(Self::has_words),
            Self::Not(test) => test.has_words(),
            _ => false,
        }
    }

    /// The same with tickets in the place of words. Words that stand beside each other are asked for together.
    ///
    /// # Errors
    /// The first of `find`.
    pub fn with_found<E>(self, find: Find<'_, E>) -> Result<Self, E> {
        self.found(Wanted::With, find)
    }

    fn found<E>(self, wanted: Wanted, find: Find<'_, E>) -> Result<Self, E> {
        let mut each = |tests: Vec<Self>| -> Result<Vec<Self>, E> {
            tests.into_iter().map(|test| test.found(wanted, find)).collect()
        };
        Ok(match self {
            Self::Every(tests) => Self::Every(each(tests)?),
            Self::Either(tests) => Self::Either(each(tests)?),
            Self::Not(test) => Self::Not(Box::new(test.found(wanted.turned(), find)?)),
            Self::Words(words) => Self::Among(find(&words, wanted)?),
            other => other,
        })
    }
}

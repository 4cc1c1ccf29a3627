//! What somebody typed into a search: words, and beside them, in the language of views, what tickets have to be.

use domain::filter::value::Word;
use domain::filter::{Filter, Test, spoken};

use super::Search;
use super::asked::Asked;
use crate::act::Look;
use crate::views::{self, Place, Understood};
use crate::{DeskError, Problem};

/// A line, taken apart.
#[derive(Clone, Debug)]
pub struct Line {
    pub asked: Asked,
    pub within: Option<Within>,
    /// It has no filter, and something in it looks like a mistyped one.
    pub doubt: Option<Problem>,
}

/// What tickets have to be beside having the words.
#[derive(Clone, Debug)]
pub struct Within {
    /// The words as they were asked for; empty when the line only filters.
    pub words: String,
    pub filter: Filter,
    pub test: Test,
    /// Words inside of the filter fit more tickets than are asked for: only the newest of those are.
    pub cut: bool,
}

impl Line {
    /// Nothing but words, whatever they look like.
    #[must_use]
    pub fn plain(typed: &str) -> Self {
        Self { asked: Asked::parse(typed), within: None, doubt: None }
    }

    /// As whoever may list tickets means it; what is wrong with a filter in it is said with its place. To
    /// everybody else all of it is words. Where a filter has words of its own this asks the index.
    pub fn read(look: &mut Look, index: &Search, place: &Place<'_>, typed: &str) -> Result<Self, DeskError> {
        if !typed.contains(':') || !place.viewer.is_agent() {
            return Ok(Self::plain(typed));
        }
        if !spoken::is_spoken(typed) {
            let doubt = spoken::doubt(typed).map(|fault| views::problem(typed, &[fault]));
            let doubt = doubt.and_then(|error| match error {
                DeskError::Invalid { problem, .. } => Some(problem),
                _ => None,
            });
            return Ok(Self { doubt, ..Self::plain(typed) });
        }
        let (words, rest) = spoken::apart(place.understand(typed)?.0);
        let Understood { filter, test, cut } = place.understand_words(look, index, &rest.to_string())?;
        let words: Vec<String> = words.iter().map(Word::to_string).collect();
        let words = words.join(" ");
        let asked = Asked { number: None, ..Asked::parse(&words) };
        Ok(Self { asked, within: Some(Within { words, filter, test, cut }), doubt: None })
    }

    /// What tickets with the words have to pass.
    #[must_use]
    pub fn test(&self) -> Option<&Test> {
        self.within.as_ref().map(|within| &within.test)
    }
}

//! Free words in filters: the index of texts finds tickets for them, and the filter asks for the rest.

use domain::filter::{Filter, Test, words};

use super::Place;
use crate::act::Look;
use crate::problem::Clauses;
use crate::search::{self, Search};
use crate::{DeskError, Problem};

/// A filter that can be asked of the database.
#[derive(Clone, Debug)]
pub struct Understood {
    pub filter: Filter,
    pub test: Test,
    /// Some of its words fit more tickets than are asked for: only the newest of those are.
    pub cut: bool,
}

impl Place<'_> {
    /// [`Place::understand`] with tickets in the place of words. Where a filter has words this asks the index of
    /// texts; never on an async thread.
    pub fn understand_words(
        &self,
        look: &mut Look,
        index: &Search,
        text: &str,
    ) -> Result<Understood, DeskError> {
        let (filter, test) = self.understand(text)?;
        let mut cut = false;
        let test = test.with_found(&mut |asked, wanted| {
            let question = words::question(asked);
            let found = search::among(look, index, self.viewer, &question)?
                .ok_or_else(|| wrong(Problem::FilterWordsComing))?;
            match wanted {
                // What is left out must be known whole.
                words::Wanted::Without if found.cut => {
                    let text = question.trim().to_owned();
                    return Err(wrong(Problem::FilterWordsMany { text, most: search::MOST_AMONG }));
                }
                words::Wanted::With | words::Wanted::Without => cut |= found.cut,
            }
            Ok::<_, DeskError>(found.tickets)
        })?;
        Ok(Understood { filter, test, cut })
    }
}

fn wrong(problem: Problem) -> DeskError {
    DeskError::invalid("filter", Problem::FilterWrong { faults: Clauses(vec![problem]) })
}

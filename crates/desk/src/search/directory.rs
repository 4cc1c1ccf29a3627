//! People of the directory who have every word of a question: whoever asks says which of them may be shown.

use domain::id::PersonId;
use tantivy::query::EmptyQuery;

use super::asked::Asked;
use super::index::Kind;
use super::query::{self, Ground, Nearness};
use super::ranked::Ranking;
use super::scope;
use super::{Search, SearchError};
use crate::DeskError;

/// The best first, at most so many; nobody while there is no index. Not to be shown before somebody's right to each
/// was looked at.
pub(crate) fn directory(search: &Search, question: &str, most: usize) -> Result<Vec<PersonId>, DeskError> {
    let asked = Asked::parse(question);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let Some(generation) = search.current() else { return Ok(Vec::new()) };
    let fields = &generation.fields;
    let ground = Ground::of(&generation, Box::new(EmptyQuery));
    let sought = query::of(&asked, Nearness::Every, &ground);
    let mut room = [0; Kind::ALL.len()];
    room[Kind::Person.place()] = most;
    let ranking = Ranking { most: room, ..Ranking::default() };
    match generation.best(sought, scope::directory(fields), ranking) {
        Ok(best) => Ok(best[Kind::Person.place()].iter().map(|ranked| PersonId(ranked.thing)).collect()),
        Err(SearchError::Desk(error)) => Err(error),
        Err(error @ (SearchError::Index(_) | SearchError::Folder(..) | SearchError::Ended)) => {
            tracing::warn!(%error, "a look into the directory found no index");
            search.doubts();
            Ok(Vec::new())
        }
    }
}

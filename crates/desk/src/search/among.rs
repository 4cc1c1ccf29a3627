//! Tickets that have every word of a question, for lists: their rows are asked for the rest, and for the viewer's
//! rights.

use std::collections::BTreeSet;

use domain::id::TicketId;
use domain::permission::Viewer;

use super::asked::Asked;
use super::query::{self, Ground, Nearness};
use super::scope::{self, Searcher};
use super::{Search, SearchError};
use crate::DeskError;
use crate::act::Look;

/// The most tickets of one question: the newest of those that fit.
pub const MOST: usize = 1_000;

/// The tickets that fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Among {
    pub tickets: BTreeSet<TicketId>,
    /// There were more, and these are the newest.
    pub cut: bool,
}

/// `None` while there is no index. The time it takes grows with what fits; never run it on an async thread.
pub fn among(
    look: &mut Look,
    search: &Search,
    viewer: &Viewer,
    question: &str,
) -> Result<Option<Among>, DeskError> {
    let asked = Asked::parse(question);
    if asked.is_empty() {
        return Ok(Some(Among::default()));
    }
    let Some(generation) = search.current() else { return Ok(None) };
    let glass_broken = if viewer.administrator {
        store::search::glass_broken(look.tx, viewer.person, look.now)?
    } else {
        Vec::new()
    };
    let searcher = Searcher { viewer, glass_broken };
    let fields = &generation.fields;
    let ground = Ground::of(&generation, scope::inside(&searcher, fields));
    let sought = query::of(&asked, Nearness::Every, &ground);
    match generation.newest(sought, scope::of(&searcher, fields), MOST) {
        Ok((tickets, cut)) => Ok(Some(Among { tickets, cut })),
        Err(SearchError::Desk(error)) => Err(error),
        Err(error @ (SearchError::Index(_) | SearchError::Folder(..) | SearchError::Ended)) => {
            tracing::warn!(%error, "a filter found no index");
            search.doubts();
            Ok(None)
        }
    }
}

//! The index of texts of a test: it is brought up to date when the test says so, and asked like a page asks.

use std::sync::Arc;

use desk::search::{Found, Kind, Line, PATIENCE, Piece, Wanted, What};
use desk::views::Place;
use domain::id::PersonId;
use jiff::tz::TimeZone;

use crate::TestDesk;

impl TestDesk {
    /// Brings the index up to the end of the log; gives how much was read.
    ///
    /// # Panics
    /// When there is no index and none can be made.
    pub fn indexes(&self) -> usize {
        self.desk.search.catch_up(&self.desk).expect("the index of texts")
    }

    /// What somebody finds, one line a hit: its kind, its ticket and its text, with what was meant in brackets.
    ///
    /// # Panics
    /// When the desk refuses.
    #[must_use]
    pub fn finds(&self, person: PersonId, typed: &str) -> Vec<String> {
        self.searches(person, typed)
            .groups
            .iter()
            .flat_map(|group| {
                group.hits.iter().map(move |hit| format!("{} {}", group.kind.as_str(), told(&hit.what)))
            })
            .collect()
    }

    /// # Panics
    /// When the desk refuses.
    #[must_use]
    pub fn searches(&self, person: PersonId, typed: &str) -> Found {
        self.searches_behind(person, typed, None, None)
    }

    /// One page of a kind, of three hits, behind the place where the one before ended.
    ///
    /// # Panics
    /// When the desk refuses.
    #[must_use]
    pub fn searches_behind(
        &self,
        person: PersonId,
        typed: &str,
        kind: Option<Kind>,
        behind: Option<desk::search::Behind>,
    ) -> Found {
        self.searches_patiently(person, typed, (kind, behind), PATIENCE).expect("a search")
    }

    /// The same, held against a filter for so many hits; a filter that cannot be read is refused.
    pub fn searches_patiently(
        &self,
        person: PersonId,
        typed: &str,
        (kind, behind): (Option<Kind>, Option<desk::search::Behind>),
        patience: usize,
    ) -> Result<Found, desk::DeskError> {
        let (typed, search) = (typed.to_owned(), self.desk.search.clone());
        self.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.ok_or(desk::DeskError::NotFound)?;
            let most = if kind.is_some() { 3 } else { 5 };
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &TimeZone::UTC };
            let line = Line::read(look, &search, &place, &typed)?;
            let mut wanted = Wanted {
                asked: &line.asked,
                kind,
                behind,
                most,
                keep: &mut |_, _| Ok(true),
                within: line.test(),
                patience,
            };
            desk::search::find(look, &search, &viewer, &mut wanted)
        })
    }
}

fn told(what: &What) -> String {
    match what {
        What::Ticket { number, subject, requester, .. } => {
            format!("#{number} {} | {}", text(subject), text(requester))
        }
        What::Message { number, words, .. } | What::Note { number, words, .. } => {
            format!("#{number} {}", text(words))
        }
        What::Person { name, reached, .. } => format!("{} | {}", text(name), text(reached)),
        What::Organisation { name, .. } => text(name),
    }
}

fn text(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
        .collect()
}

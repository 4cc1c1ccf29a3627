//! A few texts of one's own in the order in which the engine ranks them, so that its quality can be measured.

use domain::affiliation::Class;
use domain::id::{OrganisationId, PersonId};
use domain::permission::Viewer;
use jiff::Timestamp;

use super::SearchError;
use super::asked::Asked;
use super::generation::{Cursor, Generation};
use super::index::{Document, Kind, Of};
use super::query::{self, Ground, Nearness};
use super::ranked::Ranking;
use super::scope::{self, Searcher};

/// Titles with their texts, in memory.
pub struct Texts(Generation);

impl Texts {
    /// Indexes titles and texts by the same words and weights as everything else.
    pub fn of(texts: &[(String, String)]) -> Result<Self, SearchError> {
        let generation = Generation::in_memory()?;
        generation.write(|writing| {
            for (place, (title, text)) in (0_i64..).zip(texts) {
                writing.add(&Document {
                    of: Of::Organisation(OrganisationId(place)),
                    kind: Kind::Organisation,
                    id: place,
                    at: Timestamp::UNIX_EPOCH,
                    title,
                    text,
                    contact: "",
                    language: "",
                    about: None,
                    inside: false,
                })?;
            }
            Ok(Cursor::at(0, &[]))
        })?;
        Ok(Self(generation))
    }

    /// The places of the best texts, the best first.
    pub fn best(&self, typed: &str, most: usize) -> Result<Vec<usize>, SearchError> {
        let asked = Asked::parse(typed);
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let viewer = everybody();
        let searcher = Searcher { viewer: &viewer, glass_broken: Vec::new() };
        let fields = &self.0.fields;
        let mut places = Vec::new();
        for nearness in [Nearness::Every, Nearness::Close] {
            let ground = Ground::of(&self.0, scope::inside(&searcher, fields));
            let ranking = Ranking { most: [most; Kind::ALL.len()], ..Ranking::default() };
            let scope = scope::of(&searcher, fields);
            let best = self.0.best(query::of(&asked, nearness, &ground), scope, ranking)?;
            let found =
                best.into_iter().flatten().map(|ranked| usize::try_from(ranked.thing).unwrap_or_default());
            places.extend(found);
        }
        places.truncate(most);
        Ok(places)
    }
}

fn everybody() -> Viewer {
    Viewer {
        person: PersonId(0),
        class: Class::Internal,
        organisation: None,
        units: Vec::new(),
        oversees: Vec::new(),
        oversees_all: true,
        administrator: true,
    }
}

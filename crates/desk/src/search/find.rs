//! A search: the index says what may fit, the database says what may be shown.

use domain::permission::Viewer;
use store::Tx;
use store::access::Seen;

use super::asked::Asked;
use super::generation::Generation;
use super::index::Kind;
use super::query::{self, Ground, Nearness};
use super::ranked::{Best, Place, Ranked, Ranking};
use super::reread::{self, Hit, Known};
use super::scope::{self, Searcher};
use super::{Search, SearchError};
use crate::DeskError;
use crate::act::Look;

/// With fewer hits than these, what comes close is looked for as well.
const FEW: usize = 10;
/// How often a page asks again because what it found was not for the viewer, or is no more.
const ROUNDS: usize = 5;

/// Whether a ticket is to be listed beyond what the words say: here other conditions join the search. It is
/// asked of tickets that the viewer may see, for each hit on one of them.
pub type Keep<'a> = &'a mut dyn FnMut(&mut Tx, &Seen) -> Result<bool, DeskError>;

/// What is wanted of a search.
pub struct Wanted<'a> {
    pub asked: &'a Asked,
    /// Only this kind; without it the best of each.
    pub kind: Option<Kind>,
    /// Where the page before ended.
    pub behind: Option<Behind>,
    /// The most hits of each kind.
    pub most: usize,
    pub keep: Keep<'a>,
}

/// A place in the hits of one kind, behind which the next page begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Behind {
    nearness: Nearness,
    place: Place,
}

impl Behind {
    /// As it stands in an address.
    #[must_use]
    pub fn written(&self) -> String {
        let near = match self.nearness {
            Nearness::Every => "every",
            Nearness::Close => "close",
        };
        format!("{near}.{}.{}.{}", self.place.score.to_bits(), self.place.at, self.place.id)
    }

    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let mut parts = written.split('.');
        let nearness = match parts.next()? {
            "every" => Nearness::Every,
            "close" => Nearness::Close,
            _ => return None,
        };
        let score = f32::from_bits(parts.next()?.parse().ok()?);
        let (at, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (parts.next().is_none() && score.is_finite())
            .then_some(Self { nearness, place: Place { score, at, id } })
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of [`Kind::ALL`]; kinds without a hit are not among them.
    pub groups: Vec<Group>,
    /// There is no index yet, or none that can be read: it is being made.
    pub is_coming: bool,
}

/// The hits of one kind, the best first.
#[derive(Debug)]
pub struct Group {
    pub kind: Kind,
    pub hits: Vec<Hit>,
    /// There are more, behind this place.
    pub more: Option<Behind>,
}

/// Finds what the viewer may see. The time it takes grows with what fits; never run it on an async thread.
pub fn find(
    look: &mut Look,
    search: &Search,
    viewer: &Viewer,
    wanted: &mut Wanted,
) -> Result<Found, DeskError> {
    if wanted.asked.is_empty() {
        return Ok(Found::default());
    }
    let Some(generation) = search.current() else { return Ok(Found { is_coming: true, ..Found::default() }) };
    let glass_broken = if viewer.administrator {
        store::search::glass_broken(look.tx, viewer.person, look.now)?
    } else {
        Vec::new()
    };
    let searcher = Searcher { viewer, glass_broken };
    let mut under_way = Finding { look, generation: &generation, searcher, wanted, known: Known::new() };
    match under_way.groups() {
        Ok(groups) => Ok(Found { groups, is_coming: false }),
        Err(SearchError::Desk(error)) => Err(error),
        Err(error @ (SearchError::Index(_) | SearchError::Folder(..) | SearchError::Ended)) => {
            tracing::warn!(%error, "a search found no index");
            search.doubts();
            Ok(Found { is_coming: true, ..Found::default() })
        }
    }
}

struct Finding<'a, 't, 'w> {
    look: &'a mut Look<'t>,
    generation: &'a Generation,
    searcher: Searcher<'a>,
    wanted: &'a mut Wanted<'w>,
    known: Known,
}

impl Finding<'_, '_, '_> {
    fn groups(&mut self) -> Result<Vec<Group>, SearchError> {
        let kinds: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| self.wanted.kind.is_none_or(|one| one == *kind)).collect();
        let first = self.wanted.behind.map_or(Nearness::Every, |behind| behind.nearness);
        let mut groups: Vec<Group> =
            kinds.into_iter().map(|kind| Group { kind, hits: Vec::new(), more: None }).collect();
        self.fill(&mut groups, first)?;
        let found: usize = groups.iter().map(|group| group.hits.len()).sum();
        if self.wanted.behind.is_none() && found < FEW {
            self.fill(&mut groups, Nearness::Close)?;
        }
        groups.retain(|group| !group.hits.is_empty());
        Ok(groups)
    }

    /// Adds hits of that nearness to each group that has room, and looks whether there is one more.
    fn fill(&mut self, groups: &mut [Group], nearness: Nearness) -> Result<(), SearchError> {
        let behind = self.wanted.behind.map(|behind| behind.place);
        let mut room = [0; Kind::ALL.len()];
        for group in &*groups {
            room[group.kind.place()] = (self.wanted.most + 1).saturating_sub(group.hits.len());
        }
        let best = self.best(nearness, room, behind)?;
        for group in groups {
            let mut ranked = best[group.kind.place()].clone();
            for _ in 0..ROUNDS {
                let was_all = ranked.len() < room[group.kind.place()];
                let last = ranked.last().map(|ranked| ranked.place);
                for one in ranked.drain(..) {
                    if group.more.is_some() {
                        break;
                    }
                    self.take(group, nearness, one)?;
                }
                if was_all || group.more.is_some() {
                    break;
                }
                let mut only = [0; Kind::ALL.len()];
                only[group.kind.place()] = room[group.kind.place()];
                ranked = std::mem::take(&mut self.best(nearness, only, last)?[group.kind.place()]);
            }
        }
        Ok(())
    }

    /// One more hit is the sign that there are more; it is not shown.
    fn take(&mut self, group: &mut Group, nearness: Nearness, one: Ranked) -> Result<(), SearchError> {
        let wanted = &mut *self.wanted;
        let read = reread::again(
            self.look,
            self.searcher.viewer,
            (group.kind, one),
            wanted.asked,
            nearness,
            (wanted.keep, &mut self.known),
        )?;
        let Some(hit) = read else { return Ok(()) };
        if group.hits.len() < wanted.most {
            group.hits.push(hit);
            return Ok(());
        }
        // The next page may begin with what only comes close.
        let last = group.hits.last().filter(|last| last.nearness == nearness);
        group.more = Some(Behind { nearness, place: last.map_or(Place::START, |last| last.place) });
        Ok(())
    }

    fn best(
        &self,
        nearness: Nearness,
        most: [usize; Kind::ALL.len()],
        behind: Option<Place>,
    ) -> Result<Best, SearchError> {
        let fields = &self.generation.fields;
        let ground = Ground::of(self.generation, scope::inside(&self.searcher, fields));
        let sought = query::of(self.wanted.asked, nearness, &ground);
        let ranking = Ranking { most, behind, ..Ranking::default() };
        self.generation.best(sought, scope::of(&self.searcher, fields), ranking)
    }
}

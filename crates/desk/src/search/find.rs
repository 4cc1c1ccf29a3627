//! A search: the index says what may fit, the database says what may be shown.

use domain::filter::Test;
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
use super::sieve::Sieve;
use super::{Search, SearchError};
use crate::DeskError;
use crate::act::Look;

/// With fewer hits than these, what comes close is looked for as well.
const FEW: usize = 10;
/// How many hits of a kind one page looks through for those that pass a filter, and how often it asks for some.
pub const PATIENCE: usize = 1_000;
const PARTS: usize = 5;
/// How often a page asks again because what it found was not for the viewer, or is no more.
const ROUNDS: usize = 5;

/// Whether a ticket is to be listed beyond what the words say, asked of tickets that the viewer may see, for each
/// hit on one of them.
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
    /// What their tickets have to pass, as in a list of them; then nothing but tickets, and what was said on them,
    /// is found.
    pub within: Option<&'a Test>,
    /// How many hits of a kind are held against that before a page ends; usually [`PATIENCE`].
    pub patience: usize,
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
    /// So many hits were looked at, and few of them pass the filter: there may be more behind.
    pub looked: Option<usize>,
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
    let sieve = wanted.within.map(|test| Sieve::of(look, viewer, test, wanted.patience)).transpose()?;
    let mut under_way =
        Finding { look, generation: &generation, searcher, wanted, known: Known::new(), sieve };
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
    sieve: Option<Sieve<'w>>,
}

impl Finding<'_, '_, '_> {
    fn groups(&mut self) -> Result<Vec<Group>, SearchError> {
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| self.is_wanted(*kind)).collect();
        let first = self.wanted.behind.map_or(Nearness::Every, |behind| behind.nearness);
        let mut groups: Vec<Group> = kinds
            .into_iter()
            .map(|kind| Group { kind, hits: Vec::new(), more: None, looked: None })
            .collect();
        self.fill(&mut groups, first)?;
        let found: usize = groups.iter().map(|group| group.hits.len()).sum();
        if self.wanted.behind.is_none() && found < FEW {
            self.fill(&mut groups, Nearness::Close)?;
        }
        groups.retain(|group| !group.hits.is_empty() || group.looked.is_some());
        Ok(groups)
    }

    /// A filter says something of tickets alone.
    fn is_wanted(&self, kind: Kind) -> bool {
        let can_pass = match kind {
            Kind::Ticket | Kind::Message | Kind::Note => true,
            Kind::Person | Kind::Organisation => self.sieve.is_none(),
        };
        can_pass && self.wanted.kind.is_none_or(|one| one == kind)
    }

    /// How many hits are asked for at once, of a group that has room for so many, and how often.
    fn steps(&self, room: usize) -> (usize, usize) {
        match &self.sieve {
            Some(Sieve { all: None, .. }) if room > 0 => {
                let step = room.max(self.wanted.patience / PARTS);
                (step, (self.wanted.patience / step).max(1))
            }
            _ => (room, ROUNDS),
        }
    }

    /// Adds hits of that nearness to each group that has room, and looks whether there is one more.
    fn fill(&mut self, groups: &mut [Group], nearness: Nearness) -> Result<(), SearchError> {
        let behind = self.wanted.behind.map(|behind| behind.place);
        let (mut room, mut rounds) = ([0; Kind::ALL.len()], [0; Kind::ALL.len()]);
        for group in groups.iter().filter(|group| group.more.is_none()) {
            let place = group.kind.place();
            (room[place], rounds[place]) =
                self.steps((self.wanted.most + 1).saturating_sub(group.hits.len()));
        }
        let mut best = self.looked_up(nearness, room, behind)?;
        for group in groups.iter_mut().filter(|group| group.more.is_none()) {
            let place = group.kind.place();
            let mut only = [0; Kind::ALL.len()];
            only[place] = room[place];
            let mut batch = std::mem::take(&mut best[place]);
            for round in 1..=rounds[place] {
                for one in batch.passed {
                    if group.more.is_some() {
                        break;
                    }
                    self.take(group, nearness, one)?;
                }
                let Some(last) = batch.last.filter(|_| group.more.is_none()) else { break };
                if round == rounds[place] && self.sieve.is_some() {
                    group.more = Some(Behind { nearness, place: last });
                    group.looked = Some(round * room[place]);
                    break;
                }
                batch = std::mem::take(&mut self.looked_up(nearness, only, Some(last))?[place]);
            }
        }
        Ok(())
    }

    /// The best of each kind, those that pass the filter.
    fn looked_up(
        &mut self,
        nearness: Nearness,
        room: [usize; Kind::ALL.len()],
        behind: Option<Place>,
    ) -> Result<[Batch; Kind::ALL.len()], SearchError> {
        let mut best = self.best(nearness, room, behind)?;
        let lasts: Vec<Option<Place>> = best
            .iter()
            .zip(room)
            .map(|(ranked, room)| ranked.last().filter(|_| ranked.len() >= room).map(|last| last.place))
            .collect();
        if let Some(sieve) = &mut self.sieve {
            sieve.keep(self.look, self.searcher.viewer, best.iter_mut())?;
        }
        let mut batches = best.map(|passed| Batch { passed, last: None });
        for (batch, last) in batches.iter_mut().zip(lasts) {
            batch.last = last;
        }
        Ok(batches)
    }

    /// One more hit is the sign that there are more; it is not shown.
    fn take(&mut self, group: &mut Group, nearness: Nearness, one: Ranked) -> Result<(), SearchError> {
        let wanted = &mut *self.wanted;
        let read = reread::again(
            self.look,
            self.searcher.viewer,
            (group.kind, one),
            (wanted.asked, nearness),
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
        let only = self.sieve.as_ref().and_then(|sieve| sieve.all.clone());
        let ranking = Ranking { most, behind, only, ..Ranking::default() };
        self.generation.best(sought, scope::of(&self.searcher, fields), ranking)
    }
}

/// What the index gave for one kind, as far as it passes, and where to go on when there was as much as was asked for.
#[derive(Default)]
struct Batch {
    passed: Vec<Ranked>,
    last: Option<Place>,
}

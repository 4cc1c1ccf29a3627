//! Search: an index of texts that follows the log, asked within what a viewer may see.
//!
//! `catch_up` is called by a worker of each node; `find` is called by pages. What is found is an id: its
//! text is read again from the database through the viewer's rights, and nothing else is ever shown.

mod among;
mod asked;
mod build;
mod columns;
pub(crate) mod digits;
mod directory;
mod documents;
mod find;
mod follow;
mod generation;
mod index;
mod line;
mod newest;
mod query;
mod ranked;
mod ranking;
mod reread;
mod scope;
mod shelf;
mod sieve;
mod snippet;
pub(crate) mod spell;
#[cfg(test)]
mod tests;
mod tokens;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::TantivyError;

use crate::DeskError;
use crate::act::Desk;

pub use among::{Among, MOST as MOST_AMONG, among};
pub use asked::Asked;
pub(crate) use directory::directory;
pub use find::{Behind, Found, Group, Keep, PATIENCE, Wanted, find};
pub use index::Kind;
pub use line::{Line, Within};
pub use query::Nearness;
pub use ranking::Texts;
pub use reread::{Hit, What};
pub use snippet::Piece;

use generation::Generation;
use shelf::Shelf;

/// The index of one node. Clones share it.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    /// `None` for desks in memory.
    shelf: Option<Shelf>,
    current: RwLock<Option<Arc<Generation>>>,
    /// Held by whoever writes.
    turn: Mutex<()>,
    ends: AtomicBool,
}

/// The index could not be read or written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SearchError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error("the index of texts cannot be used: {0}. Nothing else is concerned; it is made again by itself")]
    Index(String),
    #[error(
        "the folder {0} of the index of texts cannot be used: {1}. Nothing else is concerned; make room or let yourself write there"
    )]
    Folder(String, String),
    #[error("the index of texts was not finished, because the desk stops. It is made at the next start")]
    Ended,
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self::Index(error.to_string())
    }
}

impl SearchError {
    fn index(cause: impl std::fmt::Display) -> Self {
        Self::Index(cause.to_string())
    }

    fn folder(folder: &Path, cause: &std::io::Error) -> Self {
        Self::Folder(folder.display().to_string(), cause.to_string())
    }
}

impl Search {
    /// In a folder that lasts, made when the index is built.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self::on(Some(Shelf::new(folder)))
    }

    #[must_use]
    pub fn in_memory() -> Self {
        Self::on(None)
    }

    fn on(shelf: Option<Shelf>) -> Self {
        Self(Arc::new(Inner {
            shelf,
            current: RwLock::default(),
            turn: Mutex::default(),
            ends: AtomicBool::default(),
        }))
    }

    /// Lets go of an index that is being made: the desk stops, and does not wait for it.
    pub fn end(&self) {
        self.0.ends.store(true, Ordering::Relaxed);
    }

    /// Brings the index up to the end of the log, and makes it first when there is none that can be used.
    /// Gives how many tickets, people and organisations were read.
    pub fn catch_up(&self, desk: &Desk) -> Result<usize, SearchError> {
        let _turn = self.0.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = self.usable(desk)?;
        let read = follow::on(desk, &generation);
        if let Err(SearchError::Index(_)) = &read {
            self.doubts();
        }
        read
    }

    /// Makes the whole index again, beside the one that is searched meanwhile, and puts it in its place.
    /// `told` hears how many of how many were read.
    pub fn rebuild(&self, desk: &Desk, told: &mut dyn FnMut(u64, u64)) -> Result<(), SearchError> {
        let _turn = self.0.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = self.build(desk, told)?;
        // Whoever serves goes on writing it, and removes the old one when it has taken this one up.
        generation.let_go()?;
        self.publish(generation)
    }

    /// The current index: the one that is held, unless another one was put in its place.
    fn usable(&self, desk: &Desk) -> Result<Arc<Generation>, SearchError> {
        let held = self.current();
        let named = match &self.0.shelf {
            None => held.as_ref().map(|held| held.name.clone()),
            Some(shelf) => shelf.current()?,
        };
        if let Some(held) = held.filter(|held| Some(&held.name) == named.as_ref()) {
            return Ok(held);
        }
        if let (Some(shelf), Some(name)) = (&self.0.shelf, &named) {
            match open(desk, shelf, name) {
                Ok(Some(generation)) => {
                    self.hold(Some(Arc::new(generation)));
                    shelf.tidy(name);
                }
                Ok(None) => {
                    tracing::info!("the index of texts is of another version or log; making it again");
                }
                Err(error) => tracing::warn!(%error, "making the index of texts again"),
            }
        }
        if let Some(held) = self.current().filter(|held| Some(&held.name) == named.as_ref()) {
            return Ok(held);
        }
        let generation = self.build(desk, &mut |_, _| {})?;
        let name = generation.name.clone();
        self.publish(generation)?;
        if let Some(shelf) = &self.0.shelf {
            shelf.tidy(&name);
        }
        self.current().ok_or_else(|| SearchError::index("it was taken away while it was made"))
    }

    fn build(&self, desk: &Desk, told: &mut dyn FnMut(u64, u64)) -> Result<Generation, SearchError> {
        let generation = match &self.0.shelf {
            None => Generation::in_memory()?,
            Some(shelf) => Generation::create(shelf.folder(), &shelf.coming(desk.clock.now()))?,
        };
        build::fill(desk, &generation, &self.0.ends, told)?;
        Ok(generation)
    }

    fn publish(&self, generation: Generation) -> Result<(), SearchError> {
        if let Some(shelf) = &self.0.shelf {
            shelf.publish(&generation.name)?;
        }
        self.hold(Some(Arc::new(generation)));
        Ok(())
    }

    /// The next call of `catch_up` looks at it from the outside, and makes it again when it is damaged.
    fn doubts(&self) {
        self.hold(None);
    }

    fn current(&self) -> Option<Arc<Generation>> {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, generation: Option<Arc<Generation>>) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = generation;
    }
}

/// Opens an index when it is whole, of this version, and of this log.
fn open(desk: &Desk, shelf: &Shelf, name: &str) -> Result<Option<Generation>, SearchError> {
    let Some(generation) = Generation::open(shelf.folder(), name)? else { return Ok(None) };
    let Some(cursor) = generation.cursor()? else { return Ok(None) };
    let position = cursor.position;
    let hash = desk.look_now(move |look| Ok(store::search::event_hash(look.tx, position)?))?;
    Ok(cursor.is_on(hash.as_deref()).then_some(generation))
}

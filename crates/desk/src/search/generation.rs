//! One index as it was built: read by many, written by one, with how far it has read the log in its own commit.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::TicketId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use super::SearchError;
use super::columns::Columns;
use super::index::{self, Document, Fields, Of};
use super::newest::{self, Newest};
use super::query::Sought;
use super::ranked::{Best, Ranking};
use super::tokens;
use crate::files::hex;

/// What may wait in memory before it is written.
const MEMORY: usize = 32 << 20;

/// How far an index has read the log. It lies in the commit that has what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cursor {
    version: u32,
    pub(crate) position: i64,
    /// The hash of the event there, which tells one log from another.
    pub(crate) hash: String,
    /// Tickets to read again at a time, without an event of it: a reply can no longer be taken back then.
    pub(crate) later: BTreeMap<TicketId, Timestamp>,
}

impl Cursor {
    pub(crate) fn at(position: i64, hash: &[u8]) -> Self {
        Self { version: index::VERSION, position, hash: hex(hash), later: BTreeMap::new() }
    }

    pub(crate) fn moved_to(&mut self, position: i64, hash: &[u8]) {
        self.position = position;
        self.hash = hex(hash);
    }

    /// Whether the log has this event at that position.
    pub(crate) fn is_on(&self, hash: Option<&[u8]>) -> bool {
        self.position == 0 || hash.is_some_and(|hash| hex(hash) == self.hash)
    }
}

pub(crate) struct Generation {
    /// The name of its folder; empty in memory.
    pub(crate) name: String,
    pub(crate) fields: Fields,
    index: Index,
    reader: IndexReader,
    writer: Mutex<Option<IndexWriter>>,
    columns: Arc<Columns>,
}

impl Generation {
    pub(crate) fn in_memory() -> Result<Self, SearchError> {
        Self::of(String::new(), Index::create_in_ram(index::schema().0))
    }

    pub(crate) fn create(folder: &Path, name: &str) -> Result<Self, SearchError> {
        let place = folder.join(name);
        std::fs::create_dir_all(&place).map_err(|cause| SearchError::folder(&place, &cause))?;
        Self::of(name.to_owned(), Index::create_in_dir(&place, index::schema().0)?)
    }

    /// Opens what was built before, when every file of it is whole; `None` when it was built by another version
    /// of this.
    pub(crate) fn open(folder: &Path, name: &str) -> Result<Option<Self>, SearchError> {
        let index = Index::open_in_dir(folder.join(name))?;
        if index.schema() != index::schema().0 {
            return Ok(None);
        }
        if !index.validate_checksum()?.is_empty() {
            return Err(SearchError::index("files of it are damaged"));
        }
        let generation = Self::of(name.to_owned(), index)?;
        Ok(generation.cursor()?.map(|_| generation))
    }

    fn of(name: String, index: Index) -> Result<Self, SearchError> {
        index.tokenizers().register(tokens::NAME, tokens::analyzer());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let columns = Arc::new(Columns::default());
        Ok(Self { name, fields: index::schema().1, index, reader, writer: Mutex::new(None), columns })
    }

    /// `None` when it was never finished, or by another version of this.
    pub(crate) fn cursor(&self) -> Result<Option<Cursor>, SearchError> {
        let payload = self.index.load_metas()?.payload;
        let cursor: Option<Cursor> = payload.and_then(|payload| serde_json::from_str(&payload).ok());
        Ok(cursor.filter(|cursor| cursor.version == index::VERSION))
    }

    /// Writes and makes it visible together with how far the log was read.
    pub(crate) fn write(
        &self,
        write: impl FnOnce(&mut Writing) -> Result<Cursor, SearchError>,
    ) -> Result<(), SearchError> {
        let mut held = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = match held.take() {
            Some(writer) => writer,
            None => self.index.writer_with_options(options())?,
        };
        // After an error the writer is not put back: what it did is forgotten with it.
        let cursor = write(&mut Writing { writer: &writer, fields: &self.fields })?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&cursor).map_err(SearchError::index)?);
        commit.commit()?;
        *held = Some(writer);
        drop(held);
        self.reader.reload()?;
        self.columns.keep(&self.reader.searcher());
        Ok(())
    }

    /// Ends the writing of this process, so that another one may write.
    pub(crate) fn let_go(&self) -> Result<(), SearchError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        writer.map_or(Ok(()), |writer| Ok(writer.wait_merging_threads()?))
    }

    /// In how many documents a word stands.
    pub(crate) fn frequency(&self, term: &Term) -> u64 {
        self.reader.searcher().doc_freq(term).unwrap_or(u64::MAX)
    }

    /// The newest tickets of what was asked within what may be found, and whether there are more.
    pub(crate) fn newest(
        &self,
        sought: Sought,
        scope: Box<dyn Query>,
        most: usize,
    ) -> Result<(BTreeSet<TicketId>, bool), SearchError> {
        let within = BooleanQuery::new(vec![(Occur::Must, sought.wanted), (Occur::Must, scope)]);
        let newest = Newest { most: most + 1, columns: Arc::clone(&self.columns) };
        let search = || self.reader.searcher().search(&within, &newest);
        let found = catch_unwind(AssertUnwindSafe(search))
            .map_err(|_| SearchError::index("it broke off a search"))??;
        Ok(newest::tickets(&found, most))
    }

    /// The best of what was asked within what may be found.
    pub(crate) fn best(
        &self,
        sought: Sought,
        scope: Box<dyn Query>,
        mut ranking: Ranking,
    ) -> Result<Best, SearchError> {
        let scope: Box<dyn Query> = Box::new(ConstScoreQuery::new(scope, 0.0));
        let within = |asked| BooleanQuery::new(vec![(Occur::Must, asked), (Occur::Must, scope.box_clone())]);
        ranking.columns = Arc::clone(&self.columns);
        let search = || {
            let searcher = self.reader.searcher();
            // Not by `MustNot`: a phrase there loses its place (tantivy 0.27).
            if let Some(without) = sought.without {
                ranking.without = Arc::new(searcher.search(&within(without), &DocSetCollector)?);
            }
            searcher.search(&within(sought.wanted), &ranking)
        };
        // Damage that nobody has noticed yet can make the engine panic.
        let searched = catch_unwind(AssertUnwindSafe(search));
        Ok(searched.map_err(|_| SearchError::index("it broke off a search"))??)
    }
}

fn options() -> IndexWriterOptions {
    IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(MEMORY)
        .build()
}

/// A change of an index under way.
pub(crate) struct Writing<'a> {
    writer: &'a IndexWriter,
    fields: &'a Fields,
}

impl Writing<'_> {
    pub(crate) fn remove(&mut self, of: Of) {
        self.writer.delete_term(of.term(self.fields));
    }

    pub(crate) fn add(&mut self, document: &Document) -> Result<(), SearchError> {
        self.writer.add_document(document.indexed(self.fields))?;
        Ok(())
    }
}

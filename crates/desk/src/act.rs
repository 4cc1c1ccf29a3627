//! The desk itself: one intention is one transaction, with the time, the ids and the set-up given to it.

use std::sync::Arc;

use domain::event::{Actor, Event, Fact};
use domain::id::{EventId, PersonId, ReasonId, TicketId};
use domain::origin::Origin;
use domain::preference::UndoSeconds;
use jiff::Timestamp;
use mail::egress::Egress;
use store::catalogue::{Cache, Catalogue};
use store::event::{Entry, Subject};
use store::id::Ids;
use store::{Db, Tx, WallClock};
use tokio::sync::Notify;

use crate::DeskError;
use crate::files::Files;
use crate::search::Search;
use crate::senders::Senders;

/// A desk on a database. Clones share it.
#[derive(Clone)]
pub struct Desk {
    pub db: Db,
    pub clock: WallClock,
    /// Where attachments lie.
    pub files: Files,
    /// The one way out to other servers.
    pub egress: Egress,
    /// Who is asked whether a mail comes from where it says.
    pub senders: Senders,
    /// The texts of this node's index.
    pub search: Search,
    /// Rings when mail was kept, for whoever works it off.
    pub mail_came: Arc<Notify>,
    ids: Arc<Ids>,
    catalogue: Arc<Cache>,
    pub(crate) gate: Arc<crate::sign_in::Gate>,
    pub(crate) trials: Arc<crate::inboxes::Gate>,
    /// The numbers beside views, as this process last counted them.
    pub view_counts: Arc<crate::view_counts::Counts>,
    /// How long a reply waits that no inbox sends, of somebody who chose nothing.
    undo_seconds: i64,
}

impl Desk {
    #[must_use]
    pub fn new(db: Db, clock: WallClock) -> Self {
        Self::with_ids(db, clock, Ids::new())
    }

    /// A desk whose ids can be foreseen, for demos and tests that must come out the same.
    #[must_use]
    pub fn with_ids(db: Db, clock: WallClock, ids: Ids) -> Self {
        Self {
            db,
            clock,
            files: Files::in_memory(),
            egress: Egress::system(),
            senders: Senders::unchecked(),
            search: Search::in_memory(),
            mail_came: Arc::default(),
            ids: Arc::new(ids),
            catalogue: Arc::default(),
            gate: Arc::default(),
            trials: Arc::default(),
            view_counts: Arc::default(),
            undo_seconds: i64::from(UndoSeconds::USUAL),
        }
    }

    /// The same desk where replies that no inbox sends wait so long, and with 0 for nobody.
    #[must_use]
    pub fn with_undo_seconds(self, undo_seconds: i64) -> Self {
        Self { undo_seconds, ..self }
    }

    /// The same desk with its attachments somewhere that lasts.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files, ..self }
    }

    /// The same desk with its index of texts somewhere that lasts.
    #[must_use]
    pub fn with_search(self, search: Search) -> Self {
        Self { search, ..self }
    }

    /// The same desk with somebody who checks senders.
    #[must_use]
    pub fn with_senders(self, senders: Senders) -> Self {
        Self { senders, ..self }
    }

    /// Does one thing as `actor`, in one transaction, and answers once it is durable.
    pub async fn act<T, F>(&self, actor: Actor, intention: F) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Act) -> Result<T, DeskError> + Send + 'static,
        T: Send + 'static,
    {
        let desk = self.clone();
        self.db.write(move |tx| desk.run(tx, actor, intention)).await
    }

    /// [`Desk::act`] for the command line and tests: blocks the calling thread.
    pub fn act_now<T, F>(&self, actor: Actor, intention: F) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Act) -> Result<T, DeskError> + Send + 'static,
        T: Send + 'static,
    {
        let desk = self.clone();
        self.db.write_now(move |tx| desk.run(tx, actor, intention))
    }

    /// Looks at one snapshot, with the set-up that holds in it.
    pub async fn look<T, F>(&self, look: F) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Look) -> Result<T, DeskError> + Send + 'static,
        T: Send + 'static,
    {
        let desk = self.clone();
        self.db.read_inline(move |tx| look(&mut desk.look_in(tx)?)).await
    }

    /// [`Desk::look`] on a reader thread: for reports and exports, which take long.
    pub async fn study<T, F>(&self, look: F) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Look) -> Result<T, DeskError> + Send + 'static,
        T: Send + 'static,
    {
        let desk = self.clone();
        self.db.read(move |tx| look(&mut desk.look_in(tx)?)).await
    }

    /// [`Desk::look`] for the command line and tests: blocks the calling thread.
    pub fn look_now<T, F>(&self, look: F) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Look) -> Result<T, DeskError> + Send + 'static,
        T: Send + 'static,
    {
        let desk = self.clone();
        self.db.read_now(move |tx| look(&mut desk.look_in(tx)?))
    }

    /// A new id outside of a transaction, for what is prepared before one.
    pub(crate) fn new_id(&self, now: Timestamp) -> i64 {
        self.ids.next(now)
    }

    fn look_in<'t>(&self, tx: &'t mut Tx) -> Result<Look<'t>, DeskError> {
        let catalogue = self.catalogue.current(tx)?;
        Ok(Look { tx, now: self.clock.now(), catalogue })
    }

    fn run<T>(
        &self,
        tx: &mut Tx,
        actor: Actor,
        intention: impl FnOnce(&mut Act) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let catalogue = self.catalogue.current(tx)?;
        let now = self.clock.now();
        intention(&mut Act {
            tx,
            now,
            recorded_at: now,
            actor,
            origin: None,
            ids: &self.ids,
            catalogue,
            files: self.files.clone(),
            undo_seconds: self.undo_seconds,
        })
    }
}

/// One look at the database.
pub struct Look<'t> {
    pub tx: &'t mut Tx,
    pub now: Timestamp,
    pub catalogue: Arc<Catalogue>,
}

/// One intention under way.
pub struct Act<'t> {
    pub tx: &'t mut Tx,
    pub now: Timestamp,
    /// When the transaction runs; `now` lies before it for what arrived earlier.
    pub recorded_at: Timestamp,
    pub actor: Actor,
    /// What makes the desk act by itself, kept beside each event that it records.
    pub origin: Option<Origin>,
    pub ids: &'t Ids,
    pub catalogue: Arc<Catalogue>,
    pub files: Files,
    /// How long a reply waits that no inbox sends, of somebody who chose nothing.
    pub(crate) undo_seconds: i64,
}

impl Act<'_> {
    /// A new id, made from the time and never used before.
    #[must_use]
    pub fn new_id(&self) -> i64 {
        self.ids.next(self.now)
    }

    /// The person who acts, when it is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self.actor {
            Actor::Person(person) => Some(person),
            Actor::Desk | Actor::Import => None,
        }
    }

    /// A part that fails alone: what it wrote is undone, and the act goes on. It happens at `now`, as `actor`.
    pub(crate) fn part<T>(
        &mut self,
        now: Timestamp,
        actor: Actor,
        part: impl FnOnce(&mut Act) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let (recorded_at, ids, undo_seconds) = (self.recorded_at, self.ids, self.undo_seconds);
        let (catalogue, files) = (Arc::clone(&self.catalogue), self.files.clone());
        let origin = self.origin.clone();
        self.tx.savepoint(|tx| {
            part(&mut Act { tx, now, recorded_at, actor, origin, ids, catalogue, files, undo_seconds })
        })
    }

    /// What the desk does by itself, with what makes it do so.
    pub(crate) fn because<T>(
        &mut self,
        origin: Origin,
        does: impl FnOnce(&mut Act) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let before = self.origin.replace(origin);
        let done = does(self);
        self.origin = before;
        done
    }

    /// Records a fact about a ticket that was true at another instant than now.
    pub(crate) fn record_at(
        &mut self,
        at: Timestamp,
        ticket: TicketId,
        parent: Option<TicketId>,
        fact: Fact,
    ) -> Result<Event, DeskError> {
        let event = Event { id: EventId(self.new_id()), at, actor: self.actor, ticket, parent, fact };
        self.record(&event)?;
        Ok(event)
    }

    /// Records a fact about a ticket, and what makes the desk do it by itself.
    pub(crate) fn record(&mut self, event: &Event) -> Result<(), DeskError> {
        store::event::record(self.tx, event, self.recorded_at)?;
        if let Some(origin) = &self.origin {
            store::origin::insert(self.tx, event.id, event.ticket, origin)?;
        }
        Ok(())
    }

    /// Records a change of the set-up or of the directory.
    pub(crate) fn record_change(
        &mut self,
        subject: Subject,
        kind: &str,
        payload: &serde_json::Value,
    ) -> Result<EventId, DeskError> {
        let id = EventId(self.new_id());
        let payload = payload.to_string();
        let entry = Entry {
            id,
            at: self.now,
            recorded_at: self.recorded_at,
            actor: self.actor,
            subject,
            parent: None,
            kind,
            payload: &payload,
        };
        store::event::append(self.tx, &entry)?;
        crate::notices::board::set_up_changed(self.tx, subject)?;
        Ok(id)
    }

    /// Keeps the words behind an act; `None` when there are none.
    pub(crate) fn reason(
        &mut self,
        ticket: TicketId,
        words: &str,
        shown: bool,
    ) -> Result<Option<ReasonId>, DeskError> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(None);
        }
        let reason = store::message::Reason {
            id: ReasonId(self.new_id()),
            ticket,
            at: self.now,
            person: self.person(),
            shown,
            body: crate::words::Body::parse(words)?.into_string(),
        };
        store::message::insert_reason(self.tx, &reason)?;
        Ok(Some(reason.id))
    }
}

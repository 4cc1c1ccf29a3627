//! What the database threads do: one transaction per read, one per group of writes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::queue::{Queue, Work};
use super::{DbError, Tx};

/// A group is committed after this many members or this long, whichever comes first.
const GROUP_MEMBERS: usize = 64;
const GROUP_TIME: Duration = Duration::from_millis(5);
/// How long writes are refused after the disk was found full, before one tries again.
const FULL_DISK_PAUSE: Duration = Duration::from_secs(1);

pub(super) fn read_until_closed(mut tx: Tx, queue: &Queue) {
    while let Some(mut work) = queue.pop() {
        if let Err(error) = tx.begin_read() {
            work.settle(Err(error));
            continue;
        }
        work.run(&mut tx);
        tx.rollback();
        work.settle(Ok(()));
    }
}

pub(super) fn write_until_closed(mut tx: Tx, queue: &Queue, health: &Health) {
    while let Some(first) = queue.pop() {
        match health.refusal() {
            Some(refusal) if !first.only_reads() => first.settle(Err(refusal)),
            _ => write_group(&mut tx, first, queue, health),
        }
    }
}

fn write_group(tx: &mut Tx, first: Box<dyn Work>, queue: &Queue, health: &Health) {
    if let Err(error) = tx.begin_write() {
        health.note(&error);
        return first.settle(Err(error));
    }
    let began = Instant::now();
    let mut members = Vec::new();
    let mut next = Some(first);
    while let Some(mut work) = next {
        let ran = run_member(tx, &mut *work, health);
        members.push(work);
        if let Err(error) = ran {
            tx.rollback();
            health.note(&error);
            return settle_broken(members, &error);
        }
        let room = members.len() < GROUP_MEMBERS && began.elapsed() < GROUP_TIME;
        next = if room { queue.try_pop() } else { None };
    }
    let fate = tx.commit().map_err(|error| {
        health.note(&error);
        fate_of(error)
    });
    if fate.is_ok() {
        health.note_success();
    }
    for member in members {
        member.settle(fate.clone());
    }
}

/// An error here means that the whole group's transaction is lost.
fn run_member(tx: &mut Tx, work: &mut dyn Work, health: &Health) -> Result<(), DbError> {
    tx.mark()?;
    let only_reads = work.only_reads();
    if only_reads {
        tx.only_read(true);
    }
    let keep = work.run(tx);
    if only_reads {
        tx.only_read(false);
    }
    if tx.is_broken() {
        let lost = || DbError::ConnectionLost { cause: "the database ended the transaction".to_owned() };
        return Err(tx.failure().cloned().unwrap_or_else(lost));
    }
    if keep {
        tx.keep_member();
        return Ok(());
    }
    if let Some(error) = tx.failure() {
        health.note(error);
        // On storage in doubt nothing more is tried, not even the commit of the others.
        if error.is_storage_doubt() {
            return Err(error.clone());
        }
    }
    tx.undo_member()
}

fn settle_broken(mut members: Vec<Box<dyn Work>>, error: &DbError) {
    let culprit = members.pop();
    for member in members {
        member.settle(Err(DbError::GroupUndone { cause: error.to_string() }));
    }
    if let Some(culprit) = culprit {
        culprit.settle(Err(error.clone()));
    }
}

/// A refused constraint and a full disk are certain refusals; anything else in COMMIT leaves doubt.
fn fate_of(commit_error: DbError) -> DbError {
    match commit_error {
        certain @ (DbError::Constraint { .. } | DbError::DiskFull | DbError::CommitUnknown { .. }) => certain,
        doubtful => DbError::CommitUnknown { cause: doubtful.to_string() },
    }
}

/// Whether writing is trusted: it stops for good after a disk error or damage,
/// and pauses while the disk is full.
#[derive(Default)]
pub(super) struct Health {
    state: Mutex<State>,
}

#[derive(Default, Clone)]
enum State {
    #[default]
    Sound,
    Full {
        until: Instant,
    },
    Stopped {
        cause: DbError,
    },
}

impl Health {
    pub(super) fn refusal(&self) -> Option<DbError> {
        match &*self.state() {
            State::Sound => None,
            State::Full { until } => (Instant::now() < *until).then_some(DbError::DiskFull),
            State::Stopped { cause } => Some(cause.clone()),
        }
    }

    /// What stands in the way of writing, also between two attempts on a full disk.
    pub(super) fn trouble(&self) -> Option<DbError> {
        match &*self.state() {
            State::Sound => None,
            State::Full { .. } => Some(DbError::DiskFull),
            State::Stopped { cause } => Some(cause.clone()),
        }
    }

    fn note(&self, error: &DbError) {
        let mut state = self.state();
        if error.is_storage_doubt() {
            tracing::error!(%error, "writing has stopped");
            *state = State::Stopped { cause: error.clone() };
        } else if *error == DbError::DiskFull && !matches!(*state, State::Stopped { .. }) {
            if matches!(*state, State::Sound) {
                tracing::error!(%error, "writing pauses");
            }
            *state = State::Full { until: Instant::now() + FULL_DISK_PAUSE };
        }
    }

    fn note_success(&self) {
        let mut state = self.state();
        if matches!(*state, State::Full { .. }) {
            tracing::info!("there is room on the disk again, writing goes on");
            *state = State::Sound;
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Where transactions wait for a thread, and the wrapping that answers their callers.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::{DbError, Tx};

/// Far above any healthy depth; beyond it waiting longer helps nobody.
const LONGEST_QUEUE: usize = 10_000;

/// A closure with its caller: run on a database thread, answered once it is settled.
pub(super) trait Work: Send {
    /// Runs the closure; true when it wants its changes kept.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers the caller: with the closure's own result, or with what befell it.
    fn settle(self: Box<Self>, fate: Result<(), DbError>);
    fn only_reads(&self) -> bool;
}

pub(super) struct Task<F, T, E, R> {
    closure: Option<F>,
    result: Option<Result<T, E>>,
    answer: R,
    only_reads: bool,
}

impl<F, T, E, R> Task<F, T, E, R>
where
    F: FnOnce(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
    R: FnOnce(Result<T, E>) + Send,
{
    pub(super) fn new(closure: F, only_reads: bool, answer: R) -> Self {
        Task { closure: Some(closure), result: None, answer, only_reads }
    }
}

impl<F, T, E, R> Work for Task<F, T, E, R>
where
    F: FnOnce(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
    R: FnOnce(Result<T, E>) + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let closure = self.closure.take().expect("work runs once");
        let result = call(closure, tx);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn settle(self: Box<Self>, fate: Result<(), DbError>) {
        let result = match (fate, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(DbError::Closed.into()),
            (Err(error), _) => Err(error.into()),
        };
        (self.answer)(result);
    }

    fn only_reads(&self) -> bool {
        self.only_reads
    }
}

/// Calls a closure so that neither a panic nor a swallowed failure gets past.
pub(super) fn call<T, E: From<DbError>>(
    closure: impl FnOnce(&mut Tx) -> Result<T, E>,
    tx: &mut Tx,
) -> Result<T, E> {
    match catch_unwind(AssertUnwindSafe(|| closure(tx))) {
        Ok(Ok(value)) => match tx.failure() {
            None => Ok(value),
            Some(cause) => Err(DbError::Aborted { cause: cause.to_string() }.into()),
        },
        Ok(Err(error)) => Err(error),
        Err(payload) => Err(DbError::panicked(&*payload).into()),
    }
}

/// First in, first out, for any number of threads at both ends.
pub(super) struct Queue {
    state: Mutex<State>,
    arrived: Condvar,
}

struct State {
    waiting: VecDeque<Box<dyn Work>>,
    closed: bool,
}

impl Queue {
    pub(super) fn new() -> Queue {
        Queue {
            state: Mutex::new(State { waiting: VecDeque::new(), closed: false }),
            arrived: Condvar::new(),
        }
    }

    pub(super) fn push(&self, work: Box<dyn Work>) {
        let mut state = self.state();
        let refusal = if state.closed {
            DbError::Closed
        } else if state.waiting.len() >= LONGEST_QUEUE {
            DbError::Overloaded { waiting: state.waiting.len() }
        } else {
            state.waiting.push_back(work);
            drop(state);
            self.arrived.notify_one();
            return;
        };
        drop(state);
        work.settle(Err(refusal));
    }

    /// The next work, waiting for it; `None` once the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<Box<dyn Work>> {
        let mut state = self.state();
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Some(work);
            }
            if state.closed {
                return None;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn try_pop(&self) -> Option<Box<dyn Work>> {
        self.state().waiting.pop_front()
    }

    /// Refuses new work; what waits already is still done.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.arrived.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Tells everything that serves that it is time to stop: first politely, then at once.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::watch;
use tokio_stream::Stream;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Serving,
    /// No new connections, streams end, running requests finish.
    Draining,
    /// Everything is cut.
    Now,
}

/// The stage as handlers see it: `Extension(closing): Extension<Closing>`.
#[derive(Debug, Clone)]
pub struct Closing {
    stage: watch::Receiver<Stage>,
}

impl Closing {
    pub fn new(stage: watch::Receiver<Stage>) -> Closing {
        Closing { stage }
    }

    /// Returns when the edge stops serving.
    pub async fn closed(&mut self) {
        let _ = self.stage.wait_for(|stage| *stage != Stage::Serving).await;
    }

    /// The same stream, which ends when the edge stops serving; every open-ended answer goes through this.
    pub fn end<S: Stream + Send + 'static>(mut self, stream: S) -> impl Stream<Item = S::Item> + Send {
        let closed = async move { self.closed().await };
        Ending { stream: Box::pin(stream), closed: Box::pin(closed) }
    }
}

struct Ending<S, F> {
    stream: Pin<Box<S>>,
    closed: Pin<Box<F>>,
}

impl<S: Stream, F: Future<Output = ()>> Stream for Ending<S, F> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        if self.closed.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        self.stream.as_mut().poll_next(context)
    }
}

/// The first interrupt or termination drains, the second cuts. Listens from the moment it returns.
pub fn signals() -> watch::Receiver<Stage> {
    let (stage, watching) = watch::channel(Stage::Serving);
    let mut asked = Asked::listen();
    tokio::spawn(async move {
        for next in [Stage::Draining, Stage::Now] {
            asked.again().await;
            tracing::info!(stage = ?next, "asked to stop");
            stage.send_replace(next);
        }
        // A closed channel would look like one more change.
        std::future::pending::<()>().await;
    });
    watching
}

#[cfg(unix)]
struct Asked {
    terminate: Option<tokio::signal::unix::Signal>,
    interrupt: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Asked {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self {
            terminate: signal(SignalKind::terminate()).ok(),
            interrupt: signal(SignalKind::interrupt()).ok(),
        }
    }

    async fn again(&mut self) {
        async fn one(signal: &mut Option<tokio::signal::unix::Signal>) {
            match signal {
                Some(signal) => drop(signal.recv().await),
                None => std::future::pending().await,
            }
        }
        tokio::select! {
            () = one(&mut self.terminate) => {}
            () = one(&mut self.interrupt) => {}
        }
    }
}

#[cfg(not(unix))]
struct Asked;

#[cfg(not(unix))]
impl Asked {
    fn listen() -> Self {
        Self
    }

    async fn again(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

//! What runs beside the server: live events, what time alone does, and forgetting what is over.

pub(crate) mod mail;

use std::time::Duration;

use desk::Desk;
use desk::search::SearchError;
use domain::event::Actor;
use tokio::sync::watch;
use tokio::task::JoinSet;
use web::app::App;
use web::edge::Stage;

const SWEEP_EVERY: Duration = Duration::from_secs(3);
/// A commit of the index costs much however little is in it; what is written is found within a second.
const INDEX_EVERY: Duration = Duration::from_millis(600);
/// After a failure: what is wrong with a disk does not pass in a moment.
const INDEX_AGAIN: Duration = Duration::from_secs(10);
const TELL_EVERY: Duration = Duration::from_millis(500);
const GIVE_EVERY: Duration = Duration::from_millis(500);
const BULK_EVERY: Duration = Duration::from_millis(500);
const BULK_AGAIN: Duration = Duration::from_secs(5);
const FORGET_EVERY: Duration = Duration::from_secs(15 * 60);

/// The workers of one server.
pub(crate) struct Workers(JoinSet<()>);

/// Starts every worker; each ends by itself when the stage leaves [`Stage::Serving`].
pub(crate) fn start(desk: &Desk, app: &App, ways: mail::Ways, stage: watch::Receiver<Stage>) -> Workers {
    let mut workers = JoinSet::new();
    workers.spawn(follow(desk.clone(), app.live.clone(), stage.clone()));
    workers.spawn(sweep(desk.clone(), stage.clone()));
    mail::start(&mut workers, desk, ways, &stage);
    workers.spawn(index(desk.clone(), stage.clone()));
    workers.spawn(act_in_bulk(desk.clone(), stage.clone()));
    workers.spawn(tell(desk.clone(), stage.clone()));
    workers.spawn(give(desk.clone(), stage.clone()));
    workers.spawn(forget(desk.clone(), stage));
    Workers(workers)
}

impl Workers {
    pub(crate) async fn stopped(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

async fn follow(desk: Desk, live: web::live::Live, mut stage: watch::Receiver<Stage>) {
    loop {
        tokio::select! {
            ended = live.clone().follow(desk.clone()) => {
                if let Err(error) = ended {
                    tracing::warn!(%error, "live events stopped; following again in a moment");
                }
            }
            () = stopping(&mut stage) => return,
        }
        if is_stopped_within(&mut stage, Duration::from_secs(2)).await {
            return;
        }
    }
}

async fn sweep(desk: Desk, mut stage: watch::Receiver<Stage>) {
    while !is_stopped_within(&mut stage, SWEEP_EVERY).await {
        let desk = desk.clone();
        // The sweep waits for the writer; on the runtime's own threads it would hold up requests.
        match tokio::task::spawn_blocking(move || desk::sweep::run(&desk)).await {
            Ok(Ok(0)) => {}
            Ok(Ok(changed)) => tracing::info!(changed, "tickets whose time had come"),
            Ok(Err(error)) => tracing::warn!(%error, "the sweep failed; trying again"),
            Err(error) => tracing::error!(%error, "the sweep ended unexpectedly; trying again"),
        }
    }
}

/// Keeps the index of texts of this node at the end of the log.
async fn index(desk: Desk, mut stage: watch::Receiver<Stage>) {
    let mut pause = INDEX_EVERY;
    while !is_stopped_within(&mut stage, pause).await {
        let (own, search) = (desk.clone(), desk.search.clone());
        let mut indexing = tokio::task::spawn_blocking(move || own.search.catch_up(&own));
        let indexed = tokio::select! {
            indexed = &mut indexing => indexed,
            () = stopping(&mut stage) => {
                search.end();
                indexing.await
            }
        };
        pause = if matches!(indexed, Ok(Ok(_))) { INDEX_EVERY } else { INDEX_AGAIN };
        match indexed {
            Ok(Ok(read)) => tracing::trace!(read, "texts were indexed"),
            Ok(Err(SearchError::Ended)) => return,
            Ok(Err(error)) => tracing::warn!(%error, "the index of texts stays behind; trying again"),
            Err(error) => tracing::error!(%error, "indexing ended unexpectedly; trying again"),
        }
    }
}

/// Goes on with bulk actions, one batch after the other, also with those that an earlier server began.
async fn act_in_bulk(desk: Desk, mut stage: watch::Receiver<Stage>) {
    let say = web::said::to_people();
    let mut pause = BULK_EVERY;
    while !is_stopped_within(&mut stage, pause).await {
        let (desk, say) = (desk.clone(), say.clone());
        pause = match tokio::task::spawn_blocking(move || desk::bulk_action::step(&desk, &say)).await {
            Ok(Ok(0)) => BULK_EVERY,
            Ok(Ok(_)) => Duration::ZERO,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a bulk action did not go on; trying again");
                BULK_AGAIN
            }
            Err(error) => {
                tracing::error!(%error, "a bulk action ended unexpectedly; trying again");
                BULK_AGAIN
            }
        };
    }
}

/// Hears what happened and wants the mails that tell people of it.
async fn tell(desk: Desk, mut stage: watch::Receiver<Stage>) {
    while !is_stopped_within(&mut stage, TELL_EVERY).await {
        let desk = desk.clone();
        match tokio::task::spawn_blocking(move || desk::notices::run(&desk)).await {
            Ok(Ok(0)) => {}
            Ok(Ok(people)) => tracing::info!(people, "told what happened"),
            Ok(Err(error)) => tracing::warn!(%error, "nobody was told what happened; trying again"),
            Err(error) => tracing::error!(%error, "telling people ended unexpectedly; trying again"),
        }
    }
}

/// Rules answer to what happened and to time that passed; then the tickets that nobody has are given.
async fn give(desk: Desk, mut stage: watch::Receiver<Stage>) {
    while !is_stopped_within(&mut stage, GIVE_EVERY).await {
        let desk = desk.clone();
        match tokio::task::spawn_blocking(move || {
            Ok::<_, desk::DeskError>(desk::rules::run(&desk)? + desk::assignment::run(&desk)?)
        })
        .await
        {
            Ok(Ok(0)) => {}
            Ok(Ok(given)) => tracing::info!(given, "rules acted, or tickets were given to people"),
            Ok(Err(error)) => {
                tracing::warn!(%error, "rules rest, and no ticket is given to anybody; trying again");
            }
            Err(error) => tracing::error!(%error, "giving tickets ended unexpectedly; trying again"),
        }
    }
}

/// Keys of requests that nobody repeats any more, and sessions that are over.
async fn forget(desk: Desk, mut stage: watch::Receiver<Stage>) {
    while !is_stopped_within(&mut stage, FORGET_EVERY).await {
        let forgotten = desk.act(Actor::Desk, |act| {
            let over = desk::idempotent::prune(act)? + desk::sign_in::prune(act)?;
            let over = over + desk::rules::forget(act)?;
            Ok(over + desk::notices::forget(act)? + desk::bulk_action::forget(act)?)
        });
        let forgotten = forgotten.await;
        let_files_go(&desk).await;
        match forgotten {
            Ok(rows) => tracing::debug!(rows, "forgot request keys and sessions that are over"),
            Err(error) => {
                tracing::warn!(%error, "request keys and sessions that are over were not forgotten");
            }
        }
    }
}

/// Files that nobody used leave the attachment store.
async fn let_files_go(desk: &Desk) {
    let desk = desk.clone();
    match tokio::task::spawn_blocking(move || desk::uploads::sweep(&desk)).await {
        Ok(Ok(files)) => tracing::debug!(files, "left the attachment store"),
        Ok(Err(error)) => tracing::warn!(%error, "files that nobody used stay; trying again"),
        Err(error) => tracing::error!(%error, "letting files go ended unexpectedly; trying again"),
    }
}

async fn is_stopped_within(stage: &mut watch::Receiver<Stage>, patience: Duration) -> bool {
    tokio::time::timeout(patience, stopping(stage)).await.is_ok()
}

async fn stopping(stage: &mut watch::Receiver<Stage>) {
    // The guard on the stage must not be held while the worker goes on.
    let _ = stage.wait_for(|stage| *stage != Stage::Serving).await;
}

//! The workers of mail: fetching, placing, sending, the listener, the spool, and forgetting what is over.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use desk::Desk;
use desk::outbox::Rounds;
use desk::receive_mail::fetch::{Pace, Room, Wanted};
use desk::receive_mail::{self, Reception, fetch, spool};
use domain::event::Actor;
use domain::id::InboxId;
use jiff::SignedDuration;
use mail::lmtp;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use web::edge::Stage;

use super::{is_stopped_within, stopping};

const LOOK_FOR_INBOXES_EVERY: Duration = Duration::from_secs(15);
const PLACE_EVERY: Duration = Duration::from_secs(2);
const SEND_EVERY: Duration = Duration::from_secs(1);
const PICK_UP_EVERY: Duration = Duration::from_secs(2);
const FORGET_EVERY: Duration = Duration::from_secs(60 * 60);

/// Bytes of messages that are being received, over all connections; what is large lies in files meanwhile.
const MOST_RECEIVED: usize = 8 * 1024 * 1024;

/// How long a process has an inbox to itself; it is claimed anew at every look.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);

/// How mail reaches this process besides IMAP.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    /// With a folder for large messages while they come.
    pub listener: Option<(TcpListener, PathBuf)>,
    pub spool: Option<PathBuf>,
}

pub(super) fn start(workers: &mut JoinSet<()>, desk: &Desk, ways: Ways, stage: &watch::Receiver<Stage>) {
    workers.spawn(fetch_all(desk.clone(), stage.clone()));
    workers.spawn(place(desk.clone(), stage.clone()));
    workers.spawn(send(desk.clone(), stage.clone()));
    workers.spawn(forget(desk.clone(), stage.clone()));
    if let Some((listener, spill)) = ways.listener {
        workers.spawn(listen(desk.clone(), listener, spill, stage.clone()));
    }
    if let Some(folder) = ways.spool {
        workers.spawn(pick_up(desk.clone(), folder, stage.clone()));
    }
}

/// One fetcher for each inbox that is ours to fetch.
async fn fetch_all(desk: Desk, mut stage: watch::Receiver<Stage>) {
    let mut fetchers = Fetchers::new(desk.clone());
    loop {
        if let Err(error) = fetchers.look().await {
            tracing::warn!(%error, "the inboxes could not be looked up; fetching goes on as it is");
        }
        if is_stopped_within(&mut stage, LOOK_FOR_INBOXES_EVERY).await {
            break;
        }
    }
    fetchers.stop().await;
}

struct Fetchers {
    desk: Desk,
    /// How other processes on the same database tell us apart.
    process: i64,
    room: Room,
    tasks: JoinSet<()>,
    running: HashMap<InboxId, (Wanted, AbortHandle)>,
}

impl Fetchers {
    fn new(desk: Desk) -> Self {
        let process = fetch::process(&desk);
        Self { desk, process, room: Room::default(), tasks: JoinSet::new(), running: HashMap::new() }
    }

    /// Starts what is wanted, stops what is not, and connects anew where the settings changed.
    async fn look(&mut self) -> Result<(), desk::DeskError> {
        while self.tasks.try_join_next().is_some() {}
        let process = self.process;
        let wanted = self.desk.look(fetch::wanted).await?;
        let inboxes: Vec<InboxId> = wanted.iter().map(|wanted| wanted.inbox).collect();
        let ours = self
            .desk
            .act(Actor::Desk, move |act| {
                let mut ours = Vec::new();
                for inbox in inboxes {
                    if store::inbox_fetch::claim(act.tx, inbox, process, act.now, act.now + CLAIM)? {
                        ours.push(inbox);
                    }
                }
                Ok(ours)
            })
            .await?;
        let wanted: Vec<Wanted> = wanted.into_iter().filter(|wanted| ours.contains(&wanted.inbox)).collect();
        self.running.retain(|_, (running, task)| {
            let stays = !task.is_finished() && wanted.iter().any(|wanted| wanted.is_as(running));
            if !stays {
                task.abort();
            }
            stays
        });
        for wanted in wanted {
            if !self.running.contains_key(&wanted.inbox) {
                let fetching =
                    fetch::run(self.desk.clone(), wanted.inbox, self.room.clone(), Pace::default());
                let task = self.tasks.spawn(fetching);
                self.running.insert(wanted.inbox, (wanted, task));
            }
        }
        Ok(())
    }

    async fn stop(mut self) {
        self.tasks.shutdown().await;
        let process = self.process;
        let left =
            self.desk.act(Actor::Desk, move |act| Ok(store::inbox_fetch::leave(act.tx, process)?)).await;
        if let Err(error) = left {
            tracing::debug!(%error, "the inboxes stay claimed for a minute");
        }
    }
}

/// Places what was kept: at once when it rings, and now and then for what was left by others.
async fn place(desk: Desk, mut stage: watch::Receiver<Stage>) {
    loop {
        let placed = tokio::select! {
            placed = receive_mail::work_off(&desk) => placed,
            () = stopping(&mut stage) => return,
        };
        if let Err(error) = placed {
            tracing::warn!(%error, "mail that came was not placed; trying again");
        }
        let came = tokio::time::timeout(PLACE_EVERY, desk.mail_came.notified());
        tokio::select! {
            _ = came => {}
            () = stopping(&mut stage) => return,
        }
    }
}

async fn send(desk: Desk, mut stage: watch::Receiver<Stage>) {
    let mut rounds = Rounds::new(desk);
    loop {
        if let Err(error) = rounds.start().await {
            tracing::warn!(%error, "the outbox could not be read; trying again");
        }
        let well = tokio::time::timeout(SEND_EVERY, rounds.went_well());
        tokio::select! {
            _ = well => {}
            () = stopping(&mut stage) => break,
        }
    }
    rounds.stop().await;
}

async fn listen(desk: Desk, listener: TcpListener, spill: PathBuf, mut stage: watch::Receiver<Stage>) {
    // What a killed server was receiving was never answered with yes: it comes again.
    let _ = std::fs::remove_dir_all(&spill);
    let (tell, told) = watch::channel(false);
    let settings = lmtp::Settings {
        protocol: lmtp::Protocol::Lmtp,
        name: "throughline".to_owned(),
        limits: lmtp::Limits { memory: MOST_RECEIVED, ..lmtp::Limits::default() },
        pace: lmtp::Pace::default(),
        spill: Some(spill),
    };
    let serving = lmtp::serve(lmtp::Door::Tcp(listener), settings, Reception::of(desk), told);
    let stop = async {
        stopping(&mut stage).await;
        let _ = tell.send(true);
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = serving => {}
        () = stop => {}
    }
}

async fn pick_up(desk: Desk, folder: PathBuf, mut stage: watch::Receiver<Stage>) {
    loop {
        if let Err(error) = spool::pick_up(&desk, &folder).await {
            tracing::warn!(%error, "mail stays in the spool; trying again");
        }
        if is_stopped_within(&mut stage, PICK_UP_EVERY).await {
            return;
        }
    }
}

async fn forget(desk: Desk, mut stage: watch::Receiver<Stage>) {
    while !is_stopped_within(&mut stage, FORGET_EVERY).await {
        match receive_mail::forget_what_is_over(&desk).await {
            Ok(0) => {}
            Ok(mails) => tracing::info!(mails, "suspended mails whose time was over are forgotten"),
            Err(error) => tracing::warn!(%error, "suspended mails whose time is over were not forgotten"),
        }
    }
}

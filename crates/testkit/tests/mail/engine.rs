//! A desk with its mail workers running: fetching, placing, sending and the listener, as the server runs them.

use desk::Desk;
use desk::inboxes::Input;
use desk::outbox::Rounds;
use desk::receive_mail::fetch::{self, Pace, Room};
use desk::receive_mail::{Reception, work_off};
use domain::id::{InboxId, OutgoingId, ServiceId, UnitId};
use mail::lmtp;
use store::outgoing::{Outgoing as Letter, State};
use testkit::TestDesk;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::*;

pub(crate) struct Engine {
    pub(crate) desk: TestDesk,
    pub(crate) place: (UnitId, ServiceId),
    /// How fetching waits; as everywhere unless a test says otherwise before it starts.
    pub(crate) pace: Pace,
    tasks: JoinSet<()>,
    _stop: Option<watch::Sender<bool>>,
}

impl Engine {
    /// A desk with one unit and one service.
    pub(crate) fn new() -> Self {
        Self::on("sqlite::memory:")
    }

    pub(crate) fn on(url: &str) -> Self {
        let desk = TestDesk::live_at(url);
        let unit = desk.unit("Support");
        let service = desk.service("Help", unit);
        Self { desk, place: (unit, service), pace: Pace::default(), tasks: JoinSet::new(), _stop: None }
    }

    pub(crate) fn inbox(&self, address: &str, change: impl FnOnce(&mut Input)) -> InboxId {
        self.desk.inbox(address, self.place, |input| {
            input.undo_seconds = 0;
            change(input);
        })
    }

    /// Starts whatever the inboxes that there are now need.
    pub(crate) async fn run(&mut self) {
        let room = Room::default();
        for wanted in self.desk.desk.look(fetch::wanted).await.unwrap() {
            self.tasks.spawn(fetch::run(self.desk.desk.clone(), wanted.inbox, room.clone(), self.pace));
        }
        self.tasks.spawn(placing(self.desk.desk.clone()));
        self.tasks.spawn(sending(self.desk.desk.clone()));
    }

    pub(crate) fn listen(&mut self, listener: TcpListener) {
        let (stop, stopped) = watch::channel(false);
        let settings = lmtp::Settings {
            protocol: lmtp::Protocol::Lmtp,
            name: "desk.test".into(),
            limits: lmtp::Limits::default(),
            pace: lmtp::Pace::default(),
            spill: None,
        };
        let reception = Reception::of(self.desk.desk.clone());
        self.tasks.spawn(lmtp::serve(lmtp::Door::Tcp(listener), settings, reception, stopped));
        self._stop = Some(stop);
    }

    pub(crate) fn count(&self, sql: &'static str) -> i64 {
        let count = self.desk.desk.look_now(move |look| {
            Ok(look.tx.query_one(sql, &[], |row| row.get(0)).map_err(store::StoreError::from)?)
        });
        count.unwrap()
    }

    /// Every mail that the desk ever wanted to send.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        let letters = self.desk.desk.look_now(|look| {
            let ids = look
                .tx
                .query("select id from outgoing order by id", &[], |row| row.get::<OutgoingId>(0))
                .map_err(store::StoreError::from)?;
            let mut letters = Vec::new();
            for id in ids {
                letters.extend(store::outgoing::by_id(look.tx, id)?);
            }
            Ok(letters)
        });
        letters.unwrap()
    }

    pub(crate) async fn comes_to(&self, what: &str, done: impl Fn(&Self) -> bool) {
        assert!(comes_about(|| done(self)).await, "{what}: {:#?}", self.letters());
    }

    /// Nothing waits any more: every mail is placed, and every letter went or failed.
    pub(crate) fn is_at_rest(&self) -> bool {
        let under_way = |letter: &Letter| matches!(letter.state, State::Waiting | State::Sending);
        let waiting = self.desk.desk.look_now(|look| Ok(store::mail::count_waiting(look.tx, 1)?)).unwrap();
        waiting == 0 && !self.letters().iter().any(under_way)
    }
}

async fn placing(desk: Desk) {
    loop {
        work_off(&desk).await.unwrap();
        let _ = tokio::time::timeout(Duration::from_millis(200), desk.mail_came.notified()).await;
    }
}

async fn sending(desk: Desk) {
    let mut rounds = Rounds::new(desk);
    loop {
        rounds.start().await.unwrap();
        let _ = tokio::time::timeout(Duration::from_millis(100), rounds.went_well()).await;
    }
}

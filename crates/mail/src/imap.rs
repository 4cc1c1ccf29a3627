//! Fetching mail by IMAP: from a cursor on, in bounded batches, without touching what lies there.

mod batch;
mod folder;
mod idle;
mod response;
mod session;
mod sign_in;
mod token;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::egress::{Egress, Endpoint, Failure};
use crate::secret::SignIn;
use session::Session;

#[derive(Clone, Debug)]
pub struct Settings {
    pub endpoint: Endpoint,
    pub sign_in: SignIn,
    /// As people see it: letters beyond ASCII are written for the server by us.
    pub folder: String,
    pub after_fetch: AfterFetch,
    pub limits: Limits,
    pub pace: Pace,
}

/// What happens to a mail on the server once we have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterFetch {
    /// Nothing: the folder is opened for reading only, not even a flag changes.
    Leave,
    /// It is moved to this folder, which is made if it is not there.
    Move(String),
}

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub mails: usize,
    /// Of one batch, together; a single mail may be larger.
    pub bytes: u64,
    /// A larger mail is reported with its header only.
    pub mail: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { mails: 50, bytes: 8 * 1024 * 1024, mail: 35 * 1024 * 1024 }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// An IDLE is ended and begun anew after this long, whatever was heard meanwhile: this is also how a dead
    /// connection is noticed behind a balancer that keeps its side alive. Below 29 minutes (RFC 2177).
    pub reissue: Duration,
    /// How often is asked where the server has no IDLE.
    pub poll: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { reissue: Duration::from_secs(4 * 60), poll: Duration::from_secs(60) }
    }
}

/// Where we are in a folder. It is written down in the transaction that keeps the mails before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cursor {
    pub uidvalidity: u32,
    pub last_uid: u32,
}

/// Where the first connection begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// With what comes from now on: nothing that lies there is imported.
    AtEnd,
    WithHistory,
}

#[derive(Debug)]
pub struct Batch {
    /// Where to go on once the mails are kept. It moves on over mails that somebody deleted, so it is to be
    /// written down even when there are no mails.
    pub cursor: Cursor,
    pub mails: Vec<Fetched>,
    /// The server numbers its mails anew, so we began at the first. Mails come again that are known, and such
    /// as were there before the first connection: both are told by their content and their date.
    pub started_over: bool,
    /// Whether the next batch can be had at once.
    pub more: bool,
    /// Mails that are known to lie behind this batch.
    pub behind: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub uid: u32,
    pub uidvalidity: u32,
    pub size: u64,
    /// When the server took it, if it says so.
    pub internal_date: Option<jiff::Timestamp>,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Whole(Vec<u8>),
    /// Larger than the limit: the header, or as much of it as fits 256 kB.
    TooLarge {
        header: Vec<u8>,
    },
    /// It is there, and the server would not give it three times in a row.
    Withheld {
        words: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something came in.
    News,
    /// Nothing that the server told of. Ask for the next batch all the same: some servers never tell.
    Quiet,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The connection is of no use any more.
    #[error("{0}")]
    Egress(#[from] Failure),
    /// The server said no to one command; the connection goes on.
    #[error("The server refused: {0}")]
    Said(String),
    /// The mails have new numbers, so nothing was moved: ask for the next batch.
    #[error("The server numbers its mails anew. Nothing was moved.")]
    Renumbered,
}

/// One open folder. When a future of it is dropped before its end the connection is out of step, and the next
/// call says `ConnectionLost`.
#[derive(Debug)]
pub struct Source {
    session: Session,
    after_fetch: AfterFetch,
    limits: Limits,
    pace: Pace,
    /// Uids that are known to lie behind `listed_after`, in order.
    waiting: VecDeque<u32>,
    listed_after: u32,
    refusals: BTreeMap<u32, u32>,
}

impl Source {
    /// Connects, signs in and opens the folder.
    pub async fn connect(egress: &Egress, settings: &Settings) -> Result<Self, Failure> {
        let mut session =
            session::open(egress, &settings.endpoint, &settings.sign_in, egress.patience.answer).await?;
        let folder = folder::encoded(&settings.folder);
        match settings.after_fetch {
            AfterFetch::Leave => session.examine(&folder).await?,
            AfterFetch::Move(_) => session.select(&folder).await?,
        }
        Ok(Self {
            session,
            after_fetch: settings.after_fetch.clone(),
            limits: settings.limits,
            pace: settings.pace,
            waiting: VecDeque::new(),
            listed_after: 0,
            refusals: BTreeMap::new(),
        })
    }

    /// Other bounds from the next batch on.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// The cursor of an inbox that has none yet.
    pub async fn begin(&mut self, begin: Begin) -> Result<Cursor, Trouble> {
        let last_uid = match begin {
            Begin::WithHistory => 0,
            Begin::AtEnd => match self.session.uidnext {
                Some(next) => next.saturating_sub(1),
                None => self.session.uids_after(0).await?.into_iter().max().unwrap_or(0),
            },
        };
        Ok(Cursor { uidvalidity: self.session.uidvalidity, last_uid })
    }

    /// Waits until something comes in, but not for ever: for as long as `Pace` says.
    pub async fn wait(&mut self) -> Result<Wake, Trouble> {
        if !self.session.news {
            let idled = self.session.offers("IDLE") && self.session.idle(self.pace.reissue).await?;
            if !idled {
                tokio::time::sleep(self.pace.poll).await;
                self.session.noop().await?;
            }
        }
        Ok(if self.session.news { Wake::News } else { Wake::Quiet })
    }

    /// Takes mails that are kept out of the folder, if the settings want it. Mails that are gone are no trouble.
    pub async fn put_away(&mut self, uidvalidity: u32, uids: &[u32]) -> Result<(), Trouble> {
        let AfterFetch::Move(target) = &self.after_fetch else { return Ok(()) };
        if uidvalidity != self.session.uidvalidity {
            return Err(Trouble::Renumbered);
        }
        let target = folder::encoded(target);
        for some in uids.chunks(100) {
            self.session.move_away(some, &target).await?;
        }
        Ok(())
    }

    /// Says goodbye. Dropping does the same less politely.
    pub async fn logout(self) {
        self.session.logout().await;
    }
}

#[cfg(test)]
mod tests;

//! The courier of one inbox: its server, one connection that is used again, and a pause when the way is closed.

use std::time::Duration;

use domain::id::InboxId;
use mail::egress::Failure;
use mail::secret::Secret;
use mail::smtp::{Envelope, Out, Outcome, Why};
use store::inbox::Purpose;
use tokio::time::Instant;

use super::deliver::{Courier, Way};
use crate::inboxes::{Outgoing, SigningIn, connections, opens};
use crate::{Desk, DeskError};

/// After a closed way: 15 seconds, 30, and so on.
const SHORTEST_PAUSE: Duration = Duration::from_secs(15);
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 60);

/// The way from one inbox to its server.
pub struct Route {
    desk: Desk,
    inbox: InboxId,
    settings: Settings,
    out: Option<Out>,
    closed: u32,
    open_again_at: Option<Instant>,
}

/// What the connection was made from.
#[derive(Clone, Debug, Default)]
struct Settings {
    address: String,
    outgoing: Option<Outgoing>,
    secret: Option<Secret<String>>,
}

impl Settings {
    /// A new refresh token is no other setting, because we wrote it down ourselves; the first one is.
    fn is_as(&self, other: &Self) -> bool {
        self.address == other.address && self.outgoing == other.outgoing && self.known() == other.known()
    }

    fn known(&self) -> Option<&str> {
        let (outgoing, secret) = (self.outgoing.as_ref()?, self.secret.as_ref()?);
        match &outgoing.server.signing_in {
            signing_in @ SigningIn::Token { .. } => opens(signing_in, secret).then_some(""),
            SigningIn::Nothing | SigningIn::Password { .. } => Some(secret.reveal()),
        }
    }
}

impl Route {
    #[must_use]
    pub fn new(desk: Desk, inbox: InboxId) -> Self {
        Self { desk, inbox, settings: Settings::default(), out: None, closed: 0, open_again_at: None }
    }

    /// Sends what is due, unless the way was found closed a moment ago.
    pub async fn deliver(&mut self) -> Result<Way, DeskError> {
        self.read().await?;
        if self.open_again_at.is_some_and(|at| Instant::now() < at) {
            return Ok(Way::Closed);
        }
        let desk = self.desk.clone();
        let way = super::deliver(&desk, self.inbox, self).await?;
        match way {
            Way::Open(_) => (self.closed, self.open_again_at) = (0, None),
            Way::Closed => {
                // With the next connection the secret is read anew: it may be another token by then.
                self.out = None;
                self.open_again_at = Some(Instant::now() + pause(self.closed));
                self.closed += 1;
            }
        }
        Ok(way)
    }

    pub async fn quit(&mut self) {
        if let Some(out) = &mut self.out {
            out.quit().await;
        }
    }

    /// Other settings are another way: nothing that was found about the old one counts.
    async fn read(&mut self) -> Result<(), DeskError> {
        let inbox = self.inbox;
        let now = self
            .desk
            .look(move |look| {
                let live = store::inbox::by_id(look.tx, inbox)?.filter(|inbox| inbox.ended_at.is_none());
                let Some(live) = live else { return Ok(Settings::default()) };
                Ok(Settings {
                    address: live.address,
                    outgoing: live.outgoing.as_deref().and_then(Outgoing::read),
                    secret: store::inbox::secret(look.tx, inbox, Purpose::Outgoing)?.map(Secret::new),
                })
            })
            .await?;
        if !self.settings.is_as(&now) {
            self.quit().await;
            (self.out, self.closed, self.open_again_at) = (None, 0, None);
        }
        self.settings = now;
        Ok(())
    }

    fn connection(&mut self) -> Option<&mut Out> {
        if self.out.is_none() {
            let Settings { address, outgoing, secret } = &self.settings;
            let outgoing = outgoing.as_ref()?;
            let server = connections::outgoing(&self.desk, self.inbox, address, outgoing, secret.clone())?;
            self.out = Some(Out::new(self.desk.egress.clone(), server));
        }
        self.out.as_mut()
    }
}

impl Courier for Route {
    async fn send(&mut self, _: InboxId, envelope: &Envelope, bytes: &[u8]) -> Outcome {
        let Some(out) = self.connection() else {
            return Outcome::Later { why: Why::Server(Failure::NoWayToSignIn) };
        };
        let mut outcomes = out.send(envelope, bytes).await;
        // Each mail of the outbox has one recipient.
        outcomes.pop().unwrap_or(Outcome::Later { why: Why::Server(Failure::ConnectionLost) })
    }
}

fn pause(closed: u32) -> Duration {
    SHORTEST_PAUSE.saturating_mul(1 << closed.min(10)).min(LONGEST_PAUSE)
}

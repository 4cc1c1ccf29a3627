//! Trying the servers of an inbox: connect, sign in, and say in our own words how it went.

mod gate;

use std::time::Duration;

use domain::event::Actor;
use domain::id::InboxId;
use domain::permission::Viewer;
use mail::egress::{Failure, Patience};
use mail::imap;
use mail::secret::Secret;
use mail::smtp;
use serde_json::json;
use store::event::Subject;
use store::inbox::Purpose;
use tokio::time::timeout;

pub(crate) use gate::Gate;

use super::{AfterFetch, Incoming, Input, Outgoing, connections};
use crate::{Act, Desk, DeskError};

/// For one direction, whole.
const LONGEST: Duration = Duration::from_secs(20);
/// A person waits for the answer, so each step has less time than when mail is fetched and sent.
pub(super) const PATIENCE: Patience = Patience {
    resolve: Duration::from_secs(5),
    connect: Duration::from_secs(5),
    tls: Duration::from_secs(8),
    answer: Duration::from_secs(10),
};

/// How one direction went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No server was named.
    NotSetUp,
    /// It wants a secret and has none.
    NoSecret,
    Works,
    Failed(Failure),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    pub incoming: Outcome,
    pub outgoing: Outcome,
}

/// Why the servers were not tried.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TrialError {
    #[error("You have tried servers often. Wait {retry_after_seconds} seconds and try again.")]
    TooMany { retry_after_seconds: i64 },
    #[error("Several servers are being tried at this moment. Try again in a few seconds.")]
    Busy,
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Connects to both servers of an inbox as they are stored, signs in, and does nothing else.
pub async fn test(desk: &Desk, viewer: &Viewer, inbox: InboxId) -> Result<Trial, TrialError> {
    crate::error::administrator(viewer)?;
    let (input, incoming_secret, outgoing_secret) = desk
        .look(move |look| {
            let input = Input::of(look, inbox)?;
            let mut secret = |purpose| store::inbox::secret(look.tx, inbox, purpose);
            let (incoming, outgoing) = (secret(Purpose::Incoming)?, secret(Purpose::Outgoing)?);
            Ok((input, incoming.map(Secret::new), outgoing.map(Secret::new)))
        })
        .await?;
    let _place = desk.trials.enter(viewer.person, desk.clock.now())?;
    let (incoming, outgoing) = tokio::join!(
        fetch(desk, inbox, input.incoming, incoming_secret),
        send(desk, inbox, input.outgoing, outgoing_secret, &input.address)
    );
    let trial = Trial { incoming, outgoing };
    desk.act(Actor::Person(viewer.person), move |act: &mut Act| {
        let how = json!({ "incoming": trial.incoming.word(), "outgoing": trial.outgoing.word() });
        act.record_change(Subject::Inbox(inbox.0), "servers tried", &how)
    })
    .await?;
    Ok(trial)
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::NotSetUp => "not set up",
            Self::NoSecret => "no secret",
            Self::Works => "works",
            Self::Failed(_) => "failed",
        }
    }

    /// Of a conversation that may not last longer than a person waits.
    async fn of(talk: impl Future<Output = Result<(), Failure>>) -> Self {
        match timeout(LONGEST, talk).await {
            Ok(Ok(())) => Self::Works,
            Ok(Err(failure)) => Self::Failed(failure),
            Err(_) => Self::Failed(Failure::TimedOut),
        }
    }
}

async fn fetch(
    desk: &Desk,
    inbox: InboxId,
    incoming: Option<Incoming>,
    secret: Option<Secret<String>>,
) -> Outcome {
    let Some(incoming) = incoming else { return Outcome::NotSetUp };
    // Looking must not change anything there.
    let incoming = Incoming { after_fetch: AfterFetch::Leave, ..incoming };
    let Some(settings) = connections::incoming(desk, inbox, incoming, secret) else {
        return Outcome::NoSecret;
    };
    let egress = desk.egress.clone().with_patience(PATIENCE);
    Outcome::of(async {
        imap::Source::connect(&egress, &settings).await?.logout().await;
        Ok(())
    })
    .await
}

async fn send(
    desk: &Desk,
    inbox: InboxId,
    outgoing: Option<Outgoing>,
    secret: Option<Secret<String>>,
    address: &str,
) -> Outcome {
    let Some(outgoing) = outgoing else { return Outcome::NotSetUp };
    let Some(server) = connections::outgoing(desk, inbox, address, &outgoing, secret) else {
        return Outcome::NoSecret;
    };
    let pace = smtp::Pace { greeting: PATIENCE.answer, command: PATIENCE.answer, ..server.pace };
    let server = smtp::Server { pace, ..server };
    let mut out = smtp::Out::new(desk.egress.clone().with_patience(PATIENCE), server);
    let outcome = Outcome::of(out.test()).await;
    let _ = timeout(PATIENCE.connect, out.quit()).await;
    outcome
}

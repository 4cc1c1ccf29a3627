//! Handing finished messages to a mail server, with an answer for each recipient.

mod data;
mod envelope;
mod reply;
mod session;
mod sign_in;

use std::time::Duration;

use tokio::time::Instant;

pub use data::canonical;
pub use envelope::Envelope;

use crate::egress::{Egress, Endpoint, Failure};
use crate::secret::SignIn;
use reply::{Kind, Reply};
use session::{Session, Stop};

/// The server that takes our mail.
#[derive(Clone, Debug)]
pub struct Server {
    pub endpoint: Endpoint,
    pub sign_in: SignIn,
    /// The name we give for ourselves in EHLO.
    pub hello: String,
    pub pace: Pace,
}

/// How long each step may take; the defaults are those of RFC 5321, 4.5.3.2.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub greeting: Duration,
    pub command: Duration,
    pub data: Duration,
    /// For each piece of the message.
    pub piece: Duration,
    /// For the answer to the final dot: the server may be looking at the message.
    pub dot: Duration,
    /// A connection that rested longer than this is not used again.
    pub rest: Duration,
    /// Messages over one connection.
    pub messages: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            greeting: Duration::from_secs(300),
            command: Duration::from_secs(300),
            data: Duration::from_secs(120),
            piece: Duration::from_secs(180),
            dot: Duration::from_secs(600),
            rest: Duration::from_secs(30),
            messages: 100,
        }
    }
}

/// What became of the message for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it, and said so in these words.
    Delivered { words: String },
    /// Nobody took it; it can be tried again.
    Later { why: Why },
    /// It will never be taken as it is.
    Refused { why: Why },
    /// The whole message was sent and the answer never came. Sending it again may deliver it twice, under the
    /// same Message-ID; not sending it may lose it.
    Unknown { why: Why },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The way to the server is not open: this holds for all messages that go there.
    #[error("{0}")]
    Server(#[from] Failure),
    /// The server's own words about this message or recipient: clean, one line, at most 500 letters.
    #[error("{words}")]
    Said { code: u16, words: String },
    #[error("The address {0:?} cannot be written into a mail.")]
    BadAddress(String),
    #[error("The server does not take addresses or headers with letters beyond ASCII.")]
    NoSmtpUtf8,
    #[error("The message has {bytes} bytes, and the server takes at most {most}.")]
    TooLarge { bytes: u64, most: u64 },
}

/// Messages after messages over one connection, which is opened when the first one comes.
#[derive(Debug)]
pub struct Out {
    egress: Egress,
    server: Server,
    session: Option<Rested>,
}

#[derive(Debug)]
struct Rested {
    session: Session,
    since: Instant,
    messages: u32,
}

impl Out {
    pub fn new(egress: Egress, server: Server) -> Self {
        Self { egress, server, session: None }
    }

    /// Sends one message and says for each recipient, in their order, what became of it.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Vec<Outcome> {
        let (mut session, messages) = match self.ready().await {
            Ok(ready) => ready,
            Err(failure) => return envelope.all(&Outcome::Later { why: failure.into() }),
        };
        match session.message(envelope, message).await {
            Ok(outcomes) => {
                self.rest(session, messages + 1);
                outcomes
            }
            Err(Stop { outcomes }) => outcomes,
        }
    }

    /// Connects and signs in, and sends nothing.
    pub async fn test(&mut self) -> Result<(), Failure> {
        let (session, messages) = self.ready().await?;
        self.rest(session, messages);
        Ok(())
    }

    /// Says goodbye. Dropping does the same less politely.
    pub async fn quit(&mut self) {
        if let Some(rested) = self.session.take() {
            rested.session.quit().await;
        }
    }

    /// A session at its beginning: the one that rested, if the server still answers, or a new one.
    async fn ready(&mut self) -> Result<(Session, u32), Failure> {
        if let Some(Rested { mut session, since, messages }) = self.session.take() {
            let fresh = since.elapsed() < self.server.pace.rest && messages < self.server.pace.messages;
            if fresh && session.reset().await {
                return Ok((session, messages));
            }
            session.quit().await;
        }
        Ok((session::open(&self.egress, &self.server).await?, 0))
    }

    fn rest(&mut self, session: Session, messages: u32) {
        self.session = Some(Rested { session, since: Instant::now(), messages });
    }
}

impl Why {
    fn said(reply: &Reply) -> Self {
        Self::Said { code: reply.code, words: reply.words() }
    }
}

impl Outcome {
    /// What an answer that is not a yes means for the recipients it is about.
    fn of_refusal(reply: &Reply) -> Self {
        let why = Why::said(reply);
        match reply.kind() {
            Kind::Never => Self::Refused { why },
            // A yes in the wrong place promises nothing.
            Kind::Later | Kind::Yes | Kind::GoOn | Kind::Nonsense => Self::Later { why },
        }
    }
}

#[cfg(test)]
mod tests;

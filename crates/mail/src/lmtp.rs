//! Taking mail from an MTA in front, by LMTP or SMTP: nothing is answered with yes before it is kept.

mod command;
mod content;
mod conversation;
mod strict;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::egress::Later;
pub use content::{Content, Spilled};

/// What the desk says to mail that comes in.
pub trait Reception: Send + Sync + 'static {
    /// Whether mail for this recipient is taken at all.
    fn recipient<'a>(&'a self, from: Option<&'a str>, to: &'a str) -> Later<'a, Admission>;

    /// Keeps a message, and says for each recipient, in their order, whether it is kept now. It runs to its
    /// end even when the other side hangs up meanwhile; that side will then send the message again.
    fn message(&self, delivery: Delivery) -> Later<'_, Vec<Answer>>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    Welcome,
    Unknown,
    /// We cannot tell at the moment.
    NotNow,
}

/// The words that go with an answer are fixed: they tell nothing of tickets or people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Committed.
    Kept,
    /// The other side should try again.
    NotNow,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Where the connection came from, for the record.
    pub peer: String,
    /// What the other side called itself.
    pub hello: String,
    /// Who gave the mail to the other side, when it says so.
    pub client: Option<Client>,
    /// `None` is the null sender of bounces and automatic mail.
    pub from: Option<String>,
    pub recipients: Vec<String>,
    /// Lines end in CRLF; dots are as they were written.
    pub content: Content,
}

/// The server that spoke to the MTA in front of us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    /// What it called itself; empty when nobody says.
    pub hello: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// An answer for each recipient after the message (RFC 2033).
    Lmtp,
    /// One answer for all: a message that was not kept for somebody is asked for again.
    Smtp,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub protocol: Protocol,
    /// The name we give for ourselves.
    pub name: String,
    pub limits: Limits,
    pub pace: Pace,
    /// A folder in which large messages lie while they are being received; without one they are in memory.
    pub spill: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one message; announced, and held to.
    pub bytes: usize,
    /// Of all messages that are being received at once; further ones wait for their turn.
    pub memory: usize,
    pub recipients: usize,
    pub connections: usize,
    /// Over one connection.
    pub commands: u32,
    /// Commands that made no sense, over one connection.
    pub mistakes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        let bytes = 35 * 1024 * 1024;
        Self { bytes, memory: 2 * bytes, recipients: 100, connections: 50, commands: 2000, mistakes: 10 }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For the next command to come whole, and for an answer to be taken.
    pub command: Duration,
    /// For the next piece of a message.
    pub piece: Duration,
    /// For a whole message.
    pub message: Duration,
    /// For those under way when we are told to stop.
    pub grace: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            command: Duration::from_secs(120),
            piece: Duration::from_secs(60),
            message: Duration::from_secs(600),
            grace: Duration::from_secs(10),
        }
    }
}

/// Where we listen.
#[derive(Debug)]
pub enum Door {
    Tcp(TcpListener),
    Unix(UnixListener),
}

/// Serves until `stop` says true or is dropped. Whoever is in the middle of a message may finish it, within the
/// grace; the others are told to come back.
pub async fn serve(
    door: Door,
    settings: Settings,
    reception: Arc<dyn Reception>,
    stop: watch::Receiver<bool>,
) {
    let house = Arc::new(House {
        memory: Arc::new(Semaphore::new(
            kilobytes(settings.limits.memory.max(settings.limits.bytes)) as usize
        )),
        settings,
        reception,
    });
    let mut guests = JoinSet::new();
    let mut listening = stop.clone();
    loop {
        let accepted = tokio::select! {
            accepted = door.accept() => accepted,
            () = told(&mut listening) => break,
        };
        while guests.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) if guests.len() < house.settings.limits.connections => {
                guests.spawn(conversation::run(house.clone(), stream, peer, stop.clone()));
            }
            Ok((stream, _)) => turn_away(stream).await,
            Err(error) => {
                // Out of file handles, as a rule. Asking again at once would only burn the processor.
                tracing::warn!(%error, "mail cannot be taken in");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
    drop(door);
    let leaving = async { while guests.join_next().await.is_some() {} };
    if timeout(house.settings.pace.grace, leaving).await.is_err() {
        guests.shutdown().await;
    }
}

/// Ends when we are told to stop, or when nobody is left who could tell.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// What all conversations share.
struct House {
    settings: Settings,
    reception: Arc<dyn Reception>,
    /// Kilobytes.
    memory: Arc<Semaphore>,
}

fn kilobytes(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX)
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Door {
    async fn accept(&self) -> std::io::Result<(Box<dyn Stream>, String)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                crate::egress::keep_alive(&stream);
                Ok((Box::new(stream), peer.ip().to_string()))
            }
            Self::Unix(listener) => Ok((Box::new(listener.accept().await?.0), "local".to_owned())),
        }
    }
}

async fn turn_away(mut stream: Box<dyn Stream>) {
    let words = stream.write_all(b"421 4.3.2 too many connections, try again later\r\n");
    // A few words fit the socket's own buffer; whoever does not take them is not waited for.
    let _ = timeout(Duration::from_millis(100), words).await;
}

#[cfg(test)]
mod tests;

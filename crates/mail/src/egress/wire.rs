//! Lines and counted bytes over a connection, each within a time and a length.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Connection, Egress, Endpoint, Failure};

#[derive(Debug)]
pub(crate) struct Wire {
    connection: Connection,
    /// Read and not yet asked for, from `at` on.
    buffer: Vec<u8>,
    at: usize,
}

const CHUNK: usize = 16 * 1024;

impl Wire {
    pub(crate) fn new(connection: Connection) -> Self {
        Self { connection, buffer: Vec::with_capacity(CHUNK), at: 0 }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The next line without its end; the whole line must be there by `deadline`.
    pub(crate) async fn line(&mut self, most: usize, deadline: Instant) -> Result<Vec<u8>, Failure> {
        let mut seen = self.at;
        loop {
            if let Some(end) = self.buffer[seen..].iter().position(|byte| *byte == b'\n') {
                let mut line = self.buffer[self.at..seen + end].to_vec();
                self.at = seen + end + 1;
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            if self.buffer.len() - self.at > most {
                return Err(Failure::ConnectionLost);
            }
            let before = self.at;
            let scanned = self.buffer.len();
            self.fill(deadline).await?;
            // Filling may move what is left to the front.
            seen = scanned - (before - self.at);
        }
    }

    /// Exactly `count` bytes, of which the first `keep` are given back. Each chunk has `patience`, so that a
    /// large mail on a slow line is no failure while a dead one is.
    pub(crate) async fn bytes(
        &mut self,
        count: u64,
        keep: usize,
        patience: Duration,
    ) -> Result<Vec<u8>, Failure> {
        let expected = usize::try_from(count).unwrap_or(usize::MAX).min(keep);
        let mut kept = Vec::with_capacity(expected);
        let mut left = count;
        while left > 0 {
            if self.at == self.buffer.len() {
                self.fill(Instant::now() + patience).await?;
            }
            let there = &self.buffer[self.at..];
            let taken = usize::try_from(left).unwrap_or(usize::MAX).min(there.len());
            let room = keep - kept.len();
            kept.extend_from_slice(&there[..taken.min(room)]);
            self.at += taken;
            left -= taken as u64;
        }
        Ok(kept)
    }

    async fn fill(&mut self, deadline: Instant) -> Result<(), Failure> {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        self.buffer.reserve(CHUNK);
        match timeout_at(deadline, self.connection.read_buf(&mut self.buffer)).await {
            Ok(Ok(0) | Err(_)) => Err(Failure::ConnectionLost),
            Ok(Ok(_)) => Ok(()),
            Err(_) => Err(Failure::TimedOut),
        }
    }

    /// Writes and sends; the peer must take it all within `patience`.
    pub(crate) async fn send(&mut self, bytes: &[u8], patience: Duration) -> Result<(), Failure> {
        let sending = async {
            self.connection.write_all(bytes).await?;
            self.connection.flush().await
        };
        match timeout(patience, sending).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Failure::ConnectionLost),
            Err(_) => Err(Failure::TimedOut),
        }
    }

    /// Goes on under TLS. Whatever came before the handshake was said by nobody we know: a server that
    /// already spoke on is not believed at all.
    pub(crate) async fn upgrade(self, egress: &Egress, endpoint: &Endpoint) -> Result<Self, Failure> {
        if self.at < self.buffer.len() {
            return Err(Failure::TlsRefused);
        }
        Ok(Self::new(egress.upgrade(endpoint, self.connection).await?))
    }

    pub(crate) async fn close(mut self) {
        // Both sides are done with each other; how the socket ends changes nothing.
        let _ = timeout(Duration::from_secs(1), self.connection.shutdown()).await;
    }
}

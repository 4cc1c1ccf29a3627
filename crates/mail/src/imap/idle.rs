//! IDLE (RFC 2177): the server tells, and we make sure from time to time that it still does.

use std::time::Duration;

use tokio::time::Instant;

use super::response::{self, Kind, Response, Room};
use super::session::Session;
use crate::egress::Failure;

impl Session {
    /// Idles until something comes in, at most for `reissue`. `false` when the server will not.
    pub(super) async fn idle(&mut self, reissue: Duration) -> Result<bool, Failure> {
        let ends_at = Instant::now() + reissue;
        let tag = self.begin("IDLE").await?;
        loop {
            let heard = response::read(&mut self.wire, &mut Room::LITTLE.clone(), self.patience).await?;
            match self.note(heard)? {
                Some(Response::Continue) => break,
                Some(Response::Tagged { tag: answered, status }) if answered == tag => {
                    self.end(&status);
                    if status.kind != Kind::Ok {
                        self.lacks("IDLE");
                    }
                    return Ok(false);
                }
                Some(_) | None => {}
            }
        }
        self.listen(ends_at).await?;
        self.wire.send(b"DONE\r\n", self.patience).await?;
        self.finish(&tag, Room::LITTLE).await?;
        Ok(true)
    }

    /// Words that keep the line warm do not move its end: a server that repeats them tells nothing about mail.
    async fn listen(&mut self, ends_at: Instant) -> Result<(), Failure> {
        while !self.news {
            let mut room = Room::LITTLE;
            match response::read_until(&mut self.wire, &mut room, ends_at, self.patience).await {
                Ok(heard) => {
                    self.note(heard)?;
                }
                Err(Failure::TimedOut) if Instant::now() >= ends_at => break,
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }
}

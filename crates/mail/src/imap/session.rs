//! One connection to an IMAP server: commands in step with their answers.

use std::time::Duration;

use super::Trouble;
use super::folder::quoted;
use super::response::{self, Fetch, Kind, Response, Room, Status};
use super::sign_in;
use crate::egress::{Egress, Endpoint, Failure, Protocol, Security, Wire};
use crate::secret::SignIn;

#[derive(Debug)]
pub(super) struct Session {
    pub(super) wire: Wire,
    pub(super) patience: Duration,
    number: u32,
    /// A command was begun and its answer not read to the end.
    busy: bool,
    /// We asked for the goodbye.
    leaving: bool,
    capabilities: Vec<String>,
    exists: u32,
    /// The server told of mails since the last search.
    pub(super) news: bool,
    pub(super) uidvalidity: u32,
    pub(super) uidnext: Option<u32>,
}

/// Connects, goes under TLS as the endpoint wants it, and signs in.
pub(super) async fn open(
    egress: &Egress,
    endpoint: &Endpoint,
    sign_in: &SignIn,
    patience: Duration,
) -> Result<Session, Failure> {
    let wire = Wire::new(egress.connect(endpoint).await?);
    let mut session = Session::new(wire, patience);
    let greeted = session.greeting().await?;
    if endpoint.security == Security::StartTls {
        session = session.starttls(egress, endpoint).await?;
    }
    match greeted {
        // In the open this may be somebody's way around TLS; with TLS from the start it is a server's choice.
        Kind::Preauth if endpoint.security == Security::StartTls => Err(Failure::TlsRefused),
        Kind::Preauth => Ok(session),
        _ => {
            sign_in::run(&mut session, endpoint, sign_in).await?;
            Ok(session)
        }
    }
}

/// The untagged answers to one command, and how it ended.
pub(super) struct Answer {
    pub(super) fetched: Vec<Fetch>,
    pub(super) found: Vec<u32>,
    pub(super) status: Status,
}

impl Session {
    fn new(wire: Wire, patience: Duration) -> Self {
        Self {
            wire,
            patience,
            number: 0,
            busy: false,
            leaving: false,
            capabilities: Vec::new(),
            exists: 0,
            news: false,
            uidvalidity: 0,
            uidnext: None,
        }
    }

    async fn greeting(&mut self) -> Result<Kind, Failure> {
        let greeting = response::read(&mut self.wire, &mut Room::LITTLE.clone(), self.patience).await;
        match greeting {
            Ok(Response::Status(status)) => match status.kind {
                Kind::Ok | Kind::Preauth => {
                    self.note_code(&status);
                    Ok(status.kind)
                }
                Kind::Bye | Kind::No | Kind::Bad => Err(Failure::NotNow),
            },
            Ok(_) => Err(Failure::OtherProtocol(Protocol::Imap)),
            Err(Failure::ConnectionLost) => Err(Failure::NotNow),
            Err(failure) => Err(failure),
        }
    }

    async fn starttls(mut self, egress: &Egress, endpoint: &Endpoint) -> Result<Self, Failure> {
        self.learn_capabilities().await?;
        if !self.offers("STARTTLS") {
            return Err(Failure::StartTlsMissing);
        }
        if self.command("STARTTLS").await?.status.kind != Kind::Ok {
            return Err(Failure::StartTlsMissing);
        }
        // What was offered in the open may have been said by somebody else.
        Ok(Self::new(self.wire.upgrade(egress, endpoint).await?, self.patience))
    }

    /// Asks what the server can do, unless it said so by itself.
    pub(super) async fn learn_capabilities(&mut self) -> Result<(), Failure> {
        if self.capabilities.is_empty() {
            self.command("CAPABILITY").await?;
        }
        Ok(())
    }

    pub(super) fn forget_capabilities(&mut self) {
        self.capabilities.clear();
    }

    pub(super) fn offers(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|offered| offered == capability)
    }

    pub(super) fn lacks(&mut self, capability: &str) {
        self.capabilities.retain(|offered| offered != capability);
    }

    pub(super) async fn examine(&mut self, folder: &str) -> Result<(), Failure> {
        self.open_folder("EXAMINE", folder).await
    }

    pub(super) async fn select(&mut self, folder: &str) -> Result<(), Failure> {
        self.open_folder("SELECT", folder).await
    }

    async fn open_folder(&mut self, verb: &str, folder: &str) -> Result<(), Failure> {
        let folder = quoted(folder).ok_or(Failure::FolderMissing)?;
        let answer = self.command(&format!("{verb} {folder}")).await?;
        if answer.status.kind != Kind::Ok {
            return Err(if answer.status.passes() { Failure::NotNow } else { Failure::FolderMissing });
        }
        // Without it no number means anything tomorrow (RFC 3501 makes it a must).
        if self.uidvalidity == 0 {
            return Err(Failure::OtherProtocol(Protocol::Imap));
        }
        self.news = false;
        Ok(())
    }

    pub(super) async fn noop(&mut self) -> Result<(), Failure> {
        self.command("NOOP").await.map(|_| ())
    }

    /// All uids above this one, in order.
    pub(super) async fn uids_after(&mut self, last: u32) -> Result<Vec<u32>, Trouble> {
        self.news = false;
        let Some(first) = last.checked_add(1) else { return Ok(Vec::new()) };
        let mut found = self.search(&format!("UID {first}:*")).await?;
        // `9:*` names the last mail even when its uid is below nine.
        found.retain(|uid| *uid > last);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    pub(super) async fn search(&mut self, what: &str) -> Result<Vec<u32>, Trouble> {
        let answer = self.command(&format!("UID SEARCH {what}")).await?;
        yes(&answer.status)?;
        Ok(answer.found)
    }

    /// The answer may hold fewer mails than were named, and its status may be a no.
    pub(super) async fn fetch(&mut self, uids: &[u32], what: &str, room: Room) -> Result<Answer, Failure> {
        let command = format!("UID FETCH {} ({what})", set(uids));
        self.run(&command, room).await
    }

    pub(super) async fn move_away(&mut self, uids: &[u32], target: &str) -> Result<(), Trouble> {
        let target = quoted(target).ok_or(Failure::FolderMissing)?;
        let set = set(uids);
        let moves = self.offers("MOVE");
        let verb = if moves { "MOVE" } else { "COPY" };
        let mut status = self.command(&format!("UID {verb} {set} {target}")).await?.status;
        if status.has_code("TRYCREATE") {
            self.command(&format!("CREATE {target}")).await?;
            status = self.command(&format!("UID {verb} {set} {target}")).await?.status;
        }
        yes(&status)?;
        if !moves {
            yes(&self.command(&format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)")).await?.status)?;
            // A plain EXPUNGE would also take what other people marked; without UIDPLUS the mark has to do.
            if self.offers("UIDPLUS") {
                yes(&self.command(&format!("UID EXPUNGE {set}")).await?.status)?;
            }
        }
        Ok(())
    }

    pub(super) async fn logout(mut self) {
        self.patience = self.patience.min(Duration::from_secs(5));
        self.leaving = true;
        if self.command("LOGOUT").await.is_ok() {
            self.wire.close().await;
        }
    }

    pub(super) async fn command(&mut self, command: &str) -> Result<Answer, Failure> {
        self.run(command, Room::LITTLE).await
    }

    async fn run(&mut self, command: &str, room: Room) -> Result<Answer, Failure> {
        let tag = self.begin(command).await?;
        self.finish(&tag, room).await
    }

    /// Sends a command; from here on the session is out of step until `finish` was there.
    pub(super) async fn begin(&mut self, command: &str) -> Result<String, Failure> {
        if self.busy {
            return Err(Failure::ConnectionLost);
        }
        self.busy = true;
        self.number += 1;
        let tag = format!("a{}", self.number);
        self.wire.send(format!("{tag} {command}\r\n").as_bytes(), self.patience).await?;
        Ok(tag)
    }

    pub(super) async fn finish(&mut self, tag: &str, mut room: Room) -> Result<Answer, Failure> {
        let mut fetched = Vec::new();
        let mut found = Vec::new();
        loop {
            let response = response::read(&mut self.wire, &mut room, self.patience).await?;
            match self.note(response)? {
                // Flags that somebody changed are told in the same form and are nothing to us.
                Some(Response::Fetch(fetch)) if fetch.size.is_some() || fetch.body.is_some() => {
                    fetched.push(fetch);
                }
                Some(Response::Search(uids)) => found.extend(uids),
                Some(Response::Tagged { tag: answered, status }) if answered == tag => {
                    self.end(&status);
                    return Ok(Answer { fetched, found, status });
                }
                Some(Response::Continue) => return Err(Failure::OtherProtocol(Protocol::Imap)),
                Some(_) | None => {}
            }
        }
    }

    /// The answer was read to its end: session and server are in step again.
    pub(super) fn end(&mut self, status: &Status) {
        self.note_code(status);
        self.busy = false;
    }

    /// Takes to heart what the server tells without being asked, and gives the rest back.
    pub(super) fn note(&mut self, response: Response) -> Result<Option<Response>, Failure> {
        match response {
            Response::Exists(count) => {
                self.news |= count > self.exists;
                self.exists = count;
            }
            Response::Expunged => self.exists = self.exists.saturating_sub(1),
            Response::Capability(offered) => self.capabilities = offered,
            Response::Status(status) => {
                self.note_code(&status);
                if status.kind == Kind::Bye && !self.leaving {
                    return Err(Failure::NotNow);
                }
            }
            other => return Ok(Some(other)),
        }
        Ok(None)
    }

    fn note_code(&mut self, status: &Status) {
        let mut words = status.code.iter();
        let number = |word: Option<&String>| word.and_then(|word| word.parse().ok());
        match words.next().map(String::as_str) {
            Some("CAPABILITY") => self.capabilities = words.cloned().collect(),
            Some("UIDVALIDITY") => self.uidvalidity = number(words.next()).unwrap_or(self.uidvalidity),
            Some("UIDNEXT") => self.uidnext = number(words.next()),
            Some(_) | None => {}
        }
    }
}

fn yes(status: &Status) -> Result<(), Trouble> {
    match status.kind {
        Kind::Ok => Ok(()),
        Kind::No | Kind::Bad | Kind::Bye | Kind::Preauth => Err(Trouble::Said(status.words.clone())),
    }
}

fn set(uids: &[u32]) -> String {
    uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

//! One connection to an SMTP server, from the greeting to the goodbye.

use std::time::Duration;

use super::data::{self, Lines};
use super::envelope::{self, Envelope};
use super::reply::{self, Kind, Reply};
use super::{Outcome, Pace, Server, Why, sign_in};
use crate::egress::{Egress, Failure, Protocol, Security, Wire};

#[derive(Debug)]
pub(super) struct Session {
    pub(super) wire: Wire,
    pace: Pace,
    offers: Offers,
}

/// What the server said after EHLO.
#[derive(Clone, Debug, Default)]
pub(super) struct Offers {
    pub(super) starttls: bool,
    pub(super) auth: Vec<String>,
    size: Option<u64>,
    eight_bit: bool,
    utf8: bool,
}

/// The session is over; what it means for each recipient of the message that was under way.
pub(super) struct Stop {
    pub(super) outcomes: Vec<Outcome>,
}

/// Connects, goes under TLS as the endpoint wants it, and signs in.
pub(super) async fn open(egress: &Egress, server: &Server) -> Result<Session, Failure> {
    let wire = Wire::new(egress.connect(&server.endpoint).await?);
    let mut session = Session { wire, pace: server.pace, offers: Offers::default() };
    session.greeting().await?;
    session.hello(&server.hello).await?;
    if server.endpoint.security == Security::StartTls {
        session = session.starttls(egress, server).await?;
    }
    sign_in::run(&mut session, server).await?;
    Ok(session)
}

impl Session {
    pub(super) fn offers(&self) -> &Offers {
        &self.offers
    }

    async fn greeting(&mut self) -> Result<(), Failure> {
        let greeting = reply::read(&mut self.wire, self.pace.greeting).await.map_err(not_smtp)?;
        match greeting.kind() {
            Kind::Yes => Ok(()),
            Kind::Later | Kind::Never => Err(Failure::NotNow),
            Kind::GoOn | Kind::Nonsense => Err(Failure::OtherProtocol(Protocol::Smtp)),
        }
    }

    async fn hello(&mut self, name: &str) -> Result<(), Failure> {
        let name: String = name.chars().filter(char::is_ascii_graphic).collect();
        let reply = self.command(&format!("EHLO {name}")).await?;
        if reply.is_yes() {
            self.offers = Offers::read(&reply);
            return Ok(());
        }
        let reply = self.command(&format!("HELO {name}")).await?;
        self.offers = Offers::default();
        if reply.is_yes() { Ok(()) } else { Err(Failure::NotNow) }
    }

    async fn starttls(mut self, egress: &Egress, server: &Server) -> Result<Self, Failure> {
        if !self.offers.starttls {
            return Err(Failure::StartTlsMissing);
        }
        match self.command("STARTTLS").await?.kind() {
            Kind::Yes => {}
            Kind::Later => return Err(Failure::NotNow),
            Kind::GoOn | Kind::Never | Kind::Nonsense => return Err(Failure::StartTlsMissing),
        }
        let wire = self.wire.upgrade(egress, &server.endpoint).await?;
        // What was offered in the open may have been said by somebody else.
        let mut session = Self { wire, pace: self.pace, offers: Offers::default() };
        session.hello(&server.hello).await?;
        Ok(session)
    }

    pub(super) async fn command(&mut self, command: &str) -> Result<Reply, Failure> {
        self.ask(command, self.pace.command).await
    }

    async fn ask(&mut self, command: &str, patience: Duration) -> Result<Reply, Failure> {
        self.wire.send(format!("{command}\r\n").as_bytes(), patience).await?;
        reply::read(&mut self.wire, patience).await
    }

    /// Whether the server still listens, and has forgotten the last message.
    pub(super) async fn reset(&mut self) -> bool {
        // One that does not say so soon is replaced, which costs less than waiting for it.
        let patience = self.pace.command.min(Duration::from_secs(20));
        self.ask("RSET", patience).await.is_ok_and(|reply| reply.is_yes())
    }

    pub(super) async fn quit(mut self) {
        let patience = self.pace.command.min(Duration::from_secs(5));
        if self.ask("QUIT", patience).await.is_ok() {
            self.wire.close().await;
        }
    }

    /// `Ok` leaves a session that can take another message.
    pub(super) async fn message(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<Vec<Outcome>, Stop> {
        let mut outcomes = envelope.refusals(self.offers.utf8);
        let command = match self.mail_from(envelope, message) {
            Ok(command) => command,
            Err(why) => return Ok(envelope.all(&Outcome::Refused { why })),
        };
        if outcomes.iter().all(Option::is_some) {
            return Ok(outcomes.into_iter().flatten().collect());
        }
        let lost =
            |failure: Failure| Stop { outcomes: envelope.all(&Outcome::Later { why: failure.into() }) };
        let reply = self.command(&command).await.map_err(lost)?;
        if !reply.is_yes() {
            let outcome = Outcome::of_refusal(&reply);
            let outcomes =
                outcomes.into_iter().map(|known| known.unwrap_or_else(|| outcome.clone())).collect();
            return if reply.code == 421 { Err(Stop { outcomes }) } else { Ok(outcomes) };
        }
        for (address, outcome) in envelope.to.iter().zip(&mut outcomes).filter(|(_, known)| known.is_none()) {
            let reply = self.command(&format!("RCPT TO:<{address}>")).await.map_err(lost)?;
            if reply.code == 421 {
                return Err(Stop { outcomes: envelope.all(&Outcome::of_refusal(&reply)) });
            }
            *outcome = (!reply.is_yes()).then(|| Outcome::of_refusal(&reply));
        }
        if outcomes.iter().all(Option::is_some) {
            return Ok(outcomes.into_iter().flatten().collect());
        }
        let (rest, goes_on) = self.data(message).await;
        let outcomes = outcomes.into_iter().map(|known| known.unwrap_or_else(|| rest.clone())).collect();
        if goes_on { Ok(outcomes) } else { Err(Stop { outcomes }) }
    }

    /// From DATA to the answer to the dot: what became of it for all recipients that were taken, and whether
    /// the session is still in step.
    async fn data(&mut self, message: &[u8]) -> (Outcome, bool) {
        match self.ask("DATA", self.pace.data).await {
            Err(failure) => return (Outcome::Later { why: failure.into() }, false),
            Ok(reply) if reply.kind() != Kind::GoOn => {
                return (Outcome::of_refusal(&reply), reply.code != 421);
            }
            Ok(_) => {}
        }
        if let Err(failure) = self.body(message).await {
            return (Outcome::Later { why: failure.into() }, false);
        }
        // From here on the server may have all of it, whatever we hear.
        let unknown = |failure: Failure| (Outcome::Unknown { why: failure.into() }, false);
        if let Err(failure) = self.wire.send(b".\r\n", self.pace.piece).await {
            return unknown(failure);
        }
        match reply::read(&mut self.wire, self.pace.dot).await {
            Err(failure) => unknown(failure),
            Ok(reply) if reply.is_yes() => (Outcome::Delivered { words: reply.words() }, true),
            Ok(reply) => (Outcome::of_refusal(&reply), reply.code != 421),
        }
    }

    async fn body(&mut self, message: &[u8]) -> Result<(), Failure> {
        const PIECE: usize = 64 * 1024;
        let mut lines = Lines::new(true);
        let mut out = Vec::with_capacity(PIECE + PIECE / 8);
        for piece in message.chunks(PIECE) {
            out.clear();
            lines.feed(piece, &mut out);
            self.wire.send(&out, self.pace.piece).await?;
        }
        out.clear();
        lines.end(&mut out);
        self.wire.send(&out, self.pace.piece).await
    }

    fn mail_from(&self, envelope: &Envelope, message: &[u8]) -> Result<String, Why> {
        let from = envelope.from.as_deref().map(envelope::checked).transpose()?.unwrap_or_default();
        let bytes = message.len() as u64;
        let mut command = format!("MAIL FROM:<{from}>");
        if let Some(most) = self.offers.size {
            if most > 0 && bytes > most {
                return Err(Why::TooLarge { bytes, most });
            }
            command.push_str(&format!(" SIZE={bytes}"));
        }
        let letters = data::beyond_ascii(message);
        let beyond = letters.header || !from.is_ascii();
        if beyond && !self.offers.utf8 {
            return Err(Why::NoSmtpUtf8);
        }
        if beyond || self.offers.utf8 && envelope.to.iter().any(|address| !address.is_ascii()) {
            command.push_str(" SMTPUTF8");
        }
        // A server that does not say it takes eight bits nearly always does; refusing would lose the mail.
        if self.offers.eight_bit && (letters.header || letters.body) {
            command.push_str(" BODY=8BITMIME");
        }
        Ok(command)
    }
}

/// Before the greeting nothing shows that this is a mail server at all.
fn not_smtp(failure: Failure) -> Failure {
    match failure {
        Failure::ConnectionLost => Failure::NotNow,
        other => other,
    }
}

impl Offers {
    fn read(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.lines.iter().skip(1) {
            let mut words = line.split([' ', '=']).map(str::to_ascii_uppercase);
            match words.next().as_deref() {
                Some("STARTTLS") => offers.starttls = true,
                Some("AUTH") => offers.auth.extend(words),
                Some("SIZE") => offers.size = words.next().and_then(|size| size.parse().ok()),
                Some("8BITMIME") => offers.eight_bit = true,
                Some("SMTPUTF8") => offers.utf8 = true,
                Some(_) | None => {}
            }
        }
        offers
    }
}

//! Our own check: DKIM, SPF and DMARC by name servers.

use std::net::SocketAddr;

use mail_auth::dkim::DkimError;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimResult, DmarcResult, Error, MessageAuthenticator, SpfOutput, SpfResult,
};

use super::{Arrival, Authenticate, Check, Verdict};
use crate::egress::Later;

/// Asks the name servers of this machine.
#[derive(Clone)]
pub struct Dns(MessageAuthenticator);

impl Dns {
    pub fn of_this_machine() -> Result<Self, NoNameServers> {
        MessageAuthenticator::new_system_conf().map(Self).map_err(|error| NoNameServers(error.to_string()))
    }

    /// Asks one name server only.
    pub fn at(server: SocketAddr) -> Result<Self, NoNameServers> {
        let mut connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
        for connection in &mut connections {
            connection.port = server.port();
        }
        let server = NameServerConfig::new(server.ip(), true, connections.into());
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
        MessageAuthenticator::new(config, ResolverOpts::default())
            .map(Self)
            .map_err(|error| NoNameServers(error.to_string()))
    }
}

/// Why nobody can be asked.
#[derive(Debug, thiserror::Error)]
#[error(
    "The name servers of this machine cannot be read: {0}. Senders stay unchecked; look at /etc/resolv.conf."
)]
pub struct NoNameServers(String);

impl std::fmt::Debug for Dns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dns(..)")
    }
}

impl Authenticate for Dns {
    fn check<'a>(&'a self, arrival: Arrival<'a>) -> Later<'a, Verdict> {
        Box::pin(self.found(arrival))
    }
}

impl Dns {
    async fn found(&self, arrival: Arrival<'_>) -> Verdict {
        let Some(message) = AuthenticatedMessage::parse(arrival.raw) else { return Verdict::default() };
        let signatures = self.0.verify_dkim(&message).await;
        let (spf, sender) = match arrival.from {
            Some(peer) => {
                let asked = SpfParameters::new(peer.ip, peer.helo, peer.helo, peer.host, peer.mail_from);
                let domain = peer.mail_from.rsplit_once('@').map_or(peer.helo, |(_, domain)| domain);
                (self.0.verify_spf(asked).await, domain)
            }
            None => (SpfOutput::default(), ""),
        };
        let dmarc = self.0.verify_dmarc(DmarcParameters::new(&message, &signatures, sender, &spf)).await;
        Verdict {
            dkim: best(signatures.iter().map(|one| dkim(one.result()))),
            spf: policy(spf.result()),
            dmarc: match alignment(&dmarc.result()) {
                // Without the envelope nobody can say that SPF would not have passed.
                Check::Fail if arrival.from.is_none() => Check::Unknown,
                check => check,
            },
        }
    }
}

/// One good result is enough; a doubtful one weighs more than a bad one.
fn best(checks: impl Iterator<Item = Check>) -> Check {
    let rank = |check: &Check| match check {
        Check::Pass => 3,
        Check::Unknown => 2,
        Check::Fail => 1,
        Check::None => 0,
    };
    checks.max_by_key(rank).unwrap_or_default()
}

fn dkim(result: &DkimResult) -> Check {
    match result {
        DkimResult::Pass => Check::Pass,
        DkimResult::Fail(_) | DkimResult::PermError(_) => Check::Fail,
        // A body that was changed, or a signature past its time, was understood and does not hold.
        DkimResult::Neutral(Error::Dkim(DkimError::FailedBodyHashMatch | DkimError::SignatureExpired)) => {
            Check::Fail
        }
        DkimResult::TempError(_) => Check::Unknown,
        DkimResult::Neutral(_) | DkimResult::None => Check::None,
    }
}

fn policy(result: SpfResult) -> Check {
    match result {
        SpfResult::Pass => Check::Pass,
        SpfResult::Fail | SpfResult::SoftFail => Check::Fail,
        SpfResult::TempError | SpfResult::PermError => Check::Unknown,
        SpfResult::Neutral | SpfResult::None => Check::None,
    }
}

fn alignment(result: &DmarcResult) -> Check {
    match result {
        DmarcResult::Pass => Check::Pass,
        DmarcResult::Fail(_) => Check::Fail,
        DmarcResult::TempError(_) | DmarcResult::PermError(_) => Check::Unknown,
        DmarcResult::None => Check::None,
    }
}

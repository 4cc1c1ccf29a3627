//! Our own check: DKIM, SPF and DMARC by name servers.

use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{AuthenticatedMessage, DkimResult, DmarcResult, MessageAuthenticator, SpfOutput, SpfResult};
use thiserror::Error;

use super::{Arrival, Authenticate, Check, Verdict};

/// Asks the name servers of this machine.
#[derive(Clone)]
pub struct Dns(MessageAuthenticator);

impl Dns {
    pub fn of_this_machine() -> Result<Self, NoNameServers> {
        MessageAuthenticator::new_system_conf().map(Self).map_err(|error| NoNameServers(error.to_string()))
    }
}

/// Why nobody can be asked.
#[derive(Debug, Error)]
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
    async fn check(&self, arrival: Arrival<'_>) -> Verdict {
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
        let aligned = [dmarc.dkim_result(), dmarc.spf_result()];
        Verdict {
            dkim: best(signatures.iter().map(|one| dkim(one.result()))),
            spf: policy(spf.result()),
            dmarc: match best(aligned.into_iter().map(alignment)) {
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

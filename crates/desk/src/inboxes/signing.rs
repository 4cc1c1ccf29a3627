//! DKIM: by which domain and selector the mail of an inbox is signed; the key lies with the secrets.

use mail::compose::Signer;
use mail::secret::Secret;
use serde::{Deserialize, Serialize};

use crate::{DeskError, Problem};

/// What receivers look up: `SELECTOR._domainkey.DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    pub selector: String,
    pub domain: String,
}

impl Signing {
    /// Stored settings.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// With a private key in PEM form, RSA or Ed25519.
    pub(crate) fn signer(&self, key: &Secret<String>) -> Result<Signer, DeskError> {
        Signer::from_pem(key.reveal(), &self.domain, &self.selector)
            .map_err(|_| DeskError::invalid("signing", Problem::SigningKeyUnreadable))
    }

    pub(super) fn check(&self) -> Result<(), DeskError> {
        let shaped = |name: &str| {
            name.len() <= 253
                && name.split('.').all(|label| {
                    !label.is_empty()
                        && label.len() <= 63
                        && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
                })
        };
        if shaped(&self.selector) && shaped(&self.domain) {
            Ok(())
        } else {
            Err(DeskError::invalid("signing", Problem::ServerName))
        }
    }
}

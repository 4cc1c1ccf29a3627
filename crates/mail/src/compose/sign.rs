//! DKIM signatures for outgoing mail.

use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256, SigningKey};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

use super::ComposeError;

/// Signs for one domain with one selector.
pub struct Signer(Kind);

enum Kind {
    Rsa(DkimSigner<RsaKey<Sha256>, Done>),
    Ed25519(DkimSigner<Ed25519Key, Done>),
}

const SIGNED: [&str; 10] = [
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Content-Type",
];

impl Signer {
    /// An RSA key as PEM, PKCS#8 or PKCS#1.
    pub fn rsa(pem: &str, domain: &str, selector: &str) -> Result<Self, ComposeError> {
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes())
            .map_err(|error| ComposeError::Signature(error.to_string()))?;
        let key = RsaKey::<Sha256>::from_key_der(key).map_err(unfit)?;
        Ok(Self(Kind::Rsa(signer(key, domain, selector))))
    }

    /// An Ed25519 key, PKCS#8 in DER.
    pub fn ed25519(der: &[u8], domain: &str, selector: &str) -> Result<Self, ComposeError> {
        let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(der).map_err(unfit)?;
        Ok(Self(Kind::Ed25519(signer(key, domain, selector))))
    }

    /// A private key as PEM, of either kind.
    pub fn from_pem(pem: &str, domain: &str, selector: &str) -> Result<Self, ComposeError> {
        Self::rsa(pem, domain, selector).or_else(|refused| {
            let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| refused)?;
            Self::ed25519(key.secret_der(), domain, selector)
        })
    }

    /// The mail with its signature above it.
    pub fn sign(&self, raw: &[u8]) -> Result<Vec<u8>, ComposeError> {
        let signature = match &self.0 {
            Kind::Rsa(signer) => signer.sign(raw),
            Kind::Ed25519(signer) => signer.sign(raw),
        };
        let mut signed = signature.map_err(unfit)?.to_header().into_bytes();
        signed.extend_from_slice(raw);
        Ok(signed)
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer(..)")
    }
}

fn signer<T: SigningKey>(key: T, domain: &str, selector: &str) -> DkimSigner<T, Done> {
    DkimSigner::from_key(key).domain(domain).selector(selector).headers(SIGNED)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn unfit(error: mail_auth::Error) -> ComposeError {
    ComposeError::Signature(error.to_string())
}

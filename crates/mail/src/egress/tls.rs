//! TLS towards a server: which certificates are believed, and the handshake.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{Connection, Failure};

/// The certificates this machine trusts, read once: it takes some milliseconds and many files.
pub(super) async fn platform_roots() -> Arc<RootCertStore> {
    let read = tokio::task::spawn_blocking(|| {
        let found = rustls_native_certs::load_native_certs();
        let mut roots = RootCertStore::empty();
        let (taken, left) = roots.add_parsable_certificates(found.certs);
        tracing::debug!(taken, left, unreadable = found.errors.len(), "certificates of this machine");
        roots
    });
    Arc::new(read.await.unwrap_or_else(|_| RootCertStore::empty()))
}

/// There is no way to switch the check off, only to add a certificate for one server.
pub(super) fn client(
    platform: &Arc<RootCertStore>,
    root: Option<&str>,
) -> Result<Arc<ClientConfig>, Failure> {
    let roots = match root {
        None => platform.clone(),
        Some(pem) => Arc::new(with_root(platform, pem)?),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Failure::TlsRefused)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn with_root(platform: &RootCertStore, pem: &str) -> Result<RootCertStore, Failure> {
    let mut roots = platform.clone();
    let mut read = 0;
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|_| Failure::RootUnreadable)?;
        roots.add(certificate).map_err(|_| Failure::RootUnreadable)?;
        read += 1;
    }
    if read == 0 { Err(Failure::RootUnreadable) } else { Ok(roots) }
}

pub(super) async fn handshake(
    client: Arc<ClientConfig>,
    host: &str,
    stream: TcpStream,
) -> Result<Connection, Failure> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| Failure::NameUnknown)?;
    match TlsConnector::from(client).connect(name, stream).await {
        Ok(stream) => Ok(Connection::Tls(Box::new(stream))),
        Err(error) => Err(meaning(&error)),
    }
}

fn meaning(error: &std::io::Error) -> Failure {
    tracing::debug!(%error, "no TLS");
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>());
    match cause {
        Some(rustls::Error::InvalidCertificate(_)) => Failure::CertificateRefused,
        Some(_) | None => Failure::TlsRefused,
    }
}

//! The one way out: a name is resolved, what it leads to is checked, and exactly that is connected to.

mod address;
mod connection;
mod failure;
mod tls;
mod wire;

use std::fmt;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use rustls::RootCertStore;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;

pub use address::{is_inside, is_public};
pub use connection::Connection;
pub(crate) use connection::keep_alive;
pub use failure::{Failure, Protocol};
pub(crate) use wire::Wire;

/// A server that somebody with the right to do so has named.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub reach: Reach,
    /// Certificates (PEM) that this one server may prove itself with, beside those the machine trusts.
    pub root: Option<Arc<str>>,
}

impl Endpoint {
    /// A server out in the world, which proves itself with a certificate that the machine trusts.
    pub fn public(host: &str, port: u16, security: Security) -> Self {
        Self { host: host.to_owned(), port, security, reach: Reach::Public, root: None }
    }

    /// Whether a password may be said here: under TLS, or to a server that really stands in the own house.
    pub(crate) fn keeps_secrets(&self, connection: &Connection) -> bool {
        connection.is_encrypted() || self.reach == Reach::Local && connection.stays_inside()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// A greeting in the open, then TLS; without TLS nothing further is said.
    StartTls,
    Plain,
}

/// How far inside a server may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only addresses that anybody on the internet could reach.
    Public,
    /// Also addresses of this machine and of the own network. Only the administrator of the installation can
    /// allow this, for one host: whoever may name a host must not thereby see behind the firewall.
    Local,
}

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub resolve: Duration,
    pub connect: Duration,
    pub tls: Duration,
    /// For one answer of the server, whole.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            resolve: Duration::from_secs(10),
            connect: Duration::from_secs(10),
            tls: Duration::from_secs(15),
            answer: Duration::from_secs(60),
        }
    }
}

pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where names are looked up. The system's resolver outside tests.
pub trait Resolve: Send + Sync {
    fn addresses<'a>(&'a self, host: &'a str) -> Later<'a, std::io::Result<Vec<IpAddr>>>;
}

/// The door itself; one for the whole process.
#[derive(Clone)]
pub struct Egress {
    resolver: Arc<dyn Resolve>,
    platform: Arc<OnceCell<Arc<RootCertStore>>>,
    pub patience: Patience,
}

impl fmt::Debug for Egress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Egress").field("patience", &self.patience).finish_non_exhaustive()
    }
}

/// A name that leads to more addresses than this is tried no further.
const MOST_ADDRESSES: usize = 4;

impl Egress {
    pub fn system() -> Self {
        Self::with_resolver(Arc::new(System))
    }

    pub fn with_resolver(resolver: Arc<dyn Resolve>) -> Self {
        Self { resolver, platform: Arc::default(), patience: Patience::default() }
    }

    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// A connection to the endpoint, already under TLS if it speaks TLS from the first byte.
    /// Proxies named in the environment are not asked.
    pub async fn connect(&self, endpoint: &Endpoint) -> Result<Connection, Failure> {
        let stream = self.open(endpoint).await?;
        match endpoint.security {
            Security::Tls => self.encrypt(endpoint, stream).await,
            Security::StartTls | Security::Plain => Ok(Connection::Plain(stream)),
        }
    }

    /// Puts an open connection under TLS, after the server agreed to it.
    pub(crate) async fn upgrade(
        &self,
        endpoint: &Endpoint,
        connection: Connection,
    ) -> Result<Connection, Failure> {
        match connection {
            Connection::Plain(stream) => self.encrypt(endpoint, stream).await,
            Connection::Tls(_) => Ok(connection),
        }
    }

    async fn open(&self, endpoint: &Endpoint) -> Result<TcpStream, Failure> {
        let checked = self.checked_addresses(endpoint).await?;
        for address in checked.into_iter().take(MOST_ADDRESSES) {
            let target = SocketAddr::new(address, endpoint.port);
            if let Ok(Ok(stream)) = timeout(self.patience.connect, TcpStream::connect(target)).await {
                keep_alive(&stream);
                return Ok(stream);
            }
        }
        Err(Failure::Unreachable)
    }

    /// What the name leads to now, without the addresses that may not be reached. These are connected to as
    /// they are: the name is not looked up a second time.
    async fn checked_addresses(&self, endpoint: &Endpoint) -> Result<Vec<IpAddr>, Failure> {
        let host = endpoint.host.trim_matches(['[', ']']);
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => match timeout(self.patience.resolve, self.resolver.addresses(host)).await {
                Ok(Ok(found)) => found,
                Ok(Err(_)) | Err(_) => return Err(Failure::NameUnknown),
            },
        };
        if found.is_empty() {
            return Err(Failure::NameUnknown);
        }
        let allowed = |address: &IpAddr| match endpoint.reach {
            Reach::Public => is_public(*address),
            Reach::Local => is_public(*address) || is_inside(*address),
        };
        let checked: Vec<IpAddr> = found.into_iter().filter(allowed).collect();
        if checked.is_empty() { Err(Failure::AddressRefused) } else { Ok(checked) }
    }

    async fn encrypt(&self, endpoint: &Endpoint, stream: TcpStream) -> Result<Connection, Failure> {
        let platform = self.platform.get_or_init(tls::platform_roots).await;
        let client = tls::client(platform, endpoint.root.as_deref())?;
        let host = endpoint.host.trim_matches(['[', ']']).trim_end_matches('.');
        let shaken = timeout(self.patience.tls, tls::handshake(client, host, stream)).await;
        shaken.unwrap_or(Err(Failure::TlsRefused))
    }
}

struct System;

impl Resolve for System {
    fn addresses<'a>(&'a self, host: &'a str) -> Later<'a, std::io::Result<Vec<IpAddr>>> {
        Box::pin(
            async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|found| found.ip()).collect()) },
        )
    }
}

#[cfg(test)]
pub(crate) mod script;
#[cfg(test)]
mod tests;

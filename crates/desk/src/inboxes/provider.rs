//! Who gives tokens for a mailbox: a provider of the list, or one whose addresses were typed in.

use mail::egress::{Endpoint, Security};
use mail::oauth::Provider;
use mail::presets;

use super::{OwnProvider, Server, SigningIn};
use crate::{DeskError, Problem};

/// Microsoft's word for any organisation.
const ANY_TENANT: &str = "organizations";

/// A provider, as it is asked.
pub(super) struct Known {
    pub(super) authorize_url: String,
    pub(super) asking: &'static [(&'static str, &'static str)],
    pub(super) tokens: Provider,
}

/// Whom a server's tokens come from; `None` when it takes none, or something of it is missing.
pub(super) fn of(server: &Server) -> Option<Known> {
    let SigningIn::Token { provider, tenant, own, .. } = &server.signing_in else { return None };
    match presets::by_key(provider)?.signing_in {
        presets::SigningIn::OAuth(known) => {
            let tenant = tenant.as_deref().unwrap_or(ANY_TENANT);
            Some(Known {
                authorize_url: known.authorize_url.replace("{tenant}", tenant),
                asking: known.asking,
                tokens: Provider {
                    endpoint: Endpoint::public(known.token_host, 443, Security::Tls),
                    path: known.token_path.replace("{tenant}", tenant),
                    scope: known.scope.to_owned(),
                },
            })
        }
        presets::SigningIn::OwnOAuth => named(server, own.as_ref()?),
        presets::SigningIn::Password | presets::SigningIn::AppPassword => None,
    }
}

/// What was typed in. It may be inside where the mail server may, and prove itself with the same certificate.
fn named(server: &Server, own: &OwnProvider) -> Option<Known> {
    parts(&own.authorize_url)?;
    let (host, port, path) = parts(&own.token_url)?;
    Some(Known {
        authorize_url: own.authorize_url.clone(),
        asking: &[],
        tokens: Provider {
            endpoint: Endpoint { host, port, security: Security::Tls, ..server.endpoint() },
            path,
            scope: own.scope.clone(),
        },
    })
}

pub(super) fn check(server: &Server) -> Result<(), DeskError> {
    if of(server).is_some() {
        return Ok(());
    }
    let SigningIn::Token { own: Some(own), .. } = &server.signing_in else {
        return Err(DeskError::invalid("authorize_url", Problem::ProviderAddress));
    };
    let field = if parts(&own.authorize_url).is_none() { "authorize_url" } else { "token_url" };
    Err(DeskError::invalid(field, Problem::ProviderAddress))
}

/// Host, port and path of an address under TLS.
fn parts(url: &str) -> Option<(String, u16, String)> {
    let rest = url.strip_prefix("https://")?;
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok().filter(|port| *port > 0)?),
        _ => (authority, 443),
    };
    let is_host = !host.is_empty()
        && host.len() <= 253
        && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    let is_path = path.len() <= 1000 && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    (is_host && is_path).then(|| (host.to_owned(), port, path))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn an_address_has_a_host_and_stays_under_tls() {
        let read = |url| parts(url).map(|(host, port, path)| format!("{host} {port} {path}"));
        assert_eq!(read("https://login.example/o/token").as_deref(), Some("login.example 443 /o/token"));
        assert_eq!(read("https://login.example:8443").as_deref(), Some("login.example 8443 /"));
        assert_eq!(read("https://[::1]/t?a=b").as_deref(), Some("[::1] 443 /t?a=b"));
        assert_eq!(read("https://[::1]:99/t").as_deref(), Some("[::1] 99 /t"));
        for wrong in [
            "http://login.example/token",
            "login.example",
            "https://",
            "https://a@b.example/",
            "https://a b.example/",
            "https://a.example:0/",
            "https://a.example:x/",
            "https://a.example/t\r\nHost: b",
            "https://a.example/#t",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}

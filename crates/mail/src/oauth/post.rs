//! One HTTPS form out, one small answer back: no redirects, no cookies, no proxy.

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;

use super::Trouble;
use crate::egress::{Egress, Endpoint, Failure, Protocol};
use crate::secret::Secret;

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// Token answers are a few kilobytes.
const MOST_BYTES: usize = 256 * 1024;

pub(super) async fn form(
    egress: &Egress,
    endpoint: &Endpoint,
    path: &str,
    form: Secret<String>,
) -> Result<Answer, Trouble> {
    let connection = egress.connect(endpoint).await?;
    if !endpoint.keeps_secrets(&connection) {
        return Err(Failure::PasswordInTheOpen.into());
    }
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::HOST, host(endpoint))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header(header::CONNECTION, "close")
        .body(Full::new(Bytes::from(form.reveal().clone())))
        .map_err(|_| Trouble::Nonsense)?;
    let exchange = async {
        let (mut sender, driver) = http1::handshake(TokioIo::new(connection)).await.map_err(other)?;
        let answering = async {
            let answer = sender.send_request(request).await.map_err(other)?;
            let status = answer.status().as_u16();
            let body = Limited::new(answer.into_body(), MOST_BYTES).collect().await;
            let body = body.map_err(|_| Trouble::Nonsense)?.to_bytes().to_vec();
            Ok(Answer { status, body })
        };
        tokio::pin!(answering);
        tokio::select! {
            answer = &mut answering => answer,
            // The driver may end first, when everything was read and the server closed.
            _ = driver => answering.await,
        }
    };
    timeout(egress.patience.answer, exchange).await.unwrap_or(Err(Failure::TimedOut.into()))
}

/// As a browser writes it: the usual port is not named.
fn host(endpoint: &Endpoint) -> String {
    match endpoint.port {
        443 => endpoint.host.clone(),
        port => format!("{}:{port}", endpoint.host),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err asks for")]
fn other(error: hyper::Error) -> Trouble {
    tracing::debug!(%error, "the token endpoint");
    if error.is_parse() {
        Failure::OtherProtocol(Protocol::Https).into()
    } else {
        Failure::ConnectionLost.into()
    }
}

/// A value as `application/x-www-form-urlencoded` has it.
pub(super) fn escaped(value: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string can be written to");
        }
    }
    out
}

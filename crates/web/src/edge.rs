//! The accept loop: slow, idle and too many connections are cut, and stopping closes streams before it waits.

mod closing;
mod places;
mod stall;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::Service;
use tower_http::timeout::RequestBodyTimeoutLayer;

pub use self::closing::{Closing, Stage, signals};
use self::places::Places;
use self::stall::Stalling;

/// How patient the edge is, and with how many.
#[derive(Debug, Clone)]
pub struct EdgeOptions {
    /// From the connection to its first byte.
    pub first_byte: Duration,
    /// From the start of a request, or the end of the one before, to the end of its headers.
    pub headers: Duration,
    /// How long a peer may take nothing of what is sent to it.
    pub stalled: Duration,
    /// How long running requests may take after the stop.
    pub drain: Duration,
    pub connections: usize,
    pub connections_per_address: usize,
    /// A proxy on this machine brings everybody's connections, so loopback is not counted per address.
    pub spare_loopback: bool,
}

impl Default for EdgeOptions {
    fn default() -> EdgeOptions {
        EdgeOptions {
            first_byte: Duration::from_secs(5),
            headers: Duration::from_secs(10),
            stalled: Duration::from_secs(60),
            drain: Duration::from_secs(10),
            connections: 20_000,
            connections_per_address: 256,
            spare_loopback: true,
        }
    }
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Connections that were still busy when the patience ran out.
    pub cut: usize,
}

/// Serves until `stage` leaves [`Stage::Serving`]; handlers find the same stage as the extension [`Closing`].
pub async fn serve(
    listener: TcpListener,
    router: Router,
    options: EdgeOptions,
    mut stage: watch::Receiver<Stage>,
) -> io::Result<Ended> {
    let places = Places::new(&options);
    let mut connections = JoinSet::new();
    while *stage.borrow() == Stage::Serving {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match places.take(peer.ip()) {
                    Some(place) => {
                        let connection = connection(stream, peer, router.clone(), options.clone(), stage.clone());
                        connections.spawn(async move {
                            connection.await;
                            drop(place);
                        });
                    }
                    None => refuse(&stream),
                },
                Err(cause) => pause_after(&cause).await,
            },
            Some(_) = connections.join_next() => {}
            changed = stage.changed() => if changed.is_err() { break },
        }
    }
    drop(listener);
    Ok(drain(connections, options.drain, stage).await)
}

/// A path whose bodies may be larger than those of all others; `{name}` stands for any one piece of it.
#[derive(Debug, Clone, Copy)]
pub struct Larger {
    pub path: &'static str,
    pub bytes: usize,
}

impl Larger {
    fn is_for(&self, path: &str) -> bool {
        let (mut own, mut asked) = (self.path.split('/'), path.split('/'));
        loop {
            match (own.next(), asked.next()) {
                (None, None) => return true,
                (Some(own), Some(asked)) if own == asked || own.starts_with('{') => {}
                _ => return false,
            }
        }
    }
}

/// Bodies above `bytes` are refused with 413, and a body that stops flowing for 30 seconds is cut.
pub fn bounded(router: Router, bytes: usize, larger: Vec<Larger>) -> Router {
    let larger: Arc<[Larger]> = larger.into();
    let within = move |request: Request, next: Next| {
        let own = larger.iter().find(|larger| larger.is_for(request.uri().path()));
        within(request, next, own.map_or(bytes, |larger| larger.bytes))
    };
    router
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn(within))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(30)))
}

async fn within(request: Request, next: Next, most: usize) -> Response {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|text| text.parse::<usize>().ok()).is_some_and(|length| length > most) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, most)))).await
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    options: EdgeOptions,
    mut stage: watch::Receiver<Stage>,
) {
    let _ = stream.set_nodelay(true);
    let spoke = tokio::select! {
        spoke = timeout(options.first_byte, stream.readable()) => matches!(spoke, Ok(Ok(()))),
        () = stopping(&mut stage) => false,
    };
    if !spoke {
        return;
    }
    let closing = Closing::new(stage.clone());
    let answer = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(closing.clone());
        router.clone().call(request)
    });
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(options.headers)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Stalling::new(stream, options.stalled)), answer);
    let mut http = std::pin::pin!(http);
    let ended = tokio::select! {
        ended = http.as_mut() => ended,
        () = stopping(&mut stage) => {
            http.as_mut().graceful_shutdown();
            http.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(%peer, %cause, "a connection ended early");
    }
}

// Nothing is awaited for a peer that has no place: the answer fits the socket's empty buffer.
fn refuse(stream: &TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n";
    let _ = stream.try_write(ANSWER);
}

// A connection that broke before it was accepted costs nothing; a lack of files or memory needs time to pass.
async fn pause_after(cause: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    if !matches!(cause.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted) {
        tracing::warn!(%cause, "no connection can be accepted; trying again in a moment");
        sleep(Duration::from_millis(200)).await;
    }
}

// The guard on the stage must not be held while the connection goes on.
async fn stopping(stage: &mut watch::Receiver<Stage>) {
    let _ = stage.wait_for(|stage| *stage != Stage::Serving).await;
}

async fn drain(mut connections: JoinSet<()>, patience: Duration, mut stage: watch::Receiver<Stage>) -> Ended {
    let all = async { while connections.join_next().await.is_some() {} };
    tokio::select! {
        () = all => {}
        () = sleep(patience) => {}
        Ok(_) = stage.wait_for(|stage| *stage == Stage::Now) => {}
    }
    let cut = connections.len();
    connections.shutdown().await;
    Ended { cut }
}

#[cfg(test)]
mod tests;

//! The edge on loopback, with impatient settings.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::response::sse::{Event, Sse};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_stream::StreamExt;

use super::{Closing, EdgeOptions, Ended, Stage};

struct Running {
    address: SocketAddr,
    stage: watch::Sender<Stage>,
    served: JoinHandle<std::io::Result<Ended>>,
}

fn impatient() -> EdgeOptions {
    EdgeOptions {
        first_byte: Duration::from_millis(300),
        headers: Duration::from_millis(400),
        stalled: Duration::from_millis(500),
        drain: Duration::from_secs(3),
        connections: 50,
        connections_per_address: 50,
        spare_loopback: false,
    }
}

async fn start(options: EdgeOptions) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stage, watching) = watch::channel(Stage::Serving);
    let endless = async |Extension(closing): Extension<Closing>| {
        let silent = tokio_stream::pending::<Result<Event, Infallible>>();
        Sse::new(closing.end(tokio_stream::once(Ok(Event::default().data("first"))).chain(silent)))
    };
    let slow = async || {
        tokio::time::sleep(Duration::from_millis(400)).await;
        "slow"
    };
    let never = async || std::future::pending::<&str>().await;
    let large = async || vec![b'x'; 64 << 20];
    let router = Router::new()
        .route("/", get(async || "hello"))
        .route("/stream", get(endless))
        .route("/slow", get(slow))
        .route("/never", get(never))
        .route("/large", get(large))
        .route("/length", post(async |body: axum::body::Bytes| body.len().to_string()));
    let larger = super::Larger { path: "/larger", bytes: 10_000 };
    let router = super::bounded(router, 1000, vec![larger]);
    let served = tokio::spawn(super::serve(listener, router, options, watching));
    Running { address, stage, served }
}

impl Running {
    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(text.as_bytes()).await.expect("a request");
        stream
    }

    async fn ended(self) -> Ended {
        self.served.await.expect("no panic").expect("no failure")
    }
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut text))
        .await
        .expect("the edge closes it");
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_request_is_answered() {
    let edge = start(impatient()).await;
    let mut stream = edge.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(rest(&mut stream).await.ends_with("hello"));
}

#[tokio::test]
async fn silent_and_slow_connections_are_closed() {
    let edge = start(impatient()).await;
    let began = Instant::now();
    let mut silent = edge.send("").await;
    let mut slow = edge.send("GET / HTTP/1.1\r\nhost: a\r\nx-slow: ").await;
    let mut idle = edge.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert_eq!(rest(&mut silent).await, "");
    assert!(!rest(&mut slow).await.contains("hello"));
    assert!(rest(&mut idle).await.contains("hello"));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn one_address_gets_only_its_share_of_connections() {
    let edge =
        start(EdgeOptions { connections_per_address: 2, first_byte: Duration::from_secs(30), ..impatient() })
            .await;
    let first = edge.send("").await;
    let _second = edge.send("").await;
    let mut third = edge.send("").await;
    assert!(rest(&mut third).await.starts_with("HTTP/1.1 503"));
    drop(first);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut fourth = edge.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(rest(&mut fourth).await.contains("hello"));
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused() {
    let edge = start(impatient()).await;
    let mut stream = edge
        .send("POST /length HTTP/1.1\r\nhost: a\r\ncontent-length: 5000\r\nconnection: close\r\n\r\n")
        .await;
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 413"));
}

#[tokio::test]
async fn one_path_takes_larger_bodies_within_a_limit_of_its_own() {
    for (length, status) in [(5000, "404"), (50_000, "413")] {
        let edge = start(impatient()).await;
        let head = format!(
            "POST /larger HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        let mut stream = edge.send(&head).await;
        tokio::io::AsyncWriteExt::write_all(&mut stream, &vec![b'x'; length]).await.ok();
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{length}: {answer}");
    }
}

#[tokio::test]
async fn a_peer_that_takes_nothing_is_cut() {
    let edge = start(EdgeOptions { headers: Duration::from_secs(20), ..impatient() }).await;
    let _unread = edge.send("GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    edge.stage.send_replace(Stage::Draining);
    let began = Instant::now();
    assert_eq!(edge.ended().await, Ended { cut: 0 });
    assert!(began.elapsed() < Duration::from_secs(1), "it was gone before the stop");
}

#[tokio::test]
async fn stopping_ends_streams_first_and_lets_running_requests_finish() {
    let edge = start(impatient()).await;
    let mut stream = edge.send("GET /stream HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut slow = edge.send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    edge.stage.send_replace(Stage::Draining);
    let began = Instant::now();
    assert!(rest(&mut stream).await.contains("data: first"));
    assert!(rest(&mut slow).await.contains("slow"));
    let address = edge.address;
    assert_eq!(edge.ended().await, Ended { cut: 0 });
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(TcpStream::connect(address).await.is_err(), "nothing listens any more");
}

#[tokio::test]
async fn the_second_signal_cuts_what_is_left() {
    let edge = start(EdgeOptions { drain: Duration::from_secs(60), ..impatient() }).await;
    let _never = edge.send("GET /never HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    edge.stage.send_replace(Stage::Draining);
    tokio::time::sleep(Duration::from_millis(100)).await;
    edge.stage.send_replace(Stage::Now);
    let began = Instant::now();
    assert_eq!(edge.ended().await, Ended { cut: 1 });
    assert!(began.elapsed() < Duration::from_secs(1));
}

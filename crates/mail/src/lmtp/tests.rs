//! The listener, spoken to byte by byte.

mod limits;
mod messages;
mod together;

use std::sync::Mutex;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::*;

/// A desk that remembers what it was given, and answers by the recipient's name.
#[derive(Default)]
struct Desk {
    kept: Mutex<Vec<Delivery>>,
    /// When set, a message is kept only after this was notified.
    gate: Option<Notify>,
    entered: Notify,
}

impl Reception for Desk {
    fn recipient<'a>(&'a self, _from: Option<&'a str>, to: &'a str) -> Later<'a, Admission> {
        let admission = match to.split('@').next() {
            Some("nobody") => Admission::Unknown,
            Some("perhaps") => Admission::NotNow,
            _ => Admission::Welcome,
        };
        Box::pin(async move { admission })
    }

    fn message(&self, delivery: Delivery) -> Later<'_, Vec<Answer>> {
        Box::pin(async move {
            self.entered.notify_one();
            if let Some(gate) = &self.gate {
                gate.notified().await;
            }
            assert!(!delivery.recipients.iter().any(|to| to.starts_with("panic")), "as the test wants it");
            let answer = |to: &String| match to.split('@').next() {
                Some("full") => Answer::NotNow,
                Some("blocked") => Answer::Refused,
                _ => Answer::Kept,
            };
            let answers = delivery.recipients.iter().map(answer).collect();
            self.kept.lock().unwrap().push(delivery);
            answers
        })
    }
}

struct Listening {
    port: u16,
    desk: Arc<Desk>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

fn settings(protocol: Protocol) -> Settings {
    let pace = Pace { command: Duration::from_secs(60), ..Pace::default() };
    Settings { protocol, name: "desk.example.org".into(), limits: Limits::default(), pace, spill: None }
}

async fn listening(settings: Settings, desk: Desk) -> Listening {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let desk = Arc::new(desk);
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(serve(Door::Tcp(listener), settings, desk.clone(), stopped));
    Listening { port, desk, stop, serving }
}

async fn lmtp() -> Listening {
    listening(settings(Protocol::Lmtp), Desk::default()).await
}

impl Listening {
    async fn client(&self) -> Client {
        Client { stream: TcpStream::connect(("127.0.0.1", self.port)).await.unwrap() }
    }

    fn kept(&self) -> Vec<Delivery> {
        self.desk.kept.lock().unwrap().clone()
    }
}

struct Client {
    stream: TcpStream,
}

impl Client {
    /// The codes of the next answers, one for each line that ends an answer.
    async fn codes(&mut self, count: usize) -> Vec<u16> {
        let mut codes = Vec::new();
        while codes.len() < count {
            let line = self.line().await.expect("an answer");
            if line.as_bytes().get(3) == Some(&b' ') {
                codes.push(line[..3].parse().unwrap());
            }
        }
        codes
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.stream.read_u8().await.ok()?);
        }
        Some(String::from_utf8(line).unwrap().trim_end().to_owned())
    }

    async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    async fn ask(&mut self, line: &str) -> u16 {
        self.send(&format!("{line}\r\n")).await;
        self.codes(1).await[0]
    }

    /// Up to the 354, with these recipients.
    async fn begin(&mut self, recipients: &[&str]) {
        assert_eq!(self.codes(1).await, [220]);
        assert_eq!(self.ask("LHLO mx.example.com").await, 250);
        self.next(recipients).await;
    }

    async fn next(&mut self, recipients: &[&str]) {
        assert_eq!(self.ask("MAIL FROM:<kim@example.com>").await, 250);
        for to in recipients {
            assert_eq!(self.ask(&format!("RCPT TO:<{to}>")).await, 250);
        }
        assert_eq!(self.ask("DATA").await, 354);
    }

    async fn is_closed(&mut self) -> bool {
        self.line().await.is_none()
    }
}

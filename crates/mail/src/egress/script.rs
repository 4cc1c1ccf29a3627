//! A server that says what it was told to say, for the answers no real server gives on demand.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::{Egress, Endpoint, Patience, Reach, Security};

#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A line; `{tag}` stands for the first word of the line read last.
    Say(String),
    /// Exactly these bytes.
    Raw(Vec<u8>),
    /// One byte after the other.
    Drip(&'static str),
    /// A line that begins with this, after the tag if the script speaks IMAP.
    Expect(&'static str),
    /// Exactly this line, which has no tag.
    Line(&'static str),
    /// Everything up to the final dot.
    Message,
    /// A number of bytes of the message, and then the connection is dropped.
    PartOfMessage(usize),
    Tls,
    Hang,
    /// One byte now and then.
    Sip,
    Drop,
}

pub(crate) use Step::{Drip, Drop, Expect, Hang, Message, PartOfMessage, Raw, Sip, Tls};

pub(crate) fn say(line: &str) -> Step {
    Step::Say(line.to_owned())
}

/// What the client said, line by line; a message is one entry.
pub(crate) type Heard = Vec<String>;

pub(crate) struct Script {
    pub(crate) port: u16,
    pub(crate) root: String,
    running: JoinHandle<Vec<Heard>>,
}

impl Script {
    /// Plays one script for each connection, in their order, and then listens no more.
    pub(crate) async fn play(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (root, acceptor) = identity("localhost");
        let running = tokio::spawn(async move {
            let mut all = Vec::new();
            for script in scripts {
                let (stream, _) = listener.accept().await.unwrap();
                all.push(Player::new(stream, acceptor.clone()).run(script).await);
            }
            all
        });
        Self { port, root, running }
    }

    pub(crate) fn endpoint(&self, security: Security) -> Endpoint {
        Endpoint {
            host: "localhost".to_owned(),
            port: self.port,
            security,
            reach: Reach::Local,
            root: Some(self.root.as_str().into()),
        }
    }

    /// Waits for the last script to end. Everything the client said.
    pub(crate) async fn heard(self) -> Vec<Heard> {
        self.running.await.unwrap()
    }
}

/// Long enough for a busy machine to answer. A test of silence gives less, for what is silent.
pub(crate) fn egress() -> Egress {
    let long = Duration::from_secs(60);
    Egress::system().with_patience(Patience { resolve: long, connect: long, tls: long, answer: long })
}

/// A certificate for this name, which vouches for itself, and a server that has it.
pub(crate) fn identity(name: &str) -> (String, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (made.cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

struct Player {
    stream: Box<dyn Stream>,
    acceptor: TlsAcceptor,
    heard: Heard,
    tag: String,
}

impl Player {
    fn new(stream: TcpStream, acceptor: TlsAcceptor) -> Self {
        Self { stream: Box::new(stream), acceptor, heard: Vec::new(), tag: String::new() }
    }

    async fn run(mut self, script: Vec<Step>) -> Heard {
        for step in script {
            if self.step(step).await.is_none() {
                return self.heard;
            }
        }
        // Closing on what was not read would take back what was said last.
        let _ = self.stream.shutdown().await;
        let rest = async { while self.byte().await.is_some() {} };
        let _ = tokio::time::timeout(Duration::from_millis(300), rest).await;
        self.heard
    }

    /// `None` ends the script: the client went away, or was sent away.
    async fn step(&mut self, step: Step) -> Option<()> {
        match step {
            Step::Say(line) => {
                let line = line.replace("{tag}", &self.tag);
                self.write(format!("{line}\r\n").as_bytes()).await
            }
            Raw(bytes) => self.write(&bytes).await,
            Drip(text) => {
                for byte in text.bytes() {
                    self.write(&[byte]).await?;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Some(())
            }
            Expect(start) => {
                let line = self.line().await?;
                let (tag, rest) = line.split_once(' ').unwrap_or((&line, ""));
                assert!(
                    line.starts_with(start) || rest.starts_with(start),
                    "the script expects {start:?} and hears {line:?} after {:?}",
                    self.heard
                );
                self.tag.replace_range(.., tag);
                self.heard.push(line);
                Some(())
            }
            Step::Line(expected) => {
                let line = self.line().await?;
                assert_eq!(line, expected, "after {:?}", self.heard);
                self.heard.push(line);
                Some(())
            }
            Message => {
                let mut message = String::new();
                while !(message == ".\r\n" || message.ends_with("\r\n.\r\n")) {
                    message.push(char::from(self.byte().await?));
                }
                self.heard.push(message);
                Some(())
            }
            PartOfMessage(bytes) => {
                for _ in 0..bytes {
                    self.byte().await?;
                }
                None
            }
            Tls => {
                let stream = std::mem::replace(&mut self.stream, Box::new(tokio::io::empty()));
                self.stream = Box::new(self.acceptor.accept(stream).await.ok()?);
                Some(())
            }
            Hang => {
                // Until the client gives up.
                while self.byte().await.is_some() {}
                None
            }
            Sip => loop {
                self.byte().await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            },
            Drop => None,
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> Option<()> {
        self.stream.write_all(bytes).await.ok()?;
        self.stream.flush().await.ok()
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.byte().await?);
        }
        line.truncate(line.len() - 2);
        Some(String::from_utf8(line).unwrap())
    }

    async fn byte(&mut self) -> Option<u8> {
        self.stream.read_u8().await.ok()
    }
}

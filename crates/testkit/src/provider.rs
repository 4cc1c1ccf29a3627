//! An OAuth provider on loopback: asks nobody, gives codes, and tokens for the codes that it gave.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use mail::oauth::consent::challenge;
use mail::secret::Secret;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::daemon;

/// The client that it knows.
pub const CLIENT: &str = "desk-client";
pub const CLIENT_SECRET: &str = "client-secret-4711";
/// What it gives.
pub const REFRESH_TOKEN: &str = "refresh-token-4711";

/// How it answers whoever brings a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As it should.
    Kind,
    WithoutRefreshToken,
    /// To another place.
    Elsewhere,
    Nonsense,
}

pub struct Provider {
    pub port: u16,
    /// Vouches for `localhost`, in PEM form.
    pub certificate: String,
    memory: Arc<Mutex<Memory>>,
}

struct Memory {
    mood: Mood,
    /// Codes that were given and not yet brought, with what was asked for them.
    given: BTreeMap<String, Fields>,
    /// What was asked at the address for tokens.
    heard: Vec<String>,
}

type Fields = BTreeMap<String, String>;

impl Provider {
    /// Listens on a thread of its own for as long as the test runs.
    ///
    /// # Panics
    /// When nothing can be listened to here.
    #[must_use]
    pub fn start() -> Self {
        let (certificate, key) = daemon::identity().expect("a certificate");
        let acceptor = acceptor(&certificate, &key);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener for the runtime");
        let port = listener.local_addr().expect("an address").port();
        let memory = Memory { mood: Mood::Kind, given: BTreeMap::new(), heard: Vec::new() };
        let memory = Arc::new(Mutex::new(memory));
        let own = Arc::clone(&memory);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = TcpListener::from_std(listener).expect("a listener");
                while let Ok((stream, _)) = listener.accept().await {
                    let _ = answer(&acceptor, stream, &own).await;
                }
            });
        });
        Self { port, certificate, memory }
    }

    /// # Panics
    /// When a thread of the provider has panicked.
    pub fn is(&self, mood: Mood) {
        self.memory.lock().expect("the provider").mood = mood;
    }

    /// What was asked at the address for tokens.
    ///
    /// # Panics
    /// When a thread of the provider has panicked.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        self.memory.lock().expect("the provider").heard.clone()
    }

    /// A person follows the link and agrees: gives what the browser brings back.
    ///
    /// # Panics
    /// When the link does not ask as it should.
    #[must_use]
    pub fn agrees(&self, url: &str) -> String {
        let asked = asked(url);
        for (name, value) in [("response_type", "code"), ("code_challenge_method", "S256")] {
            assert_eq!(asked.get(name).map(String::as_str), Some(value), "{url}");
        }
        assert_eq!(asked["client_id"], CLIENT);
        assert!(asked["code_challenge"].len() == 43 && asked["state"].len() >= 43, "{url}");
        let mut memory = self.memory.lock().expect("the provider");
        let code = format!("code-{}", memory.given.len() + memory.heard.len());
        let back = format!("code={code}&state={}", asked["state"]);
        memory.given.insert(code, asked);
        back
    }

    /// The person says no.
    #[must_use]
    pub fn refuses(&self, url: &str, error: &str) -> String {
        format!("error={error}&error_description=words+of+the+provider&state={}", asked(url)["state"])
    }
}

/// What a link to the provider asks for.
#[must_use]
pub fn asked(url: &str) -> BTreeMap<String, String> {
    fields(url.split_once('?').map_or("", |(_, query)| query))
}

fn acceptor(certificate: &str, key: &str) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = rustls::pki_types::CertificateDer::pem_slice_iter(certificate.as_bytes());
    let chain = chain.collect::<Result<Vec<_>, _>>().expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key));
    TlsAcceptor::from(Arc::new(config.expect("a server with TLS")))
}

async fn answer(acceptor: &TlsAcceptor, stream: TcpStream, memory: &Mutex<Memory>) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let mut request = Vec::new();
    while !is_whole(&request) {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let (status, more, body) = judged(&request, memory);
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).await?;
    stream.shutdown().await
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// Status, further headers and body.
fn judged(request: &str, memory: &Mutex<Memory>) -> (&'static str, &'static str, String) {
    let mut memory = memory.lock().expect("the provider");
    memory.heard.push(request.to_owned());
    let refusal = |error: &str| ("400 Bad Request", "", format!(r#"{{"error":"{error}","x":"theirs"}}"#));
    let form = fields(request.split_once("\r\n\r\n").map_or("", |(_, body)| body));
    let said = |name: &str| form.get(name).map_or("", String::as_str);
    if !request.starts_with("POST /token HTTP/1.1\r\n") {
        return ("404 Not Found", "", String::new());
    }
    match memory.mood {
        Mood::Elsewhere => {
            return ("302 Found", "location: https://elsewhere.example/token\r\n", String::new());
        }
        Mood::Nonsense => return ("200 OK", "", "<html>theirs</html>".to_owned()),
        Mood::Kind | Mood::WithoutRefreshToken => {}
    }
    if (said("client_id"), said("client_secret")) != (CLIENT, CLIENT_SECRET) {
        return refusal("invalid_client");
    }
    let Some(asked) = memory.given.remove(said("code")) else { return refusal("invalid_grant") };
    let verifier = Secret::new(said("code_verifier").to_owned());
    let is_same = said("grant_type") == "authorization_code"
        && asked["redirect_uri"] == said("redirect_uri")
        && asked["code_challenge"] == challenge(&verifier);
    if !is_same {
        return refusal("invalid_grant");
    }
    let refresh = match memory.mood {
        Mood::WithoutRefreshToken => String::new(),
        _ => format!(r#","refresh_token":"{REFRESH_TOKEN}""#),
    };
    (
        "200 OK",
        "",
        format!(r#"{{"access_token":"access-4711","expires_in":3600,"token_type":"Bearer"{refresh}}}"#),
    )
}

fn fields(encoded: &str) -> Fields {
    let pairs = encoded.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let digits = String::from_utf8_lossy(&digits).into_owned();
                u8::from_str_radix(&digits, 16).expect("two digits behind a percent sign")
            }
            other => other,
        });
    }
    String::from_utf8(bytes).expect("text")
}

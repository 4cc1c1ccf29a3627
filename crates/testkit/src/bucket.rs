//! A service that speaks as much of S3 as attachments need, on loopback, and fails when it is told to.

mod answer;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The one bucket there is, and the key that opens it.
pub const NAME: &str = "attachments";
const KEY: &str = "testkey";

/// Parts of a file but the last are not smaller.
const SMALLEST_PART: usize = 5 * 1024 * 1024;

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is answered with this status.
    Refuses(u16),
    /// The connection is lost after so many bytes of the answer.
    BreaksAfter(usize),
}

/// What is asked of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Get,
    Head,
    /// A file at once.
    Put,
    /// One part of a file.
    Part,
    List,
    Delete,
    Begin,
    Complete,
    Abort,
}

/// The service; it ends with its test.
pub struct BucketServer {
    pub origin: String,
    inner: Arc<Mutex<Inner>>,
    _runtime: Runtime,
}

#[derive(Default)]
struct Inner {
    objects: BTreeMap<String, Bytes>,
    /// Files that come in parts.
    uploads: BTreeMap<String, (String, BTreeMap<u32, Bytes>)>,
    begun: u32,
    troubles: VecDeque<(Deed, Trouble)>,
    deeds: Vec<Deed>,
}

impl BucketServer {
    /// # Panics
    /// When nothing can be served on loopback.
    #[must_use]
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime for the bucket");
        let inner = Arc::<Mutex<Inner>>::default();
        let router = Router::new().fallback(serve).with_state(Arc::clone(&inner));
        let router = router.layer(axum::extract::DefaultBodyLimit::disable());
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        runtime.spawn(async move { axum_serve(listener, router).await });
        Self { origin, inner, _runtime: runtime }
    }

    /// The environment with which this bucket is reached.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        [
            ("AWS_ENDPOINT", self.origin.as_str()),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", "testsecret"),
            ("AWS_ALLOW_HTTP", "true"),
            ("HOME", "/nowhere"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    /// The next request of that sort meets this; several are met one after the other.
    pub fn next(&self, deed: Deed, trouble: Trouble) {
        self.inner().troubles.push_back((deed, trouble));
    }

    /// What was asked since the last time.
    #[must_use]
    pub fn deeds(&self) -> Vec<Deed> {
        std::mem::take(&mut self.inner().deeds)
    }

    /// The names of everything there is.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.inner().objects.keys().cloned().collect()
    }

    /// Files that came in part and were neither finished nor given up.
    #[must_use]
    pub fn unfinished(&self) -> usize {
        self.inner().uploads.len()
    }

    /// Something happens to a file that nobody asked for.
    pub fn damage(&self, name: &str) {
        self.inner().objects.insert(name.to_owned(), Bytes::from_static(b"damaged"));
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        locked(&self.inner)
    }
}

fn locked(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

async fn axum_serve(listener: TcpListener, router: Router) {
    let (_stop, serving) = tokio::sync::watch::channel(web::edge::Stage::Serving);
    let _ = web::edge::serve(listener, router, web::edge::EdgeOptions::default(), serving).await;
}

async fn serve(State(inner): State<Arc<Mutex<Inner>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let header =
        |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !header("authorization").contains(&format!("Credential={KEY}/")) {
        return answer::refused(StatusCode::FORBIDDEN, "AccessDenied");
    }
    let signed = header("x-amz-content-sha256");
    let hash: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    if signed != "UNSIGNED-PAYLOAD" && signed != hash {
        return answer::refused(StatusCode::BAD_REQUEST, "XAmzContentSHA256Mismatch");
    }
    let path = head.uri.path().trim_start_matches('/');
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    if bucket != NAME {
        return answer::refused(StatusCode::NOT_FOUND, "NoSuchBucket");
    }
    let query = Query::of(head.uri.query().unwrap_or_default());
    let Some(deed) = deed(&head.method, key, &query) else {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    };
    let mut inner = locked(&inner);
    inner.deeds.push(deed);
    let trouble = inner.trouble(deed);
    if let Some(Trouble::Refuses(status)) = trouble {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        return answer::refused(status, "SlowDown");
    }
    let cut = match trouble {
        Some(Trouble::BreaksAfter(bytes)) => Some(bytes),
        Some(Trouble::Refuses(_)) | None => None,
    };
    match deed {
        Deed::Get | Deed::Head => match inner.objects.get(key) {
            Some(bytes) => answer::object(bytes, header("range"), deed == Deed::Head, cut),
            None => answer::refused(StatusCode::NOT_FOUND, "NoSuchKey"),
        },
        Deed::List => answer::list(&inner.objects, &query.prefix),
        Deed::Put => {
            inner.objects.insert(key.to_owned(), body);
            answer::kept()
        }
        Deed::Delete => {
            inner.objects.remove(key);
            StatusCode::NO_CONTENT.into_response()
        }
        Deed::Begin => {
            inner.begun += 1;
            let id = format!("upload-{}", inner.begun);
            inner.uploads.insert(id.clone(), (key.to_owned(), BTreeMap::new()));
            answer::begun(&id)
        }
        Deed::Part => match inner.uploads.get_mut(&query.upload) {
            Some((_, parts)) => {
                parts.insert(query.part, body);
                answer::kept()
            }
            None => answer::refused(StatusCode::NOT_FOUND, "NoSuchUpload"),
        },
        Deed::Complete => inner.complete(&query.upload),
        Deed::Abort => {
            inner.uploads.remove(&query.upload);
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

impl Inner {
    fn trouble(&mut self, deed: Deed) -> Option<Trouble> {
        let place = self.troubles.iter().position(|(of, _)| *of == deed)?;
        self.troubles.remove(place).map(|(_, trouble)| trouble)
    }

    fn complete(&mut self, upload: &str) -> Response {
        let Some((key, parts)) = self.uploads.remove(upload) else {
            return answer::refused(StatusCode::NOT_FOUND, "NoSuchUpload");
        };
        let last = parts.keys().last().copied();
        if parts.iter().any(|(number, part)| Some(*number) != last && part.len() < SMALLEST_PART) {
            return answer::refused(StatusCode::BAD_REQUEST, "EntityTooSmall");
        }
        let whole: Vec<u8> = parts.into_values().flatten().collect();
        self.objects.insert(key, Bytes::from(whole));
        answer::completed()
    }
}

#[derive(Default)]
struct Query {
    prefix: String,
    upload: String,
    part: u32,
    lists: bool,
    begins: bool,
}

impl Query {
    fn of(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                "prefix" => query.prefix = value.replace("%2F", "/"),
                "uploadId" => value.clone_into(&mut query.upload),
                "partNumber" => query.part = value.parse().unwrap_or_default(),
                "list-type" => query.lists = true,
                "uploads" => query.begins = true,
                _ => {}
            }
        }
        query
    }
}

fn deed(method: &Method, key: &str, query: &Query) -> Option<Deed> {
    match (method.as_str(), query) {
        ("GET", Query { lists: true, .. }) if key.is_empty() => Some(Deed::List),
        ("GET", _) => Some(Deed::Get),
        ("HEAD", _) => Some(Deed::Head),
        ("PUT", Query { upload, .. }) if upload.is_empty() => Some(Deed::Put),
        ("PUT", _) => Some(Deed::Part),
        ("POST", Query { begins: true, .. }) => Some(Deed::Begin),
        ("POST", Query { upload, .. }) if !upload.is_empty() => Some(Deed::Complete),
        ("DELETE", Query { upload, .. }) if upload.is_empty() => Some(Deed::Delete),
        ("DELETE", _) => Some(Deed::Abort),
        _ => None,
    }
}

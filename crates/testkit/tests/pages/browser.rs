//! A browser without a network: it keeps one cookie and says where its forms come from.

use std::cell::Cell;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use desk::Desk;
use domain::id::{PersonId, ServiceId, UnitId};
use http_body_util::BodyExt;
use store::office::Office;
use testkit::TestDesk;
use testkit::desk::CSRF;
use tower::ServiceExt;
use web::app::{App, Options};

pub(crate) struct Browser {
    router: Router,
    runtime: tokio::runtime::Runtime,
    cookie: Option<String>,
    origin: &'static str,
    announced: Cell<Option<usize>>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) body: String,
    headers: HeaderMap,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn has(&self, words: &str) -> bool {
        self.body.contains(words)
    }
}

impl Browser {
    /// Somebody who is not signed in.
    pub(crate) fn new(desk: &Desk) -> Self {
        Self::with(desk, Options::default())
    }

    pub(crate) fn with(desk: &Desk, options: Options) -> Self {
        let router = web::routes::router(&App::new(desk.clone(), options));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        Self {
            router,
            runtime: runtime.unwrap(),
            cookie: None,
            origin: "http://desk.example",
            announced: Cell::new(None),
        }
    }

    pub(crate) fn signed_in(mut self, token: &str) -> Self {
        self.cookie = Some(format!("throughline={token}"));
        self
    }

    pub(crate) fn coming_from_elsewhere(mut self) -> Self {
        self.origin = "https://elsewhere.example";
        self
    }

    pub(crate) fn get(&self, address: &str) -> Answer {
        self.ask(Request::get(address).body(Body::empty()).unwrap())
    }

    /// Posts a form with the token that the pages of a test carry.
    pub(crate) fn post(&self, address: &str, form: &str) -> Answer {
        self.post_bare(address, &format!("csrf_token={CSRF}&{form}"))
    }

    pub(crate) fn post_bare(&self, address: &str, form: &str) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, self.origin);
        self.ask(request.body(Body::from(form.to_owned())).unwrap())
    }

    /// Posts JSON as a program does, perhaps with a key against doing it twice.
    pub(crate) fn sends(&self, address: &str, json: &str, key: Option<&str>) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", CSRF)
            .header(header::ORIGIN, self.origin);
        let request = match key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        };
        self.ask(request.body(Body::from(json.to_owned())).unwrap())
    }

    /// Posts words and files as a browser does without scripts, with the token of a test.
    pub(crate) fn post_files(
        &self,
        address: &str,
        words: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [("csrf_token", CSRF)].iter().chain(words) {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        for (name, bytes) in files {
            let head = format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--b--\r\n");
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .header(header::CONTENT_LENGTH, self.announced.take().unwrap_or(body.len()))
            .header(header::ORIGIN, self.origin);
        self.ask(request.body(Body::from(body)).unwrap())
    }

    /// The next request with files says that its body is so long.
    pub(crate) fn announcing(&self, bytes: usize) -> &Self {
        self.announced.set(Some(bytes));
        self
    }

    /// Posts a file as the page's script does.
    pub(crate) fn upload(&self, audience: &str, name: &str, bytes: &[u8]) -> Answer {
        let request = Request::post(format!("/uploads?audience={audience}&name={name}"))
            .header("x-csrf-token", CSRF)
            .header(header::CONTENT_LENGTH, self.announced.take().unwrap_or(bytes.len()))
            .header(header::ORIGIN, self.origin);
        self.ask(request.body(Body::from(bytes.to_vec())).unwrap())
    }

    fn ask(&self, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.insert(header::HOST, "desk.example".parse().unwrap());
        if let Some(cookie) = &self.cookie {
            headers.insert(header::COOKIE, cookie.parse().unwrap());
        }
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let text = |name| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
            Answer {
                status: parts.status,
                location: text(header::LOCATION),
                cookie: text(header::SET_COOKIE),
                body: String::from_utf8_lossy(&body.collect().await.unwrap().to_bytes()).into_owned(),
                headers: parts.headers,
            }
        })
    }
}

/// A desk with one unit and one service, and the browser of its administrator, who has signed in.
pub(crate) fn office() -> (TestDesk, PersonId, Browser, (UnitId, ServiceId)) {
    let desk = TestDesk::new();
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let administrator = Browser::new(&desk.desk).signed_in(&desk.session(amal));
    (desk, amal, administrator, (support, help))
}

//! The whole site, asked without a network.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::app::{App, Options};

use crate::world::{Actor, World};

pub(crate) struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.body.contains(word) || self.headers.contains(word)
    }
}

impl Site {
    pub(crate) fn new(world: &World) -> Self {
        let app = App::new(world.desk.desk.clone(), Options::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let closing = web::edge::Closing::new(tokio::sync::watch::channel(web::edge::Stage::Serving).1);
        Self { router: web::routes::router(&app).layer(axum::Extension(closing)), runtime }
    }

    pub(crate) fn get(&self, actor: &Actor, address: &str) -> Answer {
        self.ask(actor, Request::get(address).body(Body::empty()).unwrap())
    }

    /// Posts a form with the token that the pages carry.
    pub(crate) fn post(&self, actor: &Actor, address: &str, form: &str) -> Answer {
        let form = format!("csrf_token={}&{form}", testkit::desk::CSRF);
        self.ask(actor, form_request(address, form))
    }

    /// Posts JSON as a program does.
    pub(crate) fn sends(&self, actor: &Actor, address: &str, json: &str) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", testkit::desk::CSRF);
        self.ask(actor, request.body(Body::from(json.to_owned())).unwrap())
    }

    /// Posts a form with a token of its own making.
    pub(crate) fn forged(&self, actor: &Actor, address: &str, form: &str) -> Answer {
        self.ask(actor, form_request(address, format!("csrf_token=guessed&{form}")))
    }

    fn ask(&self, actor: &Actor, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.insert(header::HOST, "desk.example".parse().unwrap());
        if let Some(token) = &actor.token {
            headers.insert(header::COOKIE, format!("throughline={token}").parse().unwrap());
        }
        let endless = request.uri().path().starts_with("/live");
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            // A stream of events has no end; its notices carry no content by construction.
            let bytes = if endless && parts.status.is_success() {
                Vec::new()
            } else {
                body.collect().await.unwrap().to_bytes().to_vec()
            };
            Answer {
                status: parts.status,
                headers: format!("{:?}", parts.headers),
                body: String::from_utf8_lossy(&bytes).into_owned(),
            }
        })
    }
}

fn form_request(address: &str, form: String) -> Request<Body> {
    Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap()
}

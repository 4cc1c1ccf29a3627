//! Forms and JSON that came in: within a size, with the page's token, and with no field too many.

pub mod files;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use desk::idempotent::form_key;
use desk::{Act, DeskError};
use domain::event::Actor;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::refusal::Refused;
use crate::ui::field::{ONCE_FIELD, TOKEN_FIELD};
use crate::visitor::Visitor;

/// The longest form: a message with room to spare.
const MOST_BYTES: usize = 1024 * 1024;

/// The fields of a form whose token was right.
#[derive(Debug, Clone)]
pub struct Posted<T>(pub T);

/// A form that holds nothing but its token.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The same of a form that makes something: sent twice by mistake, it acts once.
#[derive(Debug, Clone)]
pub struct PostedOnce<T>(pub T, pub Once);

/// Tells one sending of a form from another. A form without the hidden field acts each time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Once(Option<String>);

impl Once {
    /// Acts as the visitor, unless the same form with the same content did so already; then the
    /// outcome of that time is given again.
    pub async fn act<T, F>(&self, app: &App, visitor: &Visitor, intention: F) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Act) -> Result<T, DeskError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let person = visitor.viewer.person;
        match &self.0 {
            Some(key) => app.desk.act_once(key, Some(person), &[], Actor::Person(person), intention).await,
            None => app.desk.act(Actor::Person(person), intention).await,
        }
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refused> {
        PostedOnce::from_request(request, app).await.map(|PostedOnce(fields, _)| Self(fields))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for PostedOnce<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        let csrf = request.extensions().get::<Visitor>().map(|visitor| visitor.csrf.clone());
        let path = request.uri().path().to_owned();
        let bytes = whole(request.into_body()).await?;
        let fields = serde_html_form::from_bytes(&bytes)
            .map_err(|_| Refused::Unreadable("The form could not be read.".to_owned()))?;
        let (read, once) = Pairs { fields, files: Vec::new() }.read(csrf.as_deref(), &path)?;
        Ok(Self(read, once))
    }
}

/// The fields of a form as they were sent.
#[derive(Debug, Default)]
struct Pairs {
    fields: Vec<(String, String)>,
    /// What tells the files that came with them from others.
    files: Vec<u8>,
}

impl Pairs {
    fn add(&mut self, name: String, value: String) {
        self.fields.push((name, value));
    }

    fn mark(&mut self, name: &str, content: &[u8; 32]) {
        self.files.extend_from_slice(content);
        self.files.extend_from_slice(name.as_bytes());
    }

    fn sent(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The form came from a page of ours; nobody signed in means that there is no token.
    fn prove(&self, csrf: Option<&str>) -> Result<(), Refused> {
        match csrf {
            Some(csrf) if !self.sent(TOKEN_FIELD).is_some_and(|sent| same(sent, csrf)) => {
                Err(Refused::Forged)
            }
            Some(_) | None => Ok(()),
        }
    }

    fn read<T: DeserializeOwned>(&self, csrf: Option<&str>, path: &str) -> Result<(T, Once), Refused> {
        self.prove(csrf)?;
        let own = |name: &str| name == TOKEN_FIELD || name == ONCE_FIELD;
        let rest: Vec<&(String, String)> = self.fields.iter().filter(|(name, _)| !own(name)).collect();
        let text =
            serde_html_form::to_string(&rest).map_err(|cause| Refused::Unreadable(cause.to_string()))?;
        let key = self.sent(ONCE_FIELD).map(|once| {
            let said = [format!("{path}?{text}").as_bytes(), &self.files].concat();
            form_key(once, &said)
        });
        let read =
            serde_html_form::from_str(&text).map_err(|cause| Refused::Unreadable(cause.to_string()))?;
        Ok((read, Once(key)))
    }
}

/// JSON from a program: signed in by cookie, it must also send the token in a header.
#[derive(Debug, Clone)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        let visitor = request.extensions().get::<Visitor>().ok_or(Refused::SignIn)?;
        prove_by_header(visitor, request.headers())?;
        let bytes = whole(request.into_body()).await?;
        serde_json::from_slice(&bytes).map(Sent).map_err(|cause| Refused::Unreadable(cause.to_string()))
    }
}

/// A request of a script of ours carries the page's token in a header.
pub fn prove_by_header(visitor: &Visitor, headers: &HeaderMap) -> Result<(), Refused> {
    let sent = headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    if sent.is_some_and(|sent| same(sent, &visitor.csrf)) { Ok(()) } else { Err(Refused::Forged) }
}

async fn whole(body: Body) -> Result<Bytes, Refused> {
    axum::body::to_bytes(body, MOST_BYTES).await.map_err(|_| Refused::TooLarge)
}

/// Equal, in a time that does not tell where they differ.
fn same(left: &str, right: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(left.as_bytes(), right.as_bytes()).into()
}

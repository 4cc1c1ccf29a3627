//! Forms and JSON that came in: within a size, with the page's token, and with no field too many.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::refusal::Refused;
use crate::ui::field::TOKEN_FIELD;
use crate::visitor::Visitor;

/// The longest form: a message with room to spare.
const MOST_BYTES: usize = 1024 * 1024;

/// The fields of a form whose token was right.
#[derive(Debug, Clone)]
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        let csrf = request.extensions().get::<Visitor>().map(|visitor| visitor.csrf.clone());
        let bytes = whole(request.into_body()).await?;
        let fields: Vec<(String, String)> = serde_html_form::from_bytes(&bytes)
            .map_err(|_| Refused::Unreadable("The form could not be read.".to_owned()))?;
        if let Some(csrf) = csrf {
            let sent = fields.iter().find(|(name, _)| name == TOKEN_FIELD).map(|(_, value)| value.as_str());
            if !sent.is_some_and(|sent| same(sent, &csrf)) {
                return Err(Refused::Forged);
            }
        }
        let rest: Vec<&(String, String)> = fields.iter().filter(|(name, _)| name != TOKEN_FIELD).collect();
        let text =
            serde_html_form::to_string(&rest).map_err(|cause| Refused::Unreadable(cause.to_string()))?;
        serde_html_form::from_str(&text).map(Posted).map_err(|cause| Refused::Unreadable(cause.to_string()))
    }
}

/// JSON from a program: signed in by cookie, it must also send the token in a header.
#[derive(Debug, Clone)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        let visitor = request.extensions().get::<Visitor>().ok_or(Refused::SignIn)?;
        let sent = request.headers().get("x-csrf-token").and_then(|value| value.to_str().ok());
        if !sent.is_some_and(|sent| same(sent, &visitor.csrf)) {
            return Err(Refused::Forged);
        }
        let bytes = whole(request.into_body()).await?;
        serde_json::from_slice(&bytes).map(Sent).map_err(|cause| Refused::Unreadable(cause.to_string()))
    }
}

async fn whole(body: Body) -> Result<Bytes, Refused> {
    axum::body::to_bytes(body, MOST_BYTES).await.map_err(|_| Refused::TooLarge)
}

/// Equal, in a time that does not tell where they differ.
fn same(left: &str, right: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(left.as_bytes(), right.as_bytes()).into()
}

//! The door of every route: where a request comes from, who sends it, and whether the route is theirs.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::App;
use crate::pages::part;
use crate::refusal::Refused;
use crate::routes::Right;
use crate::text::Locale;
use crate::visitor::{self, Visitor};

/// Lets a request through, with its [`Visitor`] when somebody is signed in.
pub async fn admit(State((app, right)): State<(App, Right)>, mut request: Request, next: Next) -> Response {
    let locale = Locale::choose(None, accepted_language(request.headers()));
    if !request.method().is_safe() && !is_from_here(request.headers()) {
        return Refused::Forged.answer(locale, None);
    }
    let visitor = match visitor::of(&app, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return Refused::from(error).answer(locale, None),
    };
    let Some(visitor) = visitor else {
        return if right == Right::Anybody { next.run(request).await } else { sign_in_first(&request) };
    };
    if !is_for(right, &visitor) {
        return Refused::NotFound.answer(visitor.reader.locale, Some(&visitor));
    }
    let locale = visitor.reader.locale;
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    match response.extensions().get::<Refused>() {
        Some(refused) => refused.answer(locale, Some(&visitor)),
        None => response,
    }
}

fn is_for(right: Right, visitor: &Visitor) -> bool {
    match right {
        Right::Anybody | Right::SignedIn | Right::Ticket => true,
        Right::Agent | Right::Unit => visitor.viewer.is_agent(),
        Right::Administrator => visitor.viewer.administrator,
    }
}

/// Pages lead to the sign-in page and back again; everything else is told so.
fn sign_in_first(request: &Request) -> Response {
    let wants_page = request.method() == Method::GET
        && !part::is_fetched(request.headers())
        && !request.uri().path().starts_with("/live");
    if request.uri().path().starts_with("/api/") {
        return Refused::SignIn.problem();
    }
    if !wants_page {
        return Refused::SignIn.answer(Locale::default(), None);
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let next = if path == "/" { String::new() } else { format!("?next={}", urlencode(path)) };
    Redirect::to(&format!("/sign-in{next}")).into_response()
}

/// Browsers say where a form came from. A request that says another place, or says nothing at all
/// while carrying a cookie, is not followed; programs send neither.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match (text("origin"), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) => {
            origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) == Some(host)
        }
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// The languages a browser asks for.
pub fn accepted_language(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok())
}

/// Only what may stand in a query unchanged stays unchanged.
pub fn urlencode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

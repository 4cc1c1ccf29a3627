//! Who is on the other side of a request, with their language and time.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use desk::DeskError;
use domain::event::Actor;
use domain::permission::Viewer;
use domain::preference::Preferences;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::text::Locale;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub viewer: Arc<Viewer>,
    pub name: String,
    pub email: Option<String>,
    /// They said that they are away.
    pub away: bool,
    pub reader: Reader,
    pub preferences: Preferences,
    /// How many notices on their board they have not read.
    pub unread: i64,
    /// Goes into every form, and comes back with it.
    pub csrf: String,
    /// What the cookie carried.
    pub token: String,
}

impl Visitor {
    /// Whether they want to hear nothing now.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let Reader { zone, now, .. } = &self.reader;
        self.preferences.quiet.is_some_and(|quiet| quiet.over_at(*now, zone).is_some())
    }
}

/// The name of the session's cookie. With TLS its prefix keeps other hosts from setting it.
#[must_use]
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-throughline" } else { "throughline" }
}

/// The visitor whose cookie a request carries, if it is still good.
pub async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Visitor>, DeskError> {
    let Some(token) = cookie(headers, cookie_name(app.options.secure)) else { return Ok(None) };
    let accepted = crate::guard::accepted_language(headers).map(str::to_owned);
    let looked = app
        .desk
        .look(move |look| {
            let Some(session) = desk::session::of(look, &token)? else { return Ok(None) };
            let Some(viewer) = store::access::viewer(look.tx, session.person)? else { return Ok(None) };
            let reader = Reader {
                locale: Locale::choose(Some(&session.language), accepted.as_deref()),
                zone: TimeZone::get(&session.time_zone).unwrap_or(TimeZone::UTC),
                now: look.now,
            };
            let unread = match session.unread_in_doubt {
                true => desk::notices::board::count(look, &viewer)?,
                false => session.unread,
            };
            let stale = look.now.duration_since(session.seen_at) >= desk::sign_in::SEEN_EVERY;
            let visitor = Visitor {
                viewer: Arc::new(viewer),
                name: session.name,
                email: session.email,
                away: session.away,
                reader,
                preferences: session.preferences,
                unread,
                csrf: session.csrf,
                token,
            };
            Ok(Some((visitor, stale)))
        })
        .await?;
    let Some((visitor, stale)) = looked else { return Ok(None) };
    if stale {
        keep(app.clone(), &visitor);
    }
    Ok(Some(visitor))
}

/// Writes down that the session is used; the page does not wait for it.
fn keep(app: App, visitor: &Visitor) {
    let (token, actor) = (visitor.token.clone(), Actor::Person(visitor.viewer.person));
    tokio::spawn(async move {
        if let Err(cause) = app.desk.act(actor, move |act| desk::sign_in::keep(act, &token)).await {
            tracing::warn!(%cause, "that a session is used could not be written down");
        }
    });
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(Refused::SignIn)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

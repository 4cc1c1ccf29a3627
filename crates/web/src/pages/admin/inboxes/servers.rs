//! The third step: by which servers mail comes and goes, and how we show them who we are.

pub mod page;
pub mod said;
#[cfg(test)]
mod tests;
pub mod typed;

use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use desk::inboxes::presets::{self, Preset};
use desk::inboxes::{Input, Protection};
use desk::{Act, Look};
use domain::id::InboxId;
use domain::permission::Viewer;
use store::inbox::Purpose;

use crate::app::App;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::shell::{self, Came, Done, Id, query_value};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::visitor::Visitor;

const FIELDS: &[&str] = &[
    "preset",
    "receive",
    "in_host",
    "in_port",
    "in_security",
    "in_name",
    "in_password",
    "in_inside",
    "in_root",
    "folder",
    "after_fetch",
    "move_to",
    "with_history",
    "authority",
    "checks",
    "send",
    "out_host",
    "out_port",
    "out_security",
    "out_signing",
    "out_name",
    "out_password",
    "out_inside",
    "out_root",
    "client",
    "client_secret",
    "tenant",
    "refresh_token",
    "authorize_url",
    "token_url",
    "scope",
];

/// Which secrets there are; what they are, no page knows.
#[derive(Debug, Clone)]
pub struct Known {
    id: i64,
    incoming_secret: bool,
    outgoing_secret: bool,
    /// Where a provider leads the browser back to.
    redirect_uri: Option<String>,
}

pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    uri: Uri,
    Id(id): Id,
) -> Result<Response, Refused> {
    let (input, known) = known(&app, id).await?;
    let preset = query_value(&uri, "preset").and_then(|key| presets::by_key(&key));
    let fields = typed::typed(&input, preset);
    Ok(page::page(&visitor, came, &input, &known, &fields, &Wrong::default()).into_response())
}

pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    let verb = move |act: &mut Act, by: &Viewer| {
        let mut look = Look { tx: &mut *act.tx, now: act.now, catalogue: act.catalogue.clone() };
        let before = Input::of(&mut look, InboxId(id))?;
        desk::inboxes::change(act, by, InboxId(id), &said::said(&typed, before)?)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(shell::done(&format!("/admin/inboxes/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let (input, known) = known(&app, id).await?;
            Ok(shell::answer(&wrong, page::page(&visitor, Came::default(), &input, &known, &fields, &wrong)))
        }
    }
}

async fn known(app: &App, id: i64) -> Result<(Input, Known), Refused> {
    let read = app.desk.look(move |look| {
        let input = Input::of(look, InboxId(id))?;
        let known = Known {
            id,
            incoming_secret: store::inbox::has_secret(look.tx, InboxId(id), Purpose::Incoming)?,
            outgoing_secret: store::inbox::has_secret(look.tx, InboxId(id), Purpose::Outgoing)?,
            redirect_uri: desk::inboxes::consent::redirect_uri(look)?,
        };
        Ok((input, known))
    });
    Ok(read.await?)
}

/// The provider that a form is about.
fn preset_of(fields: &Fields) -> Option<&'static Preset> {
    presets::by_key(fields.text("preset"))
}

fn wants_token(preset: Option<&Preset>) -> bool {
    preset.is_some_and(|preset| {
        matches!(preset.signing_in, presets::SigningIn::OAuth(_) | presets::SigningIn::OwnOAuth)
    })
}

/// How a connection is protected, in words.
pub fn protection(locale: Locale, protection: Protection) -> &'static str {
    match protection {
        Protection::Tls => t!(locale, "mail-tls"),
        Protection::StartTls => t!(locale, "mail-starttls"),
        Protection::Plain => t!(locale, "mail-plain"),
    }
}

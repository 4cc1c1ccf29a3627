//! What stands below somebody's mails: everywhere, and for each inbox of their units.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, signature};
use domain::event::Actor;
use domain::id::InboxId;
use maud::{Markup, html};
use serde::Deserialize;

use crate::app::App;
use crate::form::Posted;
use crate::markdown;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::said;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

/// One text and how it reads.
struct Own {
    inbox: Option<InboxId>,
    /// Where it stands; nothing for everywhere.
    name: String,
    text: String,
    reads: String,
    /// What the inbox adds below it.
    below: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Typed {
    /// 0 for everywhere.
    inbox: i64,
    text: String,
}

/// `GET /profile/signature`
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let own = read(&app, &visitor).await?;
    Ok(page(&visitor, &own, None).into_response())
}

/// `POST /profile/signature`
pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Refused> {
    let (viewer, sent) = (Arc::clone(&visitor.viewer), typed.clone());
    let saved = app.desk.act(Actor::Person(viewer.person), move |act| {
        let inbox = Some(InboxId(sent.inbox)).filter(|inbox| inbox.0 != 0);
        signature::save(act, &viewer, inbox, &sent.text)
    });
    match saved.await {
        Ok(()) => Ok(Redirect::to("/profile/signature").into_response()),
        Err(error @ DeskError::Invalid { .. }) => {
            let own = read(&app, &visitor).await?;
            let words = said::error(&visitor.reader, &error);
            let page = page(&visitor, &own, Some((&typed, &words)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(app: &App, visitor: &Visitor) -> Result<Vec<Own>, DeskError> {
    let viewer = Arc::clone(&visitor.viewer);
    app.desk
        .look(move |look| {
            let kept = store::signature::of(look.tx, viewer.person)?;
            let text = |inbox: Option<InboxId>| {
                kept.iter().find(|(of, _)| *of == inbox).map_or_else(String::new, |(_, text)| text.clone())
            };
            let unit = viewer.units.first().map_or("", |unit| look.catalogue.unit_name(*unit)).to_owned();
            let usual = text(None);
            let reads = signature::preview(look, &viewer, &unit, &usual)?;
            let mut all =
                vec![Own { inbox: None, name: String::new(), reads, text: usual, below: String::new() }];
            for inbox in store::inbox::all(look.tx)? {
                if inbox.ended_at.is_some() || !viewer.serves_in(inbox.unit) {
                    continue;
                }
                let own = text(Some(inbox.id));
                let unit = look.catalogue.unit_name(inbox.unit).to_owned();
                all.push(Own {
                    reads: signature::preview(look, &viewer, &unit, &own)?,
                    below: signature::preview(look, &viewer, &unit, &inbox.signature).unwrap_or_default(),
                    inbox: Some(inbox.id),
                    name: inbox.name,
                    text: own,
                });
            }
            Ok(all)
        })
        .await
}

fn page(visitor: &Visitor, own: &[Own], failed: Option<(&Typed, &str)>) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "signature-title");
    let content = html! {
        div.page-head { h1 { (title) } }
        p { (t!(locale, "signature-words")) }
        @for own in own {
            @let number = own.inbox.map_or(0, |inbox| inbox.0);
            @let failed = failed.filter(|(typed, _)| typed.inbox == number);
            @let name = if own.inbox.is_none() { t!(locale, "signature-everywhere").to_owned() } else { t!(locale, "signature-inbox", inbox = own.name.as_str()) };
            (panel::panel(&name, None, &form(visitor, own, number, failed)))
        }
    };
    let above = [Place::new(t!(locale, "place-profile"), "/profile")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Elsewhere) }, &content)
}

fn form(visitor: &Visitor, own: &Own, number: i64, failed: Option<(&Typed, &str)>) -> Markup {
    let locale = visitor.reader.locale;
    let place = format!("inbox-{number}");
    let text = Field {
        error: failed.map(|(_, words)| words),
        help: Some(t!(locale, "signature-help")),
        ..Field::new("text", t!(locale, "signature-text")).of(&place)
    };
    html! {
        form.stack method="post" action="/profile/signature" {
            (field::token(&visitor.csrf))
            input type="hidden" name="inbox" value=(number);
            (field::area(locale, &text.value(failed.map_or(own.text.as_str(), |(typed, _)| &typed.text)), 4))
            @if !own.reads.is_empty() || !own.below.is_empty() {
                div {
                    p.muted { (t!(locale, "signature-preview")) }
                    div.prose.composer-preview { (markdown::render(&own.reads)) (markdown::render(&own.below)) }
                }
            }
            div { (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "signature-save"))) }
        }
    }
}

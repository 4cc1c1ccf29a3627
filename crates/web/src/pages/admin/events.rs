//! The log of events by position, and whether its chain of hashes holds.

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{DeskError, Look};
use domain::permission::Viewer;
use maud::{Markup, html};
use store::StoreError;
use store::audit::Line;
use store::catalogue::Catalogue;

use super::fields::{Fields, Sent};
use super::shell::{self, Came, Part};
use crate::app::App;
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::flash::{Flash, Mood, flash};
use crate::ui::icon::Icon;
use crate::ui::navigation;
use crate::ui::table::{figures, table, words};
use crate::visitor::Visitor;

const A_PAGE: usize = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/events", Right::Administrator, get(list)),
        Route::post("/admin/events/verify", Right::Administrator, post(verify)),
    ]
}

/// A line, with the ticket's number when the viewer may read that ticket from the inside.
pub struct Shown {
    line: Line,
    ticket: Option<i64>,
    subject: Option<String>,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let before = shell::query_value(&uri, "before").and_then(|text| text.parse().ok()).unwrap_or(i64::MAX);
    Ok(page(&app, &visitor, before, None).await?.into_response())
}

async fn verify(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    let locale = visitor.reader.locale;
    let (mood, words) = match app.desk.study(|look| Ok(store::event::verify(look.tx)?)).await {
        Ok(count) => (Mood::Done, t!(locale, "admin-chain-holds", count = format::number(locale, count))),
        Err(DeskError::Store(StoreError::Chain { position })) => {
            (Mood::Failed, t!(locale, "admin-chain-broken", position = position.to_string()))
        }
        Err(other) => return Err(other.into()),
    };
    let said = flash(locale, &Flash { mood, words: &words });
    Ok(page(&app, &visitor, i64::MAX, Some(&said)).await?.into_response())
}

async fn page(app: &App, visitor: &Visitor, before: i64, said: Option<&Markup>) -> Result<Markup, Refused> {
    let locale = visitor.reader.locale;
    let viewer = Arc::clone(&visitor.viewer);
    let mut lines = app
        .desk
        .look(move |look| {
            let lines = store::audit::before(look.tx, before, A_PAGE as i64 + 1)?;
            lines.into_iter().map(|line| seen(look, &viewer, line)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let more = lines.len() > A_PAGE;
    lines.truncate(A_PAGE);
    let older = lines.last().filter(|_| more).map(|last| format!("?before={}", last.line.position));
    let newest = (before < i64::MAX).then_some("/admin/events");
    let check = button::post(
        Weight::Secondary,
        Some(Icon::Link),
        t!(locale, "admin-chain-check"),
        "/admin/events/verify",
        &visitor.csrf,
    );
    let content = html! {
        (shell::head(t!(locale, "admin-events"), Some(&check)))
        @if let Some(said) = said { (said) }
        p.muted.lead { (t!(locale, "admin-events-words")) }
        (lines_table(&visitor.reader, &lines))
        (navigation::pages(locale, newest, older.as_deref()))
    };
    Ok(shell::part(visitor, Part::Events, &Came::default(), &content))
}

/// Adds what the viewer may know: of tickets only those they may read from the inside, so that the
/// log tells nobody what happens behind their own ticket.
pub fn seen(look: &mut Look, viewer: &Viewer, line: Line) -> Result<Shown, DeskError> {
    let ticket = match line.ticket {
        None => None,
        Some(ticket) => store::access::by_id(look.tx, viewer, ticket, look.now)?
            .and_then(store::access::Seen::read_inside)
            .map(|granted| granted.number),
    };
    let subject = match line.subject_kind.as_str() {
        "person" => store::person::by_id(look.tx, domain::id::PersonId(line.subject))?.map(|own| own.name),
        "organisation" => {
            store::organisation::by_id(look.tx, domain::id::OrganisationId(line.subject))?.map(|own| own.name)
        }
        "inbox" => store::inbox::by_id(look.tx, domain::id::InboxId(line.subject))?.map(|own| own.name),
        _ => named(&look.catalogue, &line),
    };
    Ok(Shown { line, ticket, subject })
}

fn named(catalogue: &Catalogue, line: &Line) -> Option<String> {
    use domain::id::{AgreementId, CalendarId, ServiceId, StatusId, UnitId};
    let id = line.subject;
    match line.subject_kind.as_str() {
        "unit" => catalogue.units.get(&UnitId(id)).map(|own| own.name.clone()),
        "service" => catalogue.services.get(&ServiceId(id)).map(|own| own.name.clone()),
        "status" => catalogue.status(StatusId(id)).map(|own| own.name.clone()),
        "calendar" => catalogue.calendars.get(&CalendarId(id)).map(|own| own.name.clone()),
        "agreement" => {
            catalogue.agreements.iter().find(|own| own.id == AgreementId(id)).map(|own| own.name.clone())
        }
        _ => None,
    }
}

pub fn lines_table(reader: &Reader, lines: &[Shown]) -> Markup {
    let locale = reader.locale;
    let columns = [
        figures(t!(locale, "admin-position")),
        words(t!(locale, "admin-when")),
        words(t!(locale, "admin-actor")),
        words(t!(locale, "admin-what")),
        words(t!(locale, "admin-about")),
        words(t!(locale, "admin-says")),
    ];
    let rows: Vec<Vec<Markup>> = lines.iter().map(|shown| row(reader, shown)).collect();
    table(t!(locale, "admin-events"), &columns, &rows)
}

fn row(reader: &Reader, shown: &Shown) -> Vec<Markup> {
    let locale = reader.locale;
    let line = &shown.line;
    let withheld = line.ticket.is_some() && shown.ticket.is_none();
    let hidden = || html! { span.muted { (t!(locale, "admin-withheld")) } };
    vec![
        html! { (line.position) },
        format::moment(reader, line.at),
        if withheld { hidden() } else { actor(locale, line) },
        if withheld {
            hidden()
        } else {
            html! { (line.kind.replace('_', " ")) }
        },
        about(locale, shown),
        html! { span.small.muted { (fields_of(line)) } },
    ]
}

fn actor(locale: Locale, line: &Line) -> Markup {
    match (&line.actor, line.actor_kind.as_str()) {
        (Some((id, name)), _) => html! { a href={ "/admin/people/" (id) } { (name) } },
        (None, "import") => html! { (t!(locale, "admin-actor-import")) },
        (None, _) => html! { (t!(locale, "admin-actor-desk")) },
    }
}

fn about(locale: Locale, shown: &Shown) -> Markup {
    let line = &shown.line;
    if line.ticket.is_some() {
        return match shown.ticket {
            Some(number) => html! { a href={ "/tickets/" (number) } { "#" (number) } },
            None => html! { (t!(locale, "admin-ticket")) },
        };
    }
    let (part, kind) = match line.subject_kind.as_str() {
        "person" => ("people", t!(locale, "admin-about-person")),
        "organisation" => ("organisations", t!(locale, "admin-about-organisation")),
        "unit" => ("units", t!(locale, "admin-about-unit")),
        "service" => ("services", t!(locale, "admin-about-service")),
        "calendar" => ("calendars", t!(locale, "admin-about-calendar")),
        "agreement" => ("agreements", t!(locale, "admin-about-agreement")),
        "inbox" => ("inboxes", t!(locale, "mail-about-inbox")),
        // Whose it is and how it is called is its owner's to tell.
        "view" => return html! { (t!(locale, "views-about")) },
        _ => return html! { (t!(locale, "admin-about-desk")) },
    };
    html! {
        (kind) " "
        a href={ "/admin/" (part) "/" (line.subject) } { (shown.subject.as_deref().unwrap_or("–")) }
    }
}

/// The fields that a change touched, by name; values are not told here.
fn fields_of(line: &Line) -> String {
    let payload: serde_json::Value = serde_json::from_str(&line.payload).unwrap_or_default();
    let fields = payload.get("fields").and_then(serde_json::Value::as_array);
    let names: Vec<&str> = fields.into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
    names.join(", ").replace('_', " ")
}

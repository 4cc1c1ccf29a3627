//! Tickets that are opened later, once or again and again: for whoever serves in the unit of their service.

mod form;

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::recurring;
use desk::{Act, DeskError};
use domain::custom::{Custom, Of};
use domain::id::{RecurringId, ServiceId};
use domain::permission::Viewer;
use domain::recurrence::{Coming, Stop};
use domain::ticket::Kind;
use maud::{Markup, html};
use store::catalogue::{Catalogue, Offer};
use store::recurring::Recurring;

use self::form::{Around, Form, NAMES, filled_in, input, rule_words};
use super::admin::fields::{Fields, Sent, Wrong};
use super::admin::shell::{self, Came, Done, Id};
use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::custom::{self as inputs, Filled};
use crate::ui::field;
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

const RUNS: usize = 5;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/recurring", Right::Agent, get(list)),
        Route::get("/recurring/new", Right::Agent, get(new)),
        Route::post("/recurring/new", Right::Agent, post(create)),
        Route::get("/recurring/{recurring}", Right::Agent, get(open)),
        Route::post("/recurring/{recurring}", Right::Agent, post(change)),
        Route::post("/recurring/{recurring}/pause", Right::Agent, post(pause)),
        Route::post("/recurring/{recurring}/removal", Right::Agent, post(removal)),
    ]
}

/// The services of units that somebody serves in, by name.
fn served<'a>(catalogue: &'a Catalogue, viewer: &Viewer) -> Vec<&'a Offer> {
    let mut offers: Vec<&Offer> = catalogue
        .services
        .values()
        .filter(|offer| offer.ended_at.is_none() && viewer.serves_in(offer.service.unit))
        .collect();
    offers.sort_by_key(|offer| (offer.name.to_lowercase(), offer.service.id));
    offers
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let looked = app.desk.look(move |look| {
        let catalogue = Arc::clone(&look.catalogue);
        let mut found: Vec<(String, Vec<Recurring>)> = Vec::new();
        for offer in served(&catalogue, &viewer) {
            let all = store::recurring::of_service(look.tx, offer.service.id)?;
            found.push((offer.name.clone(), all));
        }
        Ok((found, catalogue))
    });
    let (found, catalogue) = looked.await?;
    let locale = visitor.reader.locale;
    let is_empty = found.iter().all(|(_, all)| all.is_empty());
    let content = html! {
        (shell::head(t!(locale, "recurring"), None))
        p.muted { (t!(locale, "recurring-words")) }
        @if is_empty { (panel::panel(t!(locale, "recurring"), None, &panel::empty(Icon::Calendar, t!(locale, "recurring-none"), t!(locale, "recurring-none-words"), None))) }
        @for (service, all) in &found {
            @if !all.is_empty() {
                (panel::panel(service, None, &html! { ul.plain { @for one in all { li { (line(&visitor, one)) } } } }))
            }
        }
        (panel::panel(t!(locale, "recurring-new"), None, &html! {
            ul.plain {
                @for offer in served(&catalogue, &visitor.viewer) {
                    li { a href={ "/recurring/new?service=" (offer.service.id) } { (offer.name) } }
                }
            }
        }))
    };
    Ok(framed(&visitor, t!(locale, "recurring"), &came, &content).into_response())
}

fn line(visitor: &Visitor, one: &Recurring) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    html! {
        a href={ "/recurring/" (one.id) } { (one.subject) } " "
        span.muted {
            (rule_words(locale, &one.recurrence.rule)) " · "
            @match (one.paused, one.next_at) {
                (true, _) => (t!(locale, "recurring-paused")),
                (false, Some(at)) => (t!(locale, "recurring-next", time = format::absolute(reader, at))),
                (false, None) => (t!(locale, "recurring-over")),
            }
        }
    }
}

async fn new(
    State(app): State<App>,
    visitor: Visitor,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let id = shell::query_value(&uri, "service").and_then(|id| id.parse().ok()).map(ServiceId);
    let Some(id) = id else { return Ok(Redirect::to("/recurring").into_response()) };
    let around = around(&app, &visitor, id).await?;
    let today = visitor.reader.local(visitor.reader.now).date();
    let blank = Fields::default()
        .with("kind", Kind::Request.as_str())
        .with("rule", "weekly")
        .with("days", "1")
        .with("day", "1")
        .with("at", "08:00")
        .with("first", today.to_string())
        .with("off_days", "anyway")
        .with("zone", visitor.reader.zone.iana_name().unwrap_or("UTC"));
    let state = Form { fields: &blank, filled: &Filled::default(), wrong: &Wrong::default() };
    Ok(page(&visitor, &around, None, &Came::default(), &state).into_response())
}

async fn around(app: &App, visitor: &Visitor, service: ServiceId) -> Result<Around, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let looked = app.desk.look(move |look| {
        let offers = served(&look.catalogue, &viewer);
        let offer = offers.into_iter().find(|offer| offer.service.id == service);
        let offer = offer.cloned().ok_or(DeskError::NotFound)?;
        let is_asked = |custom: &&Custom| !custom.ended && custom.is_for(Of::Ticket, Some(service));
        let customs = look.catalogue.customs.iter().filter(is_asked).cloned().collect();
        let calendars = recurring::calendars(&look.catalogue, service);
        Ok(Around { offer, customs, calendars, catalogue: Arc::clone(&look.catalogue) })
    });
    Ok(looked.await?)
}

/// The form's own fields, and those that administrators defined.
fn split(PostedPairs(pairs, once): PostedPairs) -> Result<(Fields, Filled), Refused> {
    let filled = Filled::sent(&pairs);
    let own = pairs.into_iter().filter(|(name, _)| !name.starts_with(inputs::PREFIX)).collect();
    Ok((Fields::read(crate::form::PostedOnce(own, once), NAMES)?, filled))
}

struct PostedPairs(Vec<(String, String)>, crate::form::Once);

fn posted(sent: Sent) -> PostedPairs {
    PostedPairs(sent.0, sent.1)
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let (fields, filled) = split(posted(sent))?;
    let service = ServiceId(fields.whole("service")?);
    let around = around(&app, &visitor, service).await?;
    let saved = match input(&fields, &filled, service) {
        Ok(input) => {
            shell::make(&app, &visitor, &fields, move |act, viewer| recurring::save(act, viewer, &input))
                .await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(id) => Ok(shell::done(&format!("/recurring/{id}"), Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let state = Form { fields: &fields, filled: &filled, wrong: &wrong };
            Ok(shell::answer(&wrong, page(&visitor, &around, None, &Came::default(), &state)))
        }
    }
}

async fn known(app: &App, visitor: &Visitor, id: i64) -> Result<(Recurring, String), Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let looked = app.desk.look(move |look| {
        let one = store::recurring::by_id(look.tx, RecurringId(id))?.ok_or(DeskError::NotFound)?;
        let unit = look.catalogue.service(one.service).map(|service| service.unit);
        if !unit.is_some_and(|unit| viewer.serves_in(unit)) {
            return Err(DeskError::NotFound);
        }
        let requester = store::person::by_id(look.tx, one.requester)?.and_then(|person| person.email);
        Ok((one, requester.unwrap_or_default()))
    });
    Ok(looked.await?)
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let (one, requester) = known(&app, &visitor, id).await?;
    let around = around(&app, &visitor, one.service).await?;
    let fields = filled_in(&one, &requester);
    let typed = serde_json::from_str(&one.fields).unwrap_or_default();
    let filled = Filled { typed, wrong: Vec::new() };
    let state = Form { fields: &fields, filled: &filled, wrong: &Wrong::default() };
    Ok(page(&visitor, &around, Some(&one), &came, &state).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let (fields, filled) = split(posted(sent))?;
    let (one, _) = known(&app, &visitor, id).await?;
    let changed = match input(&fields, &filled, one.service) {
        Ok(input) => {
            let verb =
                move |act: &mut Act, viewer: &Viewer| recurring::change(act, viewer, RecurringId(id), &input);
            shell::act(&app, &visitor, verb).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(shell::done(&format!("/recurring/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let around = around(&app, &visitor, one.service).await?;
            let state = Form { fields: &fields, filled: &filled, wrong: &wrong };
            Ok(shell::answer(&wrong, page(&visitor, &around, Some(&one), &Came::default(), &state)))
        }
    }
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    paused: String,
}

async fn pause(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Pause { paused }): Posted<Pause>,
) -> Result<Response, Refused> {
    let paused = paused == "yes";
    shell::act(&app, &visitor, move |act, viewer| recurring::pause(act, viewer, RecurringId(id), paused))
        .await?;
    Ok(shell::done(&format!("/recurring/{id}"), Done::Saved))
}

async fn removal(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    shell::act(&app, &visitor, move |act, viewer| recurring::remove(act, viewer, RecurringId(id))).await?;
    Ok(shell::done("/recurring", Done::Deleted))
}

fn page(
    visitor: &Visitor,
    around: &Around,
    one: Option<&Recurring>,
    came: &Came,
    state: &Form<'_>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = one.map_or(t!(locale, "recurring-new"), |one| one.subject.as_str());
    let form = html! {
        input type="hidden" name="service" value=(around.offer.service.id);
        (form::form(locale, around, state))
    };
    let written = match one {
        None => shell::making(visitor, "/recurring/new", state.wrong, t!(locale, "admin-add"), &form),
        Some(one) => shell::form(
            visitor,
            &format!("/recurring/{}", one.id),
            state.wrong,
            t!(locale, "admin-save"),
            &form,
        ),
    };
    let content = html! {
        (shell::head(title, None))
        p.muted { (t!(locale, "recurring-for", service = around.offer.name.as_str())) }
        div.columns {
            div.stack { (panel::panel(t!(locale, "recurring-what"), None, &written)) }
            @if let Some(one) = one { div.stack { (standing(visitor, &around.catalogue, one)) } }
        }
    };
    framed(visitor, title, came, &content)
}

/// Why it was paused by itself, and what to do.
fn stop(locale: Locale, stop: Stop) -> &'static str {
    match stop {
        Stop::MakerGone => t!(locale, "recurring-stop-maker-gone"),
        Stop::MakerServesElsewhere => t!(locale, "recurring-stop-maker-elsewhere"),
        Stop::ServiceNotOffered => t!(locale, "recurring-stop-service"),
        Stop::RequesterGone => t!(locale, "recurring-stop-requester"),
        Stop::FieldWrong => t!(locale, "recurring-stop-field"),
        Stop::Other => t!(locale, "recurring-stop-other"),
    }
}

/// When it opens next, what it opened last, and stopping it.
fn standing(visitor: &Visitor, catalogue: &Catalogue, one: &Recurring) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let runs = recurring::following(catalogue, &one.recurrence, reader.now, RUNS);
    let address = format!("/recurring/{}", one.id);
    let content = html! {
        @if let Some(failed) = &one.failed { p.field-error role="alert" { (t!(locale, "recurring-failed")) " " (stop(locale, *failed)) } }
        @else if one.paused { p { (t!(locale, "recurring-paused")) } }
        @if !one.paused {
            @if runs.is_empty() { p { (t!(locale, "recurring-over")) } }
            @else { ul.plain aria-label=(t!(locale, "recurring-runs")) { @for coming in &runs { li { (run(reader, coming)) } } } }
        }
        p.muted { (t!(locale, "recurring-missed")) }
        @if let Some((number, at)) = &one.last {
            p { (t!(locale, "recurring-last")) " " a href={ "/tickets/" (number) } { "#" (number) } " " span.muted { (format::absolute(reader, *at)) } }
        }
        div.buttons {
            form method="post" action={ (address) "/pause" } {
                (field::token(&visitor.csrf))
                input type="hidden" name="paused" value=(if one.paused { "no" } else { "yes" });
                (button::submit(Weight::Secondary, Some(Icon::Pause), if one.paused { t!(locale, "recurring-resume") } else { t!(locale, "recurring-pause") }))
            }
            form method="post" action={ (address) "/removal" } {
                (field::token(&visitor.csrf))
                (button::submit(Weight::Quiet, Some(Icon::Cross), t!(locale, "recurring-remove")))
            }
        }
    };
    panel::panel(t!(locale, "recurring-runs"), None, &content)
}

/// A time, and the day in whose place it comes.
fn run(reader: &Reader, coming: &Coming) -> Markup {
    html! {
        (format::absolute(reader, coming.at))
        @if coming.of != coming.on { " " span.muted { (t!(reader.locale, "recurring-instead", day = coming.of.to_string())) } }
    }
}

fn framed(visitor: &Visitor, title: &str, came: &Came, content: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    let above =
        [Place::new(t!(locale, "place-work"), "/"), Place::new(t!(locale, "recurring"), "/recurring")];
    let above = if title == t!(locale, "recurring") { &above[..1] } else { &above[..] };
    let flash = came.words(locale).map(|words| Flash { mood: Mood::Done, words });
    frame::show(visitor, &Frame { above, flash, ..Frame::new(title, Here::Work) }, content)
}

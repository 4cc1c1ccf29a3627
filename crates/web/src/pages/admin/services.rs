//! Services: the list, adding, changing and ending one, with its usual plan.

pub mod page;
pub mod plan_rows;

pub use page::chooser;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::services::{Input, Saved};
use desk::{Act, DeskError, Problem};
use domain::id::{ServiceId, UnitId};
use domain::permission::Viewer;
use domain::priority::{Level, Matrix, Priority};
use domain::service::Audience;
use maud::{Markup, html};
use store::catalogue::{Catalogue, Offer};

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use super::units::catalogue;
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

const FIELDS: &[&str] = &[
    "name",
    "summary",
    "unit",
    "internal",
    "connected",
    "external",
    "captive",
    "confidential",
    "finishing_allowance",
    "matrix",
    "reopen_days",
    "close_days",
    "neutral_unit",
    "plan_form",
    "plan",
    "plan_stage",
    "plan_does",
    "plan_unit",
    "plan_hours",
    "plan_calendar",
];

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/services", Right::Administrator, get(list)),
        Route::get("/admin/services/new", Right::Administrator, get(new)),
        Route::post("/admin/services/new", Right::Administrator, post(create)),
        Route::get("/admin/services/{service}", Right::Administrator, get(open)),
        Route::post("/admin/services/{service}", Right::Administrator, post(change)),
        Route::post("/admin/services/{service}/end", Right::Administrator, post(end)),
    ]
}

/// The living services as id and name, by name.
pub fn named(catalogue: &Catalogue) -> Vec<(String, String)> {
    let living = catalogue.services.values().filter(|offer| offer.ended_at.is_none());
    let mut named: Vec<(String, String)> =
        living.map(|offer| (offer.service.id.to_string(), offer.name.clone())).collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let catalogue = catalogue(&app).await?;
    let add = button::link(
        Weight::Primary,
        Some(Icon::Plus),
        t!(locale, "admin-service-new"),
        "/admin/services/new",
    );
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-provider")),
        words(t!(locale, "admin-audience")),
        words(t!(locale, "admin-agreements")),
        words(t!(locale, "admin-plan")),
    ];
    let mut offers: Vec<&Offer> = catalogue.services.values().collect();
    offers.sort_by_cached_key(|offer| (offer.ended_at.is_some(), offer.name.to_lowercase()));
    let rows: Vec<Vec<Markup>> = offers.into_iter().map(|offer| row(locale, &catalogue, offer)).collect();
    let content = html! {
        (shell::head(t!(locale, "admin-services"), Some(&add)))
        @if rows.is_empty() {
            (panel::panel(t!(locale, "admin-services"), None, &panel::empty(Icon::Service, t!(locale, "admin-services-none"), t!(locale, "admin-services-none-words"), None)))
        } @else {
            (table(t!(locale, "admin-services"), &columns, &rows))
        }
    };
    Ok(shell::part(&visitor, Part::Services, &came, &content).into_response())
}

fn row(locale: Locale, catalogue: &Catalogue, offer: &Offer) -> Vec<Markup> {
    let agreements = catalogue
        .agreements
        .iter()
        .filter(|own| own.service == offer.service.id && own.valid_until.is_none())
        .count();
    vec![
        html! {
            a href={ "/admin/services/" (offer.service.id) } { (offer.name) }
            @if offer.ended_at.is_some() { " " (badge::badge(Tone::Quiet, None, t!(locale, "admin-ended"))) }
            @if offer.service.confidential { " " (badge::badge(Tone::Waiting, Some(Icon::Lock), t!(locale, "admin-confidential-short"))) }
            @if offer.service.captive { " " (badge::badge(Tone::Quiet, None, t!(locale, "admin-captive-short"))) }
        },
        html! { a href={ "/admin/units/" (offer.service.unit) } { (catalogue.unit_name(offer.service.unit)) } },
        html! {
            @if offer.ended_at.is_none() && offer.service.audience == Audience::default() { (badge::badge(Tone::Soon, Some(Icon::Warning), t!(locale, "admin-audience-nobody-short"))) }
            @else { (audience_names(locale, offer.service.audience)) }
        },
        html! {
            @if agreements == 0 && offer.ended_at.is_none() { (badge::badge(Tone::Soon, None, t!(locale, "admin-agreement-none"))) }
            @else { a href={ "/admin/agreements#service-" (offer.service.id) } { (agreements) } }
        },
        html! { (if offer.plan.is_some() { t!(locale, "admin-yes") } else { t!(locale, "admin-no") }) },
    ]
}

/// "internal, external": to whom it is offered.
pub fn audience_names(locale: Locale, audience: Audience) -> String {
    let classes = [
        (audience.internal, t!(locale, "admin-class-internal")),
        (audience.connected, t!(locale, "admin-class-connected")),
        (audience.external, t!(locale, "admin-class-external")),
    ];
    classes.into_iter().filter(|(offered, _)| *offered).map(|(_, name)| name).collect::<Vec<_>>().join(", ")
}

async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let catalogue = catalogue(&app).await?;
    let fields = typed(&Input::named("", UnitId(0)));
    Ok(page::page(&visitor, Came::default(), &catalogue, None, &fields, &Wrong::default()).into_response())
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let catalogue = catalogue(&app).await?;
    let offer = catalogue.services.get(&ServiceId(id)).ok_or(Refused::NotFound)?;
    let fields = typed(&said(offer));
    Ok(page::page(&visitor, came, &catalogue, Some(offer), &fields, &Wrong::default()).into_response())
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    let verb = move |act: &mut Act, by: &Viewer| desk::services::create(act, by, &input(&typed)?);
    follow(&app, &visitor, None, &fields, shell::make(&app, &visitor, &fields, verb).await).await
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    let verb =
        move |act: &mut Act, by: &Viewer| desk::services::change(act, by, ServiceId(id), &input(&typed)?);
    follow(&app, &visitor, Some(id), &fields, shell::act(&app, &visitor, verb).await).await
}

async fn end(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    shell::act(&app, &visitor, move |act, by| desk::services::end(act, by, ServiceId(id))).await?;
    Ok(shell::done("/admin/services", Done::Ended))
}

async fn follow(
    app: &App,
    visitor: &Visitor,
    id: Option<i64>,
    fields: &Fields,
    saved: Result<Saved, DeskError>,
) -> Result<Response, Refused> {
    match saved {
        Ok(saved) => {
            let added = if id.is_none() { Done::Added } else { Done::Saved };
            let done = if saved.visible_to_nobody { Done::ForNobody } else { added };
            Ok(shell::done(&format!("/admin/services/{}", saved.id), done))
        }
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let catalogue = catalogue(app).await?;
            let offer = id.and_then(|id| catalogue.services.get(&ServiceId(id)));
            Ok(shell::answer(&wrong, page::page(visitor, Came::default(), &catalogue, offer, fields, &wrong)))
        }
    }
}

fn said(offer: &Offer) -> Input {
    let service = &offer.service;
    Input {
        name: offer.name.clone(),
        summary: offer.summary.clone(),
        unit: service.unit,
        audience: service.audience,
        captive: service.captive,
        confidential: service.confidential,
        finishing_allowance: service.finishing_allowance,
        matrix: service.matrix,
        reopen_days: service.reopen_days,
        close_days: service.close_days,
        neutral_unit: service.neutral_owner,
        plan: offer.plan.clone(),
    }
}

/// A service as the form shows it.
fn typed(input: &Input) -> Fields {
    let mut fields = Fields::default()
        .with("name", input.name.as_str())
        .with("summary", input.summary.as_str())
        .with("unit", input.unit.to_string())
        .ticked_when("internal", input.audience.internal)
        .ticked_when("connected", input.audience.connected)
        .ticked_when("external", input.audience.external)
        .ticked_when("captive", input.captive)
        .ticked_when("confidential", input.confidential)
        .with("finishing_allowance", super::duration::written(input.finishing_allowance))
        .with("reopen_days", input.reopen_days.to_string())
        .with("close_days", input.close_days.to_string())
        .with("neutral_unit", input.neutral_unit.map(|unit| unit.to_string()).unwrap_or_default());
    for priority in input.matrix.0.as_flattened() {
        fields = fields.with("matrix", priority.number().to_string());
    }
    plan_rows::show(fields, input.plan.as_deref())
}

fn input(fields: &Fields) -> Result<Input, DeskError> {
    Ok(Input {
        name: fields.text("name").to_owned(),
        summary: fields.text("summary").to_owned(),
        unit: UnitId(fields.needed_id("unit")?),
        audience: audience(fields),
        captive: fields.ticked("captive"),
        confidential: fields.ticked("confidential"),
        finishing_allowance: super::duration::read(
            "finishing_allowance",
            fields.some("finishing_allowance").as_deref().unwrap_or("0"),
        )?,
        matrix: matrix(fields)?,
        reopen_days: fields.whole("reopen_days")?,
        close_days: fields.whole("close_days")?,
        neutral_unit: fields.id("neutral_unit")?.map(UnitId),
        plan: plan_rows::read(fields)?,
    })
}

fn audience(fields: &Fields) -> Audience {
    Audience {
        internal: fields.ticked("internal"),
        connected: fields.ticked("connected"),
        external: fields.ticked("external"),
    }
}

/// Nine choices, impact by impact, each from high urgency to low.
fn matrix(fields: &Fields) -> Result<Matrix, DeskError> {
    let wrong = || DeskError::invalid("matrix", Problem::MatrixIncomplete);
    let chosen: Vec<Priority> = fields
        .all("matrix")
        .map(|text| {
            text.parse::<u8>().ok().and_then(|number| Priority::try_from(number).ok()).ok_or_else(wrong)
        })
        .collect::<Result<_, _>>()?;
    let [a, b, c, d, e, f, g, h, i] = chosen.try_into().map_err(|_| wrong())?;
    Ok(Matrix([[a, b, c], [d, e, f], [g, h, i]]))
}

fn level_name(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::High => t!(locale, "admin-level-high"),
        Level::Medium => t!(locale, "admin-level-medium"),
        Level::Low => t!(locale, "admin-level-low"),
    }
}

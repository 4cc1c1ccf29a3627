//! Rules: the list in order with what became of each, making and changing one, the dry run, and why on a ticket.

mod fields;
mod form;
mod said;
mod why;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::rules::dry::{self, Dry};
use desk::rules::set_up;
use desk::{Act, DeskError};
use domain::custom::Custom;
use domain::event::Actor;
use domain::id::{PersonId, RuleId};
use domain::permission::Viewer;
use domain::place::Step;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::rule::{Counts, Rule};

use self::fields::Fields;
use super::admin::shell::{self, Part};
use super::frame::{self, Frame, Here};
use super::statuses::Supplier;
use crate::app::App;
use crate::form::Posted;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said::action::Named;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::ui::table::{figures, table, words};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let right = Right::Agent;
    vec![
        Route::get("/rules", right, get(list)),
        Route::get("/rules/new", right, get(new)),
        Route::post("/rules/new", right, post(make)),
        Route::get("/rules/{rule}", right, get(open)),
        Route::post("/rules/{rule}", right, post(change)),
        Route::post("/rules/{rule}/state", right, post(state)),
        Route::get("/tickets/{number}/rules", Right::Ticket, get(why::show)),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Came {
    done: Option<String>,
}

/// What the pages call by name.
struct Known {
    rules: Vec<Rule>,
    counts: BTreeMap<RuleId, Counts>,
    people: Vec<(PersonId, String)>,
    suppliers: Vec<Supplier>,
    /// Fields of one's own that the visitor may know of.
    customs: Vec<Custom>,
    catalogue: Arc<Catalogue>,
}

/// `GET /rules`
async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(came): Query<Came>,
) -> Result<Response, Refused> {
    let known = known(&app, &visitor).await?;
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "rule")),
        words(t!(locale, "rule-when")),
        words(t!(locale, "rule-does")),
        figures(t!(locale, "rule-acted")),
        words(t!(locale, "rule-state")),
        words(t!(locale, "rule-order")),
    ];
    let rows: Vec<Vec<Markup>> =
        known.rules.iter().enumerate().map(|(at, rule)| row(&visitor, &known, at, rule)).collect();
    let add = button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "rule-new"), "/rules/new");
    let content = html! {
        header.page-head { div { h1 { (t!(locale, "rules")) } p.muted { (t!(locale, "rules-words")) } } div.buttons { (add) } }
        @if rows.is_empty() {
            (panel::empty(Icon::Bolt, t!(locale, "rules-none"), t!(locale, "rules-none-words"), None))
        } @else { (table(t!(locale, "rules"), &columns, &rows)) }
    };
    let flash = came.done.is_some().then_some(Flash { mood: Mood::Done, words: t!(locale, "rule-done") });
    Ok(show(&visitor, Frame { flash, ..Frame::new(t!(locale, "rules"), Here::Work) }, &content)
        .into_response())
}

/// Administrators find the rules beside the rest of the set-up.
fn show(visitor: &Visitor, frame: Frame<'_>, content: &Markup) -> Markup {
    if !visitor.viewer.administrator {
        return frame::show(visitor, &frame, content);
    }
    let side = shell::side(visitor.reader.locale, Part::Rules);
    frame::show(visitor, &Frame { side: Some(&side), here: Here::Setup, ..frame }, content)
}

fn row(visitor: &Visitor, known: &Known, at: usize, rule: &Rule) -> Vec<Markup> {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let counts = known.counts.get(&rule.id).copied().unwrap_or_default();
    let unit = rule.unit.map_or(t!(locale, "rule-everybody"), |unit| known.catalogue.unit_name(unit));
    let named = Named { catalogue: &known.catalogue, people: &known.people };
    let step = |words, value| step(visitor, rule, words, value);
    vec![
        html! { a href={ "/rules/" (rule.id) } { (rule.name) } br; span.muted { (unit) } },
        html! { (said::when(locale, rule.when)) br; (fits(locale, rule)) },
        html! { ul.plain { @for what in said::does(locale, &named, &rule.actions) { li { (what) } } } },
        html! { (counts.acted) @if counts.refused > 0 { br; span.muted { (t!(locale, "rule-refused", count = counts.refused)) } } },
        html! {
            @if counts.looped_at.is_some() { (badge::badge(Tone::Bad, Some(Icon::Warning), t!(locale, "rule-looped"))) " " }
            @if rule.paused_at.is_some() { (badge::badge(Tone::Quiet, Some(Icon::Pause), t!(locale, "rule-paused"))) }
            @else { (badge::badge(Tone::Good, Some(Icon::Check), t!(locale, "rule-active"))) }
        },
        html! {
            div.buttons {
                @if at > 0 { (step(t!(locale, "rule-up"), "up")) }
                @if at + 1 < known.rules.len() { (step(t!(locale, "rule-down"), "down")) }
            }
        },
    ]
}

/// Which tickets, in short.
fn fits(locale: Locale, rule: &Rule) -> Markup {
    let phrases = rule.phrases.joined();
    html! {
        @if !rule.filter.is_empty() { code { (rule.filter) } " " }
        @if !phrases.is_empty() { span.muted { "“" (phrases) "”" } }
        @if rule.filter.is_empty() && phrases.is_empty() { span.muted { (t!(locale, "rule-every-ticket")) } }
    }
}

fn step(visitor: &Visitor, rule: &Rule, words: &str, value: &str) -> Markup {
    html! {
        form.inline method="post" action={ "/rules/" (rule.id) "/state" } {
            (field::token(&visitor.csrf))
            (button::submit_as(Weight::Quiet, None, words, "do", value))
        }
    }
}

/// `GET /rules/new`
async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let known = known(&app, &visitor).await?;
    Ok(page(&visitor, &known, None, &Fields::default(), &Shown::default()).into_response())
}

/// `POST /rules/new`: tries it on past tickets, or saves it.
async fn make(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Fields>, Refused>,
) -> Result<Response, Refused> {
    let Posted(fields) = posted?;
    follow(&app, &visitor, None, fields).await
}

/// `GET /rules/{rule}`
async fn open(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    Query(came): Query<Came>,
) -> Result<Response, Refused> {
    let Path(id) = path?;
    let known = known(&app, &visitor).await?;
    let rule = known.rules.iter().find(|rule| rule.id == RuleId(id)).ok_or(Refused::NotFound)?;
    let shown = Shown { done: came.done.is_some(), ..Shown::default() };
    Ok(page(&visitor, &known, Some(rule), &Fields::of(rule), &shown).into_response())
}

/// `POST /rules/{rule}`
async fn change(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Fields>, Refused>,
) -> Result<Response, Refused> {
    let (Path(id), Posted(fields)) = (path?, posted?);
    follow(&app, &visitor, Some(RuleId(id)), fields).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Do {
    #[serde(rename = "do")]
    what: String,
}

/// `POST /rules/{rule}/state`: up, down, pause, wake or remove.
async fn state(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Do>, Refused>,
) -> Result<Response, Refused> {
    let (Path(id), Posted(Do { what })) = (path?, posted?);
    let (id, wanted) = (RuleId(id), what.clone());
    act(&app, &visitor, move |act, viewer| match wanted.as_str() {
        "up" => set_up::place(act, viewer, id, Step::Up),
        "down" => set_up::place(act, viewer, id, Step::Down),
        "pause" => set_up::pause(act, viewer, id),
        "wake" => set_up::wake(act, viewer, id),
        "remove" => set_up::remove(act, viewer, id),
        _ => Err(DeskError::NotFound),
    })
    .await?;
    let to =
        if matches!(what.as_str(), "pause" | "wake") { format!("/rules/{id}") } else { "/rules".to_owned() };
    Ok(Redirect::to(&format!("{to}?done=saved")).into_response())
}

/// What the page shows besides the form.
#[derive(Default)]
struct Shown<'a> {
    done: bool,
    wrong: Option<(&'static str, String)>,
    dry: Option<&'a Dry>,
}

async fn follow(
    app: &App,
    visitor: &Visitor,
    id: Option<RuleId>,
    fields: Fields,
) -> Result<Response, Refused> {
    let tried = fields.is_a_trial();
    let outcome = if tried {
        try_out(app, visitor, &fields).await.map(Err)
    } else {
        save(app, visitor, id, &fields).await.map(Ok)
    };
    let (wrong, dry) = match outcome {
        Ok(Ok(id)) => return Ok(Redirect::to(&format!("/rules/{id}?done=saved")).into_response()),
        Ok(Err(dry)) => (None, Some(dry)),
        Err(DeskError::Invalid { field, problem }) => {
            (Some((field, crate::said::problem(visitor.reader.locale, &problem))), None)
        }
        Err(DeskError::Conflict(problem)) => {
            (Some(("", crate::said::problem(visitor.reader.locale, &problem))), None)
        }
        Err(error) => return Err(error.into()),
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let known = known(app, visitor).await?;
    let rule = known.rules.iter().find(|rule| Some(rule.id) == id);
    let shown = Shown { done: false, wrong, dry: dry.as_ref() };
    Ok((status, page(visitor, &known, rule, &fields, &shown)).into_response())
}

async fn save(
    app: &App,
    visitor: &Visitor,
    id: Option<RuleId>,
    fields: &Fields,
) -> Result<RuleId, DeskError> {
    let input = fields.input()?;
    let viewer = Arc::clone(&visitor.viewer);
    let actor = Actor::Person(viewer.person);
    let saves = move |act: &mut Act| match id {
        None => set_up::save(act, &viewer, &input),
        Some(id) => set_up::change(act, &viewer, id, &input).map(|()| id),
    };
    app.desk.act(actor, saves).await
}

async fn try_out(app: &App, visitor: &Visitor, fields: &Fields) -> Result<Dry, DeskError> {
    let input = fields.input()?;
    let viewer = Arc::clone(&visitor.viewer);
    app.desk.study(move |look| dry::run(look, &viewer, &input)).await
}

async fn act<F>(app: &App, visitor: &Visitor, verb: F) -> Result<(), DeskError>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<(), DeskError> + Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    app.desk.act(Actor::Person(viewer.person), move |act| verb(act, &viewer)).await
}

/// The rules that are the visitor's to keep; for whoever keeps none the pages do not exist.
async fn known(app: &App, visitor: &Visitor) -> Result<Known, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    if !set_up::may_keep_any(&viewer) {
        return Err(Refused::NotFound);
    }
    let read = app.desk.look(move |look| {
        let own = |rule: &&Rule| set_up::may_keep(&viewer, rule.unit);
        let mut people = BTreeMap::new();
        for unit in look.catalogue.units.keys().filter(|unit| set_up::may_keep(&viewer, Some(**unit))) {
            let members = store::aside::members(look.tx, *unit)?;
            people.extend(members.into_iter().map(|member| (member.person, member.name)));
        }
        Ok(Known {
            rules: look.catalogue.rules.iter().filter(own).cloned().collect(),
            counts: store::rule::counts(look.tx)?,
            people: people.into_iter().collect(),
            suppliers: store::aside::suppliers(look.tx)?,
            customs: desk::custom::known_to(&viewer, &look.catalogue),
            catalogue: Arc::clone(&look.catalogue),
        })
    });
    Ok(read.await?)
}

fn page(visitor: &Visitor, known: &Known, rule: Option<&Rule>, fields: &Fields, shown: &Shown<'_>) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let title = rule.map_or(t!(locale, "rule-new"), |rule| rule.name.as_str());
    let counts = rule.and_then(|rule| known.counts.get(&rule.id));
    let content = html! {
        header.page-head { h1 { (title) } @if let Some(rule) = rule { div.buttons { (switches(visitor, rule)) } } }
        div.stack {
            @if let Some(at) = counts.and_then(|counts| counts.looped_at) {
                p.notice role="note" { (badge::badge(Tone::Bad, Some(Icon::Warning), t!(locale, "rule-looped"))) " " (t!(locale, "rule-looped-words", time = format::absolute(reader, at))) }
            }
            @if let Some(counts) = counts { (self::counts(locale, reader, counts)) }
            @if let Some(dry) = shown.dry { (panel::panel(t!(locale, "rule-dry"), None, &dried(visitor, dry))) }
            (form::form(visitor, known, rule, fields, shown))
        }
    };
    let above = [Place::new(t!(locale, "rules"), "/rules")];
    let flash = shown.done.then_some(Flash { mood: Mood::Done, words: t!(locale, "rule-done") });
    show(visitor, Frame { above: &above, flash, ..Frame::new(title, Here::Work) }, &content)
}

fn counts(locale: Locale, reader: &format::Reader, counts: &Counts) -> Markup {
    let last = counts.acted_at.map_or_else(|| "–".to_owned(), |at| format::absolute(reader, at));
    panel::facts(&[
        (t!(locale, "rule-matched"), html! { (counts.matched) }),
        (t!(locale, "rule-acted"), html! { (counts.acted) }),
        (t!(locale, "rule-refusals"), html! { (counts.refused) }),
        (t!(locale, "rule-last"), html! { (last) }),
    ])
}

fn switches(visitor: &Visitor, rule: &Rule) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        @if rule.paused_at.is_some() { (step(visitor, rule, t!(locale, "rule-wake"), "wake")) }
        @else { (step(visitor, rule, t!(locale, "rule-pause"), "pause")) }
        (step(visitor, rule, t!(locale, "rule-remove"), "remove"))
    }
}

/// What it would have done.
fn dried(visitor: &Visitor, dry: &Dry) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let columns = [words(t!(locale, "assignment-ticket")), words(t!(locale, "rule-at"))];
    let rows: Vec<Vec<Markup>> = dry
        .listed
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/tickets/" (one.number) } { "#" (one.number) " " (one.subject) } },
                html! { (format::absolute(reader, one.at)) },
            ]
        })
        .collect();
    html! {
        p { (t!(locale, "rule-dry-words", matched = dry.matched, looked = dry.looked, tickets = dry.tickets, days = dry::DAYS)) }
        @if !rows.is_empty() { (table(t!(locale, "rule-dry"), &columns, &rows)) }
    }
}

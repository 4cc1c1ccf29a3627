//! The tree of units: the list, adding, changing and ending one, and who serves in it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::units::{Input, Kind as UnitKind};
use desk::{Act, DeskError, Problem};
use domain::id::{CalendarId, UnitId};
use domain::permission::Viewer;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::catalogue::{Catalogue, Unit};
use store::unit::Member;

use super::fields::{Fields, Sent, Wrong};
use super::people::choices as as_choices;
use super::person::role_name;
use super::shell::{self, Came, Done, Id, Part};
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{figures, table, words};
use crate::visitor::Visitor;

const FIELDS: &[&str] = &["name", "kind", "parent", "calendar"];

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/units", Right::Administrator, get(list)),
        Route::get("/admin/units/new", Right::Administrator, get(new)),
        Route::post("/admin/units/new", Right::Administrator, post(create)),
        Route::get("/admin/units/{unit}", Right::Administrator, get(open)),
        Route::post("/admin/units/{unit}", Right::Administrator, post(change)),
        Route::post("/admin/units/{unit}/end", Right::Administrator, post(end)),
    ]
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let (catalogue, members) =
        app.desk.look(|look| Ok((Arc::clone(&look.catalogue), store::unit::member_counts(look.tx)?))).await?;
    let add =
        button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "admin-unit-new"), "/admin/units/new");
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-kind")),
        words(t!(locale, "admin-calendar")),
        figures(t!(locale, "admin-members")),
    ];
    let rows: Vec<Vec<Markup>> = tree(&catalogue)
        .into_iter()
        .map(|(depth, unit)| row(locale, &catalogue, &members, depth, unit))
        .collect();
    let content = html! {
        (shell::head(t!(locale, "admin-units"), Some(&add)))
        @if rows.is_empty() {
            (panel::panel(t!(locale, "admin-units"), None, &panel::empty(Icon::Unit, t!(locale, "admin-units-none"), t!(locale, "admin-units-none-words"), None)))
        } @else {
            (table(t!(locale, "admin-units"), &columns, &rows))
        }
    };
    Ok(shell::part(&visitor, Part::Units, &came, &content).into_response())
}

fn row(
    locale: Locale,
    catalogue: &Catalogue,
    members: &BTreeMap<UnitId, i64>,
    depth: usize,
    unit: &Unit,
) -> Vec<Markup> {
    let count = members.get(&unit.id).copied().unwrap_or(0);
    let calendar = unit.calendar.and_then(|id| catalogue.calendars.get(&id));
    vec![
        html! {
            span.tree-step data-depth=(depth.min(6)) {}
            a href={ "/admin/units/" (unit.id) } { (unit.name) }
            @if unit.ended_at.is_some() { " " (badge::badge(Tone::Quiet, None, t!(locale, "admin-ended"))) }
        },
        html! { (UnitKind::parse(&unit.kind).map_or("–", |kind| kind_name(locale, kind))) },
        html! { (calendar.map_or("–", |calendar| calendar.name.as_str())) },
        html! {
            @if count == 0 && unit.ended_at.is_none() { (badge::badge(Tone::Soon, Some(Icon::Warning), t!(locale, "admin-members-none"))) }
            @else { (count) }
        },
    ]
}

/// The units from the top down, each with how deep it stands; ended ones last.
pub fn tree(catalogue: &Catalogue) -> Vec<(usize, &Unit)> {
    let mut below: BTreeMap<Option<UnitId>, Vec<&Unit>> = BTreeMap::new();
    for unit in catalogue.units.values().filter(|unit| unit.ended_at.is_none()) {
        below.entry(unit.parent).or_default().push(unit);
    }
    for units in below.values_mut() {
        units.sort_by_cached_key(|unit| unit.name.to_lowercase());
    }
    let mut all = Vec::new();
    let mut waiting: Vec<(usize, &Unit)> =
        below.get(&None).into_iter().flatten().rev().map(|unit| (0, *unit)).collect();
    while let Some((depth, unit)) = waiting.pop() {
        all.push((depth, unit));
        waiting.extend(below.get(&Some(unit.id)).into_iter().flatten().rev().map(|unit| (depth + 1, *unit)));
    }
    let ended = catalogue.units.values().filter(|unit| unit.ended_at.is_some());
    all.extend(ended.map(|unit| (0, unit)));
    all
}

/// The living units as id and indented name, from the top down.
pub fn choices(catalogue: &Catalogue) -> Vec<(String, String)> {
    tree(catalogue)
        .into_iter()
        .filter(|(_, unit)| unit.ended_at.is_none())
        .map(|(depth, unit)| (unit.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), unit.name)))
        .collect()
}

async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let catalogue = catalogue(&app).await?;
    Ok(new_page(&visitor, &catalogue, &Fields::default(), &Wrong::default()).into_response())
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    match shell::make(&app, &visitor, &fields, move |act, by| desk::units::create(act, by, &input(&typed)?))
        .await
    {
        Ok(id) => Ok(shell::done(&format!("/admin/units/{id}"), Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let catalogue = catalogue(&app).await?;
            Ok(shell::answer(&wrong, new_page(&visitor, &catalogue, &fields, &wrong)))
        }
    }
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let known = known(&app, id).await?;
    let unit = &known.unit;
    let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let fields = Fields::default()
        .with("name", unit.name.as_str())
        .with("kind", unit.kind.as_str())
        .with("parent", text(unit.parent.map(|id| id.0)))
        .with("calendar", text(unit.calendar.map(|id| id.0)));
    Ok(page(&visitor, came, &known, &fields, &Wrong::default()).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    let verb = move |act: &mut Act, by: &Viewer| desk::units::change(act, by, UnitId(id), &input(&typed)?);
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(shell::done(&format!("/admin/units/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let known = known(&app, id).await?;
            Ok(shell::answer(&wrong, page(&visitor, Came::default(), &known, &fields, &wrong)))
        }
    }
}

async fn end(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    match shell::act(&app, &visitor, move |act, by| desk::units::end(act, by, UnitId(id))).await {
        Ok(()) => Ok(shell::done("/admin/units", Done::Ended)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let known = known(&app, id).await?;
            let fields = Fields::default().with("name", known.unit.name.as_str());
            Ok(shell::answer(&wrong, page(&visitor, Came::default(), &known, &fields, &wrong)))
        }
    }
}

struct Known {
    unit: Unit,
    members: Vec<Member>,
    catalogue: Arc<Catalogue>,
}

async fn known(app: &App, id: i64) -> Result<Known, Refused> {
    let found = app.desk.look(move |look| {
        let unit = look.catalogue.units.get(&UnitId(id)).cloned().ok_or(DeskError::NotFound)?;
        let members = store::unit::members(look.tx, unit.id)?;
        Ok(Known { unit, members, catalogue: Arc::clone(&look.catalogue) })
    });
    Ok(found.await?)
}

/// The set-up as it is now.
pub async fn catalogue(app: &App) -> Result<Arc<Catalogue>, Refused> {
    Ok(app.desk.look(|look| Ok(Arc::clone(&look.catalogue))).await?)
}

fn input(fields: &Fields) -> Result<Input, DeskError> {
    Ok(Input {
        name: fields.text("name").to_owned(),
        kind: UnitKind::parse(fields.text("kind"))
            .ok_or_else(|| DeskError::invalid("kind", Problem::ChooseOne))?,
        parent: fields.id("parent")?.map(UnitId),
        calendar: fields.id("calendar")?.map(CalendarId),
    })
}

fn new_page(visitor: &Visitor, catalogue: &Catalogue, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "admin-unit-new");
    let form = form(locale, catalogue, None, fields, wrong);
    let content = html! {
        (shell::head(title, None))
        (shell::making(visitor, "/admin/units/new", wrong, t!(locale, "admin-add"), &form))
    };
    shell::below(visitor, Part::Units, title, &Came::default(), &content)
}

fn page(visitor: &Visitor, came: Came, known: &Known, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let unit = &known.unit;
    let here = format!("/admin/units/{}", unit.id);
    let form = form(locale, &known.catalogue, Some(unit.id), fields, wrong);
    let services: Vec<_> =
        known.catalogue.services.values().filter(|offer| offer.service.unit == unit.id).collect();
    let content = html! {
        (shell::head(&unit.name, None))
        div.halves {
            div.stack {
                (panel::panel(t!(locale, "admin-details"), None, &shell::form(visitor, &here, wrong, t!(locale, "admin-save"), &form)))
                @if unit.ended_at.is_none() {
                    (panel::panel(t!(locale, "admin-end"), None, &html! {
                        p { (t!(locale, "admin-unit-end-words")) }
                        (button::post(Weight::Danger, None, t!(locale, "admin-unit-end"), &format!("{here}/end"), &visitor.csrf))
                    }))
                }
            }
            div.stack {
                (panel::panel(t!(locale, "admin-members"), None, &members(locale, &known.members)))
                (panel::panel(t!(locale, "admin-services"), None, &html! {
                    @if services.is_empty() { p.muted { (t!(locale, "admin-unit-no-services")) } }
                    ul.plain { @for offer in services { li { a href={ "/admin/services/" (offer.service.id) } { (offer.name) } } } }
                }))
            }
        }
    };
    shell::below(visitor, Part::Units, &unit.name, &came, &content)
}

fn members(locale: Locale, members: &[Member]) -> Markup {
    let columns = [words(t!(locale, "admin-name")), words(t!(locale, "admin-role"))];
    let rows: Vec<Vec<Markup>> = members
        .iter()
        .map(|member| {
            let name = html! {
                a href={ "/admin/people/" (member.person) } { (member.name) }
                @if member.disabled { " " (badge::badge(Tone::Quiet, Some(Icon::Lock), t!(locale, "admin-disabled"))) }
            };
            vec![name, html! { (role_name(locale, member.role)) }]
        })
        .collect();
    html! {
        @if rows.is_empty() { p { (badge::badge(Tone::Soon, Some(Icon::Warning), t!(locale, "admin-members-none"))) " " (t!(locale, "admin-members-none-words")) } }
        @else { (table(t!(locale, "admin-members"), &columns, &rows)) }
        p.muted { (t!(locale, "admin-members-help")) }
    }
}

fn form(
    locale: Locale,
    catalogue: &Catalogue,
    own: Option<UnitId>,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let kinds: Vec<(&str, &str)> =
        UnitKind::ALL.iter().map(|kind| (kind.as_str(), kind_name(locale, *kind))).collect();
    let own = own.map(|id| id.to_string()).unwrap_or_default();
    let units = choices(catalogue);
    let parents: Vec<(&str, &str)> = std::iter::once(("", t!(locale, "admin-parent-none")))
        .chain(units.iter().filter(|(id, _)| *id != own).map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    let named = super::calendars::named(catalogue);
    let calendars: Vec<(&str, &str)> = std::iter::once(("", t!(locale, "admin-calendar-none")))
        .chain(named.iter().map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        (field::input(locale, Kind::Text, &field("name", t!(locale, "admin-name")).required()))
        (field::select(locale, &field("kind", t!(locale, "admin-kind")).required(), &as_choices(&kinds)))
        (field::select(locale, &field("parent", t!(locale, "admin-parent")).help(t!(locale, "admin-parent-help")), &as_choices(&parents)))
        (field::select(locale, &field("calendar", t!(locale, "admin-calendar")).help(t!(locale, "admin-unit-calendar-help")), &as_choices(&calendars)))
    }
}

fn kind_name(locale: Locale, kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Department => t!(locale, "admin-kind-department"),
        UnitKind::Branch => t!(locale, "admin-kind-branch"),
        UnitKind::Team => t!(locale, "admin-kind-team"),
    }
}

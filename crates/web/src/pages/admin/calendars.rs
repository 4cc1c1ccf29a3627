//! Calendars: the list, adding and changing one, with a picture of the two weeks ahead.

pub mod page;
pub mod picture;
mod running;
pub mod typed;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::calendars::Input;
use desk::{Act, DeskError};
use domain::calendar::{Calendar, CalendarSpec, Interval, Weekday};
use domain::id::CalendarId;
use domain::permission::Viewer;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::catalogue::{Catalogue, NamedCalendar};

use super::agreements::verdict::whole_hours;
use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use super::units::catalogue;
use crate::app::App;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{figures, table, words};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let own = vec![
        Route::get("/admin/calendars", Right::Administrator, get(list)),
        Route::get("/admin/calendars/new", Right::Administrator, get(new)),
        Route::post("/admin/calendars/new", Right::Administrator, post(create)),
        Route::get("/admin/calendars/{calendar}", Right::Administrator, get(open)),
        Route::post("/admin/calendars/{calendar}", Right::Administrator, post(change)),
    ];
    own.into_iter().chain(running::routes()).collect()
}

/// The calendars as id and name, by name.
pub fn named(catalogue: &Catalogue) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> =
        catalogue.calendars.values().map(|own| (own.id.to_string(), own.name.clone())).collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}

/// How somebody who lives by this calendar reads times.
pub fn reader_of(reader: &Reader, calendar: &Calendar) -> Reader {
    let zone = TimeZone::get(&calendar.spec().time_zone).unwrap_or(TimeZone::UTC);
    Reader { zone, ..reader.clone() }
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let catalogue = catalogue(&app).await?;
    let add = button::link(
        Weight::Primary,
        Some(Icon::Plus),
        t!(locale, "admin-calendar-new"),
        "/admin/calendars/new",
    );
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-time-zone")),
        words(t!(locale, "admin-week")),
        figures(t!(locale, "admin-next-week")),
        figures(t!(locale, "admin-holidays")),
    ];
    let mut calendars: Vec<&NamedCalendar> = catalogue.calendars.values().collect();
    calendars.sort_by_cached_key(|own| own.name.to_lowercase());
    let rows: Vec<Vec<Markup>> = calendars.into_iter().map(|own| row(&visitor.reader, own)).collect();
    let content = html! {
        (shell::head(t!(locale, "admin-calendars"), Some(&add)))
        @if rows.is_empty() {
            (panel::panel(t!(locale, "admin-calendars"), None, &panel::empty(Icon::Calendar, t!(locale, "admin-calendars-none"), t!(locale, "admin-calendars-none-words"), None)))
        } @else {
            (table(t!(locale, "admin-calendars"), &columns, &rows))
        }
    };
    Ok(shell::part(&visitor, Part::Calendars, &came, &content).into_response())
}

fn row(reader: &Reader, own: &NamedCalendar) -> Vec<Markup> {
    let spec = own.calendar.spec();
    let week = reader.now.checked_add(SignedDuration::from_hours(7 * 24)).unwrap_or(reader.now);
    let worked = own.calendar.between(reader.now, week);
    vec![
        html! { a href={ "/admin/calendars/" (own.id) } { (own.name) } },
        html! { (spec.time_zone) },
        html! { span.small { (picture::week(reader.locale, spec)) } },
        html! { (whole_hours(reader.locale, worked)) },
        html! { (spec.holidays.len()) },
    ]
}

async fn new(visitor: Visitor) -> Markup {
    let mut spec = CalendarSpec::closed(visitor.reader.zone.iana_name().unwrap_or("UTC"));
    let usual = Interval::parse("09:00", "17:00").expect("nine to five is an interval");
    spec.hours = Weekday::ALL[..5].iter().map(|weekday| (*weekday, vec![usual])).collect();
    page::page(&visitor, Came::default(), None, &typed::fields("", &spec), &Wrong::default(), None)
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let named = known(&app, id).await?;
    let fields = typed::fields(&named.name, named.calendar.spec());
    Ok(page::page(&visitor, came, Some(&named), &fields, &Wrong::default(), None).into_response())
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, typed::FIELDS)?;
    if fields.text("do") != "save" {
        return look_first(&visitor, None, &fields);
    }
    let typed = fields.clone();
    match shell::make(&app, &visitor, &fields, move |act, by| {
        desk::calendars::create(act, by, &input(&typed)?)
    })
    .await
    {
        Ok(id) => Ok(shell::done(&format!("/admin/calendars/{id}"), Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok(shell::answer(&wrong, page::page(&visitor, Came::default(), None, &fields, &wrong, None)))
        }
    }
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, typed::FIELDS)?;
    let named = known(&app, id).await?;
    if fields.text("do") != "save" {
        return look_first(&visitor, Some(&named), &fields);
    }
    let typed = fields.clone();
    let verb =
        move |act: &mut Act, by: &Viewer| desk::calendars::change(act, by, CalendarId(id), &input(&typed)?);
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(shell::done(&format!("/admin/calendars/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let page = page::page(&visitor, Came::default(), Some(&named), &fields, &wrong, None);
            Ok(shell::answer(&wrong, page))
        }
    }
}

/// Shows what the typed hours would mean, with the holidays of the pasted file among the others.
/// Nothing is saved.
fn look_first(
    visitor: &Visitor,
    named: Option<&NamedCalendar>,
    fields: &Fields,
) -> Result<Response, Refused> {
    let merged = typed::with_file(fields);
    let checked = merged.and_then(|(fields, new)| {
        desk::calendars::usable(&typed::spec(&fields)?)?;
        Ok((fields, new))
    });
    match checked {
        Ok((fields, new)) => {
            let page = page::page(visitor, Came::default(), named, &fields, &Wrong::default(), Some(new));
            Ok(page.into_response())
        }
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok(shell::answer(&wrong, page::page(visitor, Came::default(), named, fields, &wrong, None)))
        }
    }
}

fn input(fields: &Fields) -> Result<Input, DeskError> {
    let (fields, _) = typed::with_file(fields)?;
    Ok(Input { name: fields.text("name").to_owned(), spec: typed::spec(&fields)? })
}

async fn known(app: &App, id: i64) -> Result<NamedCalendar, Refused> {
    let catalogue = catalogue(app).await?;
    catalogue.calendars.get(&CalendarId(id)).cloned().ok_or(Refused::NotFound)
}

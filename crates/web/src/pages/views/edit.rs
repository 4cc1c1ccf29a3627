//! Making a view, changing it, moving it in the list, giving it to others, deleting it.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, Problem};
use domain::custom::Custom;
use domain::id::ViewId;
use domain::place::Step;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::view::View;

use super::form::{self, Draft, Given, Pressed};
use super::side::{self, Side};
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::pages::admin::fields::{Sent, Wrong};
use crate::pages::admin::shell::{self, Id};
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

/// What the page of a list hands over.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Begun {
    q: Option<String>,
    sort: Option<String>,
    group: Option<String>,
}

impl Begun {
    fn over(self, draft: Draft) -> Draft {
        Draft {
            filter: self.q.unwrap_or(draft.filter),
            sort: self.sort.unwrap_or(draft.sort),
            grouping: self.group.unwrap_or(draft.grouping),
            ..draft
        }
    }
}

/// What every page here needs.
struct Around {
    catalogue: Arc<Catalogue>,
    /// Fields of one's own that the visitor may know of.
    customs: Vec<Custom>,
    side: Side,
    view: Option<View>,
}

/// `GET /views/new?q=FILTER&sort=due&group=unit`
pub(super) async fn new(
    State(app): State<App>,
    visitor: Visitor,
    begun: Result<Query<Begun>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(begun) = begun?;
    let around = around(&app, &visitor, None).await?;
    let draft = begun.over(Draft { filter: "is:open unit:mine".to_owned(), ..Draft::default() });
    Ok(page(&visitor, &around, &draft, &Wrong::default()))
}

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    sent: Sent,
) -> Result<Response, Refused> {
    let around = around(&app, &visitor, None).await?;
    let (draft, pressed, fields) = form::read(sent, &around.customs)?;
    match pressed {
        Pressed::Save => {}
        Pressed::Torn => return torn(&visitor, &around, &draft),
        Pressed::Build | Pressed::Read => return Ok(page(&visitor, &around, &draft, &Wrong::default())),
    }
    let owner = form::owner(visitor.viewer.person, &draft.owner)?;
    let input = draft.input();
    let made =
        shell::make(&app, &visitor, &fields, move |act, by| desk::views::save(act, by, owner, &input)).await;
    match made {
        Ok(view) => Ok(Redirect::to(&format!("/views/{view}")).into_response()),
        Err(error) => Ok(page(&visitor, &around, &draft, &Wrong::of(&visitor.reader, error)?)),
    }
}

/// `GET /views/{view}/edit?q=FILTER`: with another filter than the saved one, when a list hands it over.
pub(super) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    begun: Result<Query<Begun>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(begun) = begun?;
    let (around, view) = kept(&app, &visitor, id).await?;
    Ok(page(&visitor, &around, &begun.over(Draft::of(&view)), &Wrong::default()))
}

pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let (around, _) = kept(&app, &visitor, id).await?;
    let (draft, pressed, _) = form::read(sent, &around.customs)?;
    match pressed {
        Pressed::Save => {}
        Pressed::Torn => return torn(&visitor, &around, &draft),
        Pressed::Build | Pressed::Read => return Ok(page(&visitor, &around, &draft, &Wrong::default())),
    }
    let input = draft.input();
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        desk::views::change(act, by, ViewId(id), &input)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(Redirect::to(&format!("/views/{id}")).into_response()),
        Err(error) => Ok(page(&visitor, &around, &draft, &Wrong::of(&visitor.reader, error)?)),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    step: Step,
}

pub(super) async fn place(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Moved { step }): Posted<Moved>,
) -> Result<Response, Refused> {
    shell::act(&app, &visitor, move |act, by| desk::views::reorder(act, by, ViewId(id), step)).await?;
    Ok(Redirect::to(&format!("/views/{id}/edit")).into_response())
}

pub(super) async fn owner(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(given): Posted<Given>,
) -> Result<Response, Refused> {
    let owner = form::owner(visitor.viewer.person, &given.owner)?;
    shell::act(&app, &visitor, move |act, by| desk::views::share(act, by, ViewId(id), owner)).await?;
    Ok(Redirect::to(&format!("/views/{id}")).into_response())
}

pub(super) async fn removal(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    shell::act(&app, &visitor, move |act, by| desk::views::delete(act, by, ViewId(id))).await?;
    Ok(Redirect::to("/").into_response())
}

/// A view that the visitor may change.
async fn kept(app: &App, visitor: &Visitor, id: i64) -> Result<(Around, View), Refused> {
    let around = around(app, visitor, Some(ViewId(id))).await?;
    let Some(view) = around.view.clone() else { return Err(Refused::NotFound) };
    if desk::views::may_keep(&visitor.viewer, view.owner) {
        Ok((around, view))
    } else {
        Err(Refused::NotAllowed)
    }
}

async fn around(app: &App, visitor: &Visitor, view: Option<ViewId>) -> Result<Around, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let counts = Arc::clone(&app.desk.view_counts);
    let found = app.desk.look(move |look| {
        let found = match view {
            Some(view) => store::view::by_id(look.tx, &viewer, view)?,
            None => None,
        };
        let here = view.map_or(side::Here::Elsewhere, side::Here::Saved);
        let side = Side::read(look, &viewer, &counts, here)?;
        let customs = desk::custom::known_to(&viewer, &look.catalogue);
        Ok(Around { catalogue: Arc::clone(&look.catalogue), customs, side, view: found })
    });
    Ok(found.await?)
}

/// Both faces of the filter were changed; each is shown, and nothing was saved.
fn torn(visitor: &Visitor, around: &Around, draft: &Draft) -> Result<Response, Refused> {
    let wrong = Wrong::of(&visitor.reader, DeskError::invalid("filter", Problem::FilterTorn))?;
    Ok(page(visitor, around, draft, &wrong))
}

fn page(visitor: &Visitor, around: &Around, draft: &Draft, wrong: &Wrong) -> Response {
    let locale = visitor.reader.locale;
    let (title, action) = match &around.view {
        Some(view) => (view.name.as_str(), format!("/views/{}/edit", view.id)),
        None => (t!(locale, "views-new"), "/views/new".to_owned()),
    };
    let owners = form::owners(locale, &visitor.viewer, &around.catalogue);
    let offered: &[(String, String)] = if around.view.is_some() { &[] } else { &owners };
    let content = html! {
        div.page-head { h1 { (title) } }
        (form::form(visitor, &around.catalogue, &action, draft, offered, wrong))
        @if let Some(view) = &around.view { (beside(visitor, view, &owners)) }
    };
    let href = around.view.as_ref().map(|view| format!("/views/{}", view.id));
    let work = Place::new(t!(locale, "place-work"), "/");
    let above: Vec<Place<'_>> =
        std::iter::once(work).chain(href.as_deref().map(|href| Place::new(title, href))).collect();
    let side = around.side.show(&visitor.reader);
    let name = if around.view.is_some() { t!(locale, "views-edit") } else { title };
    let frame = Frame { side: Some(&side), above: &above, ..Frame::new(name, Here::Work) };
    (wrong.status(), frame::show(visitor, &frame, &content)).into_response()
}

/// What is done with a saved view besides changing it.
fn beside(visitor: &Visitor, view: &View, owners: &[(String, String)]) -> Markup {
    let locale = visitor.reader.locale;
    let address = |what: &str| format!("/views/{}/{what}", view.id);
    panel::panel(
        t!(locale, "views-beside"),
        None,
        &html! {
            (form::giving(visitor, &address("owner"), view.owner, owners))
            div.buttons {
                form.inline method="post" action=(address("place")) {
                    (field::token(&visitor.csrf))
                    (button::submit_as(Weight::Secondary, None, t!(locale, "views-up"), "step", "up"))
                    (button::submit_as(Weight::Secondary, None, t!(locale, "views-down"), "step", "down"))
                }
                (button::post(Weight::Danger, Some(Icon::Cross), t!(locale, "views-delete"), &address("removal"), &visitor.csrf))
            }
        },
    )
}

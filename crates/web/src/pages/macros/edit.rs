//! Making a canned reply or a macro, changing it, giving it to others, deleting it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::{MacroId, PersonId};
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::macros::Macro;
use store::view::Owner;

use super::does::Offered;
use super::form;
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::shell::{self, Id};
use crate::pages::frame::{self, Frame, Here};
use crate::pages::statuses::Supplier;
use crate::pages::views::form::{self as views, Given};
use crate::refusal::Refused;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

/// What every page here needs.
struct Around {
    catalogue: Arc<Catalogue>,
    kept: Option<Macro>,
    /// Those who serve where the visitor does, or where it is kept.
    people: Vec<(PersonId, String)>,
    suppliers: Vec<Supplier>,
}

/// `GET /macros/new`
pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let around = around(&app, &visitor, None).await?;
    Ok(page(&visitor, &around, &Fields::default(), &Wrong::default()))
}

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = form::read(sent)?;
    let owner = views::owner(visitor.viewer.person, fields.text("owner"))?;
    let input = form::input(&fields);
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        desk::macros::save(act, by, owner, &input)
    };
    match shell::make(&app, &visitor, &fields, verb).await {
        Ok(_) => Ok(Redirect::to("/macros").into_response()),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let around = around(&app, &visitor, None).await?;
            Ok(page(&visitor, &around, &fields, &wrong))
        }
    }
}

/// `GET /macros/{macro}/edit`
pub(super) async fn open(State(app): State<App>, visitor: Visitor, Id(id): Id) -> Result<Response, Refused> {
    let (around, kept) = kept(&app, &visitor, id).await?;
    Ok(page(&visitor, &around, &form::of(&kept), &Wrong::default()))
}

pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = form::read(sent)?;
    let (around, _) = kept(&app, &visitor, id).await?;
    let input = form::input(&fields);
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        desk::macros::change(act, by, MacroId(id), &input)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(Redirect::to("/macros").into_response()),
        Err(error) => Ok(page(&visitor, &around, &fields, &Wrong::of(&visitor.reader, error)?)),
    }
}

pub(super) async fn owner(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(given): Posted<Given>,
) -> Result<Response, Refused> {
    let owner = views::owner(visitor.viewer.person, &given.owner)?;
    shell::act(&app, &visitor, move |act, by| desk::macros::share(act, by, MacroId(id), owner)).await?;
    Ok(Redirect::to("/macros").into_response())
}

pub(super) async fn removal(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    shell::act(&app, &visitor, move |act, by| desk::macros::delete(act, by, MacroId(id))).await?;
    Ok(Redirect::to("/macros").into_response())
}

/// One that the visitor may change.
async fn kept(app: &App, visitor: &Visitor, id: i64) -> Result<(Around, Macro), Refused> {
    let around = around(app, visitor, Some(MacroId(id))).await?;
    let Some(kept) = around.kept.clone() else { return Err(Refused::NotFound) };
    if desk::views::may_keep(&visitor.viewer, kept.owner) {
        Ok((around, kept))
    } else {
        Err(Refused::NotAllowed)
    }
}

async fn around(app: &App, visitor: &Visitor, id: Option<MacroId>) -> Result<Around, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| {
        let kept = match id {
            Some(id) => store::macros::by_id(look.tx, &viewer, id)?,
            None => None,
        };
        let mut units = [&viewer.units[..], &viewer.oversees[..]].concat();
        if let Some(Macro { owner: Owner::Unit(unit), .. }) = &kept {
            units.push(*unit);
        }
        let mut people = Vec::new();
        units.sort_unstable();
        units.dedup();
        for unit in units {
            let members = store::unit::members(look.tx, unit)?.into_iter().filter(|member| !member.disabled);
            people.extend(members.map(|member| (member.person, member.name)));
        }
        people.sort_by(|one, other| one.1.cmp(&other.1));
        people.dedup();
        let suppliers = store::aside::suppliers(look.tx)?;
        Ok(Around { catalogue: Arc::clone(&look.catalogue), kept, people, suppliers })
    });
    Ok(found.await?)
}

fn page(visitor: &Visitor, around: &Around, fields: &Fields, wrong: &Wrong) -> Response {
    let locale = visitor.reader.locale;
    let (title, action) = match &around.kept {
        Some(kept) => (kept.name.as_str(), format!("/macros/{}/edit", kept.id)),
        None => (t!(locale, "macros-new"), "/macros/new".to_owned()),
    };
    let owners = views::owners(locale, &visitor.viewer, &around.catalogue);
    let offered: &[(String, String)] = if around.kept.is_some() { &[] } else { &owners };
    let choices = Offered {
        catalogue: &around.catalogue,
        people: &around.people,
        customs: &desk::custom::known_to(&visitor.viewer, &around.catalogue),
        suppliers: &around.suppliers,
    };
    let content = html! {
        div.page-head { h1 { (title) } }
        (shell::making(visitor, &action, wrong, t!(locale, "macros-save"), &form::fields(locale, &choices, fields, offered, wrong)))
        @if let Some(kept) = &around.kept { (beside(visitor, kept, &owners)) }
    };
    let above =
        [Place::new(t!(locale, "place-work"), "/"), Place::new(t!(locale, "macros-title"), "/macros")];
    let frame = Frame { above: &above, ..Frame::new(title, Here::Elsewhere) };
    (wrong.status(), frame::show(visitor, &frame, &content)).into_response()
}

/// What is done with it besides changing it.
fn beside(visitor: &Visitor, kept: &Macro, owners: &[(String, String)]) -> Markup {
    let locale = visitor.reader.locale;
    let address = |what: &str| format!("/macros/{}/{what}", kept.id);
    panel::panel(
        t!(locale, "macros-beside"),
        None,
        &html! {
            (views::giving(visitor, &address("owner"), kept.owner, owners))
            div.buttons {
                (button::post(Weight::Danger, Some(Icon::Cross), t!(locale, "macros-delete"), &address("removal"), &visitor.csrf))
            }
        },
    )
}

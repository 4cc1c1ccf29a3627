//! The steps that are usual for a service: agents put them on a ticket's checklist with one press.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::checklist;
use domain::id::ServiceId;
use maud::{Markup, html};

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::field::{self, Field};
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/services/{service}/checklist", Right::Administrator, get(show)),
        Route::post("/admin/services/{service}/checklist", Right::Administrator, post(change)),
    ]
}

pub fn address(service: ServiceId) -> String {
    format!("/admin/services/{service}/checklist")
}

async fn show(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let (name, steps) = known(&app, ServiceId(id)).await?;
    Ok(page(&visitor, came, ServiceId(id), &name, &steps, &Wrong::default()).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["steps"])?;
    let (name, _) = known(&app, ServiceId(id)).await?;
    let steps = fields.text("steps").to_owned();
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        checklist::set_usual(act, by, ServiceId(id), &steps)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(shell::done(&address(ServiceId(id)), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let page = page(&visitor, Came::default(), ServiceId(id), &name, fields.text("steps"), &wrong);
            Ok(shell::answer(&wrong, page))
        }
    }
}

async fn known(app: &App, service: ServiceId) -> Result<(String, String), Refused> {
    let looked = app.desk.look(move |look| {
        let offer = look.catalogue.services.get(&service).ok_or(desk::DeskError::NotFound)?;
        let steps = look.catalogue.usual_steps.get(&service).cloned().unwrap_or_default();
        Ok((offer.name.clone(), steps))
    });
    Ok(looked.await?)
}

fn page(visitor: &Visitor, came: Came, service: ServiceId, name: &str, steps: &str, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let field = Field::new("steps", t!(locale, "checklist-usual-label")).value(steps);
    let field = field.help(t!(locale, "checklist-usual-help")).error(wrong.about("steps"));
    let form = html! { (field::area(locale, &field, 8)) };
    let content = html! {
        (shell::head(name, None))
        (panel::panel(t!(locale, "checklist-usual-label"), None,
            &shell::form(visitor, &address(service), wrong, t!(locale, "admin-save"), &form)))
    };
    shell::below(visitor, Part::Services, name, &came, &content)
}

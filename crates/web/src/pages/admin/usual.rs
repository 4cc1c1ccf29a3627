//! The steps that are usual for a service: agents put them on a ticket's checklist with one press.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::checklist;
use domain::id::ServiceId;
use domain::place::Step;
use maud::{Markup, html};
use serde::Deserialize;

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use crate::app::App;
use crate::form::Posted;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::field::{self, Field};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/services/{service}/checklist", Right::Administrator, get(show)),
        Route::post("/admin/services/{service}/checklist", Right::Administrator, post(change)),
        Route::post("/admin/services/{service}/checklist/order", Right::Administrator, post(place)),
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    words: String,
    step: Step,
}

async fn place(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(Moved { words, step }): Posted<Moved>,
) -> Result<Response, Refused> {
    shell::act(&app, &visitor, move |act, by| checklist::place_usual(act, by, ServiceId(id), &words, step))
        .await?;
    Ok(shell::done(&address(ServiceId(id)), Done::Saved))
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
        div.stack {
            (panel::panel(t!(locale, "checklist-usual-label"), None,
                &shell::form(visitor, &address(service), wrong, t!(locale, "admin-save"), &form)))
            @if wrong.about("steps").is_none() && !steps.is_empty() {
                (panel::panel(t!(locale, "checklist-order"), None, &order(visitor, service, steps)))
            }
        }
    };
    shell::below(visitor, Part::Services, name, &came, &content)
}

/// Each of the kept steps with a way up and down.
fn order(visitor: &Visitor, service: ServiceId, steps: &str) -> Markup {
    let locale = visitor.reader.locale;
    let many = steps.lines().count();
    let mover = |words: &str, here: usize, step: Step, label: &str, picture: Icon| {
        html! {
            button.todo-box type="submit" name="step" value=(step.as_str()) aria-label={ (label) ": " (words) }
                aria-disabled=[step.from(here, many).is_none().then_some("true")] { (icon(picture)) }
        }
    };
    html! {
        ol.todo-rows {
            @for (here, words) in steps.lines().enumerate() {
                li {
                    form.todo-row method="post" action={ (address(service)) "/order" } {
                        (field::token(&visitor.csrf))
                        input type="hidden" name="words" value=(words);
                        span { (words) }
                        (mover(words, here, Step::Up, t!(locale, "checklist-up"), Icon::ArrowUp))
                        (mover(words, here, Step::Down, t!(locale, "checklist-down"), Icon::ArrowDown))
                    }
                }
            }
        }
    }
}

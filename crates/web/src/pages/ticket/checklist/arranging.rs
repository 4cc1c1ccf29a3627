//! Steps of a ticket in another order and in other words: one form for each, by keyboard and without scripts.

use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use desk::checklist;
use domain::place::Step;
use maud::{Markup, html};
use store::checklist::Item;

use super::{Number, Posted, back_to};
use crate::app::App;
use crate::form::PostedOnce;
use crate::pages::ticket::Failed;
use crate::pages::ticket::details::{annotating, refused};
use crate::pages::ticket::view::View;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/tickets/{number}/checklist/words", Right::Ticket, post(reword)),
        Route::post("/tickets/{number}/checklist/order", Right::Ticket, post(place)),
    ]
}

async fn reword(
    State(app): State<App>,
    visitor: Visitor,
    path: Number,
    posted: Posted,
) -> Result<Response, Refused> {
    let (axum::extract::Path(number), PostedOnce(sent, once)) = (path?, posted?);
    let new = sent.clone();
    let reworded = annotating(&app, &visitor, &once, number, move |act, granted| {
        checklist::reword(act, granted, new.item()?, &new.words)
    });
    match reworded.await {
        Ok(()) => Ok(back_to(number, &Place::Words.of(&sent.item))),
        Err(error) => refused(&app, &visitor, number, error, sent.typed()).await,
    }
}

/// A button that moves a row keeps what was typed into it as well.
async fn place(
    State(app): State<App>,
    visitor: Visitor,
    path: Number,
    posted: Posted,
) -> Result<Response, Refused> {
    let (axum::extract::Path(number), PostedOnce(sent, once)) = (path?, posted?);
    let step = sent.step.ok_or(Refused::NotFound)?;
    let new = sent.clone();
    let placed = annotating(&app, &visitor, &once, number, move |act, granted| {
        let item = new.item()?;
        if !new.words.is_empty() {
            checklist::reword(act, granted, item, &new.words)?;
        }
        checklist::place(act, granted, item, step)
    });
    let pressed = match step {
        Step::Up => Place::Up,
        Step::Down => Place::Down,
    };
    match placed.await {
        Ok(()) => Ok(back_to(number, &pressed.of(&sent.item))),
        Err(error) => refused(&app, &visitor, number, error, sent.typed()).await,
    }
}

/// Where the page stands again afterwards: browsers open what is folded around it, and the keyboard goes on there.
#[derive(Clone, Copy)]
enum Place {
    Words,
    Save,
    Up,
    Down,
}

impl Place {
    fn of(self, item: impl std::fmt::Display) -> String {
        let part = match self {
            Self::Words => "words",
            Self::Save => "save",
            Self::Up => "up",
            Self::Down => "down",
        };
        format!("step-{item}-{part}")
    }
}

/// The fold with a row for each step.
pub(super) fn fold(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let many = view.checklist.len();
    html! {
        details.answer-edit #arrange-checklist open[failed.is_some()] {
            summary { (t!(locale, "checklist-arrange")) }
            ol.todo-rows {
                @for (here, item) in view.checklist.iter().enumerate() {
                    @let failed = failed.filter(|failed| failed.fields.name == item.id.to_string());
                    li { (row(visitor, view, item, (here, many), failed)) }
                }
            }
        }
    }
}

fn row(
    visitor: &Visitor,
    view: &View,
    item: &Item,
    (here, many): (usize, usize),
    failed: Option<&Failed>,
) -> Markup {
    let locale = visitor.reader.locale;
    let address = format!("/tickets/{}/checklist", view.sheet.number);
    let typed = failed.map_or(item.words.as_str(), |failed| failed.fields.body.as_str());
    let words = Place::Words.of(item.id);
    let error = format!("{words}-error");
    html! {
        form.todo-row method="post" action={ (address) "/words" } {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="item" value=(item.id);
            @if item.done.is_some() { s #(words) { (item.words) } }
            @else {
                div.field {
                    label.visually-hidden for=(words) { (t!(locale, "checklist-words")) ": " (item.words) }
                    input #(words) type="text" name="words" value=(typed) maxlength=(checklist::LONGEST) required
                        aria-invalid=[failed.map(|_| "true")] aria-describedby=[failed.map(|_| error.as_str())];
                }
                @let reword = t!(locale, "checklist-reword");
                button.button #(Place::Save.of(item.id)) type="submit" aria-label={ (reword) ": " (item.words) } { (reword) }
            }
            (mover(t!(locale, "checklist-up"), &address, item, Step::Up, here, many))
            (mover(t!(locale, "checklist-down"), &address, item, Step::Down, here, many))
        }
        @if let Some(failed) = failed { p.field-error #(error) role="alert" { (failed.words) } }
    }
}

/// It stays where it is at either end, so that the keyboard finds it there.
fn mover(label: &str, address: &str, item: &Item, step: Step, here: usize, many: usize) -> Markup {
    let (place, picture) = match step {
        Step::Up => (Place::Up, Icon::ArrowUp),
        Step::Down => (Place::Down, Icon::ArrowDown),
    };
    let at_the_end = step.from(here, many).is_none();
    html! {
        button.todo-box #(place.of(item.id)) type="submit" name="step" value=(step.as_str())
            formaction={ (address) "/order" } aria-disabled=[at_the_end.then_some("true")]
            aria-label={ (label) ": " (item.words) } { (icon(picture)) }
    }
}

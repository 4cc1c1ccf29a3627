//! The steps of a ticket: ticking them off, adding more, and asking for the usual ones of its service.

mod arranging;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::{DeskError, checklist};
use domain::event::Ticked;
use domain::id::ItemId;
use domain::place::Step;
use maud::{Markup, html};
use serde::Deserialize;
use store::checklist::Item;

use super::details::{annotating, back, refused};
use super::doing::{Done, Form};
use super::view::View;
use super::{Failed, Fields};
use crate::app::App;
use crate::form::PostedOnce;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    let own = vec![
        Route::post("/tickets/{number}/checklist", Right::Ticket, post(add)),
        Route::post("/tickets/{number}/checklist/ticks", Right::Ticket, post(tick)),
        Route::post("/tickets/{number}/checklist/removal", Right::Ticket, post(remove)),
    ];
    own.into_iter().chain(arranging::routes()).collect()
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sent {
    steps: String,
    item: String,
    done: String,
    words: String,
    step: Option<Step>,
}

impl Sent {
    fn item(&self) -> Result<ItemId, DeskError> {
        self.item.parse().map(ItemId).map_err(|_| DeskError::NotFound)
    }
}

type Posted = Result<PostedOnce<Sent>, Refused>;
type Number = Result<Path<i64>, PathRejection>;

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    path: Number,
    posted: Posted,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(sent, once)) = (path?, posted?);
    let steps = sent.steps.clone();
    let added =
        annotating(&app, &visitor, &once, number, move |act, granted| checklist::add(act, granted, &steps));
    match added.await {
        Ok(()) => Ok(back(number, "checklist")),
        Err(error) => refused(&app, &visitor, number, error, sent.typed()).await,
    }
}

async fn tick(
    State(app): State<App>,
    visitor: Visitor,
    path: Number,
    posted: Posted,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(sent, once)) = (path?, posted?);
    annotating(&app, &visitor, &once, number, move |act, granted| {
        checklist::tick(act, granted, sent.item()?, sent.done == "yes")
    })
    .await?;
    Ok(back(number, "checklist"))
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    path: Number,
    posted: Posted,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(sent, once)) = (path?, posted?);
    annotating(&app, &visitor, &once, number, move |act, granted| {
        checklist::remove(act, granted, sent.item()?)
    })
    .await?;
    Ok(back(number, "checklist"))
}

fn back_to(number: i64, place: &str) -> Response {
    Redirect::to(&format!("/tickets/{number}?done={}#{place}", Done::Kept.code())).into_response()
}

impl Sent {
    /// What was typed, as the page shows it again; the item is named when it is about one.
    fn typed(self) -> (Form, Fields) {
        let body = if self.item.is_empty() { self.steps } else { self.words };
        (Form::Checklist, Fields { name: self.item, body, ..Fields::default() })
    }
}

/// A change of the steps as the end of a sentence that begins with who did it.
pub(super) fn told(locale: Locale, view: &View, item: ItemId, what: Ticked) -> String {
    let words = view.checklist.iter().find(|own| own.id == item).map_or("…", |own| own.words.as_str());
    match what {
        Ticked::Added => t!(locale, "history-step-added", step = words),
        Ticked::Done => t!(locale, "history-step-done", step = words),
        Ticked::Open => t!(locale, "history-step-open", step = words),
        Ticked::Moved => t!(locale, "history-step-moved", step = words),
        Ticked::Reworded => t!(locale, "history-step-reworded", step = words),
        Ticked::Removed => t!(locale, "history-step-removed").to_owned(),
    }
}

pub(super) fn panel(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let failed = failed.filter(|failed| failed.form == Form::Checklist);
    let may = view.seen.annotate().is_some();
    if view.checklist.is_empty() && !may {
        return html! {};
    }
    let done = view.checklist.iter().filter(|item| item.done.is_some()).count();
    let content = html! {
        div #checklist {
            @if view.checklist.is_empty() { p.muted { (t!(locale, "checklist-none")) } }
            @else {
                p.muted { (t!(locale, "checklist-done", done = done, all = view.checklist.len())) }
                ul.todos aria-label=(t!(locale, "checklist")) {
                    @for item in &view.checklist { li.todo { (line(visitor, view, item, may)) } }
                }
            }
            @if may {
                @let (adds, changes) = (
                    failed.filter(|failed| failed.fields.name.is_empty()),
                    failed.filter(|failed| !failed.fields.name.is_empty()),
                );
                (adding(visitor, view, adds))
                @if !view.checklist.is_empty() { (arranging::fold(visitor, view, changes)) }
            }
        }
    };
    panel::panel(t!(locale, "checklist"), None, &content)
}

fn line(visitor: &Visitor, view: &View, item: &Item, may: bool) -> Markup {
    let locale = visitor.reader.locale;
    let address = format!("/tickets/{}/checklist", view.sheet.number);
    let label =
        if item.done.is_some() { t!(locale, "checklist-untick") } else { t!(locale, "checklist-tick") };
    html! {
        @if may {
            form method="post" action={ (address) "/ticks" } {
                (field::token_once(&visitor.csrf))
                input type="hidden" name="item" value=(item.id);
                input type="hidden" name="done" value=(if item.done.is_some() { "no" } else { "yes" });
                button.todo-box type="submit" aria-pressed=(if item.done.is_some() { "true" } else { "false" }) aria-label={ (label) ": " (item.words) } {
                    @if item.done.is_some() { (icon(Icon::Check)) }
                }
            }
        } @else { span.todo-box { @if item.done.is_some() { (icon(Icon::Check)) } } }
        div {
            @match &item.done {
                Some((name, at)) => { s { (item.words) } " " span.muted { (name) " · " (format::brief(&visitor.reader, *at)) } },
                None => (item.words),
            }
        }
        @if may {
            form method="post" action={ (address) "/removal" } {
                (field::token_once(&visitor.csrf))
                input type="hidden" name="item" value=(item.id);
                button.tag-off type="submit" aria-label={ (t!(locale, "checklist-remove")) ": " (item.words) } { (icon(Icon::Cross)) }
            }
        }
    }
}

fn adding(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let address = format!("/tickets/{}/checklist", view.sheet.number);
    let typed = failed.map_or("", |failed| failed.fields.body.as_str());
    let steps = Field::new("steps", t!(locale, "checklist-steps")).help(t!(locale, "checklist-steps-help"));
    let steps = steps.of("checklist").value(typed).error(failed.map(|failed| failed.words.as_str()));
    html! {
        @if let Some(usual) = view.catalogue.usual_steps.get(&view.sheet.service).filter(|_| view.checklist.is_empty()) {
            form method="post" action=(address) {
                (field::token_once(&visitor.csrf))
                input type="hidden" name="steps" value=(usual);
                (button::submit(Weight::Secondary, Some(Icon::Plus), t!(locale, "checklist-usual")))
            }
        }
        details.answer-edit #edit-checklist open[failed.is_some()] {
            summary { (t!(locale, "checklist-add")) }
            form.form method="post" action=(address) {
                (field::token_once(&visitor.csrf))
                (field::area(locale, &steps.required(), 3))
                div { (button::submit(Weight::Secondary, Some(Icon::Plus), t!(locale, "checklist-put"))) }
            }
        }
    }
}

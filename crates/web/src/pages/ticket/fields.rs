//! Fields of one's own beside a ticket: what was answered, and answering it in its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::{DeskError, Look, custom};
use domain::custom::{Answers, Custom, Needed, Of, Shown, Value, asked};
use domain::event::{Detail, Event, Fact};
use domain::id::{CustomId, EventId};
use maud::{Markup, html};
use store::access::{Granted, ReadInside};
use store::custom::kept::{self, Change};
use store::sheet::Inside;

use super::details::{back, refused, serving};
use super::doing::Form;
use super::view::View;
use super::{Failed, Fields};
use crate::app::App;
use crate::form::Posted;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::custom::{Filled, Names, answer as words, input, said};
use crate::ui::icon::{Icon, icon};
use crate::ui::{field, panel};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/tickets/{number}/fields", Right::Ticket, post(change))]
}

/// What was answered about a ticket, its requester and their organisation.
pub(super) struct Answered {
    ticket: Answers,
    directory: Answers,
    names: Names,
    /// What each change of an answer changed.
    changes: BTreeMap<EventId, Change>,
}

impl Answered {
    pub(super) fn read(
        look: &mut Look,
        granted: &Granted<ReadInside>,
        sheet: &Inside,
        events: &[Event],
    ) -> Result<Self, DeskError> {
        let catalogue = Arc::clone(&look.catalogue);
        let about = |of: Of| -> Vec<Custom> {
            catalogue.customs.iter().filter(|custom| custom.of == of).cloned().collect()
        };
        let ticket = store::custom::inside(look.tx, granted, &about(Of::Ticket))?;
        let mut directory = store::custom::of(look.tx, sheet.requester.id.0, &about(Of::Person))?;
        if let Some((organisation, _)) = &sheet.organisation {
            directory.extend(store::custom::of(look.tx, organisation.0, &about(Of::Organisation))?);
        }
        let tells = |event: &Event| matches!(event.fact, Fact::Detailed(Detail::Answered { .. }));
        let changes = if events.iter().any(tells) {
            kept::changes(look.tx, granted, &catalogue.customs)?
        } else {
            BTreeMap::new()
        };
        let all: Answers = ticket.iter().chain(&directory).map(|(id, value)| (*id, value.clone())).collect();
        let mut names = store::custom::names(look.tx, &all)?;
        for change in changes.values() {
            for value in change.was.iter().chain(&change.became) {
                let one = Answers::from([(change.field, value.clone())]);
                if matches!(value, Value::Person(_) | Value::Organisation(_)) {
                    names.extend(store::custom::names(look.tx, &one)?);
                }
            }
        }
        Ok(Self { ticket, directory, names, changes })
    }
}

/// `POST /tickets/{number}/fields`: one field, with its values.
async fn change(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(pairs)) = (path?, posted?);
    let filled = Filled::sent(&pairs);
    // Without any box ticked only the name of the field comes.
    let named = pairs.iter().find(|(name, _)| name == "key").map(|(_, key)| key.clone());
    let Some(key) = named.or_else(|| filled.typed.keys().next().cloned()) else {
        return Err(Refused::Unreadable("The form names no field.".to_owned()));
    };
    let values = filled.typed.get(&key).cloned().unwrap_or_default();
    let (viewer, typed, sought) = (Arc::clone(&visitor.viewer), values.clone(), key.clone());
    let outcome = serving(&app, &visitor, number, move |act, granted| {
        custom::answer(act, &viewer, granted, &sought, &typed)
    });
    match outcome.await {
        Ok(()) => Ok(back(number, "fields")),
        Err(error) => {
            let typed = Fields { name: key, values, ..Fields::default() };
            refused(&app, &visitor, number, error, (Form::Field, typed)).await
        }
    }
}

/// The fields of a ticket in their order; nothing where none is asked and none was answered.
pub(super) fn panel(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let customs = &view.catalogue.customs;
    let answers = &view.answered.ticket;
    let asked: Vec<&Custom> = asked(customs, Of::Ticket, Some(view.sheet.service), answers);
    let lines: Vec<&Custom> = customs
        .iter()
        .filter(|custom| custom.of == Of::Ticket)
        .filter(|custom| answers.contains_key(&custom.id) || asked.iter().any(|own| own.id == custom.id))
        .collect();
    if lines.is_empty() {
        return html! {};
    }
    let content = html! {
        dl.facts.answers #fields {
            @for custom in &lines {
                @let may = view.seen.serve().is_some() && asked.iter().any(|own| own.id == custom.id);
                (line(visitor, view, custom, failed, may))
            }
        }
    };
    panel::panel(t!(visitor.reader.locale, "custom-fields"), None, &content)
}

fn line(visitor: &Visitor, view: &View, custom: &Custom, failed: Option<&Failed>, may: bool) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let failed = failed.filter(|failed| failed.form == Form::Field && failed.fields.name == custom.key);
    let value = view.answered.ticket.get(&custom.id);
    let shown = html! {
        @match value {
            Some(value) => (words(reader, custom, value, &view.answered.names)),
            None => span.muted { "–" },
        }
        @if value.is_none() && custom.needed == Needed::Solving && may { " " span.muted { (t!(locale, "custom-before-solving")) } }
    };
    html! {
        div {
            dt {
                (custom.name)
                @if custom.shown == Shown::Both {
                    " " span.answer-both title=(t!(locale, "custom-both-short")) { (icon(Icon::Eye)) span.visually-hidden { (t!(locale, "custom-both-short")) } }
                }
            }
            dd {
                @if may {
                    details.answer-edit #{ "edit-" (custom.key) } open[failed.is_some()] {
                        summary { (shown) span.visually-hidden { " " (t!(locale, "custom-edit", field = custom.name.as_str())) } }
                        (form(visitor, view, custom, failed))
                    }
                } @else { (shown) }
            }
        }
    }
}

fn form(visitor: &Visitor, view: &View, custom: &Custom, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let filled = match failed {
        Some(failed) => Filled {
            typed: [(custom.key.clone(), failed.fields.values.clone())].into(),
            wrong: vec![(custom.key.clone(), failed.words.clone())],
        },
        None => Filled::of(std::slice::from_ref(custom), &view.answered.ticket, &view.answered.names),
    };
    html! {
        form.form method="post" action={ "/tickets/" (view.sheet.number) "/fields" } {
            (field::token(&visitor.csrf))
            input type="hidden" name="key" value=(custom.key);
            (input(locale, Form::Field.name(), custom, &filled, false))
            div { (button::submit(Weight::Secondary, Some(Icon::Check), t!(locale, "admin-save"))) }
        }
    }
}

/// A change of an answer as the end of a sentence: what it was and what it became, and what followed.
pub(super) fn told(reader: &Reader, view: &View, event: EventId, field: CustomId) -> String {
    let locale = reader.locale;
    let customs = &view.catalogue.customs;
    let known = view.answered.changes.get(&event);
    let found = known.and_then(|change| Some((change, customs.iter().find(|custom| custom.id == field)?)));
    let Some((change, custom)) = found else { return named(locale, view, field) };
    let value = |value: &Value| shortened(&said(reader, custom, value, &view.answered.names));
    let name = custom.name.as_str();
    let mut words = match (&change.was, &change.became) {
        (Some(was), Some(became)) => {
            t!(locale, "history-answer-changed", field = name, was = value(was), became = value(became))
        }
        (None, Some(became)) => t!(locale, "history-answer-given", field = name, became = value(became)),
        (Some(was), None) => t!(locale, "history-answer-taken", field = name, was = value(was)),
        (None, None) => named(locale, view, field),
    };
    let names = |ids: &[CustomId]| {
        let named = customs.iter().filter(|custom| ids.contains(&custom.id));
        named.map(|custom| custom.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    if !change.settled.rested.is_empty() {
        words.push_str(&t!(locale, "history-answer-rests", fields = names(&change.settled.rested)));
    }
    if !change.settled.returned.is_empty() {
        words.push_str(&t!(locale, "history-answer-returns", fields = names(&change.settled.returned)));
    }
    words
}

/// That a field was changed, where nobody kept what it was.
fn named(locale: Locale, view: &View, field: CustomId) -> String {
    let custom = view.catalogue.customs.iter().find(|custom| custom.id == field);
    t!(locale, "history-answered", field = custom.map_or("…", |custom| custom.name.as_str()))
}

/// As much of a long answer as a line of the history holds.
fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let beginning: String = letters.by_ref().take(80).collect();
    if letters.next().is_some() { format!("{beginning}…") } else { beginning }
}

/// What is known of the requester and their organisation in fields of one's own.
pub(super) fn directory(visitor: &Visitor, view: &View) -> Vec<(String, Markup)> {
    let answered = &view.answered;
    let customs = view.catalogue.customs.iter().filter(|custom| custom.of != Of::Ticket);
    customs
        .filter_map(|custom| {
            let value = answered.directory.get(&custom.id)?;
            Some((custom.name.clone(), words(&visitor.reader, custom, value, &answered.names)))
        })
        .collect()
}

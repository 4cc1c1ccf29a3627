//! Splitting a message into a ticket of its own: a page that says what comes along and who is told.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::split::{self, Foreseen, Split, Told};
use desk::words::Subject;
use desk::{DeskError, Problem};
use domain::event::Side;
use domain::id::{MessageId, ServiceId};
use domain::link::Link;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use store::attachment::On;
use store::message::Said;

use super::doing::Done;
use super::for_the_desk;
use super::forward;
use super::view::View;
use crate::app::App;
use crate::form::PostedOnce;
use crate::format;
use crate::markdown;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::visitor::Visitor;

const PATH: &str = "/tickets/{number}/messages/{message}/split";
/// As long as a subject may be by itself.
const SUBJECT: usize = 120;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get(PATH, Right::Ticket, get(show)), Route::post(PATH, Right::Ticket, post(send))]
}

/// Number of the ticket, and the message.
type Where = Result<Path<(i64, i64)>, PathRejection>;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    subject: String,
    service: String,
    tell: String,
}

async fn show(State(app): State<App>, visitor: Visitor, path: Where) -> Result<Response, Refused> {
    let Path((number, message)) = path?;
    let (view, foreseen) = read(&app, &visitor, number, MessageId(message)).await?;
    let said = view.messages.iter().find(|said| said.message.id.0 == message).ok_or(Refused::NotFound)?;
    let fields = Fields {
        subject: begun(&view, said),
        service: view.sheet.service.to_string(),
        tell: "yes".to_owned(),
    };
    Ok(page(&visitor, &view, said, &foreseen, &fields, None).into_response())
}

/// What was made, and whether whoever made it may read it there.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Made {
    number: i64,
    is_seen: bool,
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    path: Where,
    posted: Result<PostedOnce<Fields>, Refused>,
) -> Result<Response, Refused> {
    let (Path((number, message)), PostedOnce(fields, once)) = (path?, posted?);
    let (viewer, sent) = (Arc::clone(&visitor.viewer), fields.clone());
    let outcome = once.act(&app, &visitor, move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let service = sent.service.parse().map_err(|_| DeskError::invalid("service", Problem::ChooseOne))?;
        let split = Split {
            message: MessageId(message),
            service: ServiceId(service),
            subject: Subject::parse(&sent.subject)?,
            tells: sent.tell == "yes",
        };
        let opened = split::run(act, &viewer, granted, &split)?;
        let is_seen = store::access::by_id(act.tx, &viewer, opened.id, act.now)?.is_some();
        Ok(Made { number: opened.number, is_seen })
    });
    let error = match outcome.await {
        Ok(made) => {
            let number = if made.is_seen { made.number } else { number };
            return Ok(
                Redirect::to(&format!("/tickets/{number}?done={}", Done::Split.code())).into_response()
            );
        }
        Err(error @ (DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_))) => {
            return Err(error.into());
        }
        Err(error) => error,
    };
    let status = match error {
        DeskError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    let words = said::error(&visitor.reader, &error);
    let (view, foreseen) = read(&app, &visitor, number, MessageId(message)).await?;
    let said = view.messages.iter().find(|said| said.message.id.0 == message).ok_or(Refused::NotFound)?;
    Ok((status, page(&visitor, &view, said, &foreseen, &fields, Some(&words))).into_response())
}

/// The ticket for whoever serves it, and what would follow; for everybody else there is nothing to split.
async fn read(
    app: &App,
    visitor: &Visitor,
    number: i64,
    message: MessageId,
) -> Result<(View, Foreseen), Refused> {
    let view = forward::read(app, visitor, number).await?;
    let granted = view.seen.serve().ok_or(Refused::NotFound)?;
    let ticket = view.ticket.clone();
    let foreseen = app.desk.look(move |look| split::foresee(look, &granted, &ticket, message)).await?;
    Ok((view, foreseen))
}

/// The first words of the message, else the subject it had.
fn begun(view: &View, said: &Said) -> String {
    let line = said.message.body.lines().map(str::trim).find(|line| !line.is_empty());
    let line: String = line.unwrap_or_default().chars().take(SUBJECT).collect();
    if line.is_empty() { view.sheet.subject.clone() } else { line }
}

fn page(
    visitor: &Visitor,
    view: &View,
    said: &Said,
    foreseen: &Foreseen,
    fields: &Fields,
    wrong: Option<&str>,
) -> Markup {
    let locale = visitor.reader.locale;
    let number = view.sheet.number;
    let here = format!("/tickets/{number}/messages/{}/split", said.message.id);
    let catalogue = &view.catalogue;
    let mut services: Vec<(String, String)> = foreseen
        .services
        .iter()
        .filter_map(|service| catalogue.services.get(service))
        .map(|offer| {
            let unit = catalogue.unit_name(offer.service.unit);
            (offer.service.id.to_string(), format!("{unit}: {}", offer.name))
        })
        .collect();
    services.sort_by(|left, right| left.1.cmp(&right.1));
    let choices: Vec<Choice> =
        services.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let subject = Field { maximum: Some(200), ..Field::new("subject", t!(locale, "split-subject")) };
    let service = Field::new("service", t!(locale, "split-service")).value(&fields.service).required();
    let files = view.mails.files_on(On::Message(said.message.id));
    let title = t!(locale, "split-title", number = number);
    let content = html! {
        div.page-head { h1 { (title) } }
        section.panel.forward-form {
            div.panel-body {
                p { (t!(locale, "split-words", name = foreseen.author.name.as_str(), time = format::absolute(&visitor.reader, said.message.at))) }
                blockquote.split-quote { (markdown::render(&said.message.body)) }
                @if !files.is_empty() {
                    p.split-told.muted { (icon(Icon::Attachment)) span { (t!(locale, "split-files", count = files.len())) } }
                }
                @if let Some(wrong) = wrong { p.field-error role="alert" { (wrong) } }
                form.stack method="post" action=(here) {
                    (field::token_once(&visitor.csrf))
                    (field::input(locale, Kind::Text, &subject.value(&fields.subject).required()))
                    (field::select(locale, &service, &choices))
                    (telling(locale, foreseen, fields))
                    p.muted { (t!(locale, "split-final")) }
                    div.buttons {
                        (button::submit(Weight::Primary, Some(Icon::Link), t!(locale, "split-send")))
                        (button::link(Weight::Quiet, None, t!(locale, "forward-back"), &format!("/tickets/{number}")))
                    }
                }
            }
        }
    };
    let ticket = format!("/tickets/{number}");
    let named = format!("#{number} {}", view.sheet.subject);
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&named, &ticket)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&title, Here::Work) }, &content)
}

/// Who gets told, or why nobody is.
fn telling(locale: Locale, foreseen: &Foreseen, fields: &Fields) -> Markup {
    let name = foreseen.author.name.as_str();
    let words = match &foreseen.told {
        Told::Mail(address) => {
            let label = t!(locale, "split-tell", name = name, address = address.as_str());
            return field::checkbox(&Field::new("tell", &label).value(&fields.tell));
        }
        Told::NoInbox => t!(locale, "split-no-inbox", name = name),
        Told::Unconfirmed => t!(locale, "split-unconfirmed", name = name),
        Told::Unreachable => t!(locale, "split-unreachable", name = name),
    };
    html! { p.split-told { (icon(Icon::Info)) span { (words) } } }
}

/// Below a message: the ways to pass it on and to split it, and what it became or came from.
pub(super) fn ways(visitor: &Visitor, view: &View, said: &Said) -> Markup {
    let locale = visitor.reader.locale;
    let number = view.sheet.number;
    let may = view.seen.serve().is_some()
        && view.ticket.merged_into.is_none()
        && view.sheet.asking.is_none()
        && said.message.side == Side::Requesting
        && !said.message.automatic
        && said.message.person.is_some()
        && !view.mails.held.contains(&said.message.id);
    let about = view.links.iter().filter(|linked| linked.message == Some(said.message.id));
    html! {
        (forward::way(visitor, view, said.message.id))
        @for linked in about {
            @if let Some(other) = view.others.get(&linked.ticket) {
                p.letter-ways.split-told {
                    (icon(Icon::Link))
                    span {
                        @match linked.link {
                            Link::SplitInto => { (t!(locale, "split-became")) },
                            _ => { (t!(locale, "split-began")) },
                        }
                        " " a href={ "/tickets/" (other.number) } { "#" (other.number) " " (other.subject) }
                    }
                }
            }
        }
        @if may { p.letter-ways { a href={ "/tickets/" (number) "/messages/" (said.message.id) "/split" } { (t!(locale, "split")) } } }
    }
}

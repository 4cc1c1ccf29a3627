//! One ticket as its requester's side reads it: where it stands, what was promised, what was said.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::outside::Known;
use desk::{DeskError, Look};
use domain::custom::{Custom, Value};
use domain::permission::{Relation, Viewer};
use domain::ticket::offers::Deed;
use domain::ticket::{State as TicketState, Ticket};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use store::access::Seen;
use store::attachment::Attachment;
use store::draft::Draft;
use store::message::{Reason, Said};
use store::sheet::{Outside, Promise};
use store::upload::Upload;

use super::super::frame::{self, Frame, Here};
use super::follows::{self, Follows};
use super::standing::{self, Standing};
use super::{answer, conversation, drafts, escalation, kinds, merged, new_ticket};
use crate::app::App;
use crate::format;
use crate::markdown;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::custom::{Names, answer as answer_words};
use crate::ui::field::{self, Field};
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/portal/tickets/{number}", Right::Ticket, get(show))]
}

/// Everything that the requester's side may know.
pub(super) struct Shown {
    pub(super) sheet: Outside,
    pub(super) said: Vec<Said>,
    pub(super) files: Vec<Attachment>,
    pub(super) reasons: Vec<Reason>,
    pub(super) promise: Option<Promise>,
    /// What was answered in fields that both sides read.
    answers: Vec<(Custom, Value)>,
    names: Names,
    pub(super) service: String,
    pub(super) unit: String,
    closes_at: Option<Timestamp>,
    accepts: bool,
    /// Until when it can be reopened, while it can.
    pub(super) reopens_until: Option<Timestamp>,
    /// Once it cannot be reopened: whether an answer begins a ticket that follows.
    pub(super) follows_up: bool,
    /// The number of the ticket on which an answer stands now that it cannot be reopened.
    pub(super) followed: Option<i64>,
    /// Tickets that it follows or that follow it, as far as they are the viewer's.
    follows: Vec<Follows>,
    /// Who may be asked to decide.
    pub(super) neutral: Option<String>,
    /// Who was asked to decide.
    decides: Option<String>,
    /// Tickets that were merged into it.
    pub(super) took_in: Vec<Self>,
    /// What the viewer is writing, with its files; of the ticket that is shown, not of those merged into it.
    pub(super) draft: Option<Draft>,
    pub(super) uploads: Vec<Upload>,
    /// The number of the ticket that goes on with it.
    goes_on: Option<i64>,
    pub(super) ticket: Ticket,
}

impl Shown {
    /// Whether there is a form for an answer.
    pub(super) fn takes_replies(&self) -> bool {
        self.sheet.state == TicketState::Open || self.reopens_until.is_some() || self.follows_up
    }
}

/// What somebody tried and could not do; their text comes back with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Reply,
    Acceptance,
    Reopening,
    Escalation,
}

#[derive(Debug, Clone)]
pub(super) struct Tried {
    pub(super) part: Part,
    pub(super) text: String,
    pub(super) words: String,
    pub(super) files: Vec<Upload>,
}

impl Tried {
    pub(super) fn text(tried: Option<&Self>, part: Part) -> &str {
        tried.filter(|tried| tried.part == part).map_or("", |tried| &tried.text)
    }

    pub(super) fn words(tried: Option<&Self>, part: Part) -> Option<&str> {
        tried.filter(|tried| tried.part == part).map(|tried| tried.words.as_str())
    }
}

/// What was just done, for the line at the top of the page after it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Done {
    Opened,
    Sent,
    Accepted,
    Reopened,
    Escalated,
    Followed,
    DraftKept,
    DraftGone,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    done: Option<Done>,
}

/// `GET /portal/tickets/{number}`; who serves it is led to the serving side's page.
async fn show(
    State(app): State<App>,
    mut visitor: Visitor,
    headers: HeaderMap,
    number: Result<Path<i64>, PathRejection>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(number), Query(wanted)) = (number?, wanted?);
    crate::pages::notices::opened(&app, &mut visitor, &headers, number).await?;
    let Some(shown) = read(&app, &visitor, number).await? else {
        return Ok(Redirect::to(&format!("/tickets/{number}")).into_response());
    };
    let done = wanted.done.map(|done| words_of(&visitor, done));
    let flash = done.map(|words| Flash { mood: Mood::Done, words });
    Ok(page(&visitor, &shown, flash, None).into_response())
}

/// The page again, with what could not be done and the text that was written.
pub(super) async fn again(
    app: &App,
    visitor: &Visitor,
    number: i64,
    tried: &Tried,
    status: StatusCode,
) -> Result<Response, Refused> {
    let shown = read(app, visitor, number).await?.ok_or(Refused::NotFound)?;
    let flash = Flash { mood: Mood::Failed, words: &tried.words };
    Ok((status, page(visitor, &shown, Some(flash), Some(tried))).into_response())
}

/// `None` for those who serve, oversee or asked for it as a unit: their page is another one.
async fn read(app: &App, visitor: &Visitor, number: i64) -> Result<Option<Shown>, DeskError> {
    let viewer = Arc::clone(&visitor.viewer);
    app.desk.look(move |look| merged::whole(look, &viewer, number)).await
}

/// One ticket alone.
pub(super) fn one_of_requester(
    look: &mut Look,
    viewer: &Viewer,
    seen: Seen,
) -> Result<Option<Shown>, DeskError> {
    match seen.relation {
        Relation::Requesting => {}
        Relation::Nothing => return Err(DeskError::NotFound),
        Relation::Asking | Relation::Overseeing | Relation::Chain | Relation::Serving => return Ok(None),
    }
    let granted = seen.read();
    let Known { sheet, ticket, promise, follows, .. } = desk::outside::known(look, &granted)?;
    let goes_on = merged::goes_on(look, viewer, &ticket)?;
    let offer = look.catalogue.services.get(&sheet.service).ok_or(DeskError::NotFound)?;
    let service = &look.catalogue.ruling(&ticket).ok_or(DeskError::NotFound)?;
    let may = |deed| ticket.may(deed, service, look.now).is_ok();
    let shown = store::custom::outside(look.tx, &granted, &look.catalogue.customs)?;
    let names = store::custom::names(look.tx, &shown)?;
    let customs = look.catalogue.customs.iter();
    let answers =
        customs.filter_map(|custom| Some((custom.clone(), shown.get(&custom.id)?.clone()))).collect();
    let neutral = service.neutral_owner.map(|unit| look.catalogue.unit_name(unit).to_owned());
    let accepts = may(Deed::AcceptSolution);
    let reopens_until =
        ticket.reopens_until(service).filter(|_| may(Deed::Reopen(domain::event::Side::Requesting)));
    let escalates = may(Deed::Escalate);
    let is_over = sheet.state != TicketState::Open && !sheet.merged && reopens_until.is_none();
    let begins = offer.ended_at.is_none() && service.audience.admits(sheet.class);
    let name = offer.name.clone();
    let followed = if is_over { follows::last(look, viewer, ticket.id, &follows)? } else { None };
    Ok(Some(Shown {
        said: store::message::of_ticket_outside(look.tx, &granted, look.now)?,
        files: store::attachment::of_messages(look.tx, &granted)?,
        reasons: store::message::shown_reasons(look.tx, &granted)?,
        promise,
        answers,
        names,
        service: name,
        unit: look.catalogue.unit_name(sheet.unit).to_owned(),
        closes_at: ticket.closes_at(service),
        accepts,
        reopens_until,
        follows_up: is_over && (followed.is_some() || begins),
        followed,
        follows: follows::theirs(look, viewer, ticket.id, &follows)?,
        neutral: neutral.clone().filter(|_| escalates),
        decides: neutral.filter(|_| sheet.escalated),
        took_in: Vec::new(),
        draft: None,
        uploads: Vec::new(),
        goes_on,
        ticket,
        sheet,
    }))
}

fn page(visitor: &Visitor, shown: &Shown, flash: Option<Flash<'_>>, tried: Option<&Tried>) -> Markup {
    let locale = visitor.reader.locale;
    let sheet = &shown.sheet;
    let title = format!("#{} {}", sheet.number, sheet.subject);
    let live = format!("/live?ticket={}", sheet.number);
    let above = [Place::new(t!(locale, "portal-title"), "/portal")];
    let content = html! {
        div.page-head { h1 { span.muted { "#" (sheet.number) } " " (sheet.subject) } }
        div.columns {
            div.stack {
                (standing_part(visitor, shown))
                (decision(visitor, shown, tried))
                @if let Some(text) = homeless(shown, tried) {
                    (panel::panel(t!(locale, "kept-text"), None, &html! { (markdown::plain(text)) }))
                } @else if !shown.takes_replies() { (drafts::homeless(visitor, shown)) }
                (conversation::conversation(visitor, shown))
                (answer::form(visitor, shown, tried))
            }
            div.stack { (facts(visitor, shown)) (escalation::offer(visitor, shown, tried)) }
        }
    };
    let frame = Frame { above: &above, flash, live: Some(&live), ..Frame::new(&title, Here::MyTickets) };
    frame::show(visitor, &frame, &content)
}

fn standing_part(visitor: &Visitor, shown: &Shown) -> Markup {
    let (reader, sheet) = (&visitor.reader, &shown.sheet);
    let locale = reader.locale;
    let standing = Standing::of(sheet.state, sheet.merged, sheet.waits_for_requester, sheet.agreed_until_at);
    let unit = shown.unit.as_str();
    let more = match standing {
        Standing::Working => t!(locale, "standing-working-more", unit = unit),
        Standing::AnswerNeeded => t!(locale, "standing-answer-more", unit = unit),
        Standing::Agreed(_) => t!(locale, "standing-agreed-more", unit = unit),
        Standing::Solved => t!(locale, "standing-solved-more", unit = unit),
        Standing::Closed => match shown.reopens_until {
            Some(until) => t!(locale, "standing-closed-more", date = format::date(reader, until)),
            None if shown.followed.is_some() => t!(locale, "standing-closed-followed").to_owned(),
            None if shown.follows_up => t!(locale, "standing-closed-follows").to_owned(),
            None => t!(locale, "standing-closed-for-good").to_owned(),
        },
        Standing::Merged => t!(locale, "merge-standing-more").to_owned(),
    };
    html! {
        section.standing #standing aria-live="polite" data-refresh hx-get={ "/portal/tickets/" (sheet.number) }
            hx-trigger="refresh" hx-select="#standing" hx-swap="outerHTML" {
            p.standing-words { (icon(standing.icon())) strong { (standing.said(reader, sheet.status.as_deref())) } }
            p { (more) (follows::onward(locale, shown.goes_on, shown.followed)) }
            @if let Some(promise) = &shown.promise { (standing::promise(reader, promise, unit)) }
            @if let Some(decides) = &shown.decides {
                p.promised { (icon(Icon::Info)) span { (t!(locale, "escalated-words", neutral = decides.as_str())) } }
            }
        }
    }
}

/// A text whose form is no longer offered is shown all the same, so that it is not lost.
fn homeless<'a>(shown: &Shown, tried: Option<&'a Tried>) -> Option<&'a str> {
    let tried = tried.filter(|tried| !tried.text.trim().is_empty())?;
    let reopens = shown.reopens_until.is_some();
    let offered = match tried.part {
        Part::Reply => shown.takes_replies(),
        Part::Acceptance => true,
        Part::Reopening => reopens,
        Part::Escalation => shown.neutral.is_some(),
    };
    (!offered).then_some(&tried.text)
}

/// Solved: yes or no. Closed, and not long ago: on with it.
fn decision(visitor: &Visitor, shown: &Shown, tried: Option<&Tried>) -> Markup {
    let (reader, sheet) = (&visitor.reader, &shown.sheet);
    let locale = reader.locale;
    let reopening = shown.reopens_until.is_some();
    let content = match sheet.state {
        TicketState::Open => html! {},
        TicketState::Closed if sheet.merged => html! {},
        TicketState::Closed if reopening => html! {
            section.panel { div.panel-body { (no(visitor, shown, tried, t!(locale, "reopen-closed"))) } }
        },
        TicketState::Closed => html! {
            (button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "ask-again"), &new_ticket::address(sheet.service)))
        },
        TicketState::Solved => html! {
            section.panel {
                div.panel-body {
                    @if let Some(closes_at) = shown.closes_at {
                        p { (t!(locale, "decision-words", date = format::date(reader, closes_at))) }
                    }
                    div.decision {
                        @if shown.accepts {
                            form method="post" action={ "/portal/tickets/" (sheet.number) "/acceptance" } {
                                (field::token_once(&visitor.csrf))
                                @if let Some(words) = Tried::words(tried, Part::Acceptance) { p.field-error role="alert" { (words) } }
                                (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "decision-yes")))
                            }
                        }
                        @if reopening { (no(visitor, shown, tried, t!(locale, "decision-no"))) }
                    }
                }
            }
        },
    };
    html! {
        div #decision data-refresh hx-get={ "/portal/tickets/" (sheet.number) } hx-trigger="refresh"
            hx-select="#decision" hx-swap="outerHTML" { (content) }
    }
}

fn no(visitor: &Visitor, shown: &Shown, tried: Option<&Tried>, label: &str) -> Markup {
    let locale = visitor.reader.locale;
    let error = Tried::words(tried, Part::Reopening);
    html! {
        details.ask-more open[error.is_some()] {
            summary.button { (icon(Icon::Return)) (label) }
            form.form method="post" action={ "/portal/tickets/" (shown.sheet.number) "/reopening" } {
                (field::token_once(&visitor.csrf))
                (field::area(locale, &Field::new("reason", t!(locale, "reopen-reason"))
                    .help(t!(locale, "reopen-help")).value(Tried::text(tried, Part::Reopening)).error(error).required(), 3))
                div { (button::submit(Weight::Primary, Some(Icon::Return), t!(locale, "reopen-send"))) }
            }
        }
    }
}

fn facts(visitor: &Visitor, shown: &Shown) -> Markup {
    let (reader, sheet) = (&visitor.reader, &shown.sheet);
    let locale = reader.locale;
    let answers: Vec<(&str, Markup)> = shown
        .answers
        .iter()
        .map(|(custom, value)| (custom.name.as_str(), answer_words(reader, custom, value, &shown.names)))
        .collect();
    let mut rows: Vec<(&str, Markup)> = vec![
        (t!(locale, "fact-service"), html! { (shown.service) }),
        (t!(locale, "fact-unit"), html! { (shown.unit) }),
        (t!(locale, "fact-kind"), html! { (kinds::words(locale, sheet.kind)) }),
        (t!(locale, "fact-opened"), format::stamp(reader, sheet.opened_at)),
    ];
    rows.extend(answers);
    if let Some(at) = sheet.solved_at.filter(|_| sheet.state != TicketState::Open && !sheet.merged) {
        rows.push((t!(locale, "fact-solved"), format::stamp(reader, at)));
    }
    if let Some(at) = sheet.closed_at.filter(|_| sheet.state == TicketState::Closed) {
        rows.push((t!(locale, "fact-closed"), format::stamp(reader, at)));
    }
    rows.extend(shown.follows.iter().map(|one| one.fact(locale)));
    panel::panel(t!(locale, "facts-title"), None, &panel::facts(&rows))
}

fn words_of(visitor: &Visitor, done: Done) -> &'static str {
    let locale = visitor.reader.locale;
    match done {
        Done::Opened => t!(locale, "portal-done-opened"),
        Done::Sent => t!(locale, "portal-done-sent"),
        Done::Accepted => t!(locale, "portal-done-accepted"),
        Done::Reopened => t!(locale, "portal-done-reopened"),
        Done::Escalated => t!(locale, "portal-done-escalated"),
        Done::Followed => t!(locale, "portal-done-followed"),
        Done::DraftKept => t!(locale, "ticket-done-draft-kept"),
        Done::DraftGone => t!(locale, "ticket-done-draft-gone"),
    }
}

//! Tickets that belong to this one: the list beside the conversation, what takes one off, and what adds one by its
//! number or by words of its title.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::act::Act;
use desk::search::{Asked, Kind, PATIENCE, Piece, Search, Wanted, What};
use desk::{DeskError, Look, Problem, link};
use domain::event::{Detail, Fact};
use domain::link::{Link, Linked};
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;
use store::access::{Granted, Serve};
use store::link::Other;

use super::details::refused;
use super::doing::{Done, Form};
use super::view::View;
use super::{Failed, Fields, for_the_desk};
use crate::app::App;
use crate::form::{Posted, PostedOnce};
use crate::pages::shown;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field};
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// The most tickets that are offered while somebody types.
const MOST_OFFERED: usize = 8;
/// So many stand in the list; the others behind a line that says how many.
const SHOWN: usize = 8;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/tickets/{number}/links", Right::Ticket, post(add)),
        Route::post("/tickets/{number}/links/removal", Right::Ticket, post(remove)),
        Route::get("/tickets/{number}/links/candidates", Right::Ticket, get(candidates)),
    ]
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    link: String,
    /// A number, perhaps with the title behind it.
    ticket: String,
}

impl Typed {
    fn number(&self) -> Result<i64, DeskError> {
        let text = self.ticket.trim();
        let digits = text.trim_start_matches('#');
        let digits = digits.split(|one: char| !one.is_ascii_digit()).next().unwrap_or_default();
        digits.parse().map_err(|_| {
            DeskError::invalid("ticket", Problem::NotATicketNumber { text: text.chars().take(60).collect() })
        })
    }
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<PostedOnce<Typed>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(typed, once)) = (path?, posted?);
    let (viewer, sent) = (Arc::clone(&visitor.viewer), typed.clone());
    let outcome = once.act(&app, &visitor, move |act| {
        let granted = serving(act, &viewer, number)?;
        let link = Link::parse(&sent.link).ok_or(DeskError::invalid("link", Problem::ChooseOne))?;
        link::add(act, &viewer, granted, link, sent.number()?)
    });
    match outcome.await {
        Ok(()) => Ok(back(number)),
        Err(error) => {
            let typed = Fields { on: typed.link, name: typed.ticket, ..Fields::default() };
            refused(&app, &visitor, number, error, (Form::Link, typed)).await
        }
    }
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Typed>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(typed)) = (path?, posted?);
    let viewer = Arc::clone(&visitor.viewer);
    let actor = domain::event::Actor::Person(viewer.person);
    app.desk
        .act(actor, move |act| {
            let granted = serving(act, &viewer, number)?;
            link::remove(act, &viewer, granted, typed.number()?)
        })
        .await?;
    Ok(back(number))
}

/// `GET /tickets/{number}/links/candidates?ticket=WORDS`: tickets that could be linked, as options of a field.
async fn candidates(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Markup, Refused> {
    let (Path(number), Query(typed)) = (path?, typed?);
    let (viewer, index) = (Arc::clone(&visitor.viewer), app.desk.search.clone());
    // A search takes longer than a request's own thread may be held.
    let found = app.desk.study(move |look| offered(look, &index, &viewer, number, &typed.ticket)).await?;
    Ok(html! { @for (number, subject) in &found { option value={ "#" (number) " " (subject) } {} } })
}

fn offered(
    look: &mut Look,
    index: &Search,
    viewer: &Viewer,
    number: i64,
    typed: &str,
) -> Result<Vec<(i64, String)>, DeskError> {
    let own = store::access::by_number(look.tx, viewer, number, look.now)?
        .filter(|seen| seen.serve().is_some())
        .ok_or(DeskError::NotFound)?;
    let asked = Asked::parse(typed);
    if let Some(number) = asked.number {
        let seen = store::access::by_number(look.tx, viewer, number, look.now)?;
        let Some(seen) = seen.filter(|seen| seen.ticket != own.ticket && seen.read_inside().is_some()) else {
            return Ok(Vec::new());
        };
        let subject = store::ticket::fixed(look.tx, seen.ticket)?.map(|(subject, ..)| subject);
        return Ok(subject.map(|subject| (number, subject)).into_iter().collect());
    }
    let mut wanted = Wanted {
        asked: &asked,
        kind: Some(Kind::Ticket),
        behind: None,
        most: MOST_OFFERED,
        within: None,
        patience: PATIENCE,
        keep: &mut |_, seen| Ok(seen.ticket != own.ticket && seen.read_inside().is_some()),
    };
    let found = desk::search::find(look, index, viewer, &mut wanted)?;
    let hits = found.groups.into_iter().flat_map(|group| group.hits);
    Ok(hits
        .filter_map(|hit| match hit.what {
            What::Ticket { number, subject, .. } => Some((number, plain(&subject))),
            What::Message { .. } | What::Note { .. } | What::Person { .. } | What::Organisation { .. } => {
                None
            }
        })
        .collect())
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Only the serving side links; for the requester's side there is nothing here.
fn serving(act: &mut Act, viewer: &Viewer, number: i64) -> Result<Granted<Serve>, DeskError> {
    for_the_desk(act.tx, viewer, number, act.now)?.serve().ok_or(DeskError::NotAllowed)
}

fn back(number: i64) -> Response {
    Redirect::to(&format!("/tickets/{number}?done={}#links", Done::Kept.code())).into_response()
}

/// The linked tickets; the part that a change fetches anew.
pub(super) fn list(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    let rows: Vec<(&Linked, &Other)> =
        view.links.iter().filter_map(|linked| Some((linked, view.others.get(&linked.ticket)?))).collect();
    let (first, more) = rows.split_at(rows.len().min(SHOWN));
    html! {
        div #links {
            @if rows.is_empty() { p.muted { (t!(locale, "links-none")) } }
            @else { ul.plain-list.links { @for (linked, other) in first { (row(visitor, view, linked, other)) } } }
            @if !more.is_empty() {
                details {
                    summary { (t!(locale, "links-more", count = more.len())) }
                    ul.plain-list.links { @for (linked, other) in more { (row(visitor, view, linked, other)) } }
                }
            }
        }
    }
}

fn row(visitor: &Visitor, view: &View, linked: &Linked, other: &Other) -> Markup {
    let locale = visitor.reader.locale;
    let number = other.number.to_string();
    html! {
        li.link {
            span.link-kind {
                (heading(locale, linked.link)) " "
                (badge::state(locale, shown::state(other.state, None, 0, other.handoff)))
            }
            a href={ "/tickets/" (number) } { "#" (number) " " (other.subject) }
            @if view.seen.serve().is_some() {
                form.inline method="post" action={ "/tickets/" (view.sheet.number) "/links/removal" } {
                    (field::token(&visitor.csrf))
                    input type="hidden" name="ticket" value=(number);
                    button.tag-off type="submit" {
                        (icon(Icon::Cross))
                        span.visually-hidden { (t!(locale, "links-off", number = number.as_str())) }
                    }
                }
            }
        }
    }
}

/// What adds one, behind its name; it stands open when it was not followed.
pub(super) fn add_link(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    if view.seen.serve().is_none() {
        return html! {};
    }
    let failed = failed.filter(|failed| failed.form == Form::Link);
    let (kind, typed) = failed.map_or(("", ""), |failed| (&failed.fields.on, &failed.fields.name));
    let choices: Vec<Choice> = Link::ALL
        .iter()
        .filter(|link| link.is_chosen())
        .map(|link| Choice { value: link.as_str(), label: heading(locale, *link), help: None })
        .collect();
    let from = format!("/tickets/{}/links/candidates", view.sheet.number);
    let form = Form::Link.name();
    let link = Field::new("link", t!(locale, "links-kind")).of(form).value(kind).required();
    let ticket = Field { maximum: Some(400), ..Field::new("ticket", t!(locale, "links-ticket")) };
    let ticket = ticket.of(form).value(typed).help(t!(locale, "links-help")).required();
    let ticket = ticket.error(failed.map(|failed| failed.words.as_str()));
    html! {
        details.link-add open[failed.is_some()] {
            summary { span.button.button-quiet { (icon(Icon::Link)) (t!(locale, "links-add")) } }
            form.stack method="post" action={ "/tickets/" (view.sheet.number) "/links" } {
                (field::token_once(&visitor.csrf))
                (field::select(locale, &link, &choices))
                (field::completed(locale, &ticket, "links-known", &from))
                div { (button::submit(Weight::Secondary, None, t!(locale, "links-put"))) }
            }
        }
    }
}

/// What the other ticket is to this one, where it stands before that ticket.
fn heading(locale: Locale, link: Link) -> &'static str {
    match link {
        Link::RelatesTo => t!(locale, "link-relates-to"),
        Link::DuplicateOf => t!(locale, "link-duplicate-of"),
        Link::DuplicatedBy => t!(locale, "link-duplicated-by"),
        Link::CausedBy => t!(locale, "link-caused-by"),
        Link::Causes => t!(locale, "link-causes"),
        Link::Follows => t!(locale, "link-follows"),
        Link::FollowedBy => t!(locale, "link-followed-by"),
        Link::SplitFrom => t!(locale, "link-split-from"),
        Link::SplitInto => t!(locale, "link-split-into"),
    }
}

/// A link as the end of a sentence of the history; `None` for other details.
pub(super) fn told(locale: Locale, view: &View, detail: &Detail) -> Option<String> {
    let end = domain::link::other(&Fact::Detailed(detail.clone()))?;
    let number = view.others.get(&end.ticket).map_or(0, |other| other.number).to_string();
    let words = heading(locale, end.link);
    Some(match detail {
        Detail::Unlinked { .. } => t!(locale, "history-unlinked", link = words, number = number),
        Detail::Linked { .. }
        | Detail::TagAdded { .. }
        | Detail::TagRemoved { .. }
        | Detail::MacroRan { .. }
        | Detail::NoteChanged { .. }
        | Detail::Answered { .. }
        | Detail::Spent { .. }
        | Detail::StatusSet { .. }
        | Detail::StatusCleared
        | Detail::SentAgain { .. }
        | Detail::Told { .. }
        | Detail::KindChanged { .. }
        | Detail::Ticked { .. } => t!(locale, "history-linked", link = words, number = number),
    })
}

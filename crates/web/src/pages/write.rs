//! A ticket that somebody of ours begins: whom it is opened for, or who is written to from an inbox of a unit in which
//! the writer serves.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::open::{self, Outbound};
use desk::recipients::Recipients;
use desk::reply::Then;
use desk::words::{Body, Subject};
use desk::{DeskError, Look};
use domain::custom::{Custom, Needed, Of};
use domain::id::{InboxId, ServiceId, UploadId};
use domain::permission::Viewer;
use domain::preference::Sending;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use store::draft::Addressed;
use store::inbox::Inbox;
use store::upload::{Audience, Upload};

use super::frame::{self, Frame, Here};
use super::{on_behalf, similar};
use crate::app::App;
use crate::form::files::{self as sent, PostedFiles};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::composer::{self, Send};
use crate::ui::custom::{self, Filled};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::files;
use crate::ui::navigation::Place;
use crate::ui::recipients;
use crate::visitor::Visitor;

/// Longer questions are cut.
const LONGEST: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/new", Right::Agent, get(show)),
        Route::post("/tickets/new", Right::Agent, post(send)).up_to(sent::LONGEST),
    ]
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    from: String,
    addressed: String,
    to: String,
    cc: String,
    bcc: String,
    people: String,
    subject: String,
    body: String,
    after: String,
    /// What was to happen when it was stopped, for a button that says nothing of it.
    meant: String,
    upload: Vec<UploadId>,
    #[serde(skip)]
    filled: Filled,
}

/// From where the visitor may write, and what is asked there.
struct Around {
    inboxes: Vec<Inbox>,
    customs: Vec<Custom>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Who is written to, when the way here says so.
    to: String,
    /// Whom a ticket is opened for.
    q: String,
}

/// What stands between the form and the ticket.
struct Wrong {
    words: String,
    /// So many people are asked about.
    asks: Option<usize>,
}

/// `GET /tickets/new?q=NAME`, or `?to=ADDRESS` to write first.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(asked) = asked?;
    let around = around(&app, &visitor).await?;
    let mut choice = html! {};
    if asked.to.is_empty() && on_behalf::may_open(&visitor.viewer) {
        let sought: String = asked.q.trim().chars().take(LONGEST).collect();
        let (viewer, search, words) = (Arc::clone(&visitor.viewer), app.desk.search.clone(), sought.clone());
        let found = app.desk.study(move |look| desk::on_behalf::find(look, &search, &viewer, &words)).await?;
        choice = on_behalf::choice(&visitor, &sought, &found, None);
    }
    let fields = Fields { to: asked.to, ..Fields::default() };
    Ok(page(&visitor, &around, (&fields, &choice), &[], None).into_response())
}

/// The page with another choice of whom a ticket is opened for.
pub(super) async fn with(app: &App, visitor: &Visitor, choice: &Markup) -> Result<Markup, Refused> {
    let around = around(app, visitor).await?;
    Ok(page(visitor, &around, (&Fields::default(), choice), &[], None))
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<PostedFiles<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let PostedFiles(pairs, once, came) = posted?;
    let mut fields = Fields { filled: Filled::sent(&pairs), ..custom::rest(&pairs)? };
    let filed = came.keep(&app, &visitor, Audience::Message, &fields.upload).await?;
    fields.upload.clone_from(&filed.files);
    if let Some((status, words)) = filed.trouble(visitor.reader.locale) {
        return again(&app, &visitor, &fields, status, Wrong { words, asks: None }).await;
    }
    let (viewer, sent) = (Arc::clone(&visitor.viewer), fields.clone());
    let opened = once.act(&app, &visitor, move |act| open::outbound(act, &viewer, &outbound(&sent)?)).await;
    let error = match opened {
        Ok(opened) => {
            return Ok(Redirect::to(&format!("/tickets/{}?done=replied", opened.number)).into_response());
        }
        Err(error @ (DeskError::NotAllowed | DeskError::Store(_))) => return Err(error.into()),
        Err(error) => error,
    };
    let asks = match &error {
        DeskError::Conflict(desk::Problem::RecipientsMany { count }) => Some(*count),
        _ => None,
    };
    let status = match error {
        DeskError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    let words = said::error(&visitor.reader, &error);
    again(&app, &visitor, &fields, status, Wrong { words, asks }).await
}

fn outbound(fields: &Fields) -> Result<Outbound, DeskError> {
    let addressed = Addressed { to: fields.to.clone(), cc: fields.cc.clone(), bcc: fields.bcc.clone() };
    let chosen = || DeskError::invalid("from", desk::Problem::ChooseOne);
    Ok(Outbound {
        inbox: InboxId(fields.from.parse().map_err(|_| chosen())?),
        recipients: Recipients { addressed, agreed: fields.people.parse().unwrap_or_default() },
        subject: Subject::parse(&fields.subject)?,
        body: Body::parse(&fields.body)?,
        files: fields.upload.clone(),
        then: Then::from(sending(fields)),
        typed: fields.filled.typed.clone(),
    })
}

/// Whoever is written to first is asked something, unless the writer says otherwise.
fn sending(fields: &Fields) -> Sending {
    let said = Sending::parse(&fields.after).or_else(|| Sending::parse(&fields.meant));
    said.unwrap_or(Sending::Wait)
}

async fn again(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    status: StatusCode,
    wrong: Wrong,
) -> Result<Response, Refused> {
    let (person, chosen) = (visitor.viewer.person, fields.upload.clone());
    let uploads =
        app.desk.look(move |look| Ok(store::upload::all_of_person(look.tx, &chosen, person)?)).await?;
    let around = around(app, visitor).await?;
    let page = page(visitor, &around, (fields, &html! {}), &uploads, Some(&wrong));
    Ok((status, page).into_response())
}

/// The inboxes of the units in which the visitor serves, and the fields of their services.
async fn around(app: &App, visitor: &Visitor) -> Result<Around, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let looked = app.desk.look(move |look| {
        let inboxes = inboxes(look, &viewer)?;
        let is_asked = |custom: &&Custom| {
            !custom.ended && inboxes.iter().any(|inbox| custom.is_for(Of::Ticket, Some(inbox.service)))
        };
        let customs = look.catalogue.customs.iter().filter(is_asked).cloned().collect();
        Ok(Around { inboxes, customs })
    });
    Ok(looked.await?)
}

/// From which somebody may write first.
pub(super) fn inboxes(look: &mut Look, viewer: &Viewer) -> Result<Vec<Inbox>, DeskError> {
    let mut inboxes = store::inbox::all(look.tx)?;
    inboxes
        .retain(|inbox| inbox.outgoing.is_some() && inbox.ended_at.is_none() && viewer.serves_in(inbox.unit));
    Ok(inboxes)
}

fn page(
    visitor: &Visitor,
    around: &Around,
    (fields, choice): (&Fields, &Markup),
    uploads: &[Upload],
    wrong: Option<&Wrong>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "write-title");
    let content = html! {
        div.page-head { h1 { (title) } }
        div.stack {
            (choice)
            @if around.inboxes.is_empty() { p.muted { (t!(locale, "write-no-inbox")) } }
            @else { (form(visitor, around, fields, uploads, wrong)) }
        }
    };
    let above = [Place::new(t!(locale, "place-work"), "/")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
}

fn form(
    visitor: &Visitor,
    around: &Around,
    fields: &Fields,
    uploads: &[Upload],
    wrong: Option<&Wrong>,
) -> Markup {
    let locale = visitor.reader.locale;
    let from: Vec<(String, String)> = around
        .inboxes
        .iter()
        .map(|inbox| (inbox.id.to_string(), format!("{} <{}>", inbox.name, inbox.address)))
        .collect();
    let from: Vec<Choice<'_>> =
        from.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let list = recipients::Recipients {
        to: &fields.to,
        cc: &fields.cc,
        bcc: &fields.bcc,
        requester: "-",
        everyone: "",
    };
    let subject = Field::new("subject", t!(locale, "write-subject")).value(&fields.subject).required();
    let body = Field::new("body", t!(locale, "write-body")).value(&fields.body).required();
    let places: Vec<_> = around.inboxes.iter().map(|inbox| (inbox.id.to_string(), inbox.service)).collect();
    let send = Send {
        words: t!(locale, "write-send"),
        delivers: false,
        offered: Sending::ALL,
        chosen: sending(fields),
    };
    html! {
        section.panel.composer.write {
            header.panel-head { h2 { (t!(locale, "write-first")) } }
            form.panel-body method="post" action="/tickets/new" enctype=(files::ENCODING) {
                (field::token_once(&visitor.csrf))
                p.field-help { (t!(locale, "write-words")) }
                @if let Some(wrong) = wrong {
                    @if let Some(count) = wrong.asks {
                        (recipients::asks(locale, &wrong.words, count, sending(fields).as_str()))
                    } @else { p.field-error role="alert" { (wrong.words) } }
                }
                (field::select(locale, &Field::new("from", t!(locale, "write-from")).value(&fields.from).required(), &from))
                (recipients::fields(locale, &list))
                (field::input(locale, Kind::Text, &subject))
                (similar::while_typing("/tickets/similar", "field-subject"))
                (field::area(locale, &body, 10))
                @for (among, customs) in by_choice(&around.customs, &places) {
                    div.stack data-when=[among.as_ref().map(|_| "from")] data-among=[among] {
                        (custom::inputs(locale, "", &customs, &fields.filled, Needed::Opening))
                    }
                }
                (files::field(locale, "write-files", Audience::Message, uploads))
                div.composer-foot {
                    (composer::send_buttons(locale, &send))
                }
            }
        }
    }
}

/// Fields that follow on one another and are asked with the same choices, which are named where others are
/// offered as well. Each choice stands for a service.
pub(super) fn by_choice(
    customs: &[Custom],
    choices: &[(String, ServiceId)],
) -> Vec<(Option<String>, Vec<Custom>)> {
    let mut parts: Vec<(Option<String>, Vec<Custom>)> = Vec::new();
    for custom in customs {
        let own = choices.iter().filter(|(_, service)| custom.is_for(Of::Ticket, Some(*service)));
        let own: Vec<&str> = own.map(|(value, _)| value.as_str()).collect();
        let among = (own.len() < choices.len()).then(|| own.join(" "));
        match parts.last_mut() {
            Some((last, customs)) if *last == among => customs.push(custom.clone()),
            _ => parts.push((among, vec![custom.clone()])),
        }
    }
    parts
}

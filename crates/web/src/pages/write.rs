//! A ticket that begins with us: somebody is written to, from an inbox of a unit in which the writer serves.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::open::{self, Outbound};
use desk::recipients::Recipients;
use desk::reply::Then;
use desk::words::{Body, Subject};
use domain::id::{InboxId, UploadId};
use domain::permission::Viewer;
use domain::preference::Sending;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use store::draft::Addressed;
use store::inbox::Inbox;
use store::upload::{Audience, Upload};

use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::form::files::{self as sent, PostedFiles};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::composer::{self, Send};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::navigation::Place;
use crate::ui::recipients;
use crate::ui::{files, panel};
use crate::visitor::Visitor;

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
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Who is written to, when the way here says so.
    to: String,
}

/// What stands between the form and the ticket.
struct Wrong {
    words: String,
    /// So many people are asked about.
    asks: Option<usize>,
}

/// `GET /tickets/new?to=`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(asked) = asked?;
    let inboxes = inboxes(&app, &visitor).await?;
    let fields = Fields { to: asked.to, ..Fields::default() };
    Ok(page(&visitor, &inboxes, &fields, &[], None).into_response())
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<PostedFiles<Fields>, Refused>,
) -> Result<Response, Refused> {
    let PostedFiles(mut fields, once, came) = posted?;
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
    let inboxes = inboxes(app, visitor).await?;
    Ok((status, page(visitor, &inboxes, fields, &uploads, Some(&wrong))).into_response())
}

/// From where the visitor may write: the inboxes of the units in which they serve.
async fn inboxes(app: &App, visitor: &Visitor) -> Result<Vec<Inbox>, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let all = app.desk.look(|look| Ok(store::inbox::all(look.tx)?)).await?;
    Ok(all.into_iter().filter(|inbox| sends_for(inbox, &viewer)).collect())
}

fn sends_for(inbox: &Inbox, viewer: &Viewer) -> bool {
    inbox.outgoing.is_some() && inbox.ended_at.is_none() && viewer.serves_in(inbox.unit)
}

fn page(
    visitor: &Visitor,
    inboxes: &[Inbox],
    fields: &Fields,
    uploads: &[Upload],
    wrong: Option<&Wrong>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "write-title");
    let content = html! {
        div.page-head { h1 { (title) } }
        @if inboxes.is_empty() { (panel::panel(title, None, &html! { p { (t!(locale, "write-no-inbox")) } })) }
        @else { (form(visitor, inboxes, fields, uploads, wrong)) }
    };
    let above = [Place::new(t!(locale, "place-work"), "/")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
}

fn form(
    visitor: &Visitor,
    inboxes: &[Inbox],
    fields: &Fields,
    uploads: &[Upload],
    wrong: Option<&Wrong>,
) -> Markup {
    let locale = visitor.reader.locale;
    let from: Vec<(String, String)> = inboxes
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
    let send = Send {
        words: t!(locale, "write-send"),
        delivers: false,
        offered: Sending::ALL,
        chosen: sending(fields),
    };
    html! {
        section.panel.composer.write {
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
                (field::area(locale, &body, 10))
                (files::field(locale, "write-files", Audience::Message, uploads))
                div.composer-foot {
                    (composer::send_buttons(locale, &send))
                }
            }
        }
    }
}

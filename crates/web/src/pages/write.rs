//! A ticket that somebody of ours begins: whom it is opened for, or who is written to from an inbox of a unit in which
//! the writer serves.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::draft::{self, Writing};
use desk::open::{self, Outbound};
use desk::recipients::Recipients;
use desk::reply::Then;
use desk::words::{Body, Subject};
use desk::{DeskError, Look};
use domain::custom::{Custom, Needed, Of};
use domain::draft::New;
use domain::id::{InboxId, ServiceId, UploadId};
use domain::permission::Viewer;
use domain::preference::Sending;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use store::draft::{Addressed, Draft};
use store::inbox::Inbox;
use store::upload::{Audience, Upload};

use super::drafts::{self, Fate, Shown, Written};
use super::frame::{self, Frame, Here};
use super::on_behalf::Begun;
use super::{on_behalf, similar};
use crate::app::App;
use crate::form::Posted;
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

const KEEPS: &str = "/tickets/new/draft";

/// Longer questions are cut.
const LONGEST: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/new", Right::Agent, get(show)),
        Route::post("/tickets/new", Right::Agent, post(send)).up_to(sent::LONGEST),
        Route::post(KEEPS, Right::Agent, post(keep)),
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

impl Fields {
    fn read(pairs: &[(String, String)]) -> Result<Self, Refused> {
        Ok(Self { filled: Filled::sent(pairs), ..custom::rest(pairs)? })
    }
}

/// From where the visitor may write, and what is asked there.
struct Around {
    inboxes: Vec<Inbox>,
    customs: Vec<Custom>,
    /// What they began to write, with its files.
    draft: Option<Draft>,
    uploads: Vec<Upload>,
    /// What they began for others.
    begun: Vec<Begun>,
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
    Ok(begun(&visitor, &around, &choice, asked.to)?.into_response())
}

/// The page with what the visitor began to write, or as it begins.
fn begun(visitor: &Visitor, around: &Around, choice: &Markup, to: String) -> Result<Markup, Refused> {
    let Some(draft) = &around.draft else {
        let fields = Fields { to, ..Fields::default() };
        return Ok(page(visitor, around, (&fields, choice), &[], None));
    };
    let fields = Fields { body: draft.body.clone(), ..Fields::read(&draft.fields)? };
    // One is written at a time: words to one person are never sent to another by a link.
    let another =
        (!to.is_empty() && to != fields.to).then(|| t!(visitor.reader.locale, "write-begun", to = to));
    let wrong = another.map(|words| Wrong { words, asks: None });
    Ok(page(visitor, around, (&fields, choice), &around.uploads, wrong.as_ref()))
}

/// `POST /tickets/new/draft`: what is typed is kept.
async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let Posted(pairs) = posted?;
    let (viewer, written) = (Arc::clone(&visitor.viewer), Written::read(pairs)?);
    let fate = drafts::keep(&app, &visitor, &headers, &written, move |act| {
        Ok((domain::draft::Place::New(New::Outbound), Writing::opening(act, &viewer, New::Outbound, "")))
    });
    match fate.await? {
        Fate::Answered(response) => Ok(response),
        Fate::Kept | Fate::Gone => Ok(Redirect::to("/tickets/new").into_response()),
        Fate::Not(status, words) => {
            let fields = Fields::read(&written.pairs)?;
            again(&app, &visitor, &fields, status, Wrong { words, asks: None }).await
        }
    }
}

/// The page with another choice of whom a ticket is opened for.
pub(super) async fn with(app: &App, visitor: &Visitor, choice: &Markup) -> Result<Markup, Refused> {
    let around = around(app, visitor).await?;
    begun(visitor, &around, choice, String::new())
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<PostedFiles<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let PostedFiles(pairs, once, came) = posted?;
    let mut fields = Fields::read(&pairs)?;
    let filed = came.keep(&app, &visitor, Audience::Message, &fields.upload).await?;
    fields.upload.clone_from(&filed.files);
    if let Some((status, words)) = filed.trouble(visitor.reader.locale) {
        return again(&app, &visitor, &fields, status, Wrong { words, asks: None }).await;
    }
    let (viewer, sent) = (Arc::clone(&visitor.viewer), fields.clone());
    let opened = once.act(&app, &visitor, move |act| {
        let opened = open::outbound(act, &viewer, &outbound(&sent)?)?;
        draft::sent(act, domain::draft::Place::New(New::Outbound))?;
        Ok(opened)
    });
    let error = match opened.await {
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
        let begun = store::draft::opening(look.tx, viewer.person)?;
        let draft =
            begun.iter().find(|draft| draft.place == domain::draft::Place::New(New::Outbound)).cloned();
        let files = draft.as_ref().map_or(&[][..], |draft| &draft.files);
        let uploads = store::upload::all_of_person(look.tx, files, viewer.person)?;
        let begun = on_behalf::begun(look, &viewer, begun)?;
        Ok(Around { inboxes, customs, draft, uploads, begun })
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
            (on_behalf::begun_list(visitor, &around.begun))
            (choice)
            @if around.inboxes.is_empty() {
                p.muted { (t!(locale, "write-no-inbox")) }
                @if let Some(draft) = &around.draft { (drafts::left(visitor, &html! { (t!(locale, "unsent-own")) }, draft, KEEPS)) }
            }
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
    let own = Shown::of(visitor, around.draft.as_ref(), &around.uploads, KEEPS.to_owned());
    html! {
        section.panel.composer.write {
            header.panel-head { h2 { (t!(locale, "write-first")) } }
            form.panel-body method="post" action="/tickets/new" enctype=(files::ENCODING) data-draft=(own.action()) {
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
                (composer::keeping(locale, &own.keeping()))
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

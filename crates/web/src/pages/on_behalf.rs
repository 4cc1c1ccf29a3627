//! A ticket for somebody who called or stands at the desk: who it is, and what they said.

mod begun;
mod form;
mod newcomer;
mod people;

pub(super) use self::begun::{Begun, begun, begun_list};
pub(super) use self::people::choice;

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::on_behalf::{self, Said};
use desk::open::{Opened, Urgency};
use desk::words::{Body, Subject};
use desk::{Act, DeskError, Problem, draft};
use domain::custom::{Custom, Of};
use domain::draft::{New, Place};
use domain::id::{PersonId, ServiceId, UploadId};
use domain::permission::Viewer;
use domain::priority::Level;
use domain::ticket::Kind;
use serde::Deserialize;
use store::draft::Draft;
use store::message::Channel;
use store::person::Person;
use store::upload::{Audience, Upload};

use super::{uploads, write};
use crate::app::App;
use crate::form::files::{self as sent, PostedFiles};
use crate::guard::urlencode;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::ui::custom::{self, Filled};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let own = vec![
        Route::get("/people/{person}/tickets/new", Right::Agent, get(show)),
        Route::post("/people/{person}/tickets", Right::Agent, post(open)).up_to(sent::LONGEST),
        Route::post("/tickets/new/people", Right::Agent, post(newcomer::introduce)),
    ];
    [own, begun::routes()].into_iter().flatten().collect()
}

/// Whether the visitor serves anywhere, so that there is somewhere to open a ticket.
pub fn may_open(viewer: &Viewer) -> bool {
    !viewer.units.is_empty()
}

/// Where a ticket is opened for a person who was found under that.
pub fn address(person: PersonId, reached: &str) -> String {
    let place = format!("/people/{person}/tickets/new");
    if reached.is_empty() { place } else { format!("{place}?reached={}", urlencode(reached)) }
}

/// Under what they were found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    reached: String,
}

/// The form as it was sent; the words are looked at later, so that nothing is lost.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    reached: String,
    service: String,
    channel: String,
    kind: String,
    subject: String,
    body: String,
    impact: String,
    urgency: String,
    beneficiary: String,
    payer: String,
    upload: Vec<UploadId>,
    #[serde(skip)]
    filled: Filled,
}

impl Fields {
    fn blank(reached: String) -> Self {
        Self {
            reached,
            channel: Channel::Phone.as_str().to_owned(),
            kind: Kind::Request.as_str().to_owned(),
            impact: Level::Low.as_str().to_owned(),
            urgency: Level::Medium.as_str().to_owned(),
            ..Self::default()
        }
    }

    fn read(pairs: &[(String, String)]) -> Result<Self, Refused> {
        Ok(Self { filled: Filled::sent(pairs), ..custom::rest(pairs)? })
    }
}

/// What the form needs besides what was typed.
struct Around {
    person: Person,
    organisation: Option<String>,
    /// Services of the visitor's units that are for this person.
    services: Vec<(ServiceId, String)>,
    customs: Vec<Custom>,
    /// They have an address, and an inbox of the visitor's units sends.
    may_write: bool,
    /// What the visitor began to write down for them, with its files.
    draft: Option<Draft>,
    uploads: Vec<Upload>,
}

/// What is wrong, and with which field.
struct Wrong {
    field: &'static str,
    words: String,
}

/// `GET /people/{person}/tickets/new?reached=ADDRESS`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(person), Query(asked)) = (path?, asked?);
    let around = around(&app, &visitor, PersonId(person), &asked.reached).await?;
    let fields = match &around.draft {
        Some(draft) => {
            let kept = Fields { body: draft.body.clone(), ..Fields::read(&draft.fields)? };
            let reached = if asked.reached.is_empty() { kept.reached.clone() } else { asked.reached };
            Fields { reached, ..kept }
        }
        None => Fields::blank(asked.reached),
    };
    Ok(form::page(&visitor, &around, &fields, &around.uploads, None).into_response())
}

/// `POST /people/{person}/tickets`: a ticket, or the form again with everything that was written.
async fn open(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<PostedFiles<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let (Path(person), PostedFiles(pairs, once, came)) = (path?, posted?);
    let person = PersonId(person);
    let mut fields = Fields::read(&pairs)?;
    around(&app, &visitor, person, &fields.reached).await?;
    let filed = came.keep(&app, &visitor, Audience::Message, &fields.upload).await?;
    fields.upload.clone_from(&filed.files);
    let (status, wrong) = match filed.trouble(visitor.reader.locale) {
        Some((status, words)) => (status, Wrong { field: "files", words }),
        None => {
            let (viewer, typed) = (Arc::clone(&visitor.viewer), fields.clone());
            match once.act(&app, &visitor, move |act| opened(act, &viewer, person, &typed)).await {
                Ok(opened) => {
                    let address = format!("/tickets/{}?done=opened", opened.number);
                    return Ok(Redirect::to(&address).into_response());
                }
                Err(DeskError::Invalid { field, problem }) => {
                    let words = said::problem(visitor.reader.locale, &problem);
                    (StatusCode::UNPROCESSABLE_ENTITY, Wrong { field, words })
                }
                Err(error @ DeskError::Conflict(_)) => {
                    (StatusCode::CONFLICT, Wrong { field: "", words: said::error(&visitor.reader, &error) })
                }
                Err(other) => return Err(other.into()),
            }
        }
    };
    again(&app, &visitor, person, &fields, (status, wrong)).await
}

/// The form with everything that was written, and why no ticket was opened.
async fn again(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    fields: &Fields,
    (status, wrong): (StatusCode, Wrong),
) -> Result<Response, Refused> {
    let around = around(app, visitor, person, &fields.reached).await?;
    let kept = uploads::kept(app, visitor, fields.upload.clone()).await?;
    Ok((status, form::page(visitor, &around, fields, &kept, Some(&wrong))).into_response())
}

fn opened(act: &mut Act, viewer: &Viewer, person: PersonId, fields: &Fields) -> Result<Opened, DeskError> {
    let chosen = |field| DeskError::invalid(field, Problem::ChooseOne);
    let said = Said {
        person,
        reached: fields.reached.clone(),
        service: ServiceId(fields.service.parse().map_err(|_| chosen("service"))?),
        kind: Kind::parse(&fields.kind).ok_or_else(|| chosen("kind"))?,
        subject: Subject::parse(&fields.subject)?,
        body: Body::parse(&fields.body)?,
        beneficiary: fields.beneficiary.clone(),
        payer: fields.payer.clone(),
        urgency: Urgency::Judged {
            impact: Level::parse(&fields.impact).ok_or_else(|| chosen("impact"))?,
            urgency: Level::parse(&fields.urgency).ok_or_else(|| chosen("urgency"))?,
        },
        channel: Channel::parse(&fields.channel).ok_or_else(|| chosen("channel"))?,
        files: fields.upload.clone(),
        typed: fields.filled.typed.clone(),
    };
    let opened = on_behalf::open(act, viewer, &said)?;
    draft::sent(act, Place::New(New::OnBehalf(person)))?;
    Ok(opened)
}

async fn around(app: &App, visitor: &Visitor, person: PersonId, reached: &str) -> Result<Around, Refused> {
    let (viewer, reached) = (Arc::clone(&visitor.viewer), reached.to_owned());
    let looked = app.desk.look(move |look| {
        let draft = store::draft::at(look.tx, viewer.person, Place::New(New::OnBehalf(person)))?;
        let kept = draft.as_ref().and_then(|draft| draft.field("reached")).unwrap_or_default();
        let reached = if reached.is_empty() { kept } else { &reached };
        let person = on_behalf::found(look.tx, &viewer, person, reached)?;
        let files = draft.as_ref().map_or(&[][..], |draft| &draft.files);
        let uploads = store::upload::all_of_person(look.tx, files, viewer.person)?;
        let organisation = match person.organisation {
            Some(own) => store::organisation::by_id(look.tx, own)?.map(|organisation| organisation.name),
            None => None,
        };
        let offered = look.catalogue.services.values().filter(|offer| {
            let service = &offer.service;
            offer.ended_at.is_none()
                && viewer.serves_in(service.unit)
                && service.audience.admits(person.class)
        });
        let mut services: Vec<(ServiceId, String)> =
            offered.map(|offer| (offer.service.id, offer.name.clone())).collect();
        services.sort_by(|one, other| one.1.cmp(&other.1));
        let is_asked = |custom: &&Custom| {
            !custom.ended && services.iter().any(|(service, _)| custom.is_for(Of::Ticket, Some(*service)))
        };
        let customs = look.catalogue.customs.iter().filter(is_asked).cloned().collect();
        let may_write = person.email.is_some() && !write::inboxes(look, &viewer)?.is_empty();
        Ok(Around { person, organisation, services, customs, may_write, draft, uploads })
    });
    Ok(looked.await?)
}

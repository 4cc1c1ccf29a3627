//! Asking for something: the form of a service, and what becomes of it.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::custom::{self, Typed};
use desk::open::{Open, Opened, Urgency};
use desk::words::{Body, EmailAddress, Subject};
use desk::{Act, DeskError, Problem};
use domain::custom::{Answers, Custom, Needed, Of};
use domain::id::{OrganisationId, PersonId, ServiceId, UploadId};
use domain::permission::Viewer;
use domain::priority::Level;
use domain::ticket::Kind;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Offer;
use store::draft::Draft;
use store::message::Channel;
use store::upload::{Audience, Upload};

use super::super::frame::{self, Frame, Here};
use super::super::{similar, uploads};
use super::begun;
use super::kinds::{self, KINDS};
use super::services;
use crate::app::App;
use crate::form::files::PostedFiles;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::composer::{self, WORDS};
use crate::ui::custom::{self as custom_inputs, Filled};
use crate::ui::field::{self, Choice, Field};
use crate::ui::files;
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/portal/tickets/new", Right::SignedIn, get(show)),
        Route::post("/portal/tickets/new", Right::SignedIn, post(create)).up_to(crate::form::files::LONGEST),
    ]
}

/// Where somebody asks for a service.
pub(in crate::pages) fn address(service: ServiceId) -> String {
    format!("/portal/tickets/new?service={}", service.0)
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    service: i64,
}

/// The form as it was sent; the words are looked at later, so that nothing is lost.
#[derive(Debug, Clone, Deserialize)]
struct Asked {
    service: i64,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    impact: String,
    #[serde(default)]
    urgency: String,
    /// The address of whom it is for; empty for oneself.
    #[serde(default)]
    beneficiary: String,
    /// Files that were sent before.
    #[serde(default)]
    upload: Vec<UploadId>,
}

impl Asked {
    fn blank(service: i64) -> Self {
        Self {
            service,
            kind: Kind::Request.as_str().to_owned(),
            subject: String::new(),
            body: String::new(),
            impact: Level::Low.as_str().to_owned(),
            urgency: Level::Medium.as_str().to_owned(),
            beneficiary: String::new(),
            upload: Vec::new(),
        }
    }
}

/// What a form needs besides its words.
struct Around {
    offer: Offer,
    unit: String,
    promised: Option<String>,
    organisation: Option<String>,
    /// The fields that requesters of this service fill in.
    customs: Vec<Custom>,
    /// What the visitor began to ask, with its files.
    draft: Option<Draft>,
    uploads: Vec<Upload>,
}

/// `GET /portal/tickets/new?service=ID`.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let Ok(Query(wanted)) = wanted else { return Ok(Redirect::to("/portal/services").into_response()) };
    let around = around(&app, &visitor, ServiceId(wanted.service)).await?;
    let (asked, filled) = match &around.draft {
        Some(draft) => (
            Asked { body: draft.body.clone(), ..custom_inputs::rest(&draft.fields)? },
            Filled::sent(&draft.fields),
        ),
        None => (Asked::blank(wanted.service), Filled::default()),
    };
    Ok(page(&visitor, &around, (&asked, &filled), &[], &around.uploads).into_response())
}

/// The form as far as it was typed, and why it was not kept.
pub(super) async fn again(
    app: &App,
    visitor: &Visitor,
    pairs: &[(String, String)],
    (status, words): (StatusCode, String),
) -> Result<Response, Refused> {
    let (asked, filled): (Asked, Filled) = (custom_inputs::rest(pairs)?, Filled::sent(pairs));
    let around = around(app, visitor, ServiceId(asked.service)).await?;
    let kept = uploads::kept(app, visitor, asked.upload.clone()).await?;
    Ok((status, page(visitor, &around, (&asked, &filled), &[("body", words)], &kept)).into_response())
}

/// `POST /portal/tickets/new`: a ticket, or the form again with everything that was written.
async fn create(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<PostedFiles<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let PostedFiles(pairs, once, came) = posted?;
    let (mut asked, mut filled): (Asked, Filled) = (custom_inputs::rest(&pairs)?, Filled::sent(&pairs));
    let around = around(&app, &visitor, ServiceId(asked.service)).await?;
    let filed = came.keep(&app, &visitor, Audience::Message, &asked.upload).await?;
    asked.upload.clone_from(&filed.files);
    let mut errors = missing(visitor.reader.locale, &asked);
    let trouble = filed.trouble(visitor.reader.locale);
    let status = trouble.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(status, _)| *status);
    errors.extend(trouble.map(|(_, words)| ("files", words)));
    filled.wrong = faults(&app, &visitor, &around, &filled).await?;
    if errors.is_empty() && filled.wrong.is_empty() {
        let (viewer, sent, typed) = (Arc::clone(&visitor.viewer), asked.clone(), filled.typed.clone());
        match once.act(&app, &visitor, move |act| open(act, &viewer, &sent, &typed)).await {
            Ok(opened) => {
                let address = format!("/portal/tickets/{}?done=opened", opened.number);
                return Ok(Redirect::to(&address).into_response());
            }
            Err(DeskError::Invalid { field, problem }) => {
                errors.push((field, said::problem(visitor.reader.locale, &problem)));
            }
            Err(other) => return Err(other.into()),
        }
    }
    let kept = uploads::kept(&app, &visitor, asked.upload.clone()).await?;
    Ok((status, page(&visitor, &around, (&asked, &filled), &errors, &kept)).into_response())
}

/// What nobody filled in, told in the person's language.
fn missing(locale: Locale, asked: &Asked) -> Vec<(&'static str, String)> {
    let mut errors = Vec::new();
    if asked.subject.trim().is_empty() {
        errors.push(("subject", t!(locale, "new-subject-missing").to_owned()));
    }
    if asked.body.trim().is_empty() {
        errors.push(("body", t!(locale, "new-body-missing").to_owned()));
    }
    for (field, known) in [
        ("kind", Kind::parse(&asked.kind).is_some()),
        ("impact", Level::parse(&asked.impact).is_some()),
        ("urgency", Level::parse(&asked.urgency).is_some()),
    ] {
        if !known {
            errors.push((field, t!(locale, "new-choice-missing").to_owned()));
        }
    }
    errors
}

/// What is wrong with the fields that the service asks for, or is missing there.
async fn faults(
    app: &App,
    visitor: &Visitor,
    around: &Around,
    filled: &Filled,
) -> Result<Vec<(String, String)>, Refused> {
    let (viewer, customs, typed) =
        (Arc::clone(&visitor.viewer), around.customs.clone(), filled.typed.clone());
    let about = (Of::Ticket, Some(around.offer.service.id));
    let judged = app.desk.look(move |look| {
        custom::judge(look.tx, &viewer, &customs, about, &typed, &Answers::new(), Needed::Opening)
    });
    let said = |fault: custom::Fault| (fault.key, said::problem(visitor.reader.locale, &fault.problem));
    Ok(judged.await?.faults.into_iter().map(said).collect())
}

fn open(act: &mut Act, viewer: &Viewer, asked: &Asked, typed: &Typed) -> Result<Opened, DeskError> {
    let chosen = |field| DeskError::invalid(field, Problem::ChooseOne);
    let open = Open {
        service: ServiceId(asked.service),
        kind: Kind::parse(&asked.kind).ok_or_else(|| chosen("kind"))?,
        subject: Subject::parse(&asked.subject)?,
        body: Body::parse(&asked.body)?,
        requester: viewer.person,
        beneficiary: beneficiary(act, viewer, &asked.beneficiary)?,
        payer: None,
        urgency: Urgency::Judged {
            impact: Level::parse(&asked.impact).ok_or_else(|| chosen("impact"))?,
            urgency: Level::parse(&asked.urgency).ok_or_else(|| chosen("urgency"))?,
        },
        channel: Channel::Portal,
        files: asked.upload.clone(),
    };
    let opened = desk::open::answered(act, viewer, &open, typed)?;
    desk::draft::sent(act, begun::place(open.service))?;
    Ok(opened)
}

/// Somebody of the same organisation, by address; anybody else is as unknown as nobody.
fn beneficiary(act: &mut Act, viewer: &Viewer, address: &str) -> Result<Option<PersonId>, DeskError> {
    if address.trim().is_empty() {
        return Ok(None);
    }
    let unknown = || DeskError::invalid("beneficiary", Problem::BeneficiaryUnknown);
    let address = EmailAddress::parse(address).map_err(|_| unknown())?;
    let organisation: Option<OrganisationId> =
        store::access::standing(act.tx, viewer.person)?.and_then(|(_, organisation)| organisation);
    let found = store::person::by_email(act.tx, address.as_str())?.filter(|person| {
        person.disabled_at.is_none()
            && (person.id == viewer.person || organisation.is_some() && person.organisation == organisation)
    });
    found.map(|person| Some(person.id)).ok_or_else(unknown)
}

/// A service that is offered to the visitor; any other does not exist for them.
async fn around(app: &App, visitor: &Visitor, service: ServiceId) -> Result<Around, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let reader = visitor.reader.clone();
    Ok(app
        .desk
        .look(move |look| {
            let offer = services::offered(&look.catalogue, viewer.class)
                .into_iter()
                .find(|offer| offer.service.id == service)
                .cloned()
                .ok_or(DeskError::NotFound)?;
            let (_, organisation) =
                store::access::standing(look.tx, viewer.person)?.ok_or(DeskError::NotFound)?;
            let organisation = match organisation {
                Some(id) => store::organisation::by_id(look.tx, id)?.map(|organisation| organisation.name),
                None => None,
            };
            let customs = custom::readable(&look.catalogue.customs, false);
            let is_asked = |custom: &Custom| !custom.ended && custom.is_for(Of::Ticket, Some(service));
            let draft = store::draft::at(look.tx, viewer.person, begun::place(service))?;
            let files = draft.as_ref().map_or(&[][..], |draft| &draft.files);
            Ok(Around {
                uploads: store::upload::all_of_person(look.tx, files, viewer.person)?,
                customs: customs.into_iter().filter(is_asked).collect(),
                unit: look.catalogue.unit_name(offer.service.unit).to_owned(),
                promised: services::promised(&reader, &look.catalogue, viewer.class, &offer),
                organisation,
                offer,
                draft,
            })
        })
        .await?)
}

fn page(
    visitor: &Visitor,
    around: &Around,
    (asked, filled): (&Asked, &Filled),
    errors: &[(&'static str, String)],
    kept: &[Upload],
) -> Markup {
    let locale = visitor.reader.locale;
    let title = around.offer.name.as_str();
    let above = [Place::new(t!(locale, "services-title"), "/portal/services")];
    let mut listed: Vec<(&str, &str)> =
        errors.iter().map(|(field, words)| (*field, words.as_str())).collect();
    let own: Vec<(String, String)> = filled
        .wrong
        .iter()
        .map(|(key, words)| {
            let name = around.customs.iter().find(|custom| custom.key == *key);
            let name = name.map_or(key.as_str(), |custom| custom.name.as_str());
            (format!("{}{key}", custom_inputs::PREFIX), format!("{name}: {words}"))
        })
        .collect();
    listed.extend(own.iter().map(|(field, words)| (field.as_str(), words.as_str())));
    let content = html! {
        div.page-head { h1 { (title) } }
        div.offer-lead {
            @if !around.offer.summary.is_empty() { p { (around.offer.summary) } }
            p.offer-about { (icon(Icon::Unit)) span { (t!(locale, "new-unit", unit = around.unit.as_str())) } }
            @if let Some(words) = &around.promised { p.offer-about { (icon(Icon::Clock)) span { (words) } } }
            @if around.offer.service.confidential {
                p.offer-about { (icon(Icon::Lock)) span { (t!(locale, "services-confidential")) } }
            }
        }
        (field::error_summary(locale, &listed))
        (form(visitor, around, (asked, filled), errors, kept))
    };
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Services) }, &content)
}

fn form(
    visitor: &Visitor,
    around: &Around,
    (asked, filled): (&Asked, &Filled),
    errors: &[(&'static str, String)],
    kept: &[Upload],
) -> Markup {
    let locale = visitor.reader.locale;
    let error = |name: &str| errors.iter().find(|(field, _)| *field == name).map(|(_, words)| words.as_str());
    let kinds =
        KINDS.map(|kind| Choice { value: kind.as_str(), label: kinds::question(locale, kind), help: None });
    let impacts = [
        (Level::Low, t!(locale, "impact-low")),
        (Level::Medium, t!(locale, "impact-medium")),
        (Level::High, t!(locale, "impact-high")),
    ];
    let urgencies = [
        (Level::Low, t!(locale, "urgency-low")),
        (Level::Medium, t!(locale, "urgency-medium")),
        (Level::High, t!(locale, "urgency-high")),
    ];
    let choices = |levels: [(Level, &'static str); 3]| {
        levels.map(|(level, label)| Choice { value: level.as_str(), label, help: None })
    };
    let subject = Field::new("subject", t!(locale, "new-subject")).help(t!(locale, "new-subject-help"));
    let body = Field::new("body", t!(locale, "new-body")).help(t!(locale, "composer-markdown"));
    let own = begun::shown(visitor, around.draft.as_ref(), &around.uploads);
    html! {
        form.form.asking method="post" action=(address(around.offer.service.id)) enctype=(files::ENCODING) data-draft=(own.action()) {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="service" value=(asked.service);
            (field::select(locale, &Field::new("kind", t!(locale, "new-kind")).required().value(&asked.kind).error(error("kind")), &kinds))
            (field::input(locale, field::Kind::Text, &Field { maximum: Some(200), ..subject.required().value(&asked.subject).error(error("subject")) }))
            (similar::while_typing("/portal/tickets/similar", "field-subject"))
            (field::area(locale, &body.required().value(&asked.body).error(error("body")), 8))
            (custom_inputs::inputs(locale, "", &around.customs, filled, Needed::Opening))
            @if let Some(words) = error("files") { p.field-error role="alert" { (words) } }
            (files::field(locale, "field-files", Audience::Message, kept))
            div.composer-preview.prose #new-preview aria-live="polite" {}
            div.halves {
                (field::radios(&Field::new("impact", t!(locale, "new-impact")).required().value(&asked.impact).error(error("impact")), &choices(impacts)))
                (field::radios(&Field::new("urgency", t!(locale, "new-urgency")).required().value(&asked.urgency).error(error("urgency")), &choices(urgencies)))
            }
            @if let Some(organisation) = &around.organisation {
                (field::input(locale, field::Kind::Email, &Field::new("beneficiary", t!(locale, "new-beneficiary"))
                    .help(&t!(locale, "new-beneficiary-help", organisation = organisation.as_str()))
                    .value(&asked.beneficiary).error(error("beneficiary")).autocomplete("off")))
            }
            div.buttons {
                (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "new-send")))
                (preview_button(locale, "new-preview"))
                (button::link(Weight::Quiet, None, t!(locale, "cancel"), "/portal/services"))
            }
            (composer::keeping(locale, &own.keeping()))
        }
    }
}

/// Shows the text below its field on a live page, and in another tab without scripts.
pub(super) fn preview_button(locale: Locale, place: &str) -> Markup {
    html! {
        button.button.button-quiet type="submit" formaction="/portal/preview" formtarget="_blank" formnovalidate
            formenctype=(WORDS) hx-encoding=(WORDS) hx-post="/portal/preview" hx-target={ "#" (place) } hx-swap="innerHTML" {
            (icon(Icon::Eye)) (t!(locale, "composer-preview"))
        }
    }
}

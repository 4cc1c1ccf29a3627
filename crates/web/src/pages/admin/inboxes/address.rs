//! The first step: which address, who answers it, and how.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use desk::inboxes::Input;
use desk::{Act, DeskError, Look, Problem};
use domain::id::{InboxId, ServiceId, UnitId};
use domain::permission::Viewer;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::steps::{Step, steps};
use crate::app::App;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::people::choices;
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::pages::admin::units::catalogue;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::field::{self, Choice, Field, Kind};
use crate::visitor::Visitor;

const FIELDS: &[&str] = &[
    "address",
    "aliases",
    "name",
    "service",
    "language",
    "acknowledges",
    "signature",
    "undo_seconds",
    "largest",
    "recipients",
    "asks_rating",
];

pub async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let catalogue = catalogue(&app).await?;
    let fresh = Input {
        language: visitor.reader.locale.tag().to_owned(),
        ..Input::named("", "", UnitId(0), ServiceId(0))
    };
    Ok(page(&visitor, Came::default(), &catalogue, None, &typed(&fresh), &Wrong::default()).into_response())
}

pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    Id(id): Id,
) -> Result<Response, Refused> {
    let looked = app.desk.look(move |look| {
        let id = InboxId(id);
        Ok((
            Input::of(look, id)?,
            desk::inboxes::largest(look, id)?,
            desk::recipients::most(look, id)?,
            desk::rate::asks(look, id)?,
        ))
    });
    let (input, largest, recipients, asks) = looked.await?;
    let catalogue = catalogue(&app).await?;
    let fields =
        typed(&input).with("largest", largest.to_string()).with("recipients", recipients.to_string());
    let fields = if asks { fields.with("asks_rating", "yes".to_owned()) } else { fields };
    Ok(page(&visitor, came, &catalogue, Some(id), &fields, &Wrong::default()).into_response())
}

pub async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    let verb = move |act: &mut Act, by: &Viewer| {
        let input = said(act, &typed, Input::named("", "", UnitId(0), ServiceId(0)))?;
        let id = desk::inboxes::create(act, by, &input)?;
        set_limits(act, by, id, &typed)?;
        Ok(id)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(id) => Ok(shell::done(&format!("/admin/inboxes/{id}/provider"), Done::Added)),
        Err(error) => again(&app, &visitor, None, &fields, error).await,
    }
}

pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let typed = fields.clone();
    let verb = move |act: &mut Act, by: &Viewer| {
        let before = Input::of(
            &mut Look { tx: &mut *act.tx, now: act.now, catalogue: act.catalogue.clone() },
            InboxId(id),
        )?;
        let input = said(act, &typed, before)?;
        desk::inboxes::change(act, by, InboxId(id), &input)?;
        set_limits(act, by, InboxId(id), &typed)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(shell::done(&format!("/admin/inboxes/{id}"), Done::Saved)),
        Err(error) => again(&app, &visitor, Some(id), &fields, error).await,
    }
}

/// What is left empty stays as it is.
fn set_limits(act: &mut Act, by: &Viewer, id: InboxId, fields: &Fields) -> Result<(), DeskError> {
    desk::rate::set_asks(act, by, id, !fields.text("asks_rating").is_empty())?;
    if !fields.text("recipients").trim().is_empty() {
        desk::recipients::set_most(act, by, id, fields.whole("recipients")?)?;
    }
    if fields.text("largest").trim().is_empty() {
        return Ok(());
    }
    desk::inboxes::set_largest(act, by, id, fields.whole("largest")?)
}

async fn again(
    app: &App,
    visitor: &Visitor,
    id: Option<i64>,
    fields: &Fields,
    error: DeskError,
) -> Result<Response, Refused> {
    let wrong = Wrong::of(&visitor.reader, error)?;
    let catalogue = catalogue(app).await?;
    Ok(shell::answer(&wrong, page(visitor, Came::default(), &catalogue, id, fields, &wrong)))
}

fn typed(input: &Input) -> Fields {
    Fields::default()
        .with("address", input.address.as_str())
        .with("aliases", input.aliases.join("\n"))
        .with("name", input.name.as_str())
        .with("service", input.service.to_string())
        .with("language", input.language.as_str())
        .ticked_when("acknowledges", input.acknowledges)
        .with("signature", input.signature.as_str())
        .with("undo_seconds", input.undo_seconds.to_string())
}

/// What the form says; the servers stay as they were.
fn said(act: &Act, fields: &Fields, before: Input) -> Result<Input, DeskError> {
    let service = ServiceId(fields.needed_id("service")?);
    let gone = || DeskError::invalid("service", Problem::ServiceNotOffered);
    let offer = act.catalogue.services.get(&service).ok_or_else(gone)?;
    let aliases = fields.text("aliases").split_whitespace().map(str::to_owned).collect();
    Ok(Input {
        name: fields.text("name").to_owned(),
        address: fields.text("address").to_owned(),
        aliases,
        unit: offer.service.unit,
        service,
        language: fields.text("language").to_owned(),
        signature: fields.text("signature").replace("\r\n", "\n"),
        acknowledges: fields.ticked("acknowledges"),
        undo_seconds: fields.whole("undo_seconds")?,
        ..before
    })
}

fn page(
    visitor: &Visitor,
    came: Came,
    catalogue: &Catalogue,
    id: Option<i64>,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let (title, save) = match id {
        None => (t!(locale, "mail-inbox-new"), t!(locale, "mail-next")),
        Some(_) => (fields.text("name"), t!(locale, "admin-save")),
    };
    let action =
        id.map_or_else(|| "/admin/inboxes/new".to_owned(), |id| format!("/admin/inboxes/{id}/address"));
    let content = html! {
        (shell::head(title, None))
        (steps(locale, id, Step::Address))
        (shell::form(visitor, &action, wrong, save, &form(locale, catalogue, fields, wrong)))
    };
    shell::below(visitor, Part::Inboxes, title, &came, &content)
}

fn form(locale: Locale, catalogue: &Catalogue, fields: &Fields, wrong: &Wrong) -> Markup {
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    let languages = Locale::ALL.map(|own| Choice { value: own.tag(), label: own.own_name(), help: None });
    let services = services(catalogue);
    let mut offered = vec![("", t!(locale, "mail-service-choose"))];
    offered.extend(services.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    html! {
        (field::input(locale, Kind::Email, &field("address", t!(locale, "mail-address")).required().help(t!(locale, "mail-address-help"))))
        (field::area(locale, &field("aliases", t!(locale, "mail-aliases")).help(t!(locale, "mail-aliases-help")), 2))
        (field::input(locale, Kind::Text, &field("name", t!(locale, "admin-name")).required().help(t!(locale, "mail-name-help"))))
        (field::select(locale, &field("service", t!(locale, "mail-service")).required().help(t!(locale, "mail-service-help")), &choices(&offered)))
        (field::select(locale, &field("language", t!(locale, "admin-language")).required().help(t!(locale, "mail-language-help")), &languages))
        (field::checkbox(&field("acknowledges", t!(locale, "mail-acknowledges")).help(t!(locale, "mail-acknowledges-help"))))
        (field::checkbox(&field("asks_rating", t!(locale, "rate-asks")).help(t!(locale, "rate-asks-help"))))
        (field::area(locale, &field("signature", t!(locale, "mail-signature")).help(t!(locale, "mail-signature-help")), 4))
        (field::input(locale, Kind::Number, &field("undo_seconds", t!(locale, "mail-undo")).required().help(t!(locale, "mail-undo-help"))))
        (field::input(locale, Kind::Number, &field("largest", t!(locale, "mail-largest")).help(t!(locale, "mail-largest-help")).placeholder("20")))
        (field::input(locale, Kind::Number, &field("recipients", t!(locale, "recipients-most")).help(t!(locale, "recipients-most-help")).placeholder("250")))
    }
}

/// "Support: Help", for every service that is offered.
fn services(catalogue: &Catalogue) -> Vec<(String, String)> {
    let living = catalogue.services.values().filter(|offer| offer.ended_at.is_none());
    let mut named: Vec<(String, String)> = living
        .map(|offer| {
            let unit = catalogue.unit_name(offer.service.unit);
            (offer.service.id.to_string(), format!("{unit}: {}", offer.name))
        })
        .collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}

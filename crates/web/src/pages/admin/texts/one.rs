//! One text: written for everywhere or for one unit, tried out before it is saved, and set back to the usual one.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use desk::template::{Place, Preview, Template, Text, Written};
use desk::{DeskError, Problem};
use domain::id::UnitId;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::names;
use crate::app::App;
use crate::markdown;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::shell::{self, Came, Done, Part};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

const FIELDS: &[&str] = &["unit", "language", "subject", "body", "ticket"];

/// What the page shows beside the form.
struct Beside {
    catalogue: Arc<Catalogue>,
    /// An administrator's own text stands here.
    own: bool,
    preview: Option<Text>,
}

pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    Path(text): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let template = Template::parse(&text).ok_or(Refused::NotFound)?;
    let asked = |name: &str| shell::query_value(&uri, name);
    let language = asked("language").and_then(|tag| Locale::from_tag(&tag));
    let place = Place {
        template,
        unit: asked("unit").and_then(|unit| unit.parse().ok()).map(UnitId),
        language: language.unwrap_or(visitor.reader.locale).tag().to_owned(),
    };
    let (catalogue, written, own) = stands(&app, &visitor, &place).await?;
    if place.unit.is_some_and(|unit| !catalogue.units.contains_key(&unit)) {
        return Err(Refused::NotFound);
    }
    let fields = Fields::default().with("subject", written.subject).with("body", written.body);
    let beside = Beside { catalogue, own, preview: None };
    Ok(page(&visitor, came, &place, &fields, &Wrong::default(), &beside).into_response())
}

pub async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(text): Path<String>,
    sent: Sent,
) -> Result<Response, Refused> {
    let (place, fields) = typed(&text, sent)?;
    let (kept, written) = (place.clone(), written(&fields));
    match shell::act(&app, &visitor, move |act, by| desk::template::save(act, by, &kept, &written)).await {
        Ok(()) => Ok(back(&place, Done::Saved)),
        Err(error) => again(&app, &visitor, &place, &fields, Wrong::of(&visitor.reader, error)?, None).await,
    }
}

/// How it would read; nothing is kept.
pub async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(text): Path<String>,
    sent: Sent,
) -> Result<Response, Refused> {
    let (place, fields) = typed(&text, sent)?;
    let (viewer, asked, written) = (Arc::clone(&visitor.viewer), place.clone(), written(&fields));
    let with = match fields.some("ticket").map(|number| number.trim_start_matches('#').parse()) {
        None => Ok(Preview::Examples),
        Some(Ok(number)) => Ok(Preview::Ticket(number)),
        Some(Err(_)) => {
            let text = fields.text("ticket").to_owned();
            Err(DeskError::invalid("ticket", Problem::NotATicketNumber { text }))
        }
    };
    let made = match with {
        Ok(with) => {
            let look =
                app.desk.look(move |look| desk::template::preview(look, &viewer, &asked, &written, with));
            look.await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(text) => again(&app, &visitor, &place, &fields, Wrong::default(), Some(text)).await,
        Err(error) => again(&app, &visitor, &place, &fields, Wrong::of(&visitor.reader, error)?, None).await,
    }
}

pub async fn reset(
    State(app): State<App>,
    visitor: Visitor,
    Path(text): Path<String>,
    sent: Sent,
) -> Result<Response, Refused> {
    let (place, _) = typed(&text, sent)?;
    let own = place.clone();
    shell::act(&app, &visitor, move |act, by| desk::template::remove(act, by, &own)).await?;
    Ok(back(&place, Done::Saved))
}

/// The page of a text.
pub fn address(place: &Place) -> String {
    let unit = place.unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
    format!("/admin/texts/{}?language={}{unit}", place.template.as_str(), place.language)
}

fn back(place: &Place, done: Done) -> Response {
    Redirect::to(&format!("{}&done={}", address(place), done.word())).into_response()
}

fn typed(text: &str, sent: Sent) -> Result<(Place, Fields), Refused> {
    let template = Template::parse(text).ok_or(Refused::NotFound)?;
    let fields = Fields::read(sent, FIELDS)?;
    let unit = fields.id("unit")?.map(UnitId);
    Ok((Place { template, unit, language: fields.text("language").to_owned() }, fields))
}

fn written(fields: &Fields) -> Written {
    Written { subject: fields.text("subject").to_owned(), body: fields.text("body").to_owned() }
}

async fn stands(
    app: &App,
    visitor: &Visitor,
    place: &Place,
) -> Result<(Arc<Catalogue>, Written, bool), Refused> {
    let (viewer, place) = (Arc::clone(&visitor.viewer), place.clone());
    let read = app.desk.look(move |look| {
        let (written, own) = desk::template::shown(look, &viewer, &place)?;
        Ok((Arc::clone(&look.catalogue), written, own))
    });
    Ok(read.await?)
}

async fn again(
    app: &App,
    visitor: &Visitor,
    place: &Place,
    fields: &Fields,
    wrong: Wrong,
    preview: Option<Text>,
) -> Result<Response, Refused> {
    let (catalogue, _, own) = stands(app, visitor, place).await?;
    let beside = Beside { catalogue, own, preview };
    Ok(shell::answer(&wrong, page(visitor, Came::default(), place, fields, &wrong, &beside)))
}

fn page(
    visitor: &Visitor,
    came: Came,
    place: &Place,
    fields: &Fields,
    wrong: &Wrong,
    beside: &Beside,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = names::title(locale, place.template);
    let content = html! {
        (shell::head(title, None))
        p.lead { (names::occasion(locale, place.template)) }
        div.halves {
            div.stack {
                (panel::panel(t!(locale, "texts-which"), None, &which(locale, place, &beside.catalogue)))
                (panel::panel(t!(locale, "texts-text"), None, &form(visitor, place, fields, wrong)))
                @if beside.own {
                    (panel::panel(t!(locale, "texts-reset"), None, &reset_form(visitor, place)))
                }
            }
            div.stack {
                @if let Some(text) = &beside.preview {
                    (panel::panel(t!(locale, "texts-preview"), None, &html! {
                        p { strong { (text.subject) } }
                        div.prose { (markdown::render(&text.body)) }
                        p.muted.small { (t!(locale, "texts-preview-words")) }
                    }))
                }
                (panel::panel(t!(locale, "texts-variables"), None, &variables(locale, place.template)))
            }
        }
    };
    shell::below(visitor, Part::Texts, title, &came, &content)
}

/// Chooses whose text in which language is written here.
fn which(locale: Locale, place: &Place, catalogue: &Catalogue) -> Markup {
    let unit = place.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let units: Vec<(String, &str)> = catalogue
        .units
        .values()
        .filter(|own| own.ended_at.is_none() || place.unit == Some(own.id))
        .map(|own| (own.id.to_string(), own.name.as_str()))
        .collect();
    let everywhere = Choice { value: "", label: t!(locale, "texts-everywhere"), help: None };
    let named = units.iter().map(|(value, label)| Choice { value, label, help: None });
    let choices: Vec<Choice<'_>> = std::iter::once(everywhere).chain(named).collect();
    let languages =
        Locale::ALL.map(|known| Choice { value: known.tag(), label: known.own_name(), help: None });
    html! {
        form.form method="get" action={ "/admin/texts/" (place.template.as_str()) } {
            (field::select(locale, &Field::new("language", t!(locale, "admin-language")).of("which").required().value(&place.language), &languages))
            (field::select(locale, &Field::new("unit", t!(locale, "texts-unit")).of("which").help(t!(locale, "texts-unit-help")).value(&unit), &choices))
            div.buttons { (button::submit(Weight::Secondary, None, t!(locale, "texts-show"))) }
        }
    }
}

fn form(visitor: &Visitor, place: &Place, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let action = format!("/admin/texts/{}", place.template.as_str());
    html! {
        (field::error_summary(locale, &wrong.listed()))
        form.form method="post" action=(action) novalidate {
            (hidden(visitor, place))
            (field::input(locale, Kind::Text, &Field::new("subject", t!(locale, "texts-subject"))
                .required().value(fields.text("subject")).error(wrong.about("subject"))))
            (field::area(locale, &Field::new("body", t!(locale, "texts-body"))
                .required().help(t!(locale, "texts-body-help")).value(fields.text("body")).error(wrong.about("body")), 14))
            (field::input(locale, Kind::Text, &Field::new("ticket", t!(locale, "texts-ticket"))
                .help(t!(locale, "texts-ticket-help")).value(fields.text("ticket")).error(wrong.about("ticket"))))
            div.buttons {
                (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "admin-save")))
                (button::submit_to(Weight::Secondary, Some(Icon::Eye), t!(locale, "texts-preview-go"), &format!("{action}/preview")))
            }
        }
    }
}

fn reset_form(visitor: &Visitor, place: &Place) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        p.muted { (t!(locale, "texts-reset-words")) }
        form method="post" action={ "/admin/texts/" (place.template.as_str()) "/reset" } {
            (hidden(visitor, place))
            (button::submit(Weight::Danger, None, t!(locale, "texts-reset-go")))
        }
    }
}

fn hidden(visitor: &Visitor, place: &Place) -> Markup {
    html! {
        (field::token(&visitor.csrf))
        input type="hidden" name="language" value=(place.language);
        input type="hidden" name="unit" value=(place.unit.map(|unit| unit.to_string()).unwrap_or_default());
    }
}

fn variables(locale: Locale, template: Template) -> Markup {
    let columns = [words(t!(locale, "texts-variable")), words(t!(locale, "texts-meaning"))];
    let rows: Vec<Vec<Markup>> = template
        .variables()
        .iter()
        .map(|variable| {
            let name = html! { code.whole { "{{ " (variable.as_str()) " }}" } };
            let meaning = html! {
                (names::variable(locale, *variable))
                @if variable.may_be_missing() { " " span.muted { (t!(locale, "texts-may-be-missing")) } }
            };
            vec![name, meaning]
        })
        .collect();
    html! {
        p.muted { (t!(locale, "texts-variables-words")) }
        (table(t!(locale, "texts-variables"), &columns, &rows))
    }
}

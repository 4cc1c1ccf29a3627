//! Fields of one's own: their list, adding one, changing one, and asking it no more.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::custom::{self, Input};
use domain::custom::{Custom, Needed, Of, Shown, Type, When};
use domain::id::{CustomId, ServiceId};
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

const NAMES: &[&str] =
    &["of", "key", "name", "help", "holds", "services", "needed", "shown", "choices", "when", "is", "ended"];

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/fields", Right::Administrator, get(list)),
        Route::get("/admin/fields/new", Right::Administrator, get(new)),
        Route::post("/admin/fields/new", Right::Administrator, post(create)),
        Route::get("/admin/fields/{field}", Right::Administrator, get(open)),
        Route::post("/admin/fields/{field}", Right::Administrator, post(change)),
    ]
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let catalogue = catalogue(&app).await?;
    let add = button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "custom-new"), "/admin/fields/new");
    let columns = [
        words(t!(locale, "custom-name")),
        words(t!(locale, "custom-of")),
        words(t!(locale, "custom-holds")),
        words(t!(locale, "custom-shown")),
        words(t!(locale, "custom-needed")),
    ];
    let rows: Vec<Vec<Markup>> = catalogue.customs.iter().map(|custom| row(locale, custom)).collect();
    let content = html! {
        (shell::head(t!(locale, "custom-fields"), Some(&add)))
        p.muted { (t!(locale, "custom-words")) }
        @if rows.is_empty() {
            (panel::panel(t!(locale, "custom-fields"), None, &panel::empty(Icon::Note, t!(locale, "custom-none"), t!(locale, "custom-none-words"), None)))
        } @else {
            (table(t!(locale, "custom-fields"), &columns, &rows))
        }
    };
    Ok(shell::part(&visitor, Part::Customs, &came, &content).into_response())
}

fn row(locale: Locale, custom: &Custom) -> Vec<Markup> {
    vec![
        html! {
            a href={ "/admin/fields/" (custom.id) } { (custom.name) }
            " " span.muted { "field." (custom.key) }
            @if custom.ended { " " span.muted { "(" (t!(locale, "custom-ended-short")) ")" } }
        },
        html! { (of(locale, custom.of)) },
        html! { (holds(locale, custom.holds)) },
        html! { (shown(locale, custom.shown)) },
        html! { (needed(locale, custom.needed)) },
    ]
}

async fn new(State(app): State<App>, visitor: Visitor) -> Result<Markup, Refused> {
    let blank = Fields::default()
        .with("of", Of::Ticket.as_str())
        .with("holds", Type::Text.as_str())
        .with("needed", Needed::Never.as_str())
        .with("shown", Shown::Inside.as_str());
    Ok(page(&visitor, &*catalogue(&app).await?, None, &Came::default(), &blank, &Wrong::default()))
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, NAMES)?;
    let made = match input(&fields) {
        Ok(input) => {
            shell::make(&app, &visitor, &fields, move |act, by| custom::define(act, by, &input)).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(id) => Ok(shell::done(&format!("/admin/fields/{id}"), Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let page = page(&visitor, &*catalogue(&app).await?, None, &Came::default(), &fields, &wrong);
            Ok(shell::answer(&wrong, page))
        }
    }
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let catalogue = catalogue(&app).await?;
    let custom = known(&catalogue, id)?;
    Ok(page(&visitor, &catalogue, Some(custom), &came, &filled(custom, &catalogue), &Wrong::default())
        .into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, NAMES)?;
    let catalogue = catalogue(&app).await?;
    let before = known(&catalogue, id)?;
    // What is chosen once is not sent.
    let whole = fields
        .replaced("of", before.of.as_str())
        .replaced("key", &before.key)
        .replaced("holds", before.holds.as_str());
    let ended = fields.ticked("ended");
    let changed = match input(&whole) {
        Ok(input) => {
            let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
                custom::change(act, by, CustomId(id), &input)?;
                custom::end(act, by, CustomId(id), ended)
            };
            shell::act(&app, &visitor, verb).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(shell::done(&format!("/admin/fields/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let page = page(&visitor, &catalogue, Some(before), &Came::default(), &fields, &wrong);
            Ok(shell::answer(&wrong, page))
        }
    }
}

async fn catalogue(app: &App) -> Result<Arc<Catalogue>, Refused> {
    Ok(app.desk.look(|look| Ok(Arc::clone(&look.catalogue))).await?)
}

fn known(catalogue: &Catalogue, id: i64) -> Result<&Custom, Refused> {
    let found = catalogue.customs.iter().find(|custom| custom.id == CustomId(id));
    found.ok_or_else(|| DeskError::NotFound.into())
}

fn input(fields: &Fields) -> Result<Input, DeskError> {
    let choose = |field| DeskError::invalid(field, desk::Problem::ChooseOne);
    let services = fields.all("services").filter_map(|id| id.parse().ok()).map(ServiceId).collect();
    let when = fields
        .id("when")?
        .map(|field| When { field: CustomId(field), is: fields.text("is").trim().to_owned() });
    Ok(Input {
        of: Of::parse(fields.text("of")).ok_or_else(|| choose("of"))?,
        key: fields.text("key").trim().to_owned(),
        name: fields.text("name").to_owned(),
        help: fields.text("help").to_owned(),
        holds: Type::parse(fields.text("holds")).ok_or_else(|| choose("holds"))?,
        services,
        needed: Needed::parse(fields.text("needed")).ok_or_else(|| choose("needed"))?,
        shown: Shown::parse(fields.text("shown")).ok_or_else(|| choose("shown"))?,
        choices: fields.text("choices").lines().map(str::to_owned).collect(),
        when,
    })
}

fn filled(custom: &Custom, _: &Catalogue) -> Fields {
    let lines: Vec<&str> =
        custom.choices.iter().filter(|choice| !choice.gone).map(|choice| choice.name.as_str()).collect();
    let mut fields = Fields::default()
        .with("of", custom.of.as_str())
        .with("key", custom.key.as_str())
        .with("name", custom.name.as_str())
        .with("help", custom.help.as_str())
        .with("holds", custom.holds.as_str())
        .with("needed", custom.needed.as_str())
        .with("shown", custom.shown.as_str())
        .with("choices", lines.join("\n"))
        .ticked_when("ended", custom.ended);
    for service in &custom.services {
        fields = fields.with("services", service.to_string());
    }
    match &custom.when {
        Some(when) => fields.with("when", when.field.to_string()).with("is", when.is.as_str()),
        None => fields,
    }
}

fn page(
    visitor: &Visitor,
    catalogue: &Catalogue,
    custom: Option<&Custom>,
    came: &Came,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let form = form(locale, catalogue, custom, fields, wrong);
    let (title, content) = match custom {
        None => {
            let title = t!(locale, "custom-new");
            (title, shell::making(visitor, "/admin/fields/new", wrong, t!(locale, "admin-add"), &form))
        }
        Some(custom) => {
            let action = format!("/admin/fields/{}", custom.id);
            (custom.name.as_str(), shell::form(visitor, &action, wrong, t!(locale, "admin-save"), &form))
        }
    };
    let content = html! { (shell::head(title, None)) (content) };
    shell::below(visitor, Part::Customs, title, came, &content)
}

fn form(
    locale: Locale,
    catalogue: &Catalogue,
    custom: Option<&Custom>,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let text = |name: &'static str, label: &'static str| {
        Field::new(name, label).value(fields.text(name)).error(wrong.about(name))
    };
    html! {
        (field::input(locale, Kind::Text, &text("name", t!(locale, "custom-name")).required()))
        @match custom {
            None => {
                (field::input(locale, Kind::Text, &text("key", t!(locale, "custom-key")).help(t!(locale, "custom-key-help")).required()))
                div.halves {
                    (field::select(locale, &text("of", t!(locale, "custom-of")).required(), &Of::ALL.iter().map(|one| Choice { value: one.as_str(), label: of(locale, *one), help: None }).collect::<Vec<_>>()))
                    (field::select(locale, &text("holds", t!(locale, "custom-holds")).required(), &Type::ALL.iter().map(|one| Choice { value: one.as_str(), label: holds(locale, *one), help: None }).collect::<Vec<_>>()))
                }
            }
            Some(custom) => p.muted { "field." (custom.key) " · " (of(locale, custom.of)) " · " (holds(locale, custom.holds)) },
        }
        (field::input(locale, Kind::Text, &text("help", t!(locale, "custom-help")).help(t!(locale, "custom-help-help"))))
        @if custom.is_none_or(|custom| matches!(custom.holds, Type::One | Type::Several)) {
            (field::area(locale, &text("choices", t!(locale, "custom-choices")).help(t!(locale, "custom-choices-help")), 6))
        }
        div.halves {
            (field::select(locale, &text("shown", t!(locale, "custom-shown")).required(), &Shown::ALL.iter().map(|one| Choice { value: one.as_str(), label: shown(locale, *one), help: None }).collect::<Vec<_>>()))
            @if custom.is_none_or(|custom| custom.of == Of::Ticket) {
                (field::select(locale, &text("needed", t!(locale, "custom-needed")).required(), &Needed::ALL.iter().map(|one| Choice { value: one.as_str(), label: needed(locale, *one), help: None }).collect::<Vec<_>>()))
            } @else { input type="hidden" name="needed" value="never"; }
        }
        @if custom.is_none_or(|custom| custom.of == Of::Ticket) { (services(locale, catalogue, fields)) }
        (condition(locale, catalogue, custom, &text("when", t!(locale, "custom-when")), &text("is", t!(locale, "custom-is"))))
        @if custom.is_some() {
            (field::checkbox(&Field::new("ended", t!(locale, "custom-ended")).value(if fields.ticked("ended") { "yes" } else { "" }).help(t!(locale, "custom-ended-help"))))
        }
    }
}

fn services(locale: Locale, catalogue: &Catalogue, fields: &Fields) -> Markup {
    html! {
        fieldset.field {
            legend { (t!(locale, "custom-services")) }
            p.field-help { (t!(locale, "custom-services-help")) }
            @for (id, offer) in &catalogue.services {
                @let value = id.to_string();
                @if offer.ended_at.is_none() || fields.has("services", &value) {
                    label.choice {
                        input type="checkbox" name="services" value=(value) checked[fields.has("services", &value)];
                        span { (offer.name) }
                    }
                }
            }
        }
    }
}

fn condition(
    locale: Locale,
    catalogue: &Catalogue,
    custom: Option<&Custom>,
    when: &Field<'_>,
    is: &Field<'_>,
) -> Markup {
    let others: Vec<(String, &Custom)> = catalogue
        .customs
        .iter()
        .filter(|other| custom.is_none_or(|own| own.id != other.id && own.of == other.of))
        .map(|other| (other.id.to_string(), other))
        .collect();
    let mut choices = vec![Choice { value: "", label: t!(locale, "custom-always"), help: None }];
    choices.extend(others.iter().map(|(id, other)| Choice { value: id, label: &other.name, help: None }));
    html! {
        @if !others.is_empty() {
            div.halves {
                (field::select(locale, when, &choices))
                (field::input(locale, Kind::Text, &is.help(t!(locale, "custom-is-help"))))
            }
        }
    }
}

fn of(locale: Locale, of: Of) -> &'static str {
    match of {
        Of::Ticket => t!(locale, "custom-of-ticket"),
        Of::Person => t!(locale, "custom-of-person"),
        Of::Organisation => t!(locale, "custom-of-organisation"),
    }
}

fn holds(locale: Locale, holds: Type) -> &'static str {
    match holds {
        Type::Text => t!(locale, "custom-type-text"),
        Type::Long => t!(locale, "custom-type-long"),
        Type::Number => t!(locale, "custom-type-number"),
        Type::Date => t!(locale, "custom-type-date"),
        Type::YesNo => t!(locale, "custom-type-yes-no"),
        Type::One => t!(locale, "custom-type-one"),
        Type::Several => t!(locale, "custom-type-several"),
        Type::Person => t!(locale, "custom-type-person"),
        Type::Organisation => t!(locale, "custom-type-organisation"),
    }
}

fn shown(locale: Locale, shown: Shown) -> &'static str {
    match shown {
        Shown::Both => t!(locale, "custom-shown-both"),
        Shown::Inside => t!(locale, "custom-shown-inside"),
    }
}

fn needed(locale: Locale, needed: Needed) -> &'static str {
    match needed {
        Needed::Never => t!(locale, "custom-needed-never"),
        Needed::Opening => t!(locale, "custom-needed-opening"),
        Needed::Solving => t!(locale, "custom-needed-solving"),
    }
}

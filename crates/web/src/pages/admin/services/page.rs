//! How the page of one service looks.

use domain::priority::{Level, Priority};
use domain::service::Audience;
use maud::{Markup, html};
use store::catalogue::{Catalogue, Offer};

use super::{audience, audience_names, level_name, plan_rows};
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::admin::people::choices;
use crate::pages::admin::shell::{self, Came, Part};
use crate::pages::admin::{calendars, units, usual};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn page(
    visitor: &Visitor,
    came: Came,
    catalogue: &Catalogue,
    offer: Option<&Offer>,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = offer.map_or(t!(locale, "admin-service-new"), |offer| &offer.name);
    let action = offer.map_or_else(
        || "/admin/services/new".to_owned(),
        |offer| format!("/admin/services/{}", offer.service.id),
    );
    let content = html! {
        (shell::head(title, None))
        (field::error_summary(locale, &wrong.listed()))
        form.stack method="post" action=(action) novalidate {
            (field::token_once(&visitor.csrf))
            div.halves {
                (panel::panel(t!(locale, "admin-details"), None, &what(locale, catalogue, fields, wrong)))
                (panel::panel(t!(locale, "admin-audience"), None, &for_whom(locale, fields, wrong)))
                (panel::panel(t!(locale, "admin-closing"), None, &closing(locale, catalogue, fields, wrong)))
                (panel::panel(t!(locale, "admin-matrix"), None, &matrix(locale, fields, wrong)))
            }
            (panel::panel(t!(locale, "admin-plan"), None, &plan(locale, catalogue, offer, fields, wrong)))
            div.buttons { (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "admin-save"))) }
        }
        @if let Some(offer) = offer { (beside(visitor, catalogue, offer)) }
    };
    shell::below(visitor, Part::Services, title, &came, &content)
}

fn what(locale: Locale, catalogue: &Catalogue, fields: &Fields, wrong: &Wrong) -> Markup {
    let units = units::choices(catalogue);
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        (field::input(locale, Kind::Text, &field("name", t!(locale, "admin-name")).required()))
        (field::area(locale, &field("summary", t!(locale, "admin-summary")).help(t!(locale, "admin-summary-help")), 3))
        (field::select(locale, &field("unit", t!(locale, "admin-provider")).required(), &choices(&pairs(&units))))
    }
}

fn for_whom(locale: Locale, fields: &Fields, wrong: &Wrong) -> Markup {
    let tick = |name: &'static str, label, help| {
        field::checkbox(&Field::new(name, label).value(fields.text(name)).help(help).error(wrong.about(name)))
    };
    html! {
        (tick("internal", t!(locale, "admin-audience-internal"), t!(locale, "admin-audience-internal-help")))
        (tick("connected", t!(locale, "admin-audience-connected"), t!(locale, "admin-audience-connected-help")))
        (tick("external", t!(locale, "admin-audience-external"), t!(locale, "admin-audience-external-help")))
        p.example { (sentence(locale, audience(fields))) }
        (tick("confidential", t!(locale, "admin-confidential"), t!(locale, "admin-confidential-help")))
    }
}

fn sentence(locale: Locale, audience: Audience) -> String {
    if audience == Audience::default() {
        return t!(locale, "admin-audience-nobody").to_owned();
    }
    if audience.internal && audience.connected && audience.external {
        return t!(locale, "admin-audience-everybody").to_owned();
    }
    t!(locale, "admin-audience-some", classes = audience_names(locale, audience))
}

fn closing(locale: Locale, catalogue: &Catalogue, fields: &Fields, wrong: &Wrong) -> Markup {
    let units = units::choices(catalogue);
    let mut neutral = vec![("", t!(locale, "admin-neutral-none"))];
    neutral.extend(pairs(&units));
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        (field::checkbox(&field("captive", t!(locale, "admin-captive")).help(t!(locale, "admin-captive-help"))))
        (field::select(locale, &field("neutral_unit", t!(locale, "admin-neutral")).help(t!(locale, "admin-neutral-help")), &choices(&neutral)))
        (field::input(locale, Kind::Number, &field("reopen_days", t!(locale, "admin-reopen-days")).required().help(t!(locale, "admin-reopen-days-help"))))
        (field::input(locale, Kind::Number, &field("close_days", t!(locale, "admin-close-days")).required().help(t!(locale, "admin-close-days-help"))))
        (field::input(locale, Kind::Text, &field("finishing_allowance", t!(locale, "admin-finishing")).help(t!(locale, "admin-finishing-help"))))
    }
}

fn matrix(locale: Locale, fields: &Fields, wrong: &Wrong) -> Markup {
    let chosen: Vec<&str> = fields.all("matrix").collect();
    html! {
        p.muted { (t!(locale, "admin-matrix-help")) }
        @if let Some(words) = wrong.about("matrix") { p.field-error { (words) } }
        table.matrix #field-matrix {
            caption.visually-hidden { (t!(locale, "admin-matrix")) }
            thead { tr {
                th scope="col" { (t!(locale, "admin-impact")) }
                @for urgency in Level::ALL { th scope="col" { (t!(locale, "admin-urgency", level = level_name(locale, *urgency))) } }
            } }
            tbody { @for (row, impact) in Level::ALL.iter().enumerate() { tr {
                th scope="row" { (level_name(locale, *impact)) }
                @for (column, urgency) in Level::ALL.iter().enumerate() { td {
                    select.input name="matrix" aria-label=(t!(locale, "admin-matrix-cell", impact = level_name(locale, *impact), urgency = level_name(locale, *urgency))) {
                        @for priority in Priority::ALL {
                            @let number = priority.number().to_string();
                            option value=(number) selected[chosen.get(row * 3 + column) == Some(&number.as_str())] { "P" (number) }
                        }
                    }
                } }
            } } }
        }
    }
}

fn plan(
    locale: Locale,
    catalogue: &Catalogue,
    offer: Option<&Offer>,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let expert = fields.text("plan_form") == "json";
    html! {
        p.muted #field-plan { (t!(locale, "admin-plan-help")) }
        @if let Some(words) = wrong.about("plan") { p.field-error { (words) } }
        label.choice { input type="radio" name="plan_form" value="rows" checked[!expert]; span { (t!(locale, "admin-plan-rows")) small { (t!(locale, "admin-plan-rows-help")) } } }
        (rows(locale, catalogue, offer, fields))
        label.choice { input type="radio" name="plan_form" value="json" checked[expert]; span { (t!(locale, "admin-plan-json")) small { (t!(locale, "admin-plan-json-help")) } } }
        details.disclosure open[expert] {
            summary { (t!(locale, "admin-plan-json-show")) }
            textarea.input.code name="plan" rows="8" spellcheck="false" aria-label=(t!(locale, "admin-plan-json")) { "\n" (fields.text("plan")) }
        }
    }
}

fn rows(locale: Locale, catalogue: &Catalogue, offer: Option<&Offer>, fields: &Fields) -> Markup {
    let own = offer.map(|offer| offer.service.id.to_string()).unwrap_or_default();
    let services = super::named(catalogue);
    let units = units::choices(catalogue);
    let calendars = calendars::named(catalogue);
    html! {
        div.table-frame {
            table.table.edit {
                caption.visually-hidden { (t!(locale, "admin-plan")) }
                thead { tr {
                    th scope="col" { (t!(locale, "admin-plan-stage")) } th scope="col" { (t!(locale, "admin-plan-does")) }
                    th scope="col" { (t!(locale, "admin-plan-who")) } th scope="col" { (t!(locale, "admin-plan-hours")) }
                    th scope="col" { (t!(locale, "admin-calendar")) }
                } }
                tbody { @for row in plan_rows::rows(fields) { tr {
                    td data-label=(t!(locale, "admin-plan-stage")) { input.input.narrow type="number" min="1" max="99" name="plan_stage" value=(row.stage) aria-label=(t!(locale, "admin-plan-stage")); }
                    td data-label=(t!(locale, "admin-plan-does")) { select.input name="plan_does" aria-label=(t!(locale, "admin-plan-does")) {
                        option value="" { "–" }
                        option value="own" selected[row.does == "own"] { (t!(locale, "admin-plan-own")) }
                        @for (id, name) in services.iter().filter(|(id, _)| *id != own) { option value=(id) selected[*id == row.does] { (t!(locale, "admin-plan-ask", service = name.clone())) } }
                    } }
                    td data-label=(t!(locale, "admin-plan-who")) { (chooser("plan_unit", t!(locale, "admin-plan-who"), &row.unit, &units)) }
                    td data-label=(t!(locale, "admin-plan-hours")) { input.input.narrow type="text" name="plan_hours" value=(row.hours) placeholder="4h" aria-label=(t!(locale, "admin-plan-hours")); }
                    td data-label=(t!(locale, "admin-calendar")) { (chooser("plan_calendar", t!(locale, "admin-calendar"), &row.calendar, &calendars)) }
                } } }
            }
        }
    }
}

/// A choice in a table of inputs, where the column names it.
pub fn chooser(name: &str, label: &str, chosen: &str, all: &[(String, String)]) -> Markup {
    html! {
        select.input name=(name) aria-label=(label) {
            option value="" { "–" }
            @for (id, shown) in all { option value=(id) selected[id == chosen] { (shown) } }
        }
    }
}

fn beside(visitor: &Visitor, catalogue: &Catalogue, offer: &Offer) -> Markup {
    let locale = visitor.reader.locale;
    let id = offer.service.id;
    let agreements: Vec<_> =
        catalogue.agreements.iter().filter(|own| own.service == id && own.valid_until.is_none()).collect();
    html! {
        div.halves.after {
            (panel::panel(t!(locale, "admin-agreements"), None, &html! {
                @if agreements.is_empty() { p.muted { (t!(locale, "admin-service-no-agreement")) } }
                ul.plain { @for own in agreements { li { a href={ "/admin/agreements/" (own.id) } { (own.name) } } } }
                p { (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "admin-agreement-new"), &format!("/admin/agreements/new?service={id}"))) }
            }))
            (panel::panel(t!(locale, "checklist-usual-label"), None, &html! {
                p { a href=(usual::address(id)) { (t!(locale, "checklist-usual-count", count = catalogue.usual_steps.get(&id).map_or(0, |steps| steps.lines().count()))) } }
            }))
            @if offer.ended_at.is_none() {
                (panel::panel(t!(locale, "admin-end"), None, &html! {
                    p { (t!(locale, "admin-service-end-words")) }
                    (button::post(Weight::Danger, None, t!(locale, "admin-service-end"), &format!("/admin/services/{id}/end"), &visitor.csrf))
                }))
            }
        }
    }
}

fn pairs(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect()
}

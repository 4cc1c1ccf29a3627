//! An agreement as it is edited: to whom, about what, and its targets row by row.

#[cfg(test)]
mod tests;

use desk::agreements::{Draft, TargetDraft};
use desk::{DeskError, Problem};
use domain::affiliation::Class;
use domain::agreement::{AgreementKind, Metric, Pauses};
use domain::id::{CalendarId, ServiceId, UnitId};
use domain::priority::Priority;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::verdict::{self, kind_name, metric_name};
use super::{Finding, Known};
use crate::format;
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::admin::people::{choices, class_name};
use crate::pages::admin::services::chooser;
use crate::pages::admin::shell::{self, Came, Part};
use crate::pages::admin::{calendars, duration, services, units};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub const FIELDS: &[&str] = &[
    "name",
    "kind",
    "service",
    "class",
    "asking",
    "from",
    "metric",
    "priority",
    "within",
    "calendar",
    "quantile",
    "pause_requester",
    "pause_supplier",
    "pause_agreed",
    "override_reason",
    "do",
];

const FREE_ROWS: usize = 3;
const TARGET_FIELDS: [&str; 5] = ["targets", "metric", "within", "calendar", "quantile"];

/// A draft as the form shows it.
pub fn fields(draft: &Draft) -> Fields {
    let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let mut fields = Fields::default()
        .with("name", draft.name.as_str())
        .with("kind", draft.kind.as_str())
        .with("service", draft.service.to_string())
        .with("class", draft.class.map(Class::as_str).unwrap_or_default())
        .with("asking", text(draft.asking.map(|unit| unit.0)));
    for (row, target) in draft.targets.iter().enumerate() {
        let share = target.quantile.map(|share| format!("{}", (share * 10_000.0).round() / 100.0));
        fields = fields
            .with("metric", target.metric.as_str())
            .with("priority", target.priority.map(|own| own.number().to_string()).unwrap_or_default())
            .with("within", duration::written(target.within))
            .with("calendar", target.calendar.to_string())
            .with("quantile", share.unwrap_or_default());
        let pauses = [
            ("pause_requester", target.pauses.requester),
            ("pause_supplier", target.pauses.supplier),
            ("pause_agreed", target.pauses.agreed),
        ];
        for (name, _) in pauses.into_iter().filter(|(_, pauses)| *pauses) {
            fields = fields.with(name, row.to_string());
        }
    }
    fields
}

/// The draft that the form says; rows without a duration promise nothing and are left out.
pub fn draft(fields: &Fields, zone: &TimeZone) -> Result<Draft, DeskError> {
    let from = fields.day("from")?.map(|day| day.to_zoned(zone.clone()));
    let targets = (0..fields.all("within").count()).filter_map(|row| target(fields, row).transpose());
    Ok(Draft {
        name: fields.text("name").to_owned(),
        kind: AgreementKind::parse(fields.text("kind"))
            .ok_or_else(|| DeskError::invalid("kind", Problem::ChooseOne))?,
        service: ServiceId(fields.needed_id("service")?),
        class: Class::parse(fields.text("class")),
        asking: fields.id("asking")?.map(UnitId),
        from: from
            .transpose()
            .map_err(|_| DeskError::invalid("from", Problem::DayTooFar))?
            .map(|day| day.timestamp()),
        targets: targets.collect::<Result<_, _>>()?,
    })
}

fn target(fields: &Fields, row: usize) -> Result<Option<TargetDraft>, DeskError> {
    let cell = |name| fields.all(name).nth(row).unwrap_or_default().trim();
    if cell("within").is_empty() {
        return Ok(None);
    }
    let in_row = |field: &'static str, problem| {
        DeskError::invalid(field, Problem::InRow { row: row + 1, problem: Box::new(problem) })
    };
    let within = duration::time(cell("within")).map_err(|problem| in_row("within", problem))?;
    let priority = match cell("priority") {
        "" => None,
        text => text.parse::<u8>().ok().and_then(|number| Priority::try_from(number).ok()),
    };
    let quantile = match cell("quantile") {
        "" => None,
        text => Some(
            text.trim_end_matches('%')
                .trim()
                .replace(',', ".")
                .parse::<f64>()
                .map_err(|_| in_row("quantile", Problem::QuantileUnreadable))?
                / 100.0,
        ),
    };
    let paused = |name| fields.has(name, &row.to_string());
    Ok(Some(TargetDraft {
        metric: Metric::parse(cell("metric")).ok_or_else(|| in_row("metric", Problem::ChooseOne))?,
        priority,
        within,
        calendar: cell("calendar")
            .parse()
            .map(CalendarId)
            .map_err(|_| in_row("calendar", Problem::ChooseOne))?,
        quantile,
        pauses: Pauses {
            requester: paused("pause_requester"),
            supplier: paused("pause_supplier"),
            agreed: paused("pause_agreed"),
        },
    }))
}

pub fn page(
    visitor: &Visitor,
    came: Came,
    known: &Known,
    fields: &Fields,
    wrong: &Wrong,
    finding: Option<&Finding>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = known.agreement.as_ref().map_or(t!(locale, "admin-agreement-new"), |own| own.name.as_str());
    let action = known
        .agreement
        .as_ref()
        .map_or_else(|| "/admin/agreements/new".to_owned(), |own| format!("/admin/agreements/{}", own.id));
    let content = html! {
        (shell::head(title, None))
        (field::error_summary(locale, &wrong.listed()))
        form.stack method="post" action=(action) novalidate hx-post="/admin/agreements/verdict" hx-trigger="change delay:300ms"
            hx-target="#verdict" hx-swap="innerHTML" {
            (field::token_once(&visitor.csrf))
            div.halves {
                (panel::panel(t!(locale, "admin-agreement-about"), None, &about(locale, known, fields, wrong)))
                (panel::panel(t!(locale, "admin-verdict"), None, &html! {
                    div #verdict role="status" { (verdict::verdict(&visitor.reader, &known.catalogue, finding)) }
                    @if wrong.about("override_reason").is_some() || !fields.text("override_reason").is_empty() { (reason(locale, fields, wrong)) }
                    @else { details.disclosure { summary { (t!(locale, "admin-override-why")) } (reason(locale, fields, wrong)) } }
                }))
            }
            (panel::panel(t!(locale, "admin-targets"), None, &targets(locale, known, fields, wrong)))
            div.buttons {
                (button::submit_as(Weight::Primary, Some(Icon::Check), if known.agreement.is_some() { t!(locale, "admin-save-version") } else { t!(locale, "admin-save") }, "do", "save"))
                (button::submit_as(Weight::Secondary, Some(Icon::Eye), t!(locale, "admin-check"), "do", "check"))
                p.muted { (t!(locale, "admin-agreement-applies")) }
            }
        }
        (versions(visitor, known))
    };
    shell::below(visitor, Part::Agreements, title, &came, &content)
}

fn about(locale: Locale, known: &Known, fields: &Fields, wrong: &Wrong) -> Markup {
    let kinds: Vec<(&str, &str)> =
        AgreementKind::ALL.iter().map(|kind| (kind.as_str(), kind_name(locale, *kind))).collect();
    let services = services::named(&known.catalogue);
    let units = units::choices(&known.catalogue);
    let everybody = std::iter::once(("", t!(locale, "admin-class-any")));
    let classes: Vec<(&str, &str)> =
        everybody.chain(Class::ALL.iter().map(|own| (own.as_str(), class_name(locale, *own)))).collect();
    let any_unit = std::iter::once(("", t!(locale, "admin-asking-any")));
    let asking: Vec<(&str, &str)> =
        any_unit.chain(units.iter().map(|(id, name)| (id.as_str(), name.as_str()))).collect();
    let of: Vec<(&str, &str)> = services.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        (field::input(locale, Kind::Text, &field("name", t!(locale, "admin-name")).required()))
        (field::select(locale, &field("service", t!(locale, "admin-service")).required(), &choices(&of)))
        (field::select(locale, &field("kind", t!(locale, "admin-agreement-kind")).required().help(t!(locale, "admin-agreement-kind-help")), &choices(&kinds)))
        (field::select(locale, &field("class", t!(locale, "admin-for-class")), &choices(&classes)))
        (field::select(locale, &field("asking", t!(locale, "admin-asking")).help(t!(locale, "admin-asking-help")), &choices(&asking)))
        (field::input(locale, Kind::Date, &field("from", t!(locale, "admin-valid-from")).help(t!(locale, "admin-valid-from-help"))))
    }
}

fn reason(locale: Locale, fields: &Fields, wrong: &Wrong) -> Markup {
    let field = Field::new("override_reason", t!(locale, "admin-override"))
        .value(fields.text("override_reason"))
        .help(t!(locale, "admin-override-help"))
        .error(wrong.about("override_reason"));
    field::area(locale, &field, 3)
}

fn targets(locale: Locale, known: &Known, fields: &Fields, wrong: &Wrong) -> Markup {
    let calendars = calendars::named(&known.catalogue);
    let used = fields.all("within").collect::<Vec<_>>();
    let used = used.iter().rposition(|within| !within.trim().is_empty()).map_or(0, |last| last + 1);
    html! {
        p.muted { (t!(locale, "admin-targets-help")) }
        @for name in TARGET_FIELDS { @if let Some(words) = wrong.about(name) { p.field-error id={ "field-" (name) } { (words) } } }
        div.table-frame {
            table.table.edit {
                caption.visually-hidden { (t!(locale, "admin-targets")) }
                thead { tr {
                    th scope="col" { (t!(locale, "admin-metric")) } th scope="col" { (t!(locale, "admin-priority")) }
                    th scope="col" { (t!(locale, "admin-within")) } th scope="col" { (t!(locale, "admin-within-calendar")) }
                    th scope="col" { (t!(locale, "admin-quantile")) } th scope="col" { (t!(locale, "admin-pauses")) }
                } }
                tbody { @for row in 0..used + FREE_ROWS { (target_row(locale, &calendars, fields, row)) } }
            }
        }
    }
}

fn target_row(locale: Locale, calendars: &[(String, String)], fields: &Fields, row: usize) -> Markup {
    let cell = |name| fields.all(name).nth(row).unwrap_or_default();
    let pauses = [
        ("pause_requester", t!(locale, "admin-pause-requester")),
        ("pause_supplier", t!(locale, "admin-pause-supplier")),
        ("pause_agreed", t!(locale, "admin-pause-agreed")),
    ];
    let place = row.to_string();
    let metric = if cell("metric").is_empty() { Metric::Resolution.as_str() } else { cell("metric") };
    html! {
        tr {
            td data-label=(t!(locale, "admin-metric")) { select.input name="metric" aria-label=(t!(locale, "admin-metric")) {
                @for own in Metric::ALL { option value=(own.as_str()) selected[own.as_str() == metric] { (metric_name(locale, *own)) } }
            } }
            td data-label=(t!(locale, "admin-priority")) { select.input name="priority" aria-label=(t!(locale, "admin-priority")) {
                option value="" { (t!(locale, "admin-priority-any")) }
                @for own in Priority::ALL { option value=(own.number()) selected[own.number().to_string() == cell("priority")] { "P" (own.number()) } }
            } }
            td data-label=(t!(locale, "admin-within")) { input.input.narrow type="text" name="within" value=(cell("within")) placeholder="8h" aria-label=(t!(locale, "admin-within")); }
            td data-label=(t!(locale, "admin-within-calendar")) { (chooser("calendar", t!(locale, "admin-within-calendar"), cell("calendar"), calendars)) }
            td data-label=(t!(locale, "admin-quantile")) { input.input.narrow type="text" inputmode="decimal" name="quantile" value=(cell("quantile")) placeholder="100" aria-label=(t!(locale, "admin-quantile")); }
            td data-label=(t!(locale, "admin-pauses")) { div { @for (name, label) in pauses { label.choice { input type="checkbox" name=(name) value=(place) checked[fields.has(name, &place)]; span { (label) } } } } }
        }
    }
}

fn versions(visitor: &Visitor, known: &Known) -> Markup {
    let locale = visitor.reader.locale;
    let Some(own) = &known.agreement else { return html! {} };
    let versions = desk::agreements::versions(&known.catalogue, own.id);
    let columns = [
        words(t!(locale, "admin-version")),
        words(t!(locale, "admin-valid")),
        words(t!(locale, "admin-targets")),
        words(t!(locale, "admin-override")),
    ];
    let rows: Vec<Vec<Markup>> = versions
        .iter()
        .map(|version| {
            vec![
                html! { a href={ "/admin/agreements/" (version.id) } { (version.version) } @if version.id == own.id { " " (badge::badge(Tone::Accent, None, t!(locale, "admin-shown"))) } },
                html! { (format::date(&visitor.reader, version.valid_from)) " – " @if let Some(until) = version.valid_until { (format::date(&visitor.reader, until)) } },
                verdict::promises(locale, &known.catalogue, &version.targets),
                html! { (version.override_reason.as_deref().unwrap_or("–")) },
            ]
        })
        .collect();
    html! {
        div.stack.after {
            (panel::panel(t!(locale, "admin-versions"), None, &table(t!(locale, "admin-versions"), &columns, &rows)))
            @if own.valid_until.is_none() {
                (panel::panel(t!(locale, "admin-end"), None, &html! {
                    p { (t!(locale, "admin-agreement-end-words")) }
                    (button::post(Weight::Danger, None, t!(locale, "admin-agreement-end"), &format!("/admin/agreements/{}/end", own.id), &visitor.csrf))
                }))
            }
        }
    }
}

//! How the page of one calendar looks: what is typed at one side, what it means at the other.

use maud::{Markup, html};
use store::catalogue::{CalendarVersion, NamedCalendar};

use super::{picture, typed};
use crate::format::{self, Reader};
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::admin::shell::{self, Came, Part};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::flash::{Flash, Mood, flash};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{figures, table, words};
use crate::visitor::Visitor;

/// `looked` says that nothing is saved yet, and how many holidays a file added.
pub fn page(
    visitor: &Visitor,
    came: Came,
    named: Option<&NamedCalendar>,
    fields: &Fields,
    wrong: &Wrong,
    looked: Option<usize>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = named.map_or(t!(locale, "admin-calendar-new"), |named| &named.name);
    let action = named
        .map_or_else(|| "/admin/calendars/new".to_owned(), |named| format!("/admin/calendars/{}", named.id));
    let content = html! {
        (shell::head(title, None))
        @if let Some(new) = looked {
            (flash(locale, &Flash { mood: Mood::Notice, words: &t!(locale, "admin-calendar-looked", count = new) }))
        }
        (field::error_summary(locale, &wrong.listed()))
        div.halves {
            form.form method="post" action=(action) novalidate {
                (field::token_once(&visitor.csrf))
                (form(locale, fields, wrong))
                div.buttons {
                    (button::submit_as(Weight::Primary, Some(Icon::Check), t!(locale, "admin-save"), "do", "save"))
                    (button::submit_as(Weight::Secondary, Some(Icon::Eye), t!(locale, "admin-look-first"), "do", "look"))
                }
            }
            div.stack {
                (panel::panel(t!(locale, "admin-two-weeks"), None, &meaning(visitor, fields)))
                @if let Some(named) = named { (panel::panel(t!(locale, "admin-calendar-versions"), None, &versions(&visitor.reader, named))) }
            }
        }
    };
    shell::below(visitor, Part::Calendars, title, &came, &content)
}

fn meaning(visitor: &Visitor, fields: &Fields) -> Markup {
    let typed = typed::spec(fields).and_then(|spec| desk::calendars::usable(&spec));
    match typed {
        Ok(calendar) => html! {
            (picture::ahead(&visitor.reader, &calendar))
            (picture::example(&visitor.reader, &calendar))
        },
        Err(_) => html! { p.muted { (t!(visitor.reader.locale, "admin-two-weeks-not-yet")) } },
    }
}

/// Which hours count for which tickets.
fn versions(reader: &Reader, named: &NamedCalendar) -> Markup {
    let locale = reader.locale;
    let columns = [
        figures(t!(locale, "admin-version")),
        words(t!(locale, "admin-calendar-opened-from")),
        words(t!(locale, "admin-week")),
        figures(t!(locale, "admin-holidays")),
    ];
    let rows: Vec<Vec<Markup>> =
        named.versions.iter().rev().map(|version| version_row(reader, version)).collect();
    html! {
        p { (t!(locale, "admin-calendar-versions-words")) }
        (table(t!(locale, "admin-calendar-versions"), &columns, &rows))
        p { a href={ "/admin/calendars/" (named.id) "/running" } { (t!(locale, "admin-running-see")) } }
    }
}

fn version_row(reader: &Reader, version: &CalendarVersion) -> Vec<Markup> {
    let locale = reader.locale;
    let spec = version.calendar.spec();
    vec![
        html! { (version.version) },
        match version.valid_from {
            Some(from) => format::stamp(reader, from),
            None => html! { (t!(locale, "admin-calendar-since-ever")) },
        },
        html! { span.small { (picture::week(locale, spec)) } },
        html! { (spec.holidays.len()) },
    ]
}

fn form(locale: Locale, fields: &Fields, wrong: &Wrong) -> Markup {
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        (field::input(locale, Kind::Text, &field("name", t!(locale, "admin-name")).required()))
        (field::input(locale, Kind::Text, &field("time_zone", t!(locale, "admin-time-zone")).required().help(t!(locale, "admin-time-zone-help"))))
        (hours(locale, fields, wrong))
        (field::area(locale, &field("holidays", t!(locale, "admin-holidays")).help(t!(locale, "admin-holidays-help")), 5))
        details.disclosure open[wrong.about("ical").is_some()] {
            summary { (t!(locale, "admin-ical")) }
            (field::area(locale, &field("ical", t!(locale, "admin-ical-file")).help(t!(locale, "admin-ical-help")), 5))
            input.input.needs-script type="file" accept=".ics,text/calendar" aria-label=(t!(locale, "admin-ical-choose")) data-fills="field-ical" hidden;
        }
        details.disclosure open[["shifts", "breaks"].iter().any(|name| !fields.text(name).is_empty())] {
            summary { (t!(locale, "admin-exceptions")) }
            (field::area(locale, &field("shifts", t!(locale, "admin-shifts")).help(t!(locale, "admin-shifts-help")), 3))
            (field::area(locale, &field("breaks", t!(locale, "admin-breaks")).help(t!(locale, "admin-breaks-help")), 3))
        }
    }
}

fn hours(locale: Locale, fields: &Fields, wrong: &Wrong) -> Markup {
    html! {
        fieldset.field.week #field-hours {
            legend { (t!(locale, "admin-hours")) }
            p.field-help { (t!(locale, "admin-hours-help")) }
            @if let Some(words) = wrong.about("hours") { p.field-error { (words) } }
            @for (place, name) in typed::HOURS.into_iter().enumerate() {
                @let error = wrong.about(name);
                div.week-day .field-wrong[error.is_some()] {
                    label for={ "field-" (name) } { (picture::weekday_name(locale, place)) }
                    input id={ "field-" (name) } type="text" name=(name) value=(fields.text(name)) autocomplete="off"
                        placeholder=(t!(locale, "admin-closed")) aria-invalid=[error.map(|_| "true")]
                        aria-describedby=[error.map(|_| format!("field-{name}-error"))];
                    @if let Some(words) = error { p.field-error id={ "field-" (name) "-error" } { (words) } }
                }
            }
        }
    }
}

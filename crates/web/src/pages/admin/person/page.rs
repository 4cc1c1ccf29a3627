//! How one person's page looks.

use domain::affiliation::{Affiliation, Class};
use domain::id::AffiliationId;
use maud::{Markup, html};
use store::office::Office;
use store::person::Person;
use store::unit::Role;

use super::{Back, Form, Known, merge};
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::admin::people::{choices, class_name, details, relation_name, relations};
use crate::pages::admin::shell::{self, Came, Part};
use crate::pages::ticket::requester::TICKET;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub fn page(visitor: &Visitor, came: Came, known: &Known, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let person = &known.person;
    let content = html! {
        div.page-head {
            h1 { (person.name) }
            (badge::badge(Tone::Accent, None, class_name(locale, person.class)))
            @if person.merged_into.is_some() { (badge::badge(Tone::Quiet, None, t!(locale, "people-merged-badge"))) }
            @if person.disabled_at.is_some() { (badge::badge(Tone::Bad, Some(Icon::Lock), t!(locale, "admin-disabled"))) }
        }
        div.halves {
            div.stack {
                (panel::panel(t!(locale, "admin-details"), None, &details_form(visitor, known, back)))
                (panel::panel(t!(locale, "admin-access"), None, &access(visitor, known, back)))
                (panel::panel(t!(locale, "people-same"), None, &merge::section(visitor, person, known.merged_into.as_deref(), &typed(back, Form::Merge).1)))
            }
            div.stack {
                p { a href={ "/admin/people/" (person.id) "/fields" } { (t!(locale, "custom-fields-here")) } }
                (panel::panel(t!(locale, "admin-ties"), None, &ties(visitor, known, back)))
                (panel::panel(t!(locale, "admin-serves-in"), None, &units(visitor, known, back)))
                (panel::panel(t!(locale, "admin-offices"), None, &offices(visitor, known, back)))
            }
        }
    };
    shell::below(visitor, Part::People, &person.name, &came, &content)
}

/// What was typed into one of the forms and what is wrong with it; nothing for the others.
fn typed(back: Option<&Back>, form: Form) -> (Fields, Wrong) {
    back.filter(|back| back.form == form)
        .map_or_else(Default::default, |back| (back.fields.clone(), back.wrong.clone()))
}

fn details_form(visitor: &Visitor, known: &Known, back: Option<&Back>) -> Markup {
    let (fields, wrong) = match back.filter(|back| back.form == Form::Details) {
        Some(back) => (back.fields.clone(), back.wrong.clone()),
        None => (details_of(&known.person, known.organisation.as_deref()), Wrong::default()),
    };
    changing(visitor, &known.person, "", &fields, &wrong)
}

/// The same form beside a ticket, to which it leads back.
pub fn beside(visitor: &Visitor, ticket: i64, person: &Person, organisation: Option<&str>) -> Markup {
    let fields = details_of(person, organisation).with(TICKET, ticket.to_string());
    changing(visitor, person, "requester", &fields, &Wrong::default())
}

fn details_of(person: &Person, organisation: Option<&str>) -> Fields {
    Fields::default()
        .with("name", person.name.as_str())
        .with("email", person.email.as_deref().unwrap_or_default())
        .with("phone", person.phone.as_deref().unwrap_or_default())
        .with("language", person.language.as_str())
        .with("time_zone", person.time_zone.as_str())
        .with("organisation", organisation.unwrap_or_default())
}

fn changing(visitor: &Visitor, person: &Person, form: &str, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let action = format!("/admin/people/{}", person.id);
    let content = html! {
        @if !fields.text(TICKET).is_empty() { input type="hidden" name=(TICKET) value=(fields.text(TICKET)); }
        (details(locale, form, fields, wrong))
    };
    shell::form(visitor, &action, wrong, t!(locale, "admin-save"), &content)
}

fn access(visitor: &Visitor, known: &Known, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let here = format!("/admin/people/{}", known.person.id);
    let (_, password) = typed(back, Form::Password);
    let (_, access) = typed(back, Form::Access);
    let state =
        if known.signs_in { t!(locale, "admin-password-has") } else { t!(locale, "admin-password-none") };
    html! {
        p { (state) }
        (shell::form(visitor, &format!("{here}/password"), &password, t!(locale, "admin-password-set"), &html! {
            (field::input(locale, Kind::Password, &Field::new("password", t!(locale, "admin-password")).required()
                .autocomplete("new-password").help(t!(locale, "admin-password-help")).error(password.about("password"))))
        }))
        (field::error_summary(locale, &access.listed()))
        @if known.person.disabled_at.is_some() {
            p { (t!(locale, "admin-disabled-words")) }
            (button::post(Weight::Secondary, Some(Icon::Check), t!(locale, "admin-enable"), &format!("{here}/enable"), &visitor.csrf))
        } @else {
            p.muted { (t!(locale, "admin-disable-words")) }
            (button::post(Weight::Danger, Some(Icon::Lock), t!(locale, "admin-disable"), &format!("{here}/disable"), &visitor.csrf))
        }
    }
}

fn ties(visitor: &Visitor, known: &Known, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let here = format!("/admin/people/{}/ties", known.person.id);
    let (fields, wrong) = typed(back, Form::Tie);
    let (_, ending) = typed(back, Form::Untie);
    let relations = relations(locale, false);
    let classes: Vec<(&str, &str)> = std::iter::once(("", t!(locale, "admin-class-usual")))
        .chain(Class::ALL.iter().map(|class| (class.as_str(), class_name(locale, *class))))
        .collect();
    let field =
        |name: &'static str, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        (tie_table(visitor, known, &ending))
        details.disclosure open[fields != Fields::default()] {
            summary { (t!(locale, "admin-tie-add")) }
            (shell::making(visitor, &here, &wrong, t!(locale, "admin-add"), &html! {
                (field::select(locale, &field("relation", t!(locale, "admin-relation")).required(), &choices(&relations)))
                (field::select(locale, &field("class", t!(locale, "admin-class")).help(t!(locale, "admin-class-help")), &choices(&classes)))
                (field::input(locale, Kind::Date, &field("from", t!(locale, "admin-from")).required()))
                (field::input(locale, Kind::Date, &field("until", t!(locale, "admin-until")).help(t!(locale, "admin-until-help"))))
            }))
        }
    }
}

fn tie_table(visitor: &Visitor, known: &Known, ending: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "admin-relation")),
        words(t!(locale, "admin-class")),
        words(t!(locale, "admin-dates")),
        words(t!(locale, "admin-end")),
    ];
    let own = known.ties.iter().map(|(id, tie)| tie_row(visitor, known, *id, tie, true));
    let shared = known.shared_ties.iter().map(|(id, tie)| tie_row(visitor, known, *id, tie, false));
    let rows: Vec<Vec<Markup>> = own.chain(shared).collect();
    html! {
        @if let Some(words) = ending.about("until") { p.field-error { (words) } }
        @if rows.is_empty() { p.muted { (t!(locale, "admin-ties-none")) } } @else { (table(t!(locale, "admin-ties"), &columns, &rows)) }
    }
}

fn tie_row(visitor: &Visitor, known: &Known, id: AffiliationId, tie: &Affiliation, own: bool) -> Vec<Markup> {
    let locale = visitor.reader.locale;
    let today = visitor.reader.local(visitor.reader.now).date();
    let until = tie.until.map_or_else(|| t!(locale, "admin-open-end").to_owned(), |day| day.to_string());
    vec![
        html! {
            (relation_name(locale, tie.relation))
            @if !own { " " span.muted { (t!(locale, "admin-tie-shared", organisation = known.organisation.clone().unwrap_or_default())) } }
        },
        html! { (class_name(locale, tie.class)) },
        html! { (tie.from) " – " (until) },
        html! {
            @if own && tie.until.is_none() {
                form.form-tight method="post" action={ "/admin/people/" (known.person.id) "/ties/end" } {
                    (field::token(&visitor.csrf))
                    input type="hidden" name="tie" value=(id);
                    input.input type="date" name="until" value=(today) aria-label=(t!(locale, "admin-until"));
                    (button::submit(Weight::Quiet, None, t!(locale, "admin-end")))
                }
            }
        },
    ]
}

fn units(visitor: &Visitor, known: &Known, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let here = format!("/admin/people/{}/units", known.person.id);
    let (fields, wrong) = typed(back, Form::Join);
    let columns =
        [words(t!(locale, "admin-unit")), words(t!(locale, "admin-role")), words(t!(locale, "admin-end"))];
    let rows: Vec<Vec<Markup>> = known
        .units
        .iter()
        .map(|(unit, name, role)| {
            let leave = one_field(
                visitor,
                &format!("{here}/end"),
                &[("unit", &unit.to_string())],
                t!(locale, "admin-leave"),
            );
            vec![
                html! { a href={ "/admin/units/" (unit) } { (name) } },
                html! { (role_name(locale, *role)) },
                leave,
            ]
        })
        .collect();
    let roles = [("agent", t!(locale, "admin-role-agent")), ("lead", t!(locale, "admin-role-lead"))];
    let all: Vec<(&str, &str)> =
        known.all_units.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    html! {
        @if rows.is_empty() { p.muted { (t!(locale, "admin-serves-nowhere")) } } @else { (table(t!(locale, "admin-serves-in"), &columns, &rows)) }
        (shell::form(visitor, &here, &wrong, t!(locale, "admin-join"), &html! {
            (field::select(locale, &Field::new("unit", t!(locale, "admin-unit")).required().value(fields.text("unit")).error(wrong.about("unit")), &choices(&all)))
            (field::select(locale, &Field::new("role", t!(locale, "admin-role")).required().value(fields.text("role")).error(wrong.about("role")), &choices(&roles)))
        }))
    }
}

fn offices(visitor: &Visitor, known: &Known, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let here = format!("/admin/people/{}/offices", known.person.id);
    let (fields, wrong) = typed(back, Form::Offices);
    let kinds = [
        ("overseer", t!(locale, "admin-office-overseer")),
        ("administrator", t!(locale, "admin-office-administrator")),
    ];
    let everything = ("", t!(locale, "admin-oversees-all"));
    let all: Vec<(&str, &str)> = std::iter::once(everything)
        .chain(known.all_units.iter().map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    html! {
        @if known.offices.is_empty() { p.muted { (t!(locale, "admin-offices-none")) } }
        ul.plain {
            @for (office, unit) in &known.offices {
                li.line {
                    span { (office_words(locale, *office, unit.as_deref())) }
                    (dismissal(visitor, &here, *office))
                }
            }
        }
        (shell::form(visitor, &here, &wrong, t!(locale, "admin-appoint"), &html! {
            (field::select(locale, &Field::new("office", t!(locale, "admin-office")).required().value(fields.text("office")).error(wrong.about("office")), &choices(&kinds)))
            (field::select(locale, &Field::new("oversees", t!(locale, "admin-oversees")).value(fields.text("oversees")).help(t!(locale, "admin-oversees-help")).error(wrong.about("unit")), &choices(&all)))
        }))
    }
}

fn dismissal(visitor: &Visitor, here: &str, office: Office) -> Markup {
    let (word, unit) = match office {
        Office::Administrator => ("administrator", String::new()),
        Office::Overseer(unit) => ("overseer", unit.map(|unit| unit.to_string()).unwrap_or_default()),
    };
    let fields = [("office", word), ("oversees", unit.as_str())];
    one_field(visitor, &format!("{here}/end"), &fields, t!(visitor.reader.locale, "admin-dismiss"))
}

fn one_field(visitor: &Visitor, action: &str, fields: &[(&str, &str)], words: &str) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            (field::token(&visitor.csrf))
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            (button::submit(Weight::Quiet, None, words))
        }
    }
}

pub fn role_name(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Agent => t!(locale, "admin-role-agent"),
        Role::Lead => t!(locale, "admin-role-lead"),
    }
}

fn office_words(locale: Locale, office: Office, unit: Option<&str>) -> String {
    match (office, unit) {
        (Office::Administrator, _) => t!(locale, "admin-office-administrator").to_owned(),
        (Office::Overseer(_), None) => t!(locale, "admin-office-overseer-all").to_owned(),
        (Office::Overseer(_), Some(unit)) => t!(locale, "admin-office-overseer-of", unit = unit.to_owned()),
    }
}

//! The absences of one person of a unit, and the form for another one.

use maud::{Markup, html};
use store::assignment::Member;

use super::super::absences::Planned;
use super::{Back, Form, Page, wrong};
use crate::pages::presence::span;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

pub(super) fn of(visitor: &Visitor, page: &Page, member: &Member, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let own = page.absences.iter().filter(|absence| absence.person == member.person);
    html! {
        ul.plain {
            @for absence in own {
                li {
                    (span(&visitor.reader, absence)) " "
                    (button::post(Weight::Quiet, Some(Icon::Cross), t!(locale, "absence-end"), &format!("/units/{}/absences/{}/end", page.unit, absence.id), &visitor.csrf))
                }
            }
        }
        (form(visitor, page, member, back))
    }
}

fn form(visitor: &Visitor, page: &Page, member: &Member, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let failed = back.filter(|back| matches!(back.form, Form::Absence(person, _) if person == member.person));
    let blank = Planned::default();
    let typed = match failed.map(|back| &back.form) {
        Some(Form::Absence(_, typed)) => typed,
        Some(Form::Way | Form::Terms(_)) | None => &blank,
    };
    let others = page.members.iter().filter(|other| other.person != member.person);
    let others: Vec<(String, &str)> = std::iter::once((String::new(), t!(locale, "absence-nobody")))
        .chain(others.map(|other| (other.person.to_string(), other.name.as_str())))
        .collect();
    let others: Vec<Choice<'_>> =
        others.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let name = format!("absence-{}", member.person);
    let field = |which, label| Field::new(which, label).of(&name);
    let substitute = field("substitute", t!(locale, "absence-substitute"));
    html! {
        details open[failed.is_some()] {
            summary { (t!(locale, "absence-plan-of", name = member.name.as_str())) }
            form.form method="post" action={ "/units/" (page.unit) "/people/" (member.person) "/absences" } {
                (field::token(&visitor.csrf))
                @if let Some(back) = failed { (wrong(Some(back), &back.form)) }
                (field::input(locale, Kind::Date, &field("from", t!(locale, "absence-from")).value(&typed.from).required()))
                (field::input(locale, Kind::Date, &field("until", t!(locale, "absence-until")).value(&typed.until).required()))
                (field::select(locale, &substitute.value(&typed.substitute).help(t!(locale, "absence-substitute-words")), &others))
                div { (button::submit(Weight::Secondary, Some(Icon::Plus), t!(locale, "absence-plan"))) }
            }
        }
    }
}

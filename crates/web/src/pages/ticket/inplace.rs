//! What a ticket is, changed where it stands: who has it, where it stands, its kind, its priority and its service.

mod standing;

use domain::priority::Priority;
use domain::ticket::State;
use domain::ticket::offers::Deed;
use maud::{Markup, html};

use super::doing::Form;
use super::view::View;
use super::{Failed, Fields};
use crate::pages::listing::reached::{self, Reached};
use crate::pages::shown;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

/// The lines of the panel; each that the viewer may change opens into its form.
pub(super) fn lines(
    visitor: &Visitor,
    view: &View,
    failed: Option<&Failed>,
    reached: Option<&Reached>,
) -> Markup {
    let failed = failed.filter(|failed| !failed.fields.beside.is_empty());
    let serves = view.seen.serve().is_some() && view.sheet.state == State::Open;
    let place = Place { visitor, locale: visitor.reader.locale, view, failed, reached, serves };
    html! {
        dl.facts.answers {
            (place.holder())
            (place.status())
            (place.kind())
            (place.priority())
            (place.service())
        }
    }
}

struct Place<'a> {
    visitor: &'a Visitor,
    locale: Locale,
    view: &'a View,
    /// The form of this panel that was not followed.
    failed: Option<&'a Failed>,
    reached: Option<&'a Reached>,
    serves: bool,
}

impl Place<'_> {
    fn may(&self, deed: Deed) -> bool {
        self.serves && self.view.may(deed, self.visitor.reader.now).is_ok()
    }

    fn holder(&self) -> Markup {
        let locale = self.locale;
        let nobody = t!(locale, "row-nobody");
        let name = self.view.sheet.person.as_ref().map_or(nobody, |(_, name)| name.as_str());
        let members = self.view.members.iter();
        let mut people: Vec<(String, String)> = members
            .filter(|member| self.may(Deed::Assign(Some(member.person))))
            .map(|member| {
                let label = t!(locale, "assign-person", name = member.name.as_str(), count = member.open);
                (member.person.to_string(), label)
            })
            .collect();
        if self.may(Deed::Assign(None)) {
            people.insert(0, (String::new(), nobody.to_owned()));
        }
        let label = t!(locale, "inplace-holder");
        let form = (!people.is_empty()).then(|| {
            let chosen = self.sent(Form::Assignment).map_or("", |fields| fields.person.as_str());
            self.form(Form::Assignment, "assignment", &self.select("person", label, chosen, &people))
        });
        self.line(Form::Assignment, label, &html! { (name) }, form)
    }

    fn priority(&self) -> Markup {
        let locale = self.locale;
        let label = t!(locale, "field-priority");
        let others = Priority::ALL.into_iter().filter(|priority| self.may(Deed::ChangePriority(*priority)));
        let others: Vec<(String, String)> = others
            .map(|priority| {
                let number = i64::from(priority.number());
                (number.to_string(), shown::priority_words(locale, number).to_owned())
            })
            .collect();
        let form = (!others.is_empty()).then(|| {
            let sent = self.sent(Form::Priority);
            let chosen = sent.map_or("", |fields| fields.priority.as_str());
            let reason = sent.map_or("", |fields| fields.reason.as_str());
            let why = Field::new("reason", t!(locale, "field-reason")).of("beside-priority").value(reason);
            self.form(
                Form::Priority,
                "priority",
                &html! {
                    (self.select("priority", label, chosen, &others))
                    (field::input(locale, Kind::Text, &why.required()))
                },
            )
        });
        let words = shown::priority_words(locale, self.view.sheet.priority);
        self.line(Form::Priority, label, &html! { (words) }, form)
    }

    /// Services of the same unit to which the ticket may go.
    fn service(&self) -> Markup {
        let label = t!(self.locale, "field-service");
        let catalogue = &self.view.catalogue;
        let own = catalogue.services.get(&self.view.sheet.service);
        let fits = |to: &domain::service::Service| {
            let from = own.map(|offer| &offer.service);
            from.is_some_and(|from| self.view.ticket.change_service(from, to).is_ok())
        };
        let others = catalogue
            .services
            .values()
            .filter(|offer| self.serves && offer.ended_at.is_none() && fits(&offer.service));
        let mut others: Vec<(String, String)> =
            others.map(|offer| (offer.service.id.to_string(), offer.name.clone())).collect();
        others.sort_by(|left, right| left.1.cmp(&right.1));
        let form = (!others.is_empty()).then(|| {
            let chosen = self.sent(Form::Service).map_or("", |fields| fields.service.as_str());
            self.form(Form::Service, "service", &self.select("service", label, chosen, &others))
        });
        let name = own.map_or("", |offer| offer.name.as_str());
        self.line(Form::Service, label, &html! { (name) }, form)
    }

    fn sent(&self, form: Form) -> Option<&Fields> {
        self.failed.filter(|failed| failed.form == form).map(|failed| &failed.fields)
    }

    fn select(&self, name: &str, label: &str, chosen: &str, all: &[(String, String)]) -> Markup {
        let form = format!("beside-{name}");
        field::select(self.locale, &Field::new(name, label).of(&form).value(chosen).required(), &choices(all))
    }

    fn form(&self, form: Form, noun: &str, fields: &Markup) -> Markup {
        let address = reached::carrying(&format!("/tickets/{}/{noun}", self.view.sheet.number), self.reached);
        let failed = self.failed.filter(|failed| failed.form == form);
        html! {
            form.form method="post" action=(address) {
                (field::token_once(&self.visitor.csrf))
                input type="hidden" name="beside" value="yes";
                @if let Some(failed) = failed { p.field-error role="alert" { (failed.words) } }
                (fields)
                div { (button::submit(Weight::Secondary, Some(Icon::Check), t!(self.locale, "admin-save"))) }
            }
        }
    }

    fn line(&self, form: Form, label: &str, shown: &Markup, edit: Option<Markup>) -> Markup {
        let open = self.failed.is_some_and(|failed| failed.form == form);
        html! {
            div {
                dt { (label) }
                dd {
                    @match edit {
                        Some(edit) => details.answer-edit #{ "edit-" (form.name()) } open[open] {
                            summary { (shown) span.visually-hidden { " " (t!(self.locale, "custom-edit", field = label)) } }
                            (edit)
                        },
                        None => (shown),
                    }
                }
            }
        }
    }
}

fn choices(all: &[(String, String)]) -> Vec<Choice<'_>> {
    all.iter().map(|(value, label)| Choice { value, label, help: None }).collect()
}

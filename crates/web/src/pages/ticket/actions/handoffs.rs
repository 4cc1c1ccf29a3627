//! Asking another unit on behalf of a ticket, and handing back what was asked for.

use domain::ticket::offers::Deed;
use maud::{Markup, html};

use super::super::doing::Form;
use super::super::wanted;
use super::{Bar, choices};
use crate::t;
use crate::ui::custom::Filled;
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;

impl Bar<'_> {
    pub(super) fn ask(&self) -> Markup {
        let locale = self.locale;
        let catalogue = &self.view.catalogue;
        let offered = catalogue.services.values().filter(|offer| {
            offer.ended_at.is_none()
                && offer.service.audience.internal
                && !self.view.waiting_units.contains(&offer.service.unit)
        });
        let mut services: Vec<(String, String)> = offered
            .map(|offer| {
                let unit = catalogue.unit_name(offer.service.unit);
                (offer.service.id.to_string(), format!("{unit}: {}", offer.name))
            })
            .collect();
        if services.is_empty() || !self.may(Deed::Ask) {
            return html! {};
        }
        services.sort_by(|left, right| left.1.cmp(&right.1));
        let draft = self.draft(Form::Handoff);
        let kept = draft.map_or_else(Filled::default, |draft| Filled::sent(&draft.fields));
        let filled = self.sent(Form::Handoff).map_or(&kept, |fields| &fields.filled);
        let asked = wanted::fields(locale, catalogue, &services, filled);
        let subject = if self.sent(Form::Handoff).is_some() || draft.is_some() {
            self.field(Form::Handoff, "subject", t!(locale, "field-subject"))
        } else {
            Field::new("subject", t!(locale, "field-subject"))
                .of(Form::Handoff.name())
                .value(&self.view.sheet.subject)
        };
        self.form(Form::Handoff, "handoffs", Icon::Handoff, t!(locale, "action-ask"), &html! {
            p { (t!(locale, "action-ask-words")) }
            (field::select(locale, &self.field(Form::Handoff, "service", t!(locale, "field-service")).required(), &choices(&services)))
            (field::input(locale, Kind::Text, &subject.required()))
            (field::area(locale, &self.field(Form::Handoff, "body", t!(locale, "field-asked")).required(), 5))
            (asked)
            (self.files(Form::Handoff))
        })
    }

    pub(super) fn deliver(&self) -> Markup {
        let locale = self.locale;
        self.form(Form::Delivery, "delivery", Icon::Service, t!(locale, "action-deliver"), &html! {
            p { (t!(locale, "action-deliver-words")) }
            (field::area(locale, &self.field(Form::Delivery, "body", t!(locale, "field-deliverable")).required(), 5))
            (self.files(Form::Delivery))
        })
    }
}

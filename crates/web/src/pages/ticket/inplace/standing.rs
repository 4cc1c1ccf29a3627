//! Of which kind a ticket is, and which status of one's own says where it stands.

use domain::status::{Category, Status};
use domain::ticket;
use maud::{Markup, html};

use super::Place;
use crate::pages::shown;
use crate::pages::ticket::doing::Form;
use crate::t;
use crate::ui::field::{self, Field, Kind};

impl Place<'_> {
    /// The name, or the plain word.
    pub(super) fn status(&self) -> Markup {
        let (locale, ticket) = (self.locale, &self.view.ticket);
        let own = ticket.status.and_then(|stands| self.view.catalogue.status(stands.id));
        let name = own.map_or(shown::category(locale, ticket.category()), |status| status.name.as_str());
        let label = t!(locale, "status-of-ticket");
        let mut offered: Vec<(String, String)> =
            self.offered().map(|status| (status.id.to_string(), shown::offered(locale, status))).collect();
        if own.is_some() && self.view.seen.serve().is_some() {
            offered.push(("none".to_owned(), t!(locale, "status-without").to_owned()));
        }
        let form = (!offered.is_empty()).then(|| {
            let sent = self.sent(Form::Status);
            let chosen = sent.map_or("", |fields| fields.status.as_str());
            let others = self.offered().find(|status| status.id.to_string() == chosen);
            let asks = others.is_some_and(|status| self.asks_whom(status));
            self.form(
                Form::Status,
                "status",
                &html! {
                    (self.select("status", label, chosen, &offered))
                    @if asks { (self.whom()) }
                },
            )
        });
        self.line(Form::Status, label, &html! { (name) }, form)
    }

    /// It can be corrected as long as no other ticket goes on with it.
    pub(super) fn kind(&self) -> Markup {
        let (locale, ticket) = (self.locale, &self.view.ticket);
        let label = t!(locale, "kind-of-ticket");
        let others = ticket::Kind::ALL.iter().filter(|kind| ticket.change_kind(**kind).is_ok());
        let others: Vec<(String, String)> =
            others.map(|kind| (kind.as_str().to_owned(), shown::kind(locale, *kind).to_owned())).collect();
        let form = (!others.is_empty() && self.view.seen.serve().is_some()).then(|| {
            let chosen = self.sent(Form::Kind).map_or("", |fields| fields.kind.as_str());
            self.form(Form::Kind, "kind", &self.select("kind", label, chosen, &others))
        });
        self.line(Form::Kind, label, &html! { (shown::kind(locale, ticket.kind)) }, form)
    }

    fn offered(&self) -> impl Iterator<Item = &Status> {
        let (ticket, now) = (&self.view.ticket, self.visitor.reader.now);
        let ruling = self.view.ruling.as_ref().filter(|_| self.view.seen.serve().is_some());
        let offers =
            move |status: &&Status| ruling.is_some_and(|service| ticket.offers(status, service, now));
        self.view.catalogue.statuses.iter().filter(offers)
    }

    /// Whether choosing it begins a wait of which somebody has to say more.
    fn asks_whom(&self, status: &Status) -> bool {
        status.category == Category::Others && self.view.ticket.category() != Category::Others
    }

    fn whom(&self) -> Markup {
        let locale = self.locale;
        let suppliers = self.view.suppliers.iter();
        let mut suppliers: Vec<(String, String)> =
            suppliers.map(|(id, name)| (id.to_string(), name.clone())).collect();
        suppliers.insert(0, (String::new(), "–".to_owned()));
        let sent = self.sent(Form::Status);
        let (supplier, until) =
            sent.map_or(("", ""), |fields| (fields.supplier.as_str(), fields.until.as_str()));
        let choices = super::choices(&suppliers);
        let whom = Field::new("supplier", t!(locale, "status-supplier")).of("beside-status").value(supplier);
        let until = Field::new("until", t!(locale, "status-until")).of("beside-status").value(until);
        html! {
            fieldset.field {
                legend { (t!(locale, "status-whom")) }
                @if suppliers.len() > 1 { (field::select(locale, &whom, &choices)) }
                (field::input(locale, Kind::DateTime, &until))
            }
        }
    }
}

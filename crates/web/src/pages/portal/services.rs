//! The catalogue: what I may ask for, from whom, and what is promised.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use domain::affiliation::Class;
use domain::agreement::Metric;
use domain::priority::Priority;
use maud::{Markup, html};
use store::catalogue::{Catalogue, Offer, Promised};

use super::super::drafts;
use super::super::frame::{self, Frame, Here};
use super::begun;
use crate::app::App;
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/portal/services", Right::SignedIn, get(index))]
}

/// `GET /portal/services`.
async fn index(State(app): State<App>, visitor: Visitor) -> Result<Markup, Refused> {
    let person = visitor.viewer.person;
    let looked =
        app.desk.look(move |look| Ok((store::draft::opening(look.tx, person)?, Arc::clone(&look.catalogue))));
    let (drafted, catalogue) = looked.await?;
    let is_begun = |offer: &Offer| drafted.iter().any(|draft| draft.place == begun::place(offer.service.id));
    let mut offers = offered(&catalogue, visitor.viewer.class);
    offers.sort_by_key(|offer| catalogue.unit_name(offer.service.unit));
    let locale = visitor.reader.locale;
    let title = t!(locale, "services-title");
    let content = html! {
        div.page-head { h1 { (title) } }
        @if offers.is_empty() {
            (panel::empty(Icon::Service, t!(locale, "services-none"), t!(locale, "services-none-words"), None))
        } @else {
            p.offers-lead { (t!(locale, "services-lead")) }
        }
        ul.offers {
            @for offer in &offers { li { (card(&visitor.reader, &catalogue, visitor.viewer.class, (offer, is_begun(offer)))) } }
        }
    };
    Ok(frame::show(&visitor, &Frame::new(title, Here::Services), &content))
}

fn card(reader: &Reader, catalogue: &Catalogue, class: Class, (offer, is_begun): (&Offer, bool)) -> Markup {
    let locale = reader.locale;
    html! {
        article.offer {
            h3 { a.offer-name href={ "/portal/tickets/new?service=" (offer.service.id.0) } { (offer.name) } @if is_begun { (drafts::mark(locale)) } }
            @if !offer.summary.is_empty() { p { (offer.summary) } }
            p.offer-about { (icon(Icon::Unit)) span { (catalogue.unit_name(offer.service.unit)) } }
            @if let Some(words) = promised(reader, catalogue, class, offer) {
                p.offer-about { (icon(Icon::Clock)) span { (words) } }
            }
            @if offer.service.confidential { p.offer-about { (icon(Icon::Lock)) span { (t!(locale, "services-confidential")) } } }
        }
    }
}

/// Services that live and whose audience a class belongs to, by name.
pub(super) fn offered(catalogue: &Catalogue, class: Class) -> Vec<&Offer> {
    let mut offers: Vec<&Offer> = catalogue
        .services
        .values()
        .filter(|offer| offer.ended_at.is_none() && offer.service.audience.admits(class))
        .collect();
    offers.sort_by(|left, right| left.name.cmp(&right.name));
    offers
}

/// "Asked now: first answer by 14:30, solved by Fri 10:00", for a ticket of ordinary priority.
pub(super) fn promised(
    reader: &Reader,
    catalogue: &Catalogue,
    class: Class,
    offer: &Offer,
) -> Option<String> {
    let promised = Promised {
        service: offer.service.id,
        class,
        asking: None,
        priority: Priority::P3,
        opened_at: reader.now,
    };
    let targets = catalogue.targets(&promised);
    let by = |metric: Metric| {
        let wanted = targets.iter().filter(|target| target.metric == metric);
        let due = wanted
            .filter_map(|target| Some(catalogue.calendar(target.calendar)?.add(reader.now, target.within)));
        due.min().map(|due| format::brief(reader, due))
    };
    match (by(Metric::FirstResponse), by(Metric::Resolution)) {
        (Some(first), Some(solved)) => {
            Some(t!(reader.locale, "services-promised-both", first = first, solved = solved))
        }
        (None, Some(solved)) => Some(t!(reader.locale, "services-promised-solved", solved = solved)),
        (Some(first), None) => Some(t!(reader.locale, "services-promised-first", first = first)),
        (None, None) => None,
    }
}

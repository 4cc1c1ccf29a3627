//! The catalogue: what I may ask for, from whom, and what is promised.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use domain::affiliation::Class;
use domain::agreement::Metric;
use domain::priority::Priority;
use maud::{Markup, html};
use store::catalogue::{Catalogue, Offer, Promised};

use super::super::frame::{self, Frame, Here};
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
    let catalogue = app.desk.look(|look| Ok(Arc::clone(&look.catalogue))).await?;
    let mut units: BTreeMap<&str, Vec<&Offer>> = BTreeMap::new();
    for offer in offered(&catalogue, visitor.viewer.class) {
        units.entry(catalogue.unit_name(offer.service.unit)).or_default().push(offer);
    }
    let locale = visitor.reader.locale;
    let title = t!(locale, "services-title");
    let content = html! {
        div.page-head { h1 { (title) } }
        @if units.is_empty() {
            (panel::empty(Icon::Service, t!(locale, "services-none"), t!(locale, "services-none-words"), None))
        } @else {
            p.offers-lead { (t!(locale, "services-lead")) }
        }
        div.stack {
            @for (unit, offers) in &units {
                section.offers {
                    h2 { (unit) }
                    ul.offers-list {
                        @for offer in offers { li { (card(&visitor.reader, &catalogue, visitor.viewer.class, offer)) } }
                    }
                }
            }
        }
    };
    Ok(frame::show(&visitor, &Frame::new(title, Here::Services), &content))
}

fn card(reader: &Reader, catalogue: &Catalogue, class: Class, offer: &Offer) -> Markup {
    let locale = reader.locale;
    html! {
        article.offer {
            h3 { a.offer-name href={ "/portal/tickets/new?service=" (offer.service.id.0) } { (offer.name) } }
            @if !offer.summary.is_empty() { p { (offer.summary) } }
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

/// "First answer within 4 h, solved within 2 working days", for a ticket of ordinary priority opened now.
pub(super) fn promised(
    reader: &Reader,
    catalogue: &Catalogue,
    class: Class,
    offer: &Offer,
) -> Option<String> {
    let within = |metric: Metric| {
        let promised = Promised {
            service: offer.service.id,
            class,
            asking: None,
            priority: Priority::P3,
            opened_at: reader.now,
        };
        let targets = catalogue.targets(&promised);
        let target = targets
            .into_iter()
            .filter(|target| target.metric == metric)
            .min_by_key(|target| target.within)?;
        Some(format::duration(reader.locale, target.within))
    };
    match (within(Metric::FirstResponse), within(Metric::Resolution)) {
        (Some(first), Some(solved)) => {
            Some(t!(reader.locale, "services-promised-both", first = first, solved = solved))
        }
        (None, Some(solved)) => Some(t!(reader.locale, "services-promised-solved", solved = solved)),
        (Some(first), None) => Some(t!(reader.locale, "services-promised-first", first = first)),
        (None, None) => None,
    }
}

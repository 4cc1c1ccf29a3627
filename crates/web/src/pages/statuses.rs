//! Statuses of one's own where something else sets them: macros, rules, bulk actions.

use domain::action::Action;
use domain::id::{OrganisationId, StatusId};
use domain::status::Category;
use store::catalogue::Catalogue;

use super::shown;
use crate::text::Locale;

/// An organisation that may be waited for.
pub type Supplier = (OrganisationId, String);

/// Every status that is offered; one that waits for others once for each supplier.
pub fn choices(locale: Locale, catalogue: &Catalogue, suppliers: &[Supplier]) -> Vec<(String, String)> {
    let offered = catalogue.statuses.iter().filter(|status| !status.retired);
    offered
        .flat_map(|status| {
            let words = shown::offered(locale, status);
            match status.category {
                Category::Open | Category::Requester | Category::Solved => {
                    vec![(written(status.id, None), words)]
                }
                Category::Others => suppliers
                    .iter()
                    .map(|(id, name)| (written(status.id, Some(*id)), format!("{words}: {name}")))
                    .collect(),
            }
        })
        .collect()
}

/// How a form names a choice.
pub fn written(status: StatusId, supplier: Option<OrganisationId>) -> String {
    supplier.map_or_else(|| status.to_string(), |supplier| format!("{status}:{supplier}"))
}

/// The action of a choice; `None` for what is none.
pub fn action(chosen: &str) -> Option<Action> {
    let (status, supplier) = match chosen.split_once(':') {
        None => (chosen, None),
        Some((status, supplier)) => (status, Some(supplier.parse().ok()?)),
    };
    Some(Action::SetStatus { status: status.parse().ok()?, supplier })
}

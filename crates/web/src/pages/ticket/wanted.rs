//! What services want to know when another unit asks them: the fields that a requester fills in.

use desk::custom::readable;
use domain::custom::{Custom, Needed, Of};
use domain::id::ServiceId;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::doing::Form;
use crate::pages::write::by_choice;
use crate::text::Locale;
use crate::ui::custom::{self, Filled};

/// Each where its service is chosen; services come as they stand in the choice, by their ids.
pub(super) fn fields(
    locale: Locale,
    catalogue: &Catalogue,
    services: &[(String, String)],
    filled: &Filled,
) -> Markup {
    let choices: Vec<(String, ServiceId)> = services
        .iter()
        .filter_map(|(value, _)| Some((value.clone(), ServiceId(value.parse().ok()?))))
        .collect();
    let is_asked = |custom: &Custom| {
        !custom.ended && choices.iter().any(|(_, service)| custom.is_for(Of::Ticket, Some(*service)))
    };
    let mut customs = readable(&catalogue.customs, false);
    customs.retain(is_asked);
    html! {
        @for (among, customs) in by_choice(&customs, &choices) {
            div.stack data-when=[among.as_ref().map(|_| "service")] data-among=[among] {
                (custom::inputs(locale, Form::Handoff.name(), &customs, filled, Needed::Opening))
            }
        }
    }
}

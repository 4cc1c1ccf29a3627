//! What whoever asked said of what was done: how it went, or that somebody neutral has to decide.

use domain::event::Fact;
use maud::{Markup, html};

use super::beside;
use super::view::View;
use crate::format::Reader;
use crate::t;
use crate::ui::icon::{Icon, icon};

/// What whoever asked said of the solution, for those who serve.
pub(super) fn rated(reader: &Reader, view: &View) -> Markup {
    let Some(rating) = view.sheet.rating.filter(|_| view.sheet.asking.is_none()) else { return html! {} };
    let comment = view.events.iter().rev().find_map(|event| match event.fact {
        Fact::Rated { comment, .. } => Some(comment),
        _ => None,
    });
    let comment = view.reasons.iter().find(|one| Some(one.id) == comment.flatten());
    html! {
        div #rating .ticket-rating {
            (beside::stars(reader.locale, rating))
            @if let Some(comment) = comment { q { (comment.body) } }
        }
    }
}

pub(super) fn escalated(reader: &Reader, view: &View) -> Markup {
    let reason = view.events.iter().rev().find_map(|event| match &event.fact {
        Fact::Escalated { reason, .. } => *reason,
        _ => None,
    });
    let reason = view.reasons.iter().find(|one| Some(one.id) == reason);
    html! {
        div.flash.flash-soon {
            (icon(Icon::Warning))
            p {
                strong { (t!(reader.locale, "ticket-escalated")) } " "
                @if let Some(reason) = reason { q { (reason.body) } }
            }
        }
    }
}

//! What was just done, with the way back: a toast that stays while somebody looks at it.

use domain::event::undone;
use maud::{Markup, html};

use super::view::View;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// How long it is offered to somebody who chose nothing.
const USUAL_SECONDS: u8 = 10;

/// `None` when what happened last is not the visitor's, or cannot be undone.
pub(super) fn toast(visitor: &Visitor, view: &View, words: &str) -> Option<Markup> {
    view.seen.serve()?;
    let last = undone::last(view.seen.ticket, &view.events, visitor.viewer.person, visitor.reader.now)?;
    let seconds = visitor.preferences.undo.map_or(USUAL_SECONDS, |own| own.seconds().max(USUAL_SECONDS));
    let locale = visitor.reader.locale;
    Some(html! {
        div.flash.flash-good.toast data-toast=(seconds) {
            (icon(Icon::Check))
            p { (words) }
            form #do-undo method="post" action={ "/tickets/" (view.seen.number) "/undo" } {
                (field::token(&visitor.csrf))
                input type="hidden" name="event" value=(last.id);
                (button::submit(Weight::Secondary, Some(Icon::Return), t!(locale, "undo")))
            }
            span.toast-time aria-hidden="true" {}
        }
    })
}

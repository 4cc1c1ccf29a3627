//! More on request: a summary that opens a small panel, without any script.

use maud::{Markup, html};

/// The panel opens below its trigger; `popover.js` closes it on Escape and on a click elsewhere.
pub fn popover(trigger: &Markup, content: &Markup) -> Markup {
    html! {
        details.popover data-popover {
            summary { (trigger) }
            div.popover-panel { (content) }
        }
    }
}

/// The same, with the panel held to the end of the line.
pub fn popover_at_end(trigger: &Markup, content: &Markup) -> Markup {
    html! {
        details.popover.popover-end data-popover {
            summary { (trigger) }
            div.popover-panel { (content) }
        }
    }
}

/// Asks once more before something that cannot be taken back: the summary is the first press, the form the second.
pub fn confirm(trigger: &Markup, question: &str, consequence: &str, form: &Markup) -> Markup {
    html! {
        details.popover.confirm data-popover {
            summary { (trigger) }
            div.popover-panel role="group" aria-label=(question) {
                h3 { (question) }
                p { (consequence) }
                (form)
            }
        }
    }
}

//! Asking somebody neutral to decide, where nobody else provides the service.

use maud::{Markup, html};

use super::ticket::{Part, Shown, Tried};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn offer(visitor: &Visitor, shown: &Shown, tried: Option<&Tried>) -> Markup {
    let locale = visitor.reader.locale;
    let Some(neutral) = &shown.neutral else { return html! {} };
    let (neutral, unit) = (neutral.as_str(), shown.unit.as_str());
    let error = Tried::words(tried, Part::Escalation);
    let content = html! {
        p { (t!(locale, "escalate-words", neutral = neutral, unit = unit)) }
        details.ask-more open[error.is_some()] {
            summary.button { (icon(Icon::Organisation)) (t!(locale, "escalate-open", neutral = neutral)) }
            form.form method="post" action={ "/portal/tickets/" (shown.sheet.number) "/escalation" } {
                (field::token_once(&visitor.csrf))
                (field::area(locale, &Field::new("reason", t!(locale, "escalate-reason"))
                    .help(&t!(locale, "escalate-help", neutral = neutral, unit = unit))
                    .value(Tried::text(tried, Part::Escalation)).error(error).required(), 4))
                div { (button::submit(Weight::Primary, None, t!(locale, "escalate-send"))) }
            }
        }
    };
    panel::panel(t!(locale, "escalate-title"), None, &content)
}

//! That a mail of the ticket did not arrive: in its head, with the way to send it once more, and in its history.

use maud::{Markup, html};
use store::outgoing::Outgoing;

use super::super::view::View;
use super::is_lost;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// A mail that did not arrive, as the end of a sentence of the history.
pub(in crate::pages::ticket) fn told(locale: Locale, given_up: bool) -> &'static str {
    if given_up { t!(locale, "history-given-up") } else { t!(locale, "history-bounced") }
}

/// In the head of the ticket: that what went out last did not arrive, to whom, and the way to send it once more.
pub(in crate::pages::ticket) fn head(visitor: &Visitor, view: &View) -> Markup {
    if !view.ticket.is_bounced() {
        return html! {};
    }
    let locale = visitor.reader.locale;
    let outward = view.ticket.outward;
    let all = view.mails.outgoing.iter().chain(&view.forwarded);
    let lost: Vec<&Outgoing> = all
        .filter(|one| is_lost(&visitor.reader, one) && (one.message.is_none() || one.message == outward))
        .collect();
    let said = lost.iter().find_map(|one| one.message);
    let anchor = said.map_or_else(|| "#conversation".to_owned(), |message| format!("#message-{message}"));
    html! {
        div.flash.flash-soon #lost {
            (icon(Icon::Return))
            div {
                p {
                    strong { (t!(locale, "lost-title")) }
                    @for one in &lost { " " (t!(locale, "lost-to", address = one.recipient.as_str())) }
                }
                div.buttons {
                    @if let Some(message) = said.filter(|_| view.seen.serve().is_some()) {
                        (button::post(
                            Weight::Secondary,
                            Some(Icon::Return),
                            t!(locale, "delivery-resend"),
                            &format!("/tickets/{}/replies/{message}/again", view.sheet.number),
                            &visitor.csrf,
                        ))
                    }
                    a href=(anchor) { (t!(locale, "lost-look")) }
                }
            }
        }
    }
}

//! To whom a reply goes: three fields of addresses, which scripts show as one chip for each.

use maud::{Markup, html};

use crate::t;
use crate::text::Locale;

/// Lists of addresses, as people write them: "Mei Tanaka <mei@example.org>, bo@example.org".
#[derive(Debug, Clone, Copy)]
pub struct Recipients<'a> {
    pub to: &'a str,
    pub cc: &'a str,
    pub bcc: &'a str,
    /// What To says when the requester alone is answered.
    pub requester: &'a str,
    /// What Cc says when all are answered.
    pub everyone: &'a str,
}

/// The form sends `to`, `cc` and `bcc`, and `addressed` so that empty fields are told from none.
pub fn fields(locale: Locale, recipients: &Recipients<'_>) -> Markup {
    let is_plain =
        recipients.cc.is_empty() && recipients.bcc.is_empty() && recipients.to == recipients.requester;
    let lines = [
        ("to", t!(locale, "recipients-to"), recipients.to),
        ("cc", t!(locale, "recipients-cc"), recipients.cc),
        ("bcc", t!(locale, "recipients-bcc"), recipients.bcc),
    ];
    html! {
        input type="hidden" name="addressed" value="yes";
        details.recipients open[!is_plain] data-recipients {
            summary {
                span.recipients-label { (t!(locale, "recipients-to")) }
                bdi.recipients-shown data-recipients-shown { (recipients.to) }
                span.recipients-more { (t!(locale, "recipients-cc")) " · " (t!(locale, "recipients-bcc")) }
            }
            @for (name, label, value) in lines {
                div.recipients-line {
                    label for={ "reply-" (name) } { (label) }
                    div.recipients-list {
                        input.input id={ "reply-" (name) } name=(name) value=(value) autocomplete="off" autocapitalize="off" spellcheck="false"
                            inputmode="email" data-addresses data-remove=(t!(locale, "recipients-remove", name = "{}"));
                    }
                }
            }
            @if !recipients.everyone.is_empty() {
                div.buttons hidden data-recipients-choice {
                    button.button.button-quiet type="button" data-to=(recipients.requester) data-cc="" { (t!(locale, "recipients-alone")) }
                    button.button.button-quiet type="button" data-to=(recipients.requester) data-cc=(recipients.everyone) { (t!(locale, "recipients-all")) }
                }
            }
            p.field-help { (t!(locale, "recipients-help")) }
        }
    }
}

/// So many people: whether they are meant is said by one more click, which does what was `meant` to happen with it.
pub fn asks(locale: Locale, words: &str, count: usize, meant: &str) -> Markup {
    html! {
        div.meanwhile role="alert" {
            p { (words) }
            input type="hidden" name="meant" value=(meant);
            button.button type="submit" name="people" value=(count) { (t!(locale, "recipients-send-to", count = count)) }
        }
    }
}

//! What our own check of a sender found, in the words of mail systems.

use maud::{Markup, html};
use store::mail::{Check, Found};

use crate::t;
use crate::text::Locale;

pub fn checked(locale: Locale, found: &Found) -> Markup {
    let word = |check| match check {
        Check::Pass => t!(locale, "letter-check-pass"),
        Check::Fail => t!(locale, "letter-check-fail"),
        Check::None => t!(locale, "letter-check-none"),
        Check::Unknown => t!(locale, "letter-check-unknown"),
    };
    html! {
        span title=(t!(locale, "letter-checked-why")) {
            "DKIM " (word(found.dkim)) ", SPF " (word(found.spf)) ", DMARC " (word(found.dmarc))
        }
    }
}

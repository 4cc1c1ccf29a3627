//! The kinds of tickets, as they are asked for and as they are called once they are asked.

use domain::ticket::Kind;

use crate::t;
use crate::text::Locale;

/// What somebody can ask by hand; a problem is what agents make of several incidents.
pub(super) const KINDS: [Kind; 6] =
    [Kind::Request, Kind::Incident, Kind::Question, Kind::Complaint, Kind::Suggestion, Kind::Compliment];

pub(super) fn question(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Request => t!(locale, "ask-request"),
        Kind::Incident => t!(locale, "ask-incident"),
        Kind::Question => t!(locale, "ask-question"),
        Kind::Complaint => t!(locale, "ask-complaint"),
        Kind::Suggestion => t!(locale, "ask-suggestion"),
        Kind::Compliment => t!(locale, "ask-compliment"),
        Kind::Problem => t!(locale, "asked-problem"),
    }
}

pub(super) fn words(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Request => t!(locale, "asked-request"),
        Kind::Incident => t!(locale, "asked-incident"),
        Kind::Question => t!(locale, "asked-question"),
        Kind::Complaint => t!(locale, "asked-complaint"),
        Kind::Suggestion => t!(locale, "asked-suggestion"),
        Kind::Compliment => t!(locale, "asked-compliment"),
        Kind::Problem => t!(locale, "asked-problem"),
    }
}

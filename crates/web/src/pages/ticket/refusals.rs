//! Why the desk said no, in the reader's language.

use desk::DeskError;
use domain::ticket::rules::Refusal;

use crate::format::{self, Reader};
use crate::t;

/// The desk's sentence; those without a translation begin as a sentence does.
pub(super) fn said(reader: &Reader, error: &DeskError) -> String {
    if let DeskError::Refused(refusal) = error {
        return refused(reader, refusal);
    }
    let words = error.to_string();
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let rest = letters.as_str();
    let stop = if rest.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{rest}{stop}")
}

fn refused(reader: &Reader, refusal: &Refusal) -> String {
    let locale = reader.locale;
    match refusal {
        Refusal::NotOpen(_) => t!(locale, "ticket-not-open"),
        Refusal::StillOpen => t!(locale, "ticket-still-open"),
        Refusal::NoChange => t!(locale, "ticket-no-change"),
        Refusal::NothingAsked => t!(locale, "ticket-nothing-asked"),
        Refusal::DatePassed => t!(locale, "ticket-date-passed"),
        Refusal::NoAgreement => t!(locale, "ticket-no-agreement"),
        Refusal::ReopenWindowOver => t!(locale, "ticket-window-over"),
        Refusal::Captive => t!(locale, "ticket-captive"),
        Refusal::NotAHandoff => t!(locale, "ticket-not-a-handoff"),
        Refusal::IsAHandoff => t!(locale, "ticket-is-a-handoff"),
        Refusal::BadRating => t!(locale, "ticket-bad-rating"),
        Refusal::NobodyRated => t!(locale, "ticket-nobody-rated"),
        Refusal::ReasonNeeded => t!(locale, "ticket-reason-needed"),
        Refusal::AlreadyEscalated => t!(locale, "ticket-already-escalated"),
        Refusal::NothingToEscalate => t!(locale, "ticket-nothing-to-escalate"),
        Refusal::NoNeutralOwner => t!(locale, "ticket-no-neutral-owner"),
        Refusal::OwnTicket => t!(locale, "ticket-own"),
        Refusal::Blocked(count) => return t!(locale, "ticket-blocked", count = *count),
        Refusal::ObjectionPending(until) => {
            return t!(locale, "ticket-objection-pending", time = format::absolute(reader, *until));
        }
    }
    .to_owned()
}

//! What the desk says no with, in the reader's language: every error of the desk passes here on its way to a page.

pub mod action;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use desk::problem::{Argument, Clauses};
use desk::{DeskError, Problem};
use domain::ticket::rules::{Circle, Refusal};
use fluent_templates::fluent_bundle::FluentValue;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::format::{self, Reader};
use crate::pages::shown;
use crate::t;
use crate::text::{self, Locale};

/// Why something was not done, and what to do about it.
pub fn error(reader: &Reader, error: &DeskError) -> String {
    let locale = reader.locale;
    match error {
        DeskError::NotFound => t!(locale, "refused-not-found-words").to_owned(),
        DeskError::NotAllowed => t!(locale, "refused-not-allowed-words").to_owned(),
        DeskError::Refused(why) => refusal(reader, why),
        DeskError::Circle(path) => circle(locale, path),
        DeskError::Invalid { problem: why, .. } | DeskError::Conflict(why) => problem(locale, why),
        DeskError::Store(_) => t!(locale, "refused-trouble-words").to_owned(),
    }
}

/// Says why something was not done to whoever is not there, in the language that they chose.
#[must_use]
pub fn to_people() -> Arc<desk::bulk_action::Say> {
    Arc::new(|language, why| {
        let locale = Locale::from_tag(language).unwrap_or(Locale::English);
        error(&Reader { locale, zone: TimeZone::UTC, now: Timestamp::UNIX_EPOCH }, why)
    })
}

pub fn problem(locale: Locale, problem: &Problem) -> String {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = problem
        .arguments()
        .into_iter()
        .map(|(name, argument)| (Cow::Borrowed(name), told(locale, &argument)))
        .collect();
    text::looked_up(locale, problem.key(), &arguments)
}

fn told<'a>(locale: Locale, argument: &Argument<'a>) -> FluentValue<'a> {
    match argument {
        Argument::Text(text) => FluentValue::from(*text),
        Argument::Number(number) => FluentValue::from(*number),
        Argument::Metric(metric) => FluentValue::from(shown::metric(locale, *metric)),
        Argument::Problems(problems) => {
            let each: Vec<String> = problems.iter().map(|one| problem(locale, one)).collect();
            FluentValue::from(each.join(Clauses::JOINT))
        }
    }
}

fn circle(locale: Locale, circle: &Circle) -> String {
    let path: Vec<String> = circle.path.iter().map(|ticket| format!("#{ticket}")).collect();
    t!(locale, "ticket-circle", path = path.join(" → "))
}

/// Why a ticket's rule does not allow it now.
pub fn refusal(reader: &Reader, refusal: &Refusal) -> String {
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
        Refusal::Delivered => t!(locale, "ticket-delivered"),
        Refusal::BadRating => t!(locale, "ticket-bad-rating"),
        Refusal::NobodyRated => t!(locale, "ticket-nobody-rated"),
        Refusal::ReasonNeeded => t!(locale, "ticket-reason-needed"),
        Refusal::AlreadyEscalated => t!(locale, "ticket-already-escalated"),
        Refusal::NothingToEscalate => t!(locale, "ticket-nothing-to-escalate"),
        Refusal::NoNeutralOwner => t!(locale, "ticket-no-neutral-owner"),
        Refusal::OwnTicket => t!(locale, "ticket-own"),
        Refusal::AskedService => t!(locale, "ticket-asked-service"),
        Refusal::OtherUnits => t!(locale, "ticket-other-units"),
        Refusal::NotForRequester => t!(locale, "ticket-not-for-requester"),
        Refusal::StaysConfidential => t!(locale, "ticket-stays-confidential"),
        Refusal::Merged => t!(locale, "merge-was"),
        Refusal::NotMerged => t!(locale, "merge-is-not"),
        Refusal::MergedFurther => t!(locale, "merge-further"),
        Refusal::MergesItself => t!(locale, "merge-itself"),
        Refusal::MergesOtherPeople => t!(locale, "merge-other-people"),
        Refusal::MergesConfidential => t!(locale, "merge-confidential"),
        Refusal::MergesCaptive => t!(locale, "merge-captive"),
        Refusal::MergesIntoEnded => t!(locale, "merge-into-ended"),
        Refusal::MergesUndecided => t!(locale, "merge-undecided"),
        Refusal::MergesHandoff => t!(locale, "merge-handoff"),
        Refusal::MergesAnswerLater => t!(locale, "merge-answer-later"),
        Refusal::MergesSolutionLater => t!(locale, "merge-solution-later"),
        Refusal::WakesInThePast => t!(locale, "snooze-past"),
        Refusal::SleepsTooLong => t!(locale, "snooze-too-long"),
        Refusal::StatusOfOtherKind => t!(locale, "status-other-kind"),
        Refusal::StatusRetired => t!(locale, "status-is-retired"),
        Refusal::StatusNeedsWhom => t!(locale, "status-needs-whom"),
        Refusal::StatusBlocked(count) => return t!(locale, "status-blocked", count = *count),
        Refusal::MergesBlocked(count) => return t!(locale, "merge-blocked", count = *count),
        Refusal::Blocked(count) => return t!(locale, "ticket-blocked", count = *count),
        Refusal::ObjectionPending(until) => {
            return t!(locale, "ticket-objection-pending", time = format::absolute(reader, *until));
        }
    }
    .to_owned()
}

#[cfg(test)]
mod tests;

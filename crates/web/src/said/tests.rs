//! Whatever the desk says no with, it is said in every language.

use std::collections::BTreeSet;

use desk::problem::Argument;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;

fn reader(locale: Locale) -> Reader {
    Reader { locale, zone: TimeZone::UTC, now: Timestamp::UNIX_EPOCH }
}

#[test]
fn every_problem_is_said_in_both_languages_with_all_that_it_tells() {
    let mut keys = BTreeSet::new();
    for problem in Problem::every() {
        assert!(keys.insert(problem.key()), "two problems share {}", problem.key());
        let (english, german) =
            (super::problem(Locale::English, &problem), super::problem(Locale::German, &problem));
        if !matches!(problem, Problem::PromisedTwice { .. } | Problem::DoesNotFit { .. }) {
            assert_eq!(english, problem.to_string(), "pages and programs are told the same");
        }
        assert_ne!(german, english, "{} is not translated", problem.key());
        assert_ne!(german, problem.key(), "{} has no text", problem.key());
        for (name, argument) in problem.arguments() {
            for (locale, said) in [(Locale::English, &english), (Locale::German, &german)] {
                let part = match &argument {
                    Argument::Text(text) => (*text).to_owned(),
                    Argument::Number(number) => number.to_string(),
                    Argument::Metric(metric) => shown::metric(locale, *metric).to_owned(),
                    Argument::Problems(several) => super::problem(locale, &several[0]),
                };
                assert!(said.contains(&part), "{said:?} does not say its {name}");
            }
        }
    }
}

/// The place of each refusal in the list below; a new one does not compile until it has one.
fn place(refusal: &Refusal) -> usize {
    match refusal {
        Refusal::NotOpen(_) => 0,
        Refusal::StillOpen => 1,
        Refusal::NoChange => 2,
        Refusal::NothingAsked => 3,
        Refusal::DatePassed => 4,
        Refusal::NoAgreement => 5,
        Refusal::Blocked(_) => 6,
        Refusal::ReopenWindowOver => 7,
        Refusal::Captive => 8,
        Refusal::ObjectionPending(_) => 9,
        Refusal::NotAHandoff => 10,
        Refusal::IsAHandoff => 11,
        Refusal::Delivered => 12,
        Refusal::BadRating => 13,
        Refusal::NobodyRated => 14,
        Refusal::ReasonNeeded => 15,
        Refusal::AlreadyEscalated => 16,
        Refusal::NothingToEscalate => 17,
        Refusal::NoNeutralOwner => 18,
        Refusal::OwnTicket => 19,
        Refusal::AskedService => 20,
        Refusal::OtherUnits => 21,
        Refusal::NotForRequester => 22,
        Refusal::StaysConfidential => 23,
        Refusal::WakesInThePast => 24,
        Refusal::SleepsTooLong => 25,
        Refusal::Merged => 26,
        Refusal::NotMerged => 27,
        Refusal::MergedFurther => 28,
        Refusal::MergesItself => 29,
        Refusal::MergesOtherPeople => 30,
        Refusal::MergesConfidential => 31,
        Refusal::MergesCaptive => 32,
        Refusal::MergesIntoEnded => 33,
        Refusal::MergesUndecided => 34,
        Refusal::MergesHandoff => 35,
        Refusal::MergesAnswerLater => 36,
        Refusal::MergesSolutionLater => 37,
        Refusal::MergesBlocked(_) => 38,
        Refusal::StatusOfOtherKind => 39,
        Refusal::StatusRetired => 40,
        Refusal::StatusNeedsWhom => 41,
        Refusal::StatusBlocked(_) => 42,
    }
}

fn refusals() -> [Refusal; 43] {
    [
        Refusal::NotOpen("solved"),
        Refusal::StillOpen,
        Refusal::NoChange,
        Refusal::NothingAsked,
        Refusal::DatePassed,
        Refusal::NoAgreement,
        Refusal::Blocked(2),
        Refusal::ReopenWindowOver,
        Refusal::Captive,
        Refusal::ObjectionPending(Timestamp::UNIX_EPOCH),
        Refusal::NotAHandoff,
        Refusal::IsAHandoff,
        Refusal::Delivered,
        Refusal::BadRating,
        Refusal::NobodyRated,
        Refusal::ReasonNeeded,
        Refusal::AlreadyEscalated,
        Refusal::NothingToEscalate,
        Refusal::NoNeutralOwner,
        Refusal::OwnTicket,
        Refusal::AskedService,
        Refusal::OtherUnits,
        Refusal::NotForRequester,
        Refusal::StaysConfidential,
        Refusal::WakesInThePast,
        Refusal::SleepsTooLong,
        Refusal::Merged,
        Refusal::NotMerged,
        Refusal::MergedFurther,
        Refusal::MergesItself,
        Refusal::MergesOtherPeople,
        Refusal::MergesConfidential,
        Refusal::MergesCaptive,
        Refusal::MergesIntoEnded,
        Refusal::MergesUndecided,
        Refusal::MergesHandoff,
        Refusal::MergesAnswerLater,
        Refusal::MergesSolutionLater,
        Refusal::MergesBlocked(2),
        Refusal::StatusOfOtherKind,
        Refusal::StatusRetired,
        Refusal::StatusNeedsWhom,
        Refusal::StatusBlocked(2),
    ]
}

#[test]
fn every_refusal_and_every_error_of_the_desk_is_said_in_both_languages() {
    let refusals = refusals();
    for (number, refusal) in refusals.iter().enumerate() {
        assert_eq!(place(refusal), number);
    }
    let circle = Circle { path: vec![domain::id::TicketId(4), domain::id::TicketId(4)] };
    let others = [
        DeskError::NotFound,
        DeskError::NotAllowed,
        DeskError::Circle(circle),
        DeskError::Conflict(Problem::LastAdministrator),
        DeskError::invalid("name", Problem::NameMissing),
        DeskError::Store(store::StoreError::Encoding("broken".to_owned())),
    ];
    let mut said = BTreeSet::new();
    for error in refusals.into_iter().map(DeskError::Refused).chain(others) {
        let (english, german) =
            (super::error(&reader(Locale::English), &error), super::error(&reader(Locale::German), &error));
        assert_ne!(english, german, "{error:?} is said in one language only");
        assert!(!german.contains("ticket-") && !german.contains("refused-"), "{german}");
        assert!(said.insert(german.clone()), "{german} is said twice");
    }
}

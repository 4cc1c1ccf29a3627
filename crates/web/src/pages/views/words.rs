//! Words of views and filters, in the reader's language.

use domain::filter::value::Waiting;
use domain::filter::{Field, Flag};
use domain::view::{Grouping, Sort};
use domain::{affiliation, ticket};

use crate::pages::shown;
use crate::t;
use crate::text::Locale;

pub(super) fn sort(locale: Locale, sort: Sort) -> &'static str {
    match sort {
        Sort::Due => t!(locale, "sort-due"),
        Sort::Priority => t!(locale, "sort-priority"),
        Sort::Unanswered => t!(locale, "sort-unanswered"),
        Sort::Opened => t!(locale, "sort-opened"),
        Sort::Changed => t!(locale, "sort-changed"),
        Sort::Solved => t!(locale, "sort-solved"),
    }
}

pub(super) fn grouping(locale: Locale, grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Nothing => t!(locale, "group-nothing"),
        Grouping::Order => t!(locale, "group-order"),
        Grouping::Unit => t!(locale, "group-unit"),
    }
}

/// What a field of the form is called; `state` is the part of `is` that forms know.
pub(super) fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Is => t!(locale, "filter-state"),
        Field::Unit => t!(locale, "filter-unit"),
        Field::Holder => t!(locale, "filter-holder"),
        Field::From => t!(locale, "filter-from"),
        Field::Organisation => t!(locale, "filter-organisation"),
        Field::Service => t!(locale, "filter-service"),
        Field::Kind => t!(locale, "filter-kind"),
        Field::Class => t!(locale, "filter-class"),
        Field::Priority => t!(locale, "filter-priority"),
        Field::Due => t!(locale, "filter-due"),
        Field::Opened => t!(locale, "filter-opened"),
        Field::Changed => t!(locale, "filter-changed"),
        Field::Solved => t!(locale, "filter-solved"),
        Field::Unanswered => t!(locale, "filter-unanswered"),
        Field::Waiting => t!(locale, "filter-waiting"),
        Field::Rating => t!(locale, "filter-rating"),
        Field::Number => t!(locale, "filter-number"),
        Field::Tag => t!(locale, "tags"),
        Field::Status => t!(locale, "status-of-ticket"),
        Field::Linked => t!(locale, "links"),
    }
}

/// A value of a closed set, by its word in filters.
pub(super) fn value(locale: Locale, word: &'static str) -> &'static str {
    if let Some(state) = ticket::State::parse(word) {
        return match state {
            ticket::State::Open => t!(locale, "state-open"),
            ticket::State::Solved => t!(locale, "state-solved"),
            ticket::State::Closed => t!(locale, "state-closed"),
        };
    }
    if let Some(kind) = ticket::Kind::parse(word) {
        return shown::kind(locale, kind);
    }
    if let Some(class) = affiliation::Class::parse(word) {
        return shown::class(locale, class);
    }
    match Waiting::parse(word) {
        Some(Waiting::Us) => t!(locale, "waiting-us"),
        Some(Waiting::Requester) => t!(locale, "waiting-requester"),
        Some(Waiting::Inside) => t!(locale, "waiting-inside"),
        Some(Waiting::Supplier) => t!(locale, "waiting-supplier"),
        Some(Waiting::Date) => t!(locale, "waiting-date"),
        None => word,
    }
}

pub(super) fn flag(locale: Locale, flag: Flag) -> &'static str {
    match flag {
        Flag::Unanswered => t!(locale, "filter-unanswered"),
        Flag::Handoff => t!(locale, "flag-handoff"),
        Flag::Blocks => t!(locale, "flag-blocks"),
        Flag::Blocked => t!(locale, "flag-blocked"),
        Flag::Confidential => t!(locale, "flag-confidential"),
        Flag::Escalated => t!(locale, "flag-escalated"),
        Flag::Reopened => t!(locale, "flag-reopened"),
        Flag::Unread => t!(locale, "flag-unread"),
        Flag::Draft => t!(locale, "flag-draft"),
        Flag::Snoozed => t!(locale, "flag-snoozed"),
        Flag::Merged => t!(locale, "flag-merged"),
        Flag::Bounced => t!(locale, "flag-bounced"),
    }
}

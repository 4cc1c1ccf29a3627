//! How values of the desk are shown: states, priorities, promises, metrics and reasons in words.

use domain::affiliation::{Class, Relation};
use domain::agreement::{AgreementKind, Metric};
use domain::status::{Category, Status};
use domain::ticket;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use store::ticket::Because;

use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Priority, Promise, State};

/// A promise that ends within this time is due soon.
const SOON: SignedDuration = SignedDuration::from_hours(4);

/// 1 to 4, as the row keeps it.
pub fn priority(number: i64) -> Priority {
    match number {
        ..=1 => Priority::Urgent,
        2 => Priority::High,
        3 => Priority::Normal,
        _ => Priority::Low,
    }
}

pub fn priority_words(locale: Locale, number: i64) -> &'static str {
    match priority(number) {
        Priority::Urgent => t!(locale, "priority-urgent"),
        Priority::High => t!(locale, "priority-high"),
        Priority::Normal => t!(locale, "priority-normal"),
        Priority::Low => t!(locale, "priority-low"),
    }
}

/// Where a ticket stands; `waiting` and `handoffs` say for whom it waits.
pub fn state(state: ticket::State, waiting: Option<&str>, handoffs: i64, handoff: bool) -> State {
    match (state, waiting) {
        (ticket::State::Closed, _) => State::Closed,
        (ticket::State::Solved, _) if handoff => State::Delivered,
        (ticket::State::Solved, _) => State::Solved,
        (ticket::State::Open, Some("requester")) => State::WaitingRequester,
        (ticket::State::Open, Some("supplier")) => State::WaitingSupplier,
        (ticket::State::Open, Some("agreed")) => State::WaitingDate,
        (ticket::State::Open, _) if handoffs > 0 => State::WaitingHandoff,
        (ticket::State::Open, _) => State::Open,
    }
}

/// What a category is called where no status of one's own says it.
pub fn category(locale: Locale, category: Category) -> &'static str {
    match category {
        Category::Open => t!(locale, "state-open"),
        Category::Requester => t!(locale, "state-waiting-requester"),
        Category::Others => t!(locale, "category-others"),
        Category::Solved => t!(locale, "state-solved"),
    }
}

/// What a status is called, with what it stands for where it is chosen among others.
pub fn offered(locale: Locale, status: &Status) -> String {
    t!(locale, "status-offered", name = status.name.as_str(), category = category(locale, status.category))
}

/// How near a due time is.
pub fn due(now: Timestamp, due_at: Timestamp) -> Promise<'static> {
    let left = due_at.duration_since(now);
    if left.is_negative() {
        Promise::Overdue { due_at }
    } else if left <= SOON {
        Promise::Soon { due_at }
    } else {
        Promise::OnTrack { due_at }
    }
}

/// Why a ticket stands where it stands in the order of work. `outer` is the number of the ticket
/// that the promise was made on; there is none when that one is confidential.
pub fn place(reader: &Reader, because: Because, due_at: Timestamp, outer: Option<i64>) -> String {
    let locale = reader.locale;
    let time = format::absolute(reader, due_at);
    match (because, outer) {
        (Because::Own, _) => t!(locale, "place-own", time = time),
        (Because::Blocks, Some(number)) => {
            t!(locale, "place-blocks", time = time, ticket = format!("#{number}"))
        }
        (Because::Blocks, None) => t!(locale, "place-blocks-confidential", time = time),
        (Because::Age, _) => t!(locale, "place-age", time = time),
    }
}

pub fn metric(locale: Locale, metric: Metric) -> &'static str {
    match metric {
        Metric::FirstResponse => t!(locale, "metric-first-response"),
        Metric::NextResponse => t!(locale, "metric-next-response"),
        Metric::Resolution => t!(locale, "metric-resolution"),
        Metric::NextUpdate => t!(locale, "metric-next-update"),
        Metric::Acceptance => t!(locale, "metric-acceptance"),
    }
}

pub fn agreement_kind(locale: Locale, kind: AgreementKind) -> &'static str {
    match kind {
        AgreementKind::Sla => t!(locale, "agreement-sla"),
        AgreementKind::Ola => t!(locale, "agreement-ola"),
        AgreementKind::Uc => t!(locale, "agreement-uc"),
    }
}

pub fn class(locale: Locale, class: Class) -> &'static str {
    match class {
        Class::Internal => t!(locale, "class-internal"),
        Class::Connected => t!(locale, "class-connected"),
        Class::External => t!(locale, "class-external"),
    }
}

pub fn tie(locale: Locale, relation: Relation) -> &'static str {
    match relation {
        Relation::Employee => t!(locale, "tie-employee"),
        Relation::Supplier => t!(locale, "tie-supplier"),
        Relation::Shareholder => t!(locale, "tie-shareholder"),
        Relation::Partner => t!(locale, "tie-partner"),
        Relation::Buyer => t!(locale, "tie-buyer"),
        Relation::Regulator => t!(locale, "tie-regulator"),
        Relation::Community => t!(locale, "tie-community"),
        Relation::Owner => t!(locale, "tie-owner"),
    }
}

pub fn kind(locale: Locale, kind: ticket::Kind) -> &'static str {
    match kind {
        ticket::Kind::Question => t!(locale, "kind-question"),
        ticket::Kind::Request => t!(locale, "kind-request"),
        ticket::Kind::Incident => t!(locale, "kind-incident"),
        ticket::Kind::Problem => t!(locale, "kind-problem"),
        ticket::Kind::Complaint => t!(locale, "kind-complaint"),
        ticket::Kind::Compliment => t!(locale, "kind-compliment"),
        ticket::Kind::Suggestion => t!(locale, "kind-suggestion"),
    }
}

/// Working time in hours: a day of it has no length that everybody knows.
pub fn working(locale: Locale, time: SignedDuration) -> String {
    let minutes = time.as_secs().unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, _) => format::duration(locale, time),
        (hours, 0) => t!(locale, "duration-hours", hours = hours),
        (hours, rest) => t!(locale, "duration-hours-minutes", hours = hours, minutes = rest),
    }
}

/// From when to when, with the day where it is not clear and always with the time.
pub fn span(reader: &Reader, from: Timestamp, to: Option<Timestamp>) -> String {
    let from_day = reader.local(from).date();
    let same = to.is_some_and(|to| reader.local(to).date() == from_day);
    let end = match to {
        None => t!(reader.locale, "time-now").to_owned(),
        Some(to) if same => format::written_clock(&reader.local(to)),
        Some(to) => moment(reader, to),
    };
    format!("{} – {end}", moment(reader, from))
}

fn moment(reader: &Reader, at: Timestamp) -> String {
    let brief = format::brief(reader, at);
    if brief.contains(':') { brief } else { format!("{brief}, {}", format::written_clock(&reader.local(at))) }
}

/// The keys that work outside of text fields, behind `?`.
pub fn shortcuts(locale: Locale) -> Markup {
    html! {
        p.shortcuts-line {
            a.button.button-quiet href="/keys" data-opens="keys" { kbd { "?" } " " (t!(locale, "shortcuts")) }
        }
    }
}

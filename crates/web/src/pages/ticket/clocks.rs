//! The promises on a ticket: how each stands, and behind it why it applies, line by line.

use domain::agreement::Target;
use domain::calendar::Calendar;
use domain::clock::{Clock, Line, Outcome, Why};
use maud::{Markup, html};
use store::catalogue::{Agreement, CalendarVersion};

use super::view::View;
use crate::format::{self, Reader};
use crate::pages::shown;
use crate::t;
use crate::ui::badge::{self, Promise};
use crate::ui::popover;

/// How many clocks that have stopped are shown before the rest folds away.
const STOPPED: usize = 4;

pub(super) fn list(reader: &Reader, view: &View) -> Markup {
    let locale = reader.locale;
    let (mut running, mut stopped): (Vec<&Clock>, Vec<&Clock>) =
        view.clocks.iter().partition(|clock| clock.stopped_at.is_none());
    running.sort_by_key(|clock| (clock.due_at.is_none(), clock.due_at));
    stopped.sort_by_key(|clock| std::cmp::Reverse(clock.stopped_at));
    let folded = stopped.split_off(STOPPED.min(stopped.len()));
    html! {
        @if view.clocks.is_empty() { p.muted { (t!(locale, "clocks-none")) } }
        ul.clocks {
            @for clock in running.iter().chain(&stopped) { li { (one(reader, view, clock)) } }
        }
        @if !folded.is_empty() {
            details {
                summary { (t!(locale, "clocks-earlier", count = folded.len())) }
                ul.clocks { @for clock in &folded { li { (one(reader, view, clock)) } } }
            }
        }
    }
}

fn one(reader: &Reader, view: &View, clock: &Clock) -> Markup {
    let Some(promise) = promised(view, clock) else { return html! {} };
    let trigger = html! {
        span.clock-metric { (shown::metric(reader.locale, clock.metric)) }
        (badge::promise(reader, standing(reader, clock)))
    };
    popover::popover_at_end(&trigger, &explained(reader, view, clock, &promise))
}

/// What a clock counts: which version of an agreement, and of a calendar.
struct Promised<'a> {
    agreement: &'a Agreement,
    target: &'a Target,
    calendar: &'a str,
    hours: &'a CalendarVersion,
}

fn promised<'a>(view: &'a View, clock: &Clock) -> Option<Promised<'a>> {
    let catalogue = &view.catalogue;
    let agreement = catalogue.agreements.iter().find(|agreement| agreement.id == clock.agreement)?;
    let target = agreement.targets.iter().find(|target| target.id == clock.target)?;
    let named = catalogue.calendars.get(&target.calendar)?;
    Some(Promised { agreement, target, calendar: &named.name, hours: named.at(view.ticket.promised_at)? })
}

fn standing(reader: &Reader, clock: &Clock) -> Promise<'static> {
    match (clock.outcome, clock.due_at) {
        (Outcome::Met, _) => Promise::Kept,
        (Outcome::Missed, _) => Promise::Missed,
        (Outcome::Void, _) | (Outcome::Running, None) => Promise::None,
        (Outcome::Running, Some(due_at)) if !clock.is_paused(reader.now) => shown::due(reader.now, due_at),
        (Outcome::Running | Outcome::Paused, _) => Promise::Paused { reason: paused(reader, clock) },
    }
}

fn paused(reader: &Reader, clock: &Clock) -> &'static str {
    let locale = reader.locale;
    match clock.segments.last().map(|segment| &segment.why) {
        Some(Why::Requester) => t!(locale, "why-requester"),
        Some(Why::Supplier(_)) => t!(locale, "why-supplier"),
        Some(Why::Agreed { .. }) => t!(locale, "why-agreed-short"),
        Some(Why::Solved) => t!(locale, "why-solved"),
        Some(Why::Owner { .. } | Why::Handoffs(_)) | None => t!(locale, "promise-paused"),
    }
}

fn explained(reader: &Reader, view: &View, clock: &Clock, promise: &Promised<'_>) -> Markup {
    let locale = reader.locale;
    let Promised { agreement, target, hours, .. } = *promise;
    let calendar: &Calendar = &hours.calendar;
    let within = shown::working(locale, clock.within);
    html! {
        h3 {
            (t!(locale, "clock-title", metric = shown::metric(locale, clock.metric), time = within))
        }
        p.muted {
            (t!(
                locale, "clock-agreement",
                name = agreement.name.as_str(), kind = shown::agreement_kind(locale, agreement.kind),
                version = agreement.version, calendar = promise.calendar, hours = hours.version
            ))
            " " (applies(reader, view, agreement, target))
        }
        ol.explain {
            @for line in clock.explain(calendar, reader.now) { (row(reader, view, &line)) }
        }
        dl.explain-sum {
            div { dt { (t!(locale, "clock-spent")) } dd { (shown::working(locale, clock.spent(calendar, reader.now))) } }
            div { dt { (t!(locale, "clock-remaining")) } dd { (remaining(reader, clock, calendar)) } }
            div { dt { (t!(locale, "clock-due")) } dd { (due(reader, clock)) } }
            @if let Some(stopped_at) = clock.stopped_at {
                div { dt { (t!(locale, "clock-stopped")) } dd { (format::absolute(reader, stopped_at)) } }
            }
            @if let Some(first) = clock.first_outcome {
                div { dt { (t!(locale, "clock-first")) } dd { (outcome(reader, first)) } }
            }
        }
    }
}

/// Why this promise is on this ticket.
fn applies(reader: &Reader, view: &View, agreement: &Agreement, target: &Target) -> String {
    let locale = reader.locale;
    let service = view.catalogue.services.get(&agreement.service);
    let service = service.map_or("", |offer| offer.name.as_str());
    let to = match (agreement.asking, agreement.class) {
        (Some(unit), _) => t!(locale, "clock-asked-by", unit = view.catalogue.unit_name(unit)),
        (None, Some(class)) => t!(locale, "clock-for-class", class = shown::class(locale, class)),
        (None, None) => t!(locale, "clock-for-all").to_owned(),
    };
    match target.priority {
        Some(priority) => {
            let words = shown::priority_words(locale, i64::from(priority.number()));
            t!(locale, "clock-applies-priority", service = service, to = to, priority = words)
        }
        None => t!(locale, "clock-applies", service = service, to = to),
    }
}

fn row(reader: &Reader, view: &View, line: &Line) -> Markup {
    let locale = reader.locale;
    let end = line.to.filter(|to| *to <= reader.now);
    html! {
        li .explain-still[!line.counted] {
            span { (shown::span(reader, line.from, end)) }
            span { (why(reader, view, &line.why)) }
            span.numeric {
                @if line.counted { (shown::working(locale, line.working)) }
                @else { (t!(locale, "clock-not-counted")) }
            }
        }
    }
}

fn why(reader: &Reader, view: &View, why: &Why) -> String {
    let locale = reader.locale;
    let catalogue = &view.catalogue;
    match why {
        Why::Owner { unit, queued: true } => t!(locale, "why-queued", unit = catalogue.unit_name(*unit)),
        Why::Owner { unit, queued: false } => t!(locale, "why-work", unit = catalogue.unit_name(*unit)),
        Why::Handoffs(tickets) => {
            let asked = view.handoffs.iter().filter(|handoff| tickets.contains(&handoff.id));
            let names: Vec<String> = asked
                .map(|handoff| format!("{} (#{})", view.asked(locale, handoff), handoff.number))
                .collect();
            t!(locale, "why-handoffs", units = names.join(", "))
        }
        Why::Requester => t!(locale, "why-requester").to_owned(),
        Why::Supplier(_) => t!(locale, "why-supplier").to_owned(),
        Why::Agreed { until } => t!(locale, "why-agreed", time = format::absolute(reader, *until)),
        Why::Solved => t!(locale, "why-solved").to_owned(),
    }
}

fn remaining(reader: &Reader, clock: &Clock, calendar: &Calendar) -> String {
    let left = clock.remaining(calendar, reader.now);
    if left.is_negative() {
        t!(reader.locale, "clock-over", time = shown::working(reader.locale, left))
    } else {
        t!(reader.locale, "duration-working", time = shown::working(reader.locale, left))
    }
}

fn due(reader: &Reader, clock: &Clock) -> String {
    clock.due_at.map_or_else(
        || t!(reader.locale, "clock-due-unknown").to_owned(),
        |due_at| format::absolute(reader, due_at),
    )
}

fn outcome(reader: &Reader, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => t!(reader.locale, "promise-kept"),
        Outcome::Missed => t!(reader.locale, "promise-missed"),
        Outcome::Running | Outcome::Paused | Outcome::Void => t!(reader.locale, "promise-none"),
    }
}

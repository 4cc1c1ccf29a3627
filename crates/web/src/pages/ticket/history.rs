//! What happened to a ticket, one line for each event.

use std::collections::BTreeMap;

use domain::assignment::Why;
use domain::event::{Actor, Closing, Detail, Event, Fact, Side, WaitOn};
use domain::id::{EventId, PersonId, ReasonId};
use domain::origin::Origin;
use maud::{Markup, html};

use super::delivery;
use super::details;
use super::merged;
use super::snoozing;
use super::view::View;
use crate::format::{self, Reader};
use crate::pages::shown;
use crate::pages::unit::assignment;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::timeline::{self, Entry};

pub(super) fn history(reader: &Reader, view: &View) -> Markup {
    let reasons: BTreeMap<ReasonId, &str> =
        view.reasons.iter().map(|reason| (reason.id, reason.body.as_str())).collect();
    let lines: Vec<(&Event, Icon, Markup)> = view
        .events
        .iter()
        .map(|event| {
            let (icon, words, reason) = told(reader, view, event);
            let reason = reason.and_then(|reason| reasons.get(&reason));
            let why = view.origins.get(&event.id).map(|origin| because(reader, view, origin));
            let what = html! { (words) @if let Some(why) = why { ": " (why) } @if let Some(reason) = reason { " " q { (reason) } } (merged::undo_beside(reader.locale, view, &event.fact)) };
            (event, icon, what)
        })
        .collect();
    let entries: Vec<Entry> = lines
        .iter()
        .map(|(event, icon, what)| Entry { at: event.at, icon: *icon, who: who(reader, view, event), what })
        .collect();
    timeline::timeline(reader, &entries)
}

pub(super) fn who<'a>(reader: &Reader, view: &'a View, event: &Event) -> &'a str {
    match event.actor {
        Actor::Person(person) => name(reader, view, person),
        Actor::Desk => t!(reader.locale, "history-desk"),
        Actor::Import => t!(reader.locale, "history-import"),
    }
}

fn name<'a>(reader: &Reader, view: &'a View, person: PersonId) -> &'a str {
    view.names.get(&person).map_or(t!(reader.locale, "history-somebody"), String::as_str)
}

pub(super) fn words(reader: &Reader, view: &View, event: &Event) -> String {
    told(reader, view, event).1
}

/// What made the desk do it by itself.
fn because(reader: &Reader, view: &View, origin: &Origin) -> String {
    let locale = reader.locale;
    match origin {
        Origin::Assignment { choice: Why::Previous } => t!(locale, "why-previous").to_owned(),
        Origin::Assignment { choice: Why::Substitute { of } } => {
            t!(locale, "why-substitute", name = name(reader, view, *of))
        }
        Origin::Assignment { choice: Why::Turn } => t!(locale, "why-turn").to_owned(),
        Origin::Assignment { choice: Why::LeastLoad { load, capacity: Some(capacity) } } => {
            t!(locale, "why-least-load-of", load = *load, capacity = *capacity)
        }
        Origin::Assignment { choice: Why::LeastLoad { load, capacity: None } } => {
            t!(locale, "why-least-load", load = *load)
        }
        Origin::Unassignable { shortage } => assignment::shortage(locale, shortage),
        Origin::Rule { rule, .. } => {
            let rule = view.catalogue.rules.iter().find(|own| own.id == *rule);
            let name = rule.map_or(t!(locale, "rule-gone"), |rule| rule.name.as_str());
            t!(locale, "why-rule", name = name)
        }
    }
}

/// The event as the end of a sentence that begins with who did it.
fn told(reader: &Reader, view: &View, event: &Event) -> (Icon, String, Option<ReasonId>) {
    let locale = reader.locale;
    let unit = |unit| view.catalogue.unit_name(unit);
    let handoff = view.sheet.asking.is_some();
    if event.ticket != view.sheet.id {
        return elsewhere(reader, view, event);
    }
    match &event.fact {
        Fact::Opened(_) => (Icon::Inbox, t!(locale, "history-opened").to_owned(), None),
        Fact::Asked(opening) => (Icon::Handoff, t!(locale, "history-asked", unit = unit(opening.unit)), None),
        Fact::Transferred { unit: to, reason, .. } => {
            (Icon::Unit, t!(locale, "history-transferred", unit = unit(*to)), *reason)
        }
        Fact::Assigned { person: None } => (Icon::Inbox, t!(locale, "history-put-back").to_owned(), None),
        Fact::Assigned { person: Some(person) } if event.actor == Actor::Person(*person) => {
            (Icon::Person, t!(locale, "history-taken").to_owned(), None)
        }
        Fact::Assigned { person: Some(person) } => {
            (Icon::Person, t!(locale, "history-given", name = name(reader, view, *person)), None)
        }
        Fact::Replied { automatic: true, .. } => {
            (Icon::Info, t!(locale, "history-automatic").to_owned(), None)
        }
        Fact::Replied { side: Side::Serving, .. } => {
            (Icon::Reply, t!(locale, "history-replied").to_owned(), None)
        }
        Fact::Replied { side: Side::Requesting, .. } => {
            (Icon::Person, t!(locale, "history-wrote").to_owned(), None)
        }
        Fact::Noted { .. } => (Icon::Note, t!(locale, "history-noted").to_owned(), None),
        Fact::WaitStarted { on, .. } => (Icon::Pause, waits(reader, *on), None),
        Fact::WaitEnded => (Icon::Clock, t!(locale, "history-wait-ended").to_owned(), None),
        Fact::PriorityChanged { priority, reason } => {
            let words = shown::priority_words(locale, i64::from(priority.number()));
            (Icon::Bolt, t!(locale, "history-priority", priority = words), *reason)
        }
        Fact::ServiceChanged { .. } => (Icon::Service, t!(locale, "history-service").to_owned(), None),
        Fact::Escalated { unit: to, reason } => {
            (Icon::Warning, t!(locale, "history-escalated", unit = unit(*to)), *reason)
        }
        Fact::Undone { .. } => (Icon::Return, t!(locale, "history-undone").to_owned(), None),
        Fact::TakenBack { .. } => (Icon::Return, t!(locale, "history-taken-back").to_owned(), None),
        Fact::StrangerWrote { .. } => (Icon::Warning, t!(locale, "history-stranger").to_owned(), None),
        Fact::Released { .. } => (Icon::Check, t!(locale, "history-released").to_owned(), None),
        Fact::Bounced { given_up, .. } => (Icon::Warning, delivery::told(locale, *given_up).to_owned(), None),
        Fact::CopyAdded { person } => {
            (Icon::Person, t!(locale, "history-copy-added", name = name(reader, view, *person)), None)
        }
        Fact::CopyEnded { person } => {
            (Icon::Person, t!(locale, "history-copy-ended", name = name(reader, view, *person)), None)
        }
        Fact::Rated { rating, comment } => {
            (Icon::Star, t!(locale, "history-rated", rating = i64::from(*rating)), *comment)
        }
        Fact::Detailed(detail) => detailed(reader, view, event.id, detail),
        Fact::Snoozed { .. } | Fact::Woken => (Icon::Moon, snoozing::told(reader, &event.fact), None),
        Fact::MergedInto { .. } | Fact::Unmerged { .. } | Fact::TookIn { .. } | Fact::GaveBack { .. } => {
            (Icon::Link, merged::told(locale, view, &event.fact), None)
        }
        Fact::Renewed => (Icon::Calendar, t!(locale, "history-renewed").to_owned(), None),
        Fact::Logged => (Icon::Info, t!(locale, "history-logged").to_owned(), None),
        Fact::Solved { .. } if handoff => (Icon::Service, t!(locale, "history-delivered").to_owned(), None),
        Fact::Solved { overriding, .. } => {
            (Icon::Check, t!(locale, "history-solved").to_owned(), *overriding)
        }
        Fact::Reopened { reason, .. } => {
            let words = if handoff { t!(locale, "history-returned") } else { t!(locale, "history-reopened") };
            (Icon::Return, words.to_owned(), *reason)
        }
        Fact::Closed { how, reason, .. } => (Icon::Lock, closed(reader, *how), *reason),
    }
}

fn detailed(
    reader: &Reader,
    view: &View,
    event: EventId,
    detail: &Detail,
) -> (Icon, String, Option<ReasonId>) {
    (Icon::Note, details::told(reader, view, event, detail), detail.reason())
}

/// An event of a hand-off that blocks this ticket or no longer does.
fn elsewhere(reader: &Reader, view: &View, event: &Event) -> (Icon, String, Option<ReasonId>) {
    let locale = reader.locale;
    let asked = view.handoffs.iter().find(|handoff| handoff.id == event.ticket);
    let (unit, number) = asked.map_or(("", 0), |asked| (view.asked(locale, asked), asked.number));
    let ticket = format!("#{number}");
    let words = match &event.fact {
        Fact::Closed { how: Closing::Withdrawn, .. } => {
            t!(locale, "history-handoff-withdrawn", unit = unit, ticket = ticket)
        }
        Fact::Closed { .. } => t!(locale, "history-handoff-accepted", unit = unit, ticket = ticket),
        _ => t!(locale, "history-handoff-asked", unit = unit, ticket = ticket),
    };
    (Icon::Handoff, words, None)
}

fn waits(reader: &Reader, on: WaitOn) -> String {
    match on {
        WaitOn::Requester => t!(reader.locale, "history-waits-requester").to_owned(),
        WaitOn::Supplier(_) => t!(reader.locale, "history-waits-supplier").to_owned(),
        WaitOn::Agreed { until } => {
            t!(reader.locale, "history-waits-agreed", time = format::absolute(reader, until))
        }
    }
}

fn closed(reader: &Reader, how: Closing) -> String {
    match how {
        Closing::Accepted => t!(reader.locale, "history-accepted"),
        Closing::Timer => t!(reader.locale, "history-closed-timer"),
        Closing::Agent => t!(reader.locale, "history-closed"),
        Closing::Withdrawn => t!(reader.locale, "history-withdrawn"),
        Closing::Merged => t!(reader.locale, "row-merged"),
    }
    .to_owned()
}

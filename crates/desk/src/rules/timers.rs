//! Rules on time: for each instant from which one counts there is one row with its time, and it looks once.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::filter::Facts;
use domain::id::{TicketId, UnitId};
use domain::rule::{Instants, Since, Verdict, When, fires_at, waits_since};
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};
use store::catalogue::Catalogue;
use store::rule::Timer;

use super::compiled::{self, Compiled};
use super::{AT_ONCE, look};
use crate::DeskError;
use crate::act::Act;

/// Something happened to a ticket: the instants from which rules count may be others.
pub(super) fn settle(act: &mut Act, compiled: &[Compiled], ticket: TicketId) -> Result<(), DeskError> {
    let timed: Vec<&Compiled> = compiled.iter().filter(|rule| on_time(rule).is_some()).collect();
    if timed.is_empty() {
        return Ok(());
    }
    let Some(facts) = store::filtered::facts(act.tx, ticket)? else { return Ok(()) };
    let instants = instants(act, &timed, ticket, &facts)?;
    let before = store::rule::timers(act.tx, ticket)?;
    let now = act.now;
    for rule in timed {
        let kept = before.iter().find(|timer| timer.rule == rule.rule.id);
        let wanted = wanted(&act.catalogue, rule, ticket, &facts, &instants);
        match (wanted, kept) {
            (None, Some(_)) => store::rule::end_timer(act.tx, rule.rule.id, ticket)?,
            (None, None) => {}
            (Some(wanted), Some(kept)) if kept.anchor == wanted.anchor => {
                // It looked and did not match: what happened now may have changed that.
                if kept.fire_at.is_none() && !kept.acted {
                    store::rule::set_timer(act.tx, &Timer { fire_at: Some(now), ..*kept })?;
                }
            }
            (Some(wanted), _) => store::rule::set_timer(act.tx, &wanted)?,
        }
    }
    Ok(())
}

/// The next tickets for a rule on time that was saved or woken.
pub(super) fn prepare(act: &mut Act) -> Result<(), DeskError> {
    const TICKETS: i64 = 500;
    let catalogue = Arc::clone(&act.catalogue);
    let Some((id, after)) = store::rule::unprepared(act.tx)? else { return Ok(()) };
    let compiled = compiled::all(&catalogue, act.now);
    let Some(rule) = compiled.iter().find(|rule| rule.rule.id == id) else {
        return Ok(store::rule::prepare_to(act.tx, id, None)?);
    };
    let tickets = store::rule::tickets_after(act.tx, after, TICKETS)?;
    for ticket in &tickets {
        let Some(facts) = store::filtered::facts(act.tx, *ticket)? else { continue };
        let instants = instants(act, &[rule], *ticket, &facts)?;
        if let Some(wanted) = wanted(&catalogue, rule, *ticket, &facts, &instants) {
            store::rule::set_timer(act.tx, &wanted)?;
        }
    }
    Ok(store::rule::prepare_to(act.tx, id, tickets.last().copied())?)
}

/// Rules look at the tickets whose time has come; says how often one acted.
pub(super) fn fire(act: &mut Act) -> Result<usize, DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    let compiled = compiled::all(&catalogue, act.now);
    let mut acted = 0;
    let now = act.now;
    for timer in store::rule::due(act.tx, now, AT_ONCE)? {
        let rule = compiled.iter().find(|rule| rule.rule.id == timer.rule && on_time(rule).is_some());
        let facts = store::filtered::facts(act.tx, timer.ticket)?;
        let (Some(rule), Some(facts)) = (rule, facts) else {
            store::rule::end_timer(act.tx, timer.rule, timer.ticket)?;
            continue;
        };
        acted += one(act, &catalogue, rule, &timer, &facts)?;
    }
    Ok(acted)
}

fn one(
    act: &mut Act,
    catalogue: &Catalogue,
    rule: &Compiled,
    timer: &Timer,
    facts: &Facts,
) -> Result<usize, DeskError> {
    let instants = instants(act, &[rule], timer.ticket, facts)?;
    let Some(wanted) = wanted(catalogue, rule, timer.ticket, facts, &instants) else {
        store::rule::end_timer(act.tx, timer.rule, timer.ticket)?;
        return Ok(0);
    };
    // The instant moved, or the hours did: it looks when that time has come.
    if wanted.anchor != timer.anchor || wanted.fire_at > Some(act.now) {
        let acted = wanted.anchor == timer.anchor && timer.acted;
        store::rule::set_timer(act.tx, &Timer { acted, ..wanted })?;
        return Ok(0);
    }
    let message = None;
    let verdicts = look::all(act, &[rule], timer.ticket, message, &[])?;
    let passed = verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Passed);
    store::rule::set_timer(act.tx, &Timer { fire_at: None, acted: !passed, ..*timer })?;
    look::keep(act, timer.ticket, None, None, verdicts)
}

fn on_time(rule: &Compiled) -> Option<(Since, SignedDuration, bool)> {
    match rule.rule.when {
        When::Passes { since, by, working } => Some((since, by, working)),
        When::Happens(_) => None,
    }
}

/// When a rule on time is to look at a ticket; `None` while there is nothing to count from.
fn wanted(
    catalogue: &Catalogue,
    rule: &Compiled,
    ticket: TicketId,
    facts: &Facts,
    instants: &Instants,
) -> Option<Timer> {
    let (since, by, working) = on_time(rule)?;
    let anchor = instants.anchor(since).filter(|_| rule.is_for(facts.unit))?;
    let hours = if working { hours(catalogue, facts.unit) } else { None };
    let fire_at: Timestamp = fires_at(since, anchor, by, hours);
    Some(Timer { rule: rule.rule.id, ticket, anchor, fire_at: Some(fire_at), acted: false })
}

pub(super) fn hours(catalogue: &Catalogue, unit: UnitId) -> Option<&Calendar> {
    catalogue.units.get(&unit)?.calendar.and_then(|calendar| catalogue.calendar(calendar))
}

/// The events are read only where a rule counts from the beginning of a wait.
fn instants(
    act: &mut Act,
    rules: &[&Compiled],
    ticket: TicketId,
    facts: &Facts,
) -> Result<Instants, DeskError> {
    let asked = rules.iter().any(|rule| matches!(on_time(rule), Some((Since::Waiting, ..))));
    let waits = if asked && facts.waiting.is_some() {
        let events = store::event::of_ticket(act.tx, ticket)?;
        Ticket::fold(ticket, &events).and_then(|folded| waits_since(&folded, &events))
    } else {
        None
    };
    Ok(Instants::of(facts, waits))
}

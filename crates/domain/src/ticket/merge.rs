//! Two tickets about one matter: which may be merged, and that no promise becomes easier by it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::rules::Refusal;
use super::{State, Ticket};
use crate::agreement::{AgreementKind, Metric};
use crate::clock::Clock;
use crate::event::{Event, Fact, Unanswered};
use crate::id::{EventId, PersonId, TicketId};
use crate::service::Service;

/// The facts of a merge, or of taking it apart: on the ticket that goes, and on the one that goes on.
pub type Both = (Fact, Fact);

/// A ticket with what decides whether it can be merged: its service now, and its clocks.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub ticket: &'a Ticket,
    pub service: &'a Service,
    pub clocks: &'a [Clock],
}

/// What somebody reads, who cannot go elsewhere, and what was promised may only become more for the
/// requester. `who` says who somebody turned out to be, `after` gives the clocks of `into` as they are with that fact.
pub fn merge(
    from: Side,
    into: Side,
    now: Timestamp,
    who: impl Fn(PersonId) -> PersonId,
    after: impl FnOnce(&Fact) -> Vec<Clock>,
) -> Result<Both, Refusal> {
    let (one, other) = (from.ticket, into.ticket);
    if one.id == other.id {
        return Err(Refusal::MergesItself);
    }
    one.may_be_merged()?;
    if other.is_handoff() {
        return Err(Refusal::MergesHandoff);
    }
    if other.merged_into.is_some() {
        return Err(Refusal::MergedFurther);
    }
    if other.state != State::Open {
        return Err(Refusal::MergesIntoEnded);
    }
    if !are_the_same_people(one, other, who) {
        return Err(Refusal::MergesOtherPeople);
    }
    if from.service.confidential != into.service.confidential {
        return Err(Refusal::MergesConfidential);
    }
    let is_captive = |side: Side| side.ticket.is_captive(side.service);
    if one.escalated && !other.escalated || is_captive(from) && !is_captive(into) {
        return Err(Refusal::MergesCaptive);
    }
    let first = running(from.clocks, &[Metric::FirstResponse]).next().is_some();
    let unanswered = one.unanswered_since.map(|since| Unanswered { since, first });
    let took = Fact::TookIn { ticket: one.id, unanswered };
    let clocks = after(&took);
    if is_easier(from.clocks, &clocks, ANSWERS, now) {
        return Err(Refusal::MergesAnswerLater);
    }
    if is_easier(from.clocks, &clocks, &[Metric::Resolution], now) {
        return Err(Refusal::MergesSolutionLater);
    }
    Ok((Fact::MergedInto { ticket: other.id }, took))
}

/// Both go on as if they had never been merged. The events are those that stand, of each.
pub fn unmerge(
    (one, its): (&Ticket, &[Event]),
    (other, others): (&Ticket, &[Event]),
) -> Result<Both, Refusal> {
    if one.merged_into != Some(other.id) {
        return Err(Refusal::NotMerged);
    }
    if other.merged_into.is_some() {
        return Err(Refusal::MergedFurther);
    }
    let merged = last(one.id, its, |fact| matches!(fact, Fact::MergedInto { .. }));
    let took =
        last(other.id, others, |fact| matches!(fact, Fact::TookIn { ticket, .. } if *ticket == one.id));
    let (Some(merged), Some(took)) = (merged, took) else { return Err(Refusal::NotMerged) };
    Ok((Fact::Unmerged { ticket: other.id, event: merged }, Fact::GaveBack { ticket: one.id, event: took }))
}

/// A reply keeps each of these promises.
const ANSWERS: &[Metric] = &[Metric::FirstResponse, Metric::NextResponse, Metric::NextUpdate];

impl Ticket {
    /// Whether it could go into another one at all.
    pub fn may_be_merged(&self) -> Result<(), Refusal> {
        if self.is_handoff() {
            return Err(Refusal::MergesHandoff);
        }
        self.must_be_open()?;
        if self.handoffs.is_empty() { Ok(()) } else { Err(Refusal::MergesBlocked(self.handoffs.len())) }
    }
}

fn last(ticket: TicketId, events: &[Event], is: impl Fn(&Fact) -> bool) -> Option<EventId> {
    let own = |event: &&Event| event.ticket == ticket && is(&event.fact);
    events.iter().rev().find(own).map(|event| event.id)
}

fn are_the_same_people(one: &Ticket, other: &Ticket, who: impl Fn(PersonId) -> PersonId) -> bool {
    let people = |ticket: &Ticket| ticket.requesting().map(&who).collect::<BTreeSet<PersonId>>();
    who(one.requester()) == who(other.requester())
        && people(one) == people(other)
        && one.organisation() == other.organisation()
        && one.class() == other.class()
}

fn running<'a>(clocks: &'a [Clock], metrics: &'a [Metric]) -> impl Iterator<Item = &'a Clock> {
    let owed = |clock: &&Clock| clock.kind != AgreementKind::Uc && clock.stopped_at.is_none();
    clocks.iter().filter(owed).filter(|clock| metrics.contains(&clock.metric))
}

/// Whether what `from` owes could end later when only `into` is owed. A clock that stands still could go on
/// at once; the other one could stand still for ever, unless both wait.
fn is_easier(from: &[Clock], into: &[Clock], metrics: &[Metric], now: Timestamp) -> bool {
    let left = |clock: &Clock| (clock.within - clock.consumed).max(SignedDuration::ZERO);
    let soonest =
        |clock: &Clock| clock.due_at.unwrap_or(now.saturating_add(left(clock)).unwrap_or(Timestamp::MAX));
    let Some(owed) = running(from, metrics).min_by_key(|clock| soonest(clock)) else { return false };
    let dated = running(into, metrics).filter_map(|clock| clock.due_at).min();
    let standing = running(into, metrics).filter(|clock| clock.due_at.is_none()).map(left).min();
    match (owed.due_at, dated, standing) {
        (_, Some(due_at), _) if due_at <= soonest(owed) => false,
        (None, _, Some(standing)) => left(owed) < standing,
        (_, _, _) => true,
    }
}

#[cfg(test)]
mod tests;

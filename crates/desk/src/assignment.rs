//! Tickets that nobody has are given to people: heard from the log, chosen by the unit's way, each once.

mod set_up;

use domain::assignment::{Candidate, Choice, Need, Question, Why, choose};
use domain::event::{Actor, Event, Step};
use domain::id::{PersonId, TicketId, UnitId};
use domain::link::{self, Link};
use domain::origin::Origin;
use domain::ticket::{State, Ticket};
use jiff::Timestamp;
use store::assignment::{Giving, Member};

use crate::act::{Act, Desk, Look};
use crate::{DeskError, follower, project};

pub use set_up::{may_set_up, set, set_terms};

pub(crate) const NAME: &str = "assignment";

/// Events, or tickets tried again, in one transaction.
const AT_ONCE: i64 = 100;

/// Tickets tried again at once when there is room again, or somebody came back.
pub(crate) const HURRIED: i64 = 20;

/// Hears what happened and gives what can be given; says how many tickets got another holder.
pub fn run(desk: &Desk) -> Result<usize, DeskError> {
    if desk.look_now(|look| Ok(look.catalogue.givings.is_empty()))? {
        return Ok(0);
    }
    let mut given = 0;
    while desk.look_now(|look: &mut Look| Ok(store::follower::is_behind(look.tx, NAME)?))? {
        given += desk.act_now(Actor::Desk, hear)?;
    }
    while desk.look_now(|look| Ok(!store::assignment::due(look.tx, look.now, 1)?.is_empty()))? {
        given += desk.act_now(Actor::Desk, try_again)?;
    }
    Ok(given)
}

/// Answers to the next events, each once: the cursor moves in the same transaction.
pub fn hear(act: &mut Act) -> Result<usize, DeskError> {
    follower::hear(act, NAME, AT_ONCE, |act, event| happened(act, event).map(usize::from))
}

fn happened(act: &mut Act, event: &Event) -> Result<bool, DeskError> {
    match event.fact.step() {
        Some(Step::Opened(_) | Step::Transferred { .. } | Step::Escalated(_)) => {
            part(act, event.ticket, false)
        }
        Some(Step::Reopened(_)) => part(act, event.ticket, true),
        Some(Step::Assigned(person)) => {
            if person.is_some() {
                store::assignment::forget(act.tx, event.ticket)?;
            }
            if event.actor == Actor::Desk { Ok(false) } else { room(act, event.ticket) }
        }
        Some(Step::Solved | Step::Closed(_)) => {
            store::assignment::forget(act.tx, event.ticket)?;
            room(act, event.ticket)
        }
        Some(Step::Spoke(_) | Step::WaitStarted(_) | Step::WaitEnded | Step::Owes(_)) | None => Ok(false),
    }
}

/// Somebody has less to do: what waits longest in that unit is tried again.
fn room(act: &mut Act, ticket: TicketId) -> Result<bool, DeskError> {
    if let Some(place) = store::ticket::place(act.tx, ticket)? {
        let now = act.now;
        store::assignment::hurry(act.tx, place.unit, now, HURRIED)?;
    }
    Ok(false)
}

fn try_again(act: &mut Act) -> Result<usize, DeskError> {
    let mut given = 0;
    let now = act.now;
    for ticket in store::assignment::due(act.tx, now, AT_ONCE)? {
        given += usize::from(part(act, ticket, false)?);
    }
    Ok(given)
}

/// One that cannot be given for a reason of its own holds up no other.
fn part(act: &mut Act, ticket: TicketId, back: bool) -> Result<bool, DeskError> {
    match act.part(act.now, Actor::Desk, |act| settle(act, ticket, back)) {
        Err(error @ DeskError::Store(_)) => Err(error),
        Err(error) => {
            tracing::warn!(%ticket, %error, "a ticket was given to nobody");
            store::assignment::forget(act.tx, ticket)?;
            Ok(false)
        }
        settled => settled,
    }
}

/// Gives a ticket to whoever is chosen, or puts it on the list with the reason. `back` says that it came
/// back, and that whoever had it comes first.
fn settle(act: &mut Act, id: TicketId, back: bool) -> Result<bool, DeskError> {
    let events = store::event::of_ticket(act.tx, id)?;
    let ticket = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
    let giving = act.catalogue.givings.get(&ticket.unit).copied();
    let (State::Open, Some(giving)) = (ticket.state, giving) else {
        store::assignment::forget(act.tx, id)?;
        return Ok(false);
    };
    // A ticket that follows another one begins with whoever had that one.
    let follows = || link::of(id, &events).iter().any(|linked| linked.link == Link::Follows);
    let previous = ticket.person.filter(|person| back || ticket.opening.person == Some(*person) && follows());
    if ticket.person.is_some() && previous.is_none() {
        store::assignment::forget(act.tx, id)?;
        return Ok(false);
    }
    match decide(act, &ticket, giving, previous)? {
        Choice::Given { person, why } => {
            store::assignment::forget(act.tx, id)?;
            if let Why::Turn | Why::LeastLoad { .. } = why {
                store::assignment::set_turn(act.tx, ticket.unit, person)?;
            }
            if ticket.person == Some(person) {
                return Ok(false);
            }
            give(act, id, Some(person), Origin::Assignment { choice: why }).map(|()| true)
        }
        Choice::Nobody(shortage) => {
            let now = act.now;
            store::assignment::keep(act.tx, id, ticket.unit, now, &shortage)?;
            if ticket.person.is_none() {
                return Ok(false);
            }
            give(act, id, None, Origin::Unassignable { shortage }).map(|()| true)
        }
    }
}

fn give(act: &mut Act, id: TicketId, person: Option<PersonId>, origin: Origin) -> Result<(), DeskError> {
    act.because(origin, |act| {
        project::happen(act, id, |_, ticket| Ok(ticket.assign(person)?))?;
        Ok(())
    })
}

fn decide(
    act: &mut Act,
    ticket: &Ticket,
    giving: Giving,
    previous: Option<PersonId>,
) -> Result<Choice, DeskError> {
    let language = match giving.by_language {
        true => store::person::by_id(act.tx, ticket.requester())?.map(|person| person.language),
        false => None,
    };
    let skills = act.catalogue.needs.get(&ticket.service).cloned().unwrap_or_default();
    let candidates = candidates(act, ticket.unit, ticket.person)?;
    let asks = store::assignment::never(act.tx, ticket.id)?;
    // Whoever asked under an entry that was merged since is the same person.
    let became = asks.iter().flat_map(|person| act.catalogue.who_became(*person));
    let never = asks.iter().copied().chain(became).collect();
    let question = Question {
        need: Need { skills, language },
        never,
        previous,
        last: store::assignment::turn(act.tx, ticket.unit)?,
    };
    Ok(choose(giving.policy, &question, &candidates))
}

/// Those who serve in a unit, as the choice sees them; `has` has the ticket now.
fn candidates(act: &mut Act, unit: UnitId, has: Option<PersonId>) -> Result<Vec<Candidate>, DeskError> {
    let now = act.now;
    let members = store::assignment::members(act.tx, unit, now)?;
    let candidate = |member: Member| Candidate {
        person: member.person,
        load: member.load.saturating_sub(u32::from(has == Some(member.person))),
        capacity: member.terms.capacity,
        present: is_present(&act.catalogue, &member, now),
        skills: member.terms.skills,
        language: member.language,
        substitute: member.substitute,
    };
    Ok(members.into_iter().map(candidate).collect())
}

/// Neither away, nor absent, nor outside their shift.
#[must_use]
pub fn is_present(catalogue: &store::catalogue::Catalogue, member: &Member, now: Timestamp) -> bool {
    member.away_since.is_none() && member.absent_until.is_none() && is_on_shift(catalogue, member, now)
}

#[must_use]
pub fn is_on_shift(catalogue: &store::catalogue::Catalogue, member: &Member, now: Timestamp) -> bool {
    let shift = member.terms.shift.and_then(|shift| catalogue.calendar(shift));
    shift.is_none_or(|shift| shift.is_open(now))
}

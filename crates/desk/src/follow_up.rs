//! What somebody of the requester's side writes once the time for reopening is over stands on a ticket of its own,
//! which follows the old one: the first such answer begins it, and later ones go on there.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::event::{Fact, Opening, Side};
use domain::id::{MessageId, PersonId, TicketId};
use domain::link::{self, Link};
use domain::permission::Relation;
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use store::message::{Channel, Message};

use crate::act::Act;
use crate::open::{self, Opened};
use crate::words::Subject;
use crate::{DeskError, people_of, project, reply};

/// Words that came too late for their ticket.
pub(crate) struct Late {
    pub person: PersonId,
    pub channel: Channel,
    pub body: String,
}

/// Where they stand.
pub(crate) struct Placed {
    pub ticket: Opened,
    pub message: MessageId,
    /// The ticket began with them.
    pub is_new: bool,
}

/// Refused as the old ticket refuses it where no ticket can go on with it: its service is offered no more, or
/// not to its requester.
pub(crate) fn place(act: &mut Act, old: TicketId, late: &Late) -> Result<Placed, DeskError> {
    let last = last_of(act, old, late.person)?;
    if last.id == old || !goes_on(act, &last) {
        return begin(act, &last, late);
    }
    let message = message(act, last.id, late);
    project::happen(act, last.id, |act, ticket| reply::said(act, ticket, &message))?;
    store::message::insert(act.tx, &message)?;
    let ticket = Opened { id: last.id, number: last.opening.number };
    Ok(Placed { ticket, message: message.id, is_new: false })
}

/// The ticket itself, or the last of those that follow it and on which the person is on the requester's side.
fn last_of(act: &mut Act, old: TicketId, person: PersonId) -> Result<Ticket, DeskError> {
    let viewer = store::access::viewer(act.tx, person)?.ok_or(DeskError::NotFound)?;
    let (mut at, mut passed) = (old, BTreeSet::new());
    loop {
        let events = store::event::of_ticket(act.tx, at)?;
        let ticket = Ticket::fold(at, &events).ok_or(DeskError::NotFound)?;
        passed.insert(at);
        if at != old && goes_on(act, &ticket) {
            return Ok(ticket);
        }
        let mut next = None;
        for linked in link::of(at, &events).iter().rev() {
            if linked.link != Link::FollowedBy || passed.contains(&linked.ticket) {
                continue;
            }
            let seen = store::access::by_id(act.tx, &viewer, linked.ticket, act.now)?;
            if seen.is_some_and(|seen| seen.relation == Relation::Requesting) {
                next = Some(linked.ticket);
                break;
            }
        }
        match next {
            Some(next) => at = next,
            None => return Ok(ticket),
        }
    }
}

/// Whether words of the requester's side can stand on it.
fn goes_on(act: &Act, ticket: &Ticket) -> bool {
    let may_reopen = |ticket: &Ticket| {
        let service = act.catalogue.ruling(ticket);
        service.is_some_and(|service| ticket.reopen(Side::Requesting, None, &service, act.now).is_ok())
    };
    ticket.state == State::Open || may_reopen(ticket)
}

/// It has the requester, the service and the urgency of the old one, and whoever had that one has it first.
fn begin(act: &mut Act, old: &Ticket, late: &Late) -> Result<Placed, DeskError> {
    let over = || DeskError::from(Refusal::ReopenWindowOver);
    let catalogue = Arc::clone(&act.catalogue);
    let offer = catalogue.services.get(&old.service).filter(|offer| offer.ended_at.is_none());
    let service = &offer.ok_or_else(over)?.service;
    let known = |person| catalogue.who_became(person).last().unwrap_or(person);
    let requester = known(old.requester());
    let standing = match people_of::requester(act, requester) {
        Err(DeskError::Invalid { .. }) => return Err(over()),
        standing => standing?,
    };
    if !service.audience.admits(standing.class) {
        return Err(over());
    }
    let lives = catalogue.units.get(&old.unit).is_some_and(|unit| unit.ended_at.is_none());
    let unit = if lives { old.unit } else { service.unit };
    let ticket = TicketId(act.new_id());
    let message = message(act, ticket, late);
    let opening = Opening {
        number: store::ticket::next_number(act.tx)?,
        kind: old.kind,
        service: old.service,
        unit,
        person: had_it(act, old, unit)?,
        requester,
        beneficiary: known(old.opening.beneficiary),
        payer: old.opening.payer.map(known),
        organisation: standing.organisation,
        asking_unit: None,
        class: standing.class,
        priority: old.priority,
        outbound: false,
        message: Some(message.id),
    };
    let number = opening.number;
    let (subject, ..) = store::ticket::fixed(act.tx, old.id)?.ok_or(DeskError::NotFound)?;
    let subject = Subject::parse(&subject)?;
    open::begin(act, ticket, None, Fact::Opened(opening), &subject, Some(&message))?;
    if let Some(inbox) = store::inbox::of_ticket(act.tx, old.id, old.unit)? {
        store::inbox::choose(act.tx, ticket, inbox.id)?;
    }
    crate::link::make(act, (ticket, None), Link::Follows, (old.id, None))?;
    Ok(Placed { ticket: Opened { id: ticket, number }, message: message.id, is_new: true })
}

/// Whoever had the old ticket last, while they serve in the unit and asked nothing themselves.
fn had_it(act: &mut Act, old: &Ticket, unit: domain::id::UnitId) -> Result<Option<PersonId>, DeskError> {
    let Some(person) = old.person else { return Ok(None) };
    let asks = old.requesting().any(|asking| asking == person);
    Ok((!asks && people_of::serves_in(act.tx, person, unit)?).then_some(person))
}

fn message(act: &Act, ticket: TicketId, late: &Late) -> Message {
    Message {
        id: MessageId(act.new_id()),
        ticket,
        at: act.now,
        side: Side::Requesting,
        person: Some(late.person),
        automatic: false,
        channel: late.channel,
        deliverable: false,
        body: late.body.clone(),
    }
}

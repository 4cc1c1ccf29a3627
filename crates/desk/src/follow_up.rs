//! What somebody of the requester's side writes once the time for reopening is over stands on a ticket of its own,
//! which follows the old one: the first such answer begins it, and later ones go on there.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::event::{Fact, Opening, Side};
use domain::id::{MessageId, PersonId, TicketId};
use domain::link::{self, Link};
use domain::permission::{Relation, Viewer};
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use jiff::Timestamp;
use store::Tx;
use store::catalogue::Catalogue;
use store::message::{Channel, Message};

use crate::act::{Act, Look};
use crate::open::{self, Opened};
use crate::words::Subject;
use crate::{DeskError, people_of, project, reply};

/// Words that came too late for their ticket.
pub(crate) struct Late {
    pub writer: PersonId,
    pub eyes: Eyes,
    pub channel: Channel,
    pub body: String,
}

/// Whose the tickets are on which words can go on.
#[derive(Clone, Copy)]
pub(crate) struct Eyes {
    /// On the requester's side of them.
    pub requesting: PersonId,
    /// Whoever says for the writer that the words belong there goes only where they serve.
    pub serving: Option<PersonId>,
}

/// Where they stand.
pub(crate) struct Placed {
    pub ticket: Opened,
    pub message: MessageId,
    /// The ticket began with them.
    pub is_new: bool,
}

impl Late {
    /// Of somebody on the requester's side, who says it themselves.
    pub(crate) const fn own(person: PersonId, channel: Channel, body: String) -> Self {
        Self { writer: person, eyes: Eyes { requesting: person, serving: None }, channel, body }
    }
}

/// Refused as the old ticket refuses it where no ticket can go on with it: its service is offered no more, or
/// not to its requester.
pub(crate) fn place(act: &mut Act, old: TicketId, late: &Late) -> Result<Placed, DeskError> {
    let last = last_of(act.tx, &act.catalogue, act.now, old, late.eyes)?;
    if last.id == old || !goes_on(&act.catalogue, act.now, &last) {
        return begin(act, &last, late);
    }
    let message = message(act, last.id, late);
    project::happen(act, last.id, |act, ticket| reply::said(act, ticket, &message))?;
    store::message::insert(act.tx, &message)?;
    let ticket = Opened { id: last.id, number: last.opening.number };
    Ok(Placed { ticket, message: message.id, is_new: false })
}

/// The ticket that follows this one, on which words of somebody on its requester's side would stand now.
pub fn goes_on_in(look: &mut Look, old: TicketId, person: PersonId) -> Result<Option<TicketId>, DeskError> {
    let eyes = Eyes { requesting: person, serving: None };
    let last = last_of(look.tx, &look.catalogue, look.now, old, eyes)?;
    Ok((last.id != old && goes_on(&look.catalogue, look.now, &last)).then_some(last.id))
}

/// The ticket itself, or the last of those that follow it, as far as they are the requester's. Where one of
/// them was merged, the ticket that stays stands for it.
fn last_of(
    tx: &mut Tx,
    catalogue: &Catalogue,
    now: Timestamp,
    old: TicketId,
    eyes: Eyes,
) -> Result<Ticket, DeskError> {
    let requesting = store::access::viewer(tx, eyes.requesting)?;
    let serving = eyes.serving.map(|person| store::access::viewer(tx, person)).transpose()?;
    let (mut at, mut passed) = (old, BTreeSet::new());
    loop {
        let events = store::event::of_ticket(tx, at)?;
        let ticket = Ticket::fold(at, &events).ok_or(DeskError::NotFound)?;
        passed.insert(at);
        if at != old && goes_on(catalogue, now, &ticket) {
            return Ok(ticket);
        }
        let mut next = None;
        for linked in link::of(at, &events).iter().rev().filter(|linked| linked.link == Link::FollowedBy) {
            let stays = store::ticket::goes_on_as(tx, linked.ticket)?;
            if !passed.contains(&stays)
                && is_requesting(tx, requesting.as_ref(), stays, now)?
                && serving.as_ref().map_or(Ok(true), |viewer| serves(tx, viewer.as_ref(), stays, now))?
            {
                next = Some(stays);
                break;
            }
        }
        match next {
            Some(next) => at = next,
            None => return Ok(ticket),
        }
    }
}

fn is_requesting(
    tx: &mut Tx,
    viewer: Option<&Viewer>,
    ticket: TicketId,
    now: Timestamp,
) -> Result<bool, DeskError> {
    let Some(viewer) = viewer else { return Ok(false) };
    let seen = store::access::by_id(tx, viewer, ticket, now)?;
    Ok(seen.is_some_and(|seen| seen.relation == Relation::Requesting))
}

fn serves(tx: &mut Tx, viewer: Option<&Viewer>, ticket: TicketId, now: Timestamp) -> Result<bool, DeskError> {
    let Some(viewer) = viewer else { return Ok(false) };
    let seen = store::access::by_id(tx, viewer, ticket, now)?;
    Ok(seen.is_some_and(|seen| seen.serve().is_some()))
}

/// Whether words of the requester's side can stand on it.
fn goes_on(catalogue: &Catalogue, now: Timestamp, ticket: &Ticket) -> bool {
    let may_reopen = |ticket: &Ticket| {
        let service = catalogue.ruling(ticket);
        service.is_some_and(|service| ticket.reopen(Side::Requesting, None, &service, now).is_ok())
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
        person: Some(late.writer),
        automatic: false,
        channel: late.channel,
        deliverable: false,
        body: late.body.clone(),
    }
}

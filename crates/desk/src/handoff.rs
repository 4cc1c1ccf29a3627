//! One unit asks another on behalf of a ticket: asked, delivered, accepted or returned, withdrawn.

use domain::custom::{Answers, Needed, Of};
use domain::event::{Closing, Fact, Opening, Side};
use domain::id::{MessageId, PersonId, ServiceId, TicketId, UnitId, UploadId};
use domain::priority::Priority;
use domain::ticket::{Kind, Ticket};
use store::Tx;
use store::access::{Ask, Granted, Serve};
use store::attachment::On;
use store::catalogue::{Catalogue, Offer};
use store::message::{Channel, Message};

use crate::act::Act;
use crate::custom::{self, Typed};
use crate::open::{self, Opened, begin};
use crate::sweep::Step;
use crate::words::{Body, Saying, Subject};
use crate::{DeskError, Problem, outbox, outside, project, uploads};

/// A rating up to this one wants its reason.
const LOW: u8 = 2;

/// What is asked of which service.
#[derive(Clone, Debug)]
pub struct Asking {
    pub service: ServiceId,
    pub subject: Subject,
    pub body: Body,
    /// The asking ticket's own priority when none is given.
    pub priority: Option<Priority>,
    pub files: Vec<UploadId>,
    /// What was typed into fields; those of other services are passed over.
    pub typed: Typed,
}

/// Asks another unit; the ticket is blocked until the deliverable is accepted.
pub fn ask(act: &mut Act, granted: Granted<Serve>, asking: &Asking) -> Result<Opened, DeskError> {
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let offer = offered(&catalogue, asking.service)?;
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let parent = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    parent.must_be_open()?;
    refuse_circle(act.tx, &catalogue, &parent, offer.service.unit)?;
    let ticket = TicketId(act.new_id());
    let message = message(act, ticket, &asking.body, Side::Requesting, false);
    let opening = Opening {
        number: store::ticket::next_number(act.tx)?,
        kind: Kind::Request,
        service: asking.service,
        unit: offer.service.unit,
        person: None,
        requester: granted.viewer,
        beneficiary: granted.viewer,
        payer: None,
        organisation: None,
        asking_unit: Some(parent.unit),
        class: domain::affiliation::Class::Internal,
        priority: asking.priority.unwrap_or(parent.priority),
        outbound: false,
        message: Some(message.id),
    };
    let number = opening.number;
    begin(act, ticket, Some(parent.id), Fact::Asked(opening), &asking.subject, Some(&message))?;
    let saying = Saying { body: &asking.body, files: &asking.files };
    uploads::hang(act, ticket, On::Message(message.id), &saying)?;
    answer(act, granted.viewer, (ticket, asking.service), &asking.typed)?;
    Ok(Opened { id: ticket, number })
}

/// The asking unit reads what a requester reads, so it fills in what a requester is asked.
fn answer(
    act: &mut Act,
    person: PersonId,
    (ticket, service): (TicketId, ServiceId),
    typed: &Typed,
) -> Result<(), DeskError> {
    let typed = open::of_service(&act.catalogue, service, typed);
    let asks = act.catalogue.customs.iter().any(|custom| custom.is_for(Of::Ticket, Some(service)));
    if typed.is_empty() && !asks {
        return Ok(());
    }
    let viewer = store::access::viewer(act.tx, person)?.ok_or(DeskError::NotAllowed)?;
    open::answer(act, &viewer, (ticket, service), false, &typed)
}

/// The fields that are asked with a service before it can be asked at all, whatever else is answered.
pub(crate) fn wanted(catalogue: &Catalogue, service: ServiceId) -> Vec<&str> {
    let customs = custom::readable(&catalogue.customs, false);
    let none = Answers::new();
    let asked = domain::custom::asked(&customs, Of::Ticket, Some(service), &none);
    let wanted: Vec<_> =
        domain::custom::missing(&asked, &none, Needed::Opening).into_iter().map(|custom| custom.id).collect();
    let named = catalogue.customs.iter().filter(|custom| wanted.contains(&custom.id));
    named.map(|custom| custom.name.as_str()).collect()
}

/// Hands back what was asked for.
pub fn deliver<'a>(
    act: &mut Act,
    granted: Granted<Serve>,
    saying: impl Into<Saying<'a>>,
) -> Result<MessageId, DeskError> {
    let saying = saying.into();
    let message = message(act, granted.ticket, saying.body, Side::Serving, true);
    project::happen(act, granted.ticket, |act, ticket| {
        if !ticket.is_handoff() {
            return Err(domain::ticket::rules::Refusal::NotAHandoff.into());
        }
        custom::complete(act, ticket)?;
        Ok(ticket.solve(Some(message.id), None)?)
    })?;
    store::message::insert(act.tx, &message)?;
    uploads::hang(act, granted.ticket, On::Message(message.id), &saying)?;
    outbox::hold(act, message.id, None)?;
    Ok(message.id)
}

/// The asking unit accepts, and says how good it was (1-5). A low rating wants its reason.
pub fn accept(
    act: &mut Act,
    granted: Granted<Ask>,
    rating: Option<u8>,
    reason: &str,
) -> Result<(), DeskError> {
    let reason = act.reason(granted.ticket, reason, true)?;
    if rating.is_some_and(|rating| rating <= LOW) && reason.is_none() {
        return Err(domain::ticket::rules::Refusal::ReasonNeeded.into());
    }
    outside::as_known(act, granted.ticket)?.accept(Closing::Accepted, rating, reason)?;
    project::happen(act, granted.ticket, |_, ticket| {
        Ok(ticket.accept(Closing::Accepted, rating, reason)?)
    })?;
    Ok(())
}

/// The asking unit sends it back: rework, with the reason.
pub fn hand_back(act: &mut Act, granted: Granted<Ask>, reason: &str) -> Result<(), DeskError> {
    let reason = act.reason(granted.ticket, reason, true)?;
    outside::as_known(act, granted.ticket)?.hand_back(reason)?;
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.hand_back(reason)?))?;
    Ok(())
}

/// The asking unit no longer needs it.
pub fn withdraw(act: &mut Act, granted: Granted<Ask>, reason: &str) -> Result<(), DeskError> {
    let reason = act.reason(granted.ticket, reason, true)?;
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.withdraw(reason)?))?;
    Ok(())
}

/// Deliveries that nobody answered within the acceptance target; never counted as a rating.
pub(crate) const IS_ACCEPTED: Step = Step {
    what: "be accepted by time",
    due: |act, most| Ok(store::ticket::delivered_past_acceptance(act.tx, act.now, most)?),
    one: |act, ticket| {
        project::happen(act, ticket, |_, ticket| Ok(ticket.accept(Closing::Timer, None, None)?)).map(drop)
    },
};

/// What units may be asked for.
pub(crate) fn offered(catalogue: &Catalogue, service: ServiceId) -> Result<&Offer, DeskError> {
    let offer = catalogue.services.get(&service);
    offer
        .filter(|offer| offer.ended_at.is_none() && offer.service.audience.internal)
        .ok_or_else(|| DeskError::invalid("service", Problem::ServiceNotOfferedToUnits))
}

/// A unit that already waits for this chain cannot be asked by it: each would wait for the other.
pub(crate) fn refuse_circle(
    tx: &mut Tx,
    catalogue: &Catalogue,
    parent: &Ticket,
    provider: UnitId,
) -> Result<(), DeskError> {
    let units = waiting_units(tx, parent)?;
    let Some(end) = units.iter().position(|unit| *unit == provider) else { return Ok(()) };
    let path: Vec<&str> =
        units[..=end].iter().rev().chain([&provider]).map(|unit| catalogue.unit_name(*unit)).collect();
    Err(DeskError::Conflict(Problem::UnitsWait { path: path.join(" → ") }))
}

/// The units that wait for a ticket: its own, and the owners of those it blocks. None of them can
/// be asked on behalf of it.
pub fn waiting_units(tx: &mut Tx, ticket: &Ticket) -> Result<Vec<UnitId>, DeskError> {
    let mut units = vec![ticket.unit];
    let mut next = ticket.parent;
    while let Some(above) = next {
        let (unit, parent) = store::ticket::owner_and_parent(tx, above)?.ok_or(DeskError::NotFound)?;
        units.push(unit);
        next = parent;
    }
    Ok(units)
}

fn message(act: &Act, ticket: TicketId, body: &Body, side: Side, deliverable: bool) -> Message {
    Message {
        id: MessageId(act.new_id()),
        ticket,
        at: act.now,
        side,
        person: act.person(),
        automatic: false,
        channel: Channel::Agent,
        deliverable,
        body: body.as_str().to_owned(),
    }
}

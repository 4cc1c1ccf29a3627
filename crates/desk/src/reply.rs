//! Somebody says something that both sides read.

use domain::draft::{Place, Text};
use domain::event::{Fact, Side, WaitOn, meanwhile};
use domain::id::{EventId, MessageId, PersonId, TicketId};
use domain::preference::Sending;
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use store::access::{Granted, Request, Seen, Serve};
use store::attachment::On;
use store::message::{Channel, Message};

use crate::act::Act;
use crate::follow_up::{self, Late};
use crate::open::Opened;
use crate::recipients::{self, Recipient, Recipients};
use crate::words::Saying;
use crate::{DeskError, draft, outbox, project, solve, uploads, wait};

/// What happens together with an agent's reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Stay,
    /// The requester is asked something: the ticket waits for the answer.
    WaitForRequester,
    Solve,
}

impl From<Sending> for Then {
    fn from(sending: Sending) -> Self {
        match sending {
            Sending::Stay => Self::Stay,
            Sending::Wait => Self::WaitForRequester,
            Sending::Solve => Self::Solve,
        }
    }
}

impl From<Then> for Sending {
    fn from(then: Then) -> Self {
        match then {
            Then::Stay => Self::Stay,
            Then::WaitForRequester => Self::Wait,
            Then::Solve => Self::Solve,
        }
    }
}

/// The serving side answers.
pub fn serve<'a>(
    act: &mut Act,
    granted: Granted<Serve>,
    saying: impl Into<Saying<'a>>,
    then: Then,
) -> Result<MessageId, DeskError> {
    let message = say(act, granted.ticket, saying.into(), None)?;
    follow(act, granted, message, then)
}

/// The serving side answers those whom the fields of the reply name.
pub fn serve_to<'a>(
    act: &mut Act,
    granted: Granted<Serve>,
    saying: impl Into<Saying<'a>>,
    recipients: &Recipients,
    then: Then,
) -> Result<MessageId, DeskError> {
    let whom = recipients::settled(act, granted, recipients)?;
    let message = say(act, granted.ticket, saying.into(), Some(whom))?;
    follow(act, granted, message, then)
}

fn follow(
    act: &mut Act,
    granted: Granted<Serve>,
    message: MessageId,
    then: Then,
) -> Result<MessageId, DeskError> {
    match then {
        Then::Stay => {}
        Then::WaitForRequester => {
            wait::start(act, granted, WaitOn::Requester, Some(message))?;
        }
        Then::Solve => {
            solve::run(act, granted, Some(message), "")?;
        }
    }
    Ok(message)
}

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Here(MessageId),
    /// On a ticket that follows the one that was answered, because that one cannot go on.
    Elsewhere(Opened),
}

/// The requester's side writes. On a solved or closed ticket that reopens it, within the time that its unit or its
/// service gives; after that the words stand on a ticket that follows it.
pub fn request<'a>(
    act: &mut Act,
    granted: Granted<Request>,
    saying: impl Into<Saying<'a>>,
    channel: Channel,
) -> Result<Answered, DeskError> {
    let saying = saying.into();
    // The same people read both, so that what they say goes where the matter goes on.
    let ticket = store::ticket::goes_on_as(act.tx, granted.ticket)?;
    let answered = match utter(act, ticket, &saying, Side::Requesting, channel, None) {
        Err(DeskError::Refused(Refusal::ReopenWindowOver)) => {
            late(act, (ticket, granted.viewer), &saying, channel)?
        }
        Err(error) => return Err(error),
        Ok(message) if ticket == granted.ticket => Answered::Here(message),
        Ok(_) => {
            let number = store::export::number(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
            Answered::Elsewhere(Opened { id: ticket, number })
        }
    };
    // What they write on the ticket where it goes on is another text.
    draft::sent(act, Place::Ticket(granted.ticket, Text::Reply))?;
    Ok(answered)
}

fn late(
    act: &mut Act,
    (ticket, person): (TicketId, PersonId),
    saying: &Saying,
    channel: Channel,
) -> Result<Answered, DeskError> {
    let late = Late::own(person, channel, saying.body.as_str().to_owned());
    let placed = follow_up::place(act, ticket, &late)?;
    uploads::hang(act, placed.ticket.id, On::Message(placed.message), saying)?;
    Ok(Answered::Elsewhere(placed.ticket))
}

/// The serving side answers with words that were kept ready; what somebody is writing there stays.
pub(crate) fn prepared(
    act: &mut Act,
    granted: Granted<Serve>,
    saying: &Saying,
) -> Result<MessageId, DeskError> {
    utter(act, granted.ticket, saying, Side::Serving, Channel::Agent, None)
}

/// Whether something came in after what was shown last, so that it would be answered unread.
pub fn would_pass_by(act: &mut Act, seen: Seen, shown: EventId) -> Result<bool, DeskError> {
    let events = store::event::of_ticket(act.tx, seen.ticket)?;
    Ok(meanwhile(&events, seen.ticket, shown, seen.viewer).next().is_some())
}

fn say(
    act: &mut Act,
    id: TicketId,
    saying: Saying,
    whom: Option<Vec<Recipient>>,
) -> Result<MessageId, DeskError> {
    let message = utter(act, id, &saying, Side::Serving, Channel::Agent, whom)?;
    draft::sent(act, Place::Ticket(id, Text::Reply))?;
    Ok(message)
}

fn utter(
    act: &mut Act,
    id: TicketId,
    saying: &Saying,
    side: Side,
    channel: Channel,
    whom: Option<Vec<Recipient>>,
) -> Result<MessageId, DeskError> {
    let message = Message {
        id: MessageId(act.new_id()),
        ticket: id,
        at: act.now,
        side,
        person: act.person(),
        automatic: false,
        channel,
        deliverable: false,
        body: saying.body.as_str().to_owned(),
    };
    let ticket = project::happen(act, id, |act, ticket| said(act, ticket, &message))?;
    store::message::insert(act.tx, &message)?;
    uploads::hang(act, id, On::Message(message.id), saying)?;
    match whom {
        Some(whom) => outbox::reply_to(act, &ticket, &message, whom)?,
        None => outbox::reply(act, &ticket, &message)?,
    }
    Ok(message.id)
}

pub(crate) fn said(act: &Act, ticket: &Ticket, message: &Message) -> Result<Fact, DeskError> {
    // Automatic mail is said and nothing more: it reopens nothing.
    if message.automatic {
        return Ok(Fact::Replied { message: message.id, side: message.side, automatic: true });
    }
    if message.side == Side::Requesting && ticket.state != State::Open && !ticket.is_handoff() {
        let service = act.catalogue.ruling(ticket).ok_or(DeskError::NotFound)?;
        return Ok(ticket.reopen(Side::Requesting, None, &service, act.now)?);
    }
    if ticket.state == State::Closed {
        ticket.must_be_open()?;
    }
    Ok(Fact::Replied { message: message.id, side: message.side, automatic: false })
}

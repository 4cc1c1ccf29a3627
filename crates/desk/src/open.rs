//! A person asks something: a ticket begins.

use domain::custom::{Answers, Needed, Of};
use domain::event::{Event, Fact, Opening, Side};
use domain::id::{EventId, InboxId, MessageId, PersonId, ServiceId, TicketId, UploadId};
use domain::permission::Viewer;
use domain::priority::{Level, Priority};
use domain::service::Service;
use domain::ticket::Kind;
use store::attachment::On;
use store::catalogue::Catalogue;
use store::message::{Channel, Message};
use store::person::Person;

use crate::act::Act;
use crate::custom::{self, Typed};
use crate::recipients::{self, Recipients};
use crate::reply::{self, Then};
use crate::words::{Body, Saying, Subject};
use crate::{DeskError, Problem, inboxes, people, people_of, project, uploads};

/// What is asked, by whom and for whom.
#[derive(Clone, Debug)]
pub struct Open {
    pub service: ServiceId,
    pub kind: Kind,
    pub subject: Subject,
    pub body: Body,
    pub requester: PersonId,
    /// For whom; the requester when nobody else is named.
    pub beneficiary: Option<PersonId>,
    pub payer: Option<PersonId>,
    pub urgency: Urgency,
    pub channel: Channel,
    pub files: Vec<UploadId>,
}

/// How pressing it is: from impact and urgency by the service's matrix, or set by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Judged { impact: Level, urgency: Level },
    Set(Priority),
}

/// The ticket that began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Opened {
    pub id: TicketId,
    pub number: i64,
}

/// Opens a ticket. Requesters open for themselves with a service whose audience they belong to;
/// agents of the providing unit open on behalf of somebody who does.
pub fn run(act: &mut Act, viewer: &Viewer, open: &Open) -> Result<Opened, DeskError> {
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let offer = catalogue
        .services
        .get(&open.service)
        .filter(|offer| offer.ended_at.is_none())
        .ok_or_else(|| DeskError::invalid("service", Problem::ServiceNotOffered))?;
    let open = &as_they_are_known(act, open);
    let requester = people_of::requester(act, open.requester)?;
    let behalf = open.requester != viewer.person;
    if behalf && !viewer.serves_in(offer.service.unit) {
        return Err(DeskError::NotAllowed);
    }
    if !offer.service.audience.admits(requester.class) {
        return Err(DeskError::invalid("service", Problem::ServiceNotOffered));
    }
    for person in [open.beneficiary, open.payer].into_iter().flatten() {
        people_of::known(act, viewer, person, requester.organisation)?;
    }
    place(act, open, &requester, offer.service.unit, &offer.service.matrix)
}

/// Whoever was merged into somebody asks as that person.
fn as_they_are_known(act: &Act, open: &Open) -> Open {
    let known = |person| act.catalogue.who_became(person).last().unwrap_or(person);
    Open {
        requester: known(open.requester),
        beneficiary: open.beneficiary.map(known),
        payer: open.payer.map(known),
        ..open.clone()
    }
}

/// The same with answers to the fields that are asked with this service, as far as the viewer fills them in:
/// what is wrong or missing refuses it.
pub fn answered(act: &mut Act, viewer: &Viewer, open: &Open, typed: &Typed) -> Result<Opened, DeskError> {
    let opened = run(act, viewer, open)?;
    let reads_inside = open.requester != viewer.person;
    answer(act, viewer, (opened.id, open.service), reads_inside, typed)?;
    Ok(opened)
}

pub(crate) fn answer(
    act: &mut Act,
    viewer: &Viewer,
    (ticket, service): (TicketId, ServiceId),
    reads_inside: bool,
    typed: &Typed,
) -> Result<(), DeskError> {
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let customs = custom::readable(&catalogue.customs, reads_inside);
    let about = (Of::Ticket, Some(service));
    let judged = custom::judge(act.tx, viewer, &customs, about, typed, &Answers::new(), Needed::Opening)?;
    if !judged.faults.is_empty() {
        return Err(custom::faulty(judged.faults));
    }
    custom::begin(act, ticket, &judged.answers)
}

/// What was typed without the fields that only other services ask: a form for several services holds them all.
pub(crate) fn of_service(catalogue: &Catalogue, service: ServiceId, typed: &Typed) -> Typed {
    let of_other = |key: &str| {
        let custom = catalogue.customs.iter().find(|custom| custom.key == key);
        custom.is_some_and(|custom| !custom.is_for(Of::Ticket, Some(service)))
    };
    let own = typed.iter().filter(|(key, _)| !of_other(key));
    own.map(|(key, values)| (key.clone(), values.clone())).collect()
}

fn place(
    act: &mut Act,
    open: &Open,
    requester: &people_of::Requester,
    unit: domain::id::UnitId,
    matrix: &domain::priority::Matrix,
) -> Result<Opened, DeskError> {
    let ticket = TicketId(act.new_id());
    let message = Message {
        id: MessageId(act.new_id()),
        ticket,
        at: act.now,
        side: Side::Requesting,
        person: Some(open.requester),
        automatic: false,
        channel: open.channel,
        deliverable: false,
        body: open.body.as_str().to_owned(),
    };
    let opening = Opening {
        number: store::ticket::next_number(act.tx)?,
        kind: open.kind,
        service: open.service,
        unit,
        person: None,
        requester: open.requester,
        beneficiary: open.beneficiary.unwrap_or(open.requester),
        payer: open.payer,
        organisation: requester.organisation,
        asking_unit: None,
        class: requester.class,
        priority: match open.urgency {
            Urgency::Judged { impact, urgency } => matrix.priority(impact, urgency),
            Urgency::Set(priority) => priority,
        },
        outbound: false,
        message: Some(message.id),
    };
    let number = opening.number;
    begin(act, ticket, None, Fact::Opened(opening), &open.subject, Some(&message))?;
    let saying = Saying { body: &open.body, files: &open.files };
    uploads::hang(act, ticket, On::Message(message.id), &saying)?;
    Ok(Opened { id: ticket, number })
}

/// What a mail asks: nobody is signed in, so its service and requester were looked up before.
pub(crate) struct ByMail<'a> {
    pub service: &'a Service,
    pub kind: Kind,
    pub subject: Subject,
    pub body: String,
    pub requester: &'a Person,
    pub automatic: bool,
}

/// The ticket that a mail opened, and the message it became.
pub(crate) struct Begun {
    pub ticket: TicketId,
    pub message: MessageId,
}

pub(crate) fn by_mail(act: &mut Act, open: &ByMail) -> Result<Begun, DeskError> {
    let ticket = TicketId(act.new_id());
    let message = Message {
        id: MessageId(act.new_id()),
        ticket,
        at: act.now,
        side: Side::Requesting,
        person: Some(open.requester.id),
        automatic: open.automatic,
        channel: Channel::Mail,
        deliverable: false,
        body: open.body.clone(),
    };
    let opening = Opening {
        number: store::ticket::next_number(act.tx)?,
        kind: open.kind,
        service: open.service.id,
        unit: open.service.unit,
        person: None,
        requester: open.requester.id,
        beneficiary: open.requester.id,
        payer: None,
        organisation: open.requester.organisation,
        asking_unit: None,
        class: open.requester.class,
        priority: open.service.matrix.priority(Level::Medium, Level::Medium),
        outbound: false,
        message: Some(message.id),
    };
    begin(act, ticket, None, Fact::Opened(opening), &open.subject, Some(&message))?;
    Ok(Begun { ticket, message: message.id })
}

/// What we begin with: our own words to somebody, who may hear of us for the first time.
#[derive(Clone, Debug)]
pub struct Outbound {
    pub inbox: InboxId,
    /// Whoever stands first in To becomes the requester.
    pub recipients: Recipients,
    pub subject: Subject,
    pub body: Body,
    pub files: Vec<UploadId>,
    pub then: Then,
    /// What was typed into fields; those of other services than the inbox's are passed over.
    pub typed: Typed,
}

/// Opens a ticket with a message of ours, from an inbox of a unit in which the writer serves. Nobody asked
/// anything yet, so that no clock of responses runs until somebody does.
pub fn outbound(act: &mut Act, viewer: &Viewer, outbound: &Outbound) -> Result<Opened, DeskError> {
    let refused = |field, problem| DeskError::invalid(field, problem);
    let inbox = store::inbox::by_id(act.tx, outbound.inbox)?
        .filter(|inbox| inbox.ended_at.is_none() && inbox.outgoing.is_some() && viewer.serves_in(inbox.unit))
        .ok_or_else(|| refused("from", Problem::ChooseOne))?;
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let offer = catalogue
        .services
        .get(&inbox.service)
        .filter(|offer| offer.ended_at.is_none() && viewer.serves_in(offer.service.unit))
        .ok_or_else(|| refused("from", Problem::ServiceNotOffered))?;
    let (address, name) = recipients::first(&outbound.recipients.addressed)?;
    if let Some(own) = inboxes::leading_from(act.tx, &address)? {
        return Err(refused("to", Problem::AddressOfInbox { address, inbox: own.name }));
    }
    let person = match store::person::by_email(act.tx, &address)? {
        Some(person) => person.id,
        None => {
            let name: String = name.unwrap_or_else(|| address.clone()).chars().take(100).collect();
            let (email, language) = (Some(address), inbox.language.clone());
            people::made(act, &people::Input { email, language, ..people::Input::named(&name) }, &[])?
        }
    };
    if person == viewer.person {
        return Err(refused("to", Problem::OutboundToSelf));
    }
    let requester = people_of::requester(act, person)?;
    if !offer.service.audience.admits(requester.class) {
        return Err(refused("to", Problem::ServiceNotOffered));
    }
    let ticket = TicketId(act.new_id());
    let opening = Opening {
        number: store::ticket::next_number(act.tx)?,
        kind: Kind::Request,
        service: inbox.service,
        unit: offer.service.unit,
        person: Some(viewer.person),
        requester: person,
        beneficiary: person,
        payer: None,
        organisation: requester.organisation,
        asking_unit: None,
        class: requester.class,
        priority: offer.service.matrix.priority(Level::Medium, Level::Medium),
        outbound: true,
        message: None,
    };
    let number = opening.number;
    begin(act, ticket, None, Fact::Opened(opening), &outbound.subject, None)?;
    let typed = of_service(&catalogue, inbox.service, &outbound.typed);
    answer(act, viewer, (ticket, inbox.service), true, &typed)?;
    store::inbox::choose(act.tx, ticket, inbox.id)?;
    let seen = store::access::by_id(act.tx, viewer, ticket, act.now)?.ok_or(DeskError::NotFound)?;
    let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
    let saying = Saying { body: &outbound.body, files: &outbound.files };
    reply::serve_to(act, granted, saying, &outbound.recipients, outbound.then)?;
    Ok(Opened { id: ticket, number })
}

/// Records how a ticket begins and writes its row and first message.
pub(crate) fn begin(
    act: &mut Act,
    ticket: TicketId,
    parent: Option<TicketId>,
    fact: Fact,
    subject: &Subject,
    message: Option<&Message>,
) -> Result<Event, DeskError> {
    let event = Event { id: EventId(act.new_id()), at: act.now, actor: act.actor, ticket, parent, fact };
    act.record(&event)?;
    project::appear(act, &event, subject.as_str())?;
    if let Some(message) = message {
        store::message::insert(act.tx, message)?;
    }
    Ok(event)
}

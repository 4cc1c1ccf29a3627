//! What a list of actions would meet, without doing anything: the same rules, asked one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::action::Action;
use domain::custom::Answers;
use domain::event::{Actor, Closing, Detail, Event, Fact, Side, Ticked, WaitOn};
use domain::id::{EventId, ItemId, MessageId, NoteId, PersonId, ReasonId, TagId, TicketId};
use domain::permission::Viewer;
use domain::tag::{MOST, Tag};
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use store::Tx;

use super::{Done, Stopped};
use crate::act::Look;
use crate::words::{Body, Subject};
use crate::{
    DeskError, Problem, assign, checklist, custom, handoff, reclassify, snooze, solve, status, tell, transfer,
};

/// Ids of what is only imagined.
const IMAGINED: i64 = 0;

/// What would become of each action, or which one would be refused first, and why.
pub fn may(
    look: &mut Look,
    viewer: &Viewer,
    ticket: TicketId,
    actions: &[Action],
) -> Result<Vec<Done>, Stopped> {
    let stopped = |place: usize, cause| Stopped::at(place, &actions[place], cause);
    if actions.is_empty() {
        return Ok(Vec::new());
    }
    let mut imagined = Imagined::now(look, viewer, ticket).map_err(|cause| stopped(0, cause))?;
    let mut done = Vec::with_capacity(actions.len());
    for (place, action) in actions.iter().enumerate() {
        done.push(imagined.step(look, viewer, action).map_err(|cause| stopped(place, cause))?);
    }
    Ok(done)
}

/// A ticket as it would be after some actions, and what its viewer might do there.
struct Imagined {
    ticket: Ticket,
    exists: bool,
    serves: bool,
    annotates: bool,
    /// Tags that were put on it or taken off.
    tags: BTreeMap<Tag, bool>,
    /// Steps that were put on its checklist.
    steps: Vec<String>,
    /// What was answered in fields of one's own, once one is set.
    answers: Option<Answers>,
}

impl Imagined {
    fn now(look: &mut Look, viewer: &Viewer, id: TicketId) -> Result<Self, DeskError> {
        let seen = store::access::by_id(look.tx, viewer, id, look.now)?.ok_or(DeskError::NotFound)?;
        let events = store::event::of_ticket(look.tx, id)?;
        let ticket = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
        Ok(Self {
            ticket,
            exists: true,
            serves: seen.serve().is_some(),
            annotates: seen.annotate().is_some(),
            tags: BTreeMap::new(),
            steps: Vec::new(),
            answers: None,
        })
    }

    fn step(&mut self, look: &mut Look, viewer: &Viewer, action: &Action) -> Result<Done, DeskError> {
        let beside = matches!(action, Action::Note { .. } | Action::AddSteps { .. } | Action::Tell { .. });
        let may = if beside { self.annotates } else { self.serves };
        if !may {
            return Err(if self.exists { DeskError::NotAllowed } else { DeskError::NotFound });
        }
        let fact = match self.fact(look, viewer, action) {
            Ok(fact) => fact,
            Err(DeskError::Refused(Refusal::NoChange)) => return Ok(Done::Already),
            Err(error) => return Err(error),
        };
        self.happens(look, viewer, fact);
        // Whoever gave it away reads on and adds notes, unless it is confidential.
        let service = look.catalogue.service(self.ticket.service);
        self.serves = viewer.serves_in(self.ticket.unit);
        self.annotates = self.serves || service.is_none_or(|service| !service.confidential);
        self.exists = self.annotates;
        Ok(Done::Did)
    }

    fn happens(&mut self, look: &Look, viewer: &Viewer, fact: Fact) {
        let asked = matches!(fact, Fact::Asked(_));
        let event = Event {
            id: EventId(IMAGINED),
            at: look.now.max(self.ticket.changed_at),
            actor: Actor::Person(viewer.person),
            ticket: if asked { TicketId(IMAGINED) } else { self.ticket.id },
            parent: if asked { Some(self.ticket.id) } else { self.ticket.parent },
            fact,
        };
        self.ticket.apply(&event);
    }

    /// What the action would record; what leads there has happened by then.
    #[expect(clippy::too_many_lines, reason = "one line or two for each action")]
    fn fact(&mut self, look: &mut Look, viewer: &Viewer, action: &Action) -> Result<Fact, DeskError> {
        let Self { ticket, tags, steps: added, .. } = self;
        Ok(match action {
            Action::Take => assign::claiming(look.tx, ticket, viewer.person, None)?,
            Action::Assign { person } => {
                here(look.tx, *person)?;
                assign::rule(look.tx, ticket, Some(*person))?
            }
            Action::PutBack => ticket.assign(None)?,
            Action::Transfer { unit, reason } => {
                transfer::goes_on(&look.catalogue, *unit)?;
                ticket.transfer(*unit, words(reason)?)?
            }
            Action::SetPriority { priority, reason } => {
                let reason = words(reason)?
                    .ok_or_else(|| DeskError::invalid("reason", Problem::PriorityReasonMissing))?;
                ticket.change_priority(*priority, Some(reason))?
            }
            Action::SetService { service } => reclassify::rule(&look.catalogue, ticket, *service)?,
            Action::WaitForRequester if ticket.waiting == Some(WaitOn::Requester) => {
                return Err(Refusal::NoChange.into());
            }
            Action::WaitForRequester => ticket.wait(WaitOn::Requester, None, look.now)?,
            Action::Solve { reason } => solve::rule(ticket, None, words(reason)?)?,
            Action::Reply { text } => {
                Body::parse(text)?;
                if ticket.state == domain::ticket::State::Closed {
                    ticket.must_be_open()?;
                }
                Fact::Replied { message: MessageId(IMAGINED), side: Side::Serving, automatic: false }
            }
            Action::Note { text } => {
                Body::parse(text)?;
                Fact::Noted { note: NoteId(IMAGINED) }
            }
            Action::Ask { service, subject, text } => {
                let (_, _) = (Subject::parse(subject)?, Body::parse(text)?);
                let offer = handoff::offered(&look.catalogue, *service)?;
                ticket.must_be_open()?;
                handoff::refuse_circle(look.tx, &look.catalogue, ticket, offer.service.unit)?;
                Fact::Asked(ticket.opening.clone())
            }
            Action::Tag { tag } => tagged(look, ticket.id, tags, tag, true)?,
            Action::Untag { tag } => tagged(look, ticket.id, tags, tag, false)?,
            Action::SetStatus { status, supplier } => {
                let status = status::known(&look.catalogue, *status)?.clone();
                let whom = supplier.map(WaitOn::Supplier);
                if let Some(leads) = status::leading(look, ticket, &status, whom)? {
                    self.happens(look, viewer, leads);
                }
                self.ticket.say_status(&status, None)?
            }
            Action::Tell { whom } => {
                let people = tell::people(look.tx, ticket, *whom)?;
                if people.is_empty() {
                    return Err(Refusal::NoChange.into());
                }
                Fact::Detailed(Detail::Told { people })
            }
            Action::AddSteps { steps } => {
                let here = [checklist::standing(look.tx, ticket.id)?, added.clone()].concat();
                let new = checklist::new_steps(&here, steps)?;
                if new.is_empty() {
                    return Err(Refusal::NoChange.into());
                }
                added.extend(new);
                Fact::Detailed(Detail::Ticked { item: ItemId(IMAGINED), what: Ticked::Added })
            }
            Action::Snooze { until } => snooze::slept(&look.catalogue, ticket, *until, look.now)?,
            Action::Wake => ticket.wake_up()?,
            Action::SetField { field, values } => self.answered(look, viewer, field, values)?,
            Action::Reopen { reason } => {
                let service = look.catalogue.ruling(ticket).ok_or(DeskError::NotFound)?;
                ticket.reopen(Side::Serving, words(reason)?, &service, look.now)?
            }
            Action::Close => {
                let service = look.catalogue.service(ticket.service).ok_or(DeskError::NotFound)?;
                ticket.close(Closing::Agent, service, look.now)?
            }
        })
    }
}

impl Imagined {
    fn answered(
        &mut self,
        look: &mut Look,
        viewer: &Viewer,
        key: &str,
        typed: &[String],
    ) -> Result<Fact, DeskError> {
        let catalogue = Arc::clone(&look.catalogue);
        let mut answers = match self.answers.take() {
            Some(answers) => answers,
            None => {
                // What rests counts as soon as it is asked again.
                let mut all = store::custom::kept::aside(look.tx, self.ticket.id.0, &catalogue.customs)?;
                all.extend(store::custom::of(look.tx, self.ticket.id.0, &catalogue.customs)?);
                all
            }
        };
        let at = (&*catalogue, self.ticket.service);
        let changed = custom::changed(look.tx, Some(viewer), at, (key, typed), &mut answers)?;
        self.answers = Some(answers);
        let field = changed.ok_or(Refusal::NoChange)?.id;
        Ok(Fact::Detailed(Detail::Answered { field }))
    }
}

fn tagged(
    look: &mut Look,
    ticket: TicketId,
    tags: &mut BTreeMap<Tag, bool>,
    tag: &str,
    on: bool,
) -> Result<Fact, DeskError> {
    let tag = crate::tag::parse("tag", tag)?;
    let id = store::tag::named(look.tx, &tag)?;
    let (own, fits) = store::tag::room(look.tx, ticket, id)?;
    if tags.get(&tag).copied().unwrap_or(own) == on {
        return Err(Refusal::NoChange.into());
    }
    if on && !fits {
        return Err(DeskError::invalid("tag", Problem::TagsFull { most: MOST }));
    }
    tags.insert(tag, on);
    let tag = id.unwrap_or(TagId(IMAGINED));
    Ok(Fact::Detailed(if on { Detail::TagAdded { tag } } else { Detail::TagRemoved { tag } }))
}

/// Somebody who left takes nothing more.
pub(super) fn here(tx: &mut Tx, person: PersonId) -> Result<(), DeskError> {
    match store::access::standing(tx, person)? {
        Some(_) => Ok(()),
        None => Err(DeskError::invalid("person", Problem::PersonGone)),
    }
}

fn words(reason: &str) -> Result<Option<ReasonId>, DeskError> {
    if reason.trim().is_empty() {
        return Ok(None);
    }
    Body::parse(reason)?;
    Ok(Some(ReasonId(IMAGINED)))
}

//! Actions run: with the rights of whoever runs them, by the same verbs as on the page; and what would refuse.

mod foreseen;

use domain::action::{self, Action};
use domain::custom::Custom;
use domain::event::WaitOn;
use domain::id::{MessageId, TicketId};
use domain::permission::Viewer;
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use store::access::{Granted, Seen, Serve};

use crate::act::Act;
use crate::custom::Typed;
use crate::handoff::Asking;
use crate::words::{Body, Saying, Subject};
use crate::{
    DeskError, Problem, assign, checklist, close, custom, handoff, note, priority, reclassify, reopen, reply,
    snooze, solve, status, tag, tell, transfer, wait,
};

pub use foreseen::may;

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Did,
    /// It was so before; nothing was recorded.
    Already,
}

/// The action of a list that was refused. Nothing of the list was done.
#[derive(Clone, Debug)]
pub struct Stopped {
    /// Its place in the list, from 0.
    pub place: usize,
    pub action: Box<Action>,
    pub cause: Box<DeskError>,
}

impl Stopped {
    fn at(place: usize, action: &Action, cause: DeskError) -> Self {
        Self { place, action: Box::new(action.clone()), cause: Box::new(cause) }
    }
}

/// Whether a list may be kept at that length.
pub(crate) fn few_enough(actions: &[Action]) -> Result<(), DeskError> {
    if actions.len() > action::MOST {
        return Err(DeskError::invalid("actions", Problem::TooManyActions { most: action::MOST }));
    }
    Ok(())
}

/// Refuses what could never be done: tags that are none, a checklist without a step, a field that no ticket has,
/// an answer that it never takes.
pub(crate) fn can_be_kept(known: &[Custom], action: &Action) -> Result<(), DeskError> {
    match action {
        Action::SetField { field, values } => custom::could_be(known, field, values),
        Action::Tag { tag } | Action::Untag { tag } => tag::parse("tag", tag).map(drop),
        Action::AddSteps { steps } => checklist::parse(steps).map(drop),
        Action::Take
        | Action::Assign { .. }
        | Action::PutBack
        | Action::Transfer { .. }
        | Action::SetPriority { .. }
        | Action::SetService { .. }
        | Action::WaitForRequester
        | Action::Solve { .. }
        | Action::Reply { .. }
        | Action::Note { .. }
        | Action::SetStatus { .. }
        | Action::Snooze { .. }
        | Action::Wake
        | Action::Reopen { .. }
        | Action::Close
        | Action::Tell { .. }
        | Action::Ask { .. } => Ok(()),
    }
}

/// Does one thing with a ticket, with the rights that its viewer has there now.
pub fn run(act: &mut Act, viewer: &Viewer, ticket: TicketId, action: &Action) -> Result<Done, DeskError> {
    one(act, viewer, ticket, action, &mut None)
}

/// Does all of a list, one after the other, or nothing of it.
pub fn run_all(
    act: &mut Act,
    viewer: &Viewer,
    ticket: TicketId,
    actions: &[Action],
) -> Result<Vec<Done>, Stopped> {
    let mut said = None;
    all(act, actions, |act, action| one(act, viewer, ticket, action, &mut said))
}

/// `said` is the reply before it: solving and waiting are done together with it, and taken back with it.
fn one(
    act: &mut Act,
    viewer: &Viewer,
    ticket: TicketId,
    action: &Action,
    said: &mut Option<MessageId>,
) -> Result<Done, DeskError> {
    // What was refused leaves nothing behind, such as the reason that was kept for it.
    let done = act.part(act.now, act.actor, |act| perform(act, viewer, ticket, action, said));
    already(done)
}

/// Does one thing with a ticket as the desk itself, without anybody's rights.
pub fn by_desk(act: &mut Act, ticket: TicketId, action: &Action) -> Result<Done, DeskError> {
    let done = act.part(act.now, act.actor, |act| perform_by_desk(act, ticket, action));
    already(done)
}

/// [`run_all`] as the desk itself.
pub fn all_by_desk(act: &mut Act, ticket: TicketId, actions: &[Action]) -> Result<Vec<Done>, Stopped> {
    all(act, actions, |act, action| by_desk(act, ticket, action))
}

fn all(
    act: &mut Act,
    actions: &[Action],
    mut each: impl FnMut(&mut Act, &Action) -> Result<Done, DeskError>,
) -> Result<Vec<Done>, Stopped> {
    let mut here = 0;
    let done = act.part(act.now, act.actor, |act| {
        let mut done = Vec::with_capacity(actions.len());
        for (place, action) in actions.iter().enumerate() {
            here = place;
            done.push(each(act, action)?);
        }
        Ok(done)
    });
    done.map_err(|cause| Stopped::at(here, &actions[here], cause))
}

fn already(done: Result<(), DeskError>) -> Result<Done, DeskError> {
    match done {
        Ok(()) => Ok(Done::Did),
        Err(DeskError::Refused(Refusal::NoChange)) => Ok(Done::Already),
        Err(error) => Err(error),
    }
}

fn perform(
    act: &mut Act,
    viewer: &Viewer,
    ticket: TicketId,
    action: &Action,
    said: &mut Option<MessageId>,
) -> Result<(), DeskError> {
    // An action before this one may have changed what the ticket is to the viewer.
    let seen = store::access::by_id(act.tx, viewer, ticket, act.now)?.ok_or(DeskError::NotFound)?;
    match action {
        Action::Take => assign::take(act, serve(seen)?),
        Action::Assign { person } => {
            let granted = serve(seen)?;
            foreseen::here(act.tx, *person)?;
            assign::to(act, granted, Some(*person))
        }
        Action::PutBack => assign::to(act, serve(seen)?, None),
        Action::Transfer { unit, reason } => transfer::run(act, serve(seen)?, *unit, reason),
        Action::SetPriority { priority, reason } => priority::change(act, serve(seen)?, *priority, reason),
        Action::SetService { service } => reclassify::chosen(act, serve(seen)?.ticket, *service),
        Action::WaitForRequester => wait_for_requester(act, serve(seen)?.ticket, *said),
        Action::Solve { reason } => solve::run(act, serve(seen)?, *said, reason),
        Action::Reply { text } => {
            let (granted, body) = (serve(seen)?, Body::parse(text)?);
            *said = Some(reply::prepared(act, granted, &Saying::from(&body))?);
            Ok(())
        }
        Action::Note { text } => {
            let granted = seen.annotate().ok_or(DeskError::NotAllowed)?;
            let body = Body::parse(text)?;
            note::written(act, granted.ticket, Saying::from(&body)).map(drop)
        }
        Action::Ask { service, subject, text } => {
            let granted = serve(seen)?;
            let wanted = handoff::wanted(&act.catalogue, *service).join(", ");
            if !wanted.is_empty() {
                return Err(DeskError::invalid("service", Problem::AskNeedsFields { names: wanted }));
            }
            let asking = Asking {
                service: *service,
                subject: Subject::parse(subject)?,
                body: Body::parse(text)?,
                priority: None,
                files: Vec::new(),
                typed: Typed::default(),
            };
            handoff::ask(act, granted, &asking).map(drop)
        }
        Action::Tag { tag } => changes(tag::put(act, serve(seen)?.ticket, &tag::parse("tag", tag)?)?),
        Action::Untag { tag } => changes(tag::take(act, serve(seen)?.ticket, &tag::parse("tag", tag)?)?),
        Action::SetStatus { status, supplier } => {
            let whom = supplier.map(WaitOn::Supplier);
            status::put(act, serve(seen)?.ticket, *status, whom, *said)
        }
        Action::AddSteps { steps } => {
            let granted = seen.annotate().ok_or(DeskError::NotAllowed)?;
            changes(checklist::put(act, granted.ticket, steps)?)
        }
        Action::Snooze { until } => snooze::for_a_while(act, serve(seen)?.ticket, *until),
        Action::Wake => snooze::wake(act, serve(seen)?),
        Action::SetField { field, values } => {
            let ticket = serve(seen)?.ticket;
            changes(custom::set(act, Some(viewer), ticket, field, values)?)
        }
        Action::Reopen { reason } => reopen::serve(act, serve(seen)?, reason),
        Action::Close => close::serve(act, serve(seen)?),
        Action::Tell { whom } => {
            let granted = seen.annotate().ok_or(DeskError::NotAllowed)?;
            changes(tell::put(act, granted.ticket, *whom)?)
        }
    }
}

fn perform_by_desk(act: &mut Act, ticket: TicketId, action: &Action) -> Result<(), DeskError> {
    match action {
        Action::Assign { person } => {
            foreseen::here(act.tx, *person)?;
            assign::given(act, ticket, Some(*person))
        }
        Action::PutBack => assign::given(act, ticket, None),
        Action::Transfer { unit, reason } => transfer::moved(act, ticket, *unit, reason),
        Action::SetPriority { priority, reason } => priority::set(act, ticket, *priority, reason),
        Action::SetService { service } => reclassify::chosen(act, ticket, *service),
        Action::WaitForRequester => wait_for_requester(act, ticket, None),
        Action::Solve { reason } => solve::done(act, ticket, None, reason),
        Action::Note { text } => {
            let body = Body::parse(text)?;
            note::written(act, ticket, Saying::from(&body)).map(drop)
        }
        Action::Tag { tag } => changes(tag::put(act, ticket, &tag::parse("tag", tag)?)?),
        Action::Untag { tag } => changes(tag::take(act, ticket, &tag::parse("tag", tag)?)?),
        Action::SetStatus { status, supplier } => {
            status::put(act, ticket, *status, supplier.map(WaitOn::Supplier), None)
        }
        Action::AddSteps { steps } => changes(checklist::put(act, ticket, steps)?),
        Action::Snooze { until } => snooze::for_a_while(act, ticket, *until),
        Action::Wake => snooze::woken(act, ticket),
        Action::SetField { field, values } => changes(custom::set(act, None, ticket, field, values)?),
        Action::Reopen { reason } => reopen::serving(act, ticket, reason),
        Action::Close => close::serving(act, ticket),
        Action::Tell { whom } => changes(tell::put(act, ticket, *whom)?),
        Action::Take | Action::Reply { .. } | Action::Ask { .. } => {
            Err(DeskError::invalid("actions", Problem::NotByDesk))
        }
    }
}

fn changes(did: bool) -> Result<(), DeskError> {
    if did { Ok(()) } else { Err(Refusal::NoChange.into()) }
}

/// One that waits already goes on waiting from when it began.
fn wait_for_requester(act: &mut Act, ticket: TicketId, said: Option<MessageId>) -> Result<(), DeskError> {
    let events = store::event::of_ticket(act.tx, ticket)?;
    let folded = Ticket::fold(ticket, &events).ok_or(DeskError::NotFound)?;
    if folded.waiting == Some(WaitOn::Requester) {
        return Err(Refusal::NoChange.into());
    }
    wait::begun(act, ticket, WaitOn::Requester, said)
}

fn serve(seen: Seen) -> Result<Granted<Serve>, DeskError> {
    seen.serve().ok_or(DeskError::NotAllowed)
}

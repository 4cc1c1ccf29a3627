//! What the rows of a case become: facts about a ticket, one event a row and a few beside them.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::event::{Actor, Closing, Event, Fact, Opening, Side, WaitOn};
use domain::id::{EventId, TicketId, UnitId};
use domain::priority::Priority;
use domain::ticket::{Kind, State, Ticket};
use jiff::Timestamp;

use super::directory::Directory;
use crate::eventlog::{Case, Means, Step};

/// The events of a case, with the row that each of them keeps.
pub(super) struct Draft {
    pub ticket: Ticket,
    pub events: Vec<Event>,
    /// For each event the position among the case's steps of the row whose fields stand beside it.
    pub rows: Vec<Option<usize>>,
    /// Every unit that ever owned it.
    pub units: BTreeSet<UnitId>,
}

/// A case that is new here.
pub(super) fn case(directory: &Directory, case: &Case, new_id: &dyn Fn() -> i64) -> Draft {
    let first = case.steps.first().expect("a case has at least one row");
    let (opened_at, first_at) = (stored(case.opened_at), stored(first.at));
    // Where the log knows when a case was opened, its first row is already something that happened to it.
    let is_first_row = opened_at == first_at;
    let unit = directory.unit(case.steps.iter().find_map(|step| step.unit.as_ref()));
    let requester = directory.requester(case.requester.as_ref());
    let opening = Opening {
        number: 0,
        kind: Kind::Incident,
        service: directory.service(case.service.as_ref()),
        unit,
        person: first.person.as_ref().filter(|_| is_first_row).map(|person| directory.person(person)),
        requester,
        beneficiary: requester,
        payer: None,
        organisation: None,
        asking_unit: None,
        class: directory.class,
        priority: priority(case.steps.iter().find_map(|step| step.priority)).unwrap_or(Priority::P3),
        outbound: false,
        message: None,
    };
    let actor = if case.requester.is_some() { Actor::Person(requester) } else { Actor::Import };
    let event = Event {
        id: EventId(new_id()),
        at: opened_at,
        actor,
        ticket: TicketId(new_id()),
        parent: None,
        fact: Fact::Opened(opening),
    };
    let ticket = Ticket::fold(event.ticket, std::slice::from_ref(&event)).expect("its first event opens it");
    let mut draft = Draft { ticket, events: vec![event], rows: vec![None], units: BTreeSet::from([unit]) };
    let mut from = 0;
    if is_first_row && facts(directory, &draft.ticket, &case.steps, 0).is_empty() {
        draft.rows[0] = Some(0);
        from = 1;
    }
    draft.go_on(directory, &case.steps, from, new_id);
    draft
}

/// The rows of a known case from `from` on, as they go on with its ticket.
pub(super) fn grown(
    directory: &Directory,
    ticket: Ticket,
    steps: &[Step],
    from: usize,
    new_id: &dyn Fn() -> i64,
) -> Draft {
    let mut draft = Draft { ticket, events: Vec::new(), rows: Vec::new(), units: BTreeSet::new() };
    draft.go_on(directory, steps, from, new_id);
    draft
}

impl Draft {
    fn go_on(&mut self, directory: &Directory, steps: &[Step], from: usize, new_id: &dyn Fn() -> i64) {
        for index in from..steps.len() {
            let step = &steps[index];
            let mut facts = facts(directory, &self.ticket, steps, index);
            let main = facts.pop().unwrap_or(Fact::Logged);
            let actor =
                step.person.as_ref().map_or(Actor::Import, |person| Actor::Person(directory.person(person)));
            for fact in facts {
                self.push(fact, None, step, actor, new_id);
            }
            self.push(main, Some(index), step, actor, new_id);
        }
    }

    fn push(&mut self, fact: Fact, row: Option<usize>, step: &Step, actor: Actor, new_id: &dyn Fn() -> i64) {
        if let Fact::Transferred { unit, .. } = &fact {
            self.units.insert(*unit);
        }
        let event = Event {
            id: EventId(new_id()),
            at: stored(step.at).max(self.ticket.changed_at),
            actor,
            ticket: self.ticket.id,
            parent: None,
            fact,
        };
        self.ticket.apply(&event);
        self.events.push(event);
        self.rows.push(row);
    }
}

/// What a row changes on a ticket as the rows before it left it, in the order in which it counts.
fn facts(directory: &Directory, ticket: &Ticket, steps: &[Step], index: usize) -> Vec<Fact> {
    let step = &steps[index];
    let mut facts = Vec::new();
    let is_wait = matches!(step.means, Means::WaitRequester | Means::WaitSupplier | Means::WaitAgreed);
    let reopens = step.reopens || step.means == Means::Reopened || is_wait;
    let was_open = ticket.state == State::Open;
    if reopens && !was_open {
        facts.push(Fact::Reopened { side: Side::Serving, reason: None });
    }
    facts.extend(ownership(directory, ticket, step));
    if let Some(priority) = priority(step.priority).filter(|priority| *priority != ticket.priority) {
        facts.push(Fact::PriorityChanged { priority, reason: None });
    }
    let wait = |on| Some(Fact::WaitStarted { on, message: None });
    facts.extend(match step.means {
        Means::Opened | Means::Worked | Means::Reopened | Means::Nothing => None,
        Means::WaitRequester => wait(WaitOn::Requester),
        Means::WaitSupplier => wait(WaitOn::Supplier(directory.supplier())),
        Means::WaitAgreed => wait(WaitOn::Agreed { until: agreed_until(&steps[index..]) }),
        Means::Resumed => ticket.waiting.is_some().then_some(Fact::WaitEnded),
        Means::Solved => was_open.then_some(Fact::Solved { message: None, overriding: None }),
        Means::Closed => {
            // Closed long after it was solved: nobody objected. Closed out of work: an agent did.
            let how = if was_open { Closing::Agent } else { Closing::Timer };
            (ticket.state != State::Closed).then_some(Fact::Closed { how, rating: None, reason: None })
        }
    });
    facts
}

fn ownership(directory: &Directory, ticket: &Ticket, step: &Step) -> Option<Fact> {
    let person = step.person.as_ref().map(|person| directory.person(person));
    let unit = step.unit.as_ref().map(|unit| directory.unit(Some(unit)));
    match (unit, person) {
        (Some(unit), person) if unit != ticket.unit => Some(Fact::Transferred { unit, person, reason: None }),
        (_, Some(person)) if ticket.person != Some(person) => Some(Fact::Assigned { person: Some(person) }),
        (_, _) => None,
    }
}

/// The log does not name the date, so it is the one at which the wait was over.
fn agreed_until(steps: &[Step]) -> Timestamp {
    let over = steps[1..].iter().find(|step| !matches!(step.means, Means::Nothing | Means::WaitAgreed));
    stored(over.or(steps.last()).map_or(steps[0].at, |step| step.at))
}

fn priority(number: Option<u8>) -> Option<Priority> {
    Priority::try_from(number?).ok()
}

/// An instant as the database keeps it, in whole microseconds.
fn stored(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).expect("a part of a valid instant is one")
}

/// A subject for lists: the log's own, else the case's key.
pub(super) fn subject(case: &Case) -> String {
    let words =
        case.subject.as_ref().map_or_else(|| case.key.clone(), |subject| format!("{subject} ({})", case.key));
    match words.char_indices().nth(SUBJECT_MOST) {
        Some((end, _)) => words[..end].to_owned(),
        None => words,
    }
}

const SUBJECT_MOST: usize = 200;

/// Shared words stay shared.
pub(super) fn activity(step: &Step) -> Arc<str> {
    Arc::clone(&step.activity)
}

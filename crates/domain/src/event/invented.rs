//! Invented events for tests: sentences by hand, and random lives, lawful and lawless.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Actor, Closing, Detail, Event, Fact, Opening, Side, WaitOn};
use crate::affiliation::Class;
use crate::id::{
    EventId, MessageId, NoteId, OrganisationId, PersonId, ReasonId, ServiceId, TagId, TicketId, UnitId,
};
use crate::link::Link;
use crate::priority::{Matrix, Priority};
use crate::service::{Audience, Service};
use crate::ticket::{Kind, Ticket};

/// The ticket that stories are about, and two hand-offs asked on its behalf.
pub(crate) const TICKET: TicketId = TicketId(1);
pub(crate) const HANDOFFS: [TicketId; 2] = [TicketId(2), TicketId(3)];

pub(crate) fn minute(number: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(number)
}

/// Opened with a message of person 1, in the queue of `unit`.
pub(crate) fn opening(unit: i64) -> Opening {
    Opening {
        number: 1,
        kind: Kind::Incident,
        service: ServiceId(1),
        unit: UnitId(unit),
        person: None,
        requester: PersonId(1),
        beneficiary: PersonId(1),
        payer: None,
        organisation: None,
        asking_unit: None,
        class: Class::Internal,
        priority: Priority::P3,
        outbound: false,
        message: Some(MessageId(1)),
    }
}

pub(crate) fn event(id: i64, at: Timestamp, ticket: TicketId, fact: Fact) -> Event {
    let parent = HANDOFFS.contains(&ticket).then_some(TICKET);
    Event { id: EventId(id), at, actor: Actor::Person(PersonId(9)), ticket, parent, fact }
}

/// Events by minute: the opening at 0, then these.
pub(crate) fn told(facts: &[(i64, TicketId, Fact)]) -> Vec<Event> {
    let mut events = vec![event(0, minute(0), TICKET, Fact::Opened(opening(1)))];
    for (id, (at, ticket, fact)) in (1..).zip(facts) {
        events.push(event(id, minute(*at), *ticket, fact.clone()));
    }
    events
}

pub(crate) const fn said(side: Side) -> Fact {
    Fact::Replied { message: MessageId(2), side, automatic: false }
}

pub(crate) const fn automatic(side: Side) -> Fact {
    Fact::Replied { message: MessageId(3), side, automatic: true }
}

pub(crate) const fn waits(on: WaitOn) -> Fact {
    Fact::WaitStarted { on, message: None }
}

pub(crate) const fn assigned(person: Option<i64>) -> Fact {
    Fact::Assigned {
        person: match person {
            Some(person) => Some(PersonId(person)),
            None => None,
        },
    }
}

pub(crate) const fn moved(unit: i64) -> Fact {
    Fact::Transferred { unit: UnitId(unit), person: None, reason: None }
}

pub(crate) const fn solved() -> Fact {
    Fact::Solved { message: None, overriding: None }
}

pub(crate) const fn reopened(side: Side) -> Fact {
    Fact::Reopened { side, reason: None }
}

pub(crate) const fn closed(how: Closing) -> Fact {
    Fact::Closed { how, rating: None, reason: None }
}

pub(crate) const fn escalated(unit: i64) -> Fact {
    Fact::Escalated { unit: UnitId(unit), reason: None }
}

/// Captive for insiders, with a neutral owner, 14 days to reopen and 5 until it closes by itself.
pub(crate) fn captive_service() -> Service {
    Service {
        id: ServiceId(1),
        unit: UnitId(1),
        audience: Audience { internal: true, connected: false, external: false },
        captive: true,
        confidential: false,
        finishing_allowance: SignedDuration::from_hours(1),
        matrix: Matrix::default(),
        reopen_days: 14,
        close_days: 5,
        neutral_owner: Some(UnitId(3)),
    }
}

pub(crate) const fn linked(link: Link) -> Fact {
    Fact::Detailed(Detail::Linked { link, ticket: TicketId(9), message: None })
}

fn lost() -> super::Carried {
    super::Carried::message(MessageId(2), crate::id::OutgoingId(1))
}

fn sides() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Serving), Just(Side::Requesting)]
}

fn waited_on() -> impl Strategy<Value = WaitOn> {
    prop_oneof![
        3 => Just(WaitOn::Requester),
        2 => Just(WaitOn::Supplier(OrganisationId(1))),
        3 => (0..60_i64).prop_map(|until| WaitOn::Agreed { until: minute(until) }),
    ]
}

fn closings() -> impl Strategy<Value = Closing> {
    prop::sample::select(Closing::ALL)
}

fn facts() -> impl Strategy<Value = Fact> {
    prop_oneof![
        2 => (1..4_i64).prop_map(moved),
        2 => prop::option::of(5..7_i64).prop_map(assigned),
        4 => sides().prop_map(said),
        1 => sides().prop_map(automatic),
        4 => waited_on().prop_map(waits),
        1 => Just(Fact::WaitEnded),
        2 => Just(solved()),
        2 => sides().prop_map(reopened),
        1 => closings().prop_map(closed),
        1 => (1..4_i64).prop_map(escalated),
        1 => Just(Fact::Noted { note: NoteId(1) }),
        1 => any::<bool>().prop_map(|given_up| Fact::Bounced { what: lost(), given_up }),
        1 => Just(Fact::Detailed(Detail::SentAgain { what: lost() })),
        1 => Just(Fact::Logged),
        1 => Just(Fact::Detailed(Detail::TagAdded { tag: TagId(1) })),
        1 => Just(linked(Link::RelatesTo)),
        1 => Just(Fact::Detailed(Detail::StatusCleared)),
        2 => (0..60_i64).prop_map(|until| Fact::Snoozed { until: minute(until) }),
        1 => Just(Fact::Woken),
        1 => Just(Fact::Detailed(Detail::MacroRan { id: crate::id::MacroId(1), name: "Refund".to_owned() })),
        1 => Just(Fact::Opened(opening(2))),
        2 => Just(Fact::Asked(opening(2))),
    ]
}

/// Anything in any order: hand-offs closed before they were asked, waits on closed tickets, time
/// that runs backwards, strangers' events. Somewhere in it the ticket is opened.
pub(crate) fn lawless() -> impl Strategy<Value = Vec<Event>> {
    let tickets = prop_oneof![
        6 => Just(TICKET),
        2 => prop::sample::select(&HANDOFFS[..]),
        1 => Just(TicketId(9)),
    ];
    let steps = prop::collection::vec((-1..5_i64, tickets, facts()), 0..24);
    (steps, 0..3_usize).prop_map(|(mut steps, before)| {
        let before = before.min(steps.len());
        steps.insert(before, (0, TICKET, Fact::Opened(opening(1))));
        let mut now = 0;
        let step = |(id, (wait, ticket, fact)): (i64, (i64, TicketId, Fact))| {
            now += wait;
            event(id, minute(now), ticket, fact)
        };
        (0..).zip(steps).map(step).collect()
    })
}

/// Only what the rules of a ticket allow, in order of time.
pub(crate) fn lawful() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec((0..5_i64, facts(), any::<bool>()), 0..24).prop_map(|steps| {
        let mut events = told(&[]);
        let mut now = 0;
        for (wait, wanted, first) in steps {
            now += wait;
            let ticket = Ticket::fold(TICKET, &events).expect("it was opened");
            let handoff = HANDOFFS[usize::from(first)];
            if let Some((on, fact)) = permitted(&ticket, handoff, wanted, minute(now)) {
                events.push(event(i64::try_from(events.len()).unwrap(), minute(now), on, fact));
            }
        }
        events
    })
}

fn permitted(ticket: &Ticket, handoff: TicketId, wanted: Fact, now: Timestamp) -> Option<(TicketId, Fact)> {
    let service = captive_service();
    let fact = match wanted {
        Fact::Transferred { unit, .. } => ticket.transfer(unit, None).ok()?,
        Fact::Assigned { person } => ticket.assign(person).ok()?,
        Fact::WaitStarted { on, .. } => ticket.wait(on, Some(MessageId(4)), now).ok()?,
        Fact::WaitEnded => ticket.resume().ok()?,
        Fact::Solved { .. } => ticket.solve(None, Some(ReasonId(1))).ok()?,
        Fact::Reopened { side, .. } => ticket.reopen(side, None, &service, now).ok()?,
        Fact::Closed { how, .. } if ticket.handoffs.is_empty() => ticket.close(how, &service, now).ok()?,
        Fact::Closed { .. } => return Some((ticket.handoffs[0], closed(Closing::Accepted))),
        Fact::Escalated { .. } => ticket.escalate(&service, None).ok()?,
        Fact::Asked(asked) => {
            ticket.must_be_open().ok().filter(|()| !ticket.handoffs.contains(&handoff))?;
            return Some((handoff, Fact::Asked(asked)));
        }
        Fact::Opened(_)
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::TookIn { .. }
        | Fact::GaveBack { .. } => return None,
        Fact::Snoozed { until } => ticket.snooze(until, now).ok()?,
        Fact::Woken => ticket.wake_up().ok()?,
        Fact::Replied { .. }
        | Fact::Noted { .. }
        | Fact::PriorityChanged { .. }
        | Fact::ServiceChanged { .. }
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Released { .. }
        | Fact::Bounced { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Rated { .. }
        | Fact::Renewed
        | Fact::Detailed(_)
        | Fact::Logged => wanted,
    };
    Some((TICKET, fact))
}

/// What was true in one minute, found by looking back from it and never by stepping forward.
pub(crate) struct Oracle<'a> {
    past: Vec<(Timestamp, &'a Event)>,
    at: Timestamp,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Stage {
    Open,
    Solved,
    Closed,
}

impl<'a> Oracle<'a> {
    /// `None` before the opening.
    pub(crate) fn at(events: &'a [Event], at: Timestamp) -> Option<Self> {
        let begins =
            |event: &Event| event.ticket == TICKET && matches!(event.fact, Fact::Opened(_) | Fact::Asked(_));
        let first = events.iter().position(begins)?;
        let blocks = |event: &Event| {
            HANDOFFS.contains(&event.ticket) && matches!(event.fact, Fact::Asked(_) | Fact::Closed { .. })
        };
        let known: Vec<_> = events[first..]
            .iter()
            .filter(|event| (event.ticket == TICKET && !event.fact.is_aside()) || blocks(event))
            .collect();
        let counts_at = |index: usize| known[..=index].iter().map(|event| event.at).max().unwrap();
        let past: Vec<_> = (0..known.len())
            .map(|index| (counts_at(index), known[index]))
            .filter(|(counts_at, _)| *counts_at <= at)
            .collect();
        (!past.is_empty()).then_some(Self { past, at })
    }

    /// The last of the ticket's own events, among the first `among`, that `matching` accepts.
    fn last(&self, among: usize, matching: impl Fn(&Fact) -> bool) -> Option<usize> {
        self.past[..among].iter().rposition(|(_, event)| event.ticket == TICKET && matching(&event.fact))
    }

    /// How it stood after the first `among` events.
    pub(crate) fn stage(&self, among: usize) -> Stage {
        let opener = self
            .last(among, |fact| matches!(fact, Fact::Reopened { .. } | Fact::Escalated { .. }))
            .unwrap_or_default();
        let ended = |fact: &Fact| matches!(fact, Fact::Solved { .. } | Fact::Closed { .. });
        match self.last(among, ended) {
            None => Stage::Open,
            Some(end) if end < opener => Stage::Open,
            Some(_) => match self.last(among, |fact| matches!(fact, Fact::Closed { .. })) {
                Some(end) if opener <= end => Stage::Closed,
                _ => Stage::Solved,
            },
        }
    }

    pub(crate) fn now(&self) -> Stage {
        self.stage(self.past.len())
    }

    /// The event that began the life it is in.
    fn life(&self) -> usize {
        (0..=self.past.len()).rev().find(|among| self.stage(*among) != Stage::Open).unwrap_or_default()
    }

    /// The hand-offs that block it, by id.
    pub(crate) fn blocked_by(&self) -> Vec<TicketId> {
        let asked = |handoff: TicketId| {
            let own = |(_, event): &(Timestamp, &Event)| event.ticket == handoff;
            let asked = |entry: &(Timestamp, &Event)| own(entry) && matches!(entry.1.fact, Fact::Asked(_));
            let Some(index) = self.past.iter().rposition(asked) else { return false };
            let closed =
                |entry: &(Timestamp, &Event)| own(entry) && matches!(entry.1.fact, Fact::Closed { .. });
            self.life() < index && !self.past[index..].iter().any(closed)
        };
        let mut blocking: Vec<_> = HANDOFFS.into_iter().filter(|handoff| asked(*handoff)).collect();
        blocking.sort();
        blocking
    }

    /// What an agent set it to wait for.
    pub(crate) fn waiting(&self) -> Option<WaitOn> {
        let end = self.past.len();
        let start = self.last(end, |fact| matches!(fact, Fact::WaitStarted { .. }))?;
        let Fact::WaitStarted { on, .. } = self.past[start].1.fact else { return None };
        let after = |matching: fn(&Fact) -> bool| self.last(end, matching).is_some_and(|last| last > start);
        let spoken = after(|fact| {
            matches!(
                fact,
                Fact::Replied { side: Side::Requesting, automatic: false, .. } | Fact::Escalated { .. }
            )
        });
        let over = match on {
            WaitOn::Requester => spoken,
            WaitOn::Supplier(_) => false,
            WaitOn::Agreed { until } => until <= self.at,
        };
        let lives = self.life() <= start && self.stage(start) == Stage::Open && self.now() == Stage::Open;
        (lives && !over && !after(|fact| matches!(fact, Fact::WaitEnded))).then_some(on)
    }

    pub(crate) fn owner(&self) -> (UnitId, Option<PersonId>) {
        let end = self.past.len();
        let unit = self.last(end, |fact| matches!(fact, Fact::Transferred { .. } | Fact::Escalated { .. }));
        let person = self.last(end, |fact| {
            matches!(fact, Fact::Transferred { .. } | Fact::Escalated { .. } | Fact::Assigned { .. })
        });
        let unit = match &self.past[unit.unwrap_or_default()].1.fact {
            Fact::Transferred { unit, .. } | Fact::Escalated { unit, .. } => *unit,
            Fact::Opened(opening) | Fact::Asked(opening) => opening.unit,
            other => panic!("{} gives no unit", other.name()),
        };
        let person = match &self.past[person.unwrap_or_default()].1.fact {
            Fact::Transferred { person, .. } | Fact::Assigned { person } => *person,
            _ => None,
        };
        (unit, person)
    }

    /// A first response was given: by a reply, or by solving.
    pub(crate) fn responded(&self) -> bool {
        self.answered().is_some()
    }

    /// Somebody waits for a reply that is not the first.
    pub(crate) fn owes_a_reply(&self) -> bool {
        let Some(answered) = self.answered() else { return false };
        let asks = |index: usize| match self.past[index].1.fact {
            Fact::Replied { side: Side::Requesting, automatic: false, .. } | Fact::Escalated { .. } => true,
            Fact::Reopened { side: Side::Requesting, .. } => self.stage(index) != Stage::Open,
            _ => false,
        };
        self.now() == Stage::Open
            && (answered + 1..self.past.len()).any(|index| self.past[index].1.ticket == TICKET && asks(index))
    }

    fn answered(&self) -> Option<usize> {
        (0..self.past.len()).rev().find(|index| {
            let (_, event) = self.past[*index];
            event.ticket == TICKET
                && match event.fact {
                    Fact::Replied { side: Side::Serving, automatic: false, .. } => true,
                    Fact::Solved { .. } | Fact::Closed { .. } => self.stage(*index) == Stage::Open,
                    _ => false,
                }
        })
    }
}

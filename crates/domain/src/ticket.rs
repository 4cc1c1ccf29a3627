//! A ticket as its events leave it, and what may be done with it next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::affiliation::Class;
use crate::event::{Actor, Carried, Closing, Event, Fact, Opening, Side, Unanswered, WaitOn};
use crate::id::{MessageId, OrganisationId, PersonId, ServiceId, TicketId, UnitId};
use crate::news::News;
use crate::priority::Priority;
use crate::status::Stands;
use crate::word::words;

mod bounced;
pub mod merge;
pub mod offers;
pub mod rules;
pub mod standing;

/// What somebody asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Question,
    Request,
    Incident,
    Problem,
    Complaint,
    Compliment,
    Suggestion,
}

words!(Kind {
    Question = "question",
    Request = "request",
    Incident = "incident",
    Problem = "problem",
    Complaint = "complaint",
    Compliment = "compliment",
    Suggestion = "suggestion",
});
words!(State { Open = "open", Solved = "solved", Closed = "closed" });

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    /// The serving side is done; on a hand-off: delivered.
    Solved,
    /// On a hand-off: accepted or withdrawn.
    Closed,
}

/// Everything about a ticket that follows from its events without knowing the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    /// The ticket on whose behalf this hand-off was asked.
    pub parent: Option<TicketId>,
    pub opening: Opening,
    /// As it was opened, or as somebody corrected it.
    pub kind: Kind,
    pub service: ServiceId,
    pub priority: Priority,
    pub unit: UnitId,
    pub person: Option<PersonId>,
    pub state: State,
    /// What an agent set it to wait for; hand-offs are counted apart. An agreed date stays here
    /// when it has passed: only [`crate::custody`] knows the time.
    pub waiting: Option<WaitOn>,
    /// Hand-offs that block it now.
    pub handoffs: Vec<TicketId>,
    pub opened_at: Timestamp,
    /// When the promises and calendars held under which it counts: its opening, or a renewal.
    pub promised_at: Timestamp,
    pub changed_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub closing: Option<Closing>,
    pub rating: Option<u8>,
    pub reopened: u32,
    pub escalated: bool,
    /// The oldest message of the requester's side that nobody answered.
    pub unanswered_since: Option<Timestamp>,
    /// Who said the last public thing that was not automatic.
    pub last_side: Option<Side>,
    /// The last of our messages that went out to the requester's side.
    pub outward: Option<MessageId>,
    /// Mails that came back or were given up and were not sent once more.
    pub lost: Vec<Carried>,
    pub news: News,
    /// The ticket that goes on with it.
    pub merged_into: Option<TicketId>,
    /// Tickets that were merged into it, in their order.
    pub took_in: Vec<TicketId>,
    /// Out of sight until then; only while it is open.
    pub snoozed_until: Option<Timestamp>,
    /// When the time came or something came in while it was out of sight; until somebody attends to it.
    pub woken_at: Option<Timestamp>,
    /// The status of one's own that says where it stands; none when only the plain word does.
    pub status: Option<Stands>,
    pub events: u32,
}

impl Ticket {
    /// Folds events, oldest first: those of the ticket and of the hand-offs that block it.
    /// Returns `None` when it was never opened.
    #[must_use]
    pub fn fold(id: TicketId, events: &[Event]) -> Option<Self> {
        let mut ticket: Option<Self> = None;
        for event in events {
            match (&mut ticket, &event.fact) {
                (None, Fact::Opened(opening) | Fact::Asked(opening)) if event.ticket == id => {
                    ticket = Some(Self::opened(event, opening.clone()));
                }
                (None, _) => {}
                (Some(ticket), _) => ticket.apply(event),
            }
        }
        ticket
    }

    #[must_use]
    pub const fn is_handoff(&self) -> bool {
        self.parent.is_some()
    }

    #[must_use]
    pub const fn requester(&self) -> PersonId {
        self.opening.requester
    }

    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        self.opening.organisation
    }

    #[must_use]
    pub const fn class(&self) -> Class {
        self.opening.class
    }

    /// The people on the requester's side.
    pub fn requesting(&self) -> impl Iterator<Item = PersonId> {
        let Opening { requester, beneficiary, payer, .. } = self.opening;
        [Some(requester), Some(beneficiary).filter(|person| *person != requester), payer]
            .into_iter()
            .flatten()
    }

    /// Applies the next event of this ticket or of a hand-off that blocks it.
    pub fn apply(&mut self, event: &Event) {
        let category = self.category();
        self.step(event);
        // What is said of where it stood is not true of where it stands.
        if self.category() != category {
            self.status = None;
        }
    }

    fn step(&mut self, event: &Event) {
        self.news.hear(self.id, event);
        if event.ticket == self.id && event.fact.is_aside() {
            return self.apply_aside(event);
        }
        if !crate::custody::matters(self.id, event) {
            return;
        }
        let at = event.at.max(self.changed_at);
        self.changed_at = at;
        if event.ticket != self.id {
            return self.apply_handoff(event);
        }
        self.events += 1;
        match &event.fact {
            Fact::Transferred { unit, person, .. } => {
                (self.unit, self.person) = (*unit, *person);
                self.attended();
            }
            Fact::Assigned { person } => {
                self.person = *person;
                self.attended();
            }
            Fact::Replied { automatic: true, .. } => {}
            Fact::Replied { side, message, .. } => self.replied(at, *side, *message),
            Fact::WaitStarted { on, .. } if self.state == State::Open => {
                self.waiting = Some(*on);
                self.woken_at = None;
            }
            Fact::WaitEnded => self.waiting = None,
            Fact::Solved { .. } => self.mark_solved(at),
            Fact::Reopened { side, .. } => {
                if self.mark_reopened() && *side == Side::Requesting {
                    self.said(at, *side);
                }
            }
            Fact::Closed { how, rating, .. } if self.mark_closed(at, *how) => {
                // Who accepts may have said before how it went.
                self.rating = rating.or(self.rating);
            }
            Fact::PriorityChanged { priority, .. } => self.priority = *priority,
            Fact::ServiceChanged { service } => self.service = *service,
            Fact::Escalated { unit, .. } => {
                self.mark_reopened();
                self.said(at, Side::Requesting);
                (self.unit, self.person) = (*unit, None);
                self.escalated = true;
            }
            Fact::Renewed => self.promised_at = at,
            Fact::MergedInto { ticket } => self.mark_merged(at, *ticket),
            Fact::TookIn { ticket, unanswered } => self.take_in(at, *ticket, *unanswered),
            Fact::Rated { rating, .. } if self.state != State::Open => self.rating = Some(*rating),
            Fact::StrangerWrote { .. } => self.wake(at),
            Fact::Bounced { what, .. } => self.came_back(at, *what),
            Fact::Detailed(detail) => self.detail(detail),
            Fact::WaitStarted { .. }
            | Fact::Closed { .. }
            | Fact::Opened(_)
            | Fact::Asked(_)
            | Fact::Noted { .. }
            | Fact::TakenBack { .. }
            | Fact::Undone { .. }
            | Fact::Released { .. }
            | Fact::CopyAdded { .. }
            | Fact::CopyEnded { .. }
            | Fact::Rated { .. }
            | Fact::Snoozed { .. }
            | Fact::Woken
            | Fact::Unmerged { .. }
            | Fact::GaveBack { .. }
            | Fact::Logged => {}
        }
    }

    fn opened(event: &Event, opening: Opening) -> Self {
        let mut news = News::default();
        news.hear(event.ticket, event);
        Self {
            id: event.ticket,
            parent: event.parent,
            kind: opening.kind,
            service: opening.service,
            priority: opening.priority,
            unit: opening.unit,
            person: opening.person,
            state: State::Open,
            waiting: None,
            handoffs: Vec::new(),
            opened_at: event.at,
            promised_at: event.at,
            changed_at: event.at,
            solved_at: None,
            closed_at: None,
            closing: None,
            rating: None,
            reopened: 0,
            escalated: false,
            unanswered_since: opening.message.map(|_| event.at),
            last_side: opening.message.map(|_| Side::Requesting),
            outward: None,
            lost: Vec::new(),
            news,
            merged_into: None,
            took_in: Vec::new(),
            snoozed_until: None,
            woken_at: None,
            status: None,
            events: 1,
            opening,
        }
    }

    fn apply_handoff(&mut self, event: &Event) {
        match &event.fact {
            Fact::Asked(_) if self.state == State::Open && !self.handoffs.contains(&event.ticket) => {
                self.handoffs.push(event.ticket);
            }
            Fact::Closed { .. } => {
                self.handoffs.retain(|handoff| *handoff != event.ticket);
                self.wake(event.at);
            }
            _ => {}
        }
    }

    /// It is not as if the ticket had changed: nobody said or did anything about the matter.
    fn apply_aside(&mut self, event: &Event) {
        self.events += 1;
        match &event.fact {
            Fact::Snoozed { until } if self.state == State::Open => {
                self.snoozed_until = Some(*until);
                self.woken_at = None;
            }
            // Whoever wakes it themselves need not be told that it woke.
            Fact::Woken if event.actor == Actor::Desk => self.wake(event.at),
            Fact::Woken => self.snoozed_until = None,
            _ => {}
        }
    }

    /// Something came in, or the time did.
    fn wake(&mut self, at: Timestamp) {
        if self.snoozed_until.take().is_some() {
            self.woken_at = Some(at);
        }
    }

    /// Somebody has it in their hands now.
    const fn attended(&mut self) {
        self.snoozed_until = None;
        self.woken_at = None;
    }

    fn said(&mut self, at: Timestamp, side: Side) {
        self.last_side = Some(side);
        match side {
            Side::Serving => {
                self.unanswered_since = None;
                self.woken_at = None;
            }
            Side::Requesting => {
                self.wake(at);
                self.unanswered_since.get_or_insert(at);
                if self.waiting == Some(WaitOn::Requester) {
                    self.waiting = None;
                }
            }
        }
    }

    fn mark_solved(&mut self, at: Timestamp) {
        if self.state != State::Open {
            return;
        }
        self.state = State::Solved;
        self.solved_at = Some(at);
        self.waiting = None;
        self.handoffs.clear();
        self.attended();
    }

    /// Whether it was not closed until now.
    fn mark_closed(&mut self, at: Timestamp, how: Closing) -> bool {
        if self.state == State::Closed {
            return false;
        }
        self.mark_solved(at);
        self.state = State::Closed;
        self.closed_at = Some(at);
        self.closing = Some(how);
        true
    }

    /// It ends here, and nobody solved it.
    fn mark_merged(&mut self, at: Timestamp, into: TicketId) {
        if self.mark_closed(at, Closing::Merged) {
            self.merged_into = Some(into);
            self.status = None;
        }
    }

    fn take_in(&mut self, at: Timestamp, ticket: TicketId, unanswered: Option<Unanswered>) {
        self.took_in.push(ticket);
        if let Some(unanswered) = unanswered {
            self.said(at, Side::Requesting);
            self.unanswered_since = self.unanswered_since.min(Some(unanswered.since));
        }
    }

    /// Whether it was solved or closed until now.
    fn mark_reopened(&mut self) -> bool {
        if self.state == State::Open {
            return false;
        }
        self.state = State::Open;
        self.solved_at = None;
        self.closed_at = None;
        self.closing = None;
        self.merged_into = None;
        self.rating = None;
        self.reopened += 1;
        true
    }
}

#[cfg(test)]
mod tests;

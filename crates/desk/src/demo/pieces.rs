//! What goes on at the moment somebody looks: one ticket in every state, minutes or hours old.

mod chains;
mod estate;
mod house;
mod inside;
mod matters;
mod tend;

use std::collections::BTreeMap;

use domain::event::WaitOn;
use domain::id::{MessageId, PersonId, TicketId};
use domain::priority::Priority;
use domain::ticket::Kind;
use jiff::SignedDuration;
use store::message::Channel;

use super::floor::Floor;
use super::offers::Offer;
use crate::act::Act;
use crate::open::{Open, Urgency};
use crate::reply::{Answered, Then};
use crate::words::{Body, Subject};
use crate::{DeskError, assign, close, escalate, handoff, note, open, reply, solve, wait};
use tend::Tend;

pub(super) fn all() -> Vec<Piece> {
    let pieces = [
        matters::stairwell(),
        matters::queue_of_help(),
        matters::pool_heater(),
        matters::supplier_wait(),
        matters::agreed_date(),
        matters::quote(),
        matters::breached_and_nearly(),
        chains::chain_in_progress(),
        chains::delivered_and_returned(),
        inside::locker(),
        inside::agent_as_customer(),
        inside::tablet(),
        inside::in_confidence(),
        inside::second_pallet(),
        estate::frost(),
        estate::annex(),
        estate::the_same_again(),
        estate::pallet(),
        house::labels(),
        house::loading_door(),
        house::new_colleague(),
        house::vans(),
    ];
    pieces.into_iter().map(Piece::new).collect()
}

/// A short story told in lines, with the tickets it made so far.
pub(super) struct Piece {
    pub lines: Vec<Line>,
    tickets: BTreeMap<&'static str, TicketId>,
    /// What the requester of each wrote last.
    written: BTreeMap<TicketId, MessageId>,
}

/// One thing that somebody does so long before now.
pub(super) struct Line {
    pub before: SignedDuration,
    who: &'static str,
    ticket: &'static str,
    does: Does,
}

enum Does {
    Open { offer: Offer, kind: Kind, priority: Priority, subject: &'static str, body: &'static str },
    Take,
    Reply(&'static str),
    AskBack(&'static str),
    Write(&'static str),
    Note(&'static str),
    Ask { handoff: &'static str, offer: Offer, subject: &'static str, body: &'static str },
    Deliver(&'static str),
    Return(&'static str),
    Accept(u8, &'static str),
    Supplier(usize),
    Agree { words: &'static str, hours: i64 },
    Solve(&'static str),
    AcceptSolved,
    Escalate(&'static str),
    Tend(Tend),
}

/// The ticket that most lines of a piece are about.
const IT: &str = "";

const fn line(minutes: i64, who: &'static str, does: Does) -> Line {
    on(minutes, who, IT, does)
}

const fn on(minutes: i64, who: &'static str, ticket: &'static str, does: Does) -> Line {
    Line { before: SignedDuration::from_mins(minutes), who, ticket, does }
}

const fn asked(
    offer: Offer,
    kind: Kind,
    priority: Priority,
    subject: &'static str,
    body: &'static str,
) -> Does {
    Does::Open { offer, kind, priority, subject, body }
}

impl Floor {
    /// Does one line of a piece.
    pub(super) fn play(&mut self, act: &mut Act, piece: usize, line: usize) -> Result<(), DeskError> {
        let Line { who, ticket, .. } = self.pieces[piece].lines[line];
        let person = self.person(who).ok_or(DeskError::NotFound)?;
        let does = &self.pieces[piece].lines[line].does;
        if let Does::Open { offer, kind, priority, subject, body } = does {
            let asked = Open {
                service: self.world.services[offer],
                kind: *kind,
                subject: Subject::parse(subject)?,
                body: Body::parse(body)?,
                requester: person,
                beneficiary: None,
                payer: None,
                urgency: Urgency::Set(*priority),
                channel: Channel::Portal,
                files: Vec::new(),
            };
            let viewer = self.become_person(act, person)?;
            let opened = open::run(act, &viewer, &asked)?;
            self.pieces[piece].tickets.insert(ticket, opened.id);
            self.opened += 1;
            return Ok(());
        }
        let id = self.pieces[piece].tickets[ticket];
        if let Does::Ask { handoff: name, offer, subject, body } = does {
            let asking = handoff::Asking {
                service: self.world.services[offer],
                subject: Subject::parse(subject)?,
                body: Body::parse(body)?,
                priority: None,
                files: Vec::new(),
                typed: Default::default(),
            };
            let name = *name;
            let granted = self.serve(act, person, id)?;
            let opened = handoff::ask(act, granted, &asking)?;
            self.pieces[piece].tickets.insert(name, opened.id);
            self.handoffs_in_pieces += 1;
            return Ok(());
        }
        self.go_through(act, piece, line, person, id)
    }

    fn go_through(
        &mut self,
        act: &mut Act,
        piece: usize,
        line: usize,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<(), DeskError> {
        match self.pieces[piece].lines[line].does {
            Does::Open { .. } | Does::Ask { .. } => Ok(()),
            Does::Take => {
                let granted = self.serve(act, person, ticket)?;
                assign::take(act, granted)
            }
            Does::Reply(text) => {
                let granted = self.serve(act, person, ticket)?;
                reply::serve(act, granted, &Body::parse(text)?, Then::Stay).map(|_| ())
            }
            Does::AskBack(text) => {
                let granted = self.serve(act, person, ticket)?;
                reply::serve(act, granted, &Body::parse(text)?, Then::WaitForRequester).map(|_| ())
            }
            Does::Write(text) => {
                let granted = self.request(act, person, ticket)?;
                let said = reply::request(act, granted, &Body::parse(text)?, Channel::Portal)?;
                if let Answered::Here(message) = said {
                    self.pieces[piece].written.insert(ticket, message);
                }
                Ok(())
            }
            Does::Note(text) => {
                let granted = self.annotate(act, person, ticket)?;
                note::run(act, granted, &Body::parse(text)?).map(|_| ())
            }
            Does::Deliver(text) => {
                let granted = self.serve(act, person, ticket)?;
                handoff::deliver(act, granted, &Body::parse(text)?).map(|_| ())
            }
            Does::Return(reason) => {
                let granted = self.asker(act, person, ticket)?;
                handoff::hand_back(act, granted, reason)
            }
            Does::Accept(rating, reason) => {
                let granted = self.asker(act, person, ticket)?;
                handoff::accept(act, granted, Some(rating), reason)
            }
            Does::Supplier(which) => {
                let organisation = self.world.suppliers[which];
                let granted = self.serve(act, person, ticket)?;
                wait::start(act, granted, WaitOn::Supplier(organisation), None)
            }
            Does::Agree { words, hours } => {
                let granted = self.serve(act, person, ticket)?;
                let message = reply::serve(act, granted, &Body::parse(words)?, Then::Stay)?;
                let until = act.now + SignedDuration::from_hours(hours);
                wait::start(act, granted, WaitOn::Agreed { until }, Some(message))
            }
            Does::Solve(text) => {
                let granted = self.serve(act, person, ticket)?;
                let message = reply::serve(act, granted, &Body::parse(text)?, Then::Stay)?;
                solve::run(act, granted, Some(message), "")
            }
            Does::AcceptSolved => {
                let granted = self.request(act, person, ticket)?;
                close::accept(act, granted)
            }
            Does::Escalate(reason) => {
                let granted = self.request(act, person, ticket)?;
                escalate::run(act, granted, reason)
            }
            Does::Tend(_) => self.tend(act, (piece, line), person, ticket),
        }
    }

    /// Somebody of the staff or among those who ask, by name.
    fn person(&self, name: &str) -> Option<PersonId> {
        self.world.named(name).map(|somebody| somebody.person)
    }
}

//! What people do with a ticket besides speaking about it: links, steps, time, fields, texts, and out of sight.

use domain::id::{PersonId, TicketId};
use domain::link::Link;
use jiff::SignedDuration;

use super::Piece;
use crate::act::{Act, Look};
use crate::demo::floor::Floor;
use crate::demo::offers::Offer;
use crate::macros::Said;
use crate::spent::Typed;
use crate::words::Subject;
use crate::{DeskError, checklist, custom, link, macros, merge, snooze, spent, split, status, tag};

pub(super) enum Tend {
    /// What it is to another ticket of the same piece.
    Link(Link, &'static str),
    /// It goes on in another ticket of the same piece.
    Merge {
        into: &'static str,
    },
    /// What was written last begins a ticket of its own.
    Split {
        name: &'static str,
        offer: Offer,
        subject: &'static str,
    },
    /// Steps in lines; those that are usual for its service when there are none.
    Steps(&'static str),
    /// As many of its first steps as are done.
    Ticked(usize),
    Spent(&'static str, &'static str),
    Snooze {
        hours: i64,
    },
    /// What stands in the field of a key.
    Field(&'static str, &'static str),
    Tag(&'static str),
    /// The status of a name, where it stands anyway.
    Status(&'static str),
    /// The macro of a name, as it was written.
    Macro(&'static str),
}

impl Floor {
    pub(super) fn tend(
        &mut self,
        act: &mut Act,
        (piece, line): (usize, usize),
        person: PersonId,
        ticket: TicketId,
    ) -> Result<(), DeskError> {
        let super::Does::Tend(tend) = &self.pieces[piece].lines[line].does else { return Ok(()) };
        match *tend {
            Tend::Link(link, other) => {
                let (granted, other) = (self.serve(act, person, ticket)?, self.pieces[piece].tickets[other]);
                let viewer = self.become_person(act, person)?;
                let number = store::mail_thread::number_of(act.tx, other)?.ok_or(DeskError::NotFound)?;
                link::add(act, &viewer, granted, link, number)
            }
            Tend::Merge { into } => {
                let into = self.pieces[piece].tickets[into];
                let (from, into) = (self.serve(act, person, ticket)?, self.serve(act, person, into)?);
                merge::run(act, from, into)
            }
            Tend::Split { name, offer, subject } => {
                self.split(act, piece, person, ticket, (name, offer, subject))
            }
            Tend::Steps(lines) => self.steps(act, person, ticket, lines),
            Tend::Ticked(steps) => self.ticked(act, person, ticket, steps),
            Tend::Spent(time, note) => {
                let granted = self.annotate(act, person, ticket)?;
                let day = crate::demo::setup::day(act.now);
                let typed = Typed { time: time.to_owned(), day, note: note.to_owned() };
                spent::add(act, granted, &typed).map(drop)
            }
            Tend::Snooze { hours } => {
                let granted = self.serve(act, person, ticket)?;
                let until = act.now + SignedDuration::from_hours(hours);
                snooze::until(act, granted, until)
            }
            Tend::Field(key, answer) => {
                let granted = self.serve(act, person, ticket)?;
                let viewer = self.become_person(act, person)?;
                custom::answer(act, &viewer, granted, key, &[answer.to_owned()])
            }
            Tend::Tag(word) => {
                let granted = self.serve(act, person, ticket)?;
                let word = tag::parse("tag", word)?;
                tag::add(act, granted, &word)
            }
            Tend::Status(name) => {
                let granted = self.serve(act, person, ticket)?;
                let named = act.catalogue.statuses.iter().find(|status| status.name == name);
                let named = named.ok_or(DeskError::NotFound)?.id;
                status::set(act, granted, named, None)
            }
            Tend::Macro(name) => self.macro_named(act, person, ticket, name),
        }
    }

    fn split(
        &mut self,
        act: &mut Act,
        piece: usize,
        person: PersonId,
        ticket: TicketId,
        (name, offer, subject): (&'static str, Offer, &str),
    ) -> Result<(), DeskError> {
        let granted = self.serve(act, person, ticket)?;
        let viewer = self.become_person(act, person)?;
        let message = self.pieces[piece].written.get(&ticket).copied().ok_or(DeskError::NotFound)?;
        let (service, subject) = (self.world.services[&offer], Subject::parse(subject)?);
        let begun =
            split::run(act, &viewer, granted, &split::Split { message, service, subject, tells: false })?;
        self.pieces[piece].tickets.insert(name, begun.id);
        self.opened += 1;
        Ok(())
    }

    fn steps(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
        lines: &str,
    ) -> Result<(), DeskError> {
        let granted = self.annotate(act, person, ticket)?;
        let service = store::ticket::place(act.tx, ticket)?.ok_or(DeskError::NotFound)?.service;
        let usual = act.catalogue.usual_steps.get(&service).cloned().unwrap_or_default();
        checklist::add(act, granted, if lines.is_empty() { &usual } else { lines })
    }

    fn ticked(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
        steps: usize,
    ) -> Result<(), DeskError> {
        let granted = self.annotate(act, person, ticket)?;
        let reads = self.seen(act, person, ticket)?.read_inside().ok_or(DeskError::NotAllowed)?;
        let all = store::checklist::of_ticket(act.tx, &reads)?;
        for step in all.iter().take(steps) {
            checklist::tick(act, granted, step.id, true)?;
        }
        Ok(())
    }

    fn macro_named(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
        name: &str,
    ) -> Result<(), DeskError> {
        let viewer = self.become_person(act, person)?;
        let seen = self.seen(act, person, ticket)?;
        let kept = store::macros::of(act.tx, &viewer)?.into_iter().find(|kept| kept.name == name);
        let id = kept.ok_or(DeskError::NotFound)?.id;
        let (now, catalogue) = (act.now, std::sync::Arc::clone(&act.catalogue));
        let prepared = macros::prepare(&mut Look { tx: act.tx, now, catalogue }, &viewer, seen, id)?;
        let said =
            Said { reply: prepared.reply.unwrap_or_default(), note: prepared.note.unwrap_or_default() };
        macros::run(act, &viewer, seen, id, &said)?.map(drop).map_err(|stopped| *stopped.cause)
    }
}

impl Piece {
    pub(super) fn new(lines: Vec<super::Line>) -> Self {
        Self { lines, tickets: std::collections::BTreeMap::new(), written: std::collections::BTreeMap::new() }
    }
}

//! Hits as their viewer may read them: each is asked for like any ticket, and its text is read again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::id::{MessageId, NoteId, OrganisationId, PersonId, TicketId};
use domain::permission::{Relation, Viewer};
use jiff::Timestamp;
use store::access::{Granted, ReadInside, Seen};

use super::asked::Asked;
use super::find::Keep;
use super::index::Kind;
use super::query::Nearness;
use super::ranked::{Place, Ranked};
use super::snippet::{self, Piece};
use crate::DeskError;
use crate::act::Look;

/// Something that was found.
#[derive(Debug)]
pub struct Hit {
    pub what: What,
    /// Whether it has every word, or only comes close.
    pub nearness: Nearness,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub enum What {
    Ticket {
        number: i64,
        relation: Relation,
        subject: Vec<Piece>,
        /// Requester, organisation, address and phone number: only for those who read inside.
        requester: Vec<Piece>,
        /// Another ticket goes on with it.
        merged: bool,
    },
    Message {
        number: i64,
        relation: Relation,
        subject: String,
        message: MessageId,
        at: Timestamp,
        words: Vec<Piece>,
    },
    Note {
        number: i64,
        subject: String,
        note: NoteId,
        at: Timestamp,
        words: Vec<Piece>,
    },
    Person {
        person: PersonId,
        name: Vec<Piece>,
        reached: Vec<Piece>,
    },
    Organisation {
        organisation: OrganisationId,
        name: Vec<Piece>,
    },
}

/// How a text is marked.
#[derive(Clone, Copy)]
struct Marks<'a> {
    asked: &'a Asked,
    nearness: Nearness,
}

impl Marks<'_> {
    fn whole(&self, text: &str) -> Vec<Piece> {
        snippet::whole(text, self.asked, self.nearness)
    }

    fn around(&self, text: &str) -> Vec<Piece> {
        snippet::around(text, self.asked, self.nearness)
    }
}

/// Tickets that were asked for in this search, with their subjects: several hits are often on the same one.
pub(crate) type Known = BTreeMap<TicketId, Option<(Seen, Called)>>;

/// What a ticket is called, and whether another one goes on with it.
#[derive(Clone)]
pub(crate) struct Called {
    subject: String,
    merged: bool,
}

/// `None` when it is not, or no longer, for the viewer.
pub(crate) fn again(
    look: &mut Look,
    viewer: &Viewer,
    (kind, ranked): (Kind, Ranked),
    (asked, nearness): (&Asked, Nearness),
    (keep, known): (Keep, &mut Known),
) -> Result<Option<Hit>, DeskError> {
    let marks = Marks { asked, nearness };
    let what = match kind {
        Kind::Ticket | Kind::Message | Kind::Note => {
            let ticket = TicketId(ranked.thing);
            if let Entry::Vacant(place) = known.entry(ticket) {
                place.insert(seen(look, viewer, ticket, keep)?);
            }
            let Some(Some((seen, called))) = known.get(&ticket) else { return Ok(None) };
            of_ticket(look, *seen, called, kind, ranked.place.id, marks)?
        }
        Kind::Person if viewer.administrator => person(look, PersonId(ranked.thing), marks)?,
        Kind::Organisation if viewer.administrator => {
            organisation(look, OrganisationId(ranked.thing), marks)?
        }
        Kind::Person | Kind::Organisation => None,
    };
    Ok(what.map(|what| Hit { what, nearness, place: ranked.place }))
}

fn seen(
    look: &mut Look,
    viewer: &Viewer,
    ticket: TicketId,
    keep: Keep,
) -> Result<Option<(Seen, Called)>, DeskError> {
    let Some(seen) = store::access::by_id(look.tx, viewer, ticket, look.now)? else { return Ok(None) };
    if !keep(look.tx, &seen)? {
        return Ok(None);
    }
    let sheet = store::sheet::outside(look.tx, &seen.read())?;
    Ok(Some((seen, Called { subject: sheet.subject, merged: sheet.merged })))
}

fn of_ticket(
    look: &mut Look,
    seen: Seen,
    Called { subject, merged }: &Called,
    kind: Kind,
    id: i64,
    marks: Marks,
) -> Result<Option<What>, DeskError> {
    match (kind, seen.read_inside()) {
        (Kind::Ticket, inside) => {
            let requester = inside.map(|inside| requester(look, &inside)).transpose()?;
            Ok(Some(What::Ticket {
                number: seen.number,
                relation: seen.relation,
                subject: marks.whole(subject),
                requester: requester.map(|words| marks.whole(&words)).unwrap_or_default(),
                merged: *merged,
            }))
        }
        (Kind::Message, inside) => message(look, seen, inside.is_some(), MessageId(id), subject, marks),
        (Kind::Note, Some(inside)) => {
            let note = NoteId(id);
            let found = store::search::note(look.tx, &inside, note)?;
            Ok(found.map(|(at, body)| What::Note {
                number: seen.number,
                subject: subject.clone(),
                note,
                at,
                words: marks.around(&body),
            }))
        }
        (Kind::Note | Kind::Person | Kind::Organisation, _) => Ok(None),
    }
}

fn requester(look: &mut Look, granted: &Granted<ReadInside>) -> Result<String, DeskError> {
    let sheet = store::sheet::inside(look.tx, granted)?;
    let organisation = sheet.organisation.map(|(_, name)| name);
    let words = [Some(sheet.requester.name), organisation, sheet.requester.email, sheet.requester.phone];
    Ok(words.into_iter().flatten().chain(sheet.tags).collect::<Vec<_>>().join(" \u{b7} "))
}

/// A message that the requester's side does not have yet is found inside alone.
fn message(
    look: &mut Look,
    seen: Seen,
    reads_inside: bool,
    id: MessageId,
    subject: &str,
    marks: Marks,
) -> Result<Option<What>, DeskError> {
    if !reads_inside && store::message::is_held(look.tx, id, look.now)? {
        return Ok(None);
    }
    let found = store::message::by_id(look.tx, id, seen.ticket)?;
    Ok(found.map(|message| What::Message {
        number: seen.number,
        relation: seen.relation,
        subject: subject.to_owned(),
        message: id,
        at: message.at,
        words: marks.around(&message.body),
    }))
}

fn person(look: &mut Look, id: PersonId, marks: Marks) -> Result<Option<What>, DeskError> {
    let found = store::search::person(look.tx, id)?;
    Ok(found.map(|found| {
        let reached = [found.organisation, found.email, found.phone];
        What::Person {
            person: id,
            name: marks.whole(&found.name),
            reached: marks.whole(&reached.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")),
        }
    }))
}

fn organisation(look: &mut Look, id: OrganisationId, marks: Marks) -> Result<Option<What>, DeskError> {
    let found = store::search::organisation(look.tx, id)?;
    Ok(found.map(|(_, name, _)| What::Organisation { organisation: id, name: marks.whole(&name) }))
}

//! Tickets, people and organisations as documents of the index.

use std::collections::BTreeMap;

use domain::id::TicketId;
use jiff::Timestamp;
use store::search::{Party, Reach, Somebody, Spoken, Texts};

use super::SearchError;
use super::generation::Writing;
use super::index::{Document, Kind, Of};

/// Adds a ticket and all that was said on it, and remembers when to look at it again.
pub(crate) fn of_ticket(
    writing: &mut Writing,
    texts: &Texts,
    later: &mut BTreeMap<TicketId, Timestamp>,
) -> Result<(), SearchError> {
    let organisation = texts.organisation.as_deref().unwrap_or_default();
    let [both, inside] = &texts.answers;
    let beside = format!("{} {} {organisation}\n{both}", texts.number, texts.requester);
    let reached = [&texts.email, &texts.phone, &texts.tags].map(|way| way.as_deref().unwrap_or_default());
    let reached = format!("{}\n{inside}", reached.join("\n"));
    let ticket = Document {
        of: Of::Ticket(texts.id),
        kind: Kind::Ticket,
        id: texts.id.0,
        at: texts.changed_at,
        title: &texts.subject,
        text: &beside,
        contact: &reached,
        language: &texts.language,
        about: Some(&texts.about),
        inside: false,
    };
    writing.add(&ticket)?;
    for message in &texts.messages {
        let inside = match message.reach {
            Reach::Both => false,
            Reach::Inside => true,
            Reach::InsideUntil(until) => {
                let at = later.entry(texts.id).or_insert(until);
                *at = until.min(*at);
                true
            }
        };
        writing.add(&said(texts, Kind::Message, message.id.0, message, inside))?;
    }
    for note in &texts.notes {
        writing.add(&said(texts, Kind::Note, note.id.0, note, true))?;
    }
    Ok(())
}

fn said<'a, Id>(texts: &'a Texts, kind: Kind, id: i64, spoken: &'a Spoken<Id>, inside: bool) -> Document<'a> {
    Document {
        of: Of::Ticket(texts.id),
        kind,
        id,
        at: spoken.at,
        title: "",
        text: &spoken.body,
        contact: "",
        language: &texts.language,
        about: Some(&texts.about),
        inside,
    }
}

/// People are listed for administrators alone, so their addresses need no wall of their own.
pub(crate) fn of_person(writing: &mut Writing, person: &Somebody) -> Result<(), SearchError> {
    let beside = [&person.email, &person.phone, &person.organisation];
    let text = beside.map(|words| words.as_deref().unwrap_or_default()).join("\n");
    writing.add(&Document {
        of: Of::Person(person.id),
        kind: Kind::Person,
        id: person.id.0,
        at: person.created_at,
        title: &person.name,
        text: &text,
        contact: "",
        language: "",
        about: None,
        inside: false,
    })
}

pub(crate) fn of_organisation(writing: &mut Writing, (id, name, since): &Party) -> Result<(), SearchError> {
    writing.add(&Document {
        of: Of::Organisation(*id),
        kind: Kind::Organisation,
        id: id.0,
        at: *since,
        title: name,
        text: "",
        contact: "",
        language: "",
        about: None,
        inside: false,
    })
}

//! Who is named in a note is told, when they may read it; who may not is told nothing, and the note says so.

use domain::id::{NoteId, PersonId, TicketId};
use jiff::Timestamp;
use store::Tx;
use store::access::{Annotate, Granted};
use store::mention::Mention;

use crate::DeskError;
use crate::act::{Act, Look};

/// People of the same name who are looked at.
const MOST_ALIKE: i64 = 5;
/// People whose rights are asked for one list, and people on it.
const MOST_ASKED: i64 = 60;
const MOST_OFFERED: usize = 8;

/// Reads the names in a note that was just written.
pub(crate) fn keep(act: &mut Act, ticket: TicketId, note: NoteId, words: &str) -> Result<(), DeskError> {
    for readings in domain::mention::named(words) {
        for person in meant(act, ticket, &readings)? {
            let reached = reads(act.tx, person, ticket, act.now)?;
            store::mention::keep(act.tx, &Mention { note, person, reached })?;
            if reached {
                store::watch::begin(act.tx, ticket, person, act.now)?;
            }
        }
    }
    Ok(())
}

/// Reads the names in a note that was changed; gives those who are named there for the first time and read it.
pub(crate) fn again(
    act: &mut Act,
    ticket: TicketId,
    note: NoteId,
    words: &str,
) -> Result<Vec<PersonId>, DeskError> {
    let before = store::mention::reached(act.tx, note)?;
    store::mention::forget_unreached(act.tx, note)?;
    keep(act, ticket, note, words)?;
    let mut named = store::mention::reached(act.tx, note)?;
    named.retain(|person| !before.contains(person));
    Ok(named)
}

/// Who is meant by the longest reading that is somebody's. Of several with one name it is those who can read it.
fn meant(act: &mut Act, ticket: TicketId, readings: &[&str]) -> Result<Vec<PersonId>, DeskError> {
    for reading in readings {
        let mut people = if reading.contains('@') {
            let found = store::person::by_email(act.tx, &reading.to_lowercase())?;
            found.filter(|person| person.disabled_at.is_none()).map(|person| person.id).into_iter().collect()
        } else {
            store::mention::called(act.tx, reading, MOST_ALIKE)?
        };
        people.retain(|person| act.person() != Some(*person));
        if people.is_empty() {
            continue;
        }
        let mut readers = Vec::new();
        for person in &people {
            if reads(act.tx, *person, ticket, act.now)? {
                readers.push(*person);
            }
        }
        people.truncate(1);
        return Ok(if readers.is_empty() { people } else { readers });
    }
    Ok(Vec::new())
}

/// Whether somebody reads a ticket as its serving side does, today.
pub(crate) fn reads(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<bool, DeskError> {
    let Some(viewer) = store::access::viewer(tx, person)? else { return Ok(false) };
    Ok(store::access::by_id(tx, &viewer, ticket, now)?.is_some_and(|seen| seen.relation.reads_inside()))
}

/// People who may read a note on this ticket and whose name begins so; those of its unit when nothing was typed.
pub fn offered(look: &mut Look, granted: Granted<Annotate>, prefix: &str) -> Result<Vec<String>, DeskError> {
    let prefix = prefix.trim_start();
    let people = if prefix.is_empty() {
        let owner = store::ticket::owner_and_parent(look.tx, granted.ticket)?.ok_or(DeskError::NotFound)?.0;
        store::mention::serving_in(look.tx, owner, MOST_ASKED)?
    } else {
        store::mention::beginning_with(look.tx, prefix, MOST_ASKED)?
    };
    let mut names: Vec<String> = Vec::new();
    for (person, name) in people {
        if person != granted.viewer
            && !names.contains(&name)
            && reads(look.tx, person, granted.ticket, look.now)?
        {
            names.push(name);
        }
        if names.len() == MOST_OFFERED {
            break;
        }
    }
    Ok(names)
}

//! A ticket for somebody who called or stands at the desk: they are found by name, address or phone number, and what
//! they said is written down as theirs.

mod newcomer;

pub use newcomer::{Newcomer, introduce};

use domain::id::{PersonId, ServiceId, UploadId};
use domain::permission::Viewer;
use domain::ticket::Kind;
use store::Tx;
use store::history::{self, Whose};
use store::message::Channel;
use store::page::Names;
use store::person::Person;

use crate::act::{Act, Look};
use crate::custom::Typed;
use crate::open::{self, Open, Opened, Urgency};
use crate::search::{self, Search, digits};
use crate::words::{Body, Subject};
use crate::{DeskError, Problem};

/// The most people who are offered.
pub const MOST: usize = 20;
/// People of the directory among whom those are looked for whom the viewer may find.
const LOOKED: u16 = 100;
/// How somebody can have said it.
pub const CHANNELS: [Channel; 3] = [Channel::Phone, Channel::InPerson, Channel::Agent];

/// Whom an agent opens a ticket for, and what they said.
#[derive(Clone, Debug)]
pub struct Said {
    pub person: PersonId,
    /// The address or phone number under which they were found; empty for those whom the viewer serves.
    pub reached: String,
    pub service: ServiceId,
    pub kind: Kind,
    pub subject: Subject,
    pub body: Body,
    /// For whom and at whose cost, by address or name; empty for themselves.
    pub beneficiary: String,
    pub payer: String,
    pub urgency: Urgency,
    pub channel: Channel,
    pub files: Vec<UploadId>,
    /// What was typed into fields; those of other services are passed over.
    pub typed: Typed,
}

/// People who fit: of those whom the viewer serves by any word, of all others by their whole address or phone number,
/// which whoever calls says themselves. The time it takes grows with what fits; never run it on an async thread.
pub fn find(
    look: &mut Look,
    search: &Search,
    viewer: &Viewer,
    words: &str,
) -> Result<Vec<Person>, DeskError> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut people = Vec::new();
    people.extend(store::person::behind_email(look.tx, &words.to_lowercase())?);
    people.extend(store::person::page(look.tx, &Names::first(words, LOOKED))?);
    for person in search::directory(search, words, usize::from(LOOKED))? {
        people.extend(store::person::by_id(look.tx, person)?);
    }
    let mut known = std::collections::BTreeSet::new();
    people.retain(|person| is_there(viewer, person) && known.insert(person.id));
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let served = history::served(look.tx, viewer, &ids)?;
    people
        .retain(|person| viewer.administrator || served.contains(&person.id) || is_reached_at(person, words));
    people.truncate(MOST);
    Ok(people)
}

/// The person, when the viewer may open a ticket for them: one whom they serve, or who was found under `reached`.
/// Anybody else is as unknown as nobody.
pub fn found(tx: &mut Tx, viewer: &Viewer, person: PersonId, reached: &str) -> Result<Person, DeskError> {
    let person = store::person::by_id(tx, person)?
        .filter(|person| is_there(viewer, person))
        .ok_or(DeskError::NotFound)?;
    let may = viewer.administrator
        || is_reached_at(&person, reached)
        || history::is_served_by(tx, viewer, Whose::Person(person.id))?;
    if may { Ok(person) } else { Err(DeskError::NotFound) }
}

/// Opens it with the words as theirs.
pub fn open(act: &mut Act, viewer: &Viewer, said: &Said) -> Result<Opened, DeskError> {
    let person = found(act.tx, viewer, said.person, &said.reached)?;
    if !CHANNELS.contains(&said.channel) {
        return Err(DeskError::invalid("channel", Problem::ChooseOne));
    }
    let open = Open {
        service: said.service,
        kind: said.kind,
        subject: said.subject.clone(),
        body: said.body.clone(),
        requester: person.id,
        beneficiary: named(act.tx, viewer, "beneficiary", &said.beneficiary)?,
        payer: named(act.tx, viewer, "payer", &said.payer)?,
        urgency: said.urgency,
        channel: said.channel,
        files: said.files.clone(),
    };
    let typed = open::of_service(&act.catalogue, said.service, &said.typed);
    open::answered(act, viewer, &open, &typed)
}

/// Nobody serves a ticket of their own, and nobody asks who left or turned out to be somebody else.
fn is_there(viewer: &Viewer, person: &Person) -> bool {
    person.disabled_at.is_none() && person.merged_into.is_none() && person.id != viewer.person
}

/// Whether that is their whole address, or their phone number however it is written.
fn is_reached_at(person: &Person, reached: &str) -> bool {
    let reached = reached.trim();
    let is_address = person.email.as_deref().is_some_and(|email| email == reached.to_lowercase());
    is_address || person.phone.as_deref().is_some_and(|phone| is_same_number(phone, reached))
}

/// One of them may lack the code of the country.
fn is_same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| match digits::numbers(text).as_slice() {
        [only] => Some(only.plain.clone()),
        _ => None,
    };
    let (Some(one), Some(other)) = (plain(one), plain(other)) else { return false };
    one == other
        || digits::without_country(&one).any(|rest| rest == other)
        || digits::without_country(&other).any(|rest| rest == one)
}

/// Somebody by their address, or by a name that only one has whom the viewer may find.
fn named(
    tx: &mut Tx,
    viewer: &Viewer,
    field: &'static str,
    text: &str,
) -> Result<Option<PersonId>, DeskError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(person) = store::person::behind_email(tx, &text.to_lowercase())? {
        return Ok(Some(person.id));
    }
    let mut people = store::person::of_name(tx, text, LOOKED)?;
    people.retain(|person| person.disabled_at.is_none());
    if !viewer.administrator {
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let served = history::served(tx, viewer, &ids)?;
        people.retain(|person| served.contains(&person.id) || person.id == viewer.person);
    }
    match people.as_slice() {
        [only] => Ok(Some(only.id)),
        _ => Err(DeskError::invalid(field, Problem::PersonUnknown)),
    }
}

#[cfg(test)]
mod tests;

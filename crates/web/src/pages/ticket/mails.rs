//! What of a ticket came by mail or leaves by it, read with the rest of its page.

use std::collections::{BTreeMap, BTreeSet};

use desk::files::Files;
use desk::letter::Mailbox;
use desk::{DeskError, Look};
use domain::event::Side;
use domain::id::{MessageId, PersonId, TicketId};
use domain::permission::Viewer;
use store::access::{Granted, ReadInside, Seen};
use store::attachment::{Attachment, On};
use store::inbox::Inbox;
use store::mail::{Carried, Mail};
use store::message::{Channel, Said};
use store::outgoing::Outgoing;
use store::sheet::Inside;

/// Mails whose copies are suggested.
const LATEST: usize = 3;

pub(super) struct Mails {
    /// What carried a message that came by mail.
    pub carried: BTreeMap<MessageId, (Carried, Mail)>,
    /// Messages that the requester's side does not see yet.
    pub held: BTreeSet<MessageId>,
    pub files: Vec<Attachment>,
    pub outgoing: Vec<Outgoing>,
    pub strangers: Vec<Stranger>,
    pub hint: Option<Hint>,
    /// How a reply would leave, for those who may write one.
    pub way: Option<Way>,
}

/// A mail of somebody who is not on the ticket, with its new words.
pub(super) struct Stranger {
    pub mail: Mail,
    pub words: String,
}

/// The ticket to which the mail that opened this one possibly belongs.
pub(super) struct Hint {
    pub message: MessageId,
    pub number: i64,
    pub subject: String,
}

pub(super) struct Way {
    /// The inbox that would send it; none when it is read at the desk only.
    pub inbox: Option<Inbox>,
    /// Recipients whose mail came back too often.
    pub dead: Vec<String>,
    pub copies: Vec<Copied>,
    pub suggested: Vec<Mailbox>,
    /// Whether anybody may be added.
    pub may_copy: bool,
}

pub(super) struct Copied {
    pub person: PersonId,
    pub name: String,
    pub address: Option<String>,
}

impl Mails {
    pub(super) fn read(
        look: &mut Look,
        files: &Files,
        viewer: &Viewer,
        (seen, granted): (Seen, &Granted<ReadInside>),
        (sheet, messages): (&Inside, &[Said]),
    ) -> Result<Self, DeskError> {
        let by_mail = messages.iter().any(|said| said.message.channel == Channel::Mail);
        let carried = if by_mail { store::mail::carried(look.tx, granted)? } else { Vec::new() };
        let answered = messages.iter().any(|said| said.message.side == Side::Serving);
        let mut hanging = store::attachment::of_messages(look.tx, granted)?;
        hanging.extend(store::attachment::of_inside(look.tx, granted)?);
        let mut strangers = Vec::new();
        for mail in store::mail::of_strangers(look.tx, granted)? {
            // A mail whose bytes are gone is shown with its sender all the same.
            let words = desk::receive_mail::words(look.tx, files, &mail).unwrap_or_default();
            strangers.push(Stranger { mail, words });
        }
        let carried: BTreeMap<_, _> = carried.into_iter().map(|one| (one.0.message, one)).collect();
        let serves = seen.serve().is_some();
        Ok(Self {
            held: if by_mail { store::message::held(look.tx, granted)? } else { BTreeSet::new() },
            files: hanging,
            outgoing: if answered { store::outgoing::of_ticket(look.tx, granted)? } else { Vec::new() },
            strangers,
            hint: if serves { hint(look, viewer, &carried)? } else { None },
            way: if serves { Some(way(look, files, granted.ticket, sheet, &carried)?) } else { None },
            carried,
        })
    }

    pub(super) fn files_on(&self, on: On) -> Vec<&Attachment> {
        self.files.iter().filter(|file| file.on == on).collect()
    }

    pub(super) fn outgoing_of(&self, message: MessageId) -> impl Iterator<Item = &Outgoing> {
        self.outgoing.iter().filter(move |outgoing| outgoing.message == Some(message))
    }
}

/// Only when the viewer may serve that ticket, too: to others it does not exist.
fn hint(
    look: &mut Look,
    viewer: &Viewer,
    carried: &BTreeMap<MessageId, (Carried, Mail)>,
) -> Result<Option<Hint>, DeskError> {
    let hinted = carried.values().find_map(|(carried, mail)| Some((carried.message, mail.hint?)));
    let Some((message, ticket)) = hinted else { return Ok(None) };
    let Some(seen) = store::access::by_id(look.tx, viewer, ticket, look.now)? else { return Ok(None) };
    if seen.serve().is_none() {
        return Ok(None);
    }
    let subject = store::ticket::fixed(look.tx, ticket)?.map(|(subject, ..)| subject).unwrap_or_default();
    Ok(Some(Hint { message, number: seen.number, subject }))
}

fn way(
    look: &mut Look,
    files: &Files,
    ticket: TicketId,
    sheet: &Inside,
    carried: &BTreeMap<MessageId, (Carried, Mail)>,
) -> Result<Way, DeskError> {
    if sheet.asking.is_some() {
        return Ok(Way {
            inbox: None,
            dead: Vec::new(),
            copies: Vec::new(),
            suggested: Vec::new(),
            may_copy: false,
        });
    }
    let inbox =
        store::inbox::of_ticket(look.tx, ticket, sheet.unit)?.filter(|inbox| inbox.outgoing.is_some());
    let copies: Vec<Copied> = store::mail_thread::copies(look.tx, ticket)?
        .into_iter()
        .map(|(person, name, address)| Copied { person, name, address })
        .collect();
    let copied = copies.iter().filter_map(|copied| copied.address.clone());
    let mut known: Vec<String> = sheet.requester.email.clone().into_iter().chain(copied).collect();
    let mut dead = Vec::new();
    if inbox.is_some() {
        for address in &known {
            if store::mail_address::of(look.tx, address)?.is_dead() {
                dead.push(address.clone());
            }
        }
    }
    // Whoever wrote here is not suggested because somebody else had them in copy.
    known.extend(carried.values().filter_map(|(_, mail)| mail.from_address.clone()));
    let latest = carried.values().rev().take(LATEST).map(|(_, mail)| mail);
    let may_copy = inbox.is_some() && !sheet.confidential;
    let suggested =
        if may_copy { desk::copies::suggested(look.tx, files, latest, &known)? } else { Vec::new() };
    Ok(Way { inbox, dead, copies, suggested, may_copy })
}

//! What somebody is writing is kept while they write, and goes when they send it.

use domain::draft::{New, Place, Text};
use domain::event::Side;
use domain::id::{DraftId, PersonId, TicketId, UploadId};
use domain::permission::Viewer;
use jiff::SignedDuration;
use store::access::{Granted, Seen, Serve};
use store::draft::{Addressed, Draft};

use crate::act::Act;
use crate::words::Body;
use crate::{DeskError, Problem, on_behalf};

/// So long after the last letter others are told that somebody writes.
pub const WRITES_FOR: SignedDuration = SignedDuration::from_mins(2);

/// What may be wanted together with a reply.
const AFTER: [&str; 3] = ["stay", "wait", "solve"];

/// Nobody types more addresses than this by hand, and no draft keeps more.
const MOST_ADDRESSED: usize = 50_000;
/// A form has fewer fields, and less in all of them together.
const MOST_FIELDS: usize = 200;

/// Somebody in a place where they may write at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writing {
    pub person: PersonId,
    pub place: Place,
    side: Side,
}

impl Writing {
    /// Who may not send something on a ticket need not write it.
    pub fn on(seen: Seen, text: Text) -> Result<Self, DeskError> {
        let serving = seen.serve().map(|_| Side::Serving);
        let side = match text {
            Text::Reply => serving.or_else(|| seen.request().map(|_| Side::Requesting)),
            Text::Note => seen.annotate().map(|_| Side::Serving),
            Text::Handoff | Text::Delivery | Text::Forward(_) | Text::ForwardAgain(_) => serving,
            Text::Return => seen.ask().map(|_| Side::Requesting),
        };
        let side = side.ok_or(DeskError::NotAllowed)?;
        Ok(Self { person: seen.viewer, place: Place::Ticket(seen.ticket, text), side })
    }

    /// What opens a ticket is written by those who could open it. Whom it is for was found under `reached`.
    pub fn opening(act: &mut Act, viewer: &Viewer, new: New, reached: &str) -> Result<Self, DeskError> {
        let side = match new {
            New::Outbound => Side::Serving,
            New::OnBehalf(person) => {
                on_behalf::found(act.tx, viewer, person, reached).map(|_| Side::Serving)?
            }
            New::Request(service) => {
                let offer = act.catalogue.services.get(&service);
                let is_theirs = offer.is_some_and(|offer| {
                    offer.ended_at.is_none() && offer.service.audience.admits(viewer.class)
                });
                if is_theirs { Side::Requesting } else { return Err(DeskError::NotFound) }
            }
        };
        if side == Side::Serving && viewer.units.is_empty() {
            return Err(DeskError::NotAllowed);
        }
        Ok(Self { person: viewer.person, place: Place::New(new), side })
    }

    /// The ticket whose serving side is told that somebody writes there.
    #[must_use]
    pub const fn stirs(self) -> Option<TicketId> {
        match (self.side, self.place) {
            (Side::Serving, Place::Ticket(ticket, Text::Reply | Text::Note | Text::Delivery)) => Some(ticket),
            (
                Side::Serving,
                Place::Ticket(_, Text::Handoff | Text::Return | Text::Forward(_) | Text::ForwardAgain(_)),
            )
            | (Side::Serving, Place::New(New::Outbound | New::OnBehalf(_) | New::Request(_)))
            | (Side::Requesting, _) => None,
        }
    }
}

/// A draft as a window has it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub body: String,
    pub after: String,
    /// What the window has seen last; 0 for none.
    pub version: i64,
    /// Of a reply whose form names its recipients.
    pub addressed: Option<Addressed>,
    /// What else the form asks for, by name.
    pub fields: Vec<(String, String)>,
    /// Files that were sent for it.
    pub files: Vec<UploadId>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept, under this version; `began` when nobody could know before that something is written.
    Kept { version: i64, began: bool },
    /// There was nothing in it, and nothing is kept.
    Gone,
    /// Another window saved this meanwhile; nothing was changed.
    Elsewhere(Box<Draft>),
}

/// Keeps it, unless it was changed in another window since this one read it.
pub fn save(act: &mut Act, writing: Writing, typed: Typed) -> Result<Saved, DeskError> {
    let Writing { person, place, side } = writing;
    let before = store::draft::at(act.tx, person, place)?;
    // One that was sent or given up in another window begins anew with what is typed here.
    if let Some(before) = before.as_ref().filter(|before| before.version != typed.version) {
        return Ok(Saved::Elsewhere(Box::new(before.clone())));
    }
    let files = own_files(act, writing, &typed.files)?;
    if is_blank(place, &typed) && files.is_empty() {
        store::draft::remove(act.tx, person, place)?;
        return Ok(Saved::Gone);
    }
    must_fit(&typed.body)?;
    let draft = Draft {
        id: before.as_ref().map_or_else(|| DraftId(act.new_id()), |before| before.id),
        place,
        side,
        body: storable(&typed.body),
        after: if AFTER.contains(&typed.after.as_str()) { typed.after } else { String::new() },
        addressed: typed.addressed.filter(|_| matches!(place, Place::Ticket(_, Text::Reply))).map(bounded),
        fields: if has_fields(place) { few(typed.fields) } else { Vec::new() },
        files,
        version: typed.version.max(0).saturating_add(1),
        saved_at: act.now,
    };
    store::draft::save(act.tx, person, &draft)?;
    let began = before.is_none_or(|before| act.now.duration_since(before.saved_at) > WRITES_FOR);
    Ok(Saved::Kept { version: draft.version, began })
}

/// Puts words below what is being written; its fields and files stay as they are.
pub fn add(act: &mut Act, writing: Writing, words: &str) -> Result<(), DeskError> {
    let Some(before) = store::draft::at(act.tx, writing.person, writing.place)? else {
        let typed = Typed { body: words.to_owned(), ..Typed::default() };
        return save(act, writing, typed).map(drop);
    };
    let body = format!("{}\n\n{words}", before.body.trim_end());
    must_fit(&body)?;
    let draft = Draft { body, version: before.version.saturating_add(1), saved_at: act.now, ..before };
    Ok(store::draft::save(act.tx, writing.person, &draft)?)
}

/// Words that were sent and taken back are a draft again, above what was begun there meanwhile.
pub(crate) fn again(act: &mut Act, granted: Granted<Serve>, typed: Typed) -> Result<(), DeskError> {
    let place = Place::Ticket(granted.ticket, Text::Reply);
    let writing = Writing { person: granted.viewer, place, side: Side::Serving };
    let Some(before) = store::draft::at(act.tx, writing.person, place)? else {
        return save(act, writing, typed).map(drop);
    };
    let draft = Draft {
        body: format!("{}\n\n{}", typed.body.trim_end(), before.body),
        files: typed.files.into_iter().chain(before.files).collect(),
        version: before.version.saturating_add(1),
        saved_at: act.now,
        ..before
    };
    Ok(store::draft::save(act.tx, writing.person, &draft)?)
}

/// Forgets what somebody wrote there, whatever window it was written in and whatever they may do there by now.
pub fn give_up(act: &mut Act, person: PersonId, place: Place) -> Result<(), DeskError> {
    Ok(store::draft::remove(act.tx, person, place)?)
}

/// What was sent from there is no draft any more.
pub fn sent(act: &mut Act, place: Place) -> Result<(), DeskError> {
    if let Some(person) = act.person() {
        store::draft::remove(act.tx, person, place)?;
    }
    Ok(())
}

/// The forms of replies and notes ask for nothing that is not kept by itself.
const fn has_fields(place: Place) -> bool {
    !matches!(place, Place::Ticket(_, Text::Reply | Text::Note))
}

/// Where a ticket is still to be opened, its subject is words of its own.
fn is_blank(place: Place, typed: &Typed) -> bool {
    let subject = typed.fields.iter().any(|(name, value)| name == "subject" && !value.trim().is_empty());
    typed.body.trim().is_empty()
        && match place {
            Place::Ticket(..) => true,
            Place::New(_) => !subject,
        }
}

/// Those of these files that the writer sent for these readers; a draft remembers no others.
fn own_files(act: &mut Act, writing: Writing, files: &[UploadId]) -> Result<Vec<UploadId>, DeskError> {
    let audience = store::draft::audience(writing.place);
    let own = store::upload::all_of_person(act.tx, files, writing.person)?;
    Ok(own.into_iter().filter(|upload| upload.audience == audience).map(|upload| upload.id).collect())
}

fn must_fit(body: &str) -> Result<(), DeskError> {
    let length = body.chars().count();
    if length > Body::MOST {
        return Err(DeskError::invalid("body", Problem::BodyTooLong { length, most: Body::MOST }));
    }
    Ok(())
}

/// A database may refuse this one letter.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn bounded(addressed: Addressed) -> Addressed {
    let short = |text: String| text.replace('\0', "").chars().take(MOST_ADDRESSED).collect();
    Addressed { to: short(addressed.to), cc: short(addressed.cc), bcc: short(addressed.bcc) }
}

fn few(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut left = MOST_ADDRESSED;
    let fits = |(name, value): &(String, String)| {
        left = left.saturating_sub(name.len() + value.len());
        left > 0
    };
    let kept = fields.into_iter().take(MOST_FIELDS).take_while(fits);
    kept.map(|(name, value)| (storable(&name), storable(&value))).collect()
}

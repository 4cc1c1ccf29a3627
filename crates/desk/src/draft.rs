//! What somebody is writing is kept while they write, and goes when they say it.

use domain::id::{TicketId, UploadId};
use jiff::SignedDuration;
use store::access::Seen;
use store::draft::{Addressed, Draft};
use store::upload::Audience;

use crate::act::Act;
use crate::words::Body;
use crate::{DeskError, Problem};

/// So long after the last letter others are told that somebody writes.
pub const WRITES_FOR: SignedDuration = SignedDuration::from_mins(2);

/// What may be wanted together with a reply.
const AFTER: [&str; 3] = ["stay", "wait", "solve"];

/// A draft as a window has it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub body: String,
    pub after: String,
    /// What the window has seen last; 0 for none.
    pub version: i64,
    /// Of a reply whose form names its recipients.
    pub addressed: Option<Addressed>,
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
    Elsewhere(Draft),
}

/// Keeps it, unless it was changed in another window since this one read it.
pub fn save(act: &mut Act, seen: Seen, audience: Audience, typed: Typed) -> Result<Saved, DeskError> {
    may_say(seen, audience)?;
    let granted = seen.read();
    let before = store::draft::own(act.tx, &granted)?.into_iter().find(|draft| draft.audience == audience);
    // One that was said or given up in another window begins anew with what is typed here.
    if let Some(before) = before.as_ref().filter(|before| before.version != typed.version) {
        return Ok(Saved::Elsewhere(before.clone()));
    }
    let files = own_files(act, seen, audience, &typed.files)?;
    if typed.body.trim().is_empty() && files.is_empty() {
        store::draft::remove(act.tx, seen.ticket, seen.viewer, audience)?;
        return Ok(Saved::Gone);
    }
    let length = typed.body.chars().count();
    if length > Body::MOST {
        return Err(DeskError::invalid("body", Problem::BodyTooLong { length, most: Body::MOST }));
    }
    let draft = Draft {
        audience,
        // A database may refuse this one letter.
        body: typed.body.replace('\0', "\u{fffd}"),
        after: if AFTER.contains(&typed.after.as_str()) { typed.after } else { String::new() },
        addressed: typed.addressed.filter(|_| audience == Audience::Message).map(bounded),
        version: typed.version.max(0).saturating_add(1),
        saved_at: act.now,
    };
    store::draft::save(act.tx, &granted, &draft)?;
    store::draft::bind(act.tx, &granted, audience, &files)?;
    let began = before.is_none_or(|before| act.now.duration_since(before.saved_at) > WRITES_FOR);
    Ok(Saved::Kept { version: draft.version, began })
}

/// Those of these files that the viewer sent for this audience; a draft remembers no others.
fn own_files(
    act: &mut Act,
    seen: Seen,
    audience: Audience,
    files: &[UploadId],
) -> Result<Vec<UploadId>, DeskError> {
    let own = store::upload::all_of_person(act.tx, files, seen.viewer)?;
    Ok(own.into_iter().filter(|upload| upload.audience == audience).map(|upload| upload.id).collect())
}

/// Nobody types more addresses than this by hand, and no draft keeps more.
const MOST_ADDRESSED: usize = 50_000;

fn bounded(addressed: Addressed) -> Addressed {
    let short = |text: String| text.replace('\0', "").chars().take(MOST_ADDRESSED).collect();
    Addressed { to: short(addressed.to), cc: short(addressed.cc), bcc: short(addressed.bcc) }
}

/// Puts words below what is being written; its recipients and files stay as they are.
pub fn add(act: &mut Act, seen: Seen, audience: Audience, words: &str) -> Result<(), DeskError> {
    may_say(seen, audience)?;
    let granted = seen.read();
    let before = store::draft::own(act.tx, &granted)?.into_iter().find(|draft| draft.audience == audience);
    let Some(before) = before else {
        let typed = Typed { body: words.to_owned(), ..Typed::default() };
        return save(act, seen, audience, typed).map(drop);
    };
    let body = format!("{}\n\n{words}", before.body.trim_end());
    let length = body.chars().count();
    if length > Body::MOST {
        return Err(DeskError::invalid("body", Problem::BodyTooLong { length, most: Body::MOST }));
    }
    let draft = Draft { body, version: before.version.saturating_add(1), saved_at: act.now, ..before };
    Ok(store::draft::save(act.tx, &granted, &draft)?)
}

/// Forgets it, whatever window it was written in.
pub fn give_up(act: &mut Act, seen: Seen, audience: Audience) -> Result<(), DeskError> {
    may_say(seen, audience)?;
    store::draft::remove(act.tx, seen.ticket, seen.viewer, audience)?;
    Ok(())
}

/// What was said is no draft any more.
pub(crate) fn said(act: &mut Act, ticket: TicketId, audience: Audience) -> Result<(), DeskError> {
    if let Some(person) = act.person() {
        store::draft::remove(act.tx, ticket, person, audience)?;
    }
    Ok(())
}

/// Who may not say something need not write it.
fn may_say(seen: Seen, audience: Audience) -> Result<(), DeskError> {
    let may = match audience {
        Audience::Message => seen.serve().is_some(),
        Audience::Note => seen.annotate().is_some(),
    };
    if may { Ok(()) } else { Err(DeskError::NotAllowed) }
}

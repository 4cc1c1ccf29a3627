//! The files of a reply's mail: those that fit go along, the others are named with the way to them.

use mail::compose::Enclosed;
use store::attachment::Attachment;
use store::inbox::Inbox;
use store::outgoing::Outgoing;

use crate::DeskError;
use crate::act::Act;
use crate::base_url;
use crate::files::{FileError, Files};
use crate::template::{self, Template, Values, Variable};

/// What of a mail is not its text and not its files: header, boundaries, a signature of the desk.
const FRAME: u64 = 16_000;
/// The header of one file.
const HEAD: u64 = 1_000;

/// Files that go along, still in the attachment store.
pub(super) struct Enclosing(Vec<Attachment>);

impl Enclosing {
    /// The files inside the text, and those that hang on it.
    pub(super) fn read(self, files: &Files) -> Result<(Vec<Enclosed>, Vec<Enclosed>), FileError> {
        let (mut inline, mut attached) = (Vec::new(), Vec::new());
        for file in self.0 {
            let enclosed = Enclosed {
                bytes: files.read(&file.content)?,
                filename: file.name,
                mime: file.mime,
                content_id: file.content_id,
            };
            if file.inline { inline.push(enclosed) } else { attached.push(enclosed) }
        }
        Ok((inline, attached))
    }
}

/// The files of a reply as far as the inbox takes them; what does not fit is named at the end of the text.
pub(super) fn of(
    act: &mut Act,
    inbox: &Inbox,
    outgoing: &Outgoing,
    markdown: &mut String,
) -> Result<Enclosing, DeskError> {
    let mut files = match (outgoing.message, outgoing.note) {
        (Some(message), _) => store::attachment::of_message(act.tx, message)?,
        (None, Some(note)) => store::attachment::of_note(act.tx, note)?,
        (None, None) => Vec::new(),
    };
    if files.is_empty() {
        return Ok(Enclosing(files));
    }
    let most = u64::try_from(store::inbox::most_bytes(act.tx, inbox.id)?).unwrap_or_default();
    // The text goes as text and as a page, and each sign may take three.
    let text = markdown.len() as u64 * 8 + FRAME;
    let (along, left) = fitting(&mut files, most.saturating_sub(text));
    if !left.is_empty() {
        let words = told(act, inbox, outgoing, &left)?;
        markdown.push_str(&format!("\n\n---\n\n{words}"));
    }
    Ok(Enclosing(along))
}

/// What the text shows comes first, then what hangs on it, as long as there is room.
fn fitting(files: &mut Vec<Attachment>, mut room: u64) -> (Vec<Attachment>, Vec<Attachment>) {
    files.sort_by_key(|file| (!file.inline, file.id));
    files.drain(..).partition(|file| {
        let size = encoded(u64::try_from(file.size).unwrap_or(u64::MAX));
        let fits = size <= room;
        room -= if fits { size } else { 0 };
        fits
    })
}

/// In base64, 57 bytes become a line of 76 signs and its end.
const fn encoded(size: u64) -> u64 {
    size.div_ceil(57).saturating_mul(78).saturating_add(HEAD)
}

fn told(act: &mut Act, inbox: &Inbox, outgoing: &Outgoing, left: &[Attachment]) -> Result<String, DeskError> {
    let list: Vec<String> = left.iter().map(|file| format!("- {}", named(file))).collect();
    let person = match outgoing.person {
        Some(person) => store::person::by_id(act.tx, person)?,
        None => None,
    };
    let language = person.as_ref().map_or(inbox.language.as_str(), |person| person.language.as_str());
    let mut values = Values::default().with(Variable::List, list.join("\n"));
    if let (Some(person), Some(ticket)) = (&person, outgoing.ticket)
        && person.disabled_at.is_none()
        && store::person::password(act.tx, person.id)?.is_some()
        && reads(act, person.id, ticket)?
    {
        let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
        values = values.with(Variable::Link, base_url::to_own_ticket(act.tx, number)?);
    }
    let text = match template::made(act, inbox, Template::Files, language, &values)? {
        Some(text) => text,
        // An own text that cannot be made must not make files vanish.
        None => template::fill(Template::Files, &Template::Files.usual(language), &values)?,
    };
    Ok(format!("**{}**\n\n{}", text.subject, text.body))
}

/// Whoever only gets copies has no right to the ticket.
fn reads(
    act: &mut Act,
    person: domain::id::PersonId,
    ticket: domain::id::TicketId,
) -> Result<bool, DeskError> {
    let Some(viewer) = store::access::viewer(act.tx, person)? else { return Ok(false) };
    let seen = store::access::by_id(act.tx, &viewer, ticket, act.now)?;
    Ok(seen.is_some_and(|seen| seen.request().is_some()))
}

/// Name and size; signs that Markdown would take for its own are not.
fn named(file: &Attachment) -> String {
    let mut name = String::new();
    for sign in file.name.chars() {
        if sign.is_ascii_punctuation() && !".-_".contains(sign) {
            name.push('\\');
        }
        name.push(sign);
    }
    let tenths = (file.size + 50_000) / 100_000;
    format!("{name} ({}.{} MB)", tenths / 10, tenths % 10)
}

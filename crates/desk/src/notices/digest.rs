//! Once a day, in the morning where its reader lives: everything that happened since, in one mail.

use domain::id::PersonId;
use domain::notice::Occasion;
use jiff::Timestamp;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use store::inbox::Inbox;
use store::notice::Notice;

use super::tell::{self, Recipient, Told};
use crate::act::Act;
use crate::outbox::{self, Halt};
use crate::template::{Template, Values, Variable};
use crate::{DeskError, base_url};

const MORNING: Time = time(7, 30, 0, 0);

/// Lines of one digest; the rest is counted.
const MOST_LINES: usize = 50;

/// The next half past seven in that zone, after `now`.
pub(super) fn morning(now: Timestamp, zone: &str) -> Timestamp {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = now.to_zoned(zone.clone()).date();
    let on = |date: jiff::civil::Date| {
        date.to_datetime(MORNING).to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
    };
    let days = std::iter::successors(Some(today), |day| day.tomorrow().ok()).take(3);
    days.filter_map(on).find(|at| *at > now).unwrap_or(now)
}

pub(super) fn next_morning(act: &mut Act, person: PersonId) -> Result<Timestamp, DeskError> {
    let zone = store::person::by_id(act.tx, person)?.map(|person| person.time_zone);
    Ok(morning(act.now, zone.as_deref().unwrap_or("UTC")))
}

/// One mail with a line for each thing that may still be told; nothing to tell is no mail.
pub(super) fn write(
    act: &mut Act,
    recipient: &Recipient,
    notices: &[Notice],
) -> Result<Result<(), Halt>, DeskError> {
    let mut told: Vec<Told> = Vec::new();
    for notice in notices {
        let known = |told: &Told| told.ticket.id == notice.ticket && told.occasion == notice.occasion;
        if told.iter().any(known) {
            continue;
        }
        told.extend(tell::read(act, recipient, notice)?);
    }
    let Some(inbox) = inbox_for(act, &told)? else { return Ok(Err(Halt::Nowhere)) };
    let mut lines = Vec::new();
    for told in told.iter().take(MOST_LINES) {
        lines.push(line(act, recipient, told)?);
    }
    let german = recipient.person.language == "de";
    let more = told.len().saturating_sub(MOST_LINES);
    if more > 0 {
        lines.push(if german { format!("- und {more} weitere") } else { format!("- and {more} more") });
    }
    let start = if recipient.viewer.is_agent() { "/" } else { "/portal" };
    let values = Values::default()
        .with(Variable::Name, &recipient.person.name)
        .with(Variable::Count, told.len().to_string())
        .with(Variable::List, lines.join("\n"))
        .with(Variable::Link, base_url::to(act.tx, start)?);
    outbox::automatic(act, &inbox, None, &recipient.person, Template::Digest, &values)
}

/// The inbox of the first matter that has one which may be used.
fn inbox_for(act: &mut Act, told: &[Told]) -> Result<Option<Inbox>, DeskError> {
    for told in told {
        if let Some(inbox) = tell::inbox_for(act, told)? {
            return Ok(Some(inbox));
        }
    }
    Ok(None)
}

fn line(act: &mut Act, recipient: &Recipient, told: &Told) -> Result<String, DeskError> {
    let number = match tell::link(act, told)? {
        link if link.is_empty() => format!("#{}", told.seen.number),
        link => format!("[#{}]({link})", told.seen.number),
    };
    // Another unit's inbox may carry the digest, and a mailbox is no place for what is confidential.
    let subject = if told.confidential { String::new() } else { format!(" {}", told.subject) };
    let what = happened(told.occasion, recipient.person.language == "de");
    let until = tell::until(act, told)?.map(|at| format!(" {}", tell::moment(at, &recipient.person)));
    Ok(format!("- {number}{subject}: {what}{}", until.unwrap_or_default()))
}

/// What happened, in a few words; an instant may follow.
const fn happened(occasion: Occasion, german: bool) -> &'static str {
    match (occasion, german) {
        (Occasion::Given, false) => "given to you",
        (Occasion::Given, true) => "Ihnen übergeben",
        (Occasion::Answered, false) => "the requester wrote",
        (Occasion::Answered, true) => "neue Nachricht der anfragenden Seite",
        (Occasion::Delivered, false) => "delivered; accept or return it",
        (Occasion::Delivered, true) => "geliefert; nehmen Sie es an, oder geben Sie es zurück",
        (Occasion::Returned, false) => "returned to you",
        (Occasion::Returned, true) => "an Sie zurückgegeben",
        (Occasion::EndsSoon, false) => "a promise ends soon",
        (Occasion::EndsSoon, true) => "eine Zusage endet bald",
        (Occasion::StrangerWrote, false) => "somebody who is not on it wrote",
        (Occasion::StrangerWrote, true) => "jemand Unbeteiligtes hat geschrieben",
        (Occasion::Mentioned, false) => "you are mentioned in a note",
        (Occasion::Mentioned, true) => "Sie werden in einer Notiz erwähnt",
        (Occasion::Noted, false) => "a colleague wrote a note",
        (Occasion::Noted, true) => "eine neue Notiz",
        (Occasion::Watched, false) => "news on what you watch",
        (Occasion::Watched, true) => "Neues auf dem, was Sie beobachten",
        (Occasion::HandoffWatched, false) => "news on a hand-off that you watch",
        (Occasion::HandoffWatched, true) => "Neues auf einer Übergabe, die Sie beobachten",
        (Occasion::Bounced, false) => "a mail did not arrive",
        (Occasion::Bounced, true) => "eine Mail kam nicht an",
        (Occasion::Rated, false) => "rated by whoever asked",
        (Occasion::Rated, true) => "von der anfragenden Seite bewertet",
        (Occasion::Escalated, false) => "somebody neutral decides",
        (Occasion::Escalated, true) => "eine neutrale Stelle entscheidet",
        (Occasion::Arrived, false) => "new in your unit, and nobody holds it",
        (Occasion::Arrived, true) => "neu in Ihrer Einheit und noch bei niemandem",
        (Occasion::Told, false) => "a rule asks you to look at it",
        (Occasion::Told, true) => "eine Regel bittet Sie, es anzusehen",
        (Occasion::AskedBack, false) => "the unit that you asked wrote",
        (Occasion::AskedBack, true) => "die angefragte Einheit hat geschrieben",
        (Occasion::Replied, false) => "answered",
        (Occasion::Replied, true) => "beantwortet",
        (Occasion::Solved, false) => "solved; you can object until",
        (Occasion::Solved, true) => "gelöst; Sie können widersprechen bis",
        (Occasion::Closed, false) => "closed by itself; you can reopen it until",
        (Occasion::Closed, true) => "von selbst geschlossen; wieder öffnen können Sie es bis",
    }
}

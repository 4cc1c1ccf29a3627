//! What somebody is to be told is read as they may read it now, and written: alone, or with everything of the day.

use std::collections::BTreeMap;

use domain::event::{Actor, Detail, Event, Fact};
use domain::id::{MessageId, OutgoingId, PersonId, ReasonId, TicketId};
use domain::notice::{Course, Occasion};
use domain::permission::Viewer;
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};
use store::access::{Granted, ReadInside, Seen};
use store::inbox::Inbox;
use store::notice::Notice;
use store::person::Person;

use super::{board, digest};
use crate::act::Act;
use crate::outbox::{self, Halt};
use crate::template::{Template, Values, Variable};
use crate::{DeskError, base_url};

/// What one person is told in one transaction.
const MOST: i64 = 1_000;
/// The same on more tickets than this at once is one mail.
const MOST_ALIKE: usize = 5;

/// Whoever is told, with what they hold today.
pub(super) struct Recipient {
    pub(super) person: Person,
    pub(super) viewer: Viewer,
}

/// Something that may be told to its recipient.
pub(super) struct Told {
    pub(super) occasion: Occasion,
    pub(super) ticket: Ticket,
    pub(super) seen: Seen,
    pub(super) subject: String,
    pub(super) confidential: bool,
    pub(super) event: Option<Event>,
}

/// Tells the next person everything that is due for them.
pub(super) fn next(act: &mut Act) -> Result<(), DeskError> {
    let Some(person) = store::notice::next_person(act.tx, act.now)? else { return Ok(()) };
    let due = store::notice::due(act.tx, person, act.now, MOST)?;
    let Some(recipient) = recipient(act, person)? else {
        return due.iter().try_for_each(|notice| Ok(store::notice::remove(act.tx, notice)?));
    };
    let (shown, mailed): (Vec<_>, Vec<_>) =
        due.into_iter().partition(|notice| notice.course == Course::Board);
    show(act, &recipient, shown)?;
    if let Some(over_at) = quiet_until(act, &recipient)? {
        return mailed.iter().try_for_each(|notice| Ok(store::notice::wait_until(act.tx, notice, over_at)?));
    }
    let (alone, together): (Vec<_>, Vec<_>) =
        mailed.into_iter().partition(|notice| notice.course == Course::Mail);
    // Several messages on one ticket are one mail, and so is the same on many tickets.
    let mut kinds: BTreeMap<Occasion, BTreeMap<TicketId, Vec<Notice>>> = BTreeMap::new();
    for notice in alone {
        kinds.entry(notice.occasion).or_default().entry(notice.ticket).or_default().push(notice);
    }
    for tickets in kinds.into_values() {
        if tickets.len() > MOST_ALIKE {
            let notices: Vec<Notice> = tickets.into_values().flatten().collect();
            let ended = part(act, |act| digest::write(act, &recipient, &notices))?;
            settle(act, &recipient, &notices, ended)?;
            continue;
        }
        for notices in tickets.values() {
            let ended = part(act, |act| one(act, &recipient, notices))?;
            settle(act, &recipient, notices, ended)?;
        }
    }
    if !together.is_empty() {
        let ended = part(act, |act| digest::write(act, &recipient, &together))?;
        settle(act, &recipient, &together, ended)?;
    }
    Ok(())
}

/// What stands on the board is there also in quiet hours.
fn show(act: &mut Act, recipient: &Recipient, notices: Vec<Notice>) -> Result<(), DeskError> {
    let mut shown = Vec::new();
    for notice in notices {
        store::notice::remove(act.tx, &notice)?;
        if let Some(told) = read(act, recipient, &notice)? {
            shown.push((notice, told));
        }
    }
    board::put_all(act, &shown)
}

/// When the quiet hours are over in which it is now, where the recipient lives.
fn quiet_until(act: &mut Act, recipient: &Recipient) -> Result<Option<Timestamp>, DeskError> {
    let Some(quiet) = store::preference::of(act.tx, recipient.person.id)?.quiet else { return Ok(None) };
    let zone = jiff::tz::TimeZone::get(&recipient.person.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(quiet.over_at(act.now, &zone).filter(|over_at| *over_at > act.now))
}

/// What cannot be told for a reason of its own is left out, and holds up nothing else.
fn part(
    act: &mut Act,
    tell: impl FnOnce(&mut Act) -> Result<Result<(), Halt>, DeskError>,
) -> Result<Result<(), Halt>, DeskError> {
    match act.part(act.now, act.actor, tell) {
        Err(error @ DeskError::Store(_)) => Err(error),
        Err(error) => {
            tracing::warn!(%error, "somebody was not told by mail");
            Ok(Err(Halt::Nowhere))
        }
        told => told,
    }
}

/// What is too much for now waits for the next digest.
fn settle(
    act: &mut Act,
    recipient: &Recipient,
    notices: &[Notice],
    ended: Result<(), Halt>,
) -> Result<(), DeskError> {
    let morning = digest::morning(act.now, &recipient.person.time_zone);
    for notice in notices {
        match ended {
            Err(Halt::Ticket | Halt::Address | Halt::Breaker) => {
                store::notice::postpone(act.tx, notice, morning)?;
            }
            Ok(()) | Err(Halt::Dead | Halt::Text | Halt::Nowhere) => store::notice::remove(act.tx, notice)?,
        }
    }
    Ok(())
}

fn recipient(act: &mut Act, person: PersonId) -> Result<Option<Recipient>, DeskError> {
    let Some(viewer) = store::access::viewer(act.tx, person)? else { return Ok(None) };
    let person = store::person::by_id(act.tx, person)?;
    Ok(person.map(|person| Recipient { person, viewer }))
}

fn one(act: &mut Act, recipient: &Recipient, notices: &[Notice]) -> Result<Result<(), Halt>, DeskError> {
    for notice in notices.iter().rev() {
        let Some(told) = read(act, recipient, notice)? else { continue };
        let Some(inbox) = inbox_for(act, &told)? else { return Ok(Err(Halt::Nowhere)) };
        let values = values(act, recipient, &inbox, &told)?;
        let template = Template::Notice(told.occasion);
        return outbox::automatic(act, &inbox, Some(told.ticket.id), &recipient.person, template, &values);
    }
    Ok(Err(Halt::Nowhere))
}

/// What there is to tell, when it still stands, its recipient may read it, and still wants to be told.
pub(super) fn read(act: &mut Act, recipient: &Recipient, notice: &Notice) -> Result<Option<Told>, DeskError> {
    let events = store::event::of_ticket(act.tx, notice.ticket)?;
    let event = match notice.event {
        Some(id) => match events.iter().find(|event| event.id == id) {
            Some(event) => Some(event.clone()),
            // It was taken back.
            None => return Ok(None),
        },
        None => None,
    };
    let Some(ticket) = Ticket::fold(notice.ticket, &events) else { return Ok(None) };
    let choice = super::choice(act, notice.person, notice.occasion, &ticket)?;
    let holder = super::stand_in::acts_for(act, &ticket, notice.person)?;
    if !super::is_wanted(choice, notice.course) || !notice.occasion.still_holds(&ticket, holder) {
        return Ok(None);
    }
    let seen = store::access::by_id(act.tx, &recipient.viewer, notice.ticket, act.now)?;
    let Some(seen) = seen.filter(|seen| notice.occasion.is_for(seen.relation)) else { return Ok(None) };
    let Some((subject, _, confidential)) = store::ticket::fixed(act.tx, notice.ticket)? else {
        return Ok(None);
    };
    Ok(Some(Told { occasion: notice.occasion, ticket, seen, subject, confidential, event }))
}

/// The inbox it is sent from. A unit without one borrows the desk's first for its own people and for what no
/// other mail brings, unless the matter is confidential; else requesters are written to from the inbox that takes
/// their answer, or not at all.
pub(super) fn inbox_for(act: &mut Act, told: &Told) -> Result<Option<Inbox>, DeskError> {
    let own = outbox::inbox_of(act, &told.ticket)?;
    if own.is_some() || told.confidential || !told.occasion.may_be_carried() {
        return Ok(own);
    }
    Ok(store::inbox::first_sending(act.tx)?)
}

fn values(act: &mut Act, recipient: &Recipient, inbox: &Inbox, told: &Told) -> Result<Values, DeskError> {
    let values = Values::default()
        .with(Variable::Name, &recipient.person.name)
        .with(Variable::Number, told.seen.number.to_string())
        .with(Variable::Subject, &told.subject)
        .with(Variable::Inbox, &inbox.name)
        .with(Variable::Link, link(act, told)?);
    let until = until(act, told)?.map(|at| moment(at, &recipient.person)).unwrap_or_default();
    let values = values.with(Variable::Until, until);
    if matches!(told.occasion, Occasion::Solved | Occasion::Closed) {
        return Ok(values.with(Variable::Unit, act.catalogue.unit_name(inbox.unit)));
    }
    Ok(values
        .with(Variable::Unit, act.catalogue.unit_name(told.ticket.unit))
        .with(Variable::Who, who(act, told)?)
        .with(Variable::Excerpt, excerpt(act, told)?))
}

pub(super) fn link(act: &mut Act, told: &Told) -> Result<String, DeskError> {
    if told.occasion.is_for_agents() {
        base_url::to_ticket(act.tx, told.seen.number)
    } else {
        base_url::to_own_ticket(act.tx, told.seen.number)
    }
}

/// Until when somebody can object, or reopen it, or until when it is promised.
pub(super) fn until(act: &mut Act, told: &Told) -> Result<Option<Timestamp>, DeskError> {
    let service = act.catalogue.ruling(&told.ticket);
    let days = |days: u16| SignedDuration::from_hours(24 * i64::from(days));
    let solved_at = told.ticket.solved_at;
    Ok(match told.occasion {
        Occasion::Solved => solved_at.zip(service).map(|(at, service)| at + days(service.close_days)),
        Occasion::Closed => solved_at.zip(service).map(|(at, service)| at + days(service.reopen_days)),
        Occasion::EndsSoon => {
            let clocks = store::clock::of_ticket(act.tx, told.ticket.id)?;
            let running = clocks.iter().filter(|clock| clock.outcome == domain::clock::Outcome::Running);
            running.filter_map(|clock| clock.due_at).filter(|due| *due > act.now).min()
        }
        Occasion::Given
        | Occasion::Answered
        | Occasion::Delivered
        | Occasion::Returned
        | Occasion::StrangerWrote
        | Occasion::Mentioned
        | Occasion::Noted
        | Occasion::Watched
        | Occasion::HandoffWatched
        | Occasion::AskedBack
        | Occasion::Bounced
        | Occasion::Rated
        | Occasion::Escalated
        | Occasion::Arrived
        | Occasion::Told
        | Occasion::Replied => None,
    })
}

/// An instant as its reader writes it.
pub(super) fn moment(at: Timestamp, person: &Person) -> String {
    let zone = jiff::tz::TimeZone::get(&person.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let form = if person.language == "de" { "%d.%m.%Y, %H:%M" } else { "%Y-%m-%d %H:%M" };
    at.to_zoned(zone).strftime(form).to_string()
}

fn who(act: &mut Act, told: &Told) -> Result<String, DeskError> {
    let Some(Event { actor: Actor::Person(person), .. }) = told.event else { return Ok(String::new()) };
    Ok(store::person::by_id(act.tx, person)?.map(|person| person.name).unwrap_or_default())
}

/// The longest beginning of what was said that is told by mail.
const EXCERPT: usize = 600;

/// The beginning of what was said, as its recipient may read it. What is confidential stays at the desk.
fn excerpt(act: &mut Act, told: &Told) -> Result<String, DeskError> {
    let Some(event) = told.event.as_ref().filter(|_| !told.confidential) else { return Ok(String::new()) };
    let words = match (&event.fact, told.seen.read_inside()) {
        (Fact::Replied { message, .. } | Fact::Solved { message: Some(message), .. }, _) => {
            said(act, told, *message)?
        }
        (
            Fact::Noted { note } | Fact::Detailed(Detail::NoteChanged { note, reason: None, .. }),
            Some(granted),
        ) => store::message::note(act.tx, &granted, *note)?.map(|noted| noted.note.body),
        (
            Fact::Reopened { reason: Some(reason), .. } | Fact::Escalated { reason: Some(reason), .. },
            Some(granted),
        ) => because(act, &granted, *reason)?,
        (Fact::Rated { rating, comment }, Some(granted)) => {
            let comment = match comment {
                Some(comment) => because(act, &granted, *comment)?.unwrap_or_default(),
                None => String::new(),
            };
            Some(format!("{rating}/5 {comment}").trim_end().to_owned())
        }
        (Fact::Closed { rating: Some(rating), .. }, Some(_)) => Some(format!("{rating}/5")),
        (Fact::Bounced { what, .. }, Some(_)) => lost(act, what.mail)?,
        _ => None,
    };
    Ok(words.map(|words| quoted(&words)).unwrap_or_default())
}

fn because(
    act: &mut Act,
    granted: &Granted<ReadInside>,
    reason: ReasonId,
) -> Result<Option<String>, DeskError> {
    let reasons = store::message::reasons(act.tx, granted)?;
    Ok(reasons.into_iter().find(|own| own.id == reason).map(|own| own.body))
}

/// To whom a mail did not come, and what the server said.
fn lost(act: &mut Act, mail: Option<OutgoingId>) -> Result<Option<String>, DeskError> {
    let Some(mail) = mail else { return Ok(None) };
    let outgoing = store::outgoing::by_id(act.tx, mail)?;
    Ok(outgoing.map(|lost| format!("{}: {}", lost.recipient, lost.answer.unwrap_or_default())))
}

fn said(act: &mut Act, told: &Told, message: MessageId) -> Result<Option<String>, DeskError> {
    let all = store::message::of_ticket_outside(act.tx, &told.seen.read(), act.now)?;
    Ok(all.into_iter().find(|said| said.message.id == message).map(|said| said.message.body))
}

/// Quoted, so that nobody takes it for the desk's own words; nothing of it is an image or a tag.
fn quoted(words: &str) -> String {
    let mut short: String = words.chars().take(EXCERPT).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    let plain = short.replace('<', "\\<").replace("![", "!\\[");
    plain.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

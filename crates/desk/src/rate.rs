//! Whoever asked says how it went: one click from the mail and one button, without signing in.

use domain::event::{Actor, Event, Fact};
use domain::id::{InboxId, PersonId, ReasonId, TicketId};
use domain::ticket::{State, Ticket};
use jiff::SignedDuration;
use mail::thread::Ballot;
use serde_json::json;
use store::Tx;
use store::event::Subject;
use store::inbox::Inbox;
use store::outgoing::{Kind, Outgoing};

use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::template::{self, Template, Values, Variable};
use crate::{DeskError, Problem, base_url, inboxes, outbox, project};

/// So long after the solution somebody may still say it.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// So long after the first word it can be changed.
const CHANGED_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);
/// A rating is changed a few times and never again and again.
const MOST: usize = 10;
const LONGEST: usize = 2_000;

/// What can be rated through a link, and nothing else of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rateable {
    ticket: TicketId,
    person: PersonId,
    /// Whether it was rated before, and may still be changed.
    pub again: bool,
}

/// What a link from a mail is good for; looking changes nothing. A link that is not ours, one of a ticket that
/// goes on, and one that is too old are the same answer.
pub fn offered(look: &mut Look, token: &str) -> Result<Rateable, DeskError> {
    let now = look.now;
    rateable(look.tx, token, now)?.map(|(rateable, _)| rateable).ok_or(DeskError::NotFound)
}

/// Keeps the rating, and the words with it unless there are none; the same once more changes nothing.
pub fn run(act: &mut Act, token: &str, rating: u8, words: &str) -> Result<(), DeskError> {
    let found = rateable(act.tx, token, act.now)?;
    let (rateable, before) = found.ok_or(DeskError::NotFound)?;
    if !(1..=5).contains(&rating) {
        return Err(DeskError::invalid("rating", Problem::RatingNotANumber));
    }
    let words = words.trim().replace('\0', "\u{fffd}");
    if words.chars().count() > LONGEST {
        return Err(DeskError::invalid("comment", Problem::ReasonTooLong { most: LONGEST }));
    }
    if words.is_empty() && before.last().is_some_and(|last| last.rating == rating) {
        return Ok(());
    }
    if before.len() >= MOST {
        return Err(DeskError::Conflict(Problem::RatedTooOften));
    }
    // Whoever has the mail speaks for the person, and for nothing but this.
    act.actor = Actor::Person(rateable.person);
    let kept = before.last().and_then(|last| last.comment);
    let comment = act.reason(rateable.ticket, &words, false)?.or(kept);
    project::happen(act, rateable.ticket, |_, _| Ok(Fact::Rated { rating, comment }))?;
    Ok(())
}

struct Before {
    rating: u8,
    comment: Option<ReasonId>,
}

fn rateable(
    tx: &mut Tx,
    token: &str,
    now: jiff::Timestamp,
) -> Result<Option<(Rateable, Vec<Before>)>, DeskError> {
    let Some(key) = outbox::kept_key(tx)? else { return Ok(None) };
    let Some(Ballot { ticket, person }) = Ballot::read(token, &key) else { return Ok(None) };
    let events = store::event::of_ticket(tx, ticket)?;
    let Some(folded) = Ticket::fold(ticket, &events) else { return Ok(None) };
    let Some(solved_at) = folded.solved_at.filter(|_| folded.state != State::Open) else { return Ok(None) };
    // What was merged was not solved by it.
    let is_another = folded.is_handoff() || folded.merged_into.is_some();
    if is_another || folded.requester() != person || now > solved_at + OPEN_FOR {
        return Ok(None);
    }
    let since: Vec<&Event> =
        events.iter().filter(|event| event.ticket == ticket && event.at >= solved_at).collect();
    let rated: Vec<(&Event, Before)> = since
        .into_iter()
        .filter_map(|event| match event.fact {
            Fact::Rated { rating, comment } => Some((event, Before { rating, comment })),
            _ => None,
        })
        .collect();
    if rated.first().is_some_and(|(first, _)| now > first.at + CHANGED_FOR) {
        return Ok(None);
    }
    let again = !rated.is_empty();
    let before = rated.into_iter().map(|(_, before)| before).collect();
    Ok(Some((Rateable { ticket, person, again }, before)))
}

/// Five links below a mail that tells the requester that their ticket is solved; none where nobody said how the
/// desk is reached, or where the inbox does not ask.
pub(crate) fn links(act: &mut Act, inbox: &Inbox, outgoing: &Outgoing) -> Result<Option<String>, DeskError> {
    let (Kind::Reply | Kind::Notice, Some(ticket), Some(person)) =
        (outgoing.kind, outgoing.ticket, outgoing.person)
    else {
        return Ok(None);
    };
    if !store::ticket::is_solved_for(act.tx, ticket, person)? || !store::inbox::asks_rating(act.tx, inbox.id)?
    {
        return Ok(None);
    }
    let Some(base) = base_url::known(act.tx)? else { return Ok(None) };
    let token = Ballot { ticket, person }.token(&outbox::key(act)?);
    let person = store::person::by_id(act.tx, person)?;
    let language = person.as_ref().map_or(inbox.language.as_str(), |person| person.language.as_str());
    let words = if language == "de" {
        ["ungenügend", "mäßig", "in Ordnung", "gut", "ausgezeichnet"]
    } else {
        ["poor", "fair", "fine", "good", "excellent"]
    };
    let links: Vec<String> = (1..=5_u8)
        .rev()
        .zip(words.iter().rev())
        .map(|(rating, words)| {
            let stars = "★".repeat(usize::from(rating));
            format!("- [{stars} {words}]({base}/rating/{token}?rating={rating})")
        })
        .collect();
    let values = Values::default()
        .with(Variable::List, links.join("\n"))
        .with(Variable::Unit, act.catalogue.unit_name(inbox.unit));
    let text = match template::made(act, inbox, Template::Rating, language, &values)? {
        Some(text) => text,
        None => template::fill(Template::Rating, &Template::Rating.usual(language), &values)?,
    };
    Ok(Some(format!("**{}**\n\n{}", text.subject, text.body)))
}

/// Whether the mails of an inbox ask how it went.
pub fn asks(look: &mut Look, inbox: InboxId) -> Result<bool, DeskError> {
    Ok(store::inbox::asks_rating(look.tx, inbox)?)
}

pub fn set_asks(act: &mut Act, by: &impl Entitled, inbox: InboxId, asks: bool) -> Result<(), DeskError> {
    by.check(act)?;
    inboxes::live(act, inbox)?;
    if store::inbox::asks_rating(act.tx, inbox)? != asks {
        store::inbox::set_asks_rating(act.tx, inbox, asks)?;
        act.record_change(Subject::Inbox(inbox.0), "changed", &json!({ "fields": ["asks_rating"] }))?;
    }
    Ok(())
}

//! What each form of a ticket's page does: the right it needs, and the verb of the desk.

use desk::act::Act;
use desk::handoff::Asking;
use desk::reply::Then;
use desk::words::{Body, Saying, Subject};
use desk::{
    DeskError, Problem, assign, close, copies, handoff, note, preferences, priority, reclassify, reopen,
    reply, snooze, solve, status, transfer, undo, wait,
};
use domain::event::{Fact, Side, WaitOn, meanwhile};
use domain::id::{EventId, OrganisationId, PersonId, ServiceId, StatusId, UnitId};
use domain::preference::{Preference, Sending};
use domain::priority::Priority;
use domain::ticket::Kind;
use domain::ticket::rules::Refusal;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use store::access::{Ask, Granted, Seen, Serve};
use store::message::Channel;
use store::upload::Audience;

pub(super) use super::done::{Done, words};
use super::{Fields, snoozing};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Reply,
    Note,
    Assignment,
    Transfer,
    Wait,
    WaitEnd,
    Solution,
    Reopening,
    Closing,
    Priority,
    Service,
    Handoff,
    Delivery,
    Acceptance,
    Return,
    Withdrawal,
    Copy,
    Undo,
    /// A tag is put on it.
    Tag,
    /// It is linked to another ticket.
    Link,
    Snooze,
    Wake,
    /// A status of one's own says where it stands.
    Status,
    Kind,
    /// A field of one's own is answered.
    Field,
    /// It is merged, or taken apart; it has no fields here.
    Merge,
    /// Time that somebody worked on it.
    Time,
    /// Steps are put on its checklist.
    Checklist,
    /// Something with one of its mails; it has no fields.
    Mail,
}

impl Form {
    /// Keeps the fields of one page's forms apart.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Assignment => "assignment",
            Self::Transfer => "transfer",
            Self::Wait => "wait",
            Self::WaitEnd => "wait-end",
            Self::Solution => "solution",
            Self::Reopening => "reopening",
            Self::Closing => "closing",
            Self::Priority => "priority",
            Self::Service => "service",
            Self::Handoff => "handoff",
            Self::Delivery => "delivery",
            Self::Acceptance => "acceptance",
            Self::Return => "return",
            Self::Withdrawal => "withdrawal",
            Self::Copy => "copy",
            Self::Undo => "undo",
            Self::Tag => "tag",
            Self::Link => "link",
            Self::Snooze => "snooze",
            Self::Wake => "wake",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Field => "own",
            Self::Merge => "merge",
            Self::Time => "time",
            Self::Checklist => "checklist",
            Self::Mail => "mail",
        }
    }

    /// Whom the files of a form are for.
    pub(super) const fn audience(self) -> Audience {
        match self {
            Self::Note => Audience::Note,
            Self::Reply
            | Self::Assignment
            | Self::Transfer
            | Self::Wait
            | Self::WaitEnd
            | Self::Solution
            | Self::Reopening
            | Self::Closing
            | Self::Priority
            | Self::Service
            | Self::Handoff
            | Self::Delivery
            | Self::Acceptance
            | Self::Return
            | Self::Withdrawal
            | Self::Copy
            | Self::Undo
            | Self::Tag
            | Self::Link
            | Self::Snooze
            | Self::Wake
            | Self::Status
            | Self::Kind
            | Self::Field
            | Self::Merge
            | Self::Time
            | Self::Checklist
            | Self::Mail => Audience::Message,
        }
    }
}

/// Follows one form within the transaction in which the viewer's right was read.
pub(super) fn run(
    act: &mut Act,
    seen: Seen,
    form: Form,
    fields: &Fields,
    zone: &TimeZone,
) -> Result<Done, DeskError> {
    match form {
        Form::Reply => return say(act, seen, fields),
        Form::Note => {
            let granted = seen.annotate().ok_or(DeskError::NotAllowed)?;
            note::run(act, granted, Saying { body: &Body::parse(&fields.body)?, files: &fields.upload })?;
            return Ok(Done::Noted);
        }
        Form::Acceptance | Form::Return | Form::Withdrawal => {
            let granted = asks(seen)?;
            return if is_news(act, seen, fields)? {
                Ok(Done::Meanwhile)
            } else {
                decide(act, granted, form, fields)
            };
        }
        Form::Assignment
        | Form::Transfer
        | Form::Wait
        | Form::WaitEnd
        | Form::Solution
        | Form::Reopening
        | Form::Closing
        | Form::Priority
        | Form::Service
        | Form::Handoff
        | Form::Delivery
        | Form::Copy
        | Form::Undo
        | Form::Tag
        | Form::Link
        | Form::Snooze
        | Form::Wake
        | Form::Status
        | Form::Kind
        | Form::Field
        | Form::Merge
        | Form::Time
        | Form::Checklist
        | Form::Mail => {}
    }
    let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
    // What one unit writes to the other answers what that one said last, as a reply does.
    if matches!(form, Form::Delivery | Form::Handoff) && is_news(act, seen, fields)? {
        return Ok(Done::Meanwhile);
    }
    serve(act, granted, form, fields, zone)
}

/// What the unit that asked says to what was delivered, or that it needs nothing any more.
fn decide(act: &mut Act, granted: Granted<Ask>, form: Form, fields: &Fields) -> Result<Done, DeskError> {
    match form {
        Form::Return => handoff::hand_back(act, granted, &fields.reason).map(|()| Done::Returned),
        Form::Withdrawal => handoff::withdraw(act, granted, &fields.reason).map(|()| Done::Withdrawn),
        _ => accept(act, granted, fields),
    }
}

fn serve(
    act: &mut Act,
    granted: Granted<Serve>,
    form: Form,
    fields: &Fields,
    zone: &TimeZone,
) -> Result<Done, DeskError> {
    match form {
        Form::Assignment => assignment(act, granted, fields).map(|()| Done::Assigned),
        Form::Transfer => {
            transfer::run(act, granted, UnitId(number("unit", &fields.unit)?), &fields.reason)?;
            Ok(Done::Transferred)
        }
        Form::Wait => start_wait(act, granted, fields, zone),
        Form::WaitEnd => wait::end(act, granted).map(|()| Done::Resumed),
        Form::Solution => solve::run(act, granted, None, &fields.reason).map(|()| Done::Solved),
        Form::Reopening => reopen::serve(act, granted, &fields.reason).map(|()| Done::Reopened),
        Form::Closing => close::serve(act, granted).map(|()| Done::Closed),
        Form::Priority => {
            let chosen = fields.priority.parse().ok().and_then(|n: u8| Priority::try_from(n).ok());
            let chosen = chosen.ok_or_else(|| DeskError::invalid("priority", Problem::ChooseOne))?;
            priority::change(act, granted, chosen, &fields.reason).map(|()| Done::Prioritised)
        }
        Form::Service => {
            reclassify::run(act, granted, ServiceId(number("service", &fields.service)?)).map(|()| Done::Kept)
        }
        Form::Handoff => {
            let asking = Asking {
                service: ServiceId(number("service", &fields.service)?),
                subject: Subject::parse(&fields.subject)?,
                body: Body::parse(&fields.body)?,
                priority: None,
                files: fields.upload.clone(),
                typed: fields.filled.typed.clone(),
            };
            handoff::ask(act, granted, &asking).map(|_| Done::Asked)
        }
        Form::Delivery => {
            let saying = Saying { body: &Body::parse(&fields.body)?, files: &fields.upload };
            handoff::deliver(act, granted, saying).map(|_| Done::Delivered)
        }
        Form::Undo => undo::run(act, granted, EventId(fields.event)).map(|()| Done::Undone),
        Form::Snooze => {
            let until = snoozing::until(act, granted, &fields.on, &fields.until, zone)?;
            snooze::until(act, granted, until).map(|()| Done::Snoozed)
        }
        Form::Wake => snooze::wake(act, granted).map(|()| Done::Woken),
        Form::Status => say_status(act, granted, fields, zone).map(|()| Done::Kept),
        Form::Kind => {
            let kind = Kind::parse(&fields.kind);
            let kind = kind.ok_or_else(|| DeskError::invalid("kind", Problem::ChooseOne))?;
            status::change_kind(act, granted, kind).map(|()| Done::Kept)
        }
        Form::Copy => copies::add(act, granted, &fields.address, Some(&fields.name)).map(|_| Done::Copied),
        Form::Reply
        | Form::Note
        | Form::Acceptance
        | Form::Return
        | Form::Withdrawal
        | Form::Tag
        | Form::Link
        | Form::Field
        | Form::Merge
        | Form::Time
        | Form::Checklist
        | Form::Mail => Err(DeskError::NotAllowed),
    }
}

/// A reply of the owning unit, or of the unit that asked. What came in since the page was made
/// stops it, so that nobody answers past a message they have not read.
fn say(act: &mut Act, seen: Seen, fields: &Fields) -> Result<Done, DeskError> {
    let body = Body::parse(&fields.body)?;
    let saying = Saying { body: &body, files: &fields.upload };
    // Nobody would read it here: the words come back with the way to where the matter goes on.
    if store::ticket::goes_on_as(act.tx, seen.ticket)? != seen.ticket {
        return Err(Refusal::Merged.into());
    }
    if is_news(act, seen, fields)? {
        return Ok(Done::Meanwhile);
    }
    let Some(granted) = seen.serve() else {
        let granted = seen.request().ok_or(DeskError::NotAllowed)?;
        reply::request(act, granted, saying, Channel::Agent)?;
        return Ok(Done::Replied);
    };
    let handoff = store::sheet::outside(act.tx, &granted)?.asking.is_some();
    if let Some(sending) = Sending::parse(&fields.after) {
        preferences::remember(act, seen.viewer, Preference::Sending(sending))?;
    }
    let (then, done) = match fields.after.as_str() {
        "solve" if handoff => {
            handoff::deliver(act, granted, saying)?;
            return Ok(Done::Delivered);
        }
        "solve" => (Then::Solve, Done::Solved),
        "wait" => (Then::WaitForRequester, Done::Waiting),
        _ => (Then::Stay, Done::Replied),
    };
    match fields.recipients() {
        Some(recipients) => reply::serve_to(act, granted, saying, &recipients, then)?,
        None => reply::serve(act, granted, saying, then)?,
    };
    Ok(done)
}

/// Whether something came in since the page was made. Of what stands inside, or can still be taken back, those who
/// asked are not even told that there is something.
fn is_news(act: &mut Act, seen: Seen, fields: &Fields) -> Result<bool, DeskError> {
    let inside = seen.read_inside().is_some();
    let events = if inside {
        store::event::of_ticket(act.tx, seen.ticket)?
    } else {
        desk::outside::events(act.tx, seen.ticket, act.now)?
    };
    let position = EventId(fields.seen.parse().unwrap_or(i64::MAX));
    let mut news = meanwhile(&events, seen.ticket, position, seen.viewer);
    Ok(news.any(|event| inside || !matches!(event.fact, Fact::Noted { .. } | Fact::StrangerWrote { .. })))
}

fn assignment(act: &mut Act, granted: Granted<Serve>, fields: &Fields) -> Result<(), DeskError> {
    match fields.person.as_str() {
        "me" if fields.held.is_empty() => assign::take(act, granted),
        "me" => assign::take_over(act, granted, PersonId(number("person", &fields.held)?)),
        "" => assign::to(act, granted, None),
        other => assign::to(act, granted, Some(PersonId(number("person", other)?))),
    }
}

/// The message that a wait refers to is the last one of the serving side, or for an agreed date
/// the last one of all.
fn start_wait(
    act: &mut Act,
    granted: Granted<Serve>,
    fields: &Fields,
    zone: &TimeZone,
) -> Result<Done, DeskError> {
    let said = store::message::of_ticket(act.tx, &granted)?;
    let last = |ours: bool| {
        let mut said = said.iter().rev().filter(|said| !said.message.automatic);
        said.find(|said| !ours || said.message.side == Side::Serving).map(|said| said.message.id)
    };
    let (on, message) = match fields.on.as_str() {
        "requester" => (WaitOn::Requester, last(true)),
        "supplier" => (WaitOn::Supplier(OrganisationId(number("supplier", &fields.supplier)?)), None),
        "agreed" => (WaitOn::Agreed { until: instant(&fields.until, zone)? }, last(false)),
        _ => return Err(DeskError::invalid("on", Problem::WaitOnNobody)),
    };
    wait::start(act, granted, on, message)?;
    Ok(Done::Waiting)
}

/// For whom it waits then is asked for where the status says no more than that it waits for others.
fn say_status(
    act: &mut Act,
    granted: Granted<Serve>,
    fields: &Fields,
    zone: &TimeZone,
) -> Result<(), DeskError> {
    if fields.status == "none" {
        return status::clear(act, granted);
    }
    let whom = match (fields.supplier.as_str(), fields.until.as_str()) {
        ("", "") => None,
        ("", until) => Some(WaitOn::Agreed { until: instant(until, zone)? }),
        (supplier, _) => Some(WaitOn::Supplier(OrganisationId(number("supplier", supplier)?))),
    };
    status::set(act, granted, StatusId(number("status", &fields.status)?), whom)
}

fn accept(act: &mut Act, granted: Granted<Ask>, fields: &Fields) -> Result<Done, DeskError> {
    let rating = match fields.rating.as_str() {
        "" => None,
        rating => Some(rating.parse().map_err(|_| DeskError::invalid("rating", Problem::RatingNotANumber))?),
    };
    handoff::accept(act, granted, rating, &fields.reason)?;
    Ok(Done::Accepted)
}

fn asks(seen: Seen) -> Result<Granted<Ask>, DeskError> {
    seen.ask().ok_or(DeskError::NotAllowed)
}

fn number(field: &'static str, text: &str) -> Result<i64, DeskError> {
    text.parse().map_err(|_| DeskError::invalid(field, Problem::ChooseOne))
}

/// A local date and time, as a browser's field sends it, in the zone of who wrote it.
pub(super) fn instant(text: &str, zone: &TimeZone) -> Result<Timestamp, DeskError> {
    let unreadable = || DeskError::invalid("until", Problem::DateMissing);
    let local: civil::DateTime = text.parse().map_err(|_| unreadable())?;
    Ok(zone.to_zoned(local).map_err(|_| unreadable())?.timestamp())
}

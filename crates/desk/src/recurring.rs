//! Tickets that are opened later, once or again and again: a template, and when.

use std::collections::BTreeSet;

use domain::calendar::Calendar;
use domain::event::Actor;
use domain::id::{CalendarId, RecurringId, ServiceId};
use domain::permission::Viewer;
use domain::priority::Level;
use domain::recurrence::{Coming, Recurrence, Rule, Stop};
use domain::ticket::Kind;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use store::catalogue::Catalogue;
use store::event::Subject as Of;
use store::message::Channel;
use store::recurring::Recurring;

use crate::act::Act;
use crate::custom::Typed;
use crate::open::{self, Open, Urgency};
use crate::words::{Body, EmailAddress, Subject};
use crate::{DeskError, Problem};

/// The most templates of one service.
pub const MOST: usize = 200;

/// A template as somebody writes it.
#[derive(Clone, Debug)]
pub struct Input {
    pub service: ServiceId,
    pub kind: Kind,
    /// The address of whoever it is asked for.
    pub requester: String,
    pub subject: String,
    pub body: String,
    pub fields: Typed,
    pub recurrence: Recurrence,
}

/// Keeps a new template; whoever serves in the unit of its service may.
pub fn save(act: &mut Act, viewer: &Viewer, input: &Input) -> Result<RecurringId, DeskError> {
    serves(act, viewer, input.service)?;
    if store::recurring::of_service(act.tx, input.service)?.len() >= MOST {
        return Err(DeskError::invalid("subject", Problem::RecurringFull { most: MOST }));
    }
    let id = RecurringId(act.new_id());
    let one = checked(act, viewer, id, input)?;
    store::recurring::save(act.tx, &one)?;
    act.record_change(Of::Recurring(id.0), "recurring saved", &json!({}))?;
    Ok(id)
}

/// Changes a template; from then on it opens with the rights of whoever changed it.
pub fn change(act: &mut Act, viewer: &Viewer, id: RecurringId, input: &Input) -> Result<(), DeskError> {
    let before = known(act, viewer, id)?;
    let input = Input { service: before.service, ..input.clone() };
    let after = Recurring { paused: before.paused, ..checked(act, viewer, id, &input)? };
    store::recurring::save(act.tx, &after)?;
    act.record_change(Of::Recurring(id.0), "recurring changed", &json!({}))?;
    Ok(())
}

/// Stops a template, or lets it go on: what passed meanwhile is not made up for.
pub fn pause(act: &mut Act, viewer: &Viewer, id: RecurringId, paused: bool) -> Result<(), DeskError> {
    let one = known(act, viewer, id)?;
    if one.paused == paused {
        return Ok(());
    }
    let next_at = next(&act.catalogue, &one.recurrence, act.now);
    let kind = if paused { "recurring paused" } else { "recurring resumed" };
    let failed = one.failed.filter(|_| paused);
    store::recurring::save(act.tx, &Recurring { paused, next_at, failed, ..one })?;
    act.record_change(Of::Recurring(id.0), kind, &json!({}))?;
    Ok(())
}

pub fn remove(act: &mut Act, viewer: &Viewer, id: RecurringId) -> Result<(), DeskError> {
    known(act, viewer, id)?;
    store::recurring::delete(act.tx, id)?;
    act.record_change(Of::Recurring(id.0), "recurring removed", &json!({}))?;
    Ok(())
}

/// Opens what is due. After a time of standing still each template opens one ticket, not one for each time
/// that passed. What cannot be opened is paused with the reason.
pub(crate) fn open_due(act: &mut Act, limit: i64) -> Result<usize, DeskError> {
    let due = store::recurring::due(act.tx, act.now, limit)?;
    for one in &due {
        let (now, actor) = (act.now, Actor::Desk);
        let opened = act.part(now, actor, |act| {
            let opened = open_one(act, one)?;
            let next_at = next(&act.catalogue, &one.recurrence, act.now);
            store::recurring::opened(act.tx, one.id, opened.id, act.now, next_at)?;
            Ok(())
        });
        match opened {
            Ok(()) => {}
            Err(DeskError::Store(error)) => return Err(DeskError::Store(error)),
            Err(error) => {
                let stop = stopped(act, one, &error)?;
                tracing::warn!(%error, recurring = %one.id, "a recurring ticket was paused");
                store::recurring::save(
                    act.tx,
                    &Recurring { paused: true, failed: Some(stop), ..one.clone() },
                )?;
                act.record_change(Of::Recurring(one.id.0), "recurring paused", &json!({}))?;
            }
        }
    }
    Ok(due.len())
}

/// What could not be when a template should have been opened.
fn stopped(act: &mut Act, one: &Recurring, error: &DeskError) -> Result<Stop, DeskError> {
    if store::access::viewer(act.tx, one.made_by)?.is_none() {
        return Ok(Stop::MakerGone);
    }
    Ok(match error {
        DeskError::NotAllowed | DeskError::NotFound => Stop::MakerServesElsewhere,
        DeskError::Invalid { problem: Problem::ServiceNotOffered, .. } => Stop::ServiceNotOffered,
        DeskError::Invalid { problem: Problem::PersonUnknown, .. } => Stop::RequesterGone,
        DeskError::Invalid { field: "fields", .. } => Stop::FieldWrong,
        DeskError::Invalid { .. }
        | DeskError::Conflict(_)
        | DeskError::Refused(_)
        | DeskError::Circle(_)
        | DeskError::Store(_) => Stop::Other,
    })
}

/// The calendars whose working days a template of a service may keep: that of its unit, and those in which its
/// promises count. By name.
#[must_use]
pub fn calendars(catalogue: &Catalogue, service: ServiceId) -> Vec<(CalendarId, String)> {
    let unit = catalogue.service(service).and_then(|service| catalogue.units.get(&service.unit));
    let promises = catalogue.agreements.iter().filter(|agreement| agreement.service == service);
    let counted = promises.flat_map(|agreement| agreement.targets.iter().map(|target| target.calendar));
    let ids: BTreeSet<CalendarId> = unit.and_then(|unit| unit.calendar).into_iter().chain(counted).collect();
    let named = ids.iter().filter_map(|id| catalogue.calendars.get(id));
    let mut named: Vec<(CalendarId, String)> = named.map(|named| (named.id, named.name.clone())).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named
}

/// The next time of a template, on the days of its calendar as it is now.
fn next(catalogue: &Catalogue, recurrence: &Recurrence, after: Timestamp) -> Option<Timestamp> {
    recurrence.next(after, kept_by(catalogue, recurrence))
}

/// Its next times, at most `many`.
#[must_use]
pub fn following(
    catalogue: &Catalogue,
    recurrence: &Recurrence,
    after: Timestamp,
    many: usize,
) -> Vec<Coming> {
    recurrence.following(after, kept_by(catalogue, recurrence), many)
}

fn kept_by<'a>(catalogue: &'a Catalogue, recurrence: &Recurrence) -> Option<&'a Calendar> {
    recurrence.off_days.and_then(|off_days| catalogue.calendar(off_days.calendar))
}

/// A calendar has other days now: what waits for its time there comes by them.
pub(crate) fn calendar_changed(
    act: &mut Act,
    id: CalendarId,
    was: &Calendar,
    is: &Calendar,
) -> Result<(), DeskError> {
    for one in store::recurring::all(act.tx)? {
        let keeps = one.recurrence.off_days.is_some_and(|off_days| off_days.calendar == id);
        let Some(pending) = one.next_at.filter(|at| keeps && *at > act.now) else { continue };
        let next_at = one.recurrence.rescheduled(pending, act.now, Some(was), Some(is));
        if next_at != one.next_at {
            store::recurring::save(act.tx, &Recurring { next_at, ..one })?;
        }
    }
    Ok(())
}

/// With the rights that its maker has now.
fn open_one(act: &mut Act, one: &Recurring) -> Result<open::Opened, DeskError> {
    let viewer = store::access::viewer(act.tx, one.made_by)?.ok_or(DeskError::NotAllowed)?;
    let typed: Typed = serde_json::from_str(&one.fields).unwrap_or_default();
    open::answered(act, &viewer, &asked(one)?, &typed)
}

fn asked(one: &Recurring) -> Result<Open, DeskError> {
    Ok(Open {
        service: one.service,
        kind: one.kind,
        subject: Subject::parse(&one.subject)?,
        body: Body::parse(&one.body)?,
        requester: one.requester,
        beneficiary: None,
        payer: None,
        urgency: Urgency::Judged { impact: Level::Low, urgency: Level::Medium },
        channel: Channel::Agent,
        files: Vec::new(),
    })
}

/// A template of a unit that the viewer serves in; any other does not exist for them.
pub fn known(act: &mut Act, viewer: &Viewer, id: RecurringId) -> Result<Recurring, DeskError> {
    let one = store::recurring::by_id(act.tx, id)?.ok_or(DeskError::NotFound)?;
    serves(act, viewer, one.service).map_err(|_| DeskError::NotFound)?;
    Ok(one)
}

fn serves(act: &Act, viewer: &Viewer, service: ServiceId) -> Result<(), DeskError> {
    let unit = act.catalogue.service(service).map(|service| service.unit);
    if unit.is_some_and(|unit| viewer.serves_in(unit)) {
        Ok(())
    } else {
        Err(DeskError::invalid("service", Problem::ServiceNotOffered))
    }
}

/// What a template needs; whether it can be opened is seen when its time comes.
fn checked(act: &mut Act, viewer: &Viewer, id: RecurringId, input: &Input) -> Result<Recurring, DeskError> {
    rule(&input.recurrence)?;
    off_days(act, input)?;
    let unknown = || DeskError::invalid("requester", Problem::PersonUnknown);
    let address = EmailAddress::parse(&input.requester).map_err(|_| unknown())?;
    let requester = store::person::by_email(act.tx, address.as_str())?
        .filter(|person| person.disabled_at.is_none())
        .ok_or_else(unknown)?;
    let next_at = next(&act.catalogue, &input.recurrence, act.now);
    if next_at.is_none() {
        return Err(DeskError::invalid("first", Problem::RecurringNever));
    }
    Ok(Recurring {
        id,
        service: input.service,
        requester: requester.id,
        made_by: viewer.person,
        kind: input.kind,
        subject: Subject::parse(&input.subject)?.as_str().to_owned(),
        body: Body::parse(&input.body)?.into_string(),
        fields: serde_json::to_string(&input.fields).unwrap_or_else(|_| "{}".to_owned()),
        recurrence: input.recurrence.clone(),
        next_at,
        paused: false,
        failed: None,
        last: None,
    })
}

fn off_days(act: &Act, input: &Input) -> Result<(), DeskError> {
    let Some(off_days) = input.recurrence.off_days else { return Ok(()) };
    let offered = calendars(&act.catalogue, input.service);
    if offered.iter().any(|(calendar, _)| *calendar == off_days.calendar) {
        return Ok(());
    }
    Err(DeskError::invalid("calendar", Problem::CalendarUnknown))
}

fn rule(recurrence: &Recurrence) -> Result<(), DeskError> {
    if TimeZone::get(&recurrence.zone).is_err() {
        return Err(DeskError::invalid("zone", Problem::ChooseOne));
    }
    match &recurrence.rule {
        Rule::Weekly { days } if days.is_empty() || days.iter().any(|day| !(1..=7).contains(day)) => {
            Err(DeskError::invalid("days", Problem::ChooseOne))
        }
        Rule::Monthly { day } if !(1..=31).contains(day) => {
            Err(DeskError::invalid("day", Problem::RecurringDay))
        }
        Rule::Once | Rule::Daily | Rule::Weekly { .. } | Rule::Monthly { .. } | Rule::LastWorkday => Ok(()),
    }
}

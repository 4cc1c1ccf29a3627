//! Steps of a ticket that the serving side ticks off, and those that are usual for a service.

use domain::event::{Detail, Fact, Ticked};
use domain::id::{ItemId, ServiceId, TicketId};
use domain::place;
use serde_json::json;
use store::Tx;
use store::access::{Annotate, Granted};
use store::event::Subject;

use crate::act::Act;
use crate::entitled::{self, Entitled};
use crate::{DeskError, Problem, project};

/// The most steps of a ticket.
pub const MOST: usize = 50;
/// The longest step, in characters.
pub const LONGEST: usize = 200;

/// Adds a step for each line. One that stands there already is not added again, so that the usual steps can be
/// asked for twice.
pub fn add(act: &mut Act, granted: Granted<Annotate>, lines: &str) -> Result<(), DeskError> {
    put(act, granted.ticket, lines).map(drop)
}

/// The same as an action; whether any step was new.
pub(crate) fn put(act: &mut Act, ticket: TicketId, lines: &str) -> Result<bool, DeskError> {
    let here = standing(act.tx, ticket)?;
    let new = new_steps(&here, lines)?;
    for words in &new {
        let item = ItemId(act.new_id());
        store::checklist::insert(act.tx, item, ticket, words)?;
        told(act, ticket, item, Ticked::Added)?;
    }
    Ok(!new.is_empty())
}

/// The words of a ticket's steps.
pub(crate) fn standing(tx: &mut Tx, ticket: TicketId) -> Result<Vec<String>, DeskError> {
    Ok(store::checklist::steps(tx, ticket)?.into_iter().map(|step| step.words).collect())
}

/// Those of some lines that do not stand there yet, while there is room for them.
pub(crate) fn new_steps(here: &[String], lines: &str) -> Result<Vec<String>, DeskError> {
    let mut new = parse(lines)?;
    new.retain(|words| !here.contains(words));
    if !new.is_empty() && here.len() + new.len() > MOST {
        return Err(DeskError::invalid("steps", Problem::ChecklistFull { most: MOST }));
    }
    Ok(new)
}

/// At least one step.
pub(crate) fn parse(lines: &str) -> Result<Vec<String>, DeskError> {
    let steps = steps(lines)?;
    if steps.is_empty() {
        return Err(DeskError::invalid("steps", Problem::ChecklistEmpty));
    }
    Ok(steps)
}

/// Ticks a step off, or says that it is not done after all.
pub fn tick(act: &mut Act, granted: Granted<Annotate>, item: ItemId, done: bool) -> Result<(), DeskError> {
    let step = (item, granted.ticket);
    let person = act.person().ok_or(DeskError::NotAllowed)?;
    let (changed, what) = if done {
        (store::checklist::did(act.tx, step, person, act.now)?, Ticked::Done)
    } else {
        (store::checklist::undid(act.tx, step)?, Ticked::Open)
    };
    if changed {
        return told(act, granted.ticket, item, what);
    }
    // A colleague was faster.
    if store::checklist::exists(act.tx, step)? { Ok(()) } else { Err(DeskError::NotFound) }
}

/// Says in other words what has to be done. What was done stays as it was ticked off.
pub fn reword(act: &mut Act, granted: Granted<Annotate>, item: ItemId, words: &str) -> Result<(), DeskError> {
    let here = store::checklist::steps(act.tx, granted.ticket)?;
    let own = here.iter().find(|step| step.id == item).ok_or(DeskError::NotFound)?;
    let words = step(words)?.ok_or_else(|| DeskError::invalid("steps", Problem::ChecklistEmpty))?;
    if own.words == words {
        return Ok(());
    }
    if own.done {
        return Err(DeskError::invalid("steps", Problem::ChecklistDone));
    }
    if here.iter().any(|step| step.words == words) {
        return Err(DeskError::invalid("steps", Problem::ChecklistTwice));
    }
    store::checklist::reword(act.tx, item, &words)?;
    told(act, granted.ticket, item, Ticked::Reworded)
}

/// Changes places with the step before or behind it. At either end nothing happens.
pub fn place(
    act: &mut Act,
    granted: Granted<Annotate>,
    item: ItemId,
    step: place::Step,
) -> Result<(), DeskError> {
    let list = store::checklist::steps(act.tx, granted.ticket)?;
    let here = list.iter().position(|step| step.id == item).ok_or(DeskError::NotFound)?;
    let Some(there) = step.from(here, list.len()) else { return Ok(()) };
    store::checklist::put(act.tx, list[here].id, list[there].place)?;
    store::checklist::put(act.tx, list[there].id, list[here].place)?;
    told(act, granted.ticket, item, Ticked::Moved)
}

pub fn remove(act: &mut Act, granted: Granted<Annotate>, item: ItemId) -> Result<(), DeskError> {
    if !store::checklist::remove(act.tx, (item, granted.ticket))? {
        return Err(DeskError::NotFound);
    }
    told(act, granted.ticket, item, Ticked::Removed)
}

/// Says which steps are usual for a service; no line takes them away.
pub fn set_usual(
    act: &mut Act,
    by: &impl Entitled,
    service: ServiceId,
    lines: &str,
) -> Result<(), DeskError> {
    by.check(act)?;
    act.catalogue.service(service).ok_or(DeskError::NotFound)?;
    let steps = steps(lines)?;
    if steps.len() > MOST {
        return Err(DeskError::invalid("steps", Problem::ChecklistFull { most: MOST }));
    }
    let words = steps.join("\n");
    store::checklist::set_usual(act.tx, service, Some(words.as_str()).filter(|words| !words.is_empty()))?;
    entitled::record(act, Subject::Service(service.0), "usual steps changed", &json!({}))
}

/// Changes places among the usual steps of a service. At either end nothing happens.
pub fn place_usual(
    act: &mut Act,
    by: &impl Entitled,
    service: ServiceId,
    words: &str,
    step: place::Step,
) -> Result<(), DeskError> {
    by.check(act)?;
    let usual = act.catalogue.usual_steps.get(&service).ok_or(DeskError::NotFound)?;
    let mut list = steps(usual)?;
    let here = list.iter().position(|own| own == words).ok_or(DeskError::NotFound)?;
    let Some(there) = step.from(here, list.len()) else { return Ok(()) };
    list.swap(here, there);
    set_usual(act, by, service, &list.join("\n"))
}

/// One step for each line that says anything, none of them twice.
fn steps(lines: &str) -> Result<Vec<String>, DeskError> {
    let mut steps: Vec<String> = Vec::new();
    for line in lines.lines() {
        if let Some(words) = step(line)?.filter(|words| !steps.contains(words)) {
            steps.push(words);
        }
    }
    Ok(steps)
}

fn step(words: &str) -> Result<Option<String>, DeskError> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "\u{fffd}");
    let length = words.chars().count();
    if length > LONGEST {
        return Err(DeskError::invalid("steps", Problem::CustomTooLong { length, most: LONGEST }));
    }
    Ok(Some(words).filter(|words| !words.is_empty()))
}

fn told(act: &mut Act, ticket: TicketId, item: ItemId, what: Ticked) -> Result<(), DeskError> {
    project::happen(act, ticket, |_, _| Ok(Fact::Detailed(Detail::Ticked { item, what })))?;
    Ok(())
}

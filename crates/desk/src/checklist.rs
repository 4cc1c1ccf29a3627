//! Steps of a ticket that the serving side ticks off, and those that are usual for a service.

use domain::event::{Detail, Fact, Ticked};
use domain::id::{ItemId, ServiceId, TicketId};
use serde_json::json;
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
    let mut here = store::checklist::words(act.tx, granted.ticket)?;
    let steps = steps(lines)?;
    if steps.is_empty() {
        return Err(DeskError::invalid("steps", Problem::ChecklistEmpty));
    }
    for words in steps {
        if here.contains(&words) {
            continue;
        }
        if here.len() >= MOST {
            return Err(DeskError::invalid("steps", Problem::ChecklistFull { most: MOST }));
        }
        let item = ItemId(act.new_id());
        store::checklist::insert(act.tx, item, granted.ticket, &words)?;
        told(act, granted.ticket, item, Ticked::Added)?;
        here.push(words);
    }
    Ok(())
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

fn steps(lines: &str) -> Result<Vec<String>, DeskError> {
    let mut steps: Vec<String> = Vec::new();
    for line in lines.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "\u{fffd}");
        let length = line.chars().count();
        if length > LONGEST {
            return Err(DeskError::invalid("steps", Problem::CustomTooLong { length, most: LONGEST }));
        }
        if !line.is_empty() && !steps.contains(&line) {
            steps.push(line);
        }
    }
    Ok(steps)
}

fn told(act: &mut Act, ticket: TicketId, item: ItemId, what: Ticked) -> Result<(), DeskError> {
    project::happen(act, ticket, |_, _| Ok(Fact::Detailed(Detail::Ticked { item, what })))?;
    Ok(())
}

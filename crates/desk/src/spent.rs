//! Somebody of the serving side says how long they worked on a ticket, or corrects what they said.

pub mod summed;

use domain::event::{Detail, Fact};
use domain::id::SpentId;
use domain::spent;
use jiff::civil::Date;
use store::access::{Annotate, Granted};
use store::spent::Said;

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// The longest note of an entry.
const LONGEST_NOTE: usize = 300;

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// As `1:30`, `90` or `1h 30m`.
    pub time: String,
    pub day: Date,
    pub note: String,
}

pub fn add(act: &mut Act, granted: Granted<Annotate>, typed: &Typed) -> Result<SpentId, DeskError> {
    let said = said(typed)?;
    if said.minutes == 0 {
        return Err(DeskError::invalid("time", Problem::SpentTime));
    }
    let id = SpentId(act.new_id());
    let person = act.person().ok_or(DeskError::NotAllowed)?;
    store::spent::insert(act.tx, (id, granted.ticket, person), &said, act.now)?;
    told(act, granted, id)?;
    Ok(id)
}

/// Corrects an entry of one's own; what it said before is kept. No time at all takes it out of the sum.
pub fn correct(
    act: &mut Act,
    granted: Granted<Annotate>,
    id: SpentId,
    typed: &Typed,
) -> Result<(), DeskError> {
    let said = said(typed)?;
    let person = act.person().ok_or(DeskError::NotAllowed)?;
    if !store::spent::correct(act.tx, (id, granted.ticket, person), &said, act.now)? {
        return Err(DeskError::NotFound);
    }
    told(act, granted, id)
}

fn told(act: &mut Act, granted: Granted<Annotate>, entry: SpentId) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |_, _| Ok(Fact::Detailed(Detail::Spent { entry })))?;
    Ok(())
}

fn said(typed: &Typed) -> Result<Said, DeskError> {
    let minutes =
        spent::minutes(&typed.time).ok_or_else(|| DeskError::invalid("time", Problem::SpentTime))?;
    let note = typed.note.trim();
    let length = note.chars().count();
    if length > LONGEST_NOTE {
        return Err(DeskError::invalid("note", Problem::SummaryTooLong { length, most: LONGEST_NOTE }));
    }
    let day = domain::custom::day(typed.day);
    Ok(Said { day, minutes, note: note.replace('\0', "\u{fffd}") })
}

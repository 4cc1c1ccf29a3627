//! A reply that a mail brings to its requester is told by that mail, and to nobody twice.

use domain::event::{Event, Fact};
use domain::id::PersonId;
use domain::notice::{Choice, Occasion, Way};
use domain::ticket::Ticket;

use crate::DeskError;
use crate::act::Act;

/// What is left to be told of an event as `occasion`, of all that its reader chose.
pub(super) fn left(
    act: &mut Act,
    (person, occasion): (PersonId, Occasion),
    ticket: &Ticket,
    events: &[Event],
    fact: &Fact,
) -> Result<Choice, DeskError> {
    let chosen = super::choice(act, person, occasion, ticket)?;
    let (Occasion::Replied, Fact::Replied { message, .. }) = (occasion, fact) else { return Ok(chosen) };
    let mails = store::outgoing::of_message(act.tx, *message)?;
    if mails.iter().any(|mail| mail.person == Some(person)) {
        return Ok(Choice { board: false, mail: Way::Never });
    }
    let solves =
        |event: &Event| matches!(event.fact, Fact::Solved { message: Some(own), .. } if own == *message);
    let is_solved = events.iter().any(solves) && super::choice(act, person, Occasion::Solved, ticket)?.board;
    // Whoever wrote it chose whom mail reaches, when it reaches anybody.
    let mail = if mails.is_empty() { chosen.mail } else { Way::Never };
    Ok(Choice { board: chosen.board && !is_solved, mail })
}

//! What people are told at the desk: put on their board once, and read through their rights each time it is shown.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::Actor;
use domain::id::{PersonId, TicketId};
use domain::notice::Occasion;
use domain::origin::Origin;
use domain::permission::{Relation, Viewer};
use jiff::{SignedDuration, Timestamp};
use store::Tx;
use store::event::Subject;
use store::notice::Notice;
use store::notice::board::{self, Shown};

use super::tell::Told;
use crate::DeskError;
use crate::act::{Act, Look};

/// Unread notices are counted to here; more than that is "99+".
pub const MOST_COUNTED: i64 = 100;
/// How many notices of one board are looked at for one page. What is hidden is passed over.
const MOST_LOOKED_AT: usize = 500;
/// How many unread notices are looked at to count those that may be read.
const MOST_UNREAD: i64 = 1_000;

/// A notice as its reader may read it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub occasion: Occasion,
    pub number: i64,
    pub subject: String,
    pub relation: Relation,
    /// Who did it, when it was somebody.
    pub by: Option<String>,
    /// What happened, as the log names it.
    pub what: Option<String>,
    /// The rule that tells it.
    pub rule: Option<String>,
    pub times: i64,
    /// On how many other tickets the same happened at the same time.
    pub others: i64,
    pub at: Timestamp,
    pub unread: bool,
}

/// Some of a board's lines, newest first, and behind which the next ones begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub lines: Vec<Line>,
    pub before: Option<i64>,
}

/// The same on more tickets than this at once is one notice.
const MOST_ALIKE: usize = 5;
/// Within this time, what is alike and unread becomes one.
const TOGETHER: SignedDuration = SignedDuration::from_mins(10);

/// Puts what is told now on its reader's board; the same by the same hand on many tickets is one notice.
pub(super) fn put_all(act: &mut Act, told: &[(Notice, Told)]) -> Result<(), DeskError> {
    let mut alike: BTreeMap<_, BTreeSet<TicketId>> = BTreeMap::new();
    for (notice, told) in told {
        alike.entry((told.occasion, by(told))).or_default().insert(notice.ticket);
    }
    for (notice, told) in told {
        let key = (told.occasion, by(told));
        let Some(tickets) = alike.get(&key) else { continue };
        if tickets.len() <= MOST_ALIKE {
            let shown = shown(act, notice, told);
            board::put(act.tx, &shown)?;
            continue;
        }
        let others = i64::try_from(tickets.len() - 1).unwrap_or(i64::MAX);
        let shown = Shown { others, ..shown(act, notice, told) };
        board::put_many(act.tx, &shown, act.now - TOGETHER)?;
        alike.remove(&key);
    }
    Ok(())
}

fn by(told: &Told) -> Option<PersonId> {
    match told.event.as_ref().map(|event| event.actor) {
        Some(Actor::Person(person)) => Some(person),
        Some(Actor::Desk | Actor::Import) | None => None,
    }
}

fn shown(act: &mut Act, notice: &Notice, told: &Told) -> Shown {
    Shown {
        id: act.new_id(),
        person: notice.person,
        occasion: notice.occasion,
        ticket: notice.ticket,
        event: notice.event,
        by: by(told),
        what: told.event.as_ref().map(|event| event.fact.name().to_owned()),
        times: 1,
        others: 0,
        at: told.event.as_ref().map_or(act.now, |event| event.at),
        read_at: None,
    }
}

/// The newest lines of the viewer's board, or those behind `before`.
pub fn lines(look: &mut Look, viewer: &Viewer, before: Option<i64>, most: usize) -> Result<Lines, DeskError> {
    let mut lines = Lines { lines: Vec::new(), before };
    let mut looked_at = 0;
    let (_, in_doubt) = board::number(look.tx, viewer.person)?;
    loop {
        let limit = most - lines.lines.len() + 1;
        let page = board::page(look.tx, viewer.person, lines.before, i64::try_from(limit).unwrap_or(1))?;
        let is_last = page.len() < limit;
        for shown in page {
            if lines.lines.len() == most || looked_at == MOST_LOOKED_AT {
                return Ok(lines);
            }
            looked_at += 1;
            lines.before = Some(shown.id);
            let line = line(look, viewer, &shown)?;
            // While rights have changed, nobody knows how many of the others are still theirs to know of.
            lines
                .lines
                .extend(line.map(|line| Line { others: if in_doubt { 0 } else { line.others }, ..line }));
        }
        if is_last {
            return Ok(Lines { before: None, ..lines });
        }
    }
}

fn line(look: &mut Look, viewer: &Viewer, shown: &Shown) -> Result<Option<Line>, DeskError> {
    let Some((number, relation)) = seen(look.tx, viewer, shown, look.now)? else { return Ok(None) };
    let Some((subject, ..)) = store::ticket::fixed(look.tx, shown.ticket)? else { return Ok(None) };
    let by = match shown.by {
        Some(person) => store::person::by_id(look.tx, person)?.map(|person| person.name),
        None => None,
    };
    Ok(Some(Line {
        id: shown.id,
        occasion: shown.occasion,
        number,
        subject,
        relation,
        by,
        what: shown.what.clone(),
        rule: rule(look, shown)?,
        times: shown.times,
        others: shown.others,
        at: shown.at,
        unread: shown.read_at.is_none(),
    }))
}

/// The name of the rule behind a notice; one that is gone has none any more.
fn rule(look: &mut Look, shown: &Shown) -> Result<Option<String>, DeskError> {
    let Some(event) = shown.event.filter(|_| shown.occasion == Occasion::Told) else { return Ok(None) };
    let Some(Origin::Rule { rule, .. }) = store::origin::of_event(look.tx, event)? else { return Ok(None) };
    let known = look.catalogue.rules.iter().find(|known| known.id == rule);
    Ok(known.map(|known| known.name.clone()))
}

/// The ticket behind a notice, when its reader may still be told of it.
fn seen(
    tx: &mut Tx,
    viewer: &Viewer,
    shown: &Shown,
    now: Timestamp,
) -> Result<Option<(i64, Relation)>, DeskError> {
    let seen = store::access::by_id(tx, viewer, shown.ticket, now)?;
    let seen = seen.filter(|seen| shown.occasion.is_for(seen.relation));
    Ok(seen.map(|seen| (seen.number, seen.relation)))
}

/// How many unread notices the viewer may read, counted one by one up to [`MOST_COUNTED`]: for the time in which
/// the number that is kept is in doubt.
pub fn count(look: &mut Look, viewer: &Viewer) -> Result<i64, DeskError> {
    counted(look.tx, viewer, look.now)
}

fn counted(tx: &mut Tx, viewer: &Viewer, now: Timestamp) -> Result<i64, DeskError> {
    let mut count = 0;
    let unread = board::unread(tx, viewer.person, MOST_UNREAD)?;
    let mut known: BTreeMap<(TicketId, Occasion), bool> = BTreeMap::new();
    for shown in unread {
        let key = (shown.ticket, shown.occasion);
        let is_seen = match known.get(&key) {
            Some(is_seen) => *is_seen,
            None => seen(tx, viewer, &shown, now)?.is_some(),
        };
        known.insert(key, is_seen);
        count += i64::from(is_seen);
        if count == MOST_COUNTED {
            break;
        }
    }
    Ok(count)
}

/// Everything about a ticket was read, because its page was opened.
pub fn read_ticket(act: &mut Act, person: PersonId, number: i64) -> Result<(), DeskError> {
    Ok(board::read_ticket(act.tx, person, number, act.now)?)
}

/// The number of unread notices as the viewer may know it.
pub fn number(act: &mut Act, viewer: &Viewer) -> Result<i64, DeskError> {
    let (unread, in_doubt) = board::number(act.tx, viewer.person)?;
    if in_doubt { counted(act.tx, viewer, act.now) } else { Ok(unread) }
}

pub fn read_one(act: &mut Act, viewer: &Viewer, id: i64) -> Result<(), DeskError> {
    Ok(board::read_one(act.tx, viewer.person, id, act.now)?)
}

/// Everything was read that was there when the page was made; what came since stays unread.
pub fn read_all(act: &mut Act, viewer: &Viewer, newest: i64) -> Result<(), DeskError> {
    Ok(board::read_all(act.tx, viewer.person, newest, act.now)?)
}

/// Who may read what can have changed with the set-up, so the numbers of unread notices are in doubt.
pub(crate) fn set_up_changed(tx: &mut Tx, subject: Subject) -> Result<(), DeskError> {
    match subject {
        Subject::Person(person) => Ok(board::doubt_person(tx, PersonId(person))?),
        Subject::Organisation(_) | Subject::Unit(_) | Subject::Service(_) | Subject::Desk => {
            Ok(board::doubt_all(tx)?)
        }
        Subject::Ticket(_)
        | Subject::Calendar(_)
        | Subject::Agreement(_)
        | Subject::Inbox(_)
        | Subject::View(_)
        | Subject::Macro(_)
        | Subject::Tag(_)
        | Subject::Custom(_)
        | Subject::Status(_)
        | Subject::Recurring(_) => Ok(()),
    }
}

/// Takes what its reader may not be told of any more off a board whose number is in doubt, and counts the rest.
pub(super) fn settle_next(act: &mut Act) -> Result<(), DeskError> {
    let Some(person) = board::next_in_doubt(act.tx)? else { return Ok(()) };
    let viewer = store::access::viewer(act.tx, person)?;
    for shown in board::unread(act.tx, person, i64::MAX)? {
        let is_seen = match &viewer {
            Some(viewer) => seen(act.tx, viewer, &shown, act.now)?.is_some(),
            None => false,
        };
        if !is_seen {
            board::remove(act.tx, shown.id)?;
        }
    }
    board::forget_others(act.tx, person)?;
    Ok(board::count(act.tx, person)?)
}

//! Open tickets that could be about the same matter: of the same person or organisation, with words in common.
//!
//! Whose tickets they are is asked of the database, which reads a bounded number of them; which of those are meant is
//! said by the words of their subjects, as the index compares words.

use std::collections::BTreeSet;

use domain::id::{OrganisationId, PersonId, TicketId};
use domain::permission::Viewer;
use jiff::Timestamp;
use store::access::{Granted, ReadInside, Seen};
use store::similar::Open;

use crate::DeskError;
use crate::act::Look;
use crate::search::spell;

/// The most that are offered.
const MOST: usize = 5;
/// Shorter words say little about a matter.
const SHORTEST: usize = 3;
/// A word that begins with another one of so many letters is taken for the same.
const STEM: usize = 4;
/// The least part of the shorter subject's words that both have, in hundredths.
const SHARED: usize = 30;

/// An open ticket that the viewer may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    pub seen: Seen,
    pub subject: String,
    pub requester: String,
    pub opened_at: Timestamp,
}

/// Those beside a ticket, as far as they exist for the viewer.
pub fn to_ticket(
    look: &mut Look,
    viewer: &Viewer,
    granted: &Granted<ReadInside>,
) -> Result<Vec<Similar>, DeskError> {
    let sheet = store::sheet::inside(look.tx, granted)?;
    let organisation = sheet.organisation.as_ref().map(|(id, _)| *id);
    of(look, viewer, (sheet.requester.id, organisation), &sheet.subject, Some(granted.ticket))
}

/// Those that a person asked before, while somebody opens one with these words for them.
pub fn to_words(
    look: &mut Look,
    viewer: &Viewer,
    requester: PersonId,
    subject: &str,
) -> Result<Vec<Similar>, DeskError> {
    of(look, viewer, (requester, None), subject, None)
}

fn of(
    look: &mut Look,
    viewer: &Viewer,
    (requester, organisation): (PersonId, Option<OrganisationId>),
    subject: &str,
    without: Option<TicketId>,
) -> Result<Vec<Similar>, DeskError> {
    let wanted = words(subject);
    let mut open = store::similar::of_person(look.tx, requester)?;
    if let Some(organisation) = organisation {
        open.extend(store::similar::of_organisation(look.tx, organisation)?);
    }
    let mut known: BTreeSet<TicketId> = without.into_iter().collect();
    let mut ranked: Vec<(usize, Open)> = open
        .into_iter()
        .filter(|open| known.insert(open.id))
        .map(|open| (shared(&wanted, &words(&open.subject)), open))
        .filter(|(shared, _)| *shared >= SHARED)
        .collect();
    ranked.sort_by_key(|(shared, open)| std::cmp::Reverse((*shared, open.id)));
    let mut found = Vec::new();
    for (_, open) in ranked {
        // Hidden and unknown are the same: each is asked for like any ticket.
        let Some(seen) = store::access::by_id(look.tx, viewer, open.id, look.now)? else { continue };
        let Open { subject, requester, opened_at, .. } = open;
        found.push(Similar { seen, subject, requester, opened_at });
        if found.len() == MOST {
            break;
        }
    }
    Ok(found)
}

fn words(text: &str) -> BTreeSet<String> {
    let words = spell::words(text).into_iter().map(|word| word.plain);
    words.filter(|word| word.chars().count() >= SHORTEST).collect()
}

/// How much of the shorter one the other one has, in hundredths.
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let (fewer, more) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if fewer.is_empty() {
        return 0;
    }
    let same = |word: &&String| more.iter().any(|other| are_the_same(word, other));
    fewer.iter().filter(same).count() * 100 / fewer.len()
}

fn are_the_same(one: &str, other: &str) -> bool {
    let (shorter, longer) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    shorter == longer || shorter.chars().count() >= STEM && longer.starts_with(shorter)
}

#[cfg(test)]
mod tests;

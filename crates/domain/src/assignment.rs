//! Who in a unit is given a ticket that nobody has: one choice, the same whatever order people are listed in.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::word::words;

/// How a unit gives its tickets to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// People take tickets or give them to each other.
    #[default]
    ByHand,
    /// One after the other.
    RoundRobin,
    /// Whoever has the fewest open tickets.
    LeastLoad,
}

words!(Policy { ByHand = "by_hand", RoundRobin = "round_robin", LeastLoad = "least_load" });

/// What somebody can do, in words of the organisation's own: `french`, `forklift`. Lower case, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Skills(BTreeSet<String>);

impl Skills {
    /// Words between commas or white space.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let words = text.split(|sign: char| sign == ',' || sign == ';' || sign.is_whitespace());
        Self(words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it is kept and shown.
    #[must_use]
    pub fn joined(&self) -> String {
        self.iter().collect::<Vec<_>>().join(", ")
    }
}

/// What a ticket needs of whoever gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Every one of these.
    #[serde(default, skip_serializing_if = "Skills::is_empty")]
    pub skills: Skills,
    /// The language of its requester, such as `fr`, where the unit goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Need {
    fn is_met_by(&self, candidate: &Candidate) -> bool {
        let speaks =
            |language: &String| candidate.language == *language || candidate.skills.0.contains(language);
        self.skills.0.is_subset(&candidate.skills.0) && self.language.as_ref().is_none_or(speaks)
    }
}

/// Somebody who serves in the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub person: PersonId,
    /// Open tickets of the unit that they have, without the one that is to be given.
    pub load: u32,
    /// As many as they can have.
    pub capacity: Option<u32>,
    pub skills: Skills,
    pub language: String,
    /// Neither away, nor absent, nor outside their shift.
    pub present: bool,
    /// Who stands in for them today.
    pub substitute: Option<PersonId>,
}

impl Candidate {
    fn has_room(&self) -> bool {
        self.capacity.is_none_or(|capacity| self.load < capacity)
    }
}

/// What is to be decided: for which ticket, and what was decided before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub need: Need,
    /// People on the requester's side: nobody serves their own ticket.
    pub never: BTreeSet<PersonId>,
    /// Who had the ticket before it came back.
    pub previous: Option<PersonId>,
    /// Who was given the last one in this unit.
    pub last: Option<PersonId>,
}

/// Why somebody was given a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// They had it before.
    Previous,
    /// They stand in for whoever had it before.
    Substitute { of: PersonId },
    /// It was their turn.
    Turn,
    /// They had the fewest: so many, of so many they can have.
    LeastLoad {
        load: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        capacity: Option<u32>,
    },
}

/// Why nobody can be given a ticket: the first thing for which nobody is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Shortage {
    /// Nobody serves in the unit.
    NobodyServes,
    /// Whoever serves there is on the requester's side.
    OnlyRequesting,
    /// Nobody there can do what it needs.
    Unskilled { need: Need },
    /// Whoever could do it is away.
    Away { need: Need },
    /// Whoever could do it and is there has as much as they can have.
    Full { need: Need },
}

/// Who gets it, or why nobody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Given { person: PersonId, why: Why },
    Nobody(Shortage),
}

/// Chooses by a unit's policy. The order of `candidates` does not matter; whoever was named before
/// `question.last` in the order of ids comes after everybody behind it. Under [`Policy::ByHand`] only who
/// had the ticket before, or their substitute, is chosen.
#[must_use]
pub fn choose(policy: Policy, question: &Question, candidates: &[Candidate]) -> Choice {
    let fit = match narrowed(question, candidates) {
        Ok(fit) => fit,
        Err(shortage) => return Choice::Nobody(shortage),
    };
    let is_fit = |person: PersonId| fit.iter().any(|candidate| candidate.person == person);
    if let Some(previous) = question.previous {
        if is_fit(previous) {
            return Choice::Given { person: previous, why: Why::Previous };
        }
        let before = candidates.iter().find(|candidate| candidate.person == previous && !candidate.present);
        if let Some(person) = before.and_then(|before| before.substitute).filter(|person| is_fit(*person)) {
            return Choice::Given { person, why: Why::Substitute { of: previous } };
        }
    }
    // Whose turn it is: those behind the last one first, each group by id.
    let turn = |candidate: &Candidate| (question.last >= Some(candidate.person), candidate.person);
    let chosen = match policy {
        Policy::ByHand | Policy::RoundRobin => fit.iter().min_by_key(|candidate| turn(candidate)),
        Policy::LeastLoad => fit.iter().min_by_key(|candidate| (candidate.load, turn(candidate))),
    };
    let chosen = chosen.expect("narrowing leaves somebody");
    let why = match policy {
        Policy::ByHand | Policy::RoundRobin => Why::Turn,
        Policy::LeastLoad => Why::LeastLoad { load: chosen.load, capacity: chosen.capacity },
    };
    Choice::Given { person: chosen.person, why }
}

/// Those who can be given it, never none.
fn narrowed<'a>(question: &Question, candidates: &'a [Candidate]) -> Result<Vec<&'a Candidate>, Shortage> {
    let need = || question.need.clone();
    let mut left: Vec<&Candidate> = candidates.iter().collect();
    keep(&mut left, |_| true, || Shortage::NobodyServes)?;
    keep(&mut left, |one| !question.never.contains(&one.person), || Shortage::OnlyRequesting)?;
    keep(&mut left, |one| question.need.is_met_by(one), || Shortage::Unskilled { need: need() })?;
    keep(&mut left, |one| one.present, || Shortage::Away { need: need() })?;
    keep(&mut left, Candidate::has_room, || Shortage::Full { need: need() })?;
    Ok(left)
}

fn keep(
    left: &mut Vec<&Candidate>,
    fits: impl Fn(&Candidate) -> bool,
    else_because: impl FnOnce() -> Shortage,
) -> Result<(), Shortage> {
    left.retain(|candidate| fits(candidate));
    if left.is_empty() { Err(else_because()) } else { Ok(()) }
}

//! Rights per ticket: what a person is to it decides what they see and do, never what they are elsewhere.

use crate::affiliation::Class;
use crate::id::{OrganisationId, PersonId, UnitId};

/// Somebody who looks, with what they hold today. Built only where a session or token is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub person: PersonId,
    pub class: Class,
    /// The organisation whose shared tickets they may follow.
    pub organisation: Option<OrganisationId>,
    /// Units they serve in.
    pub units: Vec<UnitId>,
    /// Units whose work they oversee, those below included.
    pub oversees: Vec<UnitId>,
    pub oversees_all: bool,
    pub administrator: bool,
}

impl Viewer {
    #[must_use]
    pub fn serves_in(&self, unit: UnitId) -> bool {
        self.units.contains(&unit)
    }

    #[must_use]
    pub fn oversees(&self, unit: UnitId) -> bool {
        self.oversees_all || self.administrator || self.oversees.contains(&unit)
    }

    /// Whether they may open the pages of a unit: its queue, load and scorecard.
    #[must_use]
    pub fn sees_unit(&self, unit: UnitId) -> bool {
        self.serves_in(unit) || self.oversees(unit)
    }

    /// Whether any ticket but their own can be theirs to serve or oversee.
    #[must_use]
    pub fn is_agent(&self) -> bool {
        !self.units.is_empty() || !self.oversees.is_empty() || self.oversees_all || self.administrator
    }
}

/// What a ticket says about who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Requester, beneficiary and payer.
    pub requesting: Vec<PersonId>,
    /// The same of every ticket that waits for this one.
    pub upstream: Vec<PersonId>,
    /// The organisation that shares its tickets among its people.
    pub sharing: Option<OrganisationId>,
    /// The unit that asked, when it is a hand-off.
    pub asking: Option<UnitId>,
    pub owner: UnitId,
    /// Units that owned it or serve its hand-offs.
    pub chain: Vec<UnitId>,
    pub confidential: bool,
    /// The viewer gave a reason for opening it, and the time has not run out.
    pub glass_broken: bool,
}

/// What a viewer is to one ticket, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It does not exist for them.
    Nothing,
    /// Requester's side: public messages only.
    Requesting,
    /// The unit that asked a hand-off: the requester's view, and accepting or returning.
    Asking,
    /// Reads as the serving side does, without acting.
    Overseeing,
    /// In the chain: reads as the serving side does and may add notes.
    Chain,
    /// The unit that owns it.
    Serving,
}

impl Relation {
    /// Whether internal notes, clocks and the ledger are theirs to read.
    #[must_use]
    pub const fn reads_inside(self) -> bool {
        match self {
            Self::Nothing | Self::Requesting | Self::Asking => false,
            Self::Overseeing | Self::Chain | Self::Serving => true,
        }
    }
}

/// The one place that decides. The narrowest hat wins: on one's own ticket, and on everything that
/// it waits for, the requester's view is all there is.
#[must_use]
pub fn relation(viewer: &Viewer, about: &About) -> Relation {
    if about.upstream.contains(&viewer.person) {
        return Relation::Nothing;
    }
    if let Some(asking) = about.asking {
        if about.requesting.contains(&viewer.person)
            || (viewer.serves_in(asking) && !viewer.serves_in(about.owner))
        {
            return Relation::Asking;
        }
    } else if about.requesting.contains(&viewer.person) {
        return Relation::Requesting;
    }
    if viewer.serves_in(about.owner) {
        return Relation::Serving;
    }
    if about.confidential {
        return from_outside(viewer, about);
    }
    let inside = from_around(viewer, about);
    if inside == Relation::Nothing && about.sharing.is_some() && about.sharing == viewer.organisation {
        return Relation::Requesting;
    }
    inside
}

fn from_around(viewer: &Viewer, about: &About) -> Relation {
    if about.chain.iter().any(|unit| viewer.serves_in(*unit)) {
        Relation::Chain
    } else if viewer.oversees(about.owner) || about.chain.iter().any(|unit| viewer.oversees(*unit)) {
        Relation::Overseeing
    } else {
        Relation::Nothing
    }
}

/// A confidential ticket is its owner's alone; an administrator breaks the glass, on record.
fn from_outside(viewer: &Viewer, about: &About) -> Relation {
    if viewer.administrator && about.glass_broken { Relation::Overseeing } else { Relation::Nothing }
}

#[cfg(test)]
mod tests;

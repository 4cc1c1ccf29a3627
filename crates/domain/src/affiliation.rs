//! How a person or an organisation is tied to us, from when to when, and what that makes them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId};
use crate::word::words;

/// The side of the line on which a requester stands. Set per [`Relation`] by the organisation,
/// because good sources disagree (a supplier is outside by contract and inside by dependence).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Depends on our work to do their own and mostly cannot go elsewhere.
    Internal,
    /// Tied to us by more than a purchase: suppliers, partners, shareholders.
    Connected,
    /// Buys from us or uses what we provide, and can leave.
    External,
}

/// What ties a person or an organisation to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Employee,
    Supplier,
    Shareholder,
    Partner,
    Buyer,
    Regulator,
    Community,
    Owner,
}

words!(Class { Internal = "internal", Connected = "connected", External = "external" });
words!(Relation {
    Employee = "employee",
    Supplier = "supplier",
    Shareholder = "shareholder",
    Partner = "partner",
    Buyer = "buyer",
    Regulator = "regulator",
    Community = "community",
    Owner = "owner",
});

impl Relation {
    /// The class a new installation starts with; the organisation may set another one.
    #[must_use]
    pub const fn usual_class(self) -> Class {
        match self {
            Self::Employee | Self::Owner => Class::Internal,
            Self::Supplier | Self::Shareholder | Self::Partner => Class::Connected,
            Self::Buyer | Self::Regulator | Self::Community => Class::External,
        }
    }
}

/// Who is affiliated: a person, or a whole organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Person(PersonId),
    Organisation(OrganisationId),
}

/// One tie with its dates. `until` is the first day on which it no longer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    pub party: Party,
    pub relation: Relation,
    pub class: Class,
    pub from: Date,
    pub until: Option<Date>,
}

impl Affiliation {
    /// Whether the tie holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The class of somebody with several ties: the innermost that holds on `day`.
/// Without any tie a person is external.
#[must_use]
pub fn class_on(affiliations: &[Affiliation], day: Date) -> Class {
    affiliations
        .iter()
        .filter(|affiliation| affiliation.holds_on(day))
        .map(|affiliation| affiliation.class)
        .min()
        .unwrap_or(Class::External)
}

#[cfg(test)]
mod tests;

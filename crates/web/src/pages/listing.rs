//! Which list a page was reached from, as addresses carry it: what it shows, and where it stands.

pub mod reached;

use desk::{DeskError, Look};
use domain::filter::value::Name;
use domain::id::{UnitId, ViewId};
use domain::permission::Viewer;
use domain::view::{Grouping, Sort};

use crate::guard::urlencode;

/// A list of tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    Next,
    Mine,
    Waiting,
    Snoozed,
    Done,
    Unit(UnitId),
    Saved(ViewId),
    /// A filter that nobody saved.
    Filter {
        text: String,
        sort: Sort,
        grouping: Grouping,
    },
}

/// What a list shows, in the words of filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    pub filter: String,
    pub sort: Sort,
    pub grouping: Grouping,
}

impl Listing {
    /// One word, or the text of a filter behind its order.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Next => "next".to_owned(),
            Self::Mine => "mine".to_owned(),
            Self::Waiting => "waiting".to_owned(),
            Self::Snoozed => "snoozed".to_owned(),
            Self::Done => "done".to_owned(),
            Self::Unit(unit) => format!("unit.{unit}"),
            Self::Saved(view) => format!("view.{view}"),
            Self::Filter { text, sort, grouping } => {
                format!("filter.{}.{}.{text}", sort.as_str(), grouping.as_str())
            }
        }
    }

    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        Some(match written {
            "next" => Self::Next,
            "mine" => Self::Mine,
            "waiting" => Self::Waiting,
            "snoozed" => Self::Snoozed,
            "done" => Self::Done,
            other => match other.split_once('.')? {
                ("unit", unit) => Self::Unit(unit.parse().ok()?),
                ("view", view) => Self::Saved(view.parse().ok()?),
                ("filter", rest) => {
                    let (sort, rest) = rest.split_once('.')?;
                    let (grouping, text) = rest.split_once('.')?;
                    Self::Filter {
                        text: text.to_owned(),
                        sort: Sort::parse(sort)?,
                        grouping: Grouping::parse(grouping)?,
                    }
                }
                _ => return None,
            },
        })
    }

    /// Where it stands.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::Next => "/".to_owned(),
            Self::Mine | Self::Waiting | Self::Snoozed | Self::Done => format!("/?view={}", self.written()),
            Self::Unit(unit) => format!("/units/{unit}/queue"),
            Self::Saved(view) => format!("/views/{view}"),
            Self::Filter { text, sort, grouping } => {
                format!("/views?q={}&sort={}&group={}", urlencode(text), sort.as_str(), grouping.as_str())
            }
        }
    }

    /// Its address with one thing more.
    #[must_use]
    pub fn address_with(&self, more: &str) -> String {
        let address = self.address();
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}{more}")
    }

    /// What it shows to this viewer; a list that is not for them does not exist.
    pub fn asks(&self, look: &mut Look, viewer: &Viewer) -> Result<Asks, DeskError> {
        let plain =
            |filter: &str, sort| Asks { filter: filter.to_owned(), sort, grouping: Grouping::Nothing };
        Ok(match self {
            Self::Next => plain("is:open unit:mine holder:me,nobody", Sort::Due),
            Self::Mine => plain("is:open unit:mine holder:me", Sort::Due),
            Self::Waiting => plain("is:open unit:mine is:waiting holder:me,nobody", Sort::Due),
            Self::Snoozed => plain("is:snoozed unit:mine", Sort::Due),
            Self::Done => plain("is:done unit:mine", Sort::Solved),
            Self::Unit(unit) => {
                let known = look.catalogue.units.get(unit).filter(|unit| viewer.sees_unit(unit.id));
                let name = known.and_then(|unit| Name::whole(&unit.name)).ok_or(DeskError::NotFound)?;
                plain(&format!("is:open unit:{name}"), Sort::Due)
            }
            Self::Saved(view) => {
                let view = store::view::by_id(look.tx, viewer, *view)?.ok_or(DeskError::NotFound)?;
                Asks { filter: view.filter, sort: view.sort, grouping: view.grouping }
            }
            Self::Filter { text, sort, grouping } => {
                Asks { filter: text.clone(), sort: *sort, grouping: *grouping }
            }
        })
    }
}

#[cfg(test)]
mod tests;

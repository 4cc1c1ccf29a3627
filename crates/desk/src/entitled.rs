//! Who may set things up: an administrator, or the desk itself when it imports or makes a demo.

use domain::event::Actor;
use domain::permission::Viewer;
use store::event::Subject;

use crate::DeskError;
use crate::act::Act;

/// Something that may stand behind a change of the set-up.
pub trait Entitled {
    fn check(&self, act: &Act) -> Result<(), DeskError>;
}

/// An administrator; for everybody else the thing to change does not exist.
impl Entitled for Viewer {
    fn check(&self, _act: &Act) -> Result<(), DeskError> {
        crate::error::administrator(self)
    }
}

/// Nobody in person: importers, demos and the command line, which act as [`Actor::Desk`] or
/// [`Actor::Import`].
#[derive(Clone, Copy, Debug)]
pub struct ByDesk;

impl Entitled for ByDesk {
    fn check(&self, act: &Act) -> Result<(), DeskError> {
        match act.actor {
            Actor::Desk | Actor::Import => Ok(()),
            Actor::Person(_) => Err(DeskError::NotAllowed),
        }
    }
}

/// Records a change of what the catalogue holds, and reads the catalogue again, so that what
/// follows in the same transaction sees it.
pub(crate) fn record(
    act: &mut Act,
    subject: Subject,
    kind: &str,
    payload: &serde_json::Value,
) -> Result<(), DeskError> {
    let event = act.record_change(subject, kind, payload)?;
    store::catalogue::changed(act.tx, event)?;
    store::notice::board::doubt_all(act.tx)?;
    act.catalogue = store::catalogue::Cache::default().current(act.tx)?;
    Ok(())
}

/// The names of the fields that differ, for the payload of a change.
pub(crate) fn differing(fields: &[(&'static str, bool)]) -> Vec<&'static str> {
    fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect()
}

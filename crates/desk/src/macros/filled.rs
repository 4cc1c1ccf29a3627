//! What the texts of a macro say on one ticket: flat words that its viewer may read, put in once.

use domain::action::Action;
use domain::custom::Custom;
use domain::fill::{self, Fault, Values, Variable, Wrong, first_name};
use domain::id::MacroId;
use domain::permission::Viewer;
use store::Tx;
use store::access::{Granted, ReadInside, Seen};
use store::catalogue::Catalogue;

use crate::act::Act;
use crate::problem::Clauses;
use crate::{DeskError, Problem, base_url};

/// Everything that a text may name on a ticket, for the person who writes there.
pub fn values(
    tx: &mut Tx,
    catalogue: &Catalogue,
    granted: &Granted<ReadInside>,
) -> Result<Values, DeskError> {
    let sheet = store::sheet::inside(tx, granted)?;
    let me = store::person::by_id(tx, granted.viewer)?.map(|person| person.name).unwrap_or_default();
    let link = base_url::to_own_ticket(tx, sheet.number)?;
    let service = catalogue.services.get(&sheet.service).map_or("", |offer| offer.name.as_str());
    let organisation = sheet.organisation.as_ref().map_or("", |(_, name)| name.as_str());
    Ok(Values::default()
        .with(Variable::Number, &sheet.number.to_string())
        .with(Variable::Subject, &sheet.subject)
        .with(Variable::Unit, catalogue.unit_name(sheet.unit))
        .with(Variable::Service, service)
        .with(Variable::Link, &link)
        .with(Variable::RequesterName, &sheet.requester.name)
        .with(Variable::RequesterFirstName, first_name(&sheet.requester.name))
        .with(Variable::Organisation, organisation)
        .with(Variable::MyName, &me)
        .with(Variable::MyFirstName, first_name(&me)))
}

/// A text with its variables put in; what says nothing is named.
pub fn fill(field: &'static str, text: &str, values: &Values) -> Result<String, DeskError> {
    let read = fill::read(text).map_err(|faults| wrong(field, &faults))?;
    read.fill(values).map_err(|missing| {
        let names: Vec<&str> = missing.iter().map(|variable| variable.as_str()).collect();
        DeskError::invalid(field, Problem::SaysNothing { names: names.join(", ") })
    })
}

/// Actions with their texts filled.
pub(super) fn fill_all(actions: Vec<Action>, values: &Values) -> Result<Vec<Action>, DeskError> {
    actions.into_iter().map(|action| action.with_texts(|text| fill("actions", text, values))).collect()
}

/// Actions as they read on one ticket; what a text names there is read once, and only when one names anything.
pub(crate) fn on_ticket(
    tx: &mut Tx,
    catalogue: &Catalogue,
    seen: Seen,
    actions: &[Action],
) -> Result<Vec<Action>, DeskError> {
    let mut names_something = false;
    for action in actions {
        let _ = action.clone().with_texts(|text| {
            names_something |= text.contains("{{");
            Ok::<_, DeskError>(String::new())
        })?;
    }
    if !names_something {
        return Ok(actions.to_vec());
    }
    let granted = seen.read_inside().ok_or(DeskError::NotAllowed)?;
    let values = values(tx, catalogue, &granted)?;
    fill_all(actions.to_vec(), &values)
}

/// Refuses actions whose texts could never be filled, or whose tags are none.
pub(crate) fn check_all(known: &[Custom], field: &'static str, actions: &[Action]) -> Result<(), DeskError> {
    for action in actions {
        action.clone().with_texts(|text| check(field, text).map(|()| String::new()))?;
        crate::action::can_be_kept(known, action)?;
    }
    Ok(())
}

/// The reply of a macro, for the place where its viewer writes; it counts as a use.
pub fn put(act: &mut Act, viewer: &Viewer, seen: Seen, id: MacroId) -> Result<String, DeskError> {
    let granted = seen.annotate().and_then(|_| seen.read_inside()).ok_or(DeskError::NotAllowed)?;
    let found = store::macros::by_id(act.tx, viewer, id)?.ok_or(DeskError::NotFound)?;
    let values = values(act.tx, &act.catalogue, &granted)?;
    let text = fill("macro", &found.reply, &values)?;
    store::macros::used(act.tx, id)?;
    Ok(text)
}

/// Refuses what could never be filled, each fault with its place.
pub(super) fn check(field: &'static str, text: &str) -> Result<(), DeskError> {
    fill::read(text).map(drop).map_err(|faults| wrong(field, &faults))
}

fn wrong(field: &'static str, faults: &[Fault]) -> DeskError {
    let clauses = faults.iter().map(|Fault { place, wrong }| {
        let problem = match wrong {
            Wrong::Unknown { name, meant } => {
                let problem = Problem::FillUnknown { name: name.chars().take(40).collect() };
                meant.map_or(problem.clone(), |meant| Problem::FilterMeant {
                    problem: Box::new(problem),
                    meant: meant.to_owned(),
                })
            }
            Wrong::Nothing => Problem::FillNothing,
            Wrong::Open => Problem::FillOpen,
            Wrong::Command => Problem::FillCommand,
        };
        Problem::FilterAt { place: *place, problem: Box::new(problem) }
    });
    DeskError::invalid(field, Problem::FillWrong { faults: Clauses(clauses.take(10).collect()) })
}

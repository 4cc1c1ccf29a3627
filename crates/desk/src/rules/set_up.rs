//! Rules are made, changed, put in order, paused and removed: by administrators, and by leads for their unit.

use domain::action::{self, Action};
use domain::custom::Custom;
use domain::id::{RuleId, UnitId};
use domain::permission::Viewer;
use domain::place::Step;
use domain::rule::{Phrases, When};
use jiff::SignedDuration;
use serde_json::json;
use store::event::Subject;
use store::rule::Rule;

use super::{NAME, compiled};
use crate::act::Act;
use crate::words::Name;
use crate::{DeskError, Problem, custom, entitled};

/// The most rules of an installation.
pub const MOST: usize = 200;

/// The longest time of a rule on time.
const MOST_DAYS: i64 = 400;

/// A rule as somebody writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub unit: Option<UnitId>,
    pub when: When,
    pub filter: String,
    pub phrases: String,
    pub actions: Vec<Action>,
    pub stops: bool,
}

/// Everybody's rules are the administrators'; those of a unit its leads' as well.
#[must_use]
pub fn may_keep(viewer: &Viewer, unit: Option<UnitId>) -> bool {
    match unit {
        None => viewer.administrator,
        Some(unit) => crate::assignment::may_set_up(viewer, unit),
    }
}

/// Whether there is any rule that the viewer could keep.
#[must_use]
pub fn may_keep_any(viewer: &Viewer) -> bool {
    viewer.administrator || viewer.units.iter().any(|unit| may_keep(viewer, Some(*unit)))
}

pub fn save(act: &mut Act, viewer: &Viewer, input: &Input) -> Result<RuleId, DeskError> {
    if act.catalogue.rules.len() >= MOST {
        return Err(DeskError::Conflict(Problem::RulesTooMany { most: MOST }));
    }
    let last = act.catalogue.rules.iter().map(|rule| rule.place).max();
    let draft = Rule {
        id: RuleId(act.new_id()),
        place: last.map_or(0, |last| last + 1),
        made_by: act.person(),
        ..checked(act, viewer, input)?
    };
    if act.catalogue.rules.is_empty() {
        // What happened before there was any rule is answered by none.
        let (end, _) = store::event::head(act.tx)?;
        store::follower::advance(act.tx, NAME, end)?;
    }
    store::rule::insert(act.tx, &draft)?;
    record(act, draft.id, "rule saved")?;
    Ok(draft.id)
}

pub fn change(act: &mut Act, viewer: &Viewer, id: RuleId, input: &Input) -> Result<(), DeskError> {
    let before = kept(act, viewer, id)?;
    let after = Rule {
        id,
        place: before.place,
        paused_at: before.paused_at,
        made_by: before.made_by,
        ..checked(act, viewer, input)?
    };
    store::rule::update(act.tx, &after)?;
    store::rule::start_over(act.tx, id)?;
    record(act, id, "rule changed")
}

/// A rule that is paused looks at nothing.
pub fn pause(act: &mut Act, viewer: &Viewer, id: RuleId) -> Result<(), DeskError> {
    let rule = kept(act, viewer, id)?;
    let paused_at = rule.paused_at.or(Some(act.now));
    store::rule::update(act.tx, &Rule { paused_at, ..rule })?;
    store::rule::start_over(act.tx, id)?;
    record(act, id, "rule paused")
}

/// It looks at what happens from here on; on time, at every ticket again.
pub fn wake(act: &mut Act, viewer: &Viewer, id: RuleId) -> Result<(), DeskError> {
    let rule = kept(act, viewer, id)?;
    store::rule::update(act.tx, &Rule { paused_at: None, ..rule })?;
    store::rule::start_over(act.tx, id)?;
    store::rule::trusted_again(act.tx, id)?;
    record(act, id, "rule woken")
}

pub fn remove(act: &mut Act, viewer: &Viewer, id: RuleId) -> Result<(), DeskError> {
    kept(act, viewer, id)?;
    store::rule::delete(act.tx, id)?;
    record(act, id, "rule removed")
}

/// One place up or down among all rules.
pub fn place(act: &mut Act, viewer: &Viewer, id: RuleId, step: Step) -> Result<(), DeskError> {
    let rule = kept(act, viewer, id)?;
    let rules = &act.catalogue.rules;
    let here = rules.iter().position(|other| other.id == id).ok_or(DeskError::NotFound)?;
    let there = step.from(here, rules.len());
    let Some(other) = there.and_then(|there| rules.get(there)).cloned() else { return Ok(()) };
    if !may_keep(viewer, other.unit) {
        return Err(DeskError::NotAllowed);
    }
    let (place, others) = (other.place, rule.place);
    store::rule::update(act.tx, &Rule { place, ..rule })?;
    store::rule::update(act.tx, &Rule { place: others, ..other })?;
    record(act, id, "rule placed")
}

/// The rule, when it is the viewer's to keep.
fn kept(act: &Act, viewer: &Viewer, id: RuleId) -> Result<Rule, DeskError> {
    let rule = act.catalogue.rules.iter().find(|rule| rule.id == id);
    rule.filter(|rule| may_keep(viewer, rule.unit)).cloned().ok_or(DeskError::NotFound)
}

/// What somebody wrote, as a rule without an id; what is wrong is said with its field, and in a filter
/// with its place.
pub(super) fn checked(act: &Act, viewer: &Viewer, input: &Input) -> Result<Rule, DeskError> {
    if !may_keep(viewer, input.unit) {
        return Err(if may_keep_any(viewer) {
            DeskError::invalid("unit", Problem::ChooseOne)
        } else {
            DeskError::NotFound
        });
    }
    if let Some(unit) = input.unit {
        crate::units::live(act, "unit", unit)?;
    }
    if let When::Passes { by, .. } = input.when
        && (by <= SignedDuration::ZERO || by.as_hours() > MOST_DAYS * 24)
    {
        return Err(DeskError::invalid("by", Problem::RuleTimeWrong));
    }
    let names = compiled::Names::of(&act.catalogue);
    let read = names.read(&input.filter, act.now);
    let (filter, _) = read.map_err(|faults| crate::views::problem(&input.filter, &faults))?;
    if compiled::is_personal(&filter) {
        return Err(DeskError::invalid("filter", Problem::RuleReadByNobody));
    }
    actions_fit(&custom::known_to(viewer, &act.catalogue), &input.actions)?;
    Ok(Rule {
        id: RuleId(0),
        name: Name::parse(&input.name)?.as_str().to_owned(),
        unit: input.unit,
        when: input.when,
        filter: filter.to_string(),
        phrases: Phrases::parse(&input.phrases),
        actions: action::kept(&input.actions),
        stops: input.stops,
        place: 0,
        paused_at: None,
        made_by: None,
        changed_at: act.now,
    })
}

fn actions_fit(known: &[Custom], actions: &[Action]) -> Result<(), DeskError> {
    if actions.is_empty() {
        return Err(DeskError::invalid("actions", Problem::RuleWithoutActions));
    }
    if !actions.iter().all(Action::by_desk) {
        return Err(DeskError::invalid("actions", Problem::NotByDesk));
    }
    for action in actions {
        crate::action::can_be_kept(known, action)?;
    }
    crate::action::few_enough(actions)
}

fn record(act: &mut Act, id: RuleId, kind: &str) -> Result<(), DeskError> {
    entitled::record(act, Subject::Desk, kind, &json!({ "rule": id }))
}

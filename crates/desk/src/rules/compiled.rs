//! Rules ready to be held against tickets: filters read and bound, actions read.

use domain::action::{self, Action};
use domain::custom::Custom;
use domain::filter::value::{Holder, Unit as Named};
use domain::filter::{self, Fault, Filter, Flag, Standpoint, Test};
use domain::id::{PersonId, ServiceId, UnitId};
use domain::rule::{Condition, Happening, When};
use domain::status::Status;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::catalogue::Catalogue;
use store::rule::Rule;

/// A rule that is not paused; without a condition its filter cannot be read any more.
pub(super) struct Compiled<'a> {
    pub rule: &'a Rule,
    pub condition: Option<Condition>,
    pub actions: Vec<Action>,
}

impl Compiled<'_> {
    pub(super) fn answers(&self, happening: Happening) -> bool {
        self.rule.when == When::Happens(happening)
    }

    pub(super) fn is_for(&self, unit: UnitId) -> bool {
        self.rule.unit.is_none_or(|own| own == unit)
    }
}

/// Every rule that is not paused, in order.
pub(super) fn all(catalogue: &Catalogue, now: Timestamp) -> Vec<Compiled<'_>> {
    let named = Names::of(catalogue);
    let living = catalogue.rules.iter().filter(|rule| rule.paused_at.is_none());
    living.map(|rule| one(rule, &named, now)).collect()
}

fn one<'a>(rule: &'a Rule, named: &Names<'_>, now: Timestamp) -> Compiled<'a> {
    let test = named.read(&rule.filter, now).map(|(_, test)| test);
    let condition = test.map(|test| Condition { test, phrases: rule.phrases.clone() });
    let actions = action::read(&rule.actions).ok();
    let condition = condition.ok().filter(|_| actions.is_some());
    Compiled { rule, condition, actions: actions.unwrap_or_default() }
}

/// The units, services, fields and statuses of one's own that a rule can name: all of them.
pub(super) struct Names<'a> {
    units: Vec<(UnitId, &'a str)>,
    services: Vec<(ServiceId, &'a str)>,
    customs: &'a [Custom],
    statuses: &'a [Status],
}

impl<'a> Names<'a> {
    pub(super) fn of(catalogue: &'a Catalogue) -> Self {
        Self {
            units: catalogue.units.values().map(|unit| (unit.id, unit.name.as_str())).collect(),
            services: catalogue.services.iter().map(|(id, offer)| (*id, offer.name.as_str())).collect(),
            customs: &catalogue.customs,
            statuses: &catalogue.statuses,
        }
    }

    pub(super) fn read(&self, text: &str, now: Timestamp) -> Result<(Filter, Test), Vec<Fault>> {
        filter::read(
            text,
            &Standpoint {
                now,
                zone: &TimeZone::UTC,
                me: PersonId(0),
                my_units: &[],
                units: &self.units,
                services: &self.services,
                customs: self.customs,
                statuses: self.statuses,
            },
        )
    }
}

/// Whether a filter speaks of whoever reads it, or holds free words: a rule is read by nobody, and has a
/// field of its own for words.
pub(super) fn is_personal(filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().any(is_personal),
        Filter::Not(part) => is_personal(part),
        Filter::Words(_) => true,
        Filter::Where(filter::Condition::Is(flag)) => matches!(flag, Flag::Unread | Flag::Draft),
        Filter::Where(filter::Condition::Holder(holders)) => holders.contains(&Holder::Me),
        Filter::Where(filter::Condition::Unit(units)) => {
            units.iter().any(|unit| !matches!(unit, Named::Named(_)))
        }
        Filter::Where(_) => false,
    }
}

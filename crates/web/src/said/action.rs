//! What an action does, as a sentence for people, and which one of a list was refused.

use desk::action::Stopped;
use domain::action::{Action, Whom};
use domain::id::{PersonId, ServiceId, StatusId, UnitId};
use store::catalogue::Catalogue;

use crate::format::Reader;
use crate::pages::{action_fields, shown};
use crate::t;
use crate::text::Locale;

/// What the sentences call by name.
pub struct Named<'a> {
    pub catalogue: &'a Catalogue,
    /// The people whom the actions name.
    pub people: &'a [(PersonId, String)],
}

impl Named<'_> {
    fn unit(&self, locale: Locale, unit: UnitId) -> &str {
        self.catalogue.units.get(&unit).map_or(t!(locale, "does-gone"), |unit| &unit.name)
    }

    fn service(&self, locale: Locale, service: ServiceId) -> &str {
        self.catalogue.services.get(&service).map_or(t!(locale, "does-gone"), |offer| &offer.name)
    }

    fn provider(&self, locale: Locale, service: ServiceId) -> &str {
        let offer = self.catalogue.services.get(&service);
        offer.map_or(t!(locale, "does-gone"), |offer| self.unit(locale, offer.service.unit))
    }

    fn status(&self, locale: Locale, status: StatusId) -> &str {
        self.catalogue.status(status).map_or(t!(locale, "does-gone"), |status| &status.name)
    }

    fn person(&self, locale: Locale, person: PersonId) -> &str {
        let known = self.people.iter().find(|(id, _)| *id == person);
        known.map_or(t!(locale, "does-gone"), |(_, name)| name)
    }
}

/// What it does.
#[must_use]
pub fn sentence(locale: Locale, named: &Named, action: &Action) -> String {
    match action {
        Action::Take => t!(locale, "does-take").to_owned(),
        Action::Assign { person } => t!(locale, "does-assign", person = named.person(locale, *person)),
        Action::PutBack => t!(locale, "does-put-back").to_owned(),
        Action::Transfer { unit, .. } => t!(locale, "does-transfer", unit = named.unit(locale, *unit)),
        Action::SetPriority { priority, .. } => {
            let words = shown::priority_words(locale, i64::from(priority.number()));
            t!(locale, "does-priority", priority = words)
        }
        Action::SetService { service } => {
            t!(locale, "does-service", service = named.service(locale, *service))
        }
        Action::WaitForRequester => t!(locale, "does-wait").to_owned(),
        Action::Solve { .. } => t!(locale, "does-solve").to_owned(),
        Action::Reply { .. } => t!(locale, "does-reply").to_owned(),
        Action::Note { .. } => t!(locale, "does-note").to_owned(),
        Action::Ask { service, subject, .. } => {
            let (unit, service) = (named.provider(locale, *service), named.service(locale, *service));
            t!(locale, "does-ask", unit = unit, service = service, subject = subject.as_str())
        }
        Action::Tag { tag } => t!(locale, "does-tag", tag = tag.as_str()),
        Action::Untag { tag } => t!(locale, "does-untag", tag = tag.as_str()),
        Action::SetStatus { status, .. } => {
            t!(locale, "does-status", status = named.status(locale, *status))
        }
        Action::AddSteps { steps } => added_steps(locale, steps),
        Action::Snooze { until } => {
            t!(locale, "does-snooze", until = action_fields::said(locale, *until))
        }
        Action::Wake => t!(locale, "does-wake").to_owned(),
        Action::SetField { field, values } => action_fields::answer(locale, named.catalogue, field, values),
        Action::Reopen { .. } => t!(locale, "does-reopen").to_owned(),
        Action::Close => t!(locale, "does-close").to_owned(),
        Action::Tell { whom: Whom::Holder } => t!(locale, "does-tell-holder").to_owned(),
        Action::Tell { whom: Whom::Leads } => t!(locale, "does-tell-leads").to_owned(),
        Action::Tell { whom: Whom::Person(person) } => {
            t!(locale, "does-tell-person", person = named.person(locale, *person))
        }
    }
}

/// Which steps are put on the checklist.
#[must_use]
pub fn added_steps(locale: Locale, steps: &str) -> String {
    let steps = steps.lines().map(str::trim).filter(|step| !step.is_empty()).collect::<Vec<_>>().join(", ");
    t!(locale, "does-steps", steps = steps)
}

/// Which action of a list was refused, and why.
#[must_use]
pub fn stopped(reader: &Reader, named: &Named, stopped: &Stopped) -> String {
    let what = sentence(reader.locale, named, &stopped.action);
    let why = super::error(reader, &stopped.cause);
    t!(reader.locale, "does-stopped", place = stopped.place + 1, what = what, why = why)
}

#[cfg(test)]
mod tests;

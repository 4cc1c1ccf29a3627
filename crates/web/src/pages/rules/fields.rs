//! The fields of a rule's form: one for each thing that a rule can do, done in this order.

use desk::rules::set_up::Input;
use desk::{DeskError, Problem};
use domain::action::{self, Action, Whom};
use domain::id::{PersonId, ServiceId, UnitId};
use domain::priority::Priority;
use domain::rule::{Happening, Since, When};
use jiff::SignedDuration;
use serde::Deserialize;
use store::rule::Rule;

use crate::pages::{action_fields, statuses};

const TIME: &str = "time:";

/// How the form names an instant from which time counts.
pub(super) fn moment(since: Since) -> String {
    format!("{TIME}{}", since.as_str())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Fields {
    pub name: String,
    pub unit: String,
    /// A happening, or [`TIME`] and an instant from which time counts: some are named like happenings.
    pub when: String,
    pub by: String,
    pub per: String,
    pub working: String,
    pub filter: String,
    pub phrases: String,
    pub priority: String,
    pub reason: String,
    pub service: String,
    pub transfer: String,
    pub person: String,
    pub put_back: String,
    pub note: String,
    /// Several, with commas between them.
    pub tag: String,
    pub untag: String,
    pub steps: String,
    pub wait: String,
    pub solve: String,
    pub reopen: String,
    pub close: String,
    pub snooze: String,
    pub fields: String,
    pub status: String,
    pub tell_holder: String,
    pub tell_leads: String,
    pub tell: String,
    pub stops: String,
    #[serde(rename = "do")]
    pub what: String,
}

impl Fields {
    pub(super) fn is_a_trial(&self) -> bool {
        self.what == "try"
    }

    /// What the form of a saved rule holds.
    pub(super) fn of(rule: &Rule) -> Self {
        let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
        let mut fields = Self {
            name: rule.name.clone(),
            unit: rule.unit.map(|unit| unit.to_string()).unwrap_or_default(),
            filter: rule.filter.clone(),
            phrases: rule.phrases.joined(),
            stops: yes(rule.stops),
            ..Self::default()
        };
        match rule.when {
            When::Happens(happening) => happening.as_str().clone_into(&mut fields.when),
            When::Passes { since, by, working } => {
                fields.when = moment(since);
                let minutes = by.as_mins();
                let (n, per) = if minutes % 60 == 0 { (minutes / 60, "hours") } else { (minutes, "minutes") };
                fields.by = n.to_string();
                per.clone_into(&mut fields.per);
                fields.working = yes(working);
            }
        }
        let actions = action::read(&rule.actions).unwrap_or_default();
        fields.fields = action_fields::lines(&actions);
        for action in actions {
            match action {
                Action::SetPriority { priority, reason } => {
                    fields.priority = priority.number().to_string();
                    fields.reason = reason;
                }
                Action::SetService { service } => fields.service = service.to_string(),
                Action::Tell { whom: Whom::Holder } => fields.tell_holder = yes(true),
                Action::Tell { whom: Whom::Leads } => fields.tell_leads = yes(true),
                Action::Tell { whom: Whom::Person(person) } => fields.tell = person.to_string(),
                Action::Transfer { unit, .. } => fields.transfer = unit.to_string(),
                Action::Assign { person } => fields.person = person.to_string(),
                Action::PutBack => fields.put_back = yes(true),
                Action::Note { text } => fields.note = text,
                Action::Tag { tag } => fields.tag = listed(&fields.tag, &tag),
                Action::Untag { tag } => fields.untag = listed(&fields.untag, &tag),
                Action::AddSteps { steps } => fields.steps = steps,
                Action::WaitForRequester => fields.wait = yes(true),
                Action::Solve { .. } => fields.solve = yes(true),
                Action::Reopen { .. } => fields.reopen = yes(true),
                Action::Close => fields.close = yes(true),
                Action::Snooze { .. } | Action::Wake => {
                    fields.snooze = action_fields::slept(&action).unwrap_or_default();
                }
                // All of them stand in one field.
                Action::SetField { .. } => {}
                Action::SetStatus { status, supplier } => fields.status = statuses::written(status, supplier),
                // The form offers none of these.
                Action::Take | Action::Reply { .. } | Action::Ask { .. } => {}
            }
        }
        fields
    }

    pub(super) fn input(&self) -> Result<Input, DeskError> {
        let unit = id("unit", &self.unit)?.map(UnitId);
        Ok(Input {
            name: self.name.clone(),
            unit,
            when: self.when()?,
            filter: self.filter.clone(),
            phrases: self.phrases.clone(),
            actions: self.actions()?,
            stops: self.stops == "yes",
        })
    }

    fn when(&self) -> Result<When, DeskError> {
        let unknown = || DeskError::invalid("when", Problem::ChooseOne);
        let Some(since) = self.when.strip_prefix(TIME) else {
            return Happening::parse(&self.when).map(When::Happens).ok_or_else(unknown);
        };
        let since = Since::parse(since).ok_or_else(unknown)?;
        let text = self.by.trim();
        let not_a_number = || DeskError::invalid("by", Problem::NotANumber { text: text.to_owned() });
        let n: i64 = text.parse().map_err(|_| not_a_number())?;
        let minutes = match self.per.as_str() {
            "minutes" => n,
            "days" => n.saturating_mul(24 * 60),
            _ => n.saturating_mul(60),
        };
        let by = SignedDuration::from_secs(minutes.clamp(0, 1_000_000).saturating_mul(60));
        Ok(When::Passes { since, by, working: self.working == "yes" })
    }

    fn actions(&self) -> Result<Vec<Action>, DeskError> {
        let mut actions = Vec::new();
        if self.reopen == "yes" {
            actions.push(Action::Reopen { reason: String::new() });
        }
        if !self.priority.is_empty() {
            let number = self.priority.parse().ok().and_then(|n: u8| Priority::try_from(n).ok());
            let priority = number.ok_or(DeskError::invalid("priority", Problem::ChooseOne))?;
            if self.reason.trim().is_empty() {
                return Err(DeskError::invalid("reason", Problem::PriorityReasonMissing));
            }
            actions.push(Action::SetPriority { priority, reason: self.reason.clone() });
        }
        if let Some(unit) = id("transfer", &self.transfer)? {
            actions.push(Action::Transfer { unit: UnitId(unit), reason: String::new() });
        }
        if let Some(service) = id("service", &self.service)? {
            actions.push(Action::SetService { service: ServiceId(service) });
        }
        if self.put_back == "yes" {
            actions.push(Action::PutBack);
        }
        if let Some(person) = id("person", &self.person)? {
            actions.push(Action::Assign { person: PersonId(person) });
        }
        if !self.note.trim().is_empty() {
            actions.push(Action::Note { text: self.note.clone() });
        }
        actions.extend(tags(&self.tag).map(|tag| Action::Tag { tag }));
        actions.extend(tags(&self.untag).map(|tag| Action::Untag { tag }));
        if !self.steps.trim().is_empty() {
            actions.push(Action::AddSteps { steps: self.steps.clone() });
        }
        actions.extend(action_fields::answers(&self.fields));
        if self.wait == "yes" {
            actions.push(Action::WaitForRequester);
        }
        if self.solve == "yes" {
            actions.push(Action::Solve { reason: String::new() });
        }
        if self.close == "yes" {
            actions.push(Action::Close);
        }
        if !self.status.is_empty() {
            let chosen = statuses::action(&self.status);
            actions.push(chosen.ok_or_else(|| DeskError::invalid("status", Problem::ChooseOne))?);
        }
        if !self.snooze.is_empty() {
            let chosen = action_fields::sleep(&self.snooze);
            actions.push(chosen.ok_or_else(|| DeskError::invalid("snooze", Problem::ChooseOne))?);
        }
        // Whoever is told is who has the ticket after everything else was done.
        actions.extend(self.told()?.into_iter().map(|whom| Action::Tell { whom }));
        Ok(actions)
    }

    fn told(&self) -> Result<Vec<Whom>, DeskError> {
        let holder = (self.tell_holder == "yes").then_some(Whom::Holder);
        let leads = (self.tell_leads == "yes").then_some(Whom::Leads);
        let person = id("tell", &self.tell)?.map(|person| Whom::Person(PersonId(person)));
        Ok([holder, leads, person].into_iter().flatten().collect())
    }
}

fn listed(before: &str, tag: &str) -> String {
    if before.is_empty() { tag.to_owned() } else { format!("{before}, {tag}") }
}

fn tags(listed: &str) -> impl Iterator<Item = String> {
    listed.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned)
}

fn id(field: &'static str, text: &str) -> Result<Option<i64>, DeskError> {
    let not_listed = |_| DeskError::invalid(field, Problem::NotListedAnyMore);
    Some(text).filter(|text| !text.is_empty()).map(|text| text.parse().map_err(not_listed)).transpose()
}

//! What administrators let be asked.

use domain::custom::{
    Custom, LONGEST_KEY, MOST, MOST_CHOICES, Needed, Of, Shown, Type, When, circle, is_key,
};
use domain::id::{CustomId, ServiceId};
use serde_json::json;
use store::event::Subject;

use crate::act::Act;
use crate::entitled::{self, Entitled, differing};
use crate::words::Name;
use crate::{DeskError, Problem};

/// A field as an administrator writes it. What it is about, its key and its type are chosen once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub of: Of,
    pub key: String,
    pub name: String,
    pub help: String,
    pub holds: Type,
    pub services: Vec<ServiceId>,
    pub needed: Needed,
    pub shown: Shown,
    /// The names of what can be chosen, in their order.
    pub choices: Vec<String>,
    pub when: Option<When>,
}

pub fn define(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<CustomId, DeskError> {
    by.check(act)?;
    let id = CustomId(act.new_id());
    if act.catalogue.customs.len() >= MOST {
        return Err(DeskError::invalid("name", Problem::CustomsFull { most: MOST }));
    }
    if !is_key(&input.key) {
        return Err(DeskError::invalid("key", Problem::CustomKey { most: LONGEST_KEY }));
    }
    if act.catalogue.customs.iter().any(|custom| custom.key == input.key) {
        return Err(DeskError::invalid("key", Problem::CustomKeyTaken { key: input.key.clone() }));
    }
    let blank = Custom {
        id,
        of: input.of,
        key: input.key.clone(),
        name: String::new(),
        help: String::new(),
        holds: input.holds,
        services: Vec::new(),
        needed: Needed::Never,
        shown: input.shown,
        choices: Vec::new(),
        when: None,
        ended: false,
    };
    let custom = checked(act, blank, input)?;
    store::custom::insert(act.tx, &custom)?;
    entitled::record(act, Subject::Custom(id.0), "field defined", &json!({}))?;
    Ok(id)
}

/// Changes a field; answers that were given stay as they are.
pub fn change(act: &mut Act, by: &impl Entitled, id: CustomId, input: &Input) -> Result<(), DeskError> {
    by.check(act)?;
    let before = known(act, id)?;
    let after = checked(act, before.clone(), input)?;
    written(act, &before, &after)
}

/// It is asked no more, or again; what was answered stays.
pub fn end(act: &mut Act, by: &impl Entitled, id: CustomId, ended: bool) -> Result<(), DeskError> {
    by.check(act)?;
    let before = known(act, id)?;
    written(act, &before, &Custom { ended, ..before.clone() })
}

fn written(act: &mut Act, before: &Custom, after: &Custom) -> Result<(), DeskError> {
    let fields = differing(&[
        ("name", before.name != after.name),
        ("help", before.help != after.help),
        ("services", before.services != after.services),
        ("needed", before.needed != after.needed),
        ("shown", before.shown != after.shown),
        ("choices", before.choices != after.choices),
        ("when", before.when != after.when),
        ("ended", before.ended != after.ended),
    ]);
    if fields.is_empty() {
        return Ok(());
    }
    store::custom::update(act.tx, after)?;
    entitled::record(act, Subject::Custom(after.id.0), "field changed", &json!({ "fields": fields }))
}

fn known(act: &Act, id: CustomId) -> Result<Custom, DeskError> {
    act.catalogue.customs.iter().find(|custom| custom.id == id).cloned().ok_or(DeskError::NotFound)
}

fn checked(act: &Act, before: Custom, input: &Input) -> Result<Custom, DeskError> {
    const LONGEST_HELP: usize = 300;
    let length = input.help.trim().chars().count();
    if length > LONGEST_HELP {
        return Err(DeskError::invalid("help", Problem::SummaryTooLong { length, most: LONGEST_HELP }));
    }
    let choices = choices(&before, input)?;
    let services = if before.of == Of::Ticket { input.services.clone() } else { Vec::new() };
    for service in services.iter().filter(|service| !before.services.contains(service)) {
        crate::services::live(act, "services", *service)?;
    }
    let custom = Custom {
        name: Name::parse(&input.name)?.as_str().to_owned(),
        help: input.help.trim().to_owned(),
        services,
        needed: if before.of == Of::Ticket { input.needed } else { Needed::Never },
        shown: input.shown,
        choices,
        when: input.when.clone(),
        ..before
    };
    condition(act, &custom)?;
    Ok(custom)
}

fn choices(before: &Custom, input: &Input) -> Result<Vec<domain::custom::Choice>, DeskError> {
    if !matches!(before.holds, Type::One | Type::Several) {
        return Ok(Vec::new());
    }
    let mut names: Vec<String> = Vec::new();
    for line in input.choices.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let name = Name::parse(line).map_err(|error| match error {
            DeskError::Invalid { problem, .. } => DeskError::invalid("choices", problem),
            other => other,
        })?;
        let name = name.as_str().to_owned();
        if names.iter().any(|own| own.to_lowercase() == name.to_lowercase()) {
            return Err(DeskError::invalid("choices", Problem::CustomChoiceTwice { name }));
        }
        names.push(name);
    }
    if names.is_empty() {
        return Err(DeskError::invalid("choices", Problem::CustomChoicesMissing));
    }
    let choices = before.with_choices(&names);
    if choices.len() > MOST_CHOICES {
        return Err(DeskError::invalid("choices", Problem::CustomChoicesFull { most: MOST_CHOICES }));
    }
    Ok(choices)
}

/// What a field depends on is asked of the same readers, and never depends on the field itself.
fn condition(act: &Act, custom: &Custom) -> Result<(), DeskError> {
    let customs = &act.catalogue.customs;
    // Those that depend on this one are read by no more people than it.
    let depending =
        customs.iter().filter(|other| other.when.as_ref().is_some_and(|when| when.field == custom.id));
    if custom.shown == Shown::Inside
        && depending.clone().any(|other| other.shown == Shown::Both && !other.ended)
    {
        return Err(DeskError::invalid("shown", Problem::CustomShownBelow));
    }
    let Some(when) = &custom.when else { return Ok(()) };
    let wrong = |problem| Err(DeskError::invalid("when", problem));
    let Some(other) = customs.iter().find(|other| other.id == when.field && other.of == custom.of) else {
        return wrong(Problem::ChooseOne);
    };
    let names = circle(customs, custom.id, when.field);
    if !names.is_empty() {
        return wrong(Problem::CustomCircle { path: names.join(" → ") });
    }
    if custom.shown == Shown::Both && other.shown == Shown::Inside {
        return wrong(Problem::CustomShownAbove { name: other.name.clone() });
    }
    let is_chosen = matches!(other.holds, Type::One | Type::Several) && !when.is.is_empty();
    if is_chosen && other.choice_named(&when.is).is_none() {
        return wrong(Problem::CustomChoice { text: when.is.clone() });
    }
    Ok(())
}

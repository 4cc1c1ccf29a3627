//! What was typed into fields, as answers, or what is wrong with each.

use domain::custom::{self, Answers, Custom, Needed, Of, Type, Value, Wrong, asked, missing};
use domain::id::{OrganisationId, PersonId, ServiceId};
use domain::permission::Viewer;
use store::Tx;

use super::{Fault, Typed, fault};
use crate::words::EmailAddress;
use crate::{DeskError, Problem};

/// Answers, and the fields whose answer is wrong or missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    pub answers: Answers,
    pub faults: Vec<Fault>,
}

/// Reads what was typed into the fields that are asked about a thing; what is not asked is left out, whatever
/// was typed there. A key that no field has is a fault.
pub fn judge(
    tx: &mut Tx,
    viewer: &Viewer,
    customs: &[Custom],
    (of, service): (Of, Option<ServiceId>),
    typed: &Typed,
    held: &Answers,
    at: Needed,
) -> Result<Judged, DeskError> {
    let mut judged = Judged::default();
    let mut faults = Vec::new();
    let apply = || customs.iter().filter(|custom| !custom.ended && custom.is_for(of, service));
    for custom in apply() {
        let Some(texts) = typed.get(&custom.key) else { continue };
        match one(tx, Some(viewer), custom, texts, held.get(&custom.id))? {
            Ok(value) => judged.answers.extend(value.map(|value| (custom.id, value))),
            Err(problem) => faults.push((custom.id, fault(custom, problem))),
        }
    }
    let asked = asked(customs, of, service, &judged.answers);
    let lacking = missing(&asked, &judged.answers, at);
    for custom in &asked {
        let wrong = faults.iter().find(|(id, _)| *id == custom.id).map(|(_, fault)| fault.clone());
        let lacks = lacking.iter().any(|own| own.id == custom.id);
        let lacks = lacks.then(|| fault(custom, Problem::CustomMissing));
        judged.faults.extend(wrong.or(lacks));
    }
    let unknown = typed.keys().filter(|key| apply().all(|custom| custom.key != **key));
    judged.faults.extend(unknown.map(|key| Fault {
        key: key.clone(),
        name: key.clone(),
        problem: Problem::CustomUnknown { key: key.clone() },
    }));
    let ids: Vec<_> = asked.iter().map(|custom| custom.id).collect();
    judged.answers.retain(|id, _| ids.contains(id));
    Ok(judged)
}

/// Reads what was typed into one field. People are named by their address, organisations by their name; for
/// who may not read the directory others than themselves are as unknown as nobody. The desk itself, which is no
/// viewer, knows all of them.
pub(super) fn one(
    tx: &mut Tx,
    viewer: Option<&Viewer>,
    custom: &Custom,
    typed: &[String],
    held: Option<&Value>,
) -> Result<Result<Option<Value>, Problem>, DeskError> {
    let first = typed.iter().map(|text| text.trim()).find(|text| !text.is_empty());
    let Some(text) = first else { return Ok(Ok(None)) };
    let unknown = || Problem::CustomNobody { text: text.to_owned() };
    Ok(match custom.holds {
        Type::Person => person(tx, viewer, text, held)?.map(|id| Some(Value::Person(id))).ok_or_else(unknown),
        Type::Organisation => {
            organisation(tx, viewer, text, held)?.map(|id| Some(Value::Organisation(id))).ok_or_else(unknown)
        }
        _ => custom::read(custom, typed, held).map_err(problem),
    })
}

fn person(
    tx: &mut Tx,
    viewer: Option<&Viewer>,
    text: &str,
    held: Option<&Value>,
) -> Result<Option<PersonId>, DeskError> {
    let Ok(address) = EmailAddress::parse(text) else { return Ok(None) };
    let found = store::person::by_email(tx, address.as_str())?.filter(|person| person.disabled_at.is_none());
    Ok(found
        .map(|person| person.id)
        .filter(|id| held == Some(&Value::Person(*id)) || knows(viewer, |viewer| *id == viewer.person)))
}

fn organisation(
    tx: &mut Tx,
    viewer: Option<&Viewer>,
    text: &str,
    held: Option<&Value>,
) -> Result<Option<OrganisationId>, DeskError> {
    let found = store::organisation::by_name(tx, text)?.map(|organisation| organisation.id);
    Ok(found.filter(|id| {
        held == Some(&Value::Organisation(*id)) || knows(viewer, |viewer| viewer.organisation == Some(*id))
    }))
}

fn knows(viewer: Option<&Viewer>, is_own: impl FnOnce(&Viewer) -> bool) -> bool {
    viewer.is_none_or(|viewer| viewer.is_agent() || is_own(viewer))
}

pub(super) fn problem(wrong: Wrong) -> Problem {
    match wrong {
        Wrong::TooLong { length, most } => Problem::CustomTooLong { length, most },
        Wrong::NotANumber { text } => Problem::CustomNumber { text },
        Wrong::NotADate { text } => Problem::NotADay { text },
        Wrong::NotYesOrNo { text } => Problem::CustomYesNo { text },
        Wrong::NoSuchChoice { text } => Problem::CustomChoice { text },
        Wrong::OnlyOne => Problem::CustomOnlyOne,
        Wrong::Unknown { text } => Problem::CustomNobody { text },
    }
}

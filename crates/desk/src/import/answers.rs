//! Columns of a log that are called `field.KEY`: answers to fields of one's own.

use std::collections::BTreeMap;

use domain::custom::{self, Custom, Of, Type, Value};
use domain::id::{ServiceId, TicketId};
use store::catalogue::Catalogue;

use crate::DeskError;
use crate::act::Act;
use crate::eventlog::{Reject, Step};

const PREFIX: &str = "field.";

pub(super) type Answers = Vec<(Custom, Value)>;

/// The answers in some rows of a case, from the last one that says something in each column, and what could
/// not be one: it stays in the raw fields of its row.
pub(super) fn of(catalogue: &Catalogue, steps: &[Step]) -> (Answers, Vec<Reject>) {
    let (mut answers, mut rejects) = (Vec::new(), Vec::new());
    for custom in catalogue.customs.iter().filter(|custom| custom.of == Of::Ticket) {
        let column = format!("{PREFIX}{}", custom.key);
        let said = steps.iter().rev().find_map(|step| {
            let text = step.raw.by_name(&column)?.trim();
            (!text.is_empty()).then_some((step.line, text))
        });
        let Some((line, text)) = said else { continue };
        match read(custom, text) {
            Some(value) => answers.push((custom.clone(), value)),
            None => rejects.push(Reject {
                line,
                reason: format!("{column}: this cannot be an answer to “{}”", custom.name),
                raw: text.as_bytes().to_vec(),
            }),
        }
    }
    (answers, rejects)
}

/// Keeps answers to the fields that are asked with the service.
pub(super) fn write(
    act: &mut Act,
    ticket: TicketId,
    service: ServiceId,
    answers: &Answers,
) -> Result<(), DeskError> {
    for (custom, value) in answers.iter().filter(|(custom, _)| custom.is_for(Of::Ticket, Some(service))) {
        store::custom::write(act.tx, ticket.0, custom, Some(value))?;
    }
    Ok(())
}

/// The answers that a file of ours tells, to fields that are here under the same key.
pub(super) fn told(catalogue: &Catalogue, told: &BTreeMap<String, Vec<String>>) -> Answers {
    let known = |(key, typed): (&String, &Vec<String>)| {
        let custom = catalogue.customs.iter().find(|custom| custom.of == Of::Ticket && custom.key == *key)?;
        Some((custom.clone(), custom::read(custom, typed, None).ok()??))
    };
    told.iter().filter_map(known).collect()
}

/// Several choices stand with semicolons between them. People and organisations are not named by logs.
fn read(custom: &Custom, text: &str) -> Option<Value> {
    let typed: Vec<String> = match custom.holds {
        Type::Several => text.split(';').map(str::to_owned).collect(),
        Type::Person | Type::Organisation => return None,
        Type::Text | Type::Long | Type::Number | Type::Date | Type::YesNo | Type::One => {
            vec![text.to_owned()]
        }
    };
    custom::read(custom, &typed, None).ok().flatten()
}

//! Texts of an administrator's own: saved when they can be made, looked up from the nearest to the usual one.

use domain::id::UnitId;
use domain::permission::Viewer;
use serde_json::json;
use store::Tx;
use store::event::Subject;
use store::inbox::{Inbox, TextFailure};
use store::mail_text::{self, Written};

use super::{Template, Text, Values, Variable, fill};
use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::words::{self, Body};
use crate::{DeskError, Problem, people};

/// Which text is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub template: Template,
    /// `None`: wherever no unit has its own.
    pub unit: Option<UnitId>,
    pub language: String,
}

/// What a preview is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preview {
    Examples,
    /// The ticket of this number, as far as its values are the same for everybody.
    Ticket(i64),
}

/// Keeps a text. One that cannot be made with every variable filled is refused.
pub fn save(act: &mut Act, by: &impl Entitled, place: &Place, written: &Written) -> Result<(), DeskError> {
    by.check(act)?;
    checked(act, place)?;
    let written = parsed(written)?;
    fill(place.template, &written, &Values::example(place.template, &place.language))?;
    let id = act.new_id();
    mail_text::save(act.tx, id, &place.kept(), &written, act.now)?;
    store::inbox::forget_text_failures(act.tx, place.template.as_str())?;
    record(act, place, "mail text changed")
}

/// Back to the text that holds without this one.
pub fn remove(act: &mut Act, by: &impl Entitled, place: &Place) -> Result<(), DeskError> {
    by.check(act)?;
    checked(act, place)?;
    if mail_text::remove(act.tx, &place.kept())? {
        store::inbox::forget_text_failures(act.tx, place.template.as_str())?;
        record(act, place, "mail text reset")?;
    }
    Ok(())
}

/// How a text would read.
pub fn preview(
    look: &mut Look,
    by: &Viewer,
    place: &Place,
    written: &Written,
    with: Preview,
) -> Result<Text, DeskError> {
    crate::error::administrator(by)?;
    let written = parsed(written)?;
    let mut values = Values::example(place.template, &place.language);
    if let Preview::Ticket(number) = with {
        let not_found =
            || DeskError::invalid("ticket", Problem::NotATicketNumber { text: number.to_string() });
        let seen = store::access::by_number(look.tx, by, number, look.now)?.ok_or_else(not_found)?;
        let sheet = store::sheet::inside(look.tx, &seen.read_inside().ok_or_else(not_found)?)?;
        values = values
            .with(Variable::Number, number.to_string())
            .with(Variable::Subject, sheet.subject)
            .with(Variable::Unit, look.catalogue.unit_name(sheet.unit))
            .with(Variable::Name, sheet.requester.name);
    }
    fill(place.template, &written, &values)
}

/// The text that stands at a place, and whether it is an administrator's own.
pub fn shown(look: &mut Look, by: &Viewer, place: &Place) -> Result<(Written, bool), DeskError> {
    crate::error::administrator(by)?;
    if let Some(own) = mail_text::at(look.tx, &place.kept())? {
        return Ok((own, true));
    }
    let everywhere = Place { unit: None, ..place.clone() };
    let above = mail_text::at(look.tx, &everywhere.kept())?;
    Ok((above.unwrap_or_else(|| place.template.usual(&place.language)), false))
}

/// Where texts of an administrator's own stand.
pub fn every_place(look: &mut Look, by: &Viewer) -> Result<Vec<Place>, DeskError> {
    crate::error::administrator(by)?;
    let places = mail_text::places(look.tx)?;
    Ok(places
        .into_iter()
        .filter_map(|kept| {
            let template = Template::parse(&kept.template)?;
            Some(Place { template, unit: kept.unit, language: kept.language })
        })
        .collect())
}

/// The text for somebody who reads `language`, from an inbox; `None` when it cannot be made: that stands
/// on the inbox then, and whatever wanted the mail goes on.
pub(crate) fn made(
    act: &mut Act,
    inbox: &Inbox,
    template: Template,
    language: &str,
    values: &Values,
) -> Result<Option<Text>, DeskError> {
    let written = nearest(act.tx, inbox, template, language)?;
    match fill(template, &written, values) {
        Ok(text) => Ok(Some(text)),
        Err(DeskError::Invalid { problem, .. }) => {
            let why = match &problem {
                Problem::TextNamesEmpty { names } => names.clone(),
                other => other.to_string(),
            };
            tracing::warn!(inbox = %inbox.id, template = template.as_str(), %problem, "a text could not be made");
            let failure = TextFailure { at: act.now, template: template.as_str().to_owned(), why };
            store::inbox::text_failed(act.tx, inbox.id, &failure)?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The unit's own in the person's language, in the inbox's; the same everywhere; the usual one.
fn nearest(tx: &mut Tx, inbox: &Inbox, template: Template, language: &str) -> Result<Written, DeskError> {
    for unit in [Some(inbox.unit), None] {
        for language in [language, inbox.language.as_str()] {
            let place = Place { template, unit, language: language.to_owned() };
            if let Some(own) = mail_text::at(tx, &place.kept())? {
                return Ok(own);
            }
        }
    }
    Ok(template.usual(language))
}

impl Place {
    fn kept(&self) -> mail_text::Place {
        mail_text::Place {
            template: self.template.as_str().to_owned(),
            unit: self.unit,
            language: self.language.clone(),
        }
    }
}

fn checked(act: &mut Act, place: &Place) -> Result<(), DeskError> {
    people::language(&place.language)?;
    match place.unit {
        Some(unit) if !act.catalogue.units.contains_key(&unit) => {
            Err(DeskError::invalid("unit", Problem::UnitGone))
        }
        _ => Ok(()),
    }
}

fn parsed(written: &Written) -> Result<Written, DeskError> {
    let subject = words::Subject::parse(&written.subject)?.as_str().to_owned();
    Ok(Written { subject, body: Body::parse(&written.body)?.into_string() })
}

fn record(act: &mut Act, place: &Place, kind: &str) -> Result<(), DeskError> {
    let payload =
        json!({ "template": place.template.as_str(), "unit": place.unit, "language": place.language });
    act.record_change(Subject::Desk, kind, &payload)?;
    Ok(())
}

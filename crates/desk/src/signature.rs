//! What stands below replies by mail: a person's own words, and those of the inbox, with variables.

use domain::fill::{self, Values, Variable, first_name};
use domain::id::{InboxId, PersonId, TicketId};
use domain::permission::Viewer;
use serde_json::json;
use store::event::Subject;
use store::inbox::Inbox;

use crate::act::{Act, Look};
use crate::{DeskError, Problem, macros};

/// The longest that somebody may want below each mail.
pub const MOST: usize = 2_000;

/// Keeps a viewer's own, wherever they write or for one inbox of theirs; an empty text removes it.
pub fn save(act: &mut Act, viewer: &Viewer, inbox: Option<InboxId>, text: &str) -> Result<(), DeskError> {
    if !viewer.is_agent() {
        return Err(DeskError::NotFound);
    }
    if let Some(inbox) = inbox {
        let found = store::inbox::by_id(act.tx, inbox)?.filter(|inbox| inbox.ended_at.is_none());
        found.filter(|inbox| viewer.serves_in(inbox.unit)).ok_or(DeskError::NotFound)?;
    }
    let text = text.trim().replace("\r\n", "\n").replace('\0', "");
    let length = text.chars().count();
    if length > MOST {
        return Err(DeskError::invalid("text", Problem::BodyTooLong { length, most: MOST }));
    }
    can_always_stand("text", &text)?;
    store::signature::set(act.tx, viewer.person, inbox, &text)?;
    act.record_change(Subject::Person(viewer.person.0), "signature changed", &json!({ "inbox": inbox }))?;
    Ok(())
}

/// Mail is never stopped by what stands below it: what may be unknown needs a fallback from the start.
pub(crate) fn can_always_stand(field: &'static str, text: &str) -> Result<(), DeskError> {
    let known = Values::default()
        .with(Variable::MyName, "…")
        .with(Variable::Number, "…")
        .with(Variable::Subject, "…")
        .with(Variable::Unit, "…");
    macros::fill(field, text, &known).map(drop).map_err(|error| match error {
        DeskError::Invalid { problem: Problem::SaysNothing { names }, .. } => {
            DeskError::invalid(field, Problem::MayBeMissing { names })
        }
        other => other,
    })
}

/// How a text reads below a mail of the viewer.
pub fn preview(look: &mut Look, viewer: &Viewer, unit: &str, text: &str) -> Result<String, DeskError> {
    let me = store::person::by_id(look.tx, viewer.person)?.map(|person| person.name).unwrap_or_default();
    let values =
        mine(&me).with(Variable::Number, "4711").with(Variable::Subject, "…").with(Variable::Unit, unit);
    Ok(kept_lines(&macros::fill("text", text, &values)?))
}

/// What leaves by mail with everything that stands below it, and below that what it quotes. What cannot be filled is left out: nobody's mail
/// waits for it.
pub(crate) fn below(
    act: &mut Act,
    inbox: &Inbox,
    ticket: Option<TicketId>,
    author: Option<PersonId>,
    body: String,
) -> Result<String, DeskError> {
    let own = match author {
        Some(author) => store::signature::for_mail(act.tx, author, inbox.id)?,
        None => String::new(),
    };
    if own.is_empty() && inbox.signature.is_empty() {
        return Ok(body);
    }
    let values = known(act, ticket, author)?;
    let read = |text: &str| fill::read(text).ok().and_then(|text| text.fill(&values).ok());
    let parts = [own.as_str(), inbox.signature.as_str()].into_iter().filter_map(read);
    let parts = parts.map(|text| kept_lines(&text)).filter(|text| !text.is_empty());
    let (said, quoted) = quoted_end(&body);
    let signed = parts.fold(said.trim_end().to_owned(), |above, below| format!("{above}\n\n{below}"));
    Ok(if quoted.is_empty() { signed } else { format!("{signed}\n\n{quoted}") })
}

/// What somebody says, and what they quote at its end with the line that introduces it.
fn quoted_end(body: &str) -> (&str, &str) {
    let is_quoted = |line: &str| line.trim_start().starts_with('>');
    let is_empty = |line: &str| line.trim().is_empty();
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let own = lines.iter().rposition(|line| !is_empty(line) && !is_quoted(line));
    let after = own.map_or(0, |at| at + 1);
    if !lines[after..].iter().any(|line| is_quoted(line)) {
        return (body, "");
    }
    let introduces = |at: &usize| {
        lines[*at].trim_end().ends_with(':') && at.checked_sub(1).is_none_or(|above| is_empty(lines[above]))
    };
    let begins = own.filter(introduces).unwrap_or(after);
    let at = lines[..begins].iter().map(|line| line.len()).sum();
    let (said, quoted) = body.split_at(at);
    (said, quoted.trim_start_matches(['\n', '\r']))
}

fn known(act: &mut Act, ticket: Option<TicketId>, author: Option<PersonId>) -> Result<Values, DeskError> {
    let author = author.map(|author| store::person::by_id(act.tx, author)).transpose()?.flatten();
    let mut values = mine(&author.map(|person| person.name).unwrap_or_default());
    if let Some(ticket) = ticket {
        let (subject, ..) = store::ticket::fixed(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
        let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
        let unit = store::ticket::owner_and_parent(act.tx, ticket)?.map(|(unit, _)| unit);
        values = values
            .with(Variable::Number, &number.to_string())
            .with(Variable::Subject, &subject)
            .with(Variable::Unit, unit.map_or("", |unit| act.catalogue.unit_name(unit)));
    }
    Ok(values)
}

fn mine(name: &str) -> Values {
    Values::default().with(Variable::MyName, name).with(Variable::MyFirstName, first_name(name))
}

/// Lines of a signature stay lines where Markdown would run them together.
fn kept_lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let ends = |at: usize| lines.get(at + 1).is_some_and(|next| !next.is_empty());
    let kept = lines.iter().enumerate().map(|(at, line)| {
        if !line.is_empty() && ends(at) { format!("{line}  ") } else { (*line).to_owned() }
    });
    kept.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;

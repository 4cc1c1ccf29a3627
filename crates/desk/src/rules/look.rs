//! Rules look at a ticket, one after the other: who passes, who acts, who is refused, and who has to stop.

use domain::event::{Event, Fact};
use domain::filter::Facts;
use domain::id::{EventId, MessageId, RuleId, TicketId};
use domain::origin::Origin;
use domain::rule::{Guard, Happening, Texts, Verdict, guard};
use store::rule::Run;

use super::compiled::Compiled;
use crate::DeskError;
use crate::act::Act;
use crate::action::{self, Done};

/// Those that answer to an event look at its ticket as it is now; says how many acted.
pub(super) fn at_event(
    act: &mut Act,
    answering: &[&Compiled],
    event: &Event,
    happening: Option<Happening>,
    chain: &[RuleId],
) -> Result<usize, DeskError> {
    let message = match &event.fact {
        Fact::Opened(opening) | Fact::Asked(opening) => opening.message,
        Fact::Replied { message, .. } => Some(*message),
        Fact::Solved { message, .. } => *message,
        _ => None,
    };
    let verdicts = all(act, answering, event.ticket, message, chain)?;
    keep(act, event.ticket, Some(event.id), happening, verdicts)
}

/// Writes down what became of the rules that looked; says how many acted.
pub(super) fn keep(
    act: &mut Act,
    ticket: TicketId,
    event: Option<EventId>,
    happening: Option<Happening>,
    verdicts: Vec<(RuleId, Verdict)>,
) -> Result<usize, DeskError> {
    if verdicts.is_empty() {
        return Ok(0);
    }
    let acted = verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Acted { .. })).count();
    let run = Run { id: act.new_id(), ticket, at: act.now, event, happening, verdicts };
    store::rule::keep(act.tx, &run)?;
    Ok(acted)
}

/// Each of the rules in their order.
pub(super) fn all(
    act: &mut Act,
    rules: &[&Compiled],
    ticket: TicketId,
    message: Option<MessageId>,
    chain: &[RuleId],
) -> Result<Vec<(RuleId, Verdict)>, DeskError> {
    let Some(mut facts) = store::filtered::facts(act.tx, ticket)? else { return Ok(Vec::new()) };
    let texts = texts(act, rules, ticket, message)?;
    let mut verdicts = Vec::new();
    let mut ended = None;
    for rule in rules {
        let id = rule.rule.id;
        if !rule.is_for(facts.unit) {
            continue;
        }
        if let Some(by) = ended {
            verdicts.push((id, Verdict::Ended { by }));
            continue;
        }
        let verdict = one(act, rule, ticket, (&facts, &texts), chain)?;
        if let Verdict::Acted { .. } = verdict {
            ended = Some(id).filter(|_| rule.rule.stops);
            facts = store::filtered::facts(act.tx, ticket)?.unwrap_or(facts);
        }
        verdicts.push((id, verdict));
    }
    Ok(verdicts)
}

fn one(
    act: &mut Act,
    rule: &Compiled,
    ticket: TicketId,
    (facts, texts): (&Facts, &Texts),
    chain: &[RuleId],
) -> Result<Verdict, DeskError> {
    let Some(condition) = &rule.condition else { return Ok(Verdict::Broken) };
    if !condition.holds(facts, texts) {
        return Ok(Verdict::Passed);
    }
    let (id, now) = (rule.rule.id, act.now);
    match guard(id, chain) {
        Ok(()) => {}
        Err(Guard::Itself) => {
            store::rule::looped(act.tx, id, now)?;
            return Ok(Verdict::Looped);
        }
        Err(Guard::TooDeep) => return Ok(Verdict::TooDeep),
    }
    let origin = Origin::Rule { rule: id, after: chain.to_vec() };
    let done = act.because(origin, |act| Ok(action::all_by_desk(act, ticket, &rule.actions)))?;
    let verdict = match done {
        Ok(done) => {
            let ran = rule.actions.iter().zip(&done).filter(|(_, done)| **done == Done::Did);
            Verdict::Acted {
                already: done.iter().filter(|one| **one == Done::Already).count(),
                did: ran.map(|(action, _)| action.clone()).collect(),
            }
        }
        Err(stopped) => match *stopped.cause {
            error @ DeskError::Store(_) => return Err(error),
            refused => Verdict::Refused { place: stopped.place, why: refused.to_string() },
        },
    };
    store::rule::count(act.tx, id, matches!(verdict, Verdict::Acted { .. }), now)?;
    Ok(verdict)
}

/// Subject and message, read only where a rule looks for phrases.
fn texts(
    act: &mut Act,
    rules: &[&Compiled],
    ticket: TicketId,
    message: Option<MessageId>,
) -> Result<Texts, DeskError> {
    if rules.iter().all(|rule| rule.rule.phrases.is_empty()) {
        return Ok(Texts::default());
    }
    let subject = store::rule::subject(act.tx, ticket)?;
    let said = match message {
        Some(message) => store::rule::said(act.tx, message)?,
        None => String::new(),
    };
    Ok(Texts::of([subject.as_str(), said.as_str()]))
}

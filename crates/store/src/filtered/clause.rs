//! A bound filter as a condition on the row of a ticket. Said the same way by `Test::matches`.
//!
//! No condition is ever unknown: a column that may be null is asked for that first, so that "not"
//! means the same here as there.

use domain::custom::Of;
use domain::filter::bind::{Called, Matching, Span};
use domain::filter::value::{TimeField, Waiting};
use domain::filter::{Flag, Test};
use domain::id::{CustomId, PersonId};
use jiff::Timestamp;

use super::linked;
use super::scope::Scope;
use crate::db::{ToParam, Value};
use crate::news;
use crate::page::{beginning, key};

/// A parameter that outlives the statement's making.
pub(super) enum Kept {
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl ToParam for Kept {
    fn to_param(&self) -> Value<'_> {
        match self {
            Self::Integer(integer) => Value::Integer(*integer),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

/// Parameters in the order of their places, and what their viewer may list.
pub(super) struct Bind<'a> {
    pub(super) values: Vec<Kept>,
    scope: &'a Scope,
}

impl<'a> Bind<'a> {
    pub(super) const fn new(scope: &'a Scope) -> Self {
        Self { values: Vec::new(), scope }
    }

    pub(super) fn integer(&mut self, integer: i64) -> String {
        self.keep(Kept::Integer(integer))
    }

    pub(super) fn one_of(&mut self, column: &str, values: impl Iterator<Item = i64>) -> String {
        let places: Vec<String> = values.map(|value| self.integer(value)).collect();
        if places.is_empty() { NEVER.to_owned() } else { format!("{column} in ({})", places.join(", ")) }
    }

    pub(super) fn keep(&mut self, value: Kept) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}

const ALWAYS: &str = "1 = 1";
const NEVER: &str = "1 = 0";

/// The condition of a filter on `t`, a row of `ticket`.
pub(super) fn of(test: &Test, bind: &mut Bind<'_>) -> String {
    match test {
        Test::Every(tests) => joined(tests, " and ", ALWAYS, bind),
        Test::Either(tests) => joined(tests, " or ", NEVER, bind),
        Test::Not(test) => format!("not {}", of(test, bind)),
        Test::State(states) => words("t.state", states.iter().map(|state| state.as_str())),
        Test::Is(flag, viewer) => flagged(*flag, *viewer, bind),
        Test::Unit(units) => format!("({})", bind.one_of("t.unit_id", units.iter().map(|unit| unit.0))),
        Test::Held(person) => {
            format!("(t.person_id is not null and t.person_id = {})", bind.integer(person.0))
        }
        Test::HeldBy(called) => somebody("t.person_id", called, bind),
        Test::Untaken => "(t.person_id is null)".to_owned(),
        Test::RequestedBy(called) => somebody("t.requester_id", called, bind),
        Test::Organisation(called) => match name("o", called, bind) {
            Some(name) => {
                format!("(exists (select 1 from organisation o where o.id = t.organisation_id and {name}))")
            }
            None => format!("({NEVER})"),
        },
        Test::NoOrganisation => "(t.organisation_id is null)".to_owned(),
        Test::Service(services) => {
            format!("({})", bind.one_of("t.service_id", services.iter().map(|service| service.0)))
        }
        Test::Kind(kinds) => words("t.kind", kinds.iter().map(|kind| kind.as_str())),
        Test::Class(classes) => words("t.class", classes.iter().map(|class| class.as_str())),
        Test::Priority(least, most) => {
            format!("(t.priority between {} and {})", least.number(), most.number())
        }
        Test::Time(field, span) => timed(*field, *span, bind),
        Test::NoTime(field) => untimed(*field).to_owned(),
        Test::Waiting(waiting) => waits(*waiting).to_owned(),
        Test::Rating(least, most) => {
            format!("(t.rating is not null and t.rating between {least} and {most})")
        }
        Test::Unrated => "(t.rating is null)".to_owned(),
        Test::Tagged(tag) => {
            let name = bind.keep(Kept::Text(tag.as_str().to_owned()));
            format!(
                "(exists (select 1 from ticket_tag x where x.ticket_id = t.id and x.tag_id = {}))",
                named(&name)
            )
        }
        Test::Untagged => "(not exists (select 1 from ticket_tag x where x.ticket_id = t.id))".to_owned(),
        Test::Status(statuses) => format!(
            "(t.status_id is not null and {})",
            bind.one_of("t.status_id", padded(statuses.iter().map(|status| status.0)).into_iter())
        ),
        Test::NoStatus => "(t.status_id is null)".to_owned(),
        Test::Linked(end, _) => linked::clause(bind.scope, *end, bind),
        Test::Custom(field, of, matching) => {
            let thing = match of {
                Of::Ticket => "t.id",
                Of::Person => "t.requester_id",
                Of::Organisation => "t.organisation_id",
            };
            answered(*field, thing, matching, bind)
        }
        Test::Number(least, most) => {
            format!("(t.number between {} and {})", bind.integer(*least), bind.integer(*most))
        }
        Test::Words(_) => format!("({NEVER})"),
        Test::Among(tickets) => {
            format!("({})", bind.one_of("t.id", padded(tickets.iter().map(|ticket| ticket.0)).into_iter()))
        }
    }
}

/// With an id that nothing has in each free place: few lengths make few statements.
pub(super) fn padded(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.collect();
    let room = [8, 64, 1_000].into_iter().find(|room| ids.len() <= *room).unwrap_or(ids.len());
    ids.resize(room, 0);
    ids
}

/// The tag of a name, whether it is the one that it has or one that it had.
pub(super) fn named(place: &str) -> String {
    format!("(select coalesce(g.into_id, g.id) from tag g where g.name = {place})")
}

/// An answer to a field of one's own about the thing of this id.
pub(super) fn answered(field: CustomId, thing: &str, matching: &Matching, bind: &mut Bind<'_>) -> String {
    let field = bind.integer(field.0);
    let answer = format!("custom_value v where v.thing_id = {thing} and v.field_id = {field}");
    match matching {
        Matching::Any => format!("(exists (select 1 from {answer}))"),
        Matching::Number(least, most) => {
            let (least, most) = (bind.integer(*least), bind.integer(*most));
            format!(
                "(exists (select 1 from {answer} and v.number is not null and v.number between {least} and {most}))"
            )
        }
        Matching::Line(Called::Begins(text)) => {
            let from = bind.keep(Kept::Bytes(text.clone().into_bytes()));
            let until = bind.keep(Kept::Bytes(format!("{text}\u{10ffff}").into_bytes()));
            format!(
                "(exists (select 1 from {answer} and v.word is not null and v.word >= {from} and v.word < {until}))"
            )
        }
        Matching::Line(Called::Exactly(text) | Called::At(text)) => {
            let word = bind.keep(Kept::Bytes(text.clone().into_bytes()));
            format!("(exists (select 1 from {answer} and v.word is not null and v.word = {word}))")
        }
        Matching::Named(Called::At(address)) => {
            let address = bind.keep(Kept::Text(address.clone()));
            format!(
                "(exists (select 1 from {answer} and exists (select 1 from person p where p.id = v.number \
                     and p.email is not null and p.email = {address})))"
            )
        }
        Matching::Named(called) => {
            let (person, organisation) = (name("p", called, bind), name("o", called, bind));
            let (person, organisation) = (
                person.unwrap_or_else(|| NEVER.to_owned()),
                organisation.unwrap_or_else(|| NEVER.to_owned()),
            );
            format!(
                "(exists (select 1 from {answer} and (exists (select 1 from person p where p.id = v.number and {person}) \
                     or exists (select 1 from organisation o where o.id = v.number and {organisation}))))"
            )
        }
    }
}

fn joined(tests: &[Test], joint: &str, none: &str, bind: &mut Bind<'_>) -> String {
    let parts: Vec<String> = tests.iter().map(|test| of(test, bind)).collect();
    if parts.is_empty() { format!("({none})") } else { format!("({})", parts.join(joint)) }
}

/// Words of closed sets stand in the text itself.
fn words(column: &str, words: impl Iterator<Item = &'static str>) -> String {
    let quoted: Vec<String> = words.map(|word| format!("'{word}'")).collect();
    if quoted.is_empty() { format!("({NEVER})") } else { format!("({column} in ({}))", quoted.join(", ")) }
}

fn flagged(flag: Flag, viewer: PersonId, bind: &mut Bind<'_>) -> String {
    match flag {
        Flag::Unanswered => "(t.unanswered_since_at is not null)",
        Flag::Handoff => "(t.parent_id is not null)",
        Flag::Blocks => "(t.parent_id is not null and t.state <> 'closed')",
        Flag::Blocked => "(t.handoffs_open > 0)",
        Flag::Confidential => "(t.confidential = 1)",
        Flag::Escalated => "(t.escalated = 1)",
        Flag::Reopened => "(t.reopened > 0)",
        Flag::Snoozed => "(t.snoozed_until_at is not null)",
        Flag::Merged => "(t.merged_into_id is not null)",
        Flag::Bounced => "(t.bounced = 1)",
        Flag::Unread => return format!("({})", news::unread(&bind.integer(viewer.0))),
        Flag::Draft => return format!("({})", news::drafted(&bind.integer(viewer.0))),
    }
    .to_owned()
}

const fn waits(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Us => "(t.state = 'open' and t.waiting is null and t.handoffs_open = 0)",
        Waiting::Requester => "(t.state = 'open' and t.waiting is not null and t.waiting = 'requester')",
        Waiting::Inside => "(t.state = 'open' and t.handoffs_open > 0)",
        Waiting::Supplier => "(t.state = 'open' and t.waiting is not null and t.waiting = 'supplier')",
        Waiting::Date => "(t.state = 'open' and t.waiting is not null and t.waiting = 'agreed')",
    }
}

fn somebody(column: &str, called: &Called, bind: &mut Bind<'_>) -> String {
    let is_called = match called {
        Called::At(address) => {
            let address = bind.keep(Kept::Text(address.clone()));
            format!("p.email is not null and p.email = {address}")
        }
        Called::Begins(_) | Called::Exactly(_) => name("p", called, bind).unwrap_or_else(|| NEVER.to_owned()),
    };
    format!("(exists (select 1 from person p where p.id = {column} and {is_called}))")
}

/// How a name is compared; `None` for what is no name.
fn name(table: &str, called: &Called, bind: &mut Bind<'_>) -> Option<String> {
    match called {
        Called::Begins(text) => {
            let (from, until) = beginning(text);
            let (from, until) = (bind.keep(Kept::Bytes(from)), bind.keep(Kept::Bytes(until)));
            Some(format!("{table}.search_key >= {from} and {table}.search_key < {until}"))
        }
        Called::Exactly(text) => Some(format!("{table}.search_key = {}", bind.keep(Kept::Bytes(key(text))))),
        Called::At(_) => None,
    }
}

fn timed(field: TimeField, span: Span, bind: &mut Bind<'_>) -> String {
    let (column, is_there) = match field {
        TimeField::Due => ("t.due_at", "t.due_because <> 'age'"),
        TimeField::Opened => ("t.opened_at", ALWAYS),
        TimeField::Changed => ("t.changed_at", ALWAYS),
        TimeField::Solved => ("t.solved_at", "t.solved_at is not null"),
        TimeField::Unanswered => ("t.unanswered_since_at", "t.unanswered_since_at is not null"),
    };
    let mut parts = vec![is_there.to_owned()];
    if span.from > Timestamp::MIN {
        parts.push(format!("{column} >= {}", bind.integer(span.from.as_microsecond())));
    }
    if span.until < Timestamp::MAX {
        parts.push(format!("{column} < {}", bind.integer(span.until.as_microsecond())));
    }
    format!("({})", parts.join(" and "))
}

const fn untimed(field: TimeField) -> &'static str {
    match field {
        TimeField::Due => "(t.due_because = 'age')",
        TimeField::Opened | TimeField::Changed => "(1 = 0)",
        TimeField::Solved => "(t.solved_at is null)",
        TimeField::Unanswered => "(t.unanswered_since_at is null)",
    }
}

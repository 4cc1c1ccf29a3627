//! Which column of a foreign log plays which role, as a value that a JSON file can hold.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use domain::affiliation::Class;
use serde::{Deserialize, Serialize};

use super::Error;
use super::fields::Fields;

/// Reads a mapping file; every key is optional except `case`, `activity` and `timestamp`.
pub fn from_json(input: impl Read) -> Result<Mapping, Error> {
    let mapping: Mapping =
        serde_json::from_reader(input).map_err(|cause| Error::Mapping { reason: cause.to_string() })?;
    mapping.check()?;
    Ok(mapping)
}

/// How a log is understood. Unnamed columns are not lost: every field stays on its step.
///
/// A column name may be [`SOURCE_NAME`], which stands for the file's name without its endings.
/// In XES the attributes of a trace are the columns `case:NAME`, nested ones `NAME/CHILD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Columns that together name the case; joined with `/`.
    pub case: Vec<String>,
    /// What happened.
    pub activity: String,
    /// When it happened.
    pub timestamp: String,
    /// `rfc3339`, or a pattern such as `%d/%m/%Y %H:%M` (also `%S`, `%f`, `%z`). Holds for all dates.
    #[serde(default = "rfc3339")]
    pub timestamp_format: String,
    /// A number that orders the rows of a case; without it the time does, then the line.
    #[serde(default)]
    pub order: Option<String>,
    /// The column looked up in `states`; the activity when absent.
    #[serde(default)]
    pub state: Option<String>,
    /// What values of `state` mean to custody. Keys may hold `*`; an exact key wins, then the longest.
    #[serde(default)]
    pub states: BTreeMap<String, Meaning>,
    /// What a value means that `states` does not list.
    #[serde(default)]
    pub other_states: Meaning,
    /// Which of several solving rows without a reopening between them counts.
    #[serde(default)]
    pub solved: SolvedBy,
    /// The last row of a case solves it when no row did.
    #[serde(default)]
    pub last_row_solves: bool,
    /// Who acted or is assigned.
    #[serde(default)]
    pub person: Option<String>,
    /// The group that holds the case from this row on.
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub requester: Option<String>,
    #[serde(default)]
    pub service: Option<String>,
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(default)]
    pub priority: Option<String>,
    /// From the log's words to 1 (highest) .. 4.
    #[serde(default)]
    pub priorities: BTreeMap<String, u8>,
    /// When the case was opened, read on its first row; the first row's own time when absent or later.
    #[serde(default)]
    pub opened_at: Option<String>,
    /// When the log says it was resolved and closed, trusted only on the last row of a case.
    #[serde(default)]
    pub resolved_at: Option<String>,
    #[serde(default)]
    pub closed_at: Option<String>,
    /// Whether the log's own promise was kept, trusted only on the last row of a case.
    #[serde(default)]
    pub promise: Option<String>,
    #[serde(default = "kept_words")]
    pub promise_kept: Vec<String>,
    #[serde(default = "missed_words")]
    pub promise_missed: Vec<String>,
    /// Values that mean "not known" in every mapped column; they stay as they are in the raw fields.
    #[serde(default = "blank")]
    pub missing: Vec<String>,
    /// What the requesters of this log are to us: `internal`, `connected` or `external`.
    #[serde(default = "internal")]
    pub class: Class,
    /// Cells carry a leading `'` against spreadsheet formulas, as our own CSV does; it is taken off.
    #[serde(default)]
    pub formula_guard: bool,
}

/// Stands for the file's name without its endings wherever a column is named.
pub const SOURCE_NAME: &str = "@file";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Somebody of the serving side has it.
    #[default]
    Working,
    WaitingForRequester,
    WaitingForSupplier,
    /// Both sides agreed on a later date.
    WaitingForDate,
    Solved,
    Closed,
    /// Opens a solved case again, whatever it was before.
    Reopened,
    /// Says nothing about custody.
    Nothing,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SolvedBy {
    #[default]
    FirstRow,
    LastRow,
}

/// The single columns that a mapping can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Activity,
    Timestamp,
    Order,
    State,
    Person,
    Unit,
    Requester,
    Service,
    Subject,
    Priority,
    OpenedAt,
    ResolvedAt,
    ClosedAt,
    Promise,
}

impl Role {
    pub const ALL: [Self; 14] = [
        Self::Activity,
        Self::Timestamp,
        Self::Order,
        Self::State,
        Self::Person,
        Self::Unit,
        Self::Requester,
        Self::Service,
        Self::Subject,
        Self::Priority,
        Self::OpenedAt,
        Self::ResolvedAt,
        Self::ClosedAt,
        Self::Promise,
    ];
}

impl Mapping {
    /// A mapping of three columns and nothing else, to be filled in.
    pub fn of(case: &str, activity: &str, timestamp: &str) -> Self {
        Self {
            case: vec![case.into()],
            activity: activity.into(),
            timestamp: timestamp.into(),
            timestamp_format: rfc3339(),
            order: None,
            state: None,
            states: BTreeMap::new(),
            other_states: Meaning::default(),
            solved: SolvedBy::default(),
            last_row_solves: false,
            person: None,
            unit: None,
            requester: None,
            service: None,
            subject: None,
            priority: None,
            priorities: BTreeMap::new(),
            opened_at: None,
            resolved_at: None,
            closed_at: None,
            promise: None,
            promise_kept: kept_words(),
            promise_missed: missed_words(),
            missing: blank(),
            class: internal(),
            formula_guard: false,
        }
    }

    pub fn check(&self) -> Result<(), Error> {
        let refused = |reason: String| Err(Error::Mapping { reason });
        if self.case.is_empty() {
            return refused("\"case\" names no column".into());
        }
        if let Some((word, value)) = self.priorities.iter().find(|(_, value)| !(1..=4).contains(*value)) {
            return refused(format!("priority {word:?} is {value}; it must be 1 to 4"));
        }
        if self.columns().any(str::is_empty) {
            return refused("a column name is empty; leave the key out instead".into());
        }
        super::timestamp::Reader::new(&self.timestamp_format, &jiff::tz::TimeZone::UTC)?;
        Ok(())
    }

    /// The column that plays a role, when one does.
    pub fn column(&self, role: Role) -> Option<&str> {
        match role {
            Role::Activity => Some(&self.activity),
            Role::Timestamp => Some(&self.timestamp),
            Role::Order => self.order.as_deref(),
            Role::State => Some(self.state.as_ref().unwrap_or(&self.activity)),
            Role::Person => self.person.as_deref(),
            Role::Unit => self.unit.as_deref(),
            Role::Requester => self.requester.as_deref(),
            Role::Service => self.service.as_deref(),
            Role::Subject => self.subject.as_deref(),
            Role::Priority => self.priority.as_deref(),
            Role::OpenedAt => self.opened_at.as_deref(),
            Role::ResolvedAt => self.resolved_at.as_deref(),
            Role::ClosedAt => self.closed_at.as_deref(),
            Role::Promise => self.promise.as_deref(),
        }
    }

    /// Every column that must be in the file, once.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let named = self.case.iter().map(String::as_str);
        let mut seen = std::collections::BTreeSet::new();
        named
            .chain(Role::ALL.into_iter().filter_map(|role| self.column(role)))
            .filter(|column| *column != SOURCE_NAME)
            .filter(move |column| seen.insert(*column))
    }

    pub fn is_missing(&self, value: &str) -> bool {
        self.missing.iter().any(|marker| marker == value)
    }

    pub fn meaning(&self, state: &str) -> Meaning {
        if let Some(meaning) = self.states.get(state) {
            return *meaning;
        }
        self.states
            .iter()
            .filter(|(pattern, _)| pattern.contains('*') && matches(pattern, state))
            .max_by_key(|(pattern, _)| pattern.len())
            .map_or(self.other_states, |(_, meaning)| *meaning)
    }
}

/// Where in the records of one shape the mapped values are.
#[derive(Debug)]
pub struct Layout {
    case: Vec<Place>,
    roles: [Place; Role::ALL.len()],
}

#[derive(Debug, Clone)]
enum Place {
    Absent,
    Column(usize),
    Source(Arc<str>),
}

impl Layout {
    pub(super) fn new(names: &[Arc<str>], mapping: &Mapping, source: &str) -> Self {
        let place = |column: &str| match column {
            SOURCE_NAME => Place::Source(Arc::from(source)),
            _ => names.iter().position(|name| &**name == column).map_or(Place::Absent, Place::Column),
        };
        Self {
            case: mapping.case.iter().map(|column| place(column)).collect(),
            roles: Role::ALL.map(|role| mapping.column(role).map_or(Place::Absent, place)),
        }
    }

    pub(super) fn value<'a>(&'a self, role: Role, fields: &'a Fields) -> Option<&'a str> {
        self.roles[role as usize].value(fields)
    }

    pub(super) fn case_key(&self, fields: &Fields) -> Option<String> {
        let mut key = String::new();
        for place in &self.case {
            let part = place.value(fields).filter(|part| !part.is_empty())?;
            if !key.is_empty() {
                key.push('/');
            }
            key.push_str(part);
        }
        Some(key)
    }

    /// The parts of the key without joining them, to compare a row with the one before.
    pub(super) fn case_parts<'a>(&'a self, fields: &'a Fields) -> impl Iterator<Item = Option<&'a str>> {
        self.case.iter().map(|place| place.value(fields))
    }
}

impl Place {
    fn value<'a>(&'a self, fields: &'a Fields) -> Option<&'a str> {
        match self {
            Self::Absent => None,
            Self::Column(index) => fields.at(*index),
            Self::Source(name) => Some(name),
        }
    }
}

/// The name among `found` that is nearest to `name`, when it is near enough to be meant.
pub(super) fn nearest(name: &str, found: &[String]) -> Option<String> {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = plain(name);
    found
        .iter()
        .map(|candidate| (edits(&wanted, &plain(candidate)), candidate))
        .min()
        .filter(|(distance, _)| *distance * 3 <= wanted.len().max(3))
        .map(|(_, candidate)| candidate.clone())
}

fn edits(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

/// `*` stands for any text, also none.
fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(first) = pieces.next() else {
        return false;
    };
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        let Some(found) = rest.find(piece) else {
            return false;
        };
        rest = &rest[found + piece.len()..];
    }
    rest.ends_with(last)
}

fn internal() -> Class {
    Class::Internal
}

fn rfc3339() -> String {
    "rfc3339".into()
}

fn kept_words() -> Vec<String> {
    vec!["true".into()]
}

fn missed_words() -> Vec<String> {
    vec!["false".into()]
}

fn blank() -> Vec<String> {
    vec![String::new()]
}

#[cfg(test)]
mod tests;

//! Gathers the rows of a log into cases and says what each row means to custody.

mod stage;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::fields::{Fields, Row};
use super::mapping::{Mapping, Meaning, Role};
use super::timestamp::{self, Wall};
use super::{Entry, Error, Reject};

/// Reads all entries and groups them; every row becomes exactly one step of one case.
///
/// Inside a case the order is: sort column, then time, then line; a case in which a row lacks the
/// sort column is ordered by time and line. Where time runs backwards in that order, custody uses
/// the time of the row before, and the row keeps its own in its raw fields.
pub fn assemble(
    entries: impl IntoIterator<Item = Result<Entry, Error>>,
    mapping: &Mapping,
    zone: &TimeZone,
) -> Result<Assembly, Error> {
    let mut rejects = Vec::new();
    let cases = gather(entries, &mut rejects)?;
    let mut assembler = Assembler {
        mapping,
        timestamps: timestamp::Reader::new(&mapping.timestamp_format, zone)?,
        words: HashMap::new(),
        meanings: HashMap::new(),
        warnings: Warnings::default(),
    };
    let cases = cases.into_iter().map(|(key, rows)| assembler.case(key, rows)).collect();
    Ok(Assembly { cases, rejects, warnings: assembler.warnings })
}

#[derive(Debug)]
pub struct Assembly {
    /// In the order in which the cases first appear in the file.
    pub cases: Vec<Case>,
    pub rejects: Vec<Reject>,
    pub warnings: Warnings,
}

/// What was kept although it looked wrong.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Warnings {
    /// Steps whose time runs backwards in the case's order; custody uses the time before.
    pub dates_out_of_order: u64,
    /// Cases whose rows stood in another order in the file.
    pub cases_reordered: u64,
    /// Times in an hour that daylight saving skipped; mapped forward.
    pub dates_in_skipped_hour: u64,
    /// Times in an hour that happened twice; the earlier pass, unless that ran backwards.
    pub dates_in_repeated_hour: u64,
    /// `opened_at` that is no date; the first row's time stands.
    pub opened_at_unreadable: u64,
    /// `opened_at` later than the first row; the first row's time stands.
    pub opened_at_after_first_row: u64,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub key: String,
    pub opened_at: Timestamp,
    pub requester: Option<Arc<str>>,
    pub subject: Option<Arc<str>>,
    pub service: Option<Arc<str>>,
    /// 1 (highest) .. 4: the last one known.
    pub priority: Option<u8>,
    /// The log's own outcome, from the last row.
    pub promise_kept: Option<bool>,
    /// What the log says in its last row; custody follows the steps, not these.
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Never empty; times never run backwards.
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub line: u64,
    pub at: Timestamp,
    pub activity: Arc<str>,
    pub means: Means,
    /// The case was solved or closed before this step and is open again with it: always so for
    /// `Reopened`, and for a wait that begins on a solved case.
    pub reopens: bool,
    /// `None` where the log does not know it; the one known last then stands.
    pub unit: Option<Arc<str>>,
    pub person: Option<Arc<str>>,
    pub priority: Option<u8>,
    /// The row's own time, when custody uses another.
    pub out_of_order_at: Option<Timestamp>,
    /// Every field of the row.
    pub raw: Fields,
}

/// What a step changes in custody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Means {
    /// The first step of a case, where it is in work.
    Opened,
    /// In work, as before.
    Worked,
    WaitRequester,
    WaitSupplier,
    /// Waits for a date both sides agreed on, which the log does not name.
    WaitAgreed,
    /// A wait has ended and the case is in work.
    Resumed,
    Solved,
    /// Without a `Solved` before it, it solves as well.
    Closed,
    Reopened,
    /// Custody stays as it is.
    Nothing,
}

fn gather(
    entries: impl IntoIterator<Item = Result<Entry, Error>>,
    rejects: &mut Vec<Reject>,
) -> Result<Vec<(String, Vec<Row>)>, Error> {
    let mut cases: Vec<(String, Vec<Row>)> = Vec::new();
    let mut index_of_key: HashMap<String, usize> = HashMap::new();
    let mut current: Option<usize> = None;
    for entry in entries {
        let row = match entry? {
            Ok(row) => row,
            Err(reject) => {
                rejects.push(reject);
                continue;
            }
        };
        let index = match current.filter(|index| is_same_case(&cases[*index].1, &row)) {
            Some(index) => index,
            None => {
                let key = row.fields.case_key().unwrap_or_default();
                *index_of_key.entry(key).or_insert_with_key(|key| {
                    cases.push((key.clone(), Vec::new()));
                    cases.len() - 1
                })
            }
        };
        cases[index].1.push(row);
        current = Some(index);
    }
    Ok(cases)
}

fn is_same_case(rows: &[Row], row: &Row) -> bool {
    let Some(last) = rows.last() else {
        return false;
    };
    let parts = row.fields.shape().layout().case_parts(&row.fields);
    last.fields.shape().layout().case_parts(&last.fields).eq(parts)
}

struct Assembler<'a> {
    mapping: &'a Mapping,
    timestamps: timestamp::Reader,
    words: HashMap<Box<str>, Arc<str>>,
    meanings: HashMap<Box<str>, Meaning>,
    warnings: Warnings,
}

impl Assembler<'_> {
    fn case(&mut self, key: String, rows: Vec<Row>) -> Case {
        let rows = self.in_order(rows);
        let meanings: Vec<Meaning> = rows.iter().map(|row| self.meaning(&row.fields)).collect();
        let means = stage::fold(&meanings, self.mapping.solved, self.mapping.last_row_solves);
        let mut previous_at = None;
        let steps: Vec<Step> = rows
            .into_iter()
            .zip(means)
            .map(|(row, (means, reopens))| {
                let own_at = self.disambiguated(&row, previous_at);
                let at = previous_at.map_or(own_at, |before: Timestamp| before.max(own_at));
                self.warnings.dates_out_of_order += u64::from(at != own_at);
                previous_at = Some(at);
                Step {
                    line: row.line,
                    at,
                    activity: self.known(&row.fields, Role::Activity).unwrap_or_default(),
                    means,
                    reopens,
                    unit: self.known(&row.fields, Role::Unit),
                    person: self.known(&row.fields, Role::Person),
                    priority: self.priority(&row.fields),
                    out_of_order_at: (at != own_at).then_some(own_at),
                    raw: row.fields,
                }
            })
            .collect();
        self.headed(key, steps)
    }

    fn headed(&mut self, key: String, steps: Vec<Step>) -> Case {
        let first = steps.first().expect("a case has at least one row");
        let last = steps.last().expect("a case has at least one row");
        let opened_at = self.opened_at(first);
        let last_at = |role| {
            let text = last.raw.role(role)?;
            Some(self.timestamps.read(text)?.at)
        };
        let (resolved_at, closed_at) = (last_at(Role::ResolvedAt), last_at(Role::ClosedAt));
        let promise_kept = self.promise_kept(&last.raw);
        let mut first_known = |role| steps.iter().find_map(|step| self.known(&step.raw, role));
        Case {
            requester: first_known(Role::Requester),
            subject: first_known(Role::Subject),
            service: first_known(Role::Service),
            priority: steps.iter().rev().find_map(|step| step.priority),
            key,
            opened_at,
            promise_kept,
            resolved_at,
            closed_at,
            steps,
        }
    }

    fn in_order(&mut self, mut rows: Vec<Row>) -> Vec<Row> {
        let numbers: Option<Vec<i64>> = match &self.mapping.order {
            Some(_) => rows.iter().map(|row| row.fields.role(Role::Order)?.trim().parse().ok()).collect(),
            None => None,
        };
        match numbers {
            Some(numbers) => {
                let mut numbered: Vec<(i64, Row)> = numbers.into_iter().zip(rows).collect();
                numbered.sort_by_key(|(number, row)| (*number, row.at, row.line));
                rows = numbered.into_iter().map(|(_, row)| row).collect();
            }
            None => rows.sort_by_key(|row| (row.at, row.line)),
        }
        let is_reordered = rows.windows(2).any(|pair| pair[0].line > pair[1].line);
        self.warnings.cases_reordered += u64::from(is_reordered);
        rows
    }

    fn disambiguated(&mut self, row: &Row, previous_at: Option<Timestamp>) -> Timestamp {
        match row.wall {
            Wall::Exact => row.at,
            Wall::Skipped => {
                self.warnings.dates_in_skipped_hour += 1;
                row.at
            }
            Wall::Repeated { later_at } => {
                self.warnings.dates_in_repeated_hour += 1;
                match previous_at {
                    Some(before) if row.at < before && later_at >= before => later_at,
                    Some(_) | None => row.at,
                }
            }
        }
    }

    fn opened_at(&mut self, first: &Step) -> Timestamp {
        let Some(text) = first.raw.role(Role::OpenedAt).filter(|text| !self.mapping.is_missing(text)) else {
            return first.at;
        };
        match self.timestamps.read(text) {
            Some(reading) if reading.at <= first.at => reading.at,
            Some(_) => {
                self.warnings.opened_at_after_first_row += 1;
                first.at
            }
            None => {
                self.warnings.opened_at_unreadable += 1;
                first.at
            }
        }
    }

    fn meaning(&mut self, fields: &Fields) -> Meaning {
        let state = fields.role(Role::State).unwrap_or_default();
        if let Some(meaning) = self.meanings.get(state) {
            return *meaning;
        }
        let meaning = self.mapping.meaning(state);
        self.meanings.insert(state.into(), meaning);
        meaning
    }

    fn known(&mut self, fields: &Fields, role: Role) -> Option<Arc<str>> {
        let text = fields.role(role)?;
        if self.mapping.is_missing(text) {
            return None;
        }
        if let Some(word) = self.words.get(text) {
            return Some(Arc::clone(word));
        }
        let word: Arc<str> = Arc::from(text);
        self.words.insert(text.into(), Arc::clone(&word));
        Some(word)
    }

    fn priority(&self, fields: &Fields) -> Option<u8> {
        let text = fields.role(Role::Priority)?;
        self.mapping.priorities.get(text).copied()
    }

    fn promise_kept(&self, fields: &Fields) -> Option<bool> {
        let text = fields.role(Role::Promise)?;
        let is_in = |words: &[String]| words.iter().any(|word| word == text);
        if is_in(&self.mapping.promise_kept) {
            return Some(true);
        }
        is_in(&self.mapping.promise_missed).then_some(false)
    }
}

#[cfg(test)]
mod tests;

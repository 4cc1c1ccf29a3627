//! A batch of cases: prepared while the one before is being written, and written as one transaction.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use domain::clock::Clock;
use domain::event::{Actor, Event, Fact, Opening};
use domain::id::{EventId, ServiceId, TicketId};
use domain::ticket::Ticket;
use jiff::Timestamp;
use store::catalogue::Catalogue;
use store::event::{Entry, Subject};
use store::imported;
use store::tally::{self, Tally};
use store::ticket::{PersonSide, Placed, Whole};

use super::answers::{self, Answers};
use super::directory::Directory;
use super::plan::{self, Draft};
use crate::act::{Act, Desk};
use crate::eventlog::{Case, Reject, Step, raw};
use crate::{DeskError, project};

const EVENTS_A_BATCH: usize = 8_000;

/// What is needed to prepare batches.
pub(super) struct Preparing<'a> {
    pub desk: &'a Desk,
    pub source: &'a str,
    pub directory: &'a Directory,
    pub known: HashMap<String, imported::Case>,
    pub catalogue: &'a Catalogue,
}

impl Preparing<'_> {
    /// Sends batches until the cases are through or nobody takes them any more.
    pub(super) fn all(&self, cases: Vec<Case>, ready: &SyncSender<Batch>) {
        let mut batch = self.begin();
        for case in cases {
            self.add(&mut batch, case);
            if batch.events.len() >= EVENTS_A_BATCH
                && ready.send(std::mem::replace(&mut batch, self.begin())).is_err()
            {
                return;
            }
        }
        // The receiver may have stopped; then nothing waits for the last batch either.
        let _ = ready.send(batch);
    }

    fn begin(&self) -> Batch {
        Batch { source: self.source.to_owned(), now: self.desk.clock.now(), ..Batch::default() }
    }

    fn add(&self, batch: &mut Batch, case: Case) {
        batch.cases_seen += 1;
        let raws = raws(&case.steps);
        match self.known.get(&case.key) {
            None => self.add_new(batch, case, raws),
            Some(known) => match since(&case.steps, &raws, known) {
                Since::Nothing => batch.cases_known += 1,
                Since::Rows(from) => {
                    let fingerprint = fingerprint(&case.steps, &raws);
                    let (answers, rejects) = answers::of(self.catalogue, &case.steps[from..]);
                    batch.rejects.extend(rejects);
                    batch.grown.push(Grown { known: *known, from, fingerprint, raws, case, answers });
                }
                Since::Otherwise(reason) => batch.rejects.push(Reject {
                    line: case.steps.first().map_or(0, |step| step.line),
                    reason,
                    raw: case.key.into_bytes(),
                }),
            },
        }
    }

    fn add_new(&self, batch: &mut Batch, case: Case, raws: Vec<String>) {
        let Draft { ticket, events, rows, units } =
            plan::case(self.directory, &case, &|| self.desk.new_id(batch.now));
        let imported = imported::Case {
            ticket: ticket.id,
            rows: i64::try_from(case.steps.len()).unwrap_or(i64::MAX),
            fingerprint: fingerprint(&case.steps, &raws),
            kept: case.promise_kept,
        };
        batch.keep_rows(&case.steps, raws, &rows, batch.events.len());
        let clocks = project::clocks(self.catalogue, &ticket, &events);
        let due = project::due(&ticket, &clocks, None);
        let confidential = self.catalogue.service(ticket.service).is_some_and(|service| service.confidential);
        let people = ticket.requesting().map(|person| (person, PersonSide::Requesting)).collect();
        let subject = plan::subject(&case);
        let (answers, rejects) = answers::of(self.catalogue, &case.steps);
        batch.rejects.extend(rejects);
        batch.answer(ticket.id, ticket.service, answers);
        batch.cases.push((case.key, imported));
        let placed = Placed { root: ticket.id, confidential, due, ticket };
        batch.hold(Whole { placed, subject, people, units }, clocks);
        batch.events.extend(events.into_iter().map(Row::of));
    }
}

/// Cases on their way into the database.
#[derive(Default)]
pub(super) struct Batch {
    source: String,
    now: Timestamp,
    pub(super) cases_seen: u64,
    pub(super) cases_known: u64,
    pub(super) rejects: Vec<Reject>,
    pub(super) tickets: Vec<Whole>,
    pub(super) clocks: Vec<(TicketId, Vec<Clock>)>,
    tally: BTreeMap<Tally, i64>,
    pub(super) events: Vec<Row>,
    pub(super) raws: Vec<RawRow>,
    pub(super) cases: Vec<(String, imported::Case)>,
    /// To fields of one's own.
    answers: Vec<(TicketId, ServiceId, Answers)>,
    grown: Vec<Grown>,
    /// Tickets keep the number they came with where nobody has it.
    pub(super) keeps_numbers: bool,
}

/// An event with its payload as text, made before the transaction.
pub(super) struct Row {
    id: EventId,
    at: Timestamp,
    actor: Actor,
    ticket: TicketId,
    parent: Option<TicketId>,
    kind: &'static str,
    payload: Payload,
}

enum Payload {
    Text(String),
    /// Waits for the ticket's number.
    Opening(Box<Opening>, bool),
}

pub(super) struct RawRow {
    /// Among the batch's events.
    pub(super) event: usize,
    pub(super) line: u64,
    pub(super) activity: Arc<str>,
    pub(super) fields: String,
}

struct Grown {
    case: Case,
    known: imported::Case,
    from: usize,
    fingerprint: [u8; 32],
    raws: Vec<String>,
    /// In the rows that are new.
    answers: Answers,
}

/// What cases that had grown added.
#[derive(Clone, Copy, Default)]
pub(super) struct Added {
    pub rows: u64,
    pub events: u64,
}

impl Row {
    pub(super) fn of(event: Event) -> Self {
        let kind = event.fact.name();
        let payload = match event.fact {
            Fact::Opened(opening) => Payload::Opening(Box::new(opening), false),
            Fact::Asked(opening) => Payload::Opening(Box::new(opening), true),
            fact => Payload::Text(text_of(&fact)),
        };
        let Event { id, at, actor, ticket, parent, .. } = event;
        Self { id, at, actor, ticket, parent, kind, payload }
    }

    fn entry(&self, recorded_at: Timestamp) -> Entry<'_> {
        let Payload::Text(payload) = &self.payload else {
            unreachable!("openings became text with their numbers")
        };
        Entry {
            id: self.id,
            at: self.at,
            recorded_at,
            actor: self.actor,
            subject: Subject::Ticket(self.ticket),
            parent: self.parent,
            kind: self.kind,
            payload,
        }
    }
}

fn text_of(fact: &Fact) -> String {
    serde_json::to_string(fact).expect("facts have string keys only")
}

impl Batch {
    pub(super) fn of(source: &str, now: Timestamp) -> Self {
        Self { source: source.to_owned(), now, keeps_numbers: true, ..Self::default() }
    }

    /// Takes a new ticket with what follows from it.
    pub(super) fn hold(&mut self, whole: Whole, clocks: Vec<Clock>) {
        for (sum, n) in tally::of(&whole.placed.ticket, &clocks) {
            *self.tally.entry(sum).or_default() += n;
        }
        if !clocks.is_empty() {
            self.clocks.push((whole.placed.ticket.id, clocks));
        }
        self.tickets.push(whole);
    }

    /// Keeps what a new ticket answers.
    pub(super) fn answer(&mut self, ticket: TicketId, service: ServiceId, answers: Answers) {
        if !answers.is_empty() {
            self.answers.push((ticket, service, answers));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tickets.is_empty() && self.grown.is_empty()
    }

    pub(super) fn cases_new(&self) -> u64 {
        self.cases.len() as u64
    }

    pub(super) fn cases_grown(&self) -> u64 {
        self.grown.len() as u64
    }

    /// Rows of new cases.
    pub(super) fn rows(&self) -> u64 {
        self.raws.len() as u64
    }

    pub(super) fn events_of_new(&self) -> u64 {
        self.events.len() as u64
    }

    fn keep_rows(&mut self, steps: &[Step], raws: Vec<String>, rows: &[Option<usize>], first_event: usize) {
        let mut raws = raws;
        for (event, row) in (first_event..).zip(rows) {
            if let Some(row) = row {
                let (step, fields) = (&steps[*row], std::mem::take(&mut raws[*row]));
                self.raws.push(RawRow { event, line: step.line, activity: plan::activity(step), fields });
            }
        }
    }

    /// Writes everything; whoever calls this commits all of it or nothing.
    pub(super) fn write(mut self, act: &mut Act, directory: &Directory) -> Result<Added, DeskError> {
        let grown = std::mem::take(&mut self.grown);
        let source = self.source.clone();
        self.write_new(act)?;
        let mut added = Added::default();
        for grown in grown {
            let more = grown.write(act, directory, &source)?;
            added.rows += more.rows;
            added.events += more.events;
        }
        Ok(added)
    }

    /// [`Batch::write`] of a batch in which no case has grown.
    pub(super) fn write_new(mut self, act: &mut Act) -> Result<(), DeskError> {
        self.number(act)?;
        self.append(act)?;
        store::ticket::insert_all(act.tx, &self.tickets)?;
        for (ticket, service, answers) in &self.answers {
            answers::write(act, *ticket, *service, answers)?;
        }
        for (ticket, clocks) in &self.clocks {
            store::clock::shift(act.tx, *ticket, &[], clocks)?;
        }
        let cases = self.cases.iter().map(|(key, case)| (key.as_str(), case));
        imported::insert_cases(act.tx, &self.source, cases)?;
        for (sum, n) in &self.tally {
            tally::add(act.tx, *sum, *n)?;
        }
        Ok(())
    }

    /// Writes the events, and the rows they came from beside them.
    fn append(&self, act: &mut Act) -> Result<(), DeskError> {
        let entries: Vec<Entry> = self.events.iter().map(|row| row.entry(self.now)).collect();
        let first = store::event::append_all(act.tx, &entries)?;
        let raws = self.raws.iter().map(|raw| {
            let position = first + i64::try_from(raw.event).unwrap_or(i64::MAX);
            (position, raw.line, &*raw.activity, raw.fields.as_str())
        });
        Ok(imported::insert_raw(act.tx, raws)?)
    }

    /// Gives every new ticket its number and makes the openings text.
    fn number(&mut self, act: &mut Act) -> Result<(), DeskError> {
        let mut next = store::ticket::next_number(act.tx)?;
        let mut numbers: HashMap<TicketId, i64> = HashMap::with_capacity(self.tickets.len());
        if self.keeps_numbers {
            for whole in &self.tickets {
                next = next.max(whole.placed.ticket.opening.number + 1);
            }
        }
        for whole in &mut self.tickets {
            let opening = &mut whole.placed.ticket.opening;
            if !self.keeps_numbers || imported::is_taken(act.tx, opening.number)? {
                opening.number = next;
                next += 1;
            }
            numbers.insert(whole.placed.ticket.id, opening.number);
        }
        for row in &mut self.events {
            let Payload::Opening(opening, is_handoff) = &mut row.payload else { continue };
            opening.number = numbers.get(&row.ticket).copied().unwrap_or(opening.number);
            let opening = (**opening).clone();
            let fact = if *is_handoff { Fact::Asked(opening) } else { Fact::Opened(opening) };
            row.payload = Payload::Text(text_of(&fact));
        }
        Ok(())
    }
}

impl Grown {
    fn write(self, act: &mut Act, directory: &Directory, source: &str) -> Result<Added, DeskError> {
        let Self { case, known, from, fingerprint, raws, answers } = self;
        let before = store::event::of_ticket(act.tx, known.ticket)?;
        let ticket = Ticket::fold(known.ticket, &before).ok_or(DeskError::NotFound)?;
        let (now, service) = (act.now, ticket.service);
        let draft = plan::grown(directory, ticket, &case.steps, from, &|| act.new_id());
        let added = Added { rows: (case.steps.len() - from) as u64, events: draft.events.len() as u64 };
        let mut batch = Self::rows_of(source, now, &draft, &case.steps, raws);
        batch.number(act)?;
        batch.append(act)?;
        project::happened(act, known.ticket, &before, draft.events)?;
        answers::write(act, known.ticket, service, &answers)?;
        let case_row = imported::Case {
            ticket: known.ticket,
            rows: i64::try_from(case.steps.len()).unwrap_or(i64::MAX),
            fingerprint,
            kept: case.promise_kept,
        };
        imported::update_case(act.tx, source, &case.key, &case_row)?;
        Ok(added)
    }

    fn rows_of(source: &str, now: Timestamp, draft: &Draft, steps: &[Step], raws: Vec<String>) -> Batch {
        let mut batch = Batch::of(source, now);
        batch.keep_rows(steps, raws, &draft.rows, 0);
        batch.events.extend(draft.events.iter().cloned().map(Row::of));
        batch
    }
}

/// Each row as its changes to the one before.
fn raws(steps: &[Step]) -> Vec<String> {
    let mut previous = None;
    steps.iter().map(|step| raw::delta(previous.replace(&step.raw), &step.raw)).collect()
}

/// Over the instants and the fields of rows; where in the file they stood does not matter.
fn fingerprint(steps: &[Step], raws: &[String]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (step, raw) in steps.iter().zip(raws) {
        hasher.update(&step.at.as_microsecond().to_le_bytes());
        hasher.update(&(raw.len() as u64).to_le_bytes());
        hasher.update(raw.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

enum Since {
    Nothing,
    /// The first row that is new.
    Rows(usize),
    Otherwise(String),
}

fn since(steps: &[Step], raws: &[String], known: &imported::Case) -> Since {
    let rows = usize::try_from(known.rows).unwrap_or(usize::MAX);
    if steps.len() < rows {
        return Since::Otherwise(format!(
            "this case was imported before with {rows} rows and has {} now; its ticket was left as it is",
            steps.len()
        ));
    }
    if fingerprint(&steps[..rows], &raws[..rows]) != known.fingerprint {
        return Since::Otherwise(
            "this case was imported before, and its earlier rows or their time zone differ now; its ticket was left as it is"
                .to_owned(),
        );
    }
    if steps.len() == rows { Since::Nothing } else { Since::Rows(rows) }
}

//! The built-in mappings: the three public logs, and our own files.

use std::collections::BTreeMap;

use domain::affiliation::Class;

use super::mapping::{Mapping, Meaning, SOURCE_NAME, SolvedBy};
use super::{Error, Format};

/// The mapping called `name` for a file of that format.
pub fn by_name(name: &str, format: Format) -> Result<Mapping, Error> {
    match name {
        "uci" | "incident-servicenow-uci" => Ok(uci()),
        "italian" | "helpdesk-italian" => Ok(helpdesk_italian()),
        "bpi2020" | "bpi2020-travel" => Ok(match format {
            Format::Csv | Format::Ocel => bpi2020_csv(),
            Format::Xes => bpi2020_xes(),
        }),
        "throughline" => Ok(throughline()),
        _ => Err(Error::Profile { name: name.into(), known: NAMES.join(", ") }),
    }
}

pub const NAMES: [&str; 4] = ["uci", "helpdesk-italian", "bpi2020-travel", "throughline"];

/// One row per audit-log update of a ServiceNow incident; dates are local, without an offset.
fn uci() -> Mapping {
    Mapping {
        timestamp_format: "%d/%m/%Y %H:%M".into(),
        order: Some("sys_mod_count".into()),
        states: states(&[
            ("New", Meaning::Working),
            ("Active", Meaning::Working),
            ("Awaiting User Info", Meaning::WaitingForRequester),
            ("Awaiting Vendor", Meaning::WaitingForSupplier),
            ("Awaiting Problem", Meaning::Working),
            ("Awaiting Evidence", Meaning::Working),
            ("Resolved", Meaning::Solved),
            ("Closed", Meaning::Closed),
            ("-100", Meaning::Nothing),
        ]),
        // The last row's resolved_at is the time of the last "Resolved" row in every case.
        solved: SolvedBy::LastRow,
        person: Some("assigned_to".into()),
        unit: Some("assignment_group".into()),
        requester: Some("caller_id".into()),
        service: Some("category".into()),
        subject: Some("u_symptom".into()),
        priority: Some("priority".into()),
        priorities: [("1 - Critical", 1), ("2 - High", 2), ("3 - Moderate", 3), ("4 - Low", 4)]
            .map(|(word, value)| (word.to_owned(), value))
            .into(),
        opened_at: Some("opened_at".into()),
        resolved_at: Some("resolved_at".into()),
        closed_at: Some("closed_at".into()),
        promise: Some("made_sla".into()),
        missing: vec!["?".into(), String::new()],
        ..Mapping::of("number", "incident_state", "sys_updated_at")
    }
}

/// A software company's help desk. The unit is `workgroup`: of the three section columns it is the
/// only one that ever changes inside a case; most hand-overs of this log are between persons.
fn helpdesk_italian() -> Mapping {
    Mapping {
        states: states(&[
            ("Insert ticket", Meaning::Working),
            ("Assign seriousness", Meaning::Working),
            ("Take in charge ticket", Meaning::Working),
            ("Wait", Meaning::WaitingForRequester),
            ("Require upgrade", Meaning::Working),
            ("Schedule intervention", Meaning::Working),
            ("Create SW anomaly", Meaning::Working),
            ("Resolve SW anomaly", Meaning::Working),
            ("Resolve ticket", Meaning::Solved),
            ("Closed", Meaning::Closed),
            ("VERIFIED", Meaning::Nothing),
            ("RESOLVED", Meaning::Nothing),
            ("INVALID", Meaning::Nothing),
            ("DUPLICATE", Meaning::Nothing),
        ]),
        solved: SolvedBy::LastRow,
        person: Some("org:resource".into()),
        unit: Some("workgroup".into()),
        requester: Some("customer".into()),
        service: Some("product".into()),
        class: Class::External,
        ..Mapping::of("case:concept:name", "concept:name", "time:timestamp")
    }
}

/// Travel permits and payments. A rejection hands the case back to the employee who asked, until
/// it is submitted again; trips and reminders say nothing; the payment solves.
fn bpi2020_csv() -> Mapping {
    Mapping {
        case: vec!["process".into(), "case_id".into()],
        states: states(&[
            ("* SUBMITTED by *", Meaning::Working),
            ("* APPROVED by *", Meaning::Working),
            ("* FINAL_APPROVED by *", Meaning::Working),
            ("* REJECTED by *", Meaning::WaitingForRequester),
            ("* SAVED by *", Meaning::WaitingForRequester),
            ("Request Payment", Meaning::Working),
            ("Payment Handled", Meaning::Solved),
            ("Start trip", Meaning::Nothing),
            ("End trip", Meaning::Nothing),
            ("Send Reminder", Meaning::Nothing),
        ]),
        solved: SolvedBy::LastRow,
        last_row_solves: true,
        unit: Some("role".into()),
        service: Some("process".into()),
        subject: Some("case_id".into()),
        missing: vec!["UNDEFINED".into(), String::new()],
        ..Mapping::of("case_id", "activity", "timestamp")
    }
}

/// The same log as XES: the process is the file's name, so that both forms give the same keys.
fn bpi2020_xes() -> Mapping {
    Mapping {
        case: vec![SOURCE_NAME.into(), "case:concept:name".into()],
        activity: "concept:name".into(),
        timestamp: "time:timestamp".into(),
        unit: Some("org:role".into()),
        service: Some(SOURCE_NAME.into()),
        subject: Some("case:concept:name".into()),
        ..bpi2020_csv()
    }
}

/// Our own CSV, XES and OCEL files; `export::restore` gives the tickets themselves back.
pub(super) fn throughline() -> Mapping {
    Mapping {
        person: Some("org:resource".into()),
        unit: Some("org:group".into()),
        other_states: Meaning::Nothing,
        formula_guard: true,
        ..Mapping::of("case:concept:name", "concept:name", "time:timestamp")
    }
}

fn states(pairs: &[(&str, Meaning)]) -> BTreeMap<String, Meaning> {
    pairs.iter().map(|(state, meaning)| ((*state).to_owned(), *meaning)).collect()
}

#[cfg(test)]
mod tests;

//! What is wrong with a filter, as a problem that can be said in every language.

use domain::filter::{Fault, Wrong};

use crate::problem::Clauses;
use crate::{DeskError, Problem};

/// Every fault of a text, each with its place.
#[must_use]
pub fn problem(text: &str, faults: &[Fault]) -> DeskError {
    let clauses = faults.iter().map(|fault| {
        let (problem, meant) = said(&fault.wrong);
        let problem = match meant {
            Some(meant) => Problem::FilterMeant { problem: Box::new(problem), meant },
            None => problem,
        };
        Problem::FilterAt { place: fault.place(text), problem: Box::new(problem) }
    });
    DeskError::invalid("filter", Problem::FilterWrong { faults: Clauses(clauses.collect()) })
}

/// What is wrong, and what was probably meant.
fn said(wrong: &Wrong) -> (Problem, Option<String>) {
    let meant = match wrong {
        Wrong::UnknownField { meant, .. } => meant.map(|field| format!("{field}:")),
        Wrong::UnknownValue { meant, .. }
        | Wrong::NoSuchUnit { meant, .. }
        | Wrong::NoSuchService { meant, .. }
        | Wrong::NoSuchStatus { meant, .. }
        | Wrong::NoSuchKey { meant, .. } => meant.clone(),
        _ => None,
    };
    (plain(wrong), meant)
}

fn plain(wrong: &Wrong) -> Problem {
    match wrong {
        Wrong::UnknownField { field, .. } | Wrong::NoSuchKey { field, .. } => {
            Problem::FilterField { field: field.clone() }
        }
        Wrong::UnknownValue { field, value, .. } => {
            Problem::FilterValue { field: (*field).to_owned(), value: value.clone() }
        }
        Wrong::NoValue { field } => Problem::FilterNoValue { field: (*field).to_owned() },
        Wrong::NotATime { value } => Problem::FilterTime { value: value.clone() },
        Wrong::NotANumber { value } => Problem::FilterNumber { value: value.clone() },
        Wrong::OutOfRange { value, from, to } => {
            Problem::FilterRange { value: value.clone(), from: *from, to: *to }
        }
        Wrong::NoComparison { field } => Problem::FilterComparison { field: (*field).to_owned() },
        Wrong::QuoteOpen => Problem::FilterQuoteOpen,
        Wrong::QuoteEmpty => Problem::FilterQuoteEmpty,
        Wrong::BracketOpen => Problem::FilterBracketOpen,
        Wrong::BracketEmpty => Problem::FilterBracketEmpty,
        Wrong::BracketStray => Problem::FilterBracketStray,
        Wrong::CommaStray => Problem::FilterComma,
        Wrong::OrAlone => Problem::FilterOr,
        Wrong::NotAlone => Problem::FilterNot,
        Wrong::TooLong { most } => Problem::FilterLong { most: *most },
        Wrong::TooMany { most } => Problem::FilterMany { most: *most },
        Wrong::TooDeep { most } => Problem::FilterDeep { most: *most },
        Wrong::NoSuchUnit { name, .. } => Problem::FilterUnit { name: name.clone() },
        Wrong::NoSuchStatus { name, .. } => Problem::FilterStatus { name: name.clone() },
        Wrong::NoSuchService { name, .. } => Problem::FilterService { name: name.clone() },
    }
}

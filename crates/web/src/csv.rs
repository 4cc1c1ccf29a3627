//! Figures as a file for spreadsheets: every text quoted, none of them a formula.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// One cell; only a text could be mistaken for a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Number(i64),
    /// With four decimal places.
    Share(f64),
    Nothing,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// The file as an answer; `name` without its ending.
pub fn answer(name: &str, columns: &[&str], rows: &[Vec<Cell>]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, written(columns, rows)).into_response()
}

/// Lines end as RFC 4180 has it.
#[must_use]
pub fn written(columns: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut text = columns.join(",");
    text.push_str("\r\n");
    for row in rows {
        text.push_str(&row.iter().map(cell).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.to_string(),
        Cell::Share(share) => format!("{share:.4}"),
        Cell::Nothing => String::new(),
    }
}

/// Spreadsheets take a text that begins like this for a formula, and look past blanks before it.
fn quoted(text: &str) -> String {
    let begins = text.trim_start().chars().next();
    let formula = begins.is_some_and(|first| "=+-@|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first))
        || text.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests;

//! `routes`: the table of routes, for people and for tests from outside.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use crate::failure::Failure;
use crate::say;
use crate::table::{self, Align};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// One JSON list instead of a table.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    method: String,
    path: &'static str,
    right: String,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let rows: Vec<Row> = web::routes::table()
        .into_iter()
        .map(|route| Row {
            method: route.method.to_string(),
            path: route.path,
            right: snake(&format!("{:?}", route.right)),
        })
        .collect();
    if options.json {
        say::answer(serde_json::to_string_pretty(&rows).map_err(Failure::new)?)?;
    } else {
        let head = [("method", Align::Left), ("path", Align::Left), ("right", Align::Left)];
        let foot = format!("{} routes", rows.len());
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| vec![row.method, row.path.to_owned(), row.right]).collect();
        table::print(&head, &rows, &foot)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `SignedIn` as `signed_in`.
fn snake(name: &str) -> String {
    let mut word = String::new();
    for (place, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}
